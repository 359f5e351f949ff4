"""What is stated when files are destroyed: what, why, when and by whom.

Bron: B.7 (Archiefwet: verklaring van vernietiging); C.30; domein D (dossier sluiten/vernietigen).
"""

from __future__ import annotations

from datetime import date

import msgspec

from inkoop.documents.gegevens.blokken import Organisatiegegevens


class Vernietigdstuk(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was destroyed, by its kenmerk; `rijen` is how many records it had."""

    nummer: int
    dossier: str
    soort: str
    bewaren_tot: date
    grond: str
    rijen: int
    vernietigd_op: date


class Vernietigingsverklaringgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """The statement over one list. It names files by their kenmerk and nobody whose data were in them."""

    kenmerk: str
    versie: str
    datum: date
    organisatie: Organisatiegegevens
    lijst: str
    toelichting: str
    opgesteld_door: str
    opgesteld_op: date
    goedgekeurd_door: str
    goedgekeurd_op: date
    uitgevoerd_door: str
    uitgevoerd_op: date
    stukken: tuple[Vernietigdstuk, ...]
    uitgezonderd: tuple[str, ...]
    logboek_nummer: int
    logboek_hash: str
