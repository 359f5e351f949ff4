"""What a criteria set may not say, although its form is right: contradictions, empty demands, unknown regions.

One control per kind of toets; each yields the place in the file and a Dutch sentence.

Bron: ontwerp 4; BP-01, BP-06; project default where no source is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from inkoop.definitions.modelpad import Loc
from inkoop.definitions.suggestie import suggest
from inkoop.domain.criteria.criterium import (
    AlleVan,
    Beoordelingtoets,
    Certificaattoets,
    Criteriaset,
    Criterium,
    Documenttoets,
    EenToets,
    EenVan,
    Ervaringsbereik,
    Ervaringtoets,
    Getaltoets,
    Locatietoets,
    Per,
    Personeeltoets,
    Regiotabel,
    Registertoets,
    Toets,
    Verklaringtoets,
)

Melding: TypeAlias = tuple[Loc, str]


class Omgeving(NamedTuple):
    """Where a toets stands."""

    criterium: Criterium
    editie: Criteriaset


Controle: TypeAlias = Callable[[Any, Omgeving], Iterator[Melding]]


def check_criteriaset(editie: Criteriaset) -> Iterator[Melding]:
    """Every contradiction of a set, each with the path in its file."""
    ids = ((("criteria", i, "id"), criterium.id) for i, criterium in enumerate(editie.criteria))
    yield from _check_dubbel(ids, "id")
    if not editie.criteria:
        yield ("criteria",), "Deze set heeft geen enkel criterium."
    yield from _check_regios(editie.regios)
    for i, criterium in enumerate(editie.criteria):
        for loc, tekst in _check_criterium(criterium, editie):
            yield ("criteria", i, *loc), tekst


def _check_criterium(criterium: Criterium, editie: Criteriaset) -> Iterator[Melding]:
    if not criterium.momenten:
        yield ("momenten",), "Noem ten minste één moment waarop dit criterium wordt getoetst."
    yield from _check_dubbel(_list_locs("momenten", criterium.momenten), "moment")
    for onderdeel in ("percelen", "producten", "kenmerken", "rechtsvormen"):
        waarden = _list_locs(onderdeel, getattr(criterium.alleen, onderdeel))
        yield from _check_dubbel(((("alleen", *loc), waarde) for loc, waarde in waarden), "waarde")
    for loc, toets in walk_toetsen(criterium.toets):
        for eigen, tekst in _CONTROLES.get(type(toets), _check_niets)(toets, Omgeving(criterium, editie)):
            yield ("toets", *loc, *eigen), tekst
    yield from _check_beoordelingen(criterium)


def walk_toetsen(toets: EenToets, loc: Loc = ()) -> Iterator[tuple[Loc, EenToets]]:
    """Every toets of a criterium, combinators included, with its path from the criterium's toets."""
    yield loc, toets
    if isinstance(toets, AlleVan | EenVan):
        for i, deel in enumerate(toets.delen):
            yield from walk_toetsen(deel, (*loc, "delen", i))


def _list_locs(naam: str, waarden: Iterable[Hashable]) -> Iterator[tuple[Loc, Hashable]]:
    for i, waarde in enumerate(waarden):
        yield (naam, i), waarde


def _check_dubbel(paren: Iterable[tuple[Loc, Hashable]], wat: str) -> Iterator[Melding]:
    """Everything that stands there more than once, at its second and later places."""
    gezien: Counter[Hashable] = Counter()
    for loc, waarde in paren:
        gezien[waarde] += 1
        if gezien[waarde] > 1:
            yield loc, f"Dit staat er dubbel: {wat} '{waarde}'. Haal er één weg of kies een andere naam."


def _check_regios(regios: tuple[Regiotabel, ...]) -> Iterator[Melding]:
    yield from _check_dubbel(((("regios", i, "naam"), regio.naam) for i, regio in enumerate(regios)), "regio")
    for i, regio in enumerate(regios):
        if not regio.gebieden:
            yield ("regios", i, "gebieden"), "Deze regio heeft geen gebieden. Noem de gemeenten en plaatsen."
        for j, gebied in enumerate(regio.gebieden):
            if gebied.gemeente is None and gebied.plaats is None:
                yield ("regios", i, "gebieden", j), "Noem van dit gebied de gemeente of de plaats."
            if gebied.van and gebied.tot and gebied.tot < gebied.van:
                yield ("regios", i, "gebieden", j, "tot"), f"'tot' ligt voor 'van' ({gebied.van.isoformat()})."


def _check_beoordelingen(criterium: Criterium) -> Iterator[Melding]:
    """One document is judged once in a criterium: a judgement is bound to criterium and evidence, not to a part."""
    paren = [
        (("toets", *loc, "document"), toets.document)
        for loc, toets in walk_toetsen(criterium.toets)
        if isinstance(toets, Beoordelingtoets)
    ]
    for loc, _ in _check_dubbel(paren, "document"):
        yield loc, "Dit document wordt in dit criterium twee keer beoordeeld. Zet alle vragen bij één beoordeling."


def _check_niets(_toets: Toets, _: Omgeving) -> Iterator[Melding]:
    yield from ()


def _check_combinatie(toets: AlleVan | EenVan, _: Omgeving) -> Iterator[Melding]:
    if len(toets.delen) < 2:
        yield ("delen",), "Een combinatie heeft ten minste twee delen. Met één deel schrijft u dat deel zelf als toets."


