"""Judging what rules cannot: two people, blind, yes or no with a reason.

Bron: FE-1, FE-7, FE-9; ontwerp 4; domein B.3.8.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlmodel import Session, select

from inkoop.domain.criteria.beoordeling import Beoordelingspunt, Beoordelingsstand, list_beoordelingspunten
from inkoop.domain.criteria.bevinding import Feitenbasis
from inkoop.domain.criteria.dossier import Antwoord, Oordeelrol
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.toegang import Handeling, check_blind, require_toegang
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, rondes, toetsen
from inkoop.services.heropeningen import is_heropend
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.oordeel import OordeelRow

MINIMALE_REDEN = 10
"""The fewest characters of a reason: a court reads it (project default)."""


class Oordeelgegeven(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement as it may be shown: `ja` and `reden` only when the reader may see them (FE-1)."""

    persoon: str
    rol: Oordeelrol
    ja: bool | None
    reden: str | None


class Puntregel(msgspec.Struct, frozen=True, kw_only=True):
    """A point to judge, its short id for the command line, and who already judged it."""

    id: str
    punt: Beoordelingspunt
    oordelen: tuple[Oordeelgegeven, ...]


def punt_id(punt: Beoordelingspunt) -> str:
    """The hash of criterion, unit, member and evidence: other evidence is another point."""
    delen = [punt.criterium, punt.perceel, punt.product, punt.lid, *punt.bewijs]
    return hashlib.sha256(msgspec.json.encode(delen)).hexdigest()[:12]


def list_punten(sessie: Session, rij: AanmeldingRow, op: datetime) -> tuple[Beoordelingspunt, ...]:
    """Every point of an aanmelding that people judge, judged or not."""
    basis = toetsen.read_basis(sessie, rij)
    resultaat = toetsen.compute(sessie, rij, basis, op, feitenbasis=Feitenbasis.ALS_OPGEGEVEN)
    return list_beoordelingspunten(basis.editie, basis.dossier, resultaat)


def read_punten(huis: Huis, door: Optreden, kenmerk: str) -> tuple[Puntregel, ...]:
    """The points of an aanmelding with the judgements that this person may see."""
    with rondes.lees(huis, door, Handeling.OORDEEL_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, door)
        gegeven: dict[str, list[OordeelRow]] = {}
        for oordeel in sessie.exec(
            select(OordeelRow).where(OordeelRow.aanmelding_id == rij.id).order_by(OordeelRow.persoon)
        ):
            gegeven.setdefault(oordeel.punt, []).append(oordeel)
        return tuple(
            Puntregel(id=punt_id(punt), punt=punt, oordelen=_show(gegeven.get(punt_id(punt), []), door))
            for punt in list_punten(sessie, rij, door.nu)
        )


def _show(rijen: Sequence[OordeelRow], door: Optreden) -> tuple[Oordeelgegeven, ...]:
    oordeelaars = [rij.persoon for rij in rijen if rij.rol is Oordeelrol.BEOORDELAAR]
    blind = {rij.persoon: bool(check_blind(door.wie, oordeelaars, rij.persoon)) for rij in rijen}
    return tuple(
        Oordeelgegeven(
            persoon=rij.persoon,
            rol=rij.rol,
            ja=None if blind[rij.persoon] else rij.ja,
            reden=None if blind[rij.persoon] else rij.reden,
        )
        for rij in rijen
    )


def give_oordeel(
    huis: Huis, door: Optreden, kenmerk: str, punt: str, *, ja: bool, reden: str, antwoorden: Sequence[Antwoord] = ()
) -> None:
    """Record the final judgement of one of two beoordelaars, each blind to the other."""
    with handel(huis, door, Handeling.OORDELEN) as eenheid:
        rij = _find_beoordeelbaar(eenheid.sessie, door, kenmerk)
        gezocht = _find_punt(eenheid.sessie, rij, punt, door.nu)
        eerdere = _list_rijen(eenheid.sessie, rij, punt)
        require_toegang(door.persoon, door.rol, Handeling.OORDELEN, _as_eerdere(eerdere))
        beletselen = [*_check_inhoud(gezocht, reden, antwoorden)]
        if gezocht.stand is not Beoordelingsstand.WACHT_OP_BEOORDELAARS:
            beletselen.append(Beletsel("al-beoordeeld", f"Punt {punt} is al door twee mensen beoordeeld."))
        _store(huis, eenheid, rij, gezocht, Oordeelrol.BEOORDELAAR, ja, reden, antwoorden, beletselen, door)


