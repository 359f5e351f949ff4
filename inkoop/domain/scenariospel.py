"""Play a scenario through the rules: what would be decided, and how that differs from what was expected.

Pure, and in the order of a real round: on time or not, first toets, repair, judgement, last toets, besluit,
condition. The demo plays the same scenarios through the real services.

Bron: domein F (acceptance cases); ontwerp 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec

from inkoop.domain.aanmelding import Aanvulling
from inkoop.domain.besluit import Besluitsoort, Besluitvoorstel, propose_besluiten
from inkoop.domain.criteria.beoordeling import Beoordelingspunt, list_beoordelingspunten
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop, Toetsresultaat
from inkoop.domain.criteria.criterium import Criteriaset, Moment, Peilmoment
from inkoop.domain.criteria.dossier import Aanleiding, Dossier, EenFeit, Herkomst, Oordeel, Oordeelrol
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.toets import assess
from inkoop.domain.dossierbouw import build_dossier, list_feiten
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.kalender import format_dag, is_tijdig, local_date
from inkoop.domain.mutatie import add_vervallen, find_vervallen
from inkoop.domain.peildatums import bind_peildatums
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.domain.scenario import Scenario, Scenariobeoordeling, VerwachtBesluit
from inkoop.domain.scenarioafwijking import apply_afwijkingen
from inkoop.domain.scenariocontrole import check_speelbaar
from inkoop.domain.scenariovergelijking import compare_besluiten, compare_uitkomsten

__all__ = ["Scenarioverslag", "apply_afwijkingen", "covers_punt", "play_scenario"]

_ROLLEN = (("b1", Oordeelrol.BEOORDELAAR), ("b2", Oordeelrol.BEOORDELAAR), ("jurist", Oordeelrol.JURIST))


class Scenarioverslag(msgspec.Struct, frozen=True, kw_only=True):
    """What a scenario yields. Without toets (too late) `eerste` and `laatste` are None.

    `verschillen` are Dutch sentences; empty = everything came out as expected.
    """

    eerste: Toetsresultaat | None
    laatste: Toetsresultaat | None
    besluiten: tuple[VerwachtBesluit, ...]
    verschillen: tuple[str, ...]


def play_scenario(scenario: Scenario, criteriaset: Criteriaset, procedure: Proceduredefinitie) -> Scenarioverslag:
    """Play one variant of a case and compare it with what it expects.

    Every fact counts as established. Repair evidence counts until the end of the repair term of the
    ronde, evidence for a condition until its signing date.
    """
    ontvangen = scenario.aanmelding.ontvangen_op
    fouten = tuple(check_speelbaar(scenario, criteriaset, procedure))
    if fouten or ontvangen is None:
        return _report_zonder_toets(scenario, (), fouten)
    ronde = procedure.find_ronde(scenario.ronde)
    if not is_tijdig(ontvangen, ronde.sluiting):
        besluit = VerwachtBesluit(perceel=None, besluit=Besluitsoort.BUITEN_BEHANDELING.value)
        return _report_zonder_toets(scenario, (besluit,), ())
    editie = apply_afwijkingen(criteriaset, scenario.afwijkingen)
    try:
        return _Spel(scenario, editie, procedure, ronde, ontvangen).play()
    except BeletselenError as error:
        return _report_zonder_toets(scenario, (), (str(error),))


def _report_zonder_toets(
    scenario: Scenario, besluiten: tuple[VerwachtBesluit, ...], fouten: tuple[str, ...]
) -> Scenarioverslag:
    """The report of an aanmelding that is not assessed: an expected outcome is a difference then."""
    verwacht = scenario.verwacht
    verschillen = [*fouten, *compare_besluiten(verwacht.besluiten, besluiten)]
    if verwacht.uitkomsten or verwacht.eerste_toets:
        verschillen.append("Deze aanmelding wordt niet getoetst, maar het scenario verwacht uitkomsten per criterium.")
    return Scenarioverslag(eerste=None, laatste=None, besluiten=besluiten, verschillen=tuple(verschillen))


class _Spel:
    """One play: the facts and judgements that are there so far."""

    def __init__(
        self,
        scenario: Scenario,
        editie: Criteriaset,
        procedure: Proceduredefinitie,
        ronde: Rondedefinitie,
        ontvangen: datetime,
    ) -> None:
        self._scenario, self._editie, self._procedure, self._ronde = scenario, editie, procedure, ronde
        self._ontvangen = ontvangen
        self._peildatums: Mapping[Peilmoment, date] = bind_peildatums(procedure, ronde, ontvangen)
        self._feiten: list[EenFeit] = list(list_feiten(scenario.aanmelding.bewijsstukken, Herkomst.VASTGESTELD))
        self._oordelen: dict[tuple[object, ...], Oordeel] = {}
        self._gebruikt: set[Scenariobeoordeling] = set()
        self._verschillen: list[str] = []
        opgave = scenario.aanmelding
        self._moment = Moment.TOELATING if opgave.wijzigt is None else Moment.BIJ_WIJZIGING
        self._vervallen = find_vervallen(opgave.vervalt, scenario.houdt)

    def play(self) -> Scenarioverslag:
        """From the first toets to the last besluit."""
        eerste = self._assess(Herstelverloop.OPEN)
        self._add_aanvullingen(Aanleiding.HERSTEL, self._ronde.herstel_tot)
        dossier, laatste = self._judge_and_assess()
        besluiten: tuple[VerwachtBesluit, ...] = ()
        try:
            voorstellen = propose_besluiten(self._editie, dossier, laatste) if dossier.percelen else ()
            voorstellen = add_vervallen(voorstellen, self._vervallen)
            besluiten = tuple(_to_besluit(voorstel) for voorstel in voorstellen)
            if any(voorstel.soort is Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE for voorstel in voorstellen):
                besluiten, laatste = self._settle_voorwaarden(voorstellen)
        except BeletselenError as error:
            self._verschillen.extend(beletsel.tekst for beletsel in error.beletselen)
        self._compare(eerste, laatste, besluiten)
        return Scenarioverslag(
            eerste=eerste, laatste=laatste, besluiten=besluiten, verschillen=tuple(self._verschillen)
        )

    def _build(self) -> Dossier:
        return build_dossier(
            self._scenario.aanmelding,
            self._procedure,
            aanmelding=f"{self._scenario.zaak}-{self._scenario.variant}",
            ingediend_op=self._ontvangen,
            feiten=self._feiten,
            oordelen=tuple(self._oordelen.values()),
        )

    def _assess(self, herstelverloop: Herstelverloop) -> Toetsresultaat:
        return assess(
            self._editie,
            self._build(),
            self._peildatums,
            herstelverloop=herstelverloop,
            feitenbasis=Feitenbasis.VASTGESTELD,
            moment=self._moment,
        )

    def _judge_and_assess(self) -> tuple[Dossier, Toetsresultaat]:
        """Judge what is asked of people on the evidence as it is now, then test with repair closed."""
        dossier, resultaat = self._build(), self._assess(Herstelverloop.GESLOTEN)
        for punt in list_beoordelingspunten(self._editie, dossier, resultaat):
            for oordeel in self._judge(punt):
                sleutel = (oordeel.criterium, oordeel.perceel, oordeel.product, oordeel.lid, oordeel.bewijs)
                self._oordelen[(*sleutel, oordeel.persoon)] = oordeel
        return self._build(), self._assess(Herstelverloop.GESLOTEN)

    def _judge(self, punt: Beoordelingspunt) -> Iterator[Oordeel]:
        """The judgements of the scenario on one point; the jurist speaks only where the two differ."""
        for beoordeling in self._scenario.beoordelingen:
            if not covers_punt(beoordeling, punt):
                continue
            self._gebruikt.add(beoordeling)
            verschilt = beoordeling.b1.ja != beoordeling.b2.ja
            for persoon, rol in _ROLLEN:
                oordeel = getattr(beoordeling, persoon)
                if oordeel is not None and (rol is Oordeelrol.BEOORDELAAR or verschilt):
                    yield Oordeel(
                        criterium=punt.criterium,
                        perceel=punt.perceel,
                        product=punt.product,
                        lid=punt.lid,
                        bewijs=punt.bewijs,
                        persoon=persoon,
                        rol=rol,
                        ja=oordeel.ja,
                        reden=oordeel.reden,
                        op=self._ronde.sluiting,
                        antwoorden=oordeel.antwoorden,
                    )
            return

    def _add_aanvullingen(self, aanleiding: Aanleiding, uiterlijk: date) -> None:
        """Add what came in for this occasion in time."""
        for aanvulling in self._list_aanvullingen(aanleiding):
            if local_date(aanvulling.ontvangen_op) <= uiterlijk:
                self._feiten.extend(list_feiten(aanvulling.bewijsstukken, Herkomst.VASTGESTELD))

    def _list_aanvullingen(self, aanleiding: Aanleiding) -> list[Aanvulling]:
        return [aanvulling for aanvulling in self._scenario.aanvullingen if aanvulling.aanleiding is aanleiding]

    def _settle_voorwaarden(
        self, voorstellen: Sequence[Besluitvoorstel]
    ) -> tuple[tuple[VerwachtBesluit, ...], Toetsresultaat]:
        """A condition is met when the toets on the proof that came in by the signing date admits the perceel.

        Bron: F.0 `certificaat_verloopt_tussen_sluiting_en_ingang`; E.5.
        """
        self._add_aanvullingen(Aanleiding.VOORWAARDE, self._ronde.tekenen)
        dossier, resultaat = self._judge_and_assess()
        opnieuw = {voorstel.perceel: voorstel for voorstel in propose_besluiten(self._editie, dossier, resultaat)}
        besluiten = []
        for voorstel in voorstellen:
            if voorstel.soort is not Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE:
                besluiten.append(_to_besluit(voorstel))
                continue
            nieuw = opnieuw[voorstel.perceel]
            if nieuw.soort is Besluitsoort.TOEGELATEN:
                weg = voorstel.vervallen_producten
                besluiten.append(_to_besluit(msgspec.structs.replace(nieuw, vervallen_producten=weg)))
            else:
                soort, weg = Besluitsoort.TOELATING_VERVALLEN.value, voorstel.vervallen_producten
                besluiten.append(VerwachtBesluit(perceel=voorstel.perceel, besluit=soort, vervallen=weg))
        return tuple(besluiten), resultaat

    def _compare(self, eerste: Toetsresultaat, laatste: Toetsresultaat, besluiten: Sequence[VerwachtBesluit]) -> None:
        verwacht = self._scenario.verwacht
        self._verschillen.extend(compare_uitkomsten("In de eerste toets", verwacht.eerste_toets, eerste.bevindingen))
        self._verschillen.extend(compare_uitkomsten("In de laatste toets", verwacht.uitkomsten, laatste.bevindingen))
        self._verschillen.extend(compare_besluiten(verwacht.besluiten, besluiten))
        self._verschillen.extend(self._list_ongebruikt(laatste, besluiten))

    def _list_ongebruikt(self, laatste: Toetsresultaat, besluiten: Sequence[VerwachtBesluit]) -> Iterator[str]:
        """Judgements that nobody asks for and evidence that came too late: mostly a slip in the scenario.

        Evidence may be late on purpose: then the case shows that somebody loses something by it.
        """
        kijk_opnieuw = {b.criterium for b in laatste.bevindingen if b.grond == Grond.REGISTER_OPNIEUW_BEKIJKEN}
        for beoordeling in self._scenario.beoordelingen:
            if beoordeling not in self._gebruikt:
                tekst = f"Het scenario beoordeelt {beoordeling.criterium}, maar dat wordt nergens gevraagd."
                if beoordeling.criterium in kijk_opnieuw:
                    tekst += " Daar moet iemand opnieuw in het register kijken: geef het feit een nieuwe dag."
                yield tekst
        termijnen = {Aanleiding.HERSTEL: self._ronde.herstel_tot, Aanleiding.VOORWAARDE: self._ronde.tekenen}
        verwacht = {besluit.besluit for besluit in self._scenario.verwacht.besluiten}
        bedoeld = Besluitsoort.AFGEWEZEN in verwacht or Besluitsoort.TOELATING_VERVALLEN in verwacht
        vervallen = any(besluit.besluit == Besluitsoort.TOELATING_VERVALLEN for besluit in besluiten)
        for aanleiding, uiterlijk in termijnen.items():
            for aanvulling in self._list_aanvullingen(aanleiding):
                if local_date(aanvulling.ontvangen_op) > uiterlijk and not (bedoeld or vervallen):
                    dag = format_dag(local_date(aanvulling.ontvangen_op))
                    yield f"De aanvulling van {dag} ({aanleiding}) komt na {format_dag(uiterlijk)} en telt niet mee."


def covers_punt(beoordeling: Scenariobeoordeling, punt: Beoordelingspunt) -> bool:
    """Whether a judgement in the scenario is about this point."""
    return (
        beoordeling.criterium == punt.criterium
        and (not beoordeling.percelen or punt.perceel is None or punt.perceel in beoordeling.percelen)
        and (not beoordeling.producten or punt.product is None or punt.product in beoordeling.producten)
        and beoordeling.lid in (None, punt.lid)
    )


def _to_besluit(voorstel: Besluitvoorstel) -> VerwachtBesluit:
    return VerwachtBesluit(
        perceel=voorstel.perceel,
        besluit=voorstel.soort.value,
        producten=voorstel.producten,
        vervallen=voorstel.vervallen_producten,
    )