def _check_certificaat(toets: Certificaattoets, omgeving: Omgeving) -> Iterator[Melding]:
    if not toets.geldig_op:
        yield ("geldig_op",), "Noem ten minste één moment waarop het certificaat geldig moet zijn."
    yield from _check_dubbel(_list_locs("geldig_op", toets.geldig_op), "moment")
    yield from _check_dubbel(_list_locs("gelijkwaardig", toets.gelijkwaardig), "norm")
    if not toets.gelijkwaardigheidsvragen:
        yield ("gelijkwaardigheidsvragen",), "Noem de vragen waarmee een ander certificaat wordt beoordeeld."
    yield from _check_vragen("gelijkwaardigheidsvragen", toets)
    for perceel, woorden in toets.scope_per_perceel.items():
        if not woorden:
            yield ("scope_per_perceel", perceel), f"Noem ten minste één woord voor perceel {perceel}."
        if omgeving.criterium.alleen.percelen and perceel not in omgeving.criterium.alleen.percelen:
            tekst = f"Perceel '{perceel}' staat niet bij 'alleen', dus deze scope geldt nooit."
            yield ("scope_per_perceel", perceel), tekst


def _check_vragen(naam: str, toets: Any) -> Iterator[Melding]:
    vragen = (((naam, i, "id"), vraag.id) for i, vraag in enumerate(getattr(toets, naam)))
    yield from _check_dubbel(vragen, "vraag")


def _check_document(toets: Documenttoets, _: Omgeving) -> Iterator[Melding]:
    yield from _check_minstens_een("max_leeftijd_maanden", toets.max_leeftijd_maanden)
    yield from _check_dubbel(_list_locs("onderdelen", toets.onderdelen), "onderdeel")


def _check_minstens_een(naam: str, getal: int | None) -> Iterator[Melding]:
    if getal is not None and getal < 1:
        yield (naam,), f"'{naam}' is {getal}; dat moet ten minste 1 zijn."


def _check_verklaring(toets: Verklaringtoets, _: Omgeving) -> Iterator[Melding]:
    if toets.ondertekening_herstelbaar is not None and not toets.bevoegd_ondertekend:
        tekst = "De handtekening wordt niet gevraagd (bevoegd_ondertekend: nee), dus er is niets aan te herstellen."
        yield ("ondertekening_herstelbaar",), tekst
    yield from _check_dubbel(_list_locs("gegevens", toets.gegevens), "gegeven")


def _check_ervaring(toets: Ervaringtoets, omgeving: Omgeving) -> Iterator[Melding]:
    yield from _check_minstens_een("minimum_clienten", toets.minimum_clienten)
    yield from _check_minstens_een("periode_maanden", toets.periode_maanden)
    per_product = toets.ervaring_bereik is Ervaringsbereik.PER_CATEGORIE
    if per_product != (omgeving.criterium.per is Per.PRODUCT):
        nodig = "product" if per_product else "perceel"
        tekst = f"Bij '{toets.ervaring_bereik}' hoort 'per: {nodig}', niet 'per: {omgeving.criterium.per}'."
        yield ("ervaring_bereik",), tekst


def _check_locatie(toets: Locatietoets, omgeving: Omgeving) -> Iterator[Melding]:
    bekend = [regio.naam for regio in omgeving.editie.regios]
    if toets.regio not in bekend:
        yield ("regio",), f"De regio '{toets.regio}' staat niet onder 'regios'.{suggest(toets.regio, bekend)}"


def _check_personeel(toets: Personeeltoets, _: Omgeving) -> Iterator[Melding]:
    yield from _check_minstens_een("minimum", toets.minimum)
    if not toets.kwalificaties:
        yield ("kwalificaties",), "Noem ten minste één kwalificatie."
    yield from _check_dubbel(_list_locs("kwalificaties", toets.kwalificaties), "kwalificatie")


def _check_getal(toets: Getaltoets, _: Omgeving) -> Iterator[Melding]:
    if toets.minimum is None and toets.maximum is None:
        yield (), "Noem een minimum of een maximum; nu vraagt dit criterium niets."
    elif toets.minimum is not None and toets.maximum is not None and toets.maximum < toets.minimum:
        yield ("maximum",), f"Het maximum ({toets.maximum}) is kleiner dan het minimum ({toets.minimum})."


def _check_register(toets: Registertoets, _: Omgeving) -> Iterator[Melding]:
    if not toets.registers:
        yield ("registers",), "Noem ten minste één register."
    yield from _check_dubbel(_list_locs("registers", toets.registers), "register")


def _check_beoordeling(toets: Beoordelingtoets, _: Omgeving) -> Iterator[Melding]:
    if not toets.vragen:
        yield ("vragen",), "Noem ten minste één vraag voor de beoordelaars."
    yield from _check_vragen("vragen", toets)


_CONTROLES: Mapping[type[Toets], Controle] = {
    AlleVan: _check_combinatie,
    EenVan: _check_combinatie,
    Certificaattoets: _check_certificaat,
    Documenttoets: _check_document,
    Verklaringtoets: _check_verklaring,
    Ervaringtoets: _check_ervaring,
    Locatietoets: _check_locatie,
    Personeeltoets: _check_personeel,
    Getaltoets: _check_getal,
    Registertoets: _check_register,
    Beoordelingtoets: _check_beoordeling,
}
