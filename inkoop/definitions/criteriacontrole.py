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
    Aanbodmaat,
    AlleVan,
    Beoordelingtoets,
    Certificaattoets,
    Criteriaset,
    Criterium,
    Documenttoets,
    EenVan,
    Ervaringsbereik,
    Ervaringtoets,
    Getaltoets,
    Locatietoets,
    Partijentoets,
    Per,
    Personeeltoets,
    Regiotabel,
    Registercontrole,
    Registertoets,
    Toepassing,
    Toets,
    Verklaringtoets,
)
from inkoop.domain.criteria.doorlichting.opmerking import walk_toetsen
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.criteria.eenheden import AANMELDERS
from inkoop.domain.criteria.soorten.certificaatdekking import LATERE_MOMENTEN
from inkoop.domain.criteria.zicht import is_same_woord

_MEESTE_MAANDEN = 1200
_MEESTE_DAGEN = 3660

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
    if criterium.beroep_op_derden and criterium.toepassing is Toepassing.ELKE_UITVOERDER:
        tekst = "Elke uitvoerder voldoet hier zelf, dus niemand doet een beroep op een ander. Haal deze sleutel weg."
        yield ("beroep_op_derden",), tekst
    for onderdeel in ("percelen", "producten", "kenmerken", "rechtsvormen", "groottes", "rollen"):
        waarden = _list_locs(onderdeel, getattr(criterium.alleen, onderdeel))
        yield from _check_dubbel(((("alleen", *loc), waarde) for loc, waarde in waarden), "waarde")
    yield from _check_rollen(criterium)
    for loc, toets in walk_toetsen(criterium.toets):
        for eigen, tekst in _CONTROLES.get(type(toets), _check_niets)(toets, Omgeving(criterium, editie)):
            yield ("toets", *loc, *eigen), tekst
    yield from _check_beoordelingen(criterium)


_ZELF: Mapping[Toepassing, tuple[Lidrol, ...]] = {
    Toepassing.ELK_LID: AANMELDERS,
    Toepassing.PENVOERDER: (Lidrol.ENKEL, Lidrol.PENVOERDER),
    Toepassing.ELKE_UITVOERDER: (*AANMELDERS, Lidrol.ONDERAANNEMER),
}
"""The roles of those who must satisfy a criterium themselves; all roles where all satisfy it together."""


def _check_rollen(criterium: Criterium) -> Iterator[Melding]:
    """A role that nobody who must satisfy this can have."""
    zelf = _ZELF.get(criterium.toepassing, tuple(Lidrol))
    if criterium.toepassing is Toepassing.GEZAMENLIJK and criterium.beroep_op_derden is False:
        zelf = AANMELDERS
    for i, rol in enumerate(criterium.alleen.rollen):
        if rol not in zelf:
            tekst = (
                f"Bij 'toepassing: {criterium.toepassing}' hoeft een {rol} niet te voldoen, dus deze rol doet niets."
            )
            yield ("alleen", "rollen", i), tekst


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
    yield from _check_dubbel(_list_locs("instellingen", toets.instellingen), "instelling")
    if toets.registercontrole is not None and not toets.registerstatus_vereist:
        yield ("registercontrole",), "Het register wordt niet gevraagd. Schrijf 'registerstatus_vereist: ja'."
    yield from _check_registercontrole(toets.registercontrole)
    if toets.aaneengesloten and len(toets.geldig_op) < 2:
        tekst = "Tussen één moment ligt geen andere dag. Noem bij 'geldig_op' ten minste twee momenten."
        yield ("aaneengesloten",), tekst
    for perceel, woorden in toets.scope_per_perceel.items():
        if not woorden:
            yield ("scope_per_perceel", perceel), f"Noem ten minste één woord voor perceel {perceel}."
        if omgeving.criterium.alleen.percelen and perceel not in omgeving.criterium.alleen.percelen:
            tekst = f"Perceel '{perceel}' staat niet bij 'alleen', dus deze scope geldt nooit."
            yield ("scope_per_perceel", perceel), tekst


