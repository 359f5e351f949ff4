"""The register of earlier judgements on like evidence, read from the judgements themselves.

Bron: B.3.8; B.1.2.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.criteria.beoordeling import Beoordelingspunt
from inkoop.domain.criteria.dossier import (
    Antwoord,
    Certificaatfeit,
    Documentfeit,
    EenFeit,
    Oordeelrol,
    Personeelfeit,
    Registratiefeit,
    Verklaringfeit,
)
from inkoop.domain.precedent import Precedent, find_precedenten, list_afwijkend
from inkoop.domain.toegang import AANTAL_BEOORDELAARS, Handeling
from inkoop.services import aanmeldingen, feiten, oordelen, procedures, rondes
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.oordeel import OordeelRow
from inkoop.storage.tabellen.ronde import RondeRow


class Precedentregel(msgspec.Struct, frozen=True, kw_only=True):
    """A point that people judge, with how like an earlier judgement is, and that judgement."""

    punt: str
    criterium: str
    gelijkenis: float
    precedent: Precedent


def read_precedenten(huis: Huis, door: Optreden, kenmerk: str) -> tuple[Precedentregel, ...]:
    """For every point of an aanmelding the earlier final judgements on like evidence."""
    with rondes.lees(huis, door, Handeling.OORDEEL_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, door)
        alle = list_precedenten(sessie, rij)
        regels = []
        for punt in oordelen.list_punten(sessie, rij, door.nu):
            kenmerken = _list_kenmerken(sessie, rij, punt.bewijs)
            for mate, een in find_precedenten(alle, aanmelding=kenmerk, criterium=punt.criterium, kenmerken=kenmerken):
                regels.append(
                    Precedentregel(
                        punt=oordelen.punt_id(punt), criterium=punt.criterium, gelijkenis=mate, precedent=een
                    )
                )
        return tuple(regels)


def read_bij_punt(huis: Huis, door: Optreden, kenmerk: str, punt: Beoordelingspunt) -> tuple[Precedentregel, ...]:
    """The earlier final judgements on evidence like that of one point; of other points nothing is read."""
    with rondes.lees(huis, door, Handeling.OORDEEL_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, door)
        alle = list_precedenten(sessie, rij, punt.criterium)
        kenmerken = _list_kenmerken(sessie, rij, punt.bewijs) if alle else frozenset()
        gevonden = find_precedenten(alle, aanmelding=kenmerk, criterium=punt.criterium, kenmerken=kenmerken)
        id_ = oordelen.punt_id(punt)
        return tuple(
            Precedentregel(punt=id_, criterium=punt.criterium, gelijkenis=mate, precedent=een) for mate, een in gevonden
        )


def warn(huis: Huis, door: Optreden, kenmerk: str, punt: str, *, ja: bool) -> tuple[Precedent, ...]:
    """The earlier judgements from which this one would differ; empty = it agrees, or there are none."""
    regels = [regel for regel in read_precedenten(huis, door, kenmerk) if regel.punt == punt]
    return list_afwijkend([(regel.gelijkenis, regel.precedent) for regel in regels], ja=ja)


def list_precedenten(sessie: Session, rij: AanmeldingRow, criterium: str = "") -> list[Precedent]:
    """Every final judgement in the procedure of this aanmelding, or those on one criterion."""
    return _list_van(sessie, sessie.get_one(RondeRow, rij.ronde_id).procedure_id, criterium)


def list_van_procedure(huis: Huis, door: Optreden, procedure: str) -> list[Precedent]:
    """The register of a procedure: every final judgement in rounds that were opened."""
    with rondes.lees(huis, door, Handeling.OORDEEL_LEZEN) as sessie:
        return _list_van(sessie, procedures.find_procedure(sessie, procedure).id)


def _list_van(sessie: Session, procedure_id: UUID, criterium: str = "") -> list[Precedent]:
    vraag = (
        select(OordeelRow, AanmeldingRow)
        .join(AanmeldingRow, col(AanmeldingRow.id) == OordeelRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(RondeRow.procedure_id == procedure_id, col(RondeRow.geopend_op).is_not(None))
        .order_by(col(OordeelRow.op))
    )
    if criterium:
        vraag = vraag.where(OordeelRow.criterium == criterium)
    per_punt: dict[tuple[str, str], list[tuple[OordeelRow, AanmeldingRow]]] = {}
    for oordeel, aanmelding in sessie.exec(vraag):
        per_punt.setdefault((aanmelding.kenmerk, oordeel.punt), []).append((oordeel, aanmelding))
    gevonden = []
    for paren in per_punt.values():
        rijen = [oordeel for oordeel, _ in paren]
        telt = _find_definitief(rijen)
        if telt is None:
            continue
        gevonden.append(
            Precedent(
                aanmelding=paren[0][1].kenmerk,
                criterium=telt.criterium,
                ja=telt.ja,
                kenmerken=_list_kenmerken(sessie, paren[0][1], tuple(telt.bewijs)),
                antwoorden={a.vraag: a.ja for a in msgspec.convert(telt.antwoorden, tuple[Antwoord, ...])},
                redenen=tuple(een.reden for een in rijen if een.ja is telt.ja),
                op=telt.op,
            )
        )
    return gevonden


def _find_definitief(rijen: list[OordeelRow]) -> OordeelRow | None:
    """The judgement that counts: the jurist's, else that of two people who agree."""
    jurist = [een for een in rijen if een.rol is Oordeelrol.JURIST]
    if jurist:
        return jurist[-1]
    twee = [een for een in rijen if een.rol is Oordeelrol.BEOORDELAAR]
    if len(twee) < AANTAL_BEOORDELAARS or len({een.ja for een in twee}) > 1:
        return None
    return twee[-1]


def _list_kenmerken(sessie: Session, rij: AanmeldingRow, bewijs: tuple[str, ...]) -> frozenset[str]:
    """What the evidence of a point is, without whose it is."""
    kenmerken: set[str] = set()
    for regel in feiten.list_feiten(sessie, rij):
        if set(regel.feit.bewijs) & set(bewijs):
            kenmerken |= _describe(regel.feit)
    return frozenset(kenmerken)


def _describe(feit: EenFeit) -> set[str]:
    soort = str(type(feit).__struct_config__.tag)
    if isinstance(feit, Certificaatfeit):
        return {
            f"{soort}:{feit.norm}",
            *(f"scope:{deel}" for deel in feit.scope),
            f"geaccrediteerd:{feit.geaccrediteerd}",
        }
    if isinstance(feit, Documentfeit):
        return {f"{soort}:{feit.document}", *(f"onderdeel:{deel.naam}" for deel in feit.onderdelen)}
    if isinstance(feit, Verklaringfeit):
        return {f"{soort}:{feit.verklaring}", *(f"{vraag}={antwoord}" for vraag, antwoord in feit.gegevens.items())}
    if isinstance(feit, Personeelfeit):
        return {f"{soort}:{feit.kwalificatie}", f"tenzij:{feit.tenzij is not None}"}
    if isinstance(feit, Registratiefeit):
        return {f"{soort}:{feit.register}", f"status:{feit.status}"}
    return {soort}
