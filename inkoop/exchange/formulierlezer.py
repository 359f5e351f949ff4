"""Read a filled form back: plain values, and for each the sheet and cell where it stood.

Bron: docs/handleiding/importeren.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from inkoop.exchange.celwaarde import write_waarde
from inkoop.exchange.formuliervorm import (
    ALLE,
    JA_NEE,
    MERK,
    Bladvorm,
    Loc,
    list_bladen,
    list_feitsoorten,
    list_lijstvelden,
    name_hoofdveld,
    name_soort,
)
from inkoop.exchange.tabel import Blad, Cel, Rij


class Gelezen(msgspec.Struct, frozen=True):
    """A form as read: values as in an aanmeldingsbestand, where each stands (sheet and cell), and what is wrong."""

    waarde: dict[str, Any]
    plaatsen: dict[Loc, tuple[str, Cel]]
    fouten: tuple[tuple[str, str], ...]


def is_formulier(bladen: Mapping[str, Blad]) -> bool:
    """Whether this Excel file is our form."""
    return "Uitleg" in bladen and MERK in bladen["Uitleg"].koppen


def read_formulier(bladen: Mapping[str, Blad]) -> Gelezen:
    """Read a filled form. Nothing is judged here but whether each value stands where it can be understood."""
    return _Lezer(bladen).read()


class _Lezer:
    def __init__(self, bladen: Mapping[str, Blad]) -> None:
        self._bladen = bladen
        self._plaatsen: dict[Loc, tuple[str, Cel]] = {}
        self._fouten: list[tuple[str, str]] = []

    def read(self) -> Gelezen:
        waarde: dict[str, Any] = {}
        vormen = {vorm.naam: vorm for vorm in list_bladen((), {}, {})}
        for vorm in vormen.values():
            self._check_koppen(vorm)
        for rij in self._rijen("Aanmelding")[:1]:
            waarde |= self._read_rij(vormen["Aanmelding"], rij, ())
        self._read_percelen(waarde)
        waarde["leden"] = [
            self._nest_tekenbevoegde(self._read_rij(vormen["Leden"], rij, ("leden", i)), ("leden", i))
            for i, rij in enumerate(self._rijen("Leden"))
        ]
        stukken = self._read_stukken(vormen)
        if stukken:
            waarde["bewijsstukken"] = stukken
        return Gelezen(waarde, self._plaatsen, tuple(self._fouten))

    def _rijen(self, blad: str) -> tuple[Rij, ...]:
        """The rows people filled: those below the explanation."""
        return tuple(rij for rij in self._bladen[blad].rijen if rij.nummer > 2) if blad in self._bladen else ()

    def _check_koppen(self, vorm: Bladvorm) -> None:
        if vorm.naam not in self._bladen:
            self._fouten.append((vorm.naam, f"het blad '{vorm.naam}' ontbreekt; gebruik het formulier van deze ronde"))
            return
        bekend = {kolom.kop for kolom in vorm.kolommen}
        for kop, cel in self._bladen[vorm.naam].koppen.items():
            if kop not in bekend:
                self._fouten.append((f"blad '{vorm.naam}', cel {cel.adres}", f"de kop '{kop}' hoort hier niet"))

    def _read_rij(self, vorm: Bladvorm, rij: Rij, loc: Loc) -> dict[str, Any]:
        waarden = {}
        for kolom in vorm.kolommen:
            if (cel := rij.cellen.get(kolom.kop)) is not None:
                self._plaatsen[*loc, kolom.kop] = (vorm.naam, cel)
                waarden[kolom.kop] = write_waarde(kolom.soort, cel.waarde)
        if rij.cellen:
            self._plaatsen.setdefault(loc, (vorm.naam, next(iter(rij.cellen.values()))))
        return waarden

    def _read_percelen(self, waarde: dict[str, Any]) -> None:
        gekozen: dict[str, list[str]] = {}
        alle: set[str] = set()
        aanbod: dict[str, list[str]] = {}
        for rij in self._rijen("Percelen"):
            perceel, product = (str(rij.cellen[k].waarde) if k in rij.cellen else "" for k in ("perceel", "product"))
            if product != ALLE:
                aanbod.setdefault(perceel, []).append(product)
            keuze = rij.cellen.get("aanmelden")
            if keuze is None:
                continue
            antwoord = str(write_waarde(bool, keuze.waarde))
            if antwoord not in JA_NEE:
                plek = f"blad 'Percelen', cel {keuze.adres}"
                self._fouten.append((plek, f"schrijf ja of nee; er staat '{keuze.waarde}'"))
            if antwoord != "ja":
                continue
            self._plaatsen["percelen", len(gekozen)] = ("Percelen", keuze)
            if product == ALLE:
                alle.add(perceel)
                gekozen.setdefault(perceel, [])
            else:
                gekozen.setdefault(perceel, []).append(product)
        waarde["percelen"] = list(gekozen)
        if any(perceel not in alle for perceel in gekozen):
            waarde["producten"] = [
                product for perceel, los in gekozen.items() for product in (aanbod[perceel] if perceel in alle else los)
            ]

    def _nest_tekenbevoegde(self, lid: dict[str, Any], loc: Loc) -> dict[str, Any]:
        teken = {}
        for kop in [kop for kop in lid if kop.startswith("tekenbevoegde ")]:
            naam = kop.removeprefix("tekenbevoegde ")
            teken[naam] = lid.pop(kop)
            self._plaatsen[*loc, "tekenbevoegde", naam] = self._plaatsen.pop((*loc, kop))
        if teken:
            lid["tekenbevoegde"] = teken
        return lid

    def _read_stukken(self, vormen: Mapping[str, Bladvorm]) -> list[dict[str, Any]]:
        stukken = [
            self._read_rij(vormen["Bewijsstukken"], rij, ("bewijsstukken", i))
            for i, rij in enumerate(self._rijen("Bewijsstukken"))
        ]
        nummers = {str(stuk.get("bestand")): i for i, stuk in enumerate(stukken)}
        for stuk in stukken:
            stuk["feiten"] = []
        for struct in list_feitsoorten():
            soort = name_soort(struct)
            feiten: dict[tuple[str, str], list[Loc]] = {}
            hoofd = name_hoofdveld(struct)
            for rij in self._rijen(soort):
                i = self._find_stuk(soort, rij, nummers)
                if i is None:
                    continue
                loc: Loc = ("bewijsstukken", i, "feiten", len(stukken[i]["feiten"]))
                feit = {"soort": soort, **self._read_rij(vormen[soort], rij, loc)}
                feiten.setdefault((feit.pop("bestand"), str(feit.get(hoofd))), []).append(loc)
                stukken[i]["feiten"].append(feit)
            for naam, deel in list_lijstvelden(struct):
                self._read_lijst(vormen[f"{soort} {naam}"], naam, deel, hoofd, feiten, stukken)
        return stukken

    def _find_stuk(self, blad: str, rij: Rij, nummers: Mapping[str, int]) -> int | None:
        cel = rij.cellen.get("bestand")
        if cel is None or str(cel.waarde) not in nummers:
            plek = f"blad '{blad}', rij {rij.nummer}" if cel is None else f"blad '{blad}', cel {cel.adres}"
            wat = "er staat geen bestand" if cel is None else f"'{cel.waarde}' staat niet op het blad Bewijsstukken"
            self._fouten.append((plek, wat))
            return None
        return nummers[str(cel.waarde)]

    def _read_lijst(
        self,
        vorm: Bladvorm,
        naam: str,
        deel: type[msgspec.Struct] | None,
        hoofd: str,
        feiten: Mapping[tuple[str, str], list[Loc]],
        stukken: list[dict[str, Any]],
    ) -> None:
        """The rows of a sheet of parts or answers, put with the fact they belong to."""
        for rij in self._rijen(vorm.naam):
            sleutel = tuple(str(rij.cellen[kop].waarde) if kop in rij.cellen else "" for kop in ("bestand", hoofd))
            locs = feiten.get((sleutel[0], sleutel[1]), [])
            if len(locs) != 1:
                wat = "er zijn er meer" if locs else "die is er niet"
                tekst = f"bij welke regel dit hoort is niet duidelijk: {hoofd} '{sleutel[1]}' in '{sleutel[0]}', {wat}"
                self._fouten.append((f"blad '{vorm.naam}', rij {rij.nummer}", tekst))
                continue
            _, i, _, j = locs[0]
            assert isinstance(i, int)
            assert isinstance(j, int)
            feit = stukken[i]["feiten"][j]
            if deel is None:
                gegeven, waarde = (rij.cellen.get(kop) for kop in ("gegeven", "waarde"))
                if gegeven is None or waarde is None:
                    self._fouten.append((f"blad '{vorm.naam}', rij {rij.nummer}", "vul gegeven en waarde in"))
                    continue
                feit.setdefault(naam, {})[str(gegeven.waarde)] = str(write_waarde(str, waarde.waarde))
                self._plaatsen[*locs[0], naam, str(gegeven.waarde)] = (vorm.naam, waarde)
                continue
            lijst = feit.setdefault(naam, [])
            loc = (*locs[0], naam, len(lijst))
            eigen = self._read_rij(vorm, rij, loc)
            eigen.pop("bestand", None)
            eigen.pop(hoofd, None)
            lijst.append(eigen)
