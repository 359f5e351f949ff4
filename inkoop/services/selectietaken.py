"""What waits for people in a procedure with selection: scores, lots, talks, judgements, final awards.

Bron: ontwerp 2.1, 2.6; E.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from inkoop.domain.besluit import TOELATINGEN
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie, Rondedefinitie
from inkoop.domain.rangschikking import Stadium
from inkoop.services import aanmeldingen, dialogen, geschillen, gunningen, procedures, scores, selecties
from inkoop.services.taakregel import Taakregel, Werk
from inkoop.services.taaksoort import Taak, Taaksoort
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.selectie import ScoreRow


def list_selectietaken(sessie: Session, ronde: RondeRow, nu: datetime) -> Iterator[Taak]:
    """Everything about selection and award that a round waits for; nothing without selection."""
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    if not scores.chooses(definitie):
        return
    datums = definitie.find_ronde(ronde.kenmerk)
    yield from _list_selectie(sessie, ronde, definitie, datums)
    deelnemers = selecties.list_deelnemers(sessie, ronde)
    if deelnemers:
        yield from _list_dialoog(sessie, ronde, datums)
        yield from _list_gunning(sessie, definitie, deelnemers, datums, nu)
    op = local_date(nu)
    vrij = [
        b
        for _, b in gunningen.list_voornemens(sessie, ronde)
        if not geschillen.check_vrij(sessie, ronde, [b.perceel or ""], op)
    ]
    verlaten = sorted(
        perceel
        for perceel in {b.perceel or "" for _, b in gunningen.list_verlaten(sessie, ronde)}
        if not geschillen.check_vrij(sessie, ronde, [perceel], op, termijn=False)
    )
    if vrij or verlaten:
        delen = [f"voornemens definitief maken ({len(vrij)})"] if vrij else []
        delen += [f"vastleggen dat perceel {perceel} niet wordt gegund" for perceel in verlaten]
        wat = "; ".join(delen)
        yield Taak(soort=Taaksoort.GUNNING_DEFINITIEF, rol=Rol.GEMANDATEERDE, wat=wat, onderwerp=ronde.kenmerk)


def _list_selectie(
    sessie: Session, ronde: RondeRow, definitie: Proceduredefinitie, datums: Rondedefinitie
) -> Iterator[Taak]:
    """Scores of candidates where there are more than may go on, and a lot where they stay equal."""
    stadium = scores.first_stadium(definitie)
    geschikt = selecties.list_geschikt(sessie, ronde)
    per_perceel: dict[str, list[AanmeldingRow]] = {}
    for kenmerk, voorstellen in geschikt.items():
        for perceel, voorstel in voorstellen.items():
            if voorstel.soort in TOELATINGEN:
                per_perceel.setdefault(perceel, []).append(aanmeldingen.find_aanmelding(sessie, kenmerk))
    for perceel, kandidaten in sorted(per_perceel.items()):
        if not selecties.needs_scores(definitie, perceel, len(kandidaten), stadium):
            continue
        open_ = [taak for rij in kandidaten for taak in _list_scores(sessie, rij, definitie, perceel, stadium, datums)]
        yield from open_
        if not open_:
            try:
                selecties.rank_perceel(sessie, ronde, definitie, perceel, kandidaten, stadium)
            except BeletselenError as fout:
                yield Taak(
                    soort=Taaksoort.LOTEN,
                    rol=Rol.INKOPER,
                    wat=" ".join(b.tekst for b in fout.beletselen),
                    onderwerp=ronde.kenmerk,
                    deel=perceel,
                    uiterlijk=datums.selectiebesluit or datums.besluit,
                )


def _list_scores(
    sessie: Session,
    rij: AanmeldingRow,
    definitie: Proceduredefinitie,
    perceel: str,
    stadium: Stadium,
    datums: Rondedefinitie,
) -> Iterator[Taak]:
    uiterlijk = (datums.selectiebesluit if stadium is Stadium.SELECTIE else None) or datums.besluit
    for stand in scores.read_stand(sessie, rij, definitie, perceel, stadium):
        if stand.definitief is not None:
            continue
        soort, rol = (Taaksoort.SCORE_BESLECHTEN, Rol.JURIST) if stand.verschil else (Taaksoort.SCOREN, Rol.BEOORDELAAR)
        wat = f"{'verschil in score beslechten' if stand.verschil else 'scoren'} ({stand.criterium}, perceel {perceel})"
        yield Taak(
            soort=soort,
            rol=rol,
            wat=wat,
            onderwerp=rij.kenmerk,
            deel=f"{stadium}:{perceel}:{stand.criterium}",
            uiterlijk=uiterlijk,
        )


def _list_dialoog(sessie: Session, ronde: RondeRow, datums: Rondedefinitie) -> Iterator[Taak]:
    for beletsel in dialogen.check_afgerond(sessie, ronde):
        yield Taak(
            soort=Taaksoort.DIALOOG_VOEREN,
            rol=Rol.INKOPER,
            wat=f"dialoog: {beletsel.tekst}",
            onderwerp=ronde.kenmerk,
            deel=beletsel.tekst,
            uiterlijk=datums.dialoog_tot,
        )


def _list_gunning(
    sessie: Session,
    definitie: Proceduredefinitie,
    deelnemers: dict[str, tuple[str, ...]],
    datums: Rondedefinitie,
    nu: datetime,
) -> Iterator[Taak]:
    """Final proposals that are awaited, and afterwards their judgement."""
    tot = datums.voorstel_tot
    for kenmerk, percelen in sorted(deelnemers.items()):
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        ingediend = dialogen.find_voorstel(sessie, rij) is not None
        if tot is not None and nu <= tot:
            if not ingediend:
                yield Taak(
                    soort=Taaksoort.VOORSTEL_INDIENEN,
                    rol=Rol.AANBIEDER,
                    wat="definitief voorstel indienen",
                    onderwerp=kenmerk,
                    uiterlijk=local_date(tot),
                )
        elif ingediend:
            for perceel in percelen:
                yield from _list_scores(sessie, rij, definitie, perceel, Stadium.GUNNING, datums)


WAT = {
    Taaksoort.SCOREN: "Score kandidaten",
    Taaksoort.SCORE_BESLECHTEN: "Beslecht verschillen in score",
    Taaksoort.LOTEN: "Laat loten tussen wie gelijk staan en leg de loting vast",
    Taaksoort.DIALOOG_VOEREN: "Voer de dialoog: plan gesprekken en stel verslagen vast",
    Taaksoort.GUNNING_DEFINITIEF: "Maak voornemens definitief waarvan de termijn voorbij is",
}
"""What a line says about each kind of work in a selection."""

_VERGELIJKEND = (Fase.SELECTEREN, Fase.CONCRETISEREN)


def list_selectiewerk(werk: Werk) -> Iterator[Taakregel]:
    """Scores, lots, talks and awards that wait, one line a round and kind; what one scored oneself counts no more.

    Only rounds that compare candidates and are not done with it are read further.
    """
    for rij in werk.rondes:
        if not rij.geopend or rij.fase not in _VERGELIJKEND:
            continue
        if not scores.chooses(werk.definities.read(rij.procedure)):
            continue
        ronde = werk.get_ronde(rij.id)
        eigen = _list_eigen(werk, ronde)
        wacht: dict[tuple[Taaksoort, str], list[Taak]] = {}
        for taak in list_selectietaken(werk.sessie, ronde, werk.door.nu):
            if taak.soort in WAT and (taak.onderwerp, taak.deel) not in eigen:
                wacht.setdefault((taak.soort, taak.rol), []).append(taak)
        for (soort, rol), taken in wacht.items():
            yield Taakregel(
                soort=soort,
                wat=WAT[soort],
                onderwerp=ronde.kenmerk,
                rollen=frozenset({Rol(rol)}),
                aantal=len(taken),
                uiterlijk=min((taak.uiterlijk for taak in taken if taak.uiterlijk), default=None),
            )


def _list_eigen(werk: Werk, ronde: RondeRow) -> set[tuple[str, str]]:
    """What this person scored in a round: the kenmerk of the candidate and the part, as a task names it."""
    vraag = (
        select(AanmeldingRow.kenmerk, ScoreRow.stadium, ScoreRow.perceel, ScoreRow.criterium)
        .join(ScoreRow, col(ScoreRow.aanmelding_id) == AanmeldingRow.id)
        .where(AanmeldingRow.ronde_id == ronde.id, ScoreRow.persoon == werk.door.wie)
    )
    return {
        (kenmerk, f"{stadium}:{perceel}:{criterium}")
        for kenmerk, stadium, perceel, criterium in werk.sessie.exec(vraag)
    }
