"""The verdict of a toets without its sentences, and the receipt that is written from it.

A verdict holds everything a receipt holds, except that the sentences are not written yet. Who tests many
dossiers to see what a change does, to count or to draw a graph needs no sentences; what goes into the
file of an applicant, a letter or a screen is the receipt. Written at once or later: the bytes are the same.

Bron: ontwerp 2.3, 4; docs/adr/0009.
"""

from __future__ import annotations

from datetime import date

import msgspec

from inkoop.domain.criteria.bevinding import (
    Bevinding,
    Eenheiduitkomst,
    Feitenbasis,
    Herstelpunt,
    Herstelverloop,
    Toetsresultaat,
    Voorwaarde,
)
from inkoop.domain.criteria.criterium import Criteriaset, Criterium, Moment, Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.eenheden import Eenheid, Partij
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.uitkomst import Uitkomst


class Gewogen(msgspec.Struct, frozen=True, gc=False):
    """One criterion weighed for one unit and one party; `uitkomst` is the root of its explanation tree."""

    criterium: Criterium
    eenheid: Eenheid
    partij: Partij
    uitkomst: Deeluitkomst


class Uitslag(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a toets: what went in (by hash), every criterion weighed, and the units of decision."""

    motor: str
    editie: Criteriaset
    dossier_hash: str
    moment: Moment
    herstelverloop: Herstelverloop
    feitenbasis: Feitenbasis
    peildatums: dict[Peilmoment, date]
    gewogen: tuple[Gewogen, ...]
    eenheden: tuple[Eenheiduitkomst, ...]

    def write(self) -> Toetsresultaat:
        """The receipt, with every sentence."""
        return Toetsresultaat(
            motor=self.motor,
            criteriaset=self.editie.set,
            editie=self.editie.editie,
            editie_hash=self.editie.hash,
            dossier_hash=self.dossier_hash,
            moment=self.moment,
            herstelverloop=self.herstelverloop,
            feitenbasis=self.feitenbasis,
            peildatums=self.peildatums,
            bevindingen=tuple([_to_bevinding(g, g.uitkomst, g.eenheid.product) for g in self.gewogen]),
            eenheden=self.eenheden,
        )


class Bevindingkern(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A finding without its sentences and its source; what is empty is left out."""

    criterium: str
    perceel: str | None = None
    product: str | None = None
    lid: str | None = None
    uitkomst: Uitkomst
    grond: Grond
    peildatums: dict[Peilmoment, date]
    bewijs: tuple[str, ...]
    houdbaar_tot: date | None = None
    herstelpunten: tuple[Herstelpunt, ...] = ()
    voorwaarden: tuple[Voorwaarde, ...] = ()
    delen: tuple[Bevindingkern, ...] = ()


class Uitslagkern(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt without sentences: outcomes, grounds, evidence, days, explanation tree and hashes."""

    motor: str
    criteriaset: str
    editie: str
    editie_hash: str
    dossier_hash: str
    moment: Moment
    herstelverloop: Herstelverloop
    feitenbasis: Feitenbasis
    peildatums: dict[Peilmoment, date]
    bevindingen: tuple[Bevindingkern, ...]
    eenheden: tuple[Eenheiduitkomst, ...]


def encode_kern(uitslag: Uitslag) -> bytes:
    """The canonical bytes of a verdict without its sentences (JSON, deterministic order)."""
    kern = Uitslagkern(
        motor=uitslag.motor,
        criteriaset=uitslag.editie.set,
        editie=uitslag.editie.editie,
        editie_hash=uitslag.editie.hash,
        dossier_hash=uitslag.dossier_hash,
        moment=uitslag.moment,
        herstelverloop=uitslag.herstelverloop,
        feitenbasis=uitslag.feitenbasis,
        peildatums=uitslag.peildatums,
        bevindingen=tuple([_to_kern(g, g.uitkomst, g.eenheid.product) for g in uitslag.gewogen]),
        eenheden=uitslag.eenheden,
    )
    return _CODEC.encode(kern)


_CODEC = msgspec.json.Encoder(order="deterministic")


def _to_kern(gewogen: Gewogen, deel: Deeluitkomst, product: str | None) -> Bevindingkern:
    lid = gewogen.partij.lid
    return Bevindingkern(
        criterium=gewogen.criterium.id,
        perceel=gewogen.eenheid.perceel,
        product=product,
        lid=None if lid is None else lid.id,
        uitkomst=deel.uitkomst,
        grond=deel.grond,
        peildatums=deel.peildatums,
        bewijs=deel.bewijs,
        houdbaar_tot=deel.houdbaar_tot,
        herstelpunten=deel.herstelpunten,
        voorwaarden=deel.voorwaarden,
        delen=tuple([_to_kern(gewogen, onderdeel, product or onderdeel.product) for onderdeel in deel.delen])
        if deel.delen
        else (),
    )


def _to_bevinding(gewogen: Gewogen, deel: Deeluitkomst, product: str | None) -> Bevinding:
    """A finding with its explanation tree; only a part of a finding can be about one product of its perceel."""
    criterium, lid = gewogen.criterium, gewogen.partij.lid
    return Bevinding(
        criterium=criterium.id,
        perceel=gewogen.eenheid.perceel,
        product=product,
        lid=None if lid is None else lid.id,
        uitkomst=deel.uitkomst,
        grond=deel.grond.value,
        toelichting=deel.toelichting,
        peildatums=deel.peildatums,
        bewijs=deel.bewijs,
        bron=criterium.bron,
        houdbaar_tot=deel.houdbaar_tot,
        herstelpunten=deel.herstelpunten,
        voorwaarden=deel.voorwaarden,
        delen=tuple([_to_bevinding(gewogen, onderdeel, product or onderdeel.product) for onderdeel in deel.delen])
        if deel.delen
        else (),
    )
