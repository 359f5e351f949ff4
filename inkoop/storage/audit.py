"""Whether the audit log is whole, and whether the records still say what the log says they said.

Found and named: an audit row that was changed, removed, put in between or moved; a cut tail; another
identity of the store; and a record that was changed, added or removed behind the log's back. Somebody
who rewrites the whole log and all hashes consistently is found only with an anchor: the number and
hash of a row that was printed on a decision.

Bron: FE-10; ontwerp 2.7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy.engine import Connection

from inkoop.storage.auditregel import AUDIT, Auditkop, AuditRow, hash_regel, read_kop
from inkoop.storage.momentopname import hash_rij, list_tabellen, read_rijen
from inkoop.storage.winkel import Winkel
from inkoop.storage.winkelrij import hash_winkel

__all__ = ["AuditRow", "Auditkop", "Ketencontrole", "check_keten"]


class Ketencontrole(msgspec.Struct, frozen=True):
    """What was checked: how many audit rows, and every fault as a Dutch sentence that names the row."""

    aantal: int
    fouten: tuple[str, ...]


def check_keten(winkel: Winkel, *, ankers: Sequence[Auditkop] = ()) -> Ketencontrole:
    """Check the log and the records against it. `ankers` are heads that were printed earlier."""
    with winkel.lezen() as sessie:
        verbinding = sessie.connection()
        regels = [rij for _, rij in read_rijen(verbinding, AUDIT)]
        fouten = [
            *_check_regels(regels, hash_winkel(verbinding)),
            *_check_kop(regels, read_kop(verbinding), hash_winkel(verbinding)),
            *_check_ankers(regels, ankers),
            *_check_rijen(verbinding, regels),
        ]
    return Ketencontrole(len(regels), tuple(fouten))


def _check_regels(regels: Sequence[Mapping[str, Any]], begin: str) -> list[str]:
    """Faults within the rows: changed, moved, missing, put in between."""
    fouten = []
    hashes = {regel["hash"]: regel["volgnummer"] for regel in regels}
    vorige_nummer, vorige_hash = 0, begin
    for regel in regels:
        nummer = regel["volgnummer"]
        if nummer > vorige_nummer + 1:
            fouten.append(f"{_name_reeks(vorige_nummer + 1, nummer - 1)} uit het auditlogboek.")
        if hash_regel(regel) != regel["hash"]:
            fouten.append(_name_wijziging(regel, len(regels)))
        elif regel["vorige_hash"] != vorige_hash and nummer == vorige_nummer + 1:
            fouten.append(_name_breuk(nummer, hashes.get(regel["vorige_hash"])))
        vorige_nummer, vorige_hash = nummer, regel["hash"]
    return fouten


def _name_reeks(van: int, tot: int) -> str:
    return f"Regel {van} ontbreekt" if van == tot else f"De regels {van} tot en met {tot} ontbreken"


def _name_wijziging(regel: Mapping[str, Any], aantal: int) -> str:
    """Whether the row only stands in another place than where it was written, or says something else."""
    nummer = regel["volgnummer"]
    for plaats in range(1, aantal + 2):
        if plaats != nummer and hash_regel({**regel, "volgnummer": plaats}) == regel["hash"]:
            return f"Regel {nummer} is verplaatst: deze stond oorspronkelijk op plaats {plaats}."
    wie = f"{regel['persoon']}, {regel['handeling']}, {regel['onderwerp']}"
    return f"Regel {nummer} is gewijzigd nadat deze is geschreven (er staat nu: {wie})."


def _name_breuk(nummer: int, verwijst_naar: int | None) -> str:
    """A row that is whole itself, but does not follow on the row before it."""
    if nummer == 1:
        return "Regel 1 sluit niet aan op de winkel: de soort of de identiteit van de winkel is gewijzigd."
    if verwijst_naar is not None and verwijst_naar < nummer - 1:
        return f"{_name_tussen(verwijst_naar + 1, nummer - 1)} tussengevoegd: regel {nummer} volgt op {verwijst_naar}."
    return f"Regel {nummer} sluit niet aan op regel {nummer - 1}: een van beide is vervangen."


def _name_tussen(van: int, tot: int) -> str:
    return f"Regel {van} is" if van == tot else f"De regels {van} tot en met {tot} zijn"


def _check_kop(regels: Sequence[Mapping[str, Any]], kop: Auditkop | None, begin: str) -> list[str]:
    """Faults at the end of the log: rows cut off, rows added past the head."""
    if kop is None:
        return ["De kop van het auditlogboek ontbreekt; niet te zien is of er aan het eind regels zijn verwijderd."]
    laatste = regels[-1]["volgnummer"] if regels else 0
    if kop.aantal > laatste:
        return [f"{_name_reeks(laatste + 1, kop.aantal)} aan het eind van het auditlogboek."]
    if kop.aantal < laatste:
        return [f"{_name_tussen(kop.aantal + 1, laatste)} buiten de handelingen om aan het eind toegevoegd."]
    if kop.hash != (regels[-1]["hash"] if regels else begin):
        return [f"De kop van het auditlogboek wijst naar een andere regel {laatste} dan er nu staat."]
    return []


def _check_ankers(regels: Sequence[Mapping[str, Any]], ankers: Sequence[Auditkop]) -> list[str]:
    """Rows that were another when they were printed."""
    hashes = {regel["volgnummer"]: regel["hash"] for regel in regels}
    return [
        f"Regel {anker.aantal} is niet de regel waarnaar eerder is verwezen (kenmerk {anker.hash[:16]}…)."
        for anker in ankers
        if hashes.get(anker.aantal) != anker.hash
    ]


def _check_rijen(verbinding: Connection, regels: Sequence[Mapping[str, Any]]) -> list[str]:
    """Records that are not what the last act on them left behind."""
    laatst: dict[tuple[str, str], tuple[str | None, str]] = {}
    for regel in regels:
        for tabel, sleutel, opname in _read_opnamen(regel["rijen"]):
            laatst[tabel, sleutel] = (
                opname,
                f"regel {regel['volgnummer']}: {regel['handeling']}, {regel['onderwerp']}",
            )
    fouten = []
    for tabel_ in list_tabellen():
        for sleutel, rij in read_rijen(verbinding, tabel_):
            opname, waar = laatst.pop((tabel_.name, sleutel), (None, None))
            if waar is None or opname is None:
                fouten.append(f"In '{tabel_.name}' is rij {sleutel} buiten de handelingen om toegevoegd.")
            elif opname != hash_rij(rij):
                fouten.append(
                    f"In '{tabel_.name}' is rij {sleutel} buiten de handelingen om gewijzigd"
                    f" (laatst vastgelegd in {waar})."
                )
    for (tabel, sleutel), (opname, waar) in laatst.items():
        if opname is not None:
            fouten.append(f"In '{tabel}' is rij {sleutel} buiten de handelingen om verwijderd (vastgelegd in {waar}).")
    return fouten


def _read_opnamen(tekst: object) -> list[tuple[str, str, str | None]]:
    """The recorded hashes of a row; none when the row was damaged so that they cannot be read."""
    try:
        return msgspec.json.decode(tekst if isinstance(tekst, str) else b"", type=list[tuple[str, str, str | None]])
    except msgspec.DecodeError:
        return []
