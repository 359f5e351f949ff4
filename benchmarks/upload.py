"""How much more memory the server takes while an aanbieder sends large files and hands them in.

    ./run bench web --upload MB

The pages are the real ones, on a store of their own: the form of a criterium takes a file (CSRF, inspection,
encryption, store), a person reads it back, and the last page seals the aanmelding. Two files of half the size each:
a scan as PDF and a Word file with pictures; after that both together in one form. Each request comes by parts, as a
server gets it, and each was done before with small files: what the first of a kind loads does not count. The files
are made by another process, and what the C library keeps of memory that was freed is given back before each request.
"""

from __future__ import annotations

import asyncio
import ctypes
import multiprocessing
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator, MutableMapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pikepdf
from starlette.testclient import TestClient

from inkoop import bootstrap
from inkoop.definitions.criteriaset import find_editie, load_criteriaset
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.services import personen, websessies
from inkoop.services.huis import Huis
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.storage.eenheid import Actor
from inkoop.storage.keuring_kantoor import KANTOORSOORTEN
from inkoop.storage.tabellen.procedure import CriteriaeditieRow, ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.winkel import Winkelsoort
from inkoop.web.app import create_app
from inkoop.web.tempo import Tempo
from inkoop.web.toegang import COOKIE

RONDE = "M-2020-2"
BASIS = f"/opgave/{RONDE}"
BEDRIJF = {
    "naam": "Zorggroep Proef",
    "rechtsvorm": "stichting",
    "adres": "Proefstraat 1",
    "postcode": "5261 AB",
    "plaats": "Vught",
    "email": "post@proef.example",
    "tekenbevoegde naam": "P. Proef",
    "tekenbevoegde functie": "bestuurder",
    "tekenbevoegde wijze": "alleen",
}
DEEL = 64 * 1024
"""How many bytes of an upload come at once, as a server hands them on."""
KLEIN = 300_000


def measure_upload(megabytes: int) -> dict[str, float]:
    """Send files of so many megabytes together; for each request how many more it took at its highest."""
    with tempfile.TemporaryDirectory() as tijdelijk:
        map_ = Path(tijdelijk)
        huis = bootstrap.create_huis(map_ / "winkel", Winkelsoort.SIMULATIE, read_instellingen({}, CHECKOUT))
        aanbieder = _Aanbieder(huis, _open_ronde(huis))
        helft = megabytes * 1024 * 1024 // 2
        aanbieder.play(_make_bestanden(map_ / "klein", KLEIN))
        uitkomst = aanbieder.play(_make_bestanden(map_ / "groot", helft))
        huis.winkel.close()
    return {"MB": megabytes, **uitkomst, "erbij_MB": max(uitkomst.values())}


