"""Whether a criterium can be met: by its own moments, and by everybody to whom it applies in a procedure.

Bron: BP-01 (experience with 'waakvlam' asked where a perceel has no such category); E.5 (moments); M20-02
(dated regions).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from inkoop.domain.criteria.criterium import (
    Certificaattoets,
    Criteriaset,
    Criterium,
    Documenttoets,
    EenToets,
    EenVan,
    Herstelbaarheid,
    Locatietoets,
    Moment,
    Peilmoment,
    Per,
    Regiotabel,
    Toets,
)
from inkoop.domain.criteria.doorlichting.opmerking import Ernst, Opmerking, Pad, fout, let_op, walk_toetsen
from inkoop.domain.criteria.dossier import AangebodenPerceel, AangebodenProduct
from inkoop.domain.criteria.eenheden import list_aanbod
from inkoop.domain.criteria.soorten import COMBINATIES, find_soort
from inkoop.domain.criteria.verwoording import write_datum, write_moment, write_opsomming
from inkoop.domain.peildatums import bind_peildatums
from inkoop.domain.procedure import Proceduredefinitie

_NA_BESLUIT = frozenset({Peilmoment.INGANG, Peilmoment.LOOPTIJD})
_MAANDWOORDEN: Mapping[str, int] = {
    woord: getal
    for getal, woord in enumerate(
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"
        " achttien negentien twintig".split(),
        start=1,
    )
} | {"vierentwintig": 24, "dertig": 30, "zesendertig": 36, "achtenveertig": 48, "zestig": 60, "één": 1}
_DUUR = re.compile(r"\b(\d+|" + "|".join(_MAANDWOORDEN) + r")\s+(maand(?:en)?|jaar|jaren)\b", re.IGNORECASE)


def check_moment(criterium: Criterium) -> Iterator[Opmerking]:
    """A criterium that nothing may mend, while its day comes only after the decision."""
    if criterium.herstelbaar is not Herstelbaarheid.NEE or Moment.TOELATING not in criterium.momenten:
        return
    for pad, blad in walk_toetsen(criterium.toets):
        if type(blad) in COMBINATIES:
            continue
        momenten = find_soort(blad).list_peilmomenten(blad)
        if momenten and set(momenten) <= _NA_BESLUIT:
            genoemd = write_opsomming(write_moment(moment) for moment in momenten)
            zin = (
                f"Dit moet waar zijn op {genoemd}, na het besluit, en er mag niets hersteld worden (herstelbaar: nee)."
                " Wie het nu nog niet kan tonen, valt af. Kies een eerder peilmoment, of laat herstel toe."
            )
            yield let_op("peilmoment-na-besluit", ("toets", *pad), zin)


def check_duur(criterium: Criterium) -> Iterator[Opmerking]:
    """A demand that names a term in months or years which its toets does not have.

    Only where the toets has exactly one such number and the demand names terms, so that what is said is sure:
    the text says one thing and the toets another.
    """
    gevraagd = [
        (pad, veld.name, waarde)
        for pad, blad in walk_toetsen(criterium.toets)
        for veld in msgspec.structs.fields(blad)
        if veld.name.endswith("_maanden") and isinstance(waarde := getattr(blad, veld.name), int)
    ]
    genoemd = [_count_maanden(gevonden) for gevonden in _DUUR.finditer(criterium.eis)]
    if len(gevraagd) == 1 and genoemd and gevraagd[0][2] not in genoemd:
        pad, naam, waarde = gevraagd[0]
        zin = f"De eis noemt {write_opsomming(str(g) for g in genoemd)} maanden, de toets {waarde}. Maak ze gelijk."
        yield let_op("eis-anders-dan-toets", ("toets", *pad, naam), zin)


def _count_maanden(gevonden: re.Match[str]) -> int:
    getal, eenheid = gevonden[1].casefold(), gevonden[2].casefold()
    aantal = int(getal) if getal.isdecimal() else _MAANDWOORDEN[getal]
    return aantal * 12 if eenheid.startswith("ja") else aantal


def check_in_procedure(criterium: Criterium, editie: Criteriaset, procedure: Proceduredefinitie) -> Iterator[Opmerking]:
    """Whether a criterium can be met in each perceel to which it applies; paths start at the criterium."""
    aanbod = list_aanbod(criterium, make_aanbod(procedure))
    if not aanbod:
        zin = f"Dit criterium geldt voor geen enkel product van procedure {procedure.naam}: 'alleen' past nergens."
        yield fout("geldt-nergens", ("alleen",), zin)
        return
    for perceel, producten in aanbod.items():
        yield from _check_bladen(criterium, editie, procedure, perceel, producten)
    yield from _check_productwoorden(criterium, procedure, aanbod)


def make_aanbod(procedure: Proceduredefinitie) -> tuple[AangebodenPerceel, ...]:
    """The whole offer of a procedure, as if somebody applied for everything."""
    return tuple(
        AangebodenPerceel(
            code=perceel.code,
            producten=tuple(
                AangebodenProduct(code=product.code, kenmerken=frozenset(product.kenmerken))
                for product in perceel.producten
            ),
            kenmerken=frozenset(k for product in perceel.producten for k in product.kenmerken),
        )
        for perceel in procedure.percelen
    )


class Plek(msgspec.Struct, frozen=True, kw_only=True):
    """Where a leaf is judged: one perceel with the products it is about, on the days of one round."""

    criterium: Criterium
    perceel: str
    producten: Sequence[str]
    peildatums: Mapping[Peilmoment, date]
    regios: Mapping[str, Regiotabel]


def _check_bladen(
    criterium: Criterium, editie: Criteriaset, procedure: Proceduredefinitie, perceel: str, producten: Sequence[str]
) -> Iterator[Opmerking]:
    gemeld = set()
    eigen = [ronde for ronde in procedure.instroom.rondes if ronde.criteria_editie == editie.editie]
    for ronde in eigen or procedure.instroom.rondes:
        plek = Plek(
            criterium=criterium,
            perceel=perceel,
            producten=producten,
            peildatums=bind_peildatums(procedure, ronde, ronde.sluiting),
            regios={regio.naam: regio for regio in editie.regios},
        )
        for pad, tekst in find_onhaalbaar(criterium.toets, plek):
            ernst = Ernst.LET_OP if _has_uitweg(criterium.toets, pad) else Ernst.FOUT
            opmerking = Opmerking(code="onhaalbaar", ernst=ernst, pad=("toets", *pad), tekst=tekst)
            if opmerking not in gemeld:
                gemeld.add(opmerking)
                yield opmerking
    for pad, blad in walk_toetsen(criterium.toets):
        if isinstance(blad, Certificaattoets) and blad.scope_per_perceel and perceel not in blad.scope_per_perceel:
            zin = f"Voor perceel {perceel} staan hier geen woorden. Daar wordt de scope niet gevraagd."
            yield let_op("scope-ontbreekt", ("toets", *pad, "scope_per_perceel"), zin)


def _has_uitweg(toets: EenToets, pad: Pad) -> bool:
    """Whether the part at this path is one of several ways to satisfy a criterium."""
    deel: Any = toets
    for stap in pad:
        if isinstance(deel, EenVan):
            return True
        deel = deel[stap] if isinstance(stap, int) else getattr(deel, stap)
    return False


def find_onhaalbaar(toets: EenToets, plek: Plek) -> Iterator[tuple[Pad, str]]:
    """Every leaf that nobody can satisfy there, with the reason."""
    for pad, blad in walk_toetsen(toets):
        controle = _ONHAALBAAR.get(type(blad))
        if controle is not None and (tekst := controle(blad, plek)):
            yield pad, tekst
        for naam in ("producten", "product"):
            gevraagd = getattr(blad, naam, ())
            namen = (gevraagd,) if isinstance(gevraagd, str) else tuple(gevraagd or ())
            if vreemd := [code for code in namen if code not in plek.producten]:
                zin = (
                    f"Dit vraagt {write_opsomming(vreemd)}, maar dat hoort niet bij perceel {plek.perceel}, waar dit"
                    " criterium ook geldt. Daar kan niemand eraan voldoen. Beperk 'alleen' (BP-01)."
                )
                yield (*pad, naam), zin


def _check_document(toets: Documenttoets, plek: Plek) -> str | None:
    """A document that must be younger than the day on which it must exist."""
    peil = plek.peildatums[toets.peilmoment]
    if toets.niet_ouder_dan is None or toets.niet_ouder_dan <= peil:
        return None
    if plek.criterium.herstelbaar is Herstelbaarheid.VRIJ:
        return None
    return (
        f"Dit stuk moet er zijn op {write_datum(peil)} en mag niet van voor {write_datum(toets.niet_ouder_dan)} zijn."
        " Dat kan niet allebei."
    )


def _check_locatie(toets: Locatietoets, plek: Plek) -> str | None:
    """A region to which no place belongs on the day."""
    regio, peil = plek.regios.get(toets.regio), plek.peildatums[toets.peilmoment]
    gebieden = regio.gebieden if regio is not None else ()
    geldend = [g for g in gebieden if (g.van is None or g.van <= peil) and (g.tot is None or peil <= g.tot)]
    if regio is None or geldend:
        return None
    return f"Op {write_datum(peil)} hoort geen enkel gebied bij de regio '{toets.regio}'. Kijk naar 'van' en 'tot'."


_ONHAALBAAR: Mapping[type[Toets], Callable[[Any, Plek], str | None]] = {
    Documenttoets: _check_document,
    Locatietoets: _check_locatie,
}


def _check_productwoorden(
    criterium: Criterium, procedure: Proceduredefinitie, aanbod: Mapping[str, Sequence[str]]
) -> Iterator[Opmerking]:
    """A demand that names a category which some of its percelen do not have (BP-01)."""
    if criterium.per is Per.AANMELDING:
        return
    woorden = {perceel.code: _list_productwoorden(procedure, perceel.code) for perceel in procedure.percelen}
    eis = set(re.findall(r"\w+", criterium.eis.casefold()))
    for woord in sorted(eis & set().union(*woorden.values())):
        zonder = [code for code in aanbod if woord not in woorden[code]]
        if zonder:
            zin = (
                f"De eis noemt '{woord}', maar in perceel {write_opsomming(zonder)} bestaat geen product met dat woord."
                " Wie zich daarvoor aanmeldt, kan dit deel niet tonen. Beperk 'alleen', of vraag het voor"
                " de producten die worden aangeboden (BP-01)."
            )
            yield let_op("product-bestaat-niet", ("eis",), zin)


def _list_productwoorden(procedure: Proceduredefinitie, code: str) -> set[str]:
    """The words that tell the products of a perceel apart: in their names, and not in that of the perceel."""
    perceel = procedure.find_perceel(code)
    gewoon = set(re.findall(r"\w+", f"{perceel.naam} {perceel.prestatie}".casefold()))
    namen = " ".join(product.naam for product in perceel.producten).casefold()
    return {woord for woord in re.findall(r"\w{4,}", namen) if woord not in gewoon}
