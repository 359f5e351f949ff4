"""Load a scenario file: one case with its variants.

The file holds the case as it is in the first variant; every variant says what differs.

Bron: ontwerp 3 (`criteria/<set>/scenarios`); domein F.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from pydantic import AwareDatetime, create_model

from inkoop.definitions.fout import DefinitieError, Fout
from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.modelpad import Loc
from inkoop.definitions.opgavevorm import (
    OPGAVEVORM,
    Melding,
    check_opgave,
    check_stukken,
    complete_opgave,
    complete_stukken,
)
from inkoop.definitions.spiegel import Tekst, build_model, convert, fill
from inkoop.definitions.suggestie import suggest
from inkoop.definitions.yamlbron import Yamlbron, read_yaml
from inkoop.domain.aanmelding import Aanmeldingsopgave, Aanvulling, Bewijsstuk
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.dossierbouw import receive_aanvulling, receive_opgave
from inkoop.domain.scenario import Criteriumafwijking, Scenario, Scenariobeoordeling, Verwachting
from inkoop.domain.scenariobereik import BUITEN_BEREIK

_HERHAALBAAR = ("titel", "toelichting", "beoordelingen", "aanvullingen", "afwijkingen", "verwacht")
"""What a variant may say differently, besides the evidence."""


@cache
def scenario_model() -> type[Definitiemodel]:
    """The strict model of a scenario file."""
    beoordeling: Any = build_model(Scenariobeoordeling, OPGAVEVORM)
    aanvulling: Any = build_model(Aanvulling, OPGAVEVORM)
    afwijking: Any = build_model(Criteriumafwijking, OPGAVEVORM)
    stuk: Any = build_model(Bewijsstuk, OPGAVEVORM)
    velden: dict[str, Any] = {
        "beoordelingen": (tuple[beoordeling, ...] | None, None),
        "aanvullingen": (tuple[aanvulling, ...] | None, None),
        "afwijkingen": (tuple[afwijking, ...] | None, None),
        "verwacht": (build_model(Verwachting, OPGAVEVORM) | None, None),
    }
    variant: Any = create_model(
        "Variant",
        __base__=Definitiemodel,
        variant=(Tekst, ...),
        titel=(Tekst | None, None),
        toelichting=(Tekst | None, None),
        bewijsstukken=(tuple[stuk, ...], ()),
        **velden,
    )
    aanmelding: Any = create_model(
        "Scenarioaanmelding",
        __base__=build_model(Aanmeldingsopgave, OPGAVEVORM),
        ontvangen_op=(AwareDatetime, ...),
    )
    teksten: dict[str, Any] = dict.fromkeys(
        ("zaak", "titel", "toelichting", "bron", "procedure", "ronde"), (Tekst, ...)
    )
    return create_model(
        "Scenariobestand",
        __base__=Definitiemodel,
        aanmelding=(aanmelding, ...),
        varianten=(tuple[variant, ...], ()),
        houdt=(dict[Tekst, tuple[Tekst, ...]], {}),
        **teksten,
        **velden,
    )


def load_scenario(pad: Path) -> tuple[Scenario, ...]:
    """Read and check a scenario file; one scenario per variant, "a" first. Raises DefinitieError."""
    bron = read_yaml(pad)
    waarden = fill(bron, scenario_model())
    varianten = waarden["varianten"] or [{"variant": "a", "bewijsstukken": []}]
    bron.raise_fouten(_to_fouten(bron, [*_check_houdt(waarden), *_check_varianten(waarden, varianten)]))
    scenarios: list[Scenario] = []
    meldingen: list[Melding] = []
    for nummer, variant in enumerate(varianten):
        scenario = _build(waarden, variant)
        scenarios.append(scenario)
        meldingen += _check_scenario(scenario, variant, ("varianten", nummer))
    bron.raise_fouten(_to_fouten(bron, meldingen))
    return tuple(scenarios)


def load_scenarios(map_: Path) -> tuple[Scenario, ...]:
    """Every scenario in a folder, ordered by file name and variant. Raises DefinitieError with all faults."""
    scenarios: list[Scenario] = []
    fouten: list[Fout] = []
    for pad in sorted(map_.glob("*.yaml")):
        try:
            scenarios += load_scenario(pad)
        except DefinitieError as error:
            fouten += error.fouten
    if fouten:
        raise DefinitieError(fouten)
    return tuple(scenarios)


def _to_fouten(bron: Yamlbron, meldingen: Iterator[Melding] | list[Melding]) -> list[Fout]:
    return [bron.fout(loc, tekst) for loc, tekst in meldingen]


def _check_houdt(waarden: Mapping[str, Any]) -> Iterator[Melding]:
    """A mutatie says which agreement it changes and what that holds; anything else says neither."""
    wijzigt = waarden["aanmelding"]["wijzigt"]
    if wijzigt is not None and not waarden["houdt"]:
        tekst = "Een mutatie verandert een overeenkomst. Noem onder 'houdt' per perceel de producten die daarin staan."
        yield ("aanmelding", "wijzigt"), tekst
    if wijzigt is None and waarden["houdt"]:
        tekst = "'houdt' hoort bij een mutatie. Noem in de aanmelding onder 'wijzigt' het nummer van de overeenkomst."
        yield ("houdt",), tekst


def _check_varianten(waarden: Mapping[str, Any], varianten: list[dict[str, Any]]) -> Iterator[Melding]:
    """Variants are called a, b, c ... in that order, and each knows what to expect."""
    for nummer, variant in enumerate(varianten):
        letter = chr(ord("a") + nummer)
        if variant["variant"] != letter:
            yield (
                ("varianten", nummer, "variant"),
                f"De varianten heten a, b, c in die volgorde. Hier hoort '{letter}'.",
            )
        if waarden["verwacht"] is None and variant.get("verwacht") is None:
            plek: Loc = ("varianten", nummer) if waarden["varianten"] else ()
            yield plek, "Hier ontbreekt 'verwacht': wat moet er uit dit scenario komen?"
        bekend = [stuk["bestand"] for stuk in waarden["aanmelding"]["bewijsstukken"]]
        for i, stuk in enumerate(variant["bewijsstukken"]):
            if stuk["bestand"] not in bekend:
                tekst = (
                    f"'{stuk['bestand']}' staat niet bij de aanmelding, dus er is niets te vervangen."
                    f"{suggest(stuk['bestand'], bekend)}"
                )
                yield ("varianten", nummer, "bewijsstukken", i, "bestand"), tekst


def _choose(naam: str, waarden: Mapping[str, Any], variant: Mapping[str, Any]) -> Any:
    """What the variant says, else what the file says, else nothing."""
    eigen = variant.get(naam)
    gekozen = waarden[naam] if eigen is None else eigen
    return () if gekozen is None else gekozen


def _build(waarden: Mapping[str, Any], variant: Mapping[str, Any]) -> Scenario:
    """One variant with everything filled in."""
    vervangen = {stuk["bestand"]: stuk for stuk in variant["bewijsstukken"]}
    stukken = [vervangen.get(stuk["bestand"], stuk) for stuk in waarden["aanmelding"]["bewijsstukken"]]
    samen = {naam: _choose(naam, waarden, variant) for naam in _HERHAALBAAR}
    samen["aanvullingen"] = [
        {**extra, "bewijsstukken": complete_stukken(extra["bewijsstukken"], Aanleiding(extra["aanleiding"]))}
        for extra in samen["aanvullingen"]
    ]
    vast = {naam: waarden[naam] for naam in ("zaak", "bron", "procedure", "ronde", "houdt")}
    opgave = complete_opgave({**waarden["aanmelding"], "bewijsstukken": stukken})
    scenario = convert({**vast, **samen, "variant": variant["variant"], "aanmelding": opgave}, Scenario)
    assert scenario.aanmelding.ontvangen_op is not None  # the form of the file asks for it
    return msgspec.structs.replace(
        scenario,
        aanmelding=receive_opgave(scenario.aanmelding, scenario.aanmelding.ontvangen_op),
        aanvullingen=tuple(
            receive_aanvulling(extra.aanleiding, extra.ontvangen_op, extra.bewijsstukken, extra.toelichting)
            for extra in scenario.aanvullingen
        ),
    )


def _check_scenario(scenario: Scenario, variant: Mapping[str, Any], plek: Loc) -> Iterator[Melding]:
    """What a variant may not say; a fault in a shared part is placed in the shared part."""

    def find_plek(naam: str) -> Loc:
        return () if variant.get(naam) is None else plek

    for loc, tekst in check_opgave(scenario.aanmelding):
        yield ("aanmelding", *loc), tekst
    eigen = {"aanvullingen": _check_aanvullingen, "afwijkingen": _check_afwijkingen}
    for naam, loc, tekst in ((naam, *melding) for naam, check in eigen.items() for melding in check(scenario)):
        yield (*find_plek(naam), naam, *loc), tekst
    leden = [lid.id for lid in scenario.aanmelding.leden]
    percelen = scenario.aanmelding.percelen
    regels: list[tuple[Loc, Any]] = [
        ((*find_plek("beoordelingen"), "beoordelingen", i), regel) for i, regel in enumerate(scenario.beoordelingen)
    ]
    for naam in ("eerste_toets", "uitkomsten"):
        regels += [
            ((*find_plek("verwacht"), "verwacht", naam, i), regel)
            for i, regel in enumerate(getattr(scenario.verwacht, naam))
        ]
    for loc, regel in regels:
        if regel.lid is not None and regel.lid not in leden:
            yield (*loc, "lid"), f"'{regel.lid}' staat niet onder 'leden'.{suggest(regel.lid, leden)}"
        for i, perceel in enumerate(regel.percelen):
            if perceel not in percelen:
                tekst = f"Perceel '{perceel}' is niet aangemeld.{suggest(perceel, percelen)}"
                yield (*loc, "percelen", i), tekst
    for loc, tekst in _check_besluiten(scenario):
        yield (*find_plek("verwacht"), "verwacht", "besluiten", *loc), tekst


def _check_besluiten(scenario: Scenario) -> Iterator[Melding]:
    """Besluiten that are expected: known, within what a scenario plays, on a perceel that is there."""
    percelen = list(dict.fromkeys((*scenario.aanmelding.percelen, *scenario.houdt)))
    for i, besluit in enumerate(scenario.verwacht.besluiten):
        if besluit.besluit not in list(Besluitsoort):
            keuzes = suggest(besluit.besluit, [soort for soort in Besluitsoort if soort not in BUITEN_BEREIK])
            yield (i, "besluit"), f"Het besluit '{besluit.besluit}' is niet bekend.{keuzes}"
        elif hulp := BUITEN_BEREIK.get(Besluitsoort(besluit.besluit)):
            yield (i, "besluit"), f"Een scenario eindigt nooit met '{besluit.besluit}'. {hulp}"
        if besluit.perceel is not None and besluit.perceel not in percelen:
            tekst = f"Perceel '{besluit.perceel}' is niet aangemeld.{suggest(besluit.perceel, percelen)}"
            yield (i, "perceel"), tekst


def _check_afwijkingen(scenario: Scenario) -> Iterator[Melding]:
    for i, afwijking in enumerate(scenario.afwijkingen):
        if afwijking.ervaring_bereik is None and afwijking.groep is None:
            yield (i,), "Noem bij deze afwijking 'ervaring_bereik' of 'groep'; nu is er niets anders."


def _check_aanvullingen(scenario: Scenario) -> Iterator[Melding]:
    leden = [lid.id for lid in scenario.aanmelding.leden]
    bekend = [stuk.bestand for stuk in scenario.aanmelding.bewijsstukken]
    ontvangen_op = scenario.aanmelding.ontvangen_op
    for i, aanvulling in enumerate(scenario.aanvullingen):
        if ontvangen_op is not None and aanvulling.ontvangen_op < ontvangen_op:
            yield (i, "ontvangen_op"), "Deze aanvulling is ontvangen voor de aanmelding zelf."
        for loc, tekst in check_stukken(aanvulling.bewijsstukken, leden, bekend):
            yield (i, *loc), tekst
        bekend += [stuk.bestand for stuk in aanvulling.bewijsstukken]
