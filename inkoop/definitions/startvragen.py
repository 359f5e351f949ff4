"""The answers with which a procedure is begun: what a region knows before it writes a whole file.

Bron: ontwerp 5; B.1.1 (the five questions); E.5 (rounds from a start day).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec

from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.invulplaats import list_invulplaatsen, replace_fouten
from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.spiegel import Bestandsvorm, build_model, convert, fill
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.kwalificatie import Keuzewijze, Kwalificatietoets, Toetreding
from inkoop.domain.looptijd import Verlengingswijze
from inkoop.domain.procedure import Wet


class Startproduct(msgspec.Struct, frozen=True, kw_only=True):
    """A product with its amount per unit; without an amount it is filled in later (or paid as a lumpsum)."""

    code: str
    naam: str
    bedrag: Decimal | None = None
    eenheid: str | None = None


class Startperceel(msgspec.Struct, frozen=True, kw_only=True):
    """What is bought: how it is paid, its estimate in euro over the whole term, its products.

    `lumpsum` is the amount per year where a perceel is paid as a whole; `max_aanbieders` is for a selection.
    """

    code: str
    naam: str
    bekostiging: Bekostiging
    raming: Decimal
    producten: tuple[Startproduct, ...]
    lumpsum: Decimal | None = None
    max_aanbieders: int | None = None


class Startantwoorden(msgspec.Struct, frozen=True, kw_only=True):
    """The answers to the question list; `verlengingen` counts extensions of `verlenging_maanden`.

    `systeem` is the one whose receipt decides whether an aanmelding is on time; `rechtstreeks`: it is this program.
    """

    titel: str
    omschrijving: str
    bron: str
    wet: Wet
    regio: str
    samenwerkingsverband: str
    gemeenten: tuple[str, ...]
    centrumgemeente: str
    iedereen_die_voldoet: bool
    vergelijken: bool
    begrensd: bool
    keuze_door: Keuzewijze
    toetreding: Toetreding
    motivering: str
    percelen: tuple[Startperceel, ...]
    ingang: date
    duur_maanden: int
    verlenging: Verlengingswijze
    verlenging_maanden: int
    verlengingen: int
    opzegtermijn_maanden: int
    functie: str
    mandaat_van: date
    mandaat_tot: date
    rechtbank: str
    systeem: str
    rechtstreeks: bool
    criteriaset: str
    criteria_editie: str
    dialoog: bool = False
    emvi: bool = False

    def kwalificatietoets(self) -> Kwalificatietoets:
        """The answers to the five questions, with the estimates; no jurist has confirmed them yet."""
        return Kwalificatietoets(
            iedereen_die_voldoet=self.iedereen_die_voldoet,
            vergelijken=self.vergelijken,
            begrensd=self.begrensd,
            keuze_door=self.keuze_door,
            toetreding=self.toetreding,
            ramingen={perceel.code: perceel.raming for perceel in self.percelen},
            motivering=self.motivering,
            dialoog=self.dialoog,
            emvi=self.emvi,
        )


@cache
def antwoorden_model() -> type[Definitiemodel]:
    """The strict model of a file with answers."""
    return build_model(Startantwoorden, Bestandsvorm())


def load_antwoorden(pad: Path) -> Startantwoorden:
    """Read a file with answers. Raises DefinitieError with every fault and every question that is still open."""
    bron = read_yaml(pad)
    plaatsen = [] if bron.fouten else list_invulplaatsen(bron)
    try:
        waarden = fill(bron, antwoorden_model())
    except DefinitieError as error:
        raise replace_fouten(plaatsen, error) from None
    bron.raise_fouten(plaatsen)
    antwoorden = convert(waarden, Startantwoorden)
    bron.raise_fouten([bron.fout(loc, tekst) for loc, tekst in _check(antwoorden)])
    return antwoorden


def _check(antwoorden: Startantwoorden) -> list[tuple[tuple[str | int, ...], str]]:
    """Answers that contradict each other, before a file is made from them."""
    fouten: list[tuple[tuple[str | int, ...], str]] = []
    if not antwoorden.gemeenten:
        fouten.append((("gemeenten",), "Noem ten minste één gemeente."))
    elif antwoorden.centrumgemeente not in antwoorden.gemeenten:
        tekst = f"'{antwoorden.centrumgemeente}' staat niet onder 'gemeenten': {', '.join(antwoorden.gemeenten)}."
        fouten.append((("centrumgemeente",), tekst))
    if not antwoorden.percelen:
        fouten.append((("percelen",), "Noem ten minste één perceel."))
    for nummer, perceel in enumerate(antwoorden.percelen):
        if not perceel.producten:
            fouten.append((("percelen", nummer, "producten"), f"Perceel {perceel.code} heeft geen product."))
    if antwoorden.duur_maanden < 1:
        fouten.append((("duur_maanden",), "Een overeenkomst duurt ten minste 1 maand."))
    geen = antwoorden.verlenging is Verlengingswijze.GEEN
    if geen != (antwoorden.verlengingen < 1) or geen != (antwoorden.verlenging_maanden < 1):
        tekst = "Zonder verlenging zijn 'verlenging_maanden' en 'verlengingen' 0; met verlenging ten minste 1."
        fouten.append((("verlenging",), tekst))
    if antwoorden.mandaat_tot < antwoorden.mandaat_van:
        fouten.append((("mandaat_tot",), "Het mandaat eindigt voordat het begint."))
    return fouten
