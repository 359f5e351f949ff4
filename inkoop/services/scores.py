"""Scoring candidates: two people, blind, each with a reason; a difference goes to the jurist.

Bron: FE-1, FE-7; F.0 `selectiecriteria_BG`; B.1.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.criteria.dossier import Oordeelrol
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.rangschikking import HOOGSTE, Stadium, check_score
from inkoop.domain.selectie import VORMEN, Weegcriterium, Weegsoort
from inkoop.domain.toegang import AANTAL_BEOORDELAARS, Handeling, check_blind, require_toegang
from inkoop.services import aanmeldingen, procedures, rondes
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.oordelen import MINIMALE_REDEN
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.selectie import ScoreRow

VOORSTEL = "voorstel"
"""What is judged of a final proposal where offers are not weighed: whether it fits what was published."""


class Scorestand(msgspec.Struct, frozen=True, kw_only=True):
    """Where the score of one candidate on one criterion stands: final, or what it waits for.

    `verschil`: two people gave different scores, so a jurist settles it. `scores` are what the two gave, only
    once it is final (FE-1).
    """

    kandidaat: str
    perceel: str
    stadium: Stadium
    criterium: str
    definitief: Decimal | None
    gegeven: int
    verschil: bool
    reden: str = ""
    scores: tuple[Decimal, ...] = ()


class Scoregegeven(msgspec.Struct, frozen=True, kw_only=True):
    """A score as it may be shown: the number and reason only when the reader may see them (FE-1)."""

    kandidaat: str
    perceel: str
    stadium: Stadium
    criterium: str
    persoon: str
    rol: Oordeelrol
    score: Decimal | None
    reden: str


def chooses(definitie: Proceduredefinitie) -> bool:
    """Whether a procedure compares aanbieders at all: to let some go on, or to award."""
    vorm = definitie.procedurevorm
    return definitie.selectie and vorm is not None and VORMEN[vorm].kiest


def is_eentraps(definitie: Proceduredefinitie) -> bool:
    """Whether candidates are compared once: what they handed in is their offer, and the ranking is the award.

    With a dialogue, or with both selection and weighing of offers, a final proposal follows (B.1.7).
    """
    return chooses(definitie) and all(ronde.voorstel_tot is None for ronde in definitie.instroom.rondes)


def first_stadium(definitie: Proceduredefinitie) -> Stadium:
    """What is scored first: who may go on, or, where nobody is selected before, whose offer is best."""
    vorm = definitie.procedurevorm
    selecteert = vorm is not None and VORMEN[vorm].selecteert
    return Stadium.SELECTIE if selecteert else Stadium.GUNNING


def weighs(definitie: Proceduredefinitie) -> bool:
    """Whether final proposals are weighed against each other."""
    vorm = definitie.procedurevorm
    return definitie.selectie and vorm is not None and VORMEN[vorm].weegt


def list_criteria(definitie: Proceduredefinitie, stadium: Stadium) -> tuple[Weegcriterium, ...]:
    """What is scored: the published criteria; of a proposal that is not weighed, whether it fits."""
    regels = definitie.selectieregels
    if not definitie.selectie or regels is None:
        return ()
    if stadium is Stadium.SELECTIE:
        return regels.selectiecriteria
    if weighs(definitie):
        return regels.gunningscriteria
    naam = "Het definitieve voorstel past bij wat is gepubliceerd"
    return (Weegcriterium(id=VOORSTEL, naam=naam, weging=Decimal(100), soort=Weegsoort.KWALITEIT, bron="E.3"),)


def give_score(
    huis: Huis, door: Optreden, kenmerk: str, perceel: str, stadium: Stadium, criterium: str, score: Decimal, reden: str
) -> None:
    """Record the final score of one of two beoordelaars, blind to the other's."""
    with handel(huis, door, Handeling.SCORE_GEVEN) as eenheid:
        rij, beletselen = _check(eenheid.sessie, door, kenmerk, perceel, stadium, criterium, score, reden)
        eerdere = _list_rijen(eenheid.sessie, rij, perceel, stadium, criterium)
        if any(een.persoon == door.wie for een in eerdere):
            beletselen.append(Beletsel("al-gescoord", "U hebt dit al gescoord; de tweede beoordelaar is een ander."))
        elif len([een for een in eerdere if een.rol is Oordeelrol.BEOORDELAAR]) >= AANTAL_BEOORDELAARS:
            beletselen.append(Beletsel("al-gescoord", "Dit is al door twee mensen gescoord."))
        if beletselen:
            raise BeletselenError(f"Deze score op {criterium} kan niet worden gegeven.", beletselen)
        _store(huis, door, eenheid, rij, perceel, stadium, criterium, score, reden, Oordeelrol.BEOORDELAAR)