class _Aanbieder:
    """Somebody who sends an aanmelding through the pages."""

    def __init__(self, huis: Huis, cookie: str) -> None:
        self.app = create_app(huis, read_instellingen({}, CHECKOUT), tempo=Tempo(100_000))
        self.cookie = cookie
        self.browser = TestClient(self.app, base_url="http://inkoop.test", headers={"sec-fetch-site": "same-origin"})
        self.browser.cookies.set(COOKIE, cookie)
        for deel, velden in (("partij/aanbieder", BEDRIJF), ("aanbod", {"product": "1A:IB-basis"})):
            self.post(deel, velden)

    def play(self, stukken: dict[str, Path]) -> dict[str, float]:
        """Send each file by itself, read it back, hand in, and then send a form with all of them at once."""
        uitkomst = {}
        nummers = {}
        for (soort, pad), eis in zip(stukken.items(), ("U-02", "U-03"), strict=True):
            uitkomst[f"{soort}_MB"], naar = self.post(f"eis/{eis}", {}, pad)
            nummers[soort] = naar.rpartition("/")[2]
        uitkomst["teruglezen_MB"] = self.get(f"stuk/{nummers['pdf']}", stukken["pdf"].stat().st_size)
        uitkomst["indienen_MB"], _ = self.post("indienen", {"bevoegd": "ja"})
        uitkomst["samen_MB"], _ = self.post("eis/U-02", {}, *stukken.values(), status=422)
        for nummer in nummers.values():
            self.post(f"stuk/{nummer}/weg", {"eis": "U-02"})
        return uitkomst

    def post(self, deel: str, velden: dict[str, str], *paden: Path, status: int = 303) -> tuple[float, str]:
        """Send a form; how many megabytes it took at its highest, and where it leads."""
        blad = self.browser.get(f"{BASIS}/aanbod").text
        alle = {"versie": re.findall(r'name="versie" value="(\d+)"', blad)[0], **velden}
        return self._ask("POST", deel, _list_delen(alle, paden), status)

    def get(self, deel: str, grootte: int) -> float:
        """Read a file back and let it go by."""
        megabytes, gekregen = self._ask("GET", deel, iter(()), 200)
        if int(gekregen) != grootte:
            raise SystemExit(f"{deel}: {gekregen} bytes")
        return megabytes

    def _ask(self, methode: str, deel: str, stroom: Iterator[bytes], status: int) -> tuple[float, str]:
        koppen = [
            (b"host", b"inkoop.test"),
            (b"sec-fetch-site", b"same-origin"),
            (b"cookie", f"{COOKIE}={self.cookie}".encode()),
            (b"content-type", f"multipart/form-data; boundary={GRENS}".encode()),
        ]
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": methode,
            "path": f"{BASIS}/{deel}", "raw_path": f"{BASIS}/{deel}".encode(), "query_string": b"", "headers": koppen,
            "client": ("127.0.0.1", 1), "server": ("inkoop.test", 80), "scheme": "http", "root_path": "",
        }  # fmt: skip
        antwoord: dict[str, Any] = {"bytes": 0, "naar": ""}

        gestuurd: list[bool] = []

        async def receive() -> dict[str, Any]:
            if gestuurd:
                await asyncio.sleep(3600)  # a browser that is there and says no more
            blok = next(stroom, None)
            if blok is None:
                gestuurd.append(True)
            return {"type": "http.request", "body": blok or b"", "more_body": blok is not None}

        async def send(bericht: MutableMapping[str, Any]) -> None:
            if bericht["type"] == "http.response.start":
                antwoord["status"] = bericht["status"]
                antwoord["naar"] = dict(bericht["headers"]).get(b"location", b"").decode()
            else:
                antwoord["bytes"] += len(bericht.get("body", b""))

        ctypes.CDLL(None).malloc_trim(0)
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
        voor = _read_geheugen("VmRSS")
        asyncio.run(self.app(scope, receive, send))
        erbij = round((_read_geheugen("VmHWM") - voor) / 1024, 1)
        if antwoord["status"] != status:
            raise SystemExit(f"{methode} {deel}: {antwoord['status']}")
        return erbij, antwoord["naar"] or str(antwoord["bytes"])


GRENS = "----grens"


def _list_delen(velden: dict[str, str], paden: tuple[Path, ...]) -> Iterator[bytes]:
    """The body of a form."""
    for naam, waarde in velden.items():
        yield f'--{GRENS}\r\nContent-Disposition: form-data; name="{naam}"\r\n\r\n{waarde}\r\n'.encode()
    for pad in paden:
        yield (
            f'--{GRENS}\r\nContent-Disposition: form-data; name="bestand"; filename="{pad.name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        with pad.open("rb") as bestand:
            while blok := bestand.read(DEEL):
                yield blok
        yield b"\r\n"
    yield f"--{GRENS}--\r\n".encode()


def _read_geheugen(veld: str) -> int:
    """A figure about the memory of this process in kilobytes: VmRSS now, VmHWM at its highest."""
    regels = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(regel.split()[1]) for regel in regels if regel.startswith(f"{veld}:"))


