"""From five answers to a legal kind and shape, with every reason; a jurist confirms.

Bron: B.1.1 (Falk Pharma, Tirkkonen), B.1.2, B.1.3, B.1.6, B.1.7; BP-12; domein 0.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.instroom import Periodiciteit
from inkoop.domain.kwalificatie import Keuzewijze, Kwalificatietoets, Toetreding
from inkoop.domain.procedure import Kwalificatie, Proceduredefinitie
from inkoop.domain.selectie import VORMEN, Procedurevorm

DREMPEL = Decimal(750_000)
"""Euros excluding VAT; from here on the light regime for social services applies to a contract (B.1.6)."""


class Kwalificatieadvies(msgspec.Struct, frozen=True, kw_only=True):
    """What follows from the answers; `redenen` in order of the questions, `plichten` what it entails.

    `bevestigd` is whether a jurist confirmed; without that it is advice.
    """

    kwalificatie: Kwalificatie
    vorm: Procedurevorm
    selectie: bool
    redenen: tuple[str, ...]
    plichten: tuple[str, ...]
    raming: Decimal
    boven_drempel: bool
    bevestigd: bool


def qualify(toets: Kwalificatietoets) -> Kwalificatieadvies:
    """The kind, shape and duties that follow from the answers to the five questions.

    Comparing, capping, or not admitting everybody makes it a tender; so does choosing for the client.

    Bron: B.1.1, B.1.2, B.1.6.
    """
    redenen = tuple(_list_redenen(toets))
    kiest = not toets.iedereen_die_voldoet or toets.vergelijken or toets.begrensd or toets.emvi
    kiest = kiest or toets.keuze_door is Keuzewijze.RANGORDE
    if kiest:
        kwalificatie, vorm = Kwalificatie.SAS, _find_vorm(toets)
    elif toets.keuze_door is Keuzewijze.GEMEENTE:
        kwalificatie, vorm = Kwalificatie.SAS, Procedurevorm.ZEMVI_1
    elif toets.toetreding is Toetreding.JAARLIJKS:
        kwalificatie, vorm = Kwalificatie.AANHAAK, Procedurevorm.TOELATING
    else:
        kwalificatie, vorm = Kwalificatie.TOELATING, Procedurevorm.TOELATING
    raming = sum(toets.ramingen.values(), Decimal(0))
    boven = raming >= DREMPEL
    return Kwalificatieadvies(
        kwalificatie=kwalificatie,
        vorm=vorm,
        selectie=VORMEN[vorm].kiest,
        redenen=redenen,
        plichten=tuple(_list_plichten(kwalificatie, boven)),
        raming=raming,
        boven_drempel=boven,
        bevestigd=toets.jurist is not None and toets.bevestigd_op is not None,
    )


def check_kwalificatie(definitie: Proceduredefinitie) -> list[Beletsel]:
    """Where a procedure says something else than its own answers lead to.

    Toelating and aanhaak are one kind in law (BP-12), so either passes for the other.

    Bron: B.1.1; BP-12.
    """
    toets = definitie.kwalificatietoets
    if toets is None:
        return []
    advies = qualify(toets)
    beletselen = []
    if (advies.kwalificatie is Kwalificatie.SAS) != (definitie.kwalificatie is Kwalificatie.SAS):
        tekst = (
            f"Uit de antwoorden volgt kwalificatie '{advies.kwalificatie}', en er staat '{definitie.kwalificatie}'. "
            f"{' '.join(advies.redenen)}"
        )
        beletselen.append(Beletsel("kwalificatie-anders", tekst))
    elif advies.selectie != definitie.selectie:
        woord = "ja" if advies.selectie else "nee"
        tekst = f"Uit de antwoorden volgt 'selectie: {woord}'. {' '.join(advies.redenen)}"
        beletselen.append(Beletsel("kwalificatie-selectie", tekst))
    codes = {perceel.code for perceel in definitie.percelen}
    beletselen += [
        Beletsel("kwalificatie-raming", f"De raming noemt perceel {code}, en dat is er niet.")
        for code in toets.ramingen
        if code not in codes
    ]
    beletselen += [
        Beletsel("kwalificatie-raming", f"De raming van perceel {code} ontbreekt. Noem elk perceel, of geen enkel.")
        for code in sorted(codes.difference(toets.ramingen))
        if toets.ramingen
    ]
    beletselen += [
        Beletsel("kwalificatie-raming", f"De raming van perceel {code} is {bedrag}; dat kan niet minder dan 0 zijn.")
        for code, bedrag in toets.ramingen.items()
        if bedrag < 0
    ]
    if (toets.jurist is None) != (toets.bevestigd_op is None):
        tekst = "Een bevestiging heeft een jurist én een datum. Vul 'jurist' en 'bevestigd_op' allebei in."
        beletselen.append(Beletsel("kwalificatie-bevestiging", tekst))
    return beletselen


def check_aanhaak(definitie: Proceduredefinitie) -> list[Beletsel]:
    """Every reason why a procedure is no aanhaakmodel, where it says that it is: providers join once a year.

    The code is the key that contradicts it.

    Bron: H19-43 (fixed moments, yearly; one end date for all).
    """
    if definitie.kwalificatie is not Kwalificatie.AANHAAK:
        return []
    slot = (
        f"Bij kwalificatie '{Kwalificatie.AANHAAK}' sluiten aanbieders één keer per jaar aan. Kunnen zij vaker of "
        f"juist niet later toetreden, kies dan kwalificatie '{Kwalificatie.TOELATING}'; in de wet is dat hetzelfde."
    )
    beletselen = []
    if definitie.instroom.periodiciteit != Periodiciteit.JAAR:
        tekst = f"Hier staat '{definitie.instroom.periodiciteit}', en dat moet '{Periodiciteit.JAAR}' zijn. {slot}"
        beletselen.append(Beletsel("periodiciteit", tekst))
    toets = definitie.kwalificatietoets
    if toets is not None and toets.toetreding not in _JAARLIJKS:
        tekst = f"Hier staat '{toets.toetreding}', en dat moet '{Toetreding.JAARLIJKS}' zijn. {slot}"
        beletselen.append(Beletsel("toetreding", tekst))
    return beletselen


_JAARLIJKS = frozenset({Toetreding.JAARLIJKS, Toetreding.VASTE_MOMENTEN})

_RITMES: Mapping[Toetreding, frozenset[Periodiciteit]] = {
    Toetreding.DOORLOPEND: frozenset({Periodiciteit.DOORLOPEND, Periodiciteit.KWARTAAL}),
    Toetreding.VASTE_MOMENTEN: frozenset(Periodiciteit) - {Periodiciteit.EENMALIG},
    Toetreding.JAARLIJKS: frozenset({Periodiciteit.JAAR}),
    Toetreding.ALLEEN_BIJ_START: frozenset({Periodiciteit.EENMALIG}),
}
"""Which rhythm of rounds fits the answer to question 5; joining at any moment may be a round each quarter."""


def list_ritmevragen(definitie: Proceduredefinitie) -> list[str]:
    """What to look at again where the rounds come in another rhythm than question 5 says.

    Bron: B.1.1 (question 5), M20-41; project default.
    """
    toets, periodiciteit = definitie.kwalificatietoets, definitie.instroom.periodiciteit
    if toets is None or periodiciteit in _RITMES[toets.toetreding] or check_aanhaak(definitie):
        return []
    passend = [f"'{ritme}'" for ritme in Periodiciteit if ritme in _RITMES[toets.toetreding]]
    tekst = (
        f"Vraag 5 zegt '{toets.toetreding}', en de rondes komen volgens 'instroom' met periodiciteit "
        f"'{periodiciteit}'. Bij deze vraag past periodiciteit {' of '.join(passend)}."
    )
    return [tekst]


def _find_vorm(toets: Kwalificatietoets) -> Procedurevorm:
    """The shape of a tender (B.1.7; with EMVI a project default)."""
    if toets.emvi:
        if toets.dialoog:
            return Procedurevorm.EMVI_3
        return Procedurevorm.EMVI_2 if toets.begrensd else Procedurevorm.EMVI_1
    return Procedurevorm.ZEMVI_3 if toets.dialoog else Procedurevorm.ZEMVI_2


def _list_redenen(toets: Kwalificatietoets) -> list[str]:
    """One sentence for each question."""
    return [
        _IEDEREEN[toets.iedereen_die_voldoet],
        _VERGELIJKEN[toets.vergelijken or toets.emvi],
        _BEGRENSD[toets.begrensd],
        _KEUZE[toets.keuze_door],
        _TOETREDING[toets.toetreding],
    ]


_IEDEREEN = {
    True: "Iedereen die aan de eisen voldoet, krijgt een overeenkomst.",
    False: "Niet iedereen die aan de eisen voldoet, krijgt een overeenkomst: dan kiest u, dus is het een aanbesteding.",
}
_VERGELIJKEN = {
    True: "U vergelijkt aanbieders: dan is het een aanbesteding.",
    False: "Aanbieders worden niet met elkaar vergeleken.",
}
_BEGRENSD = {
    True: "Het aantal aanbieders is begrensd: dan is het een aanbesteding.",
    False: "Het aantal aanbieders is niet begrensd.",
}
_KEUZE = {
    Keuzewijze.CLIENT: "De cliënt kiest de aanbieder.",
    Keuzewijze.GEMEENTE: (
        "De gemeente kiest de aanbieder in het concrete geval. Bij een toelating kiest de cliënt; anders kan het "
        "alsnog een overheidsopdracht zijn."
    ),
    Keuzewijze.RANGORDE: "Een rangorde bepaalt wie de cliënt krijgt: dan is het een aanbesteding.",
}
_TOETREDING = {
    Toetreding.DOORLOPEND: "Aanbieders kunnen steeds toetreden.",
    Toetreding.VASTE_MOMENTEN: "Aanbieders kunnen op vaste momenten toetreden; dat mag als die vooraf bekend zijn.",
    Toetreding.JAARLIJKS: "Aanbieders kunnen elk jaar aansluiten; dat mag als het vooraf bekend is.",
    Toetreding.ALLEEN_BIJ_START: (
        "Aanbieders kunnen alleen bij de start toetreden. Dat maakt het op zichzelf nog geen overheidsopdracht; leg "
        "uit waarom u later niemand toelaat."
    ),
}


def _list_plichten(kwalificatie: Kwalificatie, boven: bool) -> list[str]:
    """What the kind entails (B.1.2, B.1.5, B.1.6)."""
    altijd = ["Maak de voorwaarden vooraf openbaar en behandel iedereen gelijk.", "Bewaar de motivering van de keuze."]
    if kwalificatie is not Kwalificatie.SAS:
        return [*altijd, "De cliënt kiest; geef geen voorkeur aan, ook niet in de volgorde van de catalogus."]
    if boven:
        aankondigen = (
            "De raming haalt de drempel van 750.000 euro: kondig de opdracht aan op TenderNed, maak een proces-verbaal "
            "en maak het resultaat bekend."
        )
        return [*altijd, aankondigen, "Kies nooit op prijs alleen."]
    return [*altijd, "De raming blijft onder de drempel van 750.000 euro: aankondigen in heel Europa hoeft niet."]
