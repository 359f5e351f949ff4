"""What people must judge: each leaf of a toets that needs two beoordelaars, with its questions.

Bron: ontwerp 4; F.0 `beoordelaars`; FE-1.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from inkoop.domain.criteria.bevinding import Toetsresultaat
from inkoop.domain.criteria.criterium import Criteriaset, EenToets, EenVan, Vraag
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Dossier
from inkoop.domain.criteria.motor import MOTOREN
from inkoop.domain.criteria.oordelen import Oordeelstand
from inkoop.domain.criteria.toets import weigh_criteria
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.uitslag import Gewogen
from inkoop.domain.criteria.vingerafdruk import hash_dossier
from inkoop.domain.fouten import Beletsel, BeletselenError


class Beoordelingsstand(StrEnum):
    """How the judgement of one point stands."""

    WACHT_OP_BEOORDELAARS = "wacht_op_beoordelaars"
    OORDELEN_VERSCHILLEN = "oordelen_verschillen"
    BEOORDEELD = "beoordeeld"


class Beoordelingspunt(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to judge: for which unit and member, on which evidence, with which published questions.

    A judgement with exactly this `bewijs` and `perceel` None counts for every perceel with this evidence.
    """

    criterium: str
    perceel: str | None
    product: str | None
    lid: str | None
    bewijs: tuple[str, ...]
    vragen: tuple[Vraag, ...]
    stand: Beoordelingsstand


_STANDEN = {
    Oordeelstand.WACHT: Beoordelingsstand.WACHT_OP_BEOORDELAARS,
    Oordeelstand.VERSCHIL: Beoordelingsstand.OORDELEN_VERSCHILLEN,
    Oordeelstand.JA: Beoordelingsstand.BEOORDEELD,
    Oordeelstand.NEE: Beoordelingsstand.BEOORDEELD,
}


def list_beoordelingspunten(
    editie: Criteriaset, dossier: Dossier, resultaat: Toetsresultaat
) -> tuple[Beoordelingspunt, ...]:
    """Everything that people judge (or judged) in this toets, each once per unit, member and evidence set.

    What is open within a choice (`een_van`) that is already satisfied need not be judged. A fact that
    must still be established is not here: that is done by one beoordelaar, fact by fact. Raises
    BeletselenError when the receipt was not made from this edition and this dossier.
    """
    _check_receipt(editie, dossier, resultaat)
    punten: dict[tuple[str, str | None, str | None, str | None, tuple[str, ...]], Beoordelingspunt] = {}
    for gewogen in weigh_criteria(
        editie,
        dossier,
        resultaat.peildatums,
        herstelverloop=resultaat.herstelverloop,
        feitenbasis=resultaat.feitenbasis,
        moment=resultaat.moment,
    ):
        for blad in _list_beoordeeld(gewogen.criterium.toets, gewogen.uitkomst):
            punt = _to_punt(gewogen, blad)
            sleutel = (punt.criterium, punt.perceel, punt.product, punt.lid, punt.bewijs)
            eerder = punten.get(sleutel)
            if eerder is not None:
                vragen = tuple(dict.fromkeys((*eerder.vragen, *punt.vragen)))
                punt = msgspec.structs.replace(eerder, vragen=vragen)
            punten[sleutel] = punt
    return tuple(punten.values())


def _check_receipt(editie: Criteriaset, dossier: Dossier, resultaat: Toetsresultaat) -> None:
    """Whether this receipt is about this edition and this dossier, and made by these rules."""
    beletselen = []
    if resultaat.motor not in MOTOREN:
        beletselen.append(Beletsel("motor", "De toets is gedaan met een andere versie van de regels. Toets opnieuw."))
    if resultaat.editie_hash != editie.hash:
        beletselen.append(
            Beletsel("editie", "De toets is gedaan met een andere editie van de criteria. Toets opnieuw.")
        )
    if resultaat.dossier_hash != hash_dossier(dossier):
        beletselen.append(Beletsel("dossier", "Het dossier is veranderd sinds de toets. Toets opnieuw."))
    if beletselen:
        raise BeletselenError("De beoordelingspunten kunnen niet worden bepaald.", beletselen)


def _list_beoordeeld(toets: EenToets, deel: Deeluitkomst) -> Iterator[Deeluitkomst]:
    """The leaves (or parts of leaves) that people judge."""
    if deel.beoordeling is not None:
        yield deel
    klaar = isinstance(toets, EenVan) and deel.uitkomst is Uitkomst.VOLDOET
    onderdelen = getattr(toets, "delen", ())
    for nummer, onderdeel in enumerate(deel.delen):
        # Parts of a leaf (its products) have no toets of their own.
        eigen = onderdelen[nummer] if nummer < len(onderdelen) else toets
        for blad in _list_beoordeeld(eigen, onderdeel):
            if not klaar or blad.uitkomst is not Uitkomst.TE_BEOORDELEN:
                yield blad


def _to_punt(gewogen: Gewogen, blad: Deeluitkomst) -> Beoordelingspunt:
    """A judged leaf as a point for people."""
    assert blad.beoordeling is not None
    lid = gewogen.partij.lid
    return Beoordelingspunt(
        criterium=gewogen.criterium.id,
        perceel=gewogen.eenheid.perceel,
        product=gewogen.eenheid.product or blad.product,
        lid=lid.id if lid is not None else None,
        bewijs=blad.beoordeling.bewijs,
        vragen=blad.beoordeling.vragen,
        stand=_STANDEN[blad.beoordeling.stand],
    )
