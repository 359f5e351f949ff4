"""Gemeenten that withdraw or join: what the definition becomes, as a value.

A gemeente stands in a procedure in many places: as a party, in mandates and arrangements, among the
bodies of steps, in the area, in optional cells. Withdrawing takes it out of all of them and keeps its
name among the candidates; joining puts it where every other gemeente stands, except in mandates: those
rest on a decision of its own college and are registered apart.

Bron: H19-02, H19-03, H19-45, BP-17; domein 0.11.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from inkoop.domain.criteria.criterium import Gebied
from inkoop.domain.fouten import Beletsel
from inkoop.domain.procedure import Fase, Gemeente, Proceduredefinitie, Stap
from inkoop.domain.samenwerking import Deelname, Kandidaatgemeente, Kandidaatstand


class Deelnamestand(StrEnum):
    """How a gemeente takes part (H19-02)."""

    ACTIEF = "actief"
    VOORBEHOUD = "voorbehoud"
    UITGETREDEN = "uitgetreden"


def read_deelname(definitie: Proceduredefinitie) -> dict[str, Deelnamestand]:
    """How each gemeente takes part now, by name; those that withdrew as well."""
    standen = {
        gemeente.naam: Deelnamestand.VOORBEHOUD if gemeente.deelname is Deelname.VOORBEHOUD else Deelnamestand.ACTIEF
        for gemeente in definitie.gemeenten
    }
    uit = {k.naam: Deelnamestand.UITGETREDEN for k in definitie.kandidaten if k.stand is Kandidaatstand.UITGETREDEN}
    return {**standen, **uit}


def check_uittreden(definitie: Proceduredefinitie, gemeente: str, *, gepubliceerd: bool) -> list[Beletsel]:
    """Every reason in the definition why a gemeente cannot withdraw; a signed agreement is another.

    Bron: H19-02 (withdrawing is possible before contracts, for who made a reservation).
    """
    beletselen = []
    deelnemer = _find(definitie, gemeente)
    if deelnemer is None:
        namen = ", ".join(g.naam for g in definitie.gemeenten)
        return [Beletsel("deelname-onbekend", f"'{gemeente}' doet niet mee aan deze procedure. Wel: {namen}.")]
    if deelnemer.naam == definitie.organisatie.centrumgemeente:
        tekst = f"{deelnemer.naam} is de centrumgemeente. Wijs eerst een andere aan, in een nieuwe procedure."
        beletselen.append(Beletsel("deelname-centrum", tekst))
    if gepubliceerd and deelnemer.deelname is not Deelname.VOORBEHOUD:
        tekst = (
            f"{deelnemer.naam} doet mee zonder voorbehoud en de procedure is al gepubliceerd. Uittreden kan alleen "
            "vóór de publicatie, of met een voorbehoud dat in de publicatie staat."
        )
        beletselen.append(Beletsel("deelname-zonder-voorbehoud", tekst))
    if len(definitie.gemeenten) == 1:
        beletselen.append(Beletsel("deelname-laatste", "De laatste gemeente kan niet uittreden; stop de procedure."))
    return beletselen


def withdraw(definitie: Proceduredefinitie, gemeente: str, op: date, grond: str) -> Proceduredefinitie:
    """The procedure without a gemeente that withdrew on a day (H19-02)."""
    weg = _require(definitie, gemeente)
    blijven = tuple(g for g in definitie.gemeenten if g.code != weg.code)
    return _renew(
        definitie,
        f"- {weg.code}",
        gemeenten=blijven,
        kandidaten=(
            *(k for k in definitie.kandidaten if k.naam != weg.naam),
            Kandidaatgemeente(
                naam=weg.naam, stand=Kandidaatstand.UITGETREDEN, toelichting=grond, bron="H19-02", sinds=op
            ),
        ),
        mandaten=tuple(
            msgspec.structs.replace(mandaat, namens=_without(mandaat.namens, weg.code))
            for mandaat in definitie.mandaten
            if _without(mandaat.namens, weg.code)
        ),
        regelingen=tuple(
            msgspec.structs.replace(regeling, partijen=_without(regeling.partijen, weg.code))
            for regeling in definitie.regelingen
        ),
        stappen=tuple(
            msgspec.structs.replace(stap, organen=organen)
            for stap in definitie.stappen
            if (organen := tuple(o for o in stap.organen if not _is_orgaan_van(o, weg.naam)))
        ),
        geografie=msgspec.structs.replace(
            definitie.geografie,
            gebieden=tuple(g for g in definitie.geografie.gebieden if g.gemeente != weg.naam),
        ),
        percelen=tuple(
            msgspec.structs.replace(
                perceel,
                producten=tuple(
                    msgspec.structs.replace(
                        product,
                        optioneel=tuple(
                            msgspec.structs.replace(een, gemeenten=_without(een.gemeenten, weg.code))
                            for een in product.optioneel
                        ),
                    )
                    for product in perceel.producten
                ),
            )
            for perceel in definitie.percelen
        ),
        contract=msgspec.structs.replace(
            definitie.contract,
            lokale_uitzonderingen=tuple(
                een for een in definitie.contract.lokale_uitzonderingen if een.gemeente not in (weg.code, weg.naam)
            ),
        ),
    )


def check_toetreden(definitie: Proceduredefinitie, gemeente: Gemeente, *, gepubliceerd: bool) -> list[Beletsel]:
    """Every reason why a gemeente cannot join now; empty = it can.

    Bron: H19-45 (after publication a gemeente joins by the yearly cycle, with three acts).
    """
    beletselen = []
    if gepubliceerd:
        tekst = (
            f"De procedure is gepubliceerd; {gemeente.naam} kan alleen nog aansluiten met de jaarlijkse "
            "gemeente-aanhaak (vóór de dag die de procedure noemt)."
        )
        beletselen.append(Beletsel("deelname-gepubliceerd", tekst))
    if any(gemeente.naam == g.naam or gemeente.code == g.code for g in definitie.gemeenten):
        beletselen.append(Beletsel("deelname-bestaat", f"{gemeente.naam} doet al mee."))
    leeg = [veld for veld in gemeente.__struct_fields__ if getattr(gemeente, veld) == ""]
    if leeg:
        beletselen.append(
            Beletsel("deelname-gegevens", f"Vul nog in voor {gemeente.naam or 'de gemeente'}: {', '.join(leeg)}.")
        )
    return beletselen


def join(definitie: Proceduredefinitie, gemeente: Gemeente) -> Proceduredefinitie:
    """The procedure with one gemeente more, among the bodies where every other gemeente has its own (H19-45)."""
    namen = [g.naam for g in definitie.gemeenten]
    return _renew(
        definitie,
        f"+ {gemeente.code}",
        gemeenten=(*definitie.gemeenten, gemeente),
        kandidaten=tuple(k for k in definitie.kandidaten if k.naam != gemeente.naam),
        stappen=tuple(_add_orgaan(stap, namen, gemeente.naam) for stap in definitie.stappen),
        geografie=msgspec.structs.replace(
            definitie.geografie, gebieden=(*definitie.geografie.gebieden, Gebied(gemeente=gemeente.naam))
        ),
    )


def join_vanaf(
    definitie: Proceduredefinitie, gemeente: Gemeente, vanaf: date, optioneel: Mapping[str, bool]
) -> Proceduredefinitie:
    """The published procedure in which a gemeente takes part from a day on, with the optional products it buys.

    Only the steps that every gemeente takes after publication get its body as well: what was decided before
    is not asked again. Its mandate is registered apart (BP-13).

    Bron: H19-45; E.5 `gemeente_aanhaak`; BP-16.
    """
    namen = [g.naam for g in definitie.gemeenten]
    later = msgspec.structs.replace(gemeente, vanaf=vanaf)
    return _renew(
        definitie,
        f"+ {gemeente.code} {vanaf.isoformat()}",
        gemeenten=(*definitie.gemeenten, later),
        kandidaten=tuple(k for k in definitie.kandidaten if k.naam != gemeente.naam),
        stappen=tuple(
            stap if stap.fase in (Fase.VOORBEREIDEN, Fase.PUBLICEREN) else _add_orgaan(stap, namen, gemeente.naam)
            for stap in definitie.stappen
        ),
        geografie=msgspec.structs.replace(
            definitie.geografie, gebieden=(*definitie.geografie.gebieden, Gebied(gemeente=gemeente.naam, van=vanaf))
        ),
        percelen=tuple(
            msgspec.structs.replace(
                perceel,
                producten=tuple(
                    msgspec.structs.replace(
                        product,
                        optioneel=tuple(
                            msgspec.structs.replace(een, gemeenten=(*een.gemeenten, gemeente.code))
                            for een in product.optioneel
                        ),
                    )
                    if optioneel.get(product.code)
                    else product
                    for product in perceel.producten
                ),
            )
            for perceel in definitie.percelen
        ),
    )


def change_voorbehoud(definitie: Proceduredefinitie, gemeente: str, deelname: Deelname) -> Proceduredefinitie:
    """The procedure in which a gemeente makes its reservation, or takes part without one from now on."""
    wie = _require(definitie, gemeente)
    return _renew(
        definitie,
        f"{wie.code} {deelname}",
        gemeenten=tuple(
            msgspec.structs.replace(g, deelname=deelname) if g.code == wie.code else g for g in definitie.gemeenten
        ),
    )


def _renew(definitie: Proceduredefinitie, wat: str, **velden: object) -> Proceduredefinitie:
    """The changed definition, with a hash of its own that follows from what it was and what changed."""
    anders = hashlib.sha256(f"{definitie.hash} {wat}".encode()).hexdigest()
    return msgspec.structs.replace(definitie, hash=anders, **velden)


def _find(definitie: Proceduredefinitie, gemeente: str) -> Gemeente | None:
    return next((g for g in definitie.gemeenten if gemeente in (g.code, g.naam)), None)


def _require(definitie: Proceduredefinitie, gemeente: str) -> Gemeente:
    gevonden = _find(definitie, gemeente)
    if gevonden is None:
        raise KeyError(gemeente)
    return gevonden


def _without(codes: tuple[str, ...], weg: str) -> tuple[str, ...]:
    return tuple(code for code in codes if code != weg)


def _is_orgaan_van(orgaan: str, gemeente: str) -> bool:
    """Whether a body belongs to one gemeente: "college van Vught", "archief van Vught"."""
    return orgaan.endswith(f" van {gemeente}")


def _add_orgaan(stap: Stap, namen: list[str], nieuw: str) -> Stap:
    """Beside bodies that every gemeente has ("college van ..") one for the new gemeente."""
    soorten = dict.fromkeys(
        orgaan.removesuffix(f" van {naam}") for orgaan in stap.organen for naam in namen if _is_orgaan_van(orgaan, naam)
    )
    erbij = tuple(
        f"{soort} van {nieuw}" for soort in soorten if all(f"{soort} van {naam}" in stap.organen for naam in namen)
    )
    return msgspec.structs.replace(stap, organen=(*stap.organen, *erbij))
