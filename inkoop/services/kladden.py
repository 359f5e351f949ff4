"""Drafts: what an aanbieder filled in and did not send yet, and the files with it. They decide nothing.

A draft belongs to a legal person: everybody who acts for it works in the same one, and who changes it after
somebody else did is told. Nobody at the gemeenten reads it: it is encrypted with a key from the sleutelkast, and
the database does not say whose it is. What nobody touches for BEWAARTIJD is thrown away.

Bron: ontwerp 8 (FE-8: what is not handed in is nobody's business); docs/adr/0023; project default for the limits.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import col, select

from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import TIJDZONE, format_dag
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.bestandenmap import Bestandenmap
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.kluis import lock, lock_stroom, unlock, unlock_stroom
from inkoop.storage.tabellen.web import KladRow

MAP: Final = "kladden"
"""The folder in the store with the files of drafts, each draft a folder of its own: they come and go, so they stand
here also when evidence stands elsewhere."""

BEWAARTIJD: Final = timedelta(days=180)
"""How long a draft that nobody touches is kept (project default): longer than any round is open."""


class KladGewijzigdError(InkoopError):
    """A draft was changed since it was read, in another window or by somebody else for the same aanbieder."""

    def __init__(self, klad: Klad | None) -> None:
        self.klad = klad
        if klad is None:
            wie = "Dit concept is intussen weggegooid of ingediend."
        else:
            op = klad.gewijzigd_op.astimezone(TIJDZONE)
            wie = f"{klad.door} heeft dit concept intussen gewijzigd ({format_dag(op.date())}, {op:%H.%M} uur)."
        super().__init__(
            f"{wie} Wat u net invulde, is nog niet bewaard; het staat hieronder. Kijk het na en bewaar opnieuw."
        )


class Klad(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as it stands; `versie` is given back with a change. `door` is the name of who changed it last."""

    inhoud: dict[str, Any]
    versie: int
    door: str
    gewijzigd_op: datetime


class Kladplek(msgspec.Struct, frozen=True, kw_only=True):
    """Which draft: of whom (KvK number), of which form, about what."""

    kvk: str
    formulier: str
    onderwerp: str

    @property
    def betreft(self) -> str:
        """What its envelopes are about."""
        return f"{self.kvk}|{self.formulier}|{self.onderwerp}"


def find_klad(huis: Huis, plek: Kladplek) -> Klad | None:
    """The draft, or None. Raises KluisError when it cannot be opened."""
    with huis.winkel.lezen() as sessie:
        rij = sessie.get(KladRow, _key(huis, plek))
        return None if rij is None else _read(huis, plek, rij)


def save_klad(huis: Huis, door: Optreden, plek: Kladplek, inhoud: Mapping[str, Any], versie: int) -> int:
    """Keep a draft; `versie` is the one it was made from (0: none yet). Returns the new one.

    Raises KladGewijzigdError when the draft was changed since; nothing is kept then. Who begins a draft clears away
    those that nobody touched for long.
    """
    if versie == 0:
        drop_verlopen(huis, door.nu)
    kern = msgspec.json.encode({"door": door.persoon.naam, "inhoud": dict(inhoud)})
    envelop = base64.b64encode(lock(_sleutel(huis), kern, plek.betreft)).decode()
    sleutel = _key(huis, plek)
    with huis.winkel.machinekamer() as sessie:
        rij = sessie.get(KladRow, sleutel)
        if (0 if rij is None else rij.versie) != versie:
            raise KladGewijzigdError(None if rij is None else _read(huis, plek, rij))
        if rij is None:
            persoon, formulier, onderwerp = sleutel
            rij = KladRow(persoon=persoon, formulier=formulier, onderwerp=onderwerp, inhoud={}, gewijzigd_op=door.nu)
        rij.inhoud, rij.gewijzigd_op = {"envelop": envelop}, door.nu
        sessie.add(rij)
        try:
            sessie.flush()
        except (StaleDataError, IntegrityError) as fout:
            sessie.rollback()
            raise KladGewijzigdError(find_klad(huis, plek)) from fout
        return rij.versie


def drop_klad(huis: Huis, plek: Kladplek) -> None:
    """Throw a draft and its files away, after it was sent or because its writer asks for it."""
    with huis.winkel.machinekamer() as sessie:
        rij = sessie.get(KladRow, _key(huis, plek))
        if rij is not None:
            sessie.delete(rij)
    shutil.rmtree(_map(huis, *_key(huis, plek)), ignore_errors=True)


def drop_verlopen(huis: Huis, nu: datetime) -> int:
    """Throw away what nobody touched for BEWAARTIJD; how many there were."""
    with huis.winkel.machinekamer() as sessie:
        rijen = list(sessie.exec(select(KladRow).where(col(KladRow.gewijzigd_op) < nu - BEWAARTIJD)))
        sleutels = [(rij.persoon, rij.formulier, rij.onderwerp) for rij in rijen]
        for rij in rijen:
            sessie.delete(rij)
    for sleutel in sleutels:
        shutil.rmtree(_map(huis, *sleutel), ignore_errors=True)
    return len(sleutels)


def store_stuk(huis: Huis, plek: Kladplek, bestand: Bestandsbron) -> str:
    """Keep a file with a draft, encrypted; returns the name under which it is read back."""
    with huis.winkel.open_spoel() as envelop:
        lock_stroom(_sleutel(huis), bestand.open(), f"{plek.betreft}|stuk", envelop)
        return _stukken(huis, plek).store_stroom(envelop)


def open_stuk(huis: Huis, plek: Kladplek, opslag: str, naam: str) -> Bestandsbron:
    """A file of this draft under its name, once it is known that nobody changed it."""
    spoel = huis.winkel.open_spoel()
    with _stukken(huis, plek).open(opslag) as envelop:
        unlock_stroom(_sleutel(huis), envelop, f"{plek.betreft}|stuk", spoel)
    return Bestandsbron(naam, spoel)


def drop_stuk(huis: Huis, plek: Kladplek, opslag: str) -> None:
    """Throw a file of this draft away; one that is gone already is fine."""
    Path(_stukken(huis, plek).name(opslag)).unlink(missing_ok=True)


def _sleutel(huis: Huis) -> bytes:
    return huis.sleutels.derive("klad")


def _key(huis: Huis, plek: Kladplek) -> tuple[str, str, str]:
    return huis.sleutels.mark(f"klad|{plek.formulier}|{plek.onderwerp}", plek.kvk), plek.formulier, plek.onderwerp


def _map(huis: Huis, persoon: str, formulier: str, onderwerp: str) -> Path:
    naam = hashlib.sha256(f"{persoon}|{formulier}|{onderwerp}".encode()).hexdigest()
    return huis.winkel.map / MAP / naam


def _stukken(huis: Huis, plek: Kladplek) -> Bestandenmap:
    return Bestandenmap(_map(huis, *_key(huis, plek)))


def _read(huis: Huis, plek: Kladplek, rij: KladRow) -> Klad:
    kern = msgspec.json.decode(unlock(_sleutel(huis), base64.b64decode(rij.inhoud["envelop"]), plek.betreft))
    return Klad(inhoud=kern["inhoud"], versie=rij.versie, door=kern["door"], gewijzigd_op=rij.gewijzigd_op)