def _check_registercontrole(controle: Registercontrole | None) -> Iterator[Melding]:
    if controle is None:
        return
    loc: Loc = ("registercontrole",)
    if (controle.peilmoment is None) != (controle.maximaal_dagen is None):
        yield loc, "'peilmoment' en 'maximaal_dagen' horen bij elkaar. Noem ze allebei, of geen van beide."
    elif controle.peilmoment is None and controle.vanaf is None:
        yield loc, "Noem 'peilmoment' met 'maximaal_dagen', of 'vanaf'; nu vraagt deze controle niets."
    if controle.peilmoment in LATERE_MOMENTEN:
        tekst = f"Voor het besluit kan niemand vanaf '{controle.peilmoment}' terugtellen. Kies een eerder moment."
        yield (*loc, "peilmoment"), tekst
    if controle.maximaal_dagen is not None and not 0 <= controle.maximaal_dagen <= _MEESTE_DAGEN:
        tekst = f"'maximaal_dagen' is {controle.maximaal_dagen}; dat moet van 0 tot en met {_MEESTE_DAGEN} zijn."
        yield (*loc, "maximaal_dagen"), tekst


def _check_vragen(naam: str, toets: Any) -> Iterator[Melding]:
    vragen = (((naam, i, "id"), vraag.id) for i, vraag in enumerate(getattr(toets, naam)))
    yield from _check_dubbel(vragen, "vraag")


def _check_document(toets: Documenttoets, omgeving: Omgeving) -> Iterator[Melding]:
    yield from _check_maanden("max_leeftijd_maanden", toets.max_leeftijd_maanden)
    if toets.leeftijd_op is not None and toets.max_leeftijd_maanden is None:
        yield (
            ("leeftijd_op",),
            "Er wordt geen leeftijd gevraagd. Noem 'max_leeftijd_maanden' of haal dit weg.",
        )
    yield from _check_dubbel(_list_locs("versies", toets.versies), "versie")
    yield from _check_dubbel(_list_locs("onderdelen", toets.onderdelen), "onderdeel")
    yield from _check_dubbel(_list_locs("onderdelen_door", toets.onderdelen_door), "waarde")
    if toets.onderdelen_door and not toets.onderdelen:
        yield (
            ("onderdelen_door",),
            "Er worden geen onderdelen gevraagd. Noem 'onderdelen' of haal dit weg.",
        )
    if toets.onderdelen_door and omgeving.criterium.toepassing is not Toepassing.GEZAMENLIJK:
        tekst = "Wie een onderdeel uitvoert, geldt voor de hele aanmelding: hier hoort 'toepassing: gezamenlijk' bij."
        yield ("onderdelen_door",), tekst


def _check_minstens_een(naam: str, getal: int | None) -> Iterator[Melding]:
    if getal is not None and getal < 1:
        yield (naam,), f"'{naam}' is {getal}; dat moet ten minste 1 zijn."


def _check_maanden(naam: str, getal: int | None) -> Iterator[Melding]:
    yield from _check_minstens_een(naam, getal)
    if getal is not None and getal > _MEESTE_MAANDEN:
        yield (naam,), f"'{naam}' is {getal}; dat mag hoogstens {_MEESTE_MAANDEN} zijn (honderd jaar)."


def _check_verklaring(toets: Verklaringtoets, _: Omgeving) -> Iterator[Melding]:
    tekent = toets.bevoegd_ondertekend or toets.ondertekend_door
    if toets.ondertekening_herstelbaar is not None and not tekent:
        tekst = "De handtekening wordt niet gevraagd (bevoegd_ondertekend: nee), dus er is niets aan te herstellen."
        yield ("ondertekening_herstelbaar",), tekst
    yield from _check_dubbel(_list_locs("gegevens", toets.gegevens), "gegeven")
    yield from _check_dubbel(_list_locs("ondertekend_door", toets.ondertekend_door), "partij")
    for vraag, antwoorden in toets.antwoorden.items():
        if not antwoorden:
            yield ("antwoorden", vraag), f"Noem ten minste één antwoord op '{vraag}' waarmee wordt voldaan."


