"""A round with selection as a page shows it: who is compared on what, where it stands, and what is left to do.

Bron: ontwerp 2.5, 2.6; B.1.6, B.1.7; F.3; FE-1.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from sqlmodel import Session

from inkoop.domain.fouten import BeletselenError
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.rangschikking import Rangschikking, Stadium
from inkoop.domain.selectie import Weegcriterium
from inkoop.domain.toegang import Handeling
from inkoop.services import aanmeldingen, bewijzen, dialogen, procedures, rondes, scores, selecties
from inkoop.services.huis import Huis, NietGevondenError, Optreden
from inkoop.services.rondes import lees
from inkoop.services.scores import Scoregegeven, Scorestand
from inkoop.services.selectietaken import list_selectietaken
from inkoop.services.taaksoort import Taak
from inkoop.storage.tabellen.ronde import RondeRow


class Selectieblad(msgspec.Struct, frozen=True, kw_only=True):
    """A round with selection; `wacht` says why there is no ranking yet. `deelnemers` are candidates that go on."""

    ronde: str
    procedure: str
    titel: str
    vergelijkt: bool
    geopend: bool
    criteria: dict[Stadium, tuple[Weegcriterium, ...]]
    taken: tuple[Taak, ...]
    gegeven: tuple[Scoregegeven, ...]
    rangschikkingen: tuple[Rangschikking, ...]
    wacht: tuple[str, ...]
    deelnemers: dict[str, tuple[str, ...]]
    voorstel_tot: datetime | None
    selectiebesluit: date | None
    percelen: tuple[str, ...]


def read_blad(huis: Huis, door: Optreden, kenmerk: str) -> Selectieblad:
    """Where the selection of a round stands; scores of another only once both were given (FE-1)."""
    with lees(huis, door, Handeling.OORDEEL_LEZEN) as sessie:
        ronde = rondes.find_ronde(sessie, kenmerk)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        plan = definitie.find_ronde(kenmerk)
        geopend, vergelijkt = ronde.geopend_op is not None, scores.chooses(definitie)
        taken = tuple(list_selectietaken(sessie, ronde, door.nu)) if geopend and vergelijkt else ()
        rangschikkingen, wacht = _rank(sessie, ronde) if geopend and vergelijkt else ((), ())
        deelnemers = selecties.list_deelnemers(sessie, ronde) if geopend else {}
    return Selectieblad(
        ronde=kenmerk,
        procedure=definitie.naam,
        titel=definitie.titel,
        vergelijkt=vergelijkt,
        geopend=geopend,
        criteria={stadium: scores.list_criteria(definitie, stadium) for stadium in _list_stadia(definitie)},
        taken=taken,
        gegeven=scores.read_scores(huis, door, kenmerk) if geopend and vergelijkt else (),
        rangschikkingen=rangschikkingen,
        wacht=wacht,
        deelnemers=deelnemers,
        voorstel_tot=plan.voorstel_tot,
        selectiebesluit=plan.selectiebesluit,
        percelen=tuple(perceel.code for perceel in definitie.percelen),
    )


def _list_stadia(definitie: Proceduredefinitie) -> tuple[Stadium, ...]:
    if scores.is_eentraps(definitie):
        return (scores.first_stadium(definitie),)
    return tuple(Stadium)


def _rank(sessie: Session, ronde: RondeRow) -> tuple[tuple[Rangschikking, ...], tuple[str, ...]]:
    try:
        return selecties.compute_selectie(sessie, ronde), ()
    except BeletselenError as fout:
        return (), tuple(dict.fromkeys(beletsel.tekst for beletsel in fout.beletselen))


class Scoreblad(msgspec.Struct, frozen=True, kw_only=True):
    """One candidate on one criterion: what is scored, what this person may see, and the files it rests on."""

    kenmerk: str
    naam: str
    ronde: str
    criterium: Weegcriterium
    stand: Scorestand
    gegeven: tuple[Scoregegeven, ...]
    bestanden: tuple[tuple[str, str], ...]
    voorstel: tuple[tuple[str, str], ...]
    toelichting: str


def read_scoreblad(
    huis: Huis, door: Optreden, kenmerk: str, stadium: Stadium, perceel: str, criterium: str
) -> Scoreblad:
    """What somebody needs to score. Raises NietGevondenError for a criterion or perceel that is not there."""
    with lees(huis, door, Handeling.OORDEEL_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, door)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        gevonden = next((een for een in scores.list_criteria(definitie, stadium) if een.id == criterium), None)
        if gevonden is None or perceel not in aanmeldingen.read_opgave(rij).percelen:
            raise NietGevondenError("Criterium", criterium)
        stand = next(
            een for een in scores.read_stand(sessie, rij, definitie, perceel, stadium) if een.criterium == criterium
        )
        stukken = tuple((stuk.bestand, stuk.sha256) for stuk in bewijzen.list_bewijsstukken(sessie, rij))
        voorstel = _find_voorstel(sessie, door, kenmerk) if stadium is Stadium.GUNNING else None
    return Scoreblad(
        kenmerk=kenmerk,
        naam=rij.naam,
        ronde=ronde.kenmerk,
        criterium=gevonden,
        stand=stand,
        gegeven=tuple(
            een
            for een in scores.read_scores(huis, door, ronde.kenmerk)
            if (een.kandidaat, een.perceel, een.stadium, een.criterium) == (kenmerk, perceel, stadium, criterium)
        ),
        bestanden=stukken,
        voorstel=() if voorstel is None else tuple((naam, sha) for naam, sha, _ in voorstel[0]),
        toelichting="" if voorstel is None else voorstel[1],
    )


def _find_voorstel(sessie: Session, door: Optreden, kenmerk: str) -> tuple[list[list[str]], str] | None:
    """The files and the words of the final proposal that counts; None before its term ended, or without one."""
    rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
    ronde = rondes.get_ronde(sessie, rij.ronde_id)
    tot = procedures.read_definitie(sessie, ronde.procedure_id).find_ronde(ronde.kenmerk).voorstel_tot
    gevonden = dialogen.find_voorstel(sessie, rij)
    if gevonden is None or (tot is not None and door.nu <= tot):
        return None
    return gevonden.bestanden, gevonden.toelichting


def find_voorstelbestand(huis: Huis, door: Optreden, kenmerk: str, sha256: str) -> tuple[str, str]:
    """Name and media type of a file of the final proposal that counts, once it may be read."""
    with lees(huis, door, Handeling.OORDEEL_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, door)
        voorstel = _find_voorstel(sessie, door, kenmerk)
    for naam, sha, mediatype in () if voorstel is None else voorstel[0]:
        if sha == sha256:
            return naam, mediatype
    raise NietGevondenError("Bestand", sha256)