def settle_oordeel(
    huis: Huis, door: Optreden, kenmerk: str, punt: str, *, ja: bool, reden: str, antwoorden: Sequence[Antwoord] = ()
) -> None:
    """Let a jurist settle a difference between two beoordelaars, with a reason (FE-9)."""
    with handel(huis, door, Handeling.OORDEEL_BESLECHTEN) as eenheid:
        rij = _find_beoordeelbaar(eenheid.sessie, door, kenmerk)
        rondes.require_onpartijdig(eenheid.sessie, rij.ronde_id, door)
        gezocht = _find_punt(eenheid.sessie, rij, punt, door.nu)
        eerdere = _list_rijen(eenheid.sessie, rij, punt)
        require_toegang(door.persoon, door.rol, Handeling.OORDEEL_BESLECHTEN, _as_eerdere(eerdere))
        beletselen = [*_check_inhoud(gezocht, reden, antwoorden)]
        if gezocht.stand is not Beoordelingsstand.OORDELEN_VERSCHILLEN:
            beletselen.append(Beletsel("geen-verschil", f"Over punt {punt} verschillen de beoordelaars niet."))
        _store(huis, eenheid, rij, gezocht, Oordeelrol.JURIST, ja, reden, antwoorden, beletselen, door)


def _find_beoordeelbaar(sessie: Session, door: Optreden, kenmerk: str) -> AanmeldingRow:
    rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
    rondes.require_geopend(sessie, rij.ronde_id, door)
    open_ = rij.status in (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING)
    if not open_ and not is_heropend(sessie, rij):
        tekst = f"Aanmelding {kenmerk} heeft de status '{rij.status}' en wordt niet (meer) beoordeeld."
        raise BeletselenError("Dit oordeel kan niet worden gegeven.", [Beletsel("status", tekst)])
    return rij


def _find_punt(sessie: Session, rij: AanmeldingRow, punt: str, op: datetime) -> Beoordelingspunt:
    punten = {punt_id(p): p for p in list_punten(sessie, rij, op)}
    if punt not in punten:
        wel = ", ".join(f"{id} ({p.criterium})" for id, p in punten.items()) or "geen"
        tekst = f"Punt '{punt}' bestaat niet (meer) bij {rij.kenmerk}. Wel: {wel}."
        raise BeletselenError("Dit oordeel kan niet worden gegeven.", [Beletsel("punt", tekst)])
    return punten[punt]


def _list_rijen(sessie: Session, rij: AanmeldingRow, punt: str) -> list[OordeelRow]:
    vraag = select(OordeelRow).where(OordeelRow.aanmelding_id == rij.id, OordeelRow.punt == punt)
    return list(sessie.exec(vraag.order_by(OordeelRow.persoon)))


def _as_eerdere(rijen: Sequence[OordeelRow]) -> dict[str, set[str]]:
    eerdere: dict[str, set[str]] = {}
    for rij in rijen:
        handeling = Handeling.OORDELEN if rij.rol is Oordeelrol.BEOORDELAAR else Handeling.OORDEEL_BESLECHTEN
        eerdere.setdefault(handeling, set()).add(rij.persoon)
    return eerdere


def _check_inhoud(punt: Beoordelingspunt, reden: str, antwoorden: Sequence[Antwoord]) -> list[Beletsel]:
    """Every published question answered, once, and a reason that says something."""
    beletselen = []
    if len(reden.strip()) < MINIMALE_REDEN:
        beletselen.append(Beletsel("reden", f"Schrijf een reden van ten minste {MINIMALE_REDEN} tekens."))
    gevraagd = [vraag.id for vraag in punt.vragen]
    gegeven = [antwoord.vraag for antwoord in antwoorden]
    beletselen += [Beletsel("vraag", f"Vraag '{id}' is niet beantwoord.") for id in gevraagd if id not in gegeven]
    beletselen += [Beletsel("vraag", f"Vraag '{id}' hoort niet bij dit punt.") for id in gegeven if id not in gevraagd]
    if len(set(gegeven)) != len(gegeven):
        beletselen.append(Beletsel("vraag", "Een vraag is dubbel beantwoord."))
    return beletselen


def _store(
    huis: Huis,
    eenheid: Eenheid,
    rij: AanmeldingRow,
    punt: Beoordelingspunt,
    rol: Oordeelrol,
    ja: bool,
    reden: str,
    antwoorden: Sequence[Antwoord],
    beletselen: list[Beletsel],
    door: Optreden,
) -> None:
    if beletselen:
        raise BeletselenError(f"Dit oordeel over {punt.criterium} kan niet worden gegeven.", beletselen)
    eenheid.sessie.add(
        OordeelRow(
            id=huis.nieuw_id(),
            aanmelding_id=rij.id,
            punt=punt_id(punt),
            criterium=punt.criterium,
            perceel=punt.perceel,
            product=punt.product,
            lid=punt.lid,
            bewijs=list(punt.bewijs),
            persoon=door.wie,
            rol=rol,
            ja=ja,
            reden=reden.strip(),
            antwoorden=msgspec.to_builtins(list(antwoorden)),
            op=door.nu,
        )
    )
    handeling = Handeling.OORDELEN if rol is Oordeelrol.BEOORDELAAR else Handeling.OORDEEL_BESLECHTEN
    eenheid.audit(
        handeling,
        rij.kenmerk,
        naar="ja" if ja else "nee",
        reden=reden,
        gegevens={"punt": punt_id(punt), "criterium": punt.criterium},
    )