def _check_ervaring(toets: Ervaringtoets, omgeving: Omgeving) -> Iterator[Melding]:
    yield from _check_minstens_een("minimum_clienten", toets.minimum_clienten)
    yield from _check_maanden("periode_maanden", toets.periode_maanden)
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
    if toets.minimum is None and toets.minimum_aandeel is None:
        yield (), "Noem 'minimum' of 'minimum_aandeel'; nu vraagt dit criterium niets."
    if (aandeel := toets.minimum_aandeel) is not None and not 1 <= aandeel.deel <= aandeel.van:
        tekst = f"'{aandeel.deel} van {aandeel.van}' is geen aandeel: 'deel' is ten minste 1 en niet meer dan 'van'."
        yield ("minimum_aandeel",), tekst
    yield from _check_dubbel(_list_locs("registers", toets.registers), "register")
    if not toets.kwalificaties:
        yield ("kwalificaties",), "Noem ten minste één kwalificatie."
    yield from _check_dubbel(_list_locs("kwalificaties", toets.kwalificaties), "kwalificatie")


def _check_getal(toets: Getaltoets, omgeving: Omgeving) -> Iterator[Melding]:
    if toets.minimum is None and toets.maximum is None:
        yield (), "Noem een minimum of een maximum; nu vraagt dit criterium niets."
    elif toets.minimum is not None and toets.maximum is not None and toets.maximum < toets.minimum:
        yield ("maximum",), f"Het maximum ({toets.maximum}) is kleiner dan het minimum ({toets.minimum})."
    if toets.als is not None and (toets.als.boven is None) == (toets.als.vanaf is None):
        yield ("als",), "Noem óf 'boven' (meer dan dit) óf 'vanaf' (dit of meer)."
    if toets.als is not None and is_same_woord(toets.als.grootheid, toets.grootheid):
        yield (
            ("als", "grootheid"),
            f"'{toets.als.grootheid}' is ook de grootheid van de eis. Kies een andere.",
        )
    if toets.maal is Aanbodmaat.PER_PERCEEL and omgeving.criterium.per is not Per.AANMELDING:
        tekst = "Per perceel of product is er één perceel, dus 'maal' doet niets. Schrijf 'per: aanmelding'."
        yield ("maal",), tekst
    if toets.maal is Aanbodmaat.PER_PRODUCT and omgeving.criterium.per is Per.PRODUCT:
        tekst = "Per product is er één product, dus 'maal' doet niets. Schrijf 'per: perceel' of 'per: aanmelding'."
        yield ("maal",), tekst


def _check_partijen(toets: Partijentoets, omgeving: Omgeving) -> Iterator[Melding]:
    if not toets.rollen:
        yield ("rollen",), "Noem ten minste één rol die telt."
    yield from _check_dubbel(_list_locs("rollen", toets.rollen), "rol")
    yield from _check_dubbel(_list_locs("groottes", toets.groottes), "grootte")
    yield from _check_minstens_een("minimum", toets.minimum)
    if toets.minimum is None and toets.maximum is None:
        yield (), "Noem een minimum of een maximum; nu vraagt dit criterium niets."
    elif toets.maximum is not None and toets.maximum < (toets.minimum or 0):
        yield ("maximum",), f"Het maximum ({toets.maximum}) is kleiner dan het minimum ({toets.minimum or 0})."
    if omgeving.criterium.toepassing is not Toepassing.GEZAMENLIJK:
        yield (), "Hier worden alle partijen van de aanmelding geteld: daar hoort 'toepassing: gezamenlijk' bij."
    elif omgeving.criterium.beroep_op_derden is False and {Lidrol.ONDERAANNEMER, Lidrol.DERDE} & {*toets.rollen}:
        tekst = "Met 'beroep_op_derden: nee' tellen onderaannemers en derden niet mee. Haal die rol of die sleutel weg."
        yield ("rollen",), tekst


def _check_register(toets: Registertoets, _: Omgeving) -> Iterator[Melding]:
    if not toets.registers:
        yield ("registers",), "Noem ten minste één register."
    yield from _check_dubbel(_list_locs("registers", toets.registers), "register")
    yield from _check_registercontrole(toets.registercontrole)


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
    Partijentoets: _check_partijen,
    Registertoets: _check_register,
    Beoordelingtoets: _check_beoordeling,
}
