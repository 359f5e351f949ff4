"""A contract that ran before the system was used: what must be known of it, and why it cannot be taken in.

A contract of this procedure follows its term like any other. An older agreement (a voorganger of the procedure)
keeps its own end date and is only guarded, until what follows it takes over.

Bron: M20-03, M20-05, M20-33; H19-41, H19-43; C.17 (numbers never twice).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.persoon import is_kvk
from inkoop.domain.procedure import Proceduredefinitie


class Contractpartij(msgspec.Struct, frozen=True, kw_only=True):
    """One legal person on the side of the provider, with who signs for it."""

    rol: Lidrol
    naam: str
    kvk: str
    rechtsvorm: str
    adres: str
    postcode: str
    plaats: str
    email: str
    tekenbevoegde: str
    functie: str


class Bestaandcontract(msgspec.Struct, frozen=True, kw_only=True):
    """A running contract as it is taken in; `naam` is the name of the combination or of the single provider.

    `voorganger` is the code of the older agreement it belongs to; None = a contract of the procedure itself.
    `einddatum` is only told; for a contract of the procedure it must be the one that all have.
    """

    contractnummer: str
    naam: str
    partijen: tuple[Contractpartij, ...]
    percelen: tuple[str, ...]
    producten: tuple[str, ...]
    getekend_op: date
    ingang: date
    einddatum: date | None = None
    specialisme: str = ""
    werkgebied: str = ""
    voorganger: str | None = None

    @property
    def kvk(self) -> str:
        """The KvK number of the single provider or the penvoerder."""
        return next(een.kvk for een in self.partijen if een.rol is not Lidrol.LID)


def check_bestaandcontract(
    definitie: Proceduredefinitie, contract: Bestaandcontract, *, einddatum: date, op: date
) -> list[Beletsel]:
    """Every reason why a contract cannot be taken in; `einddatum` is the day on which it ends by the rules.

    Bron: H19-43 (one end date for all); M20-03; C.17.
    """
    beletselen = [*_check_partijen(contract.partijen)]
    if contract.getekend_op > op:
        tekst = f"getekend_op ({format_dag(contract.getekend_op)}) ligt in de toekomst"
        beletselen.append(Beletsel("getekend-toekomst", tekst))
    if contract.getekend_op > contract.ingang:
        tekst = f"het contract ging in op {format_dag(contract.ingang)}, vóór het was getekend"
        beletselen.append(Beletsel("getekend-na-ingang", tekst))
    if einddatum < op:
        tekst = f"dit contract eindigde op {format_dag(einddatum)} en loopt niet meer"
        beletselen.append(Beletsel("contract-geeindigd", tekst))
    if contract.ingang > einddatum:
        tekst = f"ingang ({format_dag(contract.ingang)}) ligt na het einde ({format_dag(einddatum)})"
        beletselen.append(Beletsel("contract-ingang", tekst))
    if contract.voorganger is None:
        beletselen += _check_van_procedure(definitie, contract, einddatum)
    else:
        beletselen += _check_van_voorganger(definitie, contract)
    return beletselen


def _check_partijen(partijen: Sequence[Contractpartij]) -> Iterator[Beletsel]:
    hoofd = [een for een in partijen if een.rol in (Lidrol.ENKEL, Lidrol.PENVOERDER)]
    if len(hoofd) != 1:
        yield Beletsel("contract-partijen", "noem één aanbieder (rol enkel), of één penvoerder met zijn leden")
    if any(een.rol not in (Lidrol.ENKEL, Lidrol.PENVOERDER, Lidrol.LID) for een in partijen):
        yield Beletsel("contract-rol", "alleen enkel, penvoerder en lid zijn partij bij een contract")
    if any(een.rol is Lidrol.ENKEL for een in partijen) and len(partijen) > 1:
        yield Beletsel("contract-rol", "dit contractnummer staat er vaker; kies bij een combinatie penvoerder en lid")
    gezien: set[str] = set()
    for een in partijen:
        if not is_kvk(een.kvk):
            yield Beletsel("kvk", f"een KvK-nummer heeft acht cijfers; er staat '{een.kvk}'")
        elif een.kvk in gezien:
            yield Beletsel("kvk-dubbel", f"KvK-nummer {een.kvk} staat twee keer bij dit contract")
        gezien.add(een.kvk)


def _check_van_procedure(
    definitie: Proceduredefinitie, contract: Bestaandcontract, einddatum: date
) -> Iterator[Beletsel]:
    looptijd, bekend = definitie.looptijd, {perceel.code: perceel for perceel in definitie.percelen}
    if contract.ingang < looptijd.ingang:
        tekst = (
            f"overeenkomsten van deze procedure gaan in vanaf {format_dag(looptijd.ingang)}; noem bij een ouder "
            "contract onder 'voorganger' waar het bij hoort"
        )
        yield Beletsel("contract-ingang", tekst)
    if contract.einddatum is not None and contract.einddatum != einddatum:
        tekst = (
            f"alle overeenkomsten van deze procedure eindigen op {format_dag(einddatum)}; er staat "
            f"{format_dag(contract.einddatum)}"
        )
        yield Beletsel("contract-einddatum", tekst)
    if not contract.percelen:
        yield Beletsel("perceel", "noem onder 'percelen' ten minste één perceel")
    for code in contract.percelen:
        if code not in bekend:
            yield Beletsel("perceel", f"perceel '{code}' bestaat niet; wel: {', '.join(bekend)}")
    mogelijk = {p.code for code in contract.percelen if code in bekend for p in bekend[code].producten}
    for code in contract.producten:
        if code not in mogelijk:
            yield Beletsel("product", f"product '{code}' hoort niet bij de genoemde percelen")


def _check_van_voorganger(definitie: Proceduredefinitie, contract: Bestaandcontract) -> Iterator[Beletsel]:
    bekend = {een.code: een for een in definitie.voorgangers}
    if contract.voorganger not in bekend:
        wel = ", ".join(bekend) or "geen"
        yield Beletsel("voorganger", f"voorganger '{contract.voorganger}' staat niet in de procedure; wel: {wel}")
    if contract.percelen or contract.producten:
        yield Beletsel("perceel", "een ouder contract heeft eigen afspraken; laat 'percelen' en 'producten' leeg")


def list_inhoud(definitie: Proceduredefinitie, contract: Bestaandcontract) -> dict[str, tuple[str, ...]]:
    """The agreed products per perceel; without products every product of its percelen."""
    return {
        code: tuple(
            product.code
            for product in definitie.find_perceel(code).producten
            if not contract.producten or product.code in contract.producten
        )
        for code in contract.percelen
    }
