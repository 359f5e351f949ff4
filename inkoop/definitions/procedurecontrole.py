"""What a procedure may not say, although its form is right: contradictions, gaps, unknown names.

Each control looks at one block and yields the place in the file and a Dutch sentence. Rules of the
domain (rounds, term, tariffs, area) are not repeated here: they are called, and given a place.

Bron: ontwerp 5; domein A.6, B.1, E.5, FE-4; project default where no source is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from inkoop.definitions.aanbodcontrole import check_aanbod, check_tarieven, list_productcodes
from inkoop.definitions.beleidscontrole import check_beleid, check_instroom_uit_voorgangers
from inkoop.definitions.looptijdcontrole import check_bewaarregels, check_contractdelen, check_overgangen, check_termijn
from inkoop.definitions.modelpad import Loc
from inkoop.definitions.naamcontrole import Melding, check_bekend, check_uniek
from inkoop.definitions.samenwerkingscontrole import (
    check_gemeenten,
    check_go_no_go,
    check_mandaten,
    check_regelingen,
    is_maanddag,
)
from inkoop.definitions.selectiecontrole import check_selectie
from inkoop.definitions.stapcontrole import check_stappen
from inkoop.domain.instroom import Periodiciteit, check_periodiciteit, check_ronde
from inkoop.domain.kalender import Feestdagen, format_dag
from inkoop.domain.procedure import ROLBAAR, Proceduredefinitie

Controle: TypeAlias = Callable[[Proceduredefinitie], Iterator[Melding]]

ALLE_PRESTATIES = "alle prestaties"
"""What a local exception says when it is not about one prestatie (M20-11)."""

_CODE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


def check_procedure(definitie: Proceduredefinitie, feestdagen: Feestdagen) -> Iterator[Melding]:
    """Every contradiction of a procedure, each with the path in its file."""
    for controle in _CONTROLES:
        yield from controle(definitie)
    if min(definitie.termijnen.herstel_dagen, definitie.termijnen.vervaltermijn_dagen) < 1:
        return  # without terms no round can be counted; _check_getallen said so
    for i, ronde in enumerate(definitie.instroom.rondes):
        for beletsel in check_ronde(ronde, definitie.termijnen, feestdagen):
            yield ("instroom", "rondes", i, beletsel.code.removeprefix("ronde-")), beletsel.tekst


def _check_gevuld(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Lists without which nothing can be run."""
    lijsten: list[tuple[Loc, Sequence[object]]] = [
        (("gemeenten",), definitie.gemeenten),
        (("mandaten",), definitie.mandaten),
        (("percelen",), definitie.percelen),
        (("tarieftabellen",), definitie.tarieftabellen),
        (("instroom", "rondes"), definitie.instroom.rondes),
        (("programma_van_eisen",), definitie.programma_van_eisen),
        (("contract", "delen"), definitie.contract.delen),
        (("contract", "kwartaalthemas"), definitie.contract.kwartaalthemas),
        (("contract", "gegevensafspraak", "doelen"), definitie.contract.gegevensafspraak.doelen),
        (("contract", "gegevensafspraak", "gegevens"), definitie.contract.gegevensafspraak.gegevens),
    ]
    lijsten += [(("percelen", i, "producten"), perceel.producten) for i, perceel in enumerate(definitie.percelen)]
    for loc, waarden in lijsten:
        if not waarden:
            yield loc, f"Onder '{loc[-1]}' staat niets. Noem er ten minste één."


