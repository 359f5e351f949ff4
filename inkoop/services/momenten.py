"""The moments at which something becomes due: of the intake calendar, and of what waits for people.

Bron: ontwerp 2.1, 5 (intake calendar); M20-41.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
from sqlmodel import col, select

from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.services import addenda, procedures, rondes, taken
from inkoop.services.huis import Huis
from inkoop.services.taken import Taak
from inkoop.storage.tabellen.procedure import ProcedureRow

VOORUIT = timedelta(days=14)
"""How far ahead a term is shown (project default)."""


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the intake calendar on which a flow has something to do, and why."""

    dag: date
    ronde: str
    wat: str


class Termijntaak(msgspec.Struct, frozen=True, kw_only=True):
    """A task whose term has passed or comes near."""

    ronde: str
    taak: Taak
    te_laat: bool

    def __str__(self) -> str:
        """One line for a person."""
        wanneer = f"was uiterlijk {self.taak.uiterlijk}" if self.te_laat else f"uiterlijk {self.taak.uiterlijk}"
        return f"{self.ronde}: {self.taak.rol} moet {self.taak.wat} ({self.taak.onderwerp}), {wanneer}"


def list_momenten(definitie: Proceduredefinitie) -> tuple[Moment, ...]:
    """Every day on which the intake calendar asks for a run, in order; read from the procedure, typed nowhere.

    A term that ends on a day is followed up on the next one, since it runs until the end of that day.
    """
    momenten = [moment for ronde in definitie.instroom.rondes for moment in _list_ronde(ronde)]
    return tuple(sorted(momenten, key=lambda een: (een.dag, een.ronde, een.wat)))


def _list_ronde(ronde: Rondedefinitie) -> list[Moment]:
    daarna = timedelta(days=1)
    dagen = [
        (ronde.opening, "de ronde opent"),
        (local_date(ronde.sluiting) + daarna, "de ronde is gesloten"),
        (ronde.herstel_tot + daarna, "de hersteltermijn is voorbij"),
        (ronde.vervaltermijn + daarna, "de vervaltermijn is voorbij"),
        (ronde.ingang, "de overeenkomsten gaan in"),
    ]
    return [Moment(dag=dag, ronde=ronde.kenmerk, wat=wat) for dag, wat in dagen]


def list_procedures(huis: Huis) -> tuple[Proceduredefinitie, ...]:
    """The definition of every procedure in the store, by name."""
    with huis.winkel.lezen() as sessie:
        return tuple(
            procedures.decode_definitie(rij)
            for rij in sessie.exec(select(ProcedureRow).order_by(col(ProcedureRow.naam)))
        )


def describe_rondes(huis: Huis, procedure: str, nu: datetime) -> list[str]:
    """Where each round of a procedure stands now, in a sentence."""
    with huis.winkel.lezen() as sessie:
        if procedures.find_procedure(sessie, procedure).gepubliceerd_op is None:
            return [f"{procedure} is nog niet gepubliceerd."]
        zinnen = []
        for rij in rondes.list_rondes(sessie, procedure):
            if local_date(nu) < rij.opening:
                stand = f"opent op {rij.opening:%d-%m-%Y}"
            elif nu <= rij.sluiting:
                stand = "is open voor aanmeldingen"
            else:
                stand = f"is gesloten en staat in de fase {rij.fase}"
            zinnen.append(f"{rij.kenmerk} {stand}")
        return zinnen


def list_cyclusdagen(definitie: Proceduredefinitie) -> tuple[tuple[str, str], ...]:
    """The days (MM-DD) of each year on which the addenda of a procedure ask for a run, and why (H19-55).

    A last day is followed up on the next one.
    """
    cyclus = definitie.contract.addendumcyclus
    return (
        (cyclus.concept_uiterlijk, "de concepten van de addenda moeten klaar zijn"),
        (cyclus.tekenen_uiterlijk, "de addenda moeten zijn getekend"),
        (cyclus.ingang, "de addenda gaan in"),
    )


def describe_cyclus(huis: Huis, procedure: str, nu: datetime) -> list[str]:
    """Where the cycle of the yearly addenda of a procedure stands now, in a sentence."""
    with huis.winkel.lezen() as sessie:
        definitie = procedures.decode_definitie(procedures.find_procedure(sessie, procedure))
    cyclus = definitie.contract.addendumcyclus
    ingang = addenda.next_ingang(cyclus, local_date(nu))
    tekenen = addenda.end_of_tekenen(cyclus, ingang)
    begin = addenda.begin_cyclus(cyclus, local_date(nu))
    wat = f"addenda die ingaan op {ingang:%d-%m-%Y}, te tekenen tot en met {tekenen:%d-%m-%Y}"
    wanneer = "zijn aan de beurt" if begin <= local_date(nu) else f"komen vanaf {begin:%d-%m-%Y}"
    return [f"{procedure}: {wat}, {wanneer}"]


def list_termijntaken(huis: Huis, nu: datetime) -> tuple[Termijntaak, ...]:
    """What is too late or due within two weeks, over all rounds, most urgent first."""
    vandaag = local_date(nu)
    gevonden = []
    with huis.winkel.lezen() as sessie:
        for rij in sessie.exec(select(ProcedureRow).order_by(col(ProcedureRow.naam))):
            bronnen = (
                [(rij.naam, taken.list_proceduretaken(sessie, rij.naam))]
                if rij.gepubliceerd_op is None
                else [
                    (ronde.kenmerk, taken.list_rondetaken(huis, sessie, ronde.kenmerk, nu))
                    for ronde in rondes.list_rondes(sessie, rij.naam)
                ]
            )
            gevonden += [
                Termijntaak(ronde=naam, taak=taak, te_laat=taak.uiterlijk < vandaag)
                for naam, lijst in bronnen
                for taak in lijst
                if taak.uiterlijk is not None and taak.uiterlijk <= vandaag + VOORUIT
            ]
    return tuple(sorted(gevonden, key=lambda een: (een.taak.uiterlijk or date.max, een.ronde, een.taak.onderwerp)))
