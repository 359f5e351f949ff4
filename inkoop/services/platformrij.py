"""One row of a platform's export as an aanmelding: its instant, its values from columns or form, its files.

Bron: domein B.2.8, E.5 (on_time); docs/handleiding/importeren.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.koppeling import Kolomsoort, Kolomwaarde, Koppeling, Overige
from inkoop.definitions.tabelaanmelding import Celplaats, build_uit_tabel
from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import TIJDZONE, is_tijdig
from inkoop.exchange.bewijsbron import Bewijsbron
from inkoop.exchange.celwaarde import write_waarde
from inkoop.exchange.formuliervorm import Loc
from inkoop.exchange.tabel import Blad, Cel, Rij
from inkoop.services import formulieren
from inkoop.services.indienen import Herkomst
from inkoop.storage.bewijsopslag import MAX_GROOTTE


class Gelezen(msgspec.Struct, frozen=True, kw_only=True):
    """A row that can be taken in."""

    rij: int
    referentie: str
    ontvangen_op: datetime
    opgave: Aanmeldingsopgave
    bestanden: Mapping[str, bytes]
    herkomst: Herkomst


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken in: the table, its hash (sha256 of the file), the mapping, and the evidence beside it."""

    blad: Blad
    hash: str
    koppeling: Koppeling
    bewijs: Bewijsbron | None = None


def read_rij(export: Export, rij: Rij, referentie: str, sluiting: datetime) -> Gelezen:
    """The aanmelding of a row. Raises BeletselenError with every reason, by cell."""
    koppeling = export.koppeling
    redenen: list[str] = []
    ontvangen = read_ontvangst(export, rij, sluiting, redenen)
    map_cel = rij.cellen.get(koppeling.map.kolom) if koppeling.map is not None else None
    map_ = referentie if map_cel is None else str(write_waarde(str, map_cel.waarde))
    namen = export.bewijs.list_namen(map_) if export.bewijs is not None else ()
    bestanden = {
        naam: export.bewijs.read(map_, naam, MAX_GROOTTE)
        for naam in namen
        if export.bewijs is not None and naam != koppeling.formulier
    }
    opgave = None
    try:
        if koppeling.formulier is None:
            opgave = _build_opgave(export, rij)
        elif export.bewijs is None or koppeling.formulier not in namen:
            redenen.append(f"rij {rij.nummer}: in de map '{map_}' ontbreekt het formulier '{koppeling.formulier}'")
        else:
            inhoud = export.bewijs.read(map_, koppeling.formulier, MAX_GROOTTE)
            opgave = formulieren.parse_formulier(koppeling.formulier, inhoud)
    except DefinitieError as fout:
        redenen += [b.tekst for b in formulieren.list_meldingen(fout)]
    except BeletselenError as fout:
        redenen += [f"{koppeling.formulier}: {b.tekst}" for b in fout.beletselen]
    if opgave is not None:
        if koppeling.kvk is not None and (cel := rij.cellen.get(koppeling.kvk.kolom)) is not None:
            kvk = str(write_waarde(str, cel.waarde))
            if kvk != opgave.penvoerder.kvk:
                tekst = f"het KvK-nummer is {kvk}, en in de aanmelding staat {opgave.penvoerder.kvk}"
                redenen.append(f"cel {cel.adres}: {tekst}")
        if koppeling.overige_bestanden is Overige.BEWAREN:
            opgave = _add_overige(opgave, bestanden)
    if redenen or opgave is None or ontvangen is None:
        raise BeletselenError("Deze rij wordt geweigerd.", [Beletsel("rij", reden) for reden in redenen])
    herkomst = Herkomst(
        platform=koppeling.platform,
        referentie=referentie,
        inhoudhash=_hash_inhoud(opgave, bestanden, ontvangen),
        exporthash=export.hash,
    )
    return Gelezen(
        rij=rij.nummer,
        referentie=referentie,
        ontvangen_op=ontvangen,
        opgave=opgave,
        bestanden=bestanden,
        herkomst=herkomst,
    )


def _hash_inhoud(opgave: Aanmeldingsopgave, bestanden: Mapping[str, bytes], ontvangen: datetime) -> str:
    hashes = {naam: hashlib.sha256(inhoud).hexdigest() for naam, inhoud in sorted(bestanden.items())}
    kaal = msgspec.to_builtins(opgave, order="deterministic")
    # What came into an aanmelding later counts only when it is used: an export taken in before stays the same one.
    for veld in ("wijzigt", "vervalt"):
        if not kaal[veld]:
            del kaal[veld]
    for stuk in kaal["bewijsstukken"]:
        for veld in ("eerder", "eerder_sha256"):
            if stuk[veld] is None:
                del stuk[veld]
    geheel = msgspec.json.encode([kaal, hashes, ontvangen])
    return hashlib.sha256(geheel).hexdigest()


def _add_overige(opgave: Aanmeldingsopgave, bestanden: Mapping[str, bytes]) -> Aanmeldingsopgave:
    """Name files that the aanmelding does not name, without facts: nothing that came is lost."""
    genoemd = {stuk.bestand for stuk in opgave.bewijsstukken}
    extra = tuple(
        Bewijsstuk(bestand=naam, omschrijving="Meegestuurd zonder omschrijving", lid=None, feiten=())
        for naam in sorted(bestanden.keys() - genoemd)
    )
    return msgspec.structs.replace(opgave, bewijsstukken=(*opgave.bewijsstukken, *extra))


