"""No cure, no more pay: a signal that support does not help is talked over, and payment stops where it does not.

Numbers of allocations, never people. What a client is entitled to does not change.

Bron: H19-31 (S4 4.1, 4.2); C.17 (article on tariffs: talk within fourteen days, stop in writing, never backwards).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.bewaking import Contractterm, Termsoort, Vervolgstap
from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie

BESPREEK_DAGEN = 14
"""Within so many days after a signal it is talked over with provider and client (the article of the agreement)."""

BRON = "H19-31"


class Stopuitkomst(StrEnum):
    """What came of a signal: the support goes on, goes on otherwise, or payment stops."""

    DOORGAAN = "doorgaan"
    BIJSTELLEN = "bijstellen"
    STOPPEN = "stoppen"


class Stopsignaal(msgspec.Struct, frozen=True, kw_only=True):
    """A signal about allocations of one product in one gemeente, and what came of it."""

    kenmerk: str
    contractnummer: str
    gemeente: str
    product: str
    toewijzingen: int
    gesignaleerd_op: date
    uitkomst: Stopuitkomst | None = None
    besproken_op: date | None = None
    stopt_op: date | None = None
    verwerkt: bool = False

    @property
    def stand(self) -> str:
        """Where it stands, in a few words."""
        if self.uitkomst is None:
            return f"bespreken uiterlijk {format_dag(self.gesignaleerd_op + timedelta(days=BESPREEK_DAGEN))}"
        if self.stopt_op is None:
            return str(self.uitkomst)
        klaar = "verwerkt" if self.verwerkt else "nog te verwerken"
        return f"betaling stopt per {format_dag(self.stopt_op)} ({klaar})"


def has_stopregel(definitie: Proceduredefinitie, product: str) -> bool:
    """Whether payment for a product stops when it does not help: one that is paid by result (H19-31)."""
    return any(
        perceel.bekostiging_van(een) is Bekostiging.RESULTAATTARIEF
        for perceel in definitie.percelen
        for een in perceel.producten
        if een.code == product
    )


def check_afronding(
    signaal: Stopsignaal, uitkomst: Stopuitkomst, besproken_op: date, stopt_op: date | None, op: date
) -> list[Beletsel]:
    """Every reason why a signal cannot be concluded like this; empty = it can. Payment never stops backwards."""
    beletselen = []
    if signaal.uitkomst is not None:
        beletselen.append(Beletsel("signaal-stand", f"{signaal.kenmerk} is al afgerond: {signaal.uitkomst}."))
    if not signaal.gesignaleerd_op <= besproken_op <= op:
        tekst = f"Besproken is van {format_dag(signaal.gesignaleerd_op)} tot en met vandaag."
        beletselen.append(Beletsel("signaal-besproken", tekst))
    if uitkomst is Stopuitkomst.STOPPEN and stopt_op is None:
        beletselen.append(Beletsel("signaal-stop", "Noem de eerste dag waarop de gemeente niet meer betaalt."))
    if uitkomst is not Stopuitkomst.STOPPEN and stopt_op is not None:
        beletselen.append(Beletsel("signaal-stop", f"Bij '{uitkomst}' hoort geen dag waarop de betaling stopt."))
    if stopt_op is not None and stopt_op <= op:
        tekst = f"De betaling stopt niet met terugwerkende kracht: noem een dag na {format_dag(op)}."
        beletselen.append(Beletsel("signaal-terug", tekst))
    return beletselen


def guard_signaal(signaal: Stopsignaal) -> Iterator[Contractterm]:
    """What a signal asks for: a talk in time, and after a stop that finance works it in."""
    wat = f"{signaal.toewijzingen} toewijzing{'' if signaal.toewijzingen == 1 else 'en'} van {signaal.product}"
    waar = f"{wat} in {signaal.gemeente}"
    if signaal.uitkomst is None:
        dag = signaal.gesignaleerd_op + timedelta(days=BESPREEK_DAGEN)
        yield Contractterm(
            onderwerp=signaal.contractnummer,
            soort=Termsoort.STOPSIGNAAL,
            deel=signaal.kenmerk,
            dag=dag,
            wat=f"stopsignaal {signaal.kenmerk} bespreken met aanbieder, cliënt en toegang: {waar}",
            waarom=f"de ondersteuning draagt niet bij aan het resultaat; gesignaleerd op "
            f"{format_dag(signaal.gesignaleerd_op)}",
            bron=BRON,
            rol=Rol.CONTRACTMANAGER,
            herinner=(BESPREEK_DAGEN, 3),
            vervolg=(
                Vervolgstap(
                    na_dagen=1,
                    wat=f"stopsignaal {signaal.kenmerk} is niet op tijd besproken: bepaal of de betaling stopt",
                    rol=Rol.CONTRACTMANAGER,
                ),
            ),
        )
    elif signaal.stopt_op is not None and signaal.besproken_op is not None and not signaal.verwerkt:
        yield Contractterm(
            onderwerp=signaal.contractnummer,
            soort=Termsoort.STOPSIGNAAL,
            deel=f"{signaal.kenmerk} betaling",
            dag=signaal.stopt_op,
            wat=f"de betaling stoppen van {waar} vanaf {format_dag(signaal.stopt_op)}",
            waarom=f"op {format_dag(signaal.besproken_op)} is besloten dat de ondersteuning niet bijdraagt",
            bron=BRON,
            rol=Rol.FINANCIEN,
            # One report, from the day of the outcome on, until finance says that it was worked in.
            vervolg=(
                Vervolgstap(
                    na_dagen=(signaal.besproken_op - signaal.stopt_op).days,
                    wat=f"stop de betaling van {waar} vanaf {format_dag(signaal.stopt_op)} ({signaal.kenmerk})",
                    rol=Rol.FINANCIEN,
                ),
            ),
        )
