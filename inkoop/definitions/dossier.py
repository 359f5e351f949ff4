"""Load a dossier file: an aanmeldingsbestand with the moment of submission and, if there are any, judgements.

With it a criteria set can be tried out on one application without a store (`criteria toets --dossier`).

Bron: ontwerp 9.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from pydantic import AwareDatetime, create_model

from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.opgavevorm import OPGAVEVORM, Melding, check_opgave, complete_opgave
from inkoop.definitions.spiegel import build_model, convert, fill
from inkoop.definitions.suggestie import suggest
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.criteria.dossier import Herkomst, Oordeel, Oordeelrol
from inkoop.domain.dossierbouw import Dossieropgave, receive_opgave

_EIGEN = ("ingediend_op", "herkomst", "oordelen")
"""What a dossier file adds to an aanmeldingsbestand."""


@cache
def dossier_model() -> type[Definitiemodel]:
    """The strict model of a dossier file."""
    oordeel: Any = build_model(Oordeel, OPGAVEVORM)
    return create_model(
        "Dossierbestand",
        __base__=build_model(Aanmeldingsopgave, OPGAVEVORM),
        ingediend_op=(AwareDatetime, ...),
        herkomst=(Herkomst, ...),
        oordelen=(tuple[oordeel, ...], ()),
    )


def load_dossier(pad: Path) -> Dossieropgave:
    """Read and check a dossier file. Raises DefinitieError with every fault, by place."""
    bron = read_yaml(pad)
    waarden = fill(bron, dossier_model())
    opgave = complete_opgave({naam: waarde for naam, waarde in waarden.items() if naam not in _EIGEN})
    dossier = convert({**{naam: waarden[naam] for naam in _EIGEN}, "opgave": opgave}, Dossieropgave)
    meldingen = [*check_opgave(dossier.opgave), *_check_oordelen(dossier.opgave, dossier.oordelen)]
    bron.raise_fouten(bron.fout(loc, tekst) for loc, tekst in meldingen)
    return msgspec.structs.replace(dossier, opgave=receive_opgave(dossier.opgave, dossier.ingediend_op))


def _check_oordelen(opgave: Aanmeldingsopgave, oordelen: tuple[Oordeel, ...]) -> Iterator[Melding]:
    """A judgement rests on evidence of this file and is about its own percelen and members."""
    bestanden = [stuk.bestand for stuk in opgave.bewijsstukken]
    leden = [lid.id for lid in opgave.leden]
    gezien: set[tuple[object, ...]] = set()
    for i, oordeel in enumerate(oordelen):
        if not oordeel.bewijs:
            yield ("oordelen", i, "bewijs"), "Noem het bewijs waarover dit oordeel gaat."
        for j, bestand in enumerate(oordeel.bewijs):
            if bestand not in bestanden:
                tekst = f"'{bestand}' staat niet onder 'bewijsstukken'.{suggest(bestand, bestanden)}"
                yield ("oordelen", i, "bewijs", j), tekst
        if oordeel.perceel is not None and oordeel.perceel not in opgave.percelen:
            tekst = f"Perceel '{oordeel.perceel}' is niet aangemeld.{suggest(oordeel.perceel, opgave.percelen)}"
            yield ("oordelen", i, "perceel"), tekst
        if oordeel.lid is not None and oordeel.lid not in leden:
            yield ("oordelen", i, "lid"), f"'{oordeel.lid}' staat niet onder 'leden'.{suggest(oordeel.lid, leden)}"
        onderwerp = (oordeel.criterium, oordeel.perceel, oordeel.product, oordeel.lid, oordeel.bewijs, oordeel.persoon)
        if onderwerp in gezien and oordeel.rol is Oordeelrol.BEOORDELAAR:
            tekst = f"'{oordeel.persoon}' heeft hierover al geoordeeld. Een ander beoordeelt als tweede."
            yield ("oordelen", i, "persoon"), tekst
        gezien.add(onderwerp)
