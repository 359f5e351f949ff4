"""Replaying kept toetsen: the dossier as it was then, the same rules, the same bytes.

Which records were there when a toets was done is read from the audit log, where every act names the records
that it wrote. So a fact that was established later, or evidence that was recorded later, is left out.

Bron: ontwerp 2.3, 2.7, 4; FE-8 (nothing is read before opening).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TypeAlias
from uuid import UUID

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.criteria.bevinding import encode_resultaat
from inkoop.domain.criteria.herspel import Herspelstand, Plaatsverschil, compare_ontvangstbewijzen
from inkoop.domain.criteria.motor import MOTOR, MOTOREN
from inkoop.domain.criteria.toets import assess
from inkoop.domain.criteria.vingerafdruk import hash_dossier
from inkoop.domain.fouten import InkoopError
from inkoop.domain.toegang import Handeling
from inkoop.services import aanmeldingen, rondes, toetsen
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bewijs import FeitRow, NadereVaststellingRow, VaststellingRow
from inkoop.storage.tabellen.oordeel import OordeelRow
from inkoop.storage.tabellen.toets import ToetsRow

Volgorde: TypeAlias = Mapping[UUID, int]

_GELEZEN = frozenset(
    str(tabel.__tablename__) for tabel in (FeitRow, VaststellingRow, NadereVaststellingRow, OordeelRow, ToetsRow)
)
"""Tables of the records that a toets reads and that grow over time, and of the toetsen themselves."""


class Herspel(msgspec.Struct, frozen=True, kw_only=True):
    """How the replay of one kept toets came out; `motor` is the engine that made it."""

    aanmelding: str
    volgnummer: int
    stand: Herspelstand
    motor: str
    uitleg: str = ""
    verschillen: tuple[Plaatsverschil, ...] = ()


def replay(huis: Huis, door: Optreden, kenmerk: str | None = None) -> Iterator[Herspel]:
    """Replay every kept toets, of one aanmelding or of all that may be read, one by one; keeps nothing."""
    with rondes.lees(huis, door, Handeling.AANMELDING_LEZEN) as sessie:
        if kenmerk is not None:
            aanmeldingen.check_leesbaar(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk), door)
        volgorde = read_volgorde(sessie)
        vraag = select(ToetsRow.id).join(AanmeldingRow, col(AanmeldingRow.id) == ToetsRow.aanmelding_id)
        if kenmerk is not None:
            vraag = vraag.where(AanmeldingRow.kenmerk == kenmerk)
        sleutels = list(sessie.exec(vraag.order_by(col(AanmeldingRow.kenmerk), col(ToetsRow.volgnummer))))
        for sleutel in sleutels:
            toets = sessie.get_one(ToetsRow, sleutel)
            rij = sessie.get_one(AanmeldingRow, toets.aanmelding_id)
            yield _replay(sessie, rij, toets, volgorde)
            sessie.expunge_all()


def _replay(sessie: Session, rij: AanmeldingRow, toets: ToetsRow, volgorde: Volgorde) -> Herspel:
    bewaard = toets.resultaat.encode()

    def report(stand: Herspelstand, uitleg: str = "", verschillen: tuple[Plaatsverschil, ...] = ()) -> Herspel:
        return Herspel(
            aanmelding=rij.kenmerk,
            volgnummer=toets.volgnummer,
            stand=stand,
            motor=motor,
            uitleg=uitleg,
            verschillen=verschillen,
        )

    motor = "onbekend"
    if hashlib.sha256(bewaard).hexdigest() != toets.hash:
        uitleg = "De bewaarde toets is na het bewaren gewijzigd: de hash klopt niet. Kijk met: inkoop audit controleer"
        return report(Herspelstand.GEWIJZIGD, uitleg)
    try:
        oud = toetsen.decode_resultaat(toets)
    except msgspec.MsgspecError:
        uitleg = "Deze versie van het programma kan de bewaarde toets niet lezen. Gebruik de versie die haar maakte."
        return report(Herspelstand.ONLEESBAAR, uitleg)
    motor = oud.motor
    basis = toetsen.read_basis(sessie, rij, geschreven=list_geschreven(volgorde, toets))
    if hash_dossier(basis.dossier) != oud.dossier_hash:
        uitleg = "Het dossier van toen is niet terug te maken uit de gegevens van nu; de toets is niet herspeeld."
        return report(Herspelstand.ONBEKEND_DOSSIER, uitleg)
    try:
        nieuw = assess(
            basis.editie,
            basis.dossier,
            oud.peildatums,
            herstelverloop=oud.herstelverloop,
            feitenbasis=oud.feitenbasis,
            moment=oud.moment,
            motor=oud.motor if oud.motor in MOTOREN else MOTOR,
        )
    except InkoopError as fout:
        return report(Herspelstand.ANDERS, f"De regels van nu weigeren dit dossier: {fout}")
    verschillen = compare_ontvangstbewijzen(bewaard, encode_resultaat(nieuw))
    if not verschillen:
        return report(Herspelstand.GELIJK)
    uitleg = "Dezelfde regels geven nu een andere uitkomst. Dat hoort niet: meld dit."
    if oud.motor not in MOTOREN:
        uitleg = (
            f"De toets is gemaakt met {oud.motor}, dit is {MOTOR}. Een nieuwe versie van de regels mag een andere"
            " uitkomst geven; wat toen gold, staat in de bewaarde toets."
        )
    return report(Herspelstand.ANDERS, uitleg, verschillen)


def read_volgorde(sessie: Session) -> Volgorde:
    """Of every record that a toets reads, and of every toets: the number of the act that wrote it.

    The keys of a transaction stand on its last row in the log, whatever that row is about; so the whole log is
    read, once, and only numbers are kept.
    """
    volgorde: dict[UUID, int] = {}
    regels = select(AuditRow.volgnummer, AuditRow.rijen).order_by(col(AuditRow.volgnummer))
    for volgnummer, rijen in sessie.exec(regels.execution_options(yield_per=500)):
        for tabel, sleutel, _ in rijen:
            if tabel in _GELEZEN:
                volgorde.setdefault(UUID(sleutel), volgnummer)
    return volgorde


def list_geschreven(volgorde: Volgorde, toets: ToetsRow) -> frozenset[UUID]:
    """The keys of every record that was written before this toets."""
    grens = volgorde.get(toets.id, 0)
    return frozenset(sleutel for sleutel, volgnummer in volgorde.items() if volgnummer < grens)
