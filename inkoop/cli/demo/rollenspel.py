"""What each person of the demo does with a task, through the same services as everybody.

Bron: domein D, FE-1..FE-10; ontwerp 9.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from inkoop import bootstrap
from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.demo.personen import BEOORDELAARS, CONTRACTMANAGER, GEMANDATEERDE, INKOPER, JURIST, PER_ROL
from inkoop.cli.demo.voorbereidingsspel import record_checklist, record_stukken
from inkoop.domain.aanmelding import Aanvulling
from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.criteria.beoordeling import Beoordelingspunt, Beoordelingsstand
from inkoop.domain.criteria.dossier import Aanleiding, Antwoord
from inkoop.domain.fasen import STAPUITKOMSTEN
from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import TIJDZONE, format_dag, local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.scenario import Scenario, Scenariobeoordeling, Scenariooordeel
from inkoop.domain.scenariospel import covers_punt
from inkoop.domain.verzending import Verzendwijze
from inkoop.services import (
    aanmeldingen,
    afschriften,
    besluiten,
    documenten,
    feiten,
    herstel,
    implementatiepunten,
    ondertekeningen,
    oordelen,
    opening,
    overeenkomsten,
    procedures,
    rondes,
)
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.huis import Huis, Optreden
from inkoop.services.taken import Taak, Taaksoort
from inkoop.storage.tabellen.overeenkomst import Partijsoort


class GeenOordeelError(InkoopError):
    """A scenario does not say what is judged on a point that people must judge."""


@dataclass
class Klok:
    """The simulated instant; every act takes a minute, and time never goes back."""

    nu: datetime

    def tick(self) -> datetime:
        """The instant of the next act."""
        self.nu += timedelta(minutes=1)
        return self.nu

    def set(self, moment: datetime) -> None:
        """Go on to a later moment; an earlier one is ignored."""
        self.nu = max(self.nu, moment)


@dataclass
class Rollenspel:
    """Everybody at work on one store. `zaken` are the scenarios by the kenmerk of their aanmelding."""

    huis: Huis
    klok: Klok
    procedure: str
    ronde: str
    zaken: dict[str, Scenario] = field(default_factory=dict)

    def act_as(self, wie: str) -> Optreden:
        """Somebody acts, a minute later."""
        return bootstrap.act_as(self.huis, wie, nu=self.klok.tick())

    def perform(self, taak: Taak) -> bool:
        """Do one task; False when it is not ours to do (an aanbieder who waits)."""
        handeling = _HANDELINGEN.get(taak.soort)
        if handeling is None:
            return False
        handeling(self, taak)
        return True

    def record_stappen(self, fase: Fase, ronde: str = "") -> int:
        """Record every open step of a fase for every body, in the order that the definition asks for."""
        aantal = 0
        while True:
            with self.huis.winkel.lezen() as sessie:
                open_ = procedures.list_openstaand(sessie, self.procedure, fase, ronde)
            if not open_:
                record_stukken(self.huis, self.act_as, self.procedure, fase)
                return aantal
            # The first one that is open can be done: the definition lists a step after what it waits for.
            stap = open_[0].stap
            if stap.uiterlijk is not None:
                self.klok.set(at_uur(stap.uiterlijk, 10))
            record_checklist(self.huis, self.act_as, self.procedure, stap, ronde)
            for orgaan in open_[0].organen:
                door = self.act_as(PER_ROL[Rol(stap.rol)])
                grond = f"vastgelegd door {orgaan} op {format_dag(local_date(door.nu))}"
                procedures.record_stap(
                    self.huis,
                    door,
                    self.procedure,
                    stap.id,
                    orgaan=orgaan,
                    uitkomst=STAPUITKOMSTEN[stap.soort].door,
                    grond=grond,
                    ronde=ronde,
                )
                aantal += 1

    def declare_belangen(self) -> None:
        """Both beoordelaars and the jurist say that they have no interest in the round, who did not say so yet."""
        with self.huis.winkel.lezen() as sessie:
            verklaard = rondes.list_verklaard(sessie, rondes.find_ronde(sessie, self.ronde))
        for wie in (*BEOORDELAARS, JURIST):
            if wie not in verklaard:
                tekst = "Geen band met een van de aanbieders in deze ronde."
                rondes.declare_belangen(self.huis, self.act_as(wie), self.ronde, geen_belang=True, toelichting=tekst)

    def receive(self, kenmerk: str, aanvulling: Aanvulling) -> None:
        """An aanbieder sends evidence after submission; nobody answers a request that was not made.

        A case may hold an answer that no play asks for: what cannot save any perceel is not asked.
        """
        with self.huis.winkel.lezen() as sessie:
            gevraagd = herstel.find_verzoek(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk)) is not None
        if aanvulling.aanleiding is Aanleiding.HERSTEL and not gevraagd:
            return
        opgave = self.zaken[kenmerk].aanmelding
        self.klok.set(aanvulling.ontvangen_op)
        bestanden = make_bestanden(opgave, aanvulling.bewijsstukken)
        herstel.receive_aanvulling(
            self.huis, self.act_as(aanbieder_id(opgave.penvoerder.kvk)), kenmerk, aanvulling, bestanden
        )


def aanbieder_id(kvk: str) -> str:
    """The short name under which an aanbieder of the demo acts."""
    return f"aanbieder-{kvk}"


def at_uur(dag: date, uur: int) -> datetime:
    """A whole hour of a day in the Netherlands."""
    return datetime(dag.year, dag.month, dag.day, uur, tzinfo=TIJDZONE)


def _request_opening(spel: Rollenspel, taak: Taak) -> None:
    rondes.request_opening(spel.huis, spel.act_as(INKOPER), taak.onderwerp)


def _open(spel: Rollenspel, taak: Taak) -> None:
    opening.open_ronde(spel.huis, spel.act_as(JURIST), taak.onderwerp)
    spel.declare_belangen()


def _establish(spel: Rollenspel, taak: Taak) -> None:
    """The first beoordelaar reads every file and finds on it what was stated."""
    door = spel.act_as(BEOORDELAARS[0])
    regels = [r for r in feiten.read_feiten(spel.huis, door, taak.onderwerp) if r.wijze is None and r.tijdig]
    vaststellingen = [
        feiten.Vaststelling(
            id=regel.id, wijze=feiten.Vaststellingswijze.BEVESTIGD, reden=f"gelezen op {regel.bestand}, pagina 1"
        )
        for regel in regels
    ]
    feiten.establish_feiten(spel.huis, door, taak.onderwerp, vaststellingen)


def _judge(spel: Rollenspel, taak: Taak) -> None:
    """Both beoordelaars judge every point of an aanmelding, each for themselves."""
    for wie, welk in zip(BEOORDELAARS, ("b1", "b2"), strict=True):
        for regel in oordelen.read_punten(spel.huis, spel.act_as(wie), taak.onderwerp):
            wacht = regel.punt.stand is Beoordelingsstand.WACHT_OP_BEOORDELAARS
            if not wacht or any(gegeven.persoon == wie for gegeven in regel.oordelen):
                continue
            oordeel: Scenariooordeel = getattr(_find_beoordeling(spel, taak, regel.punt), welk)
            oordelen.give_oordeel(
                spel.huis,
                spel.act_as(wie),
                taak.onderwerp,
                regel.id,
                ja=oordeel.ja,
                reden=oordeel.reden,
                antwoorden=answer_vragen(regel.punt, oordeel),
            )


def _settle(spel: Rollenspel, taak: Taak) -> None:
    door = spel.act_as(JURIST)
    regel = next(r for r in oordelen.read_punten(spel.huis, door, taak.onderwerp) if r.id == taak.deel)
    oordeel = _find_beoordeling(spel, taak, regel.punt).jurist
    if oordeel is None:
        raise GeenOordeelError(f"Het scenario zegt niet hoe de jurist {regel.punt.criterium} beslecht.")
    oordelen.settle_oordeel(
        spel.huis,
        door,
        taak.onderwerp,
        taak.deel,
        ja=oordeel.ja,
        reden=oordeel.reden,
        antwoorden=answer_vragen(regel.punt, oordeel),
    )


def answer_vragen(punt: Beoordelingspunt, oordeel: Scenariooordeel) -> tuple[Antwoord, ...]:
    """The answers of a case, and for each published question that it leaves open the one that fits its judgement.

    The rules weigh a judgement; the services ask for every answer too, which a case need not spell out.
    """
    gegeven = {antwoord.vraag for antwoord in oordeel.antwoorden}
    open_ = [vraag.id for vraag in punt.vragen if vraag.id not in gegeven]
    return (*oordeel.antwoorden, *(Antwoord(vraag=vraag, ja=oordeel.ja) for vraag in open_))


def _find_beoordeling(spel: Rollenspel, taak: Taak, punt: Beoordelingspunt) -> Scenariobeoordeling:
    for beoordeling in spel.zaken[taak.onderwerp].beoordelingen:
        if covers_punt(beoordeling, punt):
            return beoordeling
    zaak = spel.zaken[taak.onderwerp]
    raise GeenOordeelError(f"Scenario {zaak.zaak} zegt niet hoe {punt.criterium} wordt beoordeeld ({punt.perceel}).")


def _check_herstel(spel: Rollenspel, taak: Taak) -> None:
    herstel.approve_herstelverzoek(spel.huis, spel.act_as(JURIST), taak.onderwerp)


def _send_herstel(spel: Rollenspel, taak: Taak) -> None:
    herstel.send_herstelverzoek(spel.huis, spel.act_as(INKOPER), taak.onderwerp)


def _check_besluiten(spel: Rollenspel, taak: Taak) -> None:
    besluiten.check_besluiten(spel.huis, spel.act_as(JURIST), taak.onderwerp)


def _take_besluiten(spel: Rollenspel, taak: Taak) -> None:
    besluiten.take_besluiten(spel.huis, spel.act_as(GEMANDATEERDE), taak.onderwerp)


def _send_besluiten(spel: Rollenspel, taak: Taak) -> None:
    besluiten.send_besluiten(spel.huis, spel.act_as(INKOPER), taak.onderwerp)


def _approve(spel: Rollenspel, taak: Taak) -> None:
    rol = Rol.JURIST if Rol.JURIST in taak.rol else Rol.INKOPER
    documenten.approve(spel.huis, spel.act_as(PER_ROL[rol]), taak.onderwerp)


def _send(spel: Rollenspel, taak: Taak) -> None:
    documenten.send(spel.huis, spel.act_as(INKOPER), taak.onderwerp)


def _sign(spel: Rollenspel, taak: Taak) -> None:
    """One party signs the text as it was offered; the inkoper records it."""
    door = spel.act_as(INKOPER)
    with spel.huis.winkel.lezen() as sessie:
        document = overeenkomsten.find_contractdocument(sessie, taak.onderwerp)
        rij = overeenkomsten.find_overeenkomst(sessie, taak.onderwerp)
        zaak = load_zaak(sessie, spel.huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
    if taak.rol == Rol.GEMANDATEERDE:
        tekenaar = bootstrap.act_as(spel.huis, GEMANDATEERDE, nu=door.nu).persoon
        partij, naam, functie = Partijsoort.GEMEENTEN, tekenaar.naam, tekenaar.functie
        namens = ", ".join(gemeente.naam for gemeente in zaak.definitie.gemeenten)
    else:
        lid = next(lid for lid in zaak.opgave.leden if lid.naam == taak.deel)
        partij, naam, functie = Partijsoort.AANBIEDER, lid.tekenbevoegde.naam, lid.tekenbevoegde.functie
        namens = lid.naam
    ondertekeningen.register_ondertekening(
        spel.huis,
        door,
        taak.onderwerp,
        partij=partij,
        naam=naam,
        functie=functie,
        namens=namens,
        getekend_op=local_date(door.nu),
        document_sha256=document.pdf_sha256 or "",
    )


def _implement(spel: Rollenspel, taak: Taak) -> None:
    """The contractmanager ticks a point; what a provider confirms came by mail here."""
    door = spel.act_as(CONTRACTMANAGER)
    bewijs = f"voorbeeld: vastgelegd op {local_date(door.nu).isoformat()}"
    if taak.deel == "afschriften":
        afschriften.prove_afschrift(
            spel.huis, door, taak.onderwerp, gemeenten="de gemeenten", wijze=Verzendwijze.EMAIL,
            verzonden_op=door.nu, referentie=bewijs,
        )  # fmt: skip
        return
    implementatiepunten.record_punt(spel.huis, door, taak.onderwerp, taak.deel, Puntuitkomst.JA, bewijs)


def _record(spel: Rollenspel, _taak: Taak) -> None:
    with spel.huis.winkel.lezen() as sessie:
        fase = rondes.find_ronde(sessie, spel.ronde).fase
    spel.record_stappen(fase, spel.ronde)


_HANDELINGEN: Mapping[Taaksoort, Callable[[Rollenspel, Taak], None]] = {
    Taaksoort.STAP_VASTLEGGEN: _record,
    Taaksoort.OPENING_VERZOEKEN: _request_opening,
    Taaksoort.RONDE_OPENEN: _open,
    Taaksoort.FEITEN_VASTSTELLEN: _establish,
    Taaksoort.BEOORDELEN: _judge,
    Taaksoort.BESLECHTEN: _settle,
    Taaksoort.HERSTEL_CONTROLEREN: _check_herstel,
    Taaksoort.HERSTEL_VERZENDEN: _send_herstel,
    Taaksoort.BESLUITEN_CONTROLEREN: _check_besluiten,
    Taaksoort.BESLUITEN_NEMEN: _take_besluiten,
    Taaksoort.BESLUITEN_VERZENDEN: _send_besluiten,
    Taaksoort.DOCUMENT_GOEDKEUREN: _approve,
    Taaksoort.DOCUMENT_VERZENDEN: _send,
    Taaksoort.TEKENEN: _sign,
    Taaksoort.IMPLEMENTEREN: _implement,
}
"""What is done with each kind of task. What only an aanbieder can do comes from the scenario."""