def _check_uniek(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Names by which records point at a part stand once."""
    yield from check_uniek(list_productcodes(definitie))
    for naam, sleutel, waarden in (
        ("gemeenten", "code", [gemeente.code for gemeente in definitie.gemeenten]),
        ("mandaten", "id", [mandaat.id for mandaat in definitie.mandaten]),
        ("percelen", "code", [perceel.code for perceel in definitie.percelen]),
        ("tarieftabellen", "versie", [tabel.versie for tabel in definitie.tarieftabellen]),
        ("tarieftabellen", "ingang", [tabel.ingang.isoformat() for tabel in definitie.tarieftabellen]),
        ("programma_van_eisen", "id", [eis.id for eis in definitie.programma_van_eisen]),
    ):
        yield from check_uniek(((naam, i, sleutel), waarde) for i, waarde in enumerate(waarden))
    yield from check_uniek(_list_kenmerken(definitie))
    yield from check_uniek((("verplichte_keuzes", i), keuze) for i, keuze in enumerate(definitie.verplichte_keuzes))


def _check_codes(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Codes come back in file names and kenmerken, so they hold letters, digits and hyphens."""
    percelen = ((("percelen", i, "code"), perceel.code) for i, perceel in enumerate(definitie.percelen))
    for loc, code in (*percelen, *list_productcodes(definitie), *_list_kenmerken(definitie)):
        if not _CODE.fullmatch(code):
            yield loc, f"De code '{code}' mag alleen letters, cijfers en streepjes bevatten."


def _list_kenmerken(definitie: Proceduredefinitie) -> list[tuple[Loc, str]]:
    return [(("instroom", "rondes", i, "kenmerk"), ronde.kenmerk) for i, ronde in enumerate(definitie.instroom.rondes)]


def _check_instroom(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Rounds come as often as is published, and start within the term (M20-41)."""
    instroom, looptijd = definitie.instroom, definitie.looptijd
    woorden = [str(periodiciteit) for periodiciteit in Periodiciteit]
    yield from check_bekend(("instroom", "periodiciteit"), instroom.periodiciteit, woorden, "periodiciteit")
    if instroom.periodiciteit in woorden:
        plaatsen = {f"periodiciteit-{ronde.kenmerk}": i for i, ronde in enumerate(instroom.rondes)}
        for beletsel in check_periodiciteit(instroom):
            yield ("instroom", "rondes", plaatsen[beletsel.code], "ingang"), beletsel.tekst
    if instroom.rondes and (eerste := min(ronde.ingang for ronde in instroom.rondes)) > looptijd.ingang:
        tekst = (
            f"De looptijd begint op {format_dag(looptijd.ingang)}, maar de eerste ronde gaat pas in op "
            f"{format_dag(eerste)}. Laat een ronde op die dag ingaan, of begin de looptijd later."
        )
        yield ("looptijd", "ingang"), tekst
    for i, ronde in enumerate(instroom.rondes):
        if not looptijd.ingang <= ronde.ingang <= looptijd.max_einddatum:
            tekst = (
                f"Ronde {ronde.kenmerk} gaat in op {format_dag(ronde.ingang)}; dat ligt buiten de looptijd "
                f"({format_dag(looptijd.ingang)} tot en met {format_dag(looptijd.max_einddatum)})."
            )
            yield ("instroom", "rondes", i, "ingang"), tekst


def _check_getallen(definitie: Proceduredefinitie) -> Iterator[Melding]:
    for loc, getal in (
        (("termijnen", "herstel_dagen"), definitie.termijnen.herstel_dagen),
        (("termijnen", "vervaltermijn_dagen"), definitie.termijnen.vervaltermijn_dagen),
        (("max_deelname_per_perceel",), definitie.max_deelname_per_perceel),
    ):
        if getal < 1:
            yield loc, f"Hier staat {getal}; dat moet ten minste 1 zijn."
    termijnen = definitie.termijnen
    for i, naam in enumerate(termijnen.doorrollen_voor):
        yield from check_bekend(("termijnen", "doorrollen_voor", i), naam, ROLBAAR, "termijn")
    if termijnen.doorrollen_voor and not termijnen.doorrollen:
        tekst = "Met 'doorrollen: nee' schuift geen enkele termijn door. Schrijf ja, of laat 'doorrollen_voor' weg."
        yield ("termijnen", "doorrollen_voor"), tekst
    if not 1 <= definitie.contract.jaarcontrole_kwartaal <= 4:
        yield ("contract", "jaarcontrole_kwartaal"), "Een kwartaal is 1, 2, 3 of 4."


def _check_uitzonderingen(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """A local exception is about a participant and a prestatie that is bought (M20-11)."""
    codes = [gemeente.code for gemeente in definitie.gemeenten]
    prestaties = [*dict.fromkeys(perceel.prestatie for perceel in definitie.percelen), ALLE_PRESTATIES]
    for i, uitzondering in enumerate(definitie.contract.lokale_uitzonderingen):
        loc: Loc = ("contract", "lokale_uitzonderingen", i)
        yield from check_bekend((*loc, "gemeente"), uitzondering.gemeente, codes, "gemeente")
        yield from check_bekend((*loc, "prestatie"), uitzondering.prestatie, prestaties, "prestatie")


def _check_addendumcyclus(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Three days of the year that come every year; drafted before signed (C.21)."""
    cyclus = definitie.contract.addendumcyclus
    loc: Loc = ("contract", "addendumcyclus")
    fout = [
        naam for naam in ("concept_uiterlijk", "tekenen_uiterlijk", "ingang") if not is_maanddag(getattr(cyclus, naam))
    ]
    for naam in fout:
        yield (*loc, naam), "Schrijf maand en dag tussen aanhalingstekens: '10-01' is 1 oktober."
    if not fout and cyclus.tekenen_uiterlijk <= cyclus.concept_uiterlijk:
        yield (*loc, "tekenen_uiterlijk"), "Tekenen komt na het concept, in hetzelfde jaar."


_CONTROLES: tuple[Controle, ...] = (
    _check_gevuld,
    _check_uniek,
    _check_codes,
    check_selectie,
    check_gemeenten,
    check_regelingen,
    check_mandaten,
    check_aanbod,
    check_tarieven,
    _check_instroom,
    check_termijn,
    check_overgangen,
    check_instroom_uit_voorgangers,
    check_contractdelen,
    check_bewaarregels,
    _check_getallen,
    check_stappen,
    check_go_no_go,
    _check_uitzonderingen,
    _check_addendumcyclus,
    check_beleid,
)
"""The controls, in the order of the blocks in a file."""
