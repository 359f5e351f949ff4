"""Read a criteria set back as Dutch sentences, so that its author sees what the engine will ask.

One reading per kind of toets, in a register; a kind without a reading is an error, found by a test.

Bron: ontwerp 9 (`inkoop criteria lees`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from inkoop.domain.criteria.criterium import (
    Aanbodmaat,
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
    Naambeleid,
    Partijentoets,
    Peilmoment,
    Per,
    Personeeltoets,
    Registercontrole,
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
from inkoop.domain.criteria.soorten.documentonderdelen import write_uitvoering
from inkoop.domain.criteria.soorten.partijen import describe_partijen
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
    Toepassing.ELKE_UITVOERDER: "elk lid en elke onderaannemer moet zelf voldoen",
}
_HERSTEL: Mapping[Herstelbaarheid, str] = {
    Herstelbaarheid.NEE: "wat ontbreekt kan niet worden hersteld",
    Herstelbaarheid.ALLEEN_VERDUIDELIJKING: "alleen een verduidelijking mag nog komen",
    Herstelbaarheid.BEWIJS_BESTOND_AL: "bewijs mag nog komen als het op de peildatum al bestond",
    Herstelbaarheid.VRIJ: "bewijs mag nog komen, ook als het later is gemaakt",
}
_BEREIK: Mapping[Ervaringsbereik, str] = {
    Ervaringsbereik.ALLE_CATEGORIEEN: "voor alle producten van het perceel die worden aangeboden",
    Ervaringsbereik.PER_CATEGORIE: "per product, dat apart wordt beslist",
    Ervaringsbereik.TOTAAL: "voor alle aangeboden producten samen",
}
_NAMEN: Mapping[Naambeleid, str] = {
    Naambeleid.BEOORDELEN: "twee beoordelaars oordelen",
    Naambeleid.TELT_NIET: "telt niet",
}
_KEUZES: Mapping[type[StrEnum], Mapping[Any, str]] = {
    Groep: _GROEPEN,
    Per: _PER,
    Toepassing: _WIE,
    Herstelbaarheid: _HERSTEL,
    Ervaringsbereik: _BEREIK,
    Naambeleid: _NAMEN,
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


def write_keuze(keuze: StrEnum) -> str:
    """A choice of a criteria file in words; one that reads as it stands is printed without underscores."""
    if isinstance(keuze, Peilmoment):
        return write_moment(keuze)
    return _KEUZES.get(type(keuze), {}).get(keuze) or keuze.value.replace("_", " ")


def describe_beroep(criterium: Criterium) -> tuple[str, ...]:
    """Whether evidence of declared onderaannemers and third parties counts; nothing where `toepassing` says it."""
    if criterium.beroep_op_derden is None:
        return ()
    telt = "telt mee" if criterium.beroep_op_derden else "telt niet mee"
    return (f"Bewijs van opgegeven onderaannemers en derden {telt}.",)


def _read_gebied(gebied: Gebied) -> str:
    naam = gebied.plaats or gebied.gemeente or ""
    naam += f" (gemeente {gebied.gemeente})" if gebied.plaats and gebied.gemeente else ""
    naam += f" vanaf {write_datum(gebied.van)}" if gebied.van else ""
    return naam + (f" tot en met {write_datum(gebied.tot)}" if gebied.tot else "")


def _read_criterium(criterium: Criterium) -> Iterator[str]:
    momenten = write_opsomming(write_naam(moment) for moment in criterium.momenten)
    yield f"{criterium.id}  {criterium.titel} ({_GROEPEN[criterium.groep]})"
    yield f"  Eis: {criterium.eis}"
    yield f"  Geldt voor: {describe_bereik(criterium.alleen)}; {_PER[criterium.per]}; {_WIE[criterium.toepassing]}."
    yield from (f"  {zin}" for zin in describe_beroep(criterium))
    yield f"  Wordt getoetst bij: {momenten}."
    yield "  Toets:"
    yield from (f"    {regel}" for regel in _read_toets(criterium.toets))
    yield f"  Herstel: {_HERSTEL[criterium.herstelbaar]}."
    yield f"  Bewijs: {criterium.bewijs}"
    yield f"  Waarom: {criterium.motivering}"
    yield f"  Bron: {criterium.bron}"


def describe_bereik(alleen: Toepassingsbereik) -> str:
    """To which part of the offer and to whom a criterium applies."""
    delen = {
        "perceel": alleen.percelen,
        "product": alleen.producten,
        "het kenmerk": alleen.kenmerken,
        "de rechtsvorm": alleen.rechtsvormen,
        "de grootte": alleen.groottes,
        "de rol": alleen.rollen,
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
    tussen = ", zonder een dag ertussen zonder certificaat" if toets.aaneengesloten else ""
    register = ", en actief in het register" if toets.registerstatus_vereist else ""
    yield f"Een certificaat {toets.norm}, geldig op {dagen}{tussen}{register}."
    yield from _read_registercontrole(toets.registercontrole)
    if toets.instellingen:
        yield f"Het certificaat is van {write_opsomming(toets.instellingen, slot='of')}."
    if toets.accreditatie_vereist:
        yield "De instelling die het certificaat gaf, is geaccrediteerd."
    if toets.locaties_functie is not None:
        yield f"Op het certificaat staat elke locatie voor {write_naam(toets.locaties_functie)}."
    if toets.gelijkwaardig:
        yield f"Zonder beoordeling gelijkwaardig: {write_opsomming(toets.gelijkwaardig)}."
    for perceel, woorden in toets.scope_per_perceel.items():
        yield f"Voor perceel {perceel} staat op het certificaat: {write_opsomming(woorden, slot='of')}."
    if toets.onbekende_entiteit is Naambeleid.TELT_NIET:
        yield "Een certificaat met alleen namen van anderen dan de partijen in de aanmelding telt niet."
    else:
        yield "Staan er alleen namen van anderen op, dan oordelen twee beoordelaars of het voor de aanbieder geldt."
    yield "Over een ander certificaat oordelen twee beoordelaars:"
    yield from _read_vragen(toets.gelijkwaardigheidsvragen)


def _read_document(toets: Documenttoets) -> Iterator[str]:
    zin = f"Het stuk '{write_naam(toets.document)}', dat er was op {write_moment(toets.peilmoment)}"
    if toets.max_leeftijd_maanden is not None:
        wanneer = "dan" if toets.leeftijd_op is None else f"op {write_moment(toets.leeftijd_op)}"
        zin += f" en {wanneer} niet ouder was dan {write_aantal(toets.max_leeftijd_maanden, 'maand', 'maanden')}"
    if toets.niet_ouder_dan is not None:
        zin += f", niet van voor {write_datum(toets.niet_ouder_dan)}"
    yield zin + (", op naam van de aanbieder." if toets.op_naam else ".")
    if toets.versies:
        yield f"In de versie {write_opsomming(toets.versies, slot='of')}."
    if toets.onderdelen:
        yield f"Met de onderdelen: {write_opsomming(write_naam(onderdeel) for onderdeel in toets.onderdelen)}."

    if toets.onderdelen_door:
        door = write_opsomming((write_uitvoering(wie) for wie in toets.onderdelen_door), slot="of")
        yield f"Elk onderdeel wordt uitgevoerd door {door}."


def _read_verklaring(toets: Verklaringtoets) -> Iterator[str]:
    namens = f" namens {write_opsomming(write_naam(partij) for partij in toets.ondertekend_door)}"
    tekent = f", ondertekend{namens}" if toets.ondertekend_door else ""
    if toets.bevoegd_ondertekend:
        tekent = f"{tekent or ', ondertekend'} door iemand die mag tekenen"
    moment = write_moment(toets.peilmoment)
    yield f"De verklaring '{write_naam(toets.verklaring)}' zonder voorbehoud, niet van na {moment}{tekent}."
    if toets.gegevens:
        yield f"Ingevuld is: {write_opsomming(write_naam(gegeven) for gegeven in toets.gegevens)}."
    for vraag, antwoorden in toets.antwoorden.items():
        yield f"Het antwoord op '{write_naam(vraag)}' is: {write_opsomming(antwoorden, slot='of')}."
    if toets.ondertekening_herstelbaar is not None:
        yield f"Voor de handtekening geldt: {_HERSTEL[toets.ondertekening_herstelbaar]}."


def _read_ervaring(toets: Ervaringtoets) -> Iterator[str]:
    bereik = _BEREIK[toets.ervaring_bereik]
    yield (
        f"Ervaring met ten minste {write_aantal(toets.minimum_clienten, 'cliënt', 'cliënten')} {bereik}, "
        f"in de {toets.periode_maanden} maanden voor {write_moment(toets.peilmoment)}."
    )


def _read_locatie(toets: Locatietoets) -> Iterator[str]:
    functie, regio, moment = write_naam(toets.functie), write_regio(toets.regio), write_moment(toets.peilmoment)
    yield f"Een locatie voor {functie} in de regio {regio} op {moment}."


def _read_personeel(toets: Personeeltoets) -> Iterator[str]:
    soorten = write_opsomming((write_naam(kwalificatie) for kwalificatie in toets.kwalificaties), slot="of")
    registers = write_opsomming((write_naam(naam) for naam in toets.registers), slot="of")
    in_register = f", ingeschreven in {registers}" if registers else ""
    eisen = [write_aantal(toets.minimum, "medewerker", "medewerkers")] if toets.minimum is not None else []
    if (aandeel := toets.minimum_aandeel) is not None:
        eisen.append(f"{aandeel.deel} op de {aandeel.van} medewerkers")
    mensen, moment = write_opsomming(eisen), write_moment(toets.peilmoment)
    yield f"Voor elk product ten minste {mensen} met {soorten}{in_register}, op {moment}."


def _read_getal(toets: Getaltoets) -> Iterator[str]:
    grenzen = {"ten minste": toets.minimum, "ten hoogste": toets.maximum}
    gezegd = write_opsomming(f"{woord} {grens}" for woord, grens in grenzen.items() if grens is not None)
    per = {
        None: "",
        Aanbodmaat.PER_PRODUCT: " per aangeboden product",
        Aanbodmaat.PER_PERCEEL: " per aangeboden perceel",
    }[toets.maal]
    yield f"{write_naam(toets.grootheid).capitalize()}: {gezegd}{per} op {write_moment(toets.peilmoment)}."
    if (als := toets.als) is not None:
        grens = f"boven {als.boven}" if als.boven is not None else f"vanaf {als.vanaf}"
        yield f"Dit geldt alleen als '{write_naam(als.grootheid)}' dan {grens} is."


def _read_partijen(toets: Partijentoets) -> Iterator[str]:
    yield f"In de aanmelding: {describe_partijen(toets)}."


def _read_register(toets: Registertoets) -> Iterator[str]:
    slot = "en" if toets.alle else "of"
    registers = write_opsomming((write_naam(register) for register in toets.registers), slot=slot)
    yield f"Een actieve inschrijving in {registers} op {write_moment(toets.peilmoment)}."
    yield from _read_registercontrole(toets.registercontrole)


def _read_registercontrole(controle: Registercontrole | None) -> Iterator[str]:
    if controle is None:
        return
    eisen = [f"op of na {write_datum(controle.vanaf)}"] if controle.vanaf is not None else []
    if controle.peilmoment is not None and controle.maximaal_dagen is not None:
        dagen = write_aantal(controle.maximaal_dagen, "dag", "dagen")
        eisen.append(f"hoogstens {dagen} voor {write_moment(controle.peilmoment)}")
    yield f"Het register is bekeken {write_opsomming(eisen)}; anders kijkt een beoordelaar opnieuw."


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
    Partijentoets: _read_partijen,
    Registertoets: _read_register,
    Uitsluitingtoets: _read_uitsluiting,
    Beoordelingtoets: _read_beoordeling,
    AlleVan: lambda toets: _read_delen("Alle van deze delen:", toets),
    EenVan: lambda toets: _read_delen("Ten minste één van deze delen:", toets),
}