def read_ontvangst(export: Export, rij: Rij, sluiting: datetime, redenen: list[str]) -> datetime | None:
    """The platform's instant of receipt; to the second where that decides."""
    kolom = export.koppeling.ontvangen_op.kolom
    cel = rij.cellen.get(kolom)
    if cel is None:
        redenen.append(f"rij {rij.nummer}: het tijdstip van ontvangst ('{kolom}') is leeg")
        return None
    try:
        moment, precies = read_moment(cel.waarde)
    except ValueError as fout:
        redenen.append(f"cel {cel.adres}: {fout}")
        return None
    if not precies and is_tijdig(moment, sluiting) != is_tijdig(moment + timedelta(seconds=59), sluiting):
        redenen.append(f"cel {cel.adres}: de ronde sluit in deze minuut; geef het tijdstip met seconden")
        return None
    return moment


_VORMEN = (
    ("%d-%m-%Y %H:%M:%S", True),
    ("%d-%m-%Y %H:%M", False),
    ("%d/%m/%Y %H:%M:%S", True),
    ("%d/%m/%Y %H:%M", False),
)


def read_moment(waarde: Any) -> tuple[datetime, bool]:
    """An instant as exports write it, and whether it has seconds; without an offset it is Dutch time.

    Reads 2020-03-31T23:59:59+02:00, 2020-03-31 23:59:59, 31-03-2020 23:59:59 and what Excel keeps as an
    instant. Raises ValueError (Dutch) for anything else, and for an hour that does not exist or exists twice.
    """
    if isinstance(waarde, datetime):
        return _place(waarde), True
    tekst = str(waarde).strip()
    for vorm, precies in _VORMEN:
        try:
            return _place(datetime.strptime(tekst, vorm)), precies  # noqa: DTZ007 - placed in Dutch time below
        except ValueError as fout:
            if isinstance(fout, _UurError):
                raise
    try:
        moment = datetime.fromisoformat(tekst)
    except ValueError:
        moment = None
    if moment is None or len(tekst) < len("2020-03-31T23:59"):
        raise ValueError(f"'{tekst}' is geen tijdstip; schrijf het als 31-03-2020 23:59:59")
    return _place(moment), tekst.count(":") - (1 if moment.tzinfo is not None and tekst[-3:-2] == ":" else 0) >= 2


class _UurError(ValueError):
    """An hour that does not exist or exists twice."""


def _place(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        return moment
    vroeg, laat = (moment.replace(tzinfo=TIJDZONE, fold=fold) for fold in (0, 1))
    if vroeg.utcoffset() != laat.utcoffset():
        raise _UurError(
            f"{moment:%d-%m-%Y %H:%M} bestaat niet of twee keer door zomer- en wintertijd; zet +01:00 erbij"
        )
    return vroeg


def _build_opgave(export: Export, rij: Rij) -> Aanmeldingsopgave:
    """Fill the template of the mapping from the cells of a row. Raises DefinitieError, by cell."""
    plaatsen: dict[Loc, Celplaats] = {(): (f"rij {rij.nummer}", rij.nummer, 1)}

    def fill(deel: Any, loc: Loc) -> Any:
        if isinstance(deel, Kolomwaarde):
            cel = rij.cellen.get(deel.kolom)
            if cel is None:
                return None
            plaatsen[loc] = (f"cel {cel.adres}", cel.rij, cel.kolom)
            return _convert(deel, cel)
        if isinstance(deel, Mapping):
            gevuld = {sleutel: fill(waarde, (*loc, sleutel)) for sleutel, waarde in deel.items()}
            return {sleutel: waarde for sleutel, waarde in gevuld.items() if waarde is not None}
        if isinstance(deel, list):
            lijst: list[Any] = []
            for waarde in deel:
                if not _is_leeg(waarde, rij):
                    lijst.append(fill(waarde, (*loc, len(lijst))))
            return lijst
        plaatsen[loc] = (f"rij {rij.nummer} (vaste waarde uit de koppeling)", rij.nummer, 1)
        return deel

    return build_uit_tabel(export.blad.naam, fill(export.koppeling.aanmelding, ()), plaatsen)


def _is_leeg(deel: Any, rij: Rij) -> bool:
    """Whether a part of a list is not there in this row.

    A bewijsstuk without its file, another member than the applicant without its KvK number, and anything
    else of which every column is empty.
    """
    kenmerk = None
    if isinstance(deel, Mapping):
        bijkomend = deel.get("rol") not in {Lidrol.ENKEL, Lidrol.PENVOERDER}
        kenmerk = deel.get("bestand") or (deel.get("kvk") if bijkomend else None)
    kolommen = [kenmerk] if isinstance(kenmerk, Kolomwaarde) else list(_own_kolommen(deel))
    return bool(kolommen) and not any(kolom.kolom in rij.cellen for kolom in kolommen)


def _own_kolommen(deel: Any) -> Iterator[Kolomwaarde]:
    """The columns of a part, those of lists within it apart."""
    if isinstance(deel, Kolomwaarde):
        yield deel
    elif isinstance(deel, Mapping):
        for waarde in deel.values():
            yield from _own_kolommen(waarde)


_LEZERS: Mapping[Kolomsoort, Callable[[Any], Any]] = {
    Kolomsoort.TEKST: lambda waarde: write_waarde(str, waarde),
    Kolomsoort.DAG: lambda waarde: write_waarde(date, waarde),
    Kolomsoort.GETAL: lambda waarde: write_waarde(int, waarde),
    Kolomsoort.JA_NEE: lambda waarde: write_waarde(bool, waarde),
}


def _convert(kolom: Kolomwaarde, cel: Cel) -> Any:
    def one(waarde: Any) -> Any:
        vertaald = kolom.waarden.get(str(write_waarde(str, waarde)), waarde)
        return _LEZERS[kolom.soort](vertaald)

    if kolom.scheiding is None:
        return one(cel.waarde)
    return [one(deel.strip()) for deel in str(cel.waarde).split(kolom.scheiding) if deel.strip()]
