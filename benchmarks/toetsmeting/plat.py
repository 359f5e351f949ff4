"""The same flat rules by our engine and by general engines: twenty documents, each with only a date.

Nothing handed in = herstelbaar; dated after the day = voldoet_niet; too old = herstelbaar; else voldoet.
Every engine gets its facts in the form in which it is fastest, made beforehand; dates are plain numbers
for the others. What they leave out stands in `LEVERT_NIET`.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.criterium import Criteriaset, Documenttoets, Moment, Peilmoment, Per, Toepassing
from inkoop.domain.criteria.dossier import (
    AangebodenPerceel,
    AangebodenProduct,
    Aanleiding,
    Documentfeit,
    Dossier,
    Herkomst,
    Lid,
    Lidrol,
)
from inkoop.domain.criteria.toets import make_toetser
from inkoop.domain.criteria.toetsdossier import Toetsdossier
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.uitslag import Bloktoets
from toetsmeting.editie import PEILDATUMS, build_criterium

NAMEN = tuple(f"stuk{nummer:02}" for nummer in range(20))
PEIL = PEILDATUMS[Peilmoment.SLUITING]
GRENS = date(2019, 3, 31)
PAKKETTEN = {"common-expression-language": "cel", "zen-engine": "zen", "jsonschema": "jsonschema"}
LEVERT_NIET = {
    "ifs, met de hand": "reden, bewijs, houdbaarheid, herstel; elke wijziging is een programma",
    "common-expression-language": "reden, bewijs, houdbaarheid, herstel; de drie uitkomsten staan in elke regel",
    "zen-engine": "reden, bewijs, houdbaarheid, herstel; een ontbrekend gegeven moet elke regel zelf afvangen",
    "jsonschema": "uitkomsten: wat een fout betekent staat buiten het schema; reden noemt een pad, geen bewijs",
}
Gegevens = dict[str, int | None]
Rang = list[int]


def build_platte_editie() -> Criteriaset:
    """Twenty criteria of one document each."""
    return Criteriaset(
        set="plat",
        editie="1",
        titel="Platte feiten",
        wet="wmo",
        bron="meting",
        hash="0" * 64,
        criteria=tuple(
            build_criterium(
                naam,
                Documenttoets(document=naam, peilmoment=Peilmoment.SLUITING, max_leeftijd_maanden=12, op_naam=False),
                per=Per.AANMELDING,
                toepassing=Toepassing.GEZAMENLIJK,
            )
            for naam in NAMEN
        ),
    )


def make_gegevens(aantal: int) -> list[Gegevens]:
    """Per application a day number per document; None where it misses."""
    toeval = random.Random(7)
    rond = (PEIL.toordinal(), PEIL.toordinal() + 1, GRENS.toordinal(), GRENS.toordinal() - 1)
    alle = []
    for _ in range(aantal):
        gegevens: Gegevens = {}
        for naam in NAMEN:
            kans = toeval.random()
            gegevens[naam] = None
            if kans < 0.8:
                gegevens[naam] = toeval.randrange(GRENS.toordinal(), PEIL.toordinal())
            elif kans < 0.95:
                gegevens[naam] = toeval.choice(rond)
        alle.append(gegevens)
    return alle


def to_dossier(nummer: int, gegevens: Gegevens) -> Dossier:
    """The same facts as a dossier with evidence."""
    return Dossier(
        aanmelding=f"P-{nummer}",
        ingediend_op=datetime(2020, 3, 12, 9, 41, tzinfo=UTC),
        leden=(Lid(id="a", naam=f"Stichting {nummer}", rol=Lidrol.ENKEL, kvk="90000001"),),
        percelen=(AangebodenPerceel(code="1A", producten=(AangebodenProduct(code="p"),)),),
        feiten=tuple(
            Documentfeit(
                id=f"f{plaats:02}",
                lid=None,
                bewijs=(f"{nummer}-{naam}",),
                herkomst=Herkomst.VASTGESTELD,
                ontvangen_op=PEILDATUMS[Peilmoment.INDIENING],
                aanleiding=Aanleiding.INDIENING,
                document=naam,
                datum=date.fromordinal(dag),
            )
            for plaats, (naam, dag) in enumerate(gegevens.items())
            if dag is not None
        ),
    )


def make_eigen() -> Callable[[Toetsdossier], list[Bloktoets]]:
    """Our engine: per criterion a conclusion with outcome and ground; evidence, end and sentence on demand."""
    return make_toetser(
        build_platte_editie(),
        PEILDATUMS,
        herstelverloop=Herstelverloop.OPEN,
        feitenbasis=Feitenbasis.VASTGESTELD,
        moment=Moment.TOELATING,
    ).conclude


def read_rangen(getoetst: list[Bloktoets]) -> Rang:
    """The outcomes of our engine in the form of the others, to compare them."""
    return [conclusie.uitkomst.rang for _, _, conclusies in getoetst for conclusie in conclusies]


def run_ifs(gegevens: Gegevens) -> Rang:
    """By hand."""
    rangen = []
    for naam in NAMEN:
        dag = gegevens[naam]
        if dag is None:
            rangen.append(1)
        elif dag > 737515:
            rangen.append(0)
        else:
            rangen.append(1 if dag < 737149 else 4)
    return rangen


def _write_regel(naam: str) -> str:
    """One rule as CEL and ZEN both read it: missing, too late, too old, in order."""
    return f"{naam} == null ? 1 : ({naam} > {PEIL.toordinal()} ? 0 : ({naam} < {GRENS.toordinal()} ? 1 : 4))"


def make_cel(cel: Any) -> Callable[[Gegevens], Rang]:
    """Rust CEL: one program that gives all outcomes."""
    program = cel.compile("[" + ", ".join(_write_regel(naam) for naam in NAMEN) + "]")
    return lambda gegevens: program.execute(cel.Context(gegevens))


def make_cel_per_criterium(cel: Any) -> Callable[[Gegevens], Rang]:
    """Rust CEL: a program per criterion, as criteria are written and published; the facts are read in once."""
    programmas = [cel.compile(_write_regel(naam)) for naam in NAMEN]

    def run(gegevens: Gegevens) -> Rang:
        feiten = cel.Context(gegevens)
        return [programma.execute(feiten) for programma in programmas]

    return run


def make_zen(zen: Any) -> Callable[[Gegevens], Rang]:
    """ZEN: one expression that gives all outcomes."""
    expressie = zen.compile_expression("[" + ", ".join(_write_regel(naam) for naam in NAMEN) + "]")
    uitslag: Callable[[Gegevens], Rang] = expressie.evaluate
    return uitslag


def make_zen_per_criterium(zen: Any) -> Callable[[Gegevens], Rang]:
    """ZEN: an expression per criterion, as criteria are written and published."""
    expressies = [zen.compile_expression(_write_regel(naam)) for naam in NAMEN]
    return lambda gegevens: [expressie.evaluate(gegevens) for expressie in expressies]


def make_jsonschema(jsonschema: Any) -> Callable[[Gegevens], Rang]:
    """JSON Schema: every fault is found; which outcome it means is looked up here."""
    grenzen = {"type": "integer", "minimum": GRENS.toordinal(), "maximum": PEIL.toordinal()}
    validator = jsonschema.Draft202012Validator({"type": "object", "properties": dict.fromkeys(NAMEN, grenzen)})
    rang = {"type": 1, "minimum": 1, "maximum": 0}

    def run(gegevens: Gegevens) -> Rang:
        fouten = {fout.path[0]: rang[fout.validator] for fout in validator.iter_errors(gegevens)}
        return [fouten.get(naam, 4) for naam in NAMEN]

    return run


def make_jsonschema_per_criterium(jsonschema: Any) -> Callable[[Gegevens], Rang]:
    """JSON Schema: a schema per criterion."""
    grenzen = {"type": "integer", "minimum": GRENS.toordinal(), "maximum": PEIL.toordinal()}
    validators = [jsonschema.Draft202012Validator({"properties": {naam: grenzen}}) for naam in NAMEN]
    rang = {"type": 1, "minimum": 1, "maximum": 0}

    def run(gegevens: Gegevens) -> Rang:
        fouten = [next(validator.iter_errors(gegevens), None) for validator in validators]
        return [4 if fout is None else rang[fout.validator] for fout in fouten]

    return run


PER_CRITERIUM = ", per criterium"
MAKERS: dict[str, dict[str, Callable[[Any], Callable[[Gegevens], Rang]]]] = {
    "common-expression-language": {"": make_cel, PER_CRITERIUM: make_cel_per_criterium},
    "zen-engine": {"": make_zen, PER_CRITERIUM: make_zen_per_criterium},
    "jsonschema": {"": make_jsonschema, PER_CRITERIUM: make_jsonschema_per_criterium},
}
"""How each engine is used: all rules in one expression (its fastest way), and a rule per criterion."""


def describe_gemis(motor: str) -> str:
    """What an engine does not give, however it is used."""
    return LEVERT_NIET.get(motor.removesuffix(PER_CRITERIUM), "")


def find_anderen() -> dict[str, Callable[[Gegevens], Rang]]:
    """The other engines that are installed here."""
    gevonden = {}
    for pakket, module in PAKKETTEN.items():
        try:
            motor = importlib.import_module(module)
        except ModuleNotFoundError:
            continue
        for wijze, make in MAKERS[pakket].items():
            gevonden[f"{pakket}{wijze}"] = make(motor)
    return gevonden


def check_equal(namen: Sequence[str], uitkomsten: Sequence[list[Rang]]) -> None:
    """Every engine gives the same outcomes; ValueError names the first that does not."""
    for naam, rangen in zip(namen, uitkomsten, strict=True):
        if [list(map(int, rij)) for rij in rangen] != uitkomsten[0]:
            raise ValueError(f"{naam} geeft andere uitkomsten dan {namen[0]}")


assert len(Uitkomst) == 6  # the ranks above are those of voldoet_niet, herstelbaar and voldoet
