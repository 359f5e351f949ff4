"""What the preparation asks besides steps, played: checklists, substantiation of tariffs, the notice.

Bron: M20-24, M20-43; B.1.6, B.5.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from inkoop.cli.demo.personen import FINANCIEN, INKOPER, PER_ROL
from inkoop.domain.aankondiging import VERPLICHT
from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.onderbouwing import AANNAMES, ELEMENTEN, Onderbouwingsdeel, Tariefonderbouwing, first_tabel
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie, Stap
from inkoop.services import aankondigingen, procedures, voorbereiding
from inkoop.services.huis import Huis, Optreden

TreedOp = Callable[[str], Optreden]


def record_checklist(huis: Huis, act_as: TreedOp, procedure: str, stap: Stap, ronde: str) -> None:
    """Go over the points of a step's checklist that nobody answered yet."""
    with huis.winkel.lezen() as sessie:
        rij = procedures.find_procedure(sessie, procedure)
        gedaan = voorbereiding.read_punten(sessie, rij.id, stap.id, ronde)
    open_ = [(nummer, Puntuitkomst.JA) for nummer, punt in enumerate(stap.checklist, 1) if punt not in gedaan]
    if open_:
        door = act_as(PER_ROL[Rol(stap.rol)])
        grond = f"nagelopen op {format_dag(local_date(door.nu))}"
        voorbereiding.record_punten(huis, door, procedure, stap.id, open_, grond=grond, ronde=ronde)


def record_stukken(huis: Huis, act_as: TreedOp, procedure: str, fase: Fase) -> None:
    """Substantiate the tariffs at the end of voorbereiden, announce a selection at the end of publiceren."""
    with huis.winkel.lezen() as sessie:
        rij = procedures.find_procedure(sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        onderbouwd = {(een.tariefversie, een.perceel) for een in voorbereiding.list_onderbouwingen(sessie, rij.id)}
        aangekondigd = {een.soort for een in aankondigingen.list_aankondigingen(sessie, procedure)}
    if fase is Fase.VOORBEREIDEN:
        for onderbouwing in invent_onderbouwingen(definitie):
            if (onderbouwing.tariefversie, onderbouwing.perceel) not in onderbouwd:
                voorbereiding.record_onderbouwing(huis, act_as(FINANCIEN), procedure, onderbouwing)
    if fase is Fase.PUBLICEREN:
        for soort in VERPLICHT.get((definitie.kwalificatie, fase), ()):
            if soort not in aangekondigd:
                aankondigingen.register_aankondiging(
                    huis, act_as(INKOPER), procedure, soort=soort, plaats="TenderNed", nummer="900001"
                )


def invent_onderbouwingen(definitie: Proceduredefinitie) -> list[Tariefonderbouwing]:
    """An invented substantiation for each perceel, complete for the law of the procedure."""
    tabel = first_tabel(definitie)
    if tabel is None:
        return []

    def fill(delen: Mapping[str, str]) -> dict[str, Onderbouwingsdeel]:
        return {
            sleutel: Onderbouwingsdeel(tekst=f"Gerekend is met: {naam}.", bron="verzonnen voor dit voorbeeld")
            for sleutel, naam in delen.items()
        }

    return [
        Tariefonderbouwing(
            tariefversie=tabel.versie,
            perceel=perceel.code,
            methode="Rekenmodel per product, besproken met aanbieders.",
            elementen=fill(ELEMENTEN[definitie.wet]),
            aannames=fill(AANNAMES),
        )
        for perceel in definitie.percelen
    ]


def write_voorbeeld(definitie: Proceduredefinitie) -> str:
    """A filled onderbouwingsbestand with invented texts, for every perceel of a procedure."""
    delen = invent_onderbouwingen(definitie)
    regels = [
        "# Voorbeeld: vervang de teksten en bronnen door uw eigen berekening.",
        f'tariefversie: "{delen[0].tariefversie}"' if delen else 'tariefversie: ""',
        f"percelen: [{', '.join(json.dumps(deel.perceel) for deel in delen)}]",
        "methode: Rekenmodel per product, besproken met aanbieders.",
    ]
    for kop, namen in (("elementen", ELEMENTEN[definitie.wet]), ("aannames", AANNAMES)):
        regels.append(f"{kop}:")
        for sleutel, naam in namen.items():
            regels += [f"  {sleutel}:", f"    tekst: {json.dumps(f'Gerekend is met: {naam}.', ensure_ascii=False)}"]
            regels.append("    bron: verzonnen voor dit voorbeeld")
    return "\n".join(regels) + "\n"
