"""A mutatie: a provider that has an agreement adds to its offer, or drops a part of it, in a later round.

Only what is added is tested, on the criteria of the moment `bij_wijziging`; the rest of the admission stands.
It leads to a besluit and an addendum, never to a second agreement. What is dropped needs no toets, and is
dropped also when what is added is rejected (project default: each stands by itself).

Bron: H19-44 (S4 fn3), H19-55; F.2 H2; C.17 article 6, C.21.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from inkoop.domain.aanmelding import PARTIJEN, Aanmeldingsopgave
from inkoop.domain.besluit import TOELATINGEN, Besluitsoort, Besluitvoorstel
from inkoop.domain.fouten import Beletsel
from inkoop.domain.procedure import Proceduredefinitie

Aanbod = Mapping[str, tuple[str, ...]]
"""The products of a provider by perceel."""


class Houder(msgspec.Struct, frozen=True, kw_only=True):
    """Who has an agreement, and for what: the KvK numbers of the parties, the products it holds now."""

    contractnummer: str
    partijen: frozenset[str]
    aanbod: Aanbod


def list_partijen(opgave: Aanmeldingsopgave) -> frozenset[str]:
    """The KvK numbers of who would sign."""
    return frozenset(lid.kvk for lid in opgave.leden if lid.rol in PARTIJEN)


def check_mutatie(opgave: Aanmeldingsopgave, definitie: Proceduredefinitie, houder: Houder | None) -> list[Beletsel]:
    """Why this cannot be a mutatie of that agreement: every reason. `houder` None = the provider has no such one.

    Bron: H19-44; B.4 (the composition of a combination does not change).
    """
    if opgave.wijzigt is None:
        if not opgave.vervalt:
            return []
        tekst = "Laten vallen kan alleen bij een overeenkomst die er al is. Noem haar nummer onder 'wijzigt'."
        return [Beletsel("mutatie-zonder-overeenkomst", tekst)]
    if houder is None:
        tekst = (
            f"Deze aanbieder heeft in deze procedure geen lopende overeenkomst met nummer {opgave.wijzigt}. Controleer"
            " het nummer, of meld u aan zonder 'wijzigt'."
        )
        return [Beletsel("mutatie-geen-overeenkomst", tekst)]
    beletselen = []
    if list_partijen(opgave) != houder.partijen:
        tekst = (
            f"Overeenkomst {houder.contractnummer} is gesloten met KvK {', '.join(sorted(houder.partijen))}. Een"
            " mutatie verandert de samenstelling niet: noem precies die leden."
        )
        beletselen.append(Beletsel("mutatie-samenstelling", tekst))
    gehouden = {code for codes in houder.aanbod.values() for code in codes}
    beletselen += [
        Beletsel("mutatie-al-geleverd", f"Product '{code}' staat al in uw overeenkomst. Noem alleen wat erbij komt.")
        for code in sorted(list_gevraagd(opgave, definitie) & gehouden)
    ]
    beletselen += [
        Beletsel("mutatie-niet-geleverd", f"'{code}' staat niet in uw overeenkomst en kan dus niet vervallen.")
        for code in opgave.vervalt
        if code not in gehouden and code not in houder.aanbod
    ]
    if not opgave.percelen and not opgave.vervalt:
        tekst = "Noem wat erbij komt ('percelen' en 'producten') of wat vervalt ('vervalt')."
        beletselen.append(Beletsel("mutatie-leeg", tekst))
    vervallen = {code for codes in find_vervallen(opgave.vervalt, houder.aanbod).values() for code in codes}
    if gehouden and gehouden <= vervallen and not opgave.percelen:
        tekst = "Zo blijft er niets van de overeenkomst over. Zeg haar op in plaats van een mutatie in te dienen."
        beletselen.append(Beletsel("mutatie-alles", tekst))
    return beletselen


def list_gevraagd(opgave: Aanmeldingsopgave, definitie: Proceduredefinitie) -> frozenset[str]:
    """Every product that is asked for."""
    return frozenset(
        product.code
        for perceel in definitie.percelen
        if perceel.code in opgave.percelen
        for product in perceel.producten
        if not opgave.producten or product.code in opgave.producten
    )


def find_vervallen(vervalt: Collection[str], aanbod: Aanbod) -> dict[str, tuple[str, ...]]:
    """What is dropped, by perceel; naming a perceel drops all that is held in it."""
    weg = {
        perceel: tuple(code for code in codes if perceel in vervalt or code in vervalt)
        for perceel, codes in aanbod.items()
    }
    return {perceel: codes for perceel, codes in weg.items() if codes}


def add_vervallen(voorstellen: Iterable[Besluitvoorstel], vervallen: Aanbod) -> tuple[Besluitvoorstel, ...]:
    """The same proposals with what is dropped in each perceel; a perceel in which nothing is added gets its own.

    So there is one besluit per perceel, whatever happens in it.
    """
    rest = dict(vervallen)
    samen = [
        msgspec.structs.replace(voorstel, vervallen_producten=tuple(rest.pop(voorstel.perceel, ())))
        for voorstel in voorstellen
    ]
    return (*samen, *(_drop(perceel, codes) for perceel, codes in rest.items()))


def _drop(perceel: str, producten: tuple[str, ...]) -> Besluitvoorstel:
    return Besluitvoorstel(
        perceel=perceel,
        soort=Besluitsoort.AANBOD_VERMINDERD,
        producten=(),
        afgewezen_producten=(),
        redenen=(),
        voldaan=(),
        voorwaarden=(),
        vervallen_producten=producten,
    )


class Aanbodwijziging(msgspec.Struct, frozen=True, kw_only=True):
    """What comes into an agreement and what goes out of it, by perceel."""

    erbij: dict[str, tuple[str, ...]]
    eraf: dict[str, tuple[str, ...]]

    def apply(self, aanbod: Aanbod) -> dict[str, tuple[str, ...]]:
        """The offer after this change; a perceel with nothing left in it is gone."""
        percelen = dict.fromkeys((*aanbod, *self.erbij))
        nieuw = {
            perceel: tuple(
                code
                for code in dict.fromkeys((*aanbod.get(perceel, ()), *self.erbij.get(perceel, ())))
                if code not in self.eraf.get(perceel, ())
            )
            for perceel in percelen
        }
        return {perceel: codes for perceel, codes in nieuw.items() if codes}


def conclude_wijziging(voorstellen: Sequence[Besluitvoorstel], aanbod: Aanbod) -> Aanbodwijziging | None:
    """What these besluiten change in an agreement; None when nothing does.

    What is held already is not added again, so a full new aanmelding of who has an agreement gives the same.
    """
    erbij: dict[str, tuple[str, ...]] = {}
    eraf: dict[str, tuple[str, ...]] = {}
    for voorstel in voorstellen:
        gehouden = aanbod.get(voorstel.perceel, ())
        nieuw = tuple(code for code in voorstel.producten if code not in gehouden)
        weg = tuple(code for code in voorstel.vervallen_producten if code in gehouden)
        if nieuw and voorstel.soort in TOELATINGEN:
            erbij[voorstel.perceel] = nieuw
        if weg:
            eraf[voorstel.perceel] = weg
    return Aanbodwijziging(erbij=erbij, eraf=eraf) if erbij or eraf else None
