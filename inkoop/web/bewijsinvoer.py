"""Reading blocks of fields about a file back as facts, and telling at which field something is wrong.

Bron: issue web application, 6 ("every form error beside its field; nothing typed is lost").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.modelpad import Loc
from inkoop.definitions.tabelaanmelding import Celplaats
from inkoop.exchange.formuliervorm import Kolom, is_lijst
from inkoop.services.conceptwaarde import Conceptstuk, check_stukken, list_kolommen
from inkoop.web.bewijsvragen import Vraagblok
from inkoop.web.formulier import Formulier

Feit = dict[str, Any]


def read_feiten(ingevuld: Formulier, vragen: Sequence[Vraagblok]) -> list[Feit]:
    """The facts on a page; a block in which nothing is filled in is none."""
    gelezen = []
    for nummer, plaats in enumerate(ingevuld.lijst("blok")):
        if plaats.isdecimal() and int(plaats) < len(vragen):
            feit = _read_feit(ingevuld, nummer, vragen[int(plaats)])
            if feit is not None:
                gelezen.append(feit)
    return gelezen


def _read_feit(ingevuld: Formulier, nummer: int, vraag: Vraagblok) -> Feit | None:
    gevuld: Feit = {}
    for kolom in list_kolommen(vraag.soort):
        if kolom.kop in vraag.vast or kolom.kop == "bestand":
            continue
        waarden = [waarde for waarde in ingevuld.lijst(f"b{nummer}.{kolom.kop}") if waarde]
        if is_lijst(kolom.soort):
            waarden = [deel.strip() for waarde in waarden for deel in waarde.split(";") if deel.strip()]
        if waarden:
            gevuld[kolom.kop] = list(dict.fromkeys(waarden)) if is_lijst(kolom.soort) else waarden[-1]
    gevuld |= _read_delen(ingevuld, nummer, vraag, gevuld.get("datum", ""))
    return {"soort": vraag.soort, **vraag.vast, **gevuld} if gevuld else None


def _read_delen(ingevuld: Formulier, nummer: int, vraag: Vraagblok, datum: str) -> Feit:
    """The lists of a fact; a part without a day of its own has that of the document."""
    onderdelen = []
    gekozen = ingevuld.lijst(f"b{nummer}.onderdelen")
    for i, naam in enumerate(vraag.onderdelen):
        eigen = ingevuld[f"b{nummer}.onderdelen.{i}.datum"]
        if naam in gekozen or eigen:
            door = ingevuld[f"b{nummer}.onderdelen.{i}.door"]
            onderdelen.append({"naam": naam, "datum": eigen or datum, **({"door": door} if door else {})})
    gegevens = {naam: ingevuld[f"b{nummer}.gegevens.{i}"] for i, naam in enumerate(vraag.gegevens)}
    handtekeningen = []
    for i, partij in enumerate(vraag.handtekeningen):
        plek = f"b{nummer}.handtekeningen.{i}"
        if ingevuld[f"{plek}.getekend"] == "ja":
            rij = {naam: ingevuld[f"{plek}.{naam}"] for naam in ("ondertekenaar", "bevoegd")}
            handtekeningen.append({"namens": partij, **{naam: waarde for naam, waarde in rij.items() if waarde}})
    delen = {
        "onderdelen": onderdelen,
        "gegevens": {naam: waarde for naam, waarde in gegevens.items() if waarde},
        "handtekeningen": handtekeningen,
    }
    return {naam: deel for naam, deel in delen.items() if deel}


def check_feiten(stuk: Conceptstuk, leden: Sequence[str], nummers: Mapping[int, int]) -> dict[str, str]:
    """What is wrong with the facts on a file, by the field where it was typed; empty when nothing is.

    `nummers` says in which block of the page a fact of the file stands; one that stands in no block is at `""`.
    """
    plaatsen: dict[Loc, Celplaats] = {}
    for plaats, feit in enumerate(stuk.feiten):
        basis: Loc = ("bewijsstukken", 0, "feiten", plaats)
        blok = f"b{nummers[plaats]}" if plaats in nummers else ""
        plaatsen[basis] = (blok, 1, 1)
        for kolom in list_kolommen(str(feit["soort"])):
            plaatsen[*basis, kolom.kop] = (blok and f"{blok}.{kolom.kop}", 1, 1)
        for lijst in ("onderdelen", "gegevens", "handtekeningen"):
            plaatsen[*basis, lijst] = (blok and f"{blok}.{lijst}", 1, 1)
    leeg: dict[str, str] = {}
    for plaats, nummer in nummers.items():
        feit = stuk.feiten[plaats]
        leeg |= list_leeg(list_kolommen(str(feit["soort"])), feit, f"b{nummer}.")
    return read_fouten(lambda: check_stukken([stuk], leden, plaatsen), leeg)


def list_leeg(kolommen: Sequence[Kolom], waarde: Mapping[str, Any], voor: str = "") -> dict[str, str]:
    """The fields that must be filled in and are not."""
    verplicht = (kolom.kop for kolom in kolommen if kolom.verplicht and kolom.kop != "bestand")
    return {f"{voor}{kop}": LEEG for kop in verplicht if not waarde.get(kop)}


def read_fouten(controle: Callable[[], object], leeg: Mapping[str, str]) -> dict[str, str]:
    """Run a check and give its faults by the field where each was typed; the first of each field.

    What is missing has no place of its own in a file: `leeg` are the fields found empty, and stand for it.
    """
    try:
        controle()
    except DefinitieError as fout:
        gevonden: dict[str, str] = {}
        for deel in fout.fouten:
            if not leeg or "verplichte sleutel" not in deel.tekst:
                gevonden.setdefault(deel.bestand, _spell(deel.tekst))
        return {**gevonden, **leeg}
    return dict(leeg)


LEEG = "Vul dit in."


def _spell(tekst: str) -> str:
    """A fault of a file in the words of a page."""
    return next((woorden for begin, woorden in _WOORDEN.items() if tekst.startswith(begin)), tekst)


_WOORDEN = {
    "Hier hoort een datum": "Vul een bestaande dag in, bijvoorbeeld 31-03-2020.",
    "Hier hoort een geheel getal": "Schrijf een geheel getal met cijfers, bijvoorbeeld 12.",
    "Hier hoort een getal": "Schrijf een getal met cijfers, bijvoorbeeld 12 of 1,5.",
    "Hier hoort tekst": LEEG,
}
