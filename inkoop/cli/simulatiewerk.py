"""Play a procedure in a store for simulation of its own: every step, round and fase on its planned day.

The acts are the real ones, through the same services; only the days are simulated. Nobody applies: the
rounds pass through their fasen empty, with a question and a nota in each.

Bron: ontwerp 2.8 (simulated time only on a store for simulation); BP-13.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from inkoop import bootstrap
from inkoop.cli.demo.personen import INKOPER, JURIST, list_demopersonen
from inkoop.cli.demo.rollenspel import Klok, Rollenspel, at_uur
from inkoop.domain.inlichtingen import end_of_vragen, last_nota
from inkoop.domain.kalender import Feestdagen, is_tijdig, local_date
from inkoop.domain.levensloop import Levensloop, count_werklast
from inkoop.domain.levensloopspel import play_levensloop
from inkoop.domain.procedure import Fase, Proceduredefinitie, Rondedefinitie
from inkoop.services import fasewerk, notas, opening, personen, procedures, rondes, vragen
from inkoop.services.huis import Huis
from inkoop.storage.winkel import Winkelsoort

RONDEFASEN = (Fase.SELECTEREN, Fase.CONCRETISEREN, Fase.CONTRACTEREN, Fase.IMPLEMENTEREN)


class Rondeverslag(msgspec.Struct, frozen=True, kw_only=True):
    """How far a round came, and how many notas it had."""

    ronde: str
    fase: Fase
    notas: int


class Simulatieverslag(msgspec.Struct, frozen=True, kw_only=True):
    """What a simulation gives: the life, the workload per month and role, and the state of the store at the end."""

    levensloop: Levensloop
    werklast: dict[str, dict[str, int]]
    gepubliceerd_op: date | None
    rondes: tuple[Rondeverslag, ...]


def simulate(definitie: Proceduredefinitie, feestdagen: Feestdagen, map_: Path | None) -> Simulatieverslag:
    """Play a definition; with `map_` the store is kept there, otherwise it is removed afterwards."""
    levensloop = play_levensloop(definitie, feestdagen)
    if map_ is not None:
        gepubliceerd, verslagen = _play(definitie, map_ / "winkel")
    else:
        with TemporaryDirectory() as tijdelijk:
            gepubliceerd, verslagen = _play(definitie, Path(tijdelijk) / "winkel")
    return Simulatieverslag(
        levensloop=levensloop,
        werklast=count_werklast(levensloop),
        gepubliceerd_op=gepubliceerd,
        rondes=verslagen,
    )


def _play(definitie: Proceduredefinitie, winkel: Path) -> tuple[date | None, tuple[Rondeverslag, ...]]:
    huis = bootstrap.create_huis(winkel, Winkelsoort.SIMULATIE)
    try:
        spel = _begin(huis, definitie)
        for fase in (Fase.VOORBEREIDEN, Fase.PUBLICEREN):
            spel.record_stappen(fase)
            _tick_procedure(spel, fase)
        with huis.winkel.lezen() as sessie:
            gepubliceerd = procedures.find_procedure(sessie, definitie.naam).gepubliceerd_op
        if gepubliceerd is not None:
            for ronde in sorted(definitie.instroom.rondes, key=lambda een: een.opening):
                _play_ronde(spel, ronde)
        with huis.winkel.lezen() as sessie:
            verslagen = tuple(
                Rondeverslag(ronde=rij.kenmerk, fase=rij.fase, notas=len(notas.list_notas(sessie, rij.id)))
                for rij in (rondes.list_rondes(sessie, definitie.naam) if gepubliceerd else ())
            )
    finally:
        huis.winkel.close()
    return (local_date(gepubliceerd) if gepubliceerd else None), verslagen


def _begin(huis: Huis, definitie: Proceduredefinitie) -> Rollenspel:
    """The people and the procedure, a month before the first day that is planned."""
    dagen = [stap.uiterlijk for stap in definitie.stappen if stap.uiterlijk is not None]
    eerste = min([*dagen, *(ronde.opening for ronde in definitie.instroom.rondes)])
    spel = Rollenspel(huis, Klok(at_uur(eerste - timedelta(days=30), 9)), definitie.naam, "")
    for persoon in list_demopersonen(definitie):
        personen.add_persoon(
            huis,
            bootstrap.act_as_systeem(huis, spel.klok.tick()),
            id=persoon.id,
            naam=persoon.naam,
            functie=persoon.functie,
            rollen=persoon.rollen,
        )
    procedures.create_procedure(huis, spel.act_as(INKOPER), definitie)
    return spel


def _tick_procedure(spel: Rollenspel, fase: Fase) -> None:
    door = bootstrap.act_as_systeem(spel.huis, spel.klok.tick())
    fasewerk.work_fase(spel.huis, door, fase, spel.procedure, bootstrap.load_procedure_edities)


def _play_ronde(spel: Rollenspel, ronde: Rondedefinitie) -> None:
    """A round from its opening to its ingang on a clock of its own: rounds overlap in time."""
    eigen = Rollenspel(spel.huis, Klok(at_uur(ronde.opening, 9)), spel.procedure, ronde.kenmerk)
    eigen.klok.set(spel.klok.nu if ronde.historisch else at_uur(ronde.opening, 9))
    _ask_and_answer(eigen, ronde)
    eigen.klok.set(at_uur(local_date(ronde.sluiting) + timedelta(days=1), 9))
    rondes.request_opening(eigen.huis, eigen.act_as(INKOPER), ronde.kenmerk)
    opening.open_ronde(eigen.huis, eigen.act_as(JURIST), ronde.kenmerk)
    for fase, dag in zip(RONDEFASEN, (ronde.herstel_tot, ronde.besluit, ronde.tekenen, ronde.ingang), strict=True):
        eigen.klok.set(at_uur(dag, 10))
        eigen.record_stappen(fase, ronde.kenmerk)
        door = bootstrap.act_as_systeem(eigen.huis, eigen.klok.tick())
        fasewerk.work_fase(eigen.huis, door, fase, ronde.kenmerk, bootstrap.load_procedure_edities)


def _ask_and_answer(spel: Rollenspel, ronde: Rondedefinitie) -> None:
    """One question in time and the nota that answers it, where the published days leave room for both."""
    gevraagd = at_uur(ronde.opening + timedelta(days=1), 9)
    nota = min(ronde.nota or last_nota(ronde), last_nota(ronde))
    spel.klok.set(gevraagd)
    if not is_tijdig(spel.klok.nu, end_of_vragen(ronde)) or local_date(spel.klok.nu) > nota:
        return
    kenmerk = vragen.ask_vraag(
        spel.huis,
        spel.act_as(INKOPER),
        ronde.kenmerk,
        tekst="Waar vinden wij de stukken?",
        onderwerp="publicatietekst",
        van="een aanbieder in de simulatie",
    )
    vragen.answer_vraag(spel.huis, spel.act_as(INKOPER), kenmerk, antwoord="Op het platform.")
    spel.klok.set(at_uur(nota, 9))
    gemaakt = notas.draft_nota(spel.huis, spel.act_as(INKOPER), ronde.kenmerk)
    notas.approve_nota(spel.huis, spel.act_as(JURIST), gemaakt)
    notas.publish_nota(spel.huis, spel.act_as(INKOPER), gemaakt)
