"""Rows of a table as running contracts: cells to values, rows with one number to one contract.

Bron: issue intake (every reason by its cell); M20-03; docs/handleiding/contract.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from inkoop.definitions.bsn import find_bsn_in_waarde
from inkoop.definitions.contractkoppeling import Contractkoppeling
from inkoop.definitions.koppeling import Kolomwaarde
from inkoop.definitions.suggestie import suggest
from inkoop.domain.bestaandcontract import Bestaandcontract, Contractpartij
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.exchange.celwaarde import write_waarde
from inkoop.exchange.contractformulier import EERSTE_RIJ, EIGEN, KOLOMMEN
from inkoop.exchange.formuliervorm import Kolom, find_kern, is_lijst
from inkoop.exchange.tabel import Blad, Rij

_PER_KOP: Mapping[str, Kolom] = {kolom.kop: kolom for kolom in KOLOMMEN}


class Contracttabel(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken in: the table, its hash (sha256 of the file), and the mapping or None for our own form."""

    blad: Blad
    hash: str
    koppeling: Contractkoppeling | None = None
    formulier: bool = False


class Contractblok(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one contract number: the contract, or every reason why they are none."""

    rijen: tuple[int, ...]
    contractnummer: str
    naam: str
    contract: Bestaandcontract | None
    redenen: tuple[str, ...]


def hash_contract(contract: Bestaandcontract) -> str:
    """One hash over everything that a contract says: the same contract is known by it."""
    return hashlib.sha256(msgspec.json.encode(contract, order="deterministic")).hexdigest()


def read_blokken(tabel: Contracttabel) -> tuple[Contractblok, ...]:
    """The contracts of a table in the order of their first row. Raises BeletselenError when a column is missing."""
    _require_kolommen(tabel)
    eerste = EERSTE_RIJ if tabel.formulier else 1
    per_nummer: dict[str, list[tuple[Rij, dict[str, Any], list[str]]]] = {}
    for rij in tabel.blad.rijen:
        if rij.nummer < eerste:
            continue
        redenen: list[str] = []
        waarden = {kop: waarde for kop in _PER_KOP if (waarde := _read(tabel, rij, kop, redenen)) is not None}
        if not waarden and not redenen:
            continue
        nummer = str(waarden.get("contractnummer", ""))
        per_nummer.setdefault(nummer or f"\0{rij.nummer}", []).append((rij, waarden, redenen))
    return tuple(_build_blok(rijen) for rijen in per_nummer.values())


def _require_kolommen(tabel: Contracttabel) -> None:
    koppen = tabel.blad.koppen
    beletselen = []
    if tabel.koppeling is None:
        for kolom in KOLOMMEN:
            if kolom.verplicht and kolom.kop not in koppen:
                tekst = (
                    f"De kolom '{kolom.kop}' staat niet in het blad '{tabel.blad.naam}'.{suggest(kolom.kop, koppen)}"
                )
                beletselen.append(Beletsel("kolom", tekst))
    else:
        for een in tabel.koppeling.list_kolommen():
            if een.kolom not in koppen:
                plek = f"{een.plek.bestand}:{een.plek.regel}:{een.plek.kolom}"
                tekst = f"{plek}: de kolom '{een.kolom}' staat niet in de tabel.{suggest(een.kolom, koppen)}"
                beletselen.append(Beletsel("kolom", tekst))
        beletselen += [
            Beletsel("kolom", f"De koppeling zegt niet in welke kolom '{kop}' staat.")
            for kop in ("contractnummer", "naam", "kvk")
            if kop not in tabel.koppeling.contract
        ]
    if beletselen:
        raise BeletselenError("Deze tabel kan niet worden ingelezen.", beletselen)


def _read(tabel: Contracttabel, rij: Rij, kop: str, redenen: list[str]) -> Any:
    """The value of one key in a row; None when it is empty."""
    bron: Kolomwaarde | str | None = None if tabel.koppeling is None else tabel.koppeling.contract.get(kop)
    if tabel.koppeling is not None and bron is None:
        return None
    if isinstance(bron, str):
        plaats, ruw = f"rij {rij.nummer} (vaste waarde uit de koppeling)", bron
    else:
        cel = rij.cellen.get(kop if bron is None else bron.kolom)
        if cel is None:
            return None
        plaats, ruw = f"cel {cel.adres}", cel.waarde  # type: ignore[assignment]
    if fout := find_bsn_in_waarde(kop, str(ruw)):
        redenen.append(f"{plaats} ({kop}): {fout}")
        return None
    soort = _PER_KOP[kop].soort
    waarde = _translate(bron, soort, ruw)
    try:
        return msgspec.convert(waarde, soort)
    except msgspec.ValidationError:
        wat = "een dag, zoals 2020-03-31" if find_kern(soort) is date else "tekst"
        redenen.append(f"{plaats} ({kop}): '{ruw}' is geen {wat.removeprefix('een ')}")
        return None


def _translate(bron: Kolomwaarde | str | None, soort: Any, ruw: Any) -> Any:
    """Our words for somebody's own, one by one in a list."""
    if not isinstance(bron, Kolomwaarde):
        return write_waarde(soort, ruw)
    if is_lijst(soort):
        tekst = str(ruw) if bron.scheiding is None else str(ruw).replace(bron.scheiding, ";")
        return [bron.waarden.get(deel, deel) for deel in write_waarde(soort, tekst)]
    return write_waarde(soort, bron.waarden.get(str(write_waarde(str, ruw)), ruw))


def _build_blok(rijen: Sequence[tuple[Rij, dict[str, Any], list[str]]]) -> Contractblok:
    """One contract of the rows with its number; the row that is no member says what was agreed."""
    redenen = [reden for _, _, fouten in rijen for reden in fouten]
    hoofdrij, hoofd, _ = next((een for een in rijen if een[1].get("rol") != Lidrol.LID), rijen[0])
    for rij, waarden, _ in rijen:
        redenen += [
            f"rij {rij.nummer}: '{kop}' is leeg" for kop in EIGEN if _PER_KOP[kop].verplicht and kop not in waarden
        ]
        if waarden.get("rol", Lidrol.ENKEL) not in set(Lidrol):
            redenen.append(f"rij {rij.nummer}: rol '{waarden['rol']}' bestaat niet; kies enkel, penvoerder of lid")
    redenen += [f"rij {hoofdrij.nummer}: '{kop}' is leeg" for kop in ("getekend_op", "ingang") if kop not in hoofd]
    nummer, naam = str(hoofd.get("contractnummer", "")), str(hoofd.get("combinatie", hoofd.get("naam", "")))
    contract = None
    if not redenen:
        contract = Bestaandcontract(
            contractnummer=nummer,
            naam=naam,
            partijen=tuple(_build_partij(waarden) for _, waarden, _ in rijen),
            percelen=hoofd.get("percelen", ()),
            producten=hoofd.get("producten", ()),
            getekend_op=hoofd["getekend_op"],
            ingang=hoofd["ingang"],
            einddatum=hoofd.get("einddatum"),
            specialisme=hoofd.get("specialisme", ""),
            werkgebied=hoofd.get("werkgebied", ""),
            voorganger=hoofd.get("voorganger"),
        )
    return Contractblok(
        rijen=tuple(rij.nummer for rij, _, _ in rijen),
        contractnummer=nummer,
        naam=naam,
        contract=contract,
        redenen=tuple(redenen),
    )


def _build_partij(waarden: Mapping[str, Any]) -> Contractpartij:
    velden = {
        kop: waarden[kop] for kop in EIGEN if kop in waarden and kop not in ("contractnummer", "combinatie", "rol")
    }
    return Contractpartij(rol=Lidrol(waarden.get("rol", Lidrol.ENKEL)), **velden)
