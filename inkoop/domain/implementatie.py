"""Putting one agreement to work: the points of its checklist, each done by somebody by a day, with its evidence.

A procedure may name its own points; otherwise these hold. What is paid as one sum a year has no messages per client,
so nothing is asked about them there.

Bron: C.15 (implementatie), C.29, S3 5.4; M20-27, H19-10; B.6 (iWmo, calamiteiten); issue contract years.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

import msgspec

from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.fouten import Beletsel
from inkoop.domain.overeenkomstdelen import Implementatiepunt, Puntherkomst
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie, Wet

BERICHTEN: Mapping[Wet, str] = {Wet.WMO: "iWmo", Wet.JEUGDWET: "iJw"}
"""How the messages between gemeenten and providers are called under each law."""


class Implementatiepuntstand(msgspec.Struct, frozen=True, kw_only=True):
    """A point of one agreement: by which day, and what was recorded last; without a record it is open."""

    punt: Implementatiepunt
    uiterlijk: date
    uitkomst: Puntuitkomst | None = None
    bewijs: str = ""
    door: str = ""
    op: datetime | None = None

    @property
    def klaar(self) -> bool:
        """Done, or not needed for this agreement."""
        return self.uitkomst in (Puntuitkomst.JA, Puntuitkomst.NVT)


def list_punten(definitie: Proceduredefinitie, percelen: Collection[str]) -> tuple[Implementatiepunt, ...]:
    """The points of an agreement with these percelen: those of the procedure, else the ones of every agreement."""
    punten = definitie.contract.implementatie or _list_standaard(definitie, percelen)
    return tuple(punt for punt in punten if not punt.percelen or set(punt.percelen) & set(percelen))


def _list_standaard(definitie: Proceduredefinitie, percelen: Collection[str]) -> tuple[Implementatiepunt, ...]:
    wijzen = {
        perceel.bekostiging_van(product)
        for perceel in definitie.percelen
        if perceel.code in percelen
        for product in perceel.producten
    }
    berichten: tuple[Implementatiepunt, ...] = ()
    if wijzen - {Bekostiging.LUMPSUM}:
        naam = BERICHTEN[definitie.wet]
        berichten = (
            Implementatiepunt(
                code="productcodes",
                wat="De productcodes en tarieven staan goed bij de gemeenten en bij de aanbieder",
                rol=Rol.CONTRACTMANAGER,
                dagen_voor_ingang=21,
                bron="S3 5.4; B.6",
            ),
            Implementatiepunt(
                code="berichtenverkeer",
                wat=f"Een testbericht {naam} is heen en terug goed aangekomen (toewijzing, start, declaratie)",
                rol=Rol.CONTRACTMANAGER,
                dagen_voor_ingang=14,
                bron="S3 5.4; M20-27; C.15; B.6",
            ),
        )
    return (
        *berichten,
        Implementatiepunt(
            code="contactpersonen",
            wat="De contactpersonen zijn uitgewisseld: contract, toegang, declaratie, calamiteiten en datalekken",
            rol=Rol.CONTRACTMANAGER,
            dagen_voor_ingang=14,
            bron="C.15; B.6 (calamiteiten), C.19 (datalek)",
        ),
        Implementatiepunt(
            code="catalogus",
            wat="De aanbieder heeft zijn tekst in de catalogus bevestigd",
            rol=Rol.AANBIEDER,
            dagen_voor_ingang=7,
            bron="C.29; H19-51",
        ),
        Implementatiepunt(
            code="afschriften",
            wat="Elke gemeente heeft een afschrift voor haar archief",
            rol=Rol.CONTRACTMANAGER,
            dagen_voor_ingang=0,
            bron="H19-10; C.17 (exemplaren)",
            vanzelf=Puntherkomst.AFSCHRIFTEN,
        ),
    )


def plan_punt(punt: Implementatiepunt, ingang: date) -> date:
    """The last day for a point of an agreement that begins on a day."""
    return ingang - timedelta(days=punt.dagen_voor_ingang)


def check_afvinken(punt: Implementatiepunt, rol: Rol, uitkomst: Puntuitkomst, bewijs: str) -> list[Beletsel]:
    """Why somebody cannot record this about a point: not his, or without evidence.

    Contract management may record any point, with the evidence (project default); a provider only its own.
    """
    beletselen = []
    if rol not in (punt.rol, Rol.CONTRACTMANAGER):
        tekst = f"'{punt.wat}' is een punt voor {punt.rol}, niet voor de rol {rol}."
        beletselen.append(Beletsel("punt-rol", tekst))
    if rol is Rol.AANBIEDER and uitkomst is not Puntuitkomst.JA:
        beletselen.append(Beletsel("punt-uitkomst", "U kunt een punt alleen bevestigen."))
    if not bewijs.strip():
        tekst = "Noem waar het bewijs te vinden is, of bij 'nee' en 'nvt' waarom."
        beletselen.append(Beletsel("punt-bewijs", tekst))
    return beletselen