def settle_score(
    huis: Huis, door: Optreden, kenmerk: str, perceel: str, stadium: Stadium, criterium: str, score: Decimal, reden: str
) -> None:
    """Let a jurist settle a difference between two scores, with a reason; within what the two gave."""
    with handel(huis, door, Handeling.SCORE_BESLECHTEN) as eenheid:
        rij, beletselen = _check(eenheid.sessie, door, kenmerk, perceel, stadium, criterium, score, reden)
        rondes.require_onpartijdig(eenheid.sessie, rij.ronde_id, door)
        eerdere = _list_rijen(eenheid.sessie, rij, perceel, stadium, criterium)
        gedaan: dict[str, set[str]] = {Handeling.SCORE_GEVEN: {een.persoon for een in eerdere}}
        require_toegang(door.persoon, door.rol, Handeling.SCORE_BESLECHTEN, gedaan)
        if not _differs(eerdere):
            beletselen.append(Beletsel("geen-verschil", "De twee scores verschillen niet (meer)."))
        elif not min(een.score for een in eerdere) <= score * 100 <= max(een.score for een in eerdere):
            beletselen.append(Beletsel("score", "Kies een score die ligt tussen wat de twee beoordelaars gaven."))
        if beletselen:
            raise BeletselenError(f"Het verschil op {criterium} kan zo niet worden beslecht.", beletselen)
        _store(huis, door, eenheid, rij, perceel, stadium, criterium, score, reden, Oordeelrol.JURIST)


def _check(
    sessie: Session,
    door: Optreden,
    kenmerk: str,
    perceel: str,
    stadium: Stadium,
    criterium: str,
    score: Decimal,
    reden: str,
) -> tuple[AanmeldingRow, list[Beletsel]]:
    """The candidate, and everything that is wrong with scoring it like this."""
    rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
    rondes.require_geopend(sessie, rij.ronde_id, door)
    ronde = rondes.get_ronde(sessie, rij.ronde_id)
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    bekend = [een.id for een in list_criteria(definitie, stadium)]
    beletselen = list(check_score(score))
    if not bekend:
        tekst = "Deze procedure vergelijkt aanbieders niet. Scores bestaan hier niet."
        beletselen.append(Beletsel("geen-selectie", tekst))
    elif criterium not in bekend:
        beletselen.append(Beletsel("criterium", f"'{criterium}' is geen criterium. Kies uit: {', '.join(bekend)}."))
    if criterium == VOORSTEL and score not in (0, HOOGSTE):
        beletselen.append(Beletsel("score", "Een voorstel past (10) of past niet (0)."))
    if perceel not in aanmeldingen.read_opgave(rij).percelen:
        beletselen.append(Beletsel("perceel", f"{kenmerk} is geen aanmelding voor perceel {perceel}."))
    if stadium is Stadium.GUNNING and not is_eentraps(definitie):
        tot = definitie.find_ronde(ronde.kenmerk).voorstel_tot
        if tot is not None and door.nu <= tot:
            beletselen.append(Beletsel("voor-sluiting", "Voorstellen zijn pas te lezen als de termijn voorbij is."))
    if len(reden.strip()) < MINIMALE_REDEN:
        beletselen.append(Beletsel("reden", f"Schrijf een reden van ten minste {MINIMALE_REDEN} tekens."))
    return rij, beletselen


