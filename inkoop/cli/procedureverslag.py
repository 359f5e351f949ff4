"""A procedure as people read it: what it is, what is bought, when, by which steps, under which mandate."""

from __future__ import annotations

from collections.abc import Iterable

from inkoop.cli.uitvoer import print_kenmerken, print_tabel, print_titel
from inkoop.domain.planning import Planregel
from inkoop.domain.procedure import Proceduredefinitie


def print_procedure(definitie: Proceduredefinitie) -> None:
    """Print a procedure on one or two screens."""
    print_titel(definitie.titel)
    _print_kern(definitie)
    print_tabel(
        "Percelen en producten",
        ("perceel", "naam", "product", "omschrijving", "kenmerken"),
        (
            (perceel.code, perceel.naam, product.code, product.naam, product.kenmerken)
            for perceel in definitie.percelen
            for product in perceel.producten
        ),
        leeg="Deze procedure heeft geen percelen.",
    )
    print_tabel(
        "Tarieven",
        ("versie", "ingang", "eenheid", "product", "bedrag in euro"),
        (
            (tabel.versie, tabel.ingang, tabel.eenheid, tarief.product, tarief.bedrag)
            for tabel in definitie.tarieftabellen
            for tarief in tabel.tarieven
        ),
        leeg="Deze procedure heeft geen tarieven.",
    )
    print_tabel(
        "Rondes",
        ("ronde", "opening", "sluiting", "herstel tot", "besluit", "vervaltermijn", "tekenen", "ingang", "criteria"),
        (
            (
                f"{ronde.kenmerk}{' (al geweest)' if ronde.historisch else ''}",
                ronde.opening,
                ronde.sluiting,
                ronde.herstel_tot,
                ronde.besluit,
                ronde.vervaltermijn,
                ronde.tekenen,
                ronde.ingang,
                ronde.criteria_editie,
            )
            for ronde in definitie.instroom.rondes
        ),
        leeg="Deze procedure heeft geen rondes.",
    )
    print_tabel(
        "Stappen",
        ("fase", "stap", "naam", "legt vast", "besluit", "na", "uiterlijk"),
        (
            (stap.fase, stap.id, stap.naam, stap.rol, stap.organen, stap.na, stap.uiterlijk)
            for stap in definitie.stappen
        ),
        leeg="Deze procedure heeft geen stappen.",
    )
    print_tabel(
        "Mandaten",
        ("mandaat", "functie", "namens", "voor", "van", "tot en met"),
        (
            (mandaat.id, mandaat.functie, mandaat.namens, mandaat.onderwerpen, mandaat.geldig_van, mandaat.geldig_tot)
            for mandaat in definitie.mandaten
        ),
        leeg="Deze procedure heeft geen mandaten: alleen een college kan besluiten.",
    )


def _print_kern(definitie: Proceduredefinitie) -> None:
    looptijd = definitie.looptijd
    print_kenmerken(
        [
            ("Naam", definitie.naam),
            ("Soort", definitie.kwalificatie),
            ("Selectie", definitie.selectie),
            ("Wet", definitie.wet),
            ("Organisatie", definitie.organisatie.naam),
            ("Gemeenten", [gemeente.naam for gemeente in definitie.gemeenten]),
            ("Criteria", definitie.criteriaset),
            ("Eerste termijn", f"{looptijd.ingang} tot en met {looptijd.einde_eerste_termijn}"),
            ("Uiterlijk einde", looptijd.max_einddatum),
            ("Nog leeg", [keuze for keuze in definitie.verplichte_keuzes if not definitie.keuzes.get(keuze)]),
            ("Bron", definitie.bron),
        ]
    )


def print_plan(definitie: Proceduredefinitie, regels: Iterable[Planregel]) -> None:
    """Print the calendar of a procedure, each day with why."""
    print_tabel(
        f"Planning van {definitie.titel}",
        ("dag", "wat", "waarom", "bron"),
        ((regel.dag, regel.wat, regel.waarom, regel.bron) for regel in regels),
        leeg="Er is niets gepland.",
    )