def _open_ronde(huis: Huis) -> str:
    """Put a published round in the store, open today, and somebody of an aanbieder in it; the cookie of that person."""
    definitie = bootstrap.load_definitie(huis, "meierij-2020")
    ronde = definitie.find_ronde(RONDE)
    nu = datetime.combine(ronde.opening, time(9), tzinfo=TIJDZONE).astimezone(UTC)
    editie = load_criteriaset(find_editie(huis.criteria, definitie.criteriaset, "2020-1"))
    systeem = bootstrap.act_as_systeem(huis, nu)
    personen.add_persoon(
        huis, systeem, id="aanbieder", naam="P. Proef", functie="bestuurder", rollen=[Rol.AANBIEDER], kvk="91234567"
    )
    with huis.winkel.eenheid(Actor("systeem", "systeem"), nu) as eenheid:
        procedure = ProcedureRow(
            id=uuid4(),
            naam=definitie.naam,
            definitie=msgspec.json.encode(definitie).decode(),
            definitie_hash=definitie.hash,
            fase=Fase.PUBLICEREN,
            aangemaakt_op=nu,
            gepubliceerd_op=nu,
        )
        bevroren = CriteriaeditieRow(
            id=uuid4(),
            procedure_id=procedure.id,
            criteriaset=editie.set,
            editie=editie.editie,
            hash=editie.hash,
            inhoud=msgspec.json.encode(editie).decode(),
            vastgelegd_op=nu,
        )
        rij = RondeRow(
            id=uuid4(),
            procedure_id=procedure.id,
            criteriaeditie_id=bevroren.id,
            kenmerk=RONDE,
            fase=Fase.PUBLICEREN,
            opening=ronde.opening,
            sluiting=ronde.sluiting,
        )
        for een in (procedure, bevroren, rij):
            eenheid.sessie.add(een)
            eenheid.sessie.flush()
        eenheid.audit("last", "meting")
    with huis.winkel.lezen() as sessie:
        persoon = personen.find_persoon(sessie, "aanbieder")
    return websessies.begin(huis, persoon, Rol.AANBIEDER, datetime.now(UTC))


def _make_bestanden(map_: Path, grootte: int) -> dict[str, Path]:
    """A scan and a Word file of this size, in a folder of their own, made by another process."""
    map_.mkdir()
    maker = multiprocessing.get_context("spawn").Process(target=_write_bestanden, args=(map_, grootte))
    maker.start()
    maker.join()
    return {"pdf": map_ / f"scan-{grootte}.pdf", "docx": map_ / f"plan-{grootte}.docx"}


def _write_bestanden(map_: Path, grootte: int) -> None:
    _write_pdf(map_ / f"scan-{grootte}.pdf", grootte)
    _write_docx(map_ / f"plan-{grootte}.docx", grootte)


def _write_pdf(pad: Path, grootte: int) -> None:
    """Pages of a scan of about a megabyte each, with the text that a scanner reads under the picture."""
    aantal = max(1, grootte // 1_100_000)
    with pikepdf.new() as pdf:
        letter = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for nummer in range(aantal):
            # Bytes that cannot be made smaller, as of a photograph; nobody here looks at the picture.
            beeld = pikepdf.Stream(pdf, os.urandom((grootte - 20_000) // aantal))
            beeld.update(
                {
                    "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 2480, "/Height": 3508,
                    "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode,
                }
            )  # fmt: skip
            regels = "".join(f"({nummer} Regel {een} van het jaarverslag) Tj T* " for een in range(40))
            inhoud = f"q 595 0 0 842 0 0 cm /Im0 Do Q BT /F1 10 Tf 12 TL 50 800 Td {regels} ET"
            bronnen = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=beeld), Font=pikepdf.Dictionary(F1=letter))
            bladzijde = pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, 595, 842],
                Resources=bronnen,
                Contents=pikepdf.Stream(pdf, inhoud.encode()),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(bladzijde)))
        pdf.save(pad)


def _write_docx(pad: Path, grootte: int) -> None:
    """A text with pictures of a megabyte."""
    soort = KANTOORSOORTEN["docx"]
    alinea = "<w:p><w:r><w:t>Het plan beschrijft hoe wij de kwaliteit bewaken.</w:t></w:r></w:p>"
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as pakket:
        pakket.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/x" ContentType="{soort.hoofdtype}"/></Types>'
        )
        pakket.writestr("_rels/.rels", "<Relationships/>")
        pakket.writestr(soort.hoofddeel, f"<w:document>{alinea * (grootte // 5000)}</w:document>")
        for nummer in range(max(1, (grootte - 100_000) // 1_000_000)):
            pakket.writestr(f"word/media/beeld{nummer}.jpeg", os.urandom(min(1_000_000, grootte // 2)))
