"""Read a criteria set back as Dutch sentences, so that its author sees what the engine will ask.

One reading per kind of toets, in a register; a kind without a reading is an error, found by a test.

Bron: ontwerp 9 (`inkoop criteria lees`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

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
    Gebied,
    Getaltoets,
    Groep,
    Herstelbaarheid,
    Locatietoets,
    Peilmoment,
    Per,
    Personeeltoets,
    Registertoets,
    Toepassing,
    Toepassingsbereik,
    Toets,
    Uitsluitingtoets,
    Verklaringtoets,
    Vraag,
)
from inkoop.domain.criteria.eenheden import list_bladen
from inkoop.domain.criteria.soorten import find_soort
from inkoop.domain.criteria.verwoording import (
    write_aantal,
    write_datum,
    write_moment,
    write_naam,
    write_opsomming,
    write_regio,
)

_GROEPEN: Mapping[Groep, str] = {
    Groep.FORMEEL: "formele eis",
    Groep.UITSLUITINGSGROND: "uitsluitingsgrond",
    Groep.GESCHIKTHEIDSEIS: "geschiktheidseis",
    Groep.MINIMUMEIS: "minimumeis",
    Groep.SELECTIECRITERIUM: "selectiecriterium",
    Groep.INFORMATIEF: "alleen ter informatie; telt nooit mee",
}
_PER: Mapping[Per, str] = {
    Per.AANMELDING: "één keer voor de hele aanmelding",
    Per.PERCEEL: "voor elk perceel apart",
    Per.PRODUCT: "voor elk product apart",
}
_WIE: Mapping[Toepassing, str] = {
    Toepassing.ELK_LID: "elk lid van een combinatie moet zelf voldoen",
    Toepassing.GEZAMENLIJK: "een combinatie mag samen voldoen",
    Toepassing.PENVOERDER: "alleen de penvoerder moet voldoen",
}
_HERSTEL: Mapping[Herstelbaarheid, str] = {
    Herstelbaarheid.NEE: "wat ontbreekt kan niet worden hersteld",
    Herstelbaarheid.ALLEEN_VERDUIDELIJKING: "alleen een verduidelijking mag nog komen",
    Herstelbaarheid.BEWIJS_BESTOND_AL: "bewijs mag nog komen als het op de peildatum al bestond",
    Herstelbaarheid.VRIJ: "bewijs mag nog komen, ook als het later is gemaakt",
}


def describe_criteriaset(editie: Criteriaset) -> str:
    """The whole set as text."""
    return "\n".join(read_criteriaset(editie))


def read_criteriaset(editie: Criteriaset) -> tuple[str, ...]:
    """The whole set as lines of Dutch text, criterium by criterium."""
    regels = [f"{editie.titel} ({editie.set}, editie {editie.editie})", f"Bron: {editie.bron}"]
    for regio in editie.regios:
        gebieden = write_opsomming(_read_gebied(gebied) for gebied in regio.gebieden)
        regels.append(f"Regio {write_regio(regio.naam)}: {gebieden}. Bron: {regio.bron}")
    for criterium in editie.criteria:
        regels += ["", *_read_criterium(criterium)]
    return tuple(regels)


def list_peilmomenten(toets: EenToets) -> tuple[Peilmoment, ...]:
    """The reference moments that a toets needs, each once, in the order of the enum."""
    nodig = {moment for blad in list_bladen(toets) for moment in find_soort(blad).list_peilmomenten(blad)}
    return tuple(moment for moment in Peilmoment if moment in nodig)


def describe_toets(toets: EenToets) -> tuple[str, ...]:
    """How a toets is done, in sentences, with every question that people answer; parts get a letter."""
    letters = iter("abcdefghijklmnopqrstuvwxyz")
    return tuple(
        f"({next(letters, '-')}) {regel.removeprefix('- ')}" if regel.startswith("- ") else regel.strip()
        for regel in _read_toets(toets)
    )


def _read_gebied(gebied: Gebied) -> str:
    naam = gebied.plaats or gebied.gemeente or ""
    naam += f" (gemeente {gebied.gemeente})" if gebied.plaats and gebied.gemeente else ""
    naam += f" vanaf {write_datum(gebied.van)}" if gebied.van else ""
    return naam + (f" tot en met {write_datum(gebied.tot)}" if gebied.tot else "")


def _read_criterium(criterium: Criterium) -> Iterator[str]:
    momenten = write_opsomming(write_naam(moment) for moment in criterium.momenten)
    yield f"{criterium.id}  {criterium.titel} ({_GROEPEN[criterium.groep]})"
    yield f"  Eis: {criterium.eis}"
    yield f"  Geldt voor: {_read_bereik(criterium.alleen)}; {_PER[criterium.per]}; {_WIE[criterium.toepassing]}."
    yield f"  Wordt getoetst bij: {momenten}."
    yield "  Toets:"
    yield from (f"    {regel}" for regel in _read_toets(criterium.toets))
    yield f"  Herstel: {_HERSTEL[criterium.herstelbaar]}."
    yield f"  Bewijs: {criterium.bewijs}"
    yield f"  Waarom: {criterium.motivering}"
    yield f"  Bron: {criterium.bron}"


def _read_bereik(alleen: Toepassingsbereik) -> str:
    delen = {
        "perceel": alleen.percelen,
        "product": alleen.producten,
        "het kenmerk": alleen.kenmerken,
        "de rechtsvorm": alleen.rechtsvormen,
    }
    gezegd = [f"{wat} {write_opsomming(waarden, slot='of')}" for wat, waarden in delen.items() if waarden]
    return f"alleen {write_opsomming(gezegd)}" if gezegd else "alles wat wordt aangeboden"


def _read_toets(toets: EenToets) -> Iterator[str]:
    yield from _LEZINGEN[type(toets)](toets)


def _read_delen(kop: str, toets: AlleVan | EenVan) -> Iterator[str]:
    yield kop
    for deel in toets.delen:
        eerste, *rest = _read_toets(deel)
        yield f"- {eerste}"
        yield from (f"  {regel}" for regel in rest)


def _read_vragen(vragen: Iterable[Vraag]) -> Iterator[str]:
    yield from (f"{vraag.id}: {vraag.tekst}" for vraag in vragen)


def _read_certificaat(toets: Certificaattoets) -> Iterator[str]:
    dagen = write_opsomming(write_moment(moment) for moment in toets.geldig_op)
    register = ", en actief in het register" if toets.registerstatus_vereist else ""
    yield f"Een certificaat {toets.norm}, geldig op {dagen}{register}."
    if toets.gelijkwaardig:
        yield f"Zonder beoordeling gelijkwaardig: {write_opsomming(toets.gelijkwaardig)}."
    for perceel, woorden in toets.scope_per_perceel.items():
        yield f"Voor perceel {perceel} staat op het certificaat: {write_opsomming(woorden, slot='of')}."
    yield "Over een ander certificaat oordelen twee beoordelaars:"
    yield from _read_vragen(toets.gelijkwaardigheidsvragen)


def _read_document(toets: Documenttoets) -> Iterator[str]:
    zin = f"Het stuk '{write_naam(toets.document)}', dat er was op {write_moment(toets.peilmoment)}"
    if toets.max_leeftijd_maanden is not None:
        zin += f" en dan niet ouder was dan {write_aantal(toets.max_leeftijd_maanden, 'maand', 'maanden')}"
    if toets.niet_ouder_dan is not None:
        zin += f", niet van voor {write_datum(toets.niet_ouder_dan)}"
    yield zin + (", op naam van de aanbieder." if toets.op_naam else ".")
    if toets.onderdelen:
        yield f"Met de onderdelen: {write_opsomming(write_naam(onderdeel) for onderdeel in toets.onderdelen)}."


def _read_verklaring(toets: Verklaringtoets) -> Iterator[str]:
    tekent = ", ondertekend door iemand die mag tekenen" if toets.bevoegd_ondertekend else ""
    moment = write_moment(toets.peilmoment)
    yield f"De verklaring '{write_naam(toets.verklaring)}' zonder voorbehoud, niet van na {moment}{tekent}."
    if toets.gegevens:
        yield f"Ingevuld is: {write_opsomming(write_naam(gegeven) for gegeven in toets.gegevens)}."
    if toets.ondertekening_herstelbaar is not None:
        yield f"Voor de handtekening geldt: {_HERSTEL[toets.ondertekening_herstelbaar]}."


def _read_ervaring(toets: Ervaringtoets) -> Iterator[str]:
    bereik = {
        Ervaringsbereik.ALLE_CATEGORIEEN: "voor alle producten van het perceel die worden aangeboden",
        Ervaringsbereik.PER_CATEGORIE: "per product, dat apart wordt beslist",
    }[toets.ervaring_bereik]
    yield (
        f"Ervaring met ten minste {write_aantal(toets.minimum_clienten, 'cliënt', 'cliënten')} {bereik}, "
        f"in de {toets.periode_maanden} maanden voor {write_moment(toets.peilmoment)}."
    )


def _read_locatie(toets: Locatietoets) -> Iterator[str]:
    functie, regio, moment = write_naam(toets.functie), write_regio(toets.regio), write_moment(toets.peilmoment)
    yield f"Een locatie voor {functie} in de regio {regio} op {moment}."


def _read_personeel(toets: Personeeltoets) -> Iterator[str]:
    soorten = write_opsomming((write_naam(kwalificatie) for kwalificatie in toets.kwalificaties), slot="of")
    register = f", ingeschreven in {write_naam(toets.register)}" if toets.register else ""
    mensen = write_aantal(toets.minimum, "medewerker", "medewerkers")
    yield f"Voor elk product ten minste {mensen} met {soorten}{register}, op {write_moment(toets.peilmoment)}."


def _read_getal(toets: Getaltoets) -> Iterator[str]:
    grenzen = {"ten minste": toets.minimum, "ten hoogste": toets.maximum}
    gezegd = write_opsomming(f"{woord} {grens}" for woord, grens in grenzen.items() if grens is not None)
    yield f"{write_naam(toets.grootheid).capitalize()}: {gezegd} op {write_moment(toets.peilmoment)}."


def _read_register(toets: Registertoets) -> Iterator[str]:
    slot = "en" if toets.alle else "of"
    registers = write_opsomming((write_naam(register) for register in toets.registers), slot=slot)
    yield f"Een actieve inschrijving in {registers} op {write_moment(toets.peilmoment)}."


def _read_uitsluiting(toets: Uitsluitingtoets) -> Iterator[str]:
    grond, moment = write_naam(toets.uitsluitingsgrond), write_moment(toets.peilmoment)
    yield f"De uitsluitingsgrond '{grond}' geldt niet op {moment}."
    if toets.zelfreiniging_mogelijk:
        yield "Geldt hij wel, dan oordelen twee beoordelaars of de genomen maatregelen genoeg zijn."


def _read_beoordeling(toets: Beoordelingtoets) -> Iterator[str]:
    yield (
        f"Twee beoordelaars beoordelen het stuk '{write_naam(toets.document)}', dat er was op "
        f"{write_moment(toets.peilmoment)}:"
    )
    yield from _read_vragen(toets.vragen)


_LEZINGEN: Mapping[type[Toets], Callable[[Any], Iterator[str]]] = {
    Certificaattoets: _read_certificaat,
    Documenttoets: _read_document,
    Verklaringtoets: _read_verklaring,
    Ervaringtoets: _read_ervaring,
    Locatietoets: _read_locatie,
    Personeeltoets: _read_personeel,
    Getaltoets: _read_getal,
    Registertoets: _read_register,
    Uitsluitingtoets: _read_uitsluiting,
    Beoordelingtoets: _read_beoordeling,
    AlleVan: lambda toets: _read_delen("Alle van deze delen:", toets),
    EenVan: lambda toets: _read_delen("Ten minste één van deze delen:", toets),
}
