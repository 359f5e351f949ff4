"""Choosing who may go on: ranking by the published criteria, at most the published number, a reserve list.

Everything here is refused in a procedure without selection. What comes out are proposals; a jurist checks
them and a mandated person takes them, as any besluit.

Bron: ontwerp 2.5, 2.6; B.1.6, B.1.7; F.0 hvb21; F.3 J1, J2, J4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec
from sqlmodel import Session, select

from inkoop.domain.besluit import TOELATINGEN, Besluitsoort, Besluitvoorstel
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.rangschikking import Plaatsing, Rangregel, Rangregels, Rangschikking, Stadium, place_allen, rank
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus
from inkoop.services import aanmeldingen, besluiten, procedures, rondes, scores, toetsen, voorstellen
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.selectie import LotingRow

GESCHIKT = TOELATINGEN
"""What a toets must lead to before a candidate is compared at all."""

NAAR_BESLUIT: Mapping[Plaatsing, Besluitsoort] = {
    Plaatsing.GEKOZEN: Besluitsoort.GESELECTEERD,
    Plaatsing.RESERVE: Besluitsoort.RESERVE,
    Plaatsing.NIET_GEKOZEN: Besluitsoort.NIET_GESELECTEERD,
}
"""What a place in the ranking means for a request to participate."""

EENTRAPS: Mapping[Plaatsing, Besluitsoort] = {
    Plaatsing.GEKOZEN: Besluitsoort.GUNNINGSVOORNEMEN,
    Plaatsing.RESERVE: Besluitsoort.NIET_GEGUND,
    Plaatsing.NIET_GEKOZEN: Besluitsoort.NIET_GEGUND,
}
"""What it means where the ranking is the award."""


def draw_lot(
    huis: Huis, door: Optreden, ronde: str, perceel: str, stadium: Stadium, *, zaad: str, getuige: str
) -> None:
    """Record the seed of a lot that was drawn in public, once per perceel, with another person as witness."""
    with handel(huis, door, Handeling.LOTING_VASTLEGGEN) as eenheid:
        sessie = eenheid.sessie
        rij = rondes.find_ronde(sessie, ronde)
        require_selectie(procedures.read_definitie(sessie, rij.procedure_id))
        beletselen = []
        if find_zaad(sessie, rij, perceel, stadium) is not None:
            beletselen.append(Beletsel("geloot", f"Voor perceel {perceel} is al geloot."))
        if len(zaad.strip()) < MINIMAAL_ZAAD:
            beletselen.append(Beletsel("zaad", f"Een zaad heeft ten minste {MINIMAAL_ZAAD} tekens."))
        if not getuige.strip() or getuige.strip() in (door.wie, door.persoon.naam):
            beletselen.append(Beletsel("getuige", "Noem een ander als getuige van de loting."))
        if beletselen:
            raise BeletselenError("De loting kan niet worden vastgelegd.", beletselen)
        sessie.add(
            LotingRow(
                id=huis.nieuw_id(),
                ronde_id=rij.id,
                perceel=perceel,
                stadium=stadium,
                zaad=zaad.strip(),
                getuige=getuige.strip(),
                getrokken_op=door.nu,
                door=door.wie,
            )
        )
        gegevens = {"perceel": perceel, "stadium": stadium, "zaad": zaad.strip(), "getuige": getuige.strip()}
        eenheid.audit(Handeling.LOTING_VASTLEGGEN, ronde, naar="geloot", gegevens=gegevens)


MINIMAAL_ZAAD = 4
"""The fewest characters of a seed (project default)."""


def require_selectie(definitie: Proceduredefinitie) -> None:
    """Refuse whatever compares aanbieders in a procedure that does not select (ontwerp 2.5)."""
    if not definitie.selectie:
        tekst = "Deze procedure vergelijkt aanbieders niet: wie aan de eisen voldoet, wordt toegelaten."
        raise BeletselenError("Dit bestaat hier niet.", [Beletsel("geen-selectie", tekst)])


def find_zaad(sessie: Session, ronde: RondeRow, perceel: str, stadium: Stadium) -> str | None:
    """The seed of the lot on a perceel, if one was drawn."""
    rij = sessie.exec(
        select(LotingRow).where(
            LotingRow.ronde_id == ronde.id, LotingRow.perceel == perceel, LotingRow.stadium == stadium
        )
    ).one_or_none()
    return None if rij is None else rij.zaad


def rank_perceel(
    sessie: Session,
    ronde: RondeRow,
    definitie: Proceduredefinitie,
    perceel: str,
    kandidaten: Sequence[AanmeldingRow],
    stadium: Stadium,
) -> Rangschikking:
    """Rank candidates on a perceel; raises BeletselenError with every score or lot that is missing.

    Where there is room for all, nobody is compared; but offers that were to be weighed always are, so that
    nobody wins without a score on every published criterion.
    """
    require_selectie(definitie)
    regels = definitie.selectieregels
    maximum = find_maximum(definitie, perceel, stadium)
    if regels is None or not needs_scores(definitie, perceel, len(kandidaten), stadium):
        return place_allen(perceel, [rij.kenmerk for rij in kandidaten], maximum)
    gegeven: dict[str, dict[str, Decimal]] = {}
    redenen: dict[tuple[str, str], str] = {}
    for rij in kandidaten:
        for stand in scores.read_stand(sessie, rij, definitie, perceel, stadium):
            if stand.definitief is not None:
                gegeven.setdefault(rij.kenmerk, {})[stand.criterium] = stand.definitief
                redenen[rij.kenmerk, stand.criterium] = stand.reden
        gegeven.setdefault(rij.kenmerk, {})
    return rank(
        perceel,
        gegeven,
        Rangregels(
            criteria=scores.list_criteria(definitie, stadium),
            gelijke_stand=regels.gelijke_stand if stadium is Stadium.SELECTIE else _gunningstand(definitie),
            maximum=maximum,
            reservelijst=regels.reservelijst and stadium is Stadium.SELECTIE,
        ),
        zaad=find_zaad(sessie, ronde, perceel, stadium),
        redenen=redenen,
    )


def needs_scores(definitie: Proceduredefinitie, perceel: str, aantal: int, stadium: Stadium) -> bool:
    """Whether this number of candidates on a perceel must be scored in this stage."""
    if stadium is Stadium.GUNNING and scores.weighs(definitie):
        return True
    maximum = find_maximum(definitie, perceel, stadium)
    return maximum is not None and aantal > maximum


def find_maximum(definitie: Proceduredefinitie, perceel: str, stadium: Stadium) -> int | None:
    """How many are chosen at most on a perceel in this stage: who may go on, or who wins."""
    regels = definitie.selectieregels
    if stadium is Stadium.SELECTIE and regels is not None and regels.deelnemers is not None:
        return regels.deelnemers
    return definitie.find_perceel(perceel).max_aanbieders


def _gunningstand(definitie: Proceduredefinitie) -> tuple[str, ...]:
    """What decides between equal final proposals: what was published, as far as it is scored in this stage."""
    bekend = {een.id for een in scores.list_criteria(definitie, Stadium.GUNNING)}
    regels = definitie.selectieregels
    return () if regels is None else tuple(id for id in regels.gelijke_stand if id in bekend or id == "loting")


def list_geschikt(sessie: Session, ronde: RondeRow) -> dict[str, dict[str, Besluitvoorstel]]:
    """Per aanmelding that is ready for a besluit what its toets leads to, by perceel."""
    gevonden = {}
    for rij in _list_open(sessie, ronde):
        toets = besluiten.find_rijp(sessie, rij)
        if toets is not None:
            basis = toetsen.read_basis(sessie, rij)
            gevolg = voorstellen.propose(sessie, rij, basis, toetsen.decode_resultaat(toets))
            gevonden[rij.kenmerk] = {voorstel.perceel: voorstel for voorstel in gevolg}
    return gevonden


def _list_open(sessie: Session, ronde: RondeRow) -> list[AanmeldingRow]:
    return aanmeldingen.list_aanmeldingen(sessie, ronde, Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING)


def compute_selectie(sessie: Session, ronde: RondeRow) -> tuple[Rangschikking, ...]:
    """The ranking of every perceel with a suitable candidate, as it stands now; keeps nothing.

    Raises BeletselenError with everything that is missing, over all percelen at once.
    """
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    require_selectie(definitie)
    geschikt = list_geschikt(sessie, ronde)
    per_perceel: dict[str, list[AanmeldingRow]] = {}
    for kenmerk, gevolg in geschikt.items():
        for perceel, voorstel in gevolg.items():
            if voorstel.soort in GESCHIKT:
                per_perceel.setdefault(perceel, []).append(aanmeldingen.find_aanmelding(sessie, kenmerk))
    return collect_rangschikkingen(sessie, ronde, definitie, per_perceel, scores.first_stadium(definitie))


def collect_rangschikkingen(
    sessie: Session,
    ronde: RondeRow,
    definitie: Proceduredefinitie,
    per_perceel: Mapping[str, Sequence[AanmeldingRow]],
    stadium: Stadium,
) -> tuple[Rangschikking, ...]:
    """Rank every perceel, or refuse with everything that is missing on any of them."""
    klaar: list[Rangschikking] = []
    beletselen: list[Beletsel] = []
    for perceel in sorted(per_perceel):
        try:
            klaar.append(rank_perceel(sessie, ronde, definitie, perceel, per_perceel[perceel], stadium))
        except BeletselenError as fout:
            beletselen += fout.beletselen
    if beletselen:
        raise BeletselenError("De rangorde kan nog niet worden bepaald.", beletselen)
    return tuple(klaar)


def prepare_selectie(huis: Huis, door: Optreden, ronde: str) -> bool:
    """Propose the selection of a round once every request is ready and scored; False otherwise, or when done."""
    with huis.winkel.lezen() as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        if not _is_klaar(sessie, rij):
            return False
    with handel(huis, door, Handeling.BESLUIT_VOORBEREIDEN) as eenheid:
        sessie = eenheid.sessie
        rij = rondes.find_ronde(sessie, ronde)
        if not _is_klaar(sessie, rij):
            return False
        eentraps = scores.is_eentraps(procedures.read_definitie(sessie, rij.procedure_id))
        geplaatst = {
            (regel.kandidaat, rangorde.perceel): regel
            for rangorde in compute_selectie(sessie, rij)
            for regel in rangorde.regels
        }
        for kenmerk, voorstellen in list_geschikt(sessie, rij).items():
            aanmelding = aanmeldingen.find_aanmelding(sessie, kenmerk)
            toets = besluiten.find_rijp(sessie, aanmelding)
            for perceel, voorstel in voorstellen.items():
                regel = geplaatst.get((kenmerk, perceel))
                if regel is not None:
                    voorstel = _place(voorstel, regel, EENTRAPS if eentraps else NAAR_BESLUIT)  # noqa: PLW2901
                if toets is not None:
                    besluiten.add_besluit(huis, eenheid, aanmelding, voorstel, toets, door)
    return True


def _place(voorstel: Besluitvoorstel, regel: Rangregel, naar: Mapping[Plaatsing, Besluitsoort]) -> Besluitvoorstel:
    """What a place in the ranking makes of the proposal that the toets led to."""
    soort = naar[regel.plaatsing]
    if soort is not Besluitsoort.NIET_GEGUND:
        return msgspec.structs.replace(voorstel, soort=soort, rang=regel)
    producten = (*voorstel.producten, *voorstel.afgewezen_producten)
    return msgspec.structs.replace(voorstel, soort=soort, rang=regel, producten=(), afgewezen_producten=producten)


def _is_klaar(sessie: Session, ronde: RondeRow) -> bool:
    """Whether the selection can be proposed now."""
    if not scores.chooses(procedures.read_definitie(sessie, ronde.procedure_id)) or ronde.geopend_op is None:
        return False
    open_ = _list_open(sessie, ronde)
    if not open_ or any(besluiten.find_rijp(sessie, rij) is None for rij in open_):
        return False
    try:
        compute_selectie(sessie, ronde)
    except BeletselenError:
        return False
    return True


def promote_reserve(huis: Huis, door: Optreden, ronde: str) -> bool:
    """Propose the next of the reserve list where a chosen candidate is gone; False when there is none, or no room.

    Bron: F.3 J4.
    """
    with huis.winkel.lezen() as sessie:
        if not _list_opvolgers(sessie, rondes.find_ronde(sessie, ronde)):
            return False
    with handel(huis, door, Handeling.BESLUIT_VOORBEREIDEN) as eenheid:
        sessie = eenheid.sessie
        opvolgers = _list_opvolgers(sessie, rondes.find_ronde(sessie, ronde))
        for rij, besluit in opvolgers:
            voorstel = msgspec.structs.replace(
                besluiten.decode_voorstel(besluit),
                soort=Besluitsoort.GESELECTEERD,
                aanleiding="Een kandidaat die was gekozen, doet niet meer mee. U bent de volgende op de reservelijst.",
            )
            toets = toetsen.find_laatste(sessie, rij)
            if toets is not None:
                besluiten.add_besluit(huis, eenheid, rij, voorstel, toets, door, vervangt=besluit)
    return bool(opvolgers)


def _list_opvolgers(sessie: Session, ronde: RondeRow) -> list[tuple[AanmeldingRow, BesluitRow]]:
    """Who is next per perceel, in order of the reserve list, as far as there is room and nothing was awarded."""
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    if not scores.chooses(definitie):
        return []
    staand = list_staand(sessie, ronde)
    levend = list_levend(list_alle(sessie, ronde))
    opgeroepen = {b.vervangt_id for b in levend}
    gevonden = []
    for perceel in sorted({b.perceel or "" for _, b in staand}):
        hier = [b for b in levend if b.perceel == perceel]
        if any(b.soort in (Besluitsoort.GUNNINGSVOORNEMEN, Besluitsoort.NIET_GEGUND) for b in hier):
            continue
        bezet = sum(1 for b in hier if b.soort is Besluitsoort.GESELECTEERD and b.id not in opgeroepen)
        maximum = find_maximum(definitie, perceel, Stadium.SELECTIE)
        ruimte = 0 if maximum is None else maximum - bezet
        reserve = [(rij, b) for rij, b in staand if b.perceel == perceel and b.soort is Besluitsoort.RESERVE]
        wachtend = sorted((paar for paar in reserve if paar[1].id not in opgeroepen), key=find_plaats)
        gevonden += wachtend[: max(0, ruimte)]
    return gevonden


def find_plaats(paar: tuple[AanmeldingRow, BesluitRow]) -> int:
    """The place in the ranking on which a besluit rests; 0 without one."""
    rang = besluiten.decode_voorstel(paar[1]).rang
    return 0 if rang is None else rang.plaats


def list_staand(sessie: Session, ronde: RondeRow) -> list[tuple[AanmeldingRow, BesluitRow]]:
    """Every besluit that was sent and stands, of candidates that did not withdraw."""
    return [
        (rij, besluit)
        for rij, besluit in list_alle(sessie, ronde)
        if besluit.status is Besluitstatus.VERZONDEN and rij.status is Aanmeldingsstatus.BESLOTEN
    ]


def list_alle(sessie: Session, ronde: RondeRow) -> list[tuple[AanmeldingRow, BesluitRow]]:
    """Every besluit of a round, whatever became of it."""
    return [
        (rij, besluit)
        for rij in aanmeldingen.list_aanmeldingen(sessie, ronde)
        for besluit in besluiten.list_besluiten(sessie, rij)
    ]


def list_levend(alle: Iterable[tuple[AanmeldingRow, BesluitRow]]) -> list[BesluitRow]:
    """The besluiten that hold a place, those still on their way too, of candidates that did not withdraw."""
    return [b for rij, b in alle if b.status not in _VOORBIJ and rij.status is Aanmeldingsstatus.BESLOTEN]


_VOORBIJ = frozenset({Besluitstatus.VERVALLEN, Besluitstatus.VERVANGEN})


def list_deelnemers(sessie: Session, ronde: RondeRow) -> dict[str, tuple[str, ...]]:
    """Who takes part now, with the percelen: chosen, told so, and not withdrawn."""
    gevonden: dict[str, list[str]] = {}
    for rij, besluit in list_staand(sessie, ronde):
        if besluit.soort is Besluitsoort.GESELECTEERD:
            gevonden.setdefault(rij.kenmerk, []).append(besluit.perceel or "")
    return {kenmerk: tuple(percelen) for kenmerk, percelen in gevonden.items()}