def _store(
    huis: Huis,
    door: Optreden,
    eenheid: Eenheid,
    rij: AanmeldingRow,
    perceel: str,
    stadium: Stadium,
    criterium: str,
    score: Decimal,
    reden: str,
    rol: Oordeelrol,
) -> None:
    eenheid.sessie.add(
        ScoreRow(
            id=huis.nieuw_id(),
            aanmelding_id=rij.id,
            perceel=perceel,
            stadium=stadium,
            criterium=criterium,
            persoon=door.wie,
            rol=rol,
            score=int(score * 100),
            reden=reden.strip(),
            op=door.nu,
        )
    )
    handeling = Handeling.SCORE_GEVEN if rol is Oordeelrol.BEOORDELAAR else Handeling.SCORE_BESLECHTEN
    eenheid.audit(
        handeling,
        rij.kenmerk,
        naar=str(score),
        reden=reden,
        gegevens={"perceel": perceel, "stadium": stadium, "criterium": criterium},
    )


def _list_rijen(sessie: Session, rij: AanmeldingRow, perceel: str, stadium: Stadium, criterium: str) -> list[ScoreRow]:
    vraag = select(ScoreRow).where(
        ScoreRow.aanmelding_id == rij.id,
        ScoreRow.perceel == perceel,
        ScoreRow.stadium == stadium,
        ScoreRow.criterium == criterium,
    )
    return list(sessie.exec(vraag.order_by(col(ScoreRow.persoon))))


def _differs(rijen: Sequence[ScoreRow]) -> bool:
    """Whether two people gave different scores and no jurist settled it."""
    paar = {een.score for een in rijen if een.rol is Oordeelrol.BEOORDELAAR}
    return len(paar) > 1 and not any(een.rol is Oordeelrol.JURIST for een in rijen)


def read_stand(
    sessie: Session, rij: AanmeldingRow, definitie: Proceduredefinitie, perceel: str, stadium: Stadium
) -> tuple[Scorestand, ...]:
    """Where each score of a candidate on a perceel stands, in the order of the criteria."""
    return tuple(
        _stand(rij, perceel, stadium, criterium.id, _list_rijen(sessie, rij, perceel, stadium, criterium.id))
        for criterium in list_criteria(definitie, stadium)
    )


def _stand(rij: AanmeldingRow, perceel: str, stadium: Stadium, criterium: str, rijen: Sequence[ScoreRow]) -> Scorestand:
    twee = [een for een in rijen if een.rol is Oordeelrol.BEOORDELAAR]
    beslist = next((een for een in rijen if een.rol is Oordeelrol.JURIST), None)
    verschil = _differs(rijen)
    telt = beslist or (twee[0] if len(twee) == AANTAL_BEOORDELAARS and not verschil else None)
    redenen = [telt.reden] if beslist and telt else [een.reden for een in twee]
    return Scorestand(
        kandidaat=rij.kenmerk,
        perceel=perceel,
        stadium=stadium,
        criterium=criterium,
        definitief=None if telt is None else Decimal(telt.score) / 100,
        gegeven=len(twee),
        verschil=verschil,
        reden=" ".join(dict.fromkeys(redenen)) if telt else "",
        scores=tuple(Decimal(een.score) / 100 for een in twee) if telt else (),
    )


def read_scores(huis: Huis, door: Optreden, ronde: str) -> tuple[Scoregegeven, ...]:
    """Every score in a round; the other's score and reason only when both are final (FE-1)."""
    with rondes.lees(huis, door, Handeling.OORDEEL_LEZEN) as sessie:
        gevonden = []
        for rij in aanmeldingen.list_aanmeldingen(sessie, rondes.find_ronde(sessie, ronde)):
            aanmeldingen.check_leesbaar(sessie, rij, door)
            rijen = list(sessie.exec(select(ScoreRow).where(ScoreRow.aanmelding_id == rij.id)))
            for een in sorted(rijen, key=lambda r: (r.perceel, r.stadium, r.criterium, r.persoon)):
                wie = [
                    r.persoon
                    for r in rijen
                    if (r.perceel, r.stadium, r.criterium) == (een.perceel, een.stadium, een.criterium)
                    and r.rol is Oordeelrol.BEOORDELAAR
                ]
                blind = bool(check_blind(door.wie, wie, een.persoon))
                gevonden.append(
                    Scoregegeven(
                        kandidaat=rij.kenmerk,
                        perceel=een.perceel,
                        stadium=een.stadium,
                        criterium=een.criterium,
                        persoon=een.persoon,
                        rol=een.rol,
                        score=None if blind else Decimal(een.score) / 100,
                        reden="" if blind else een.reden,
                    )
                )
        return tuple(gevonden)
