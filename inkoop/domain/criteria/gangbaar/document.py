"""Document, as it mostly is: handed in once, or not at all.

Bron: as the kind itself (`soorten.document`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from inkoop.domain.criteria.conclusie import Bladconclusie, Conclusie, Lezing
from inkoop.domain.criteria.criterium import Documenttoets
from inkoop.domain.criteria.dossier import Documentfeit
from inkoop.domain.criteria.feiten import fold_woord, make_sleutel
from inkoop.domain.criteria.gangbaar.kader import Kader, Kiezer, cite_feit, compiles, make_lezer, to_conclusie
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.document import (
    find_oudste,
    write_aanwezig,
    write_gevraagd,
    write_te_laat,
    write_te_oud,
)
from inkoop.domain.criteria.soorten.documentonderdelen import ask_document, list_days
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.maanden import last_day_within


class Documentconclusies(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The ways in which a document comes out by its date alone, and the days between which it is in order."""

    sleutel: str
    oudste: date
    peil: date
    ontbreekt: Conclusie
    laat: Conclusie
    oud: Conclusie
    goed: Conclusie


@compiles(Documenttoets)
def compile_document(toets: Documenttoets, kader: Kader) -> Kiezer | None:
    """One document: missing, in order, or (where it has no parts) too late or too old."""
    if toets.onderdelen_door or toets.versies:
        return None
    uit = compile_datums(toets, kader)
    if uit is None:
        return None
    sleutel, oudste, peil, op_naam = uit.sleutel, uit.oudste, uit.peil, toets.op_naam
    ontbreekt, laat, oud, goed = uit.ontbreekt, uit.laat, uit.oud, uit.goed
    onderdelen = frozenset([fold_woord(naam) for naam in toets.onderdelen])

    def conclude(p: Partijdossier) -> Conclusie | None:
        f = p.enig.get(sleutel)
        if f is None:
            return None if sleutel in p.meer else ontbreekt
        if op_naam and f.op_naam_van not in p.namen:
            return None
        datum = f.datum
        if onderdelen:
            namen, laatste = p.onderdelen.get(f.id, (onderdelen, date.max))
            return goed if oudste <= datum <= peil and laatste <= peil and onderdelen <= namen else None
        if datum > peil:
            return laat
        return oud if datum < oudste else goed

    return conclude


def is_plat(toets: Documenttoets) -> bool:
    """Whether a document comes out by its date alone."""
    return not (toets.onderdelen or toets.onderdelen_door or toets.versies or toets.op_naam)


def make_tafel(rijen: Sequence[Documentconclusies]) -> Callable[[Partijdossier], list[Conclusie]]:
    """Pick the conclusions of documents behind each other at once, for a party that stated nothing twice."""
    tafel = [(r.sleutel, r.oudste.toordinal(), r.peil.toordinal(), r.ontbreekt, r.laat, r.oud, r.goed) for r in rijen]

    def conclude(p: Partijdossier) -> list[Conclusie]:
        find = p.dagnummers.get
        return [
            ontbreekt if (dag := find(sleutel)) is None else laat if dag > peil else oud if dag < oudste else goed
            for sleutel, oudste, peil, ontbreekt, laat, oud, goed in tafel
        ]

    return conclude


def compile_datums(toets: Documenttoets, kader: Kader) -> Documentconclusies | None:
    """What a document comes to by its date; None where nothing handed in says more than that it misses."""
    zicht, dagen = kader.zicht, list_days(toets, kader.zicht)
    peil, sleutel = kader.peildatums[toets.peilmoment], make_sleutel(Documentfeit, toets.document)
    leeftijd, laatste_dag = toets.max_leeftijd_maanden, max(dagen.values())
    oudste = find_oudste(toets, zicht)
    alles_erin = bool(toets.onderdelen)

    def lees_goed(p: Partijdossier) -> Lezing:
        f = p.enig[sleutel]
        einde = None if leeftijd is None else max(laatste_dag, last_day_within(f.datum, leeftijd))
        return cite_feit(f.bewijs), einde

    def write_goed(p: Partijdossier) -> str:
        return write_aanwezig(toets, p.wie, [p.enig[sleutel].datum], alles_erin=alles_erin)

    def write_laat(p: Partijdossier) -> str:
        return write_te_laat(toets.document, p.wie, p.enig[sleutel].datum, toets.peilmoment, peil)

    def write_oud(p: Partijdossier) -> str:
        return write_te_oud(toets, p.wie, p.enig[sleutel].datum, kader.peildatums)

    lees = make_lezer(sleutel)
    ontbreekt = kader.conclude_ontbreekt(toets)
    vraag = ask_document(toets, zicht, Grond.TE_OUD, "", gevraagd=write_gevraagd(toets, toets.onderdelen))
    oud = to_conclusie(vraag, lees, write_oud)
    if ontbreekt is None or oud is None:
        return None
    return Documentconclusies(
        sleutel=sleutel,
        oudste=oudste,
        peil=peil,
        ontbreekt=ontbreekt,
        laat=Bladconclusie(Uitkomst.VOLDOET_NIET, Grond.GEDATEERD_NA_PEILDATUM, dagen, lees, write_laat),
        oud=oud,
        goed=Bladconclusie(Uitkomst.VOLDOET, Grond.VOLDOET, dagen, lees_goed, write_goed),
    )
