"""Procedures in a store: starting one, seeing where it stands, recording its governance steps.

Apart from `inkoop.cli.procedure`, so that reading a procedure file does not load the whole store.
Bron: B.9, FE-4, M20-45.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from inkoop.cli.taakverslag import describe_taken, print_taken
from inkoop.cli.uitvoer import print_json, print_kenmerken
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.definitions.suggestie import suggest
from inkoop.domain.fasen import find_stap
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.services import procedures, rondes, taken, verzetten


def start(definitie: Proceduredefinitie, als: str, rol: Rol | None, nu: datetime | None, winkel: Path | None) -> None:
    """Make a procedure in the store on this definition."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        procedures.create_procedure(huis, door, definitie)
    report(f"Procedure {definitie.naam} is aangemaakt en staat in de fase voorbereiden.")


def show_stand(naam: str, als: str, rol: Rol | None, nu: datetime | None, winkel: Path | None, *, json: bool) -> None:
    """The fase of a procedure and the steps that wait for people."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        rij = procedures.find_procedure(sessie, naam)
        open_taken = taken.list_proceduretaken(sessie, naam)
    kenmerken = {"procedure": rij.naam, "fase": rij.fase, "gepubliceerd_op": rij.gepubliceerd_op}
    if json:
        print_json({**kenmerken, "taken": describe_taken(open_taken)})
        return
    print_kenmerken((sleutel.replace("_", " "), waarde) for sleutel, waarde in kenmerken.items())
    print_taken(open_taken)


def record(
    naam: str,
    stap: str,
    *,
    organen: list[str],
    uitkomst: str,
    grond: str,
    ronde: str,
    als: str,
    rol: Rol | None,
    nu: datetime | None,
    winkel: Path | None,
) -> None:
    """Record a step for each body; what was recorded is said at once, so that a refusal later hides nothing."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        with huis.winkel.lezen() as sessie:
            definitie = procedures.decode_definitie(procedures.find_procedure(sessie, naam))
        for orgaan in organen or _only_orgaan(definitie, stap):
            procedures.record_stap(huis, door, naam, stap, orgaan=orgaan, uitkomst=uitkomst, grond=grond, ronde=ronde)
            report(f"Stap {stap} is vastgelegd voor {orgaan}: {uitkomst}.")


def move(
    naam: str,
    ronde: str,
    dag: str,
    naar: date,
    reden: str,
    als: str,
    rol: Rol | None,
    nu: datetime | None,
    winkel: Path | None,
) -> None:
    """Move a day of a round and say what else moved."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        verzetting = verzetten.move_planning(huis, door, naam, ronde=ronde, dag=dag, naar=naar, reden=reden)
    for wijziging in verzetting.wijzigingen:
        report(
            f"{wijziging.ronde}: {wijziging.dag} van {format_dag(wijziging.was)} naar {format_dag(wijziging.wordt)}."
        )
    if not verzetting.wijzigingen:
        report("Er is niets veranderd: die dag stond er al.")


def _only_orgaan(definitie: Proceduredefinitie, stap: str) -> tuple[str, ...]:
    """The body of a step that has one; a step with more must say which."""
    gevonden = find_stap(definitie, stap)
    wat = f"Stap '{stap}' kan niet worden vastgelegd."
    if gevonden is None:
        bekend = [s.id for s in definitie.stappen]
        raise BeletselenError(wat, [Beletsel("stap", f"Deze procedure heeft die stap niet.{suggest(stap, bekend)}")])
    if len(gevonden.organen) != 1:
        tekst = f"Over deze stap gaan: {', '.join(gevonden.organen)}. Noem met --orgaan voor wie u vastlegt."
        raise BeletselenError(wat, [Beletsel("orgaan", tekst)])
    return gevonden.organen
