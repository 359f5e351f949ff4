"""The Jinja environment of templates: sandboxed, strict, with line marks, value tokens and a budget."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any

from jinja2 import BaseLoader, nodes, pass_context
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import SandboxedEnvironment

from inkoop.documents.budget import (
    MAX_BITS,
    MAX_TEKENS,
    check_lengte,
    check_lijst,
    count_bits,
    count_werk,
    make_range,
    round_getal,
    spend_herhaling,
)
from inkoop.documents.filters import FILTERS, FilterwaardeError, describe
from inkoop.documents.fouten import SjabloonError, Sjabloonfout
from inkoop.documents.sjabloonregels import BEWAAKT_AANEEN, BEWAAKT_LIJST, BEWAAKT_LUS, find_taalfouten, guard_boom
from inkoop.documents.waarden import (
    REGEL_BEGIN,
    REGEL_EINDE,
    RENDERING,
    TAGREGEL,
    Blok,
    Leeg,
    Ontbrekend,
    Rendering,
    find_plaats,
)

_JINJAFILTERS = frozenset(
    "abs capitalize count default dictsort first groupby items last length list lower map max min"
    " reject rejectattr round select selectattr sort sum title trim unique upper".split()
)
_TEKSTFILTERS = frozenset({"capitalize", "lower", "title", "trim", "upper"})
_JINJATESTS = frozenset(
    "boolean defined undefined divisibleby eq equalto even ge gt greaterthan in iterable le lessthan lt mapping"
    " ne none number integer odd sequence string true false".split()
) | frozenset({"==", "!=", ">", ">=", "<", "<="})


_TAGREGEL = re.compile(
    r"^[ \t]*(?:(?:\{%(?:(?!%\}).)*(?<!-)%\}|\{#(?:(?!#\}).)*#\})[ \t]*)+$", re.MULTILINE | re.DOTALL
)


class Regelmerken(Extension):
    """Marks in the text which template line each line came from, so that later mistakes can name it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Mark each line that holds only tags, so that it leaves no empty line behind.

        Jinja's own `trim_blocks` would also take the line end after a tag within a sentence.
        """
        return _TAGREGEL.sub(lambda gevonden: f"{gevonden[0].rstrip()}{TAGREGEL}", source)

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Put a mark before each line of literal text."""
        for token in stream:
            if token.type != "data":
                yield token
                continue
            regels = str(token.value).split("\n")
            gemerkt = (
                f"{REGEL_BEGIN}{stream.name}:{token.lineno + nummer}{REGEL_EINDE}{regel}"
                for nummer, regel in enumerate(regels)
            )
            yield Token(token.lineno, "data", "\n".join(gemerkt))


class Sjabloonomgeving(SandboxedEnvironment):
    """Jinja with only the template language: see `sjabloonregels` for what it has."""

    intercepted_binops = frozenset({"+", "*", "%"})

    def __init__(self, loader: BaseLoader, bestanden: Mapping[str, str]) -> None:
        super().__init__(
            loader=loader,
            undefined=Ontbrekend,
            finalize=print_waarde,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,
            extensions=[Regelmerken],
        )
        self.bestanden = bestanden
        eigen = {naam: _as_jinjafilter(filter_) for naam, filter_ in FILTERS.items()}
        gekozen = {naam: filter_ for naam, filter_ in self.filters.items() if naam in _JINJAFILTERS}
        gekozen |= {naam: _only_tekst(naam, gekozen[naam]) for naam in _TEKSTFILTERS}
        gekozen["round"] = round_getal
        self.filters = {naam: count_werk(filter_) for naam, filter_ in {**gekozen, **eigen, "join": join_met}.items()}
        self.filters |= {BEWAAKT_LUS: spend_herhaling, BEWAAKT_AANEEN: join_teksten, BEWAAKT_LIJST: check_lijst}
        self.tests = {naam: toets for naam, toets in self.tests.items() if naam in _JINJATESTS}
        self.tests["none"] = lambda waarde: waarde is None or isinstance(waarde, Leeg)
        self.globals = {"range": make_range}

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Refuse what the language lacks, all at once, then compile with the budget in place."""
        plaats = self.bestanden.get(name or "", name or "")
        fouten = find_taalfouten(source, self.filters, self.tests, self.bestanden)
        if gevonden := [Sjabloonfout.at(plaats, regel, tekst) for regel, tekst in fouten]:
            raise SjabloonError(gevonden)
        return super()._generate(guard_boom(source), name, filename, defer_init)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a block is its entry and nothing else; dates and loops keep their own attributes."""
        if isinstance(obj, Blok):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, Ontbrekend):
            return Ontbrekend(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Refuse what lies behind a value in Python."""
        RENDERING.get().fault(f"'{attribute}' is geen veld van de gegevens.")
        return Ontbrekend()

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate with numbers, join texts with `+`; nothing that multiplies a text."""
        if isinstance(left, Undefined) or isinstance(right, Undefined):
            return super().call_binop(context, operator, left, right)
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return join_teksten((left, right))
        getallen = (int, Decimal, date) if operator == "+" else (int, Decimal)
        if isinstance(left, getallen) and isinstance(right, getallen) and not isinstance(left, bool):
            if count_bits(left) + count_bits(right) > MAX_BITS:
                RENDERING.get().fault(f"'{operator}' rekent hier met een getal dat te groot is.")
                return 0
            return super().call_binop(context, operator, left, right)
        RENDERING.get().fault(f"'{operator}' werkt hier niet op {describe(left)} en {describe(right)}.")
        return ""


def _as_jinjafilter(filter_: Callable[[object], str]) -> Callable[[object], object]:
    """A missing value stays missing; a value of another kind becomes a mistake with its line."""

    @wraps(filter_)
    def apply(waarde: object) -> object:
        if isinstance(waarde, Ontbrekend):
            str(waarde)
            return Ontbrekend()
        try:
            return filter_(waarde)
        except FilterwaardeError as fout:
            RENDERING.get().fault(str(fout))
            return ""

    return apply


def _only_tekst(naam: str, filter_: Callable[..., Any]) -> Callable[[object], object]:
    """Hold a filter for texts to texts: a date or an amount would show in its computer form."""

    def apply(waarde: object) -> object:
        if isinstance(waarde, Ontbrekend):
            str(waarde)
            return Ontbrekend()
        if not isinstance(waarde, str):
            RENDERING.get().fault(f"Het filter '{naam}' verwacht een tekst, maar kreeg {describe(waarde)}.")
            return ""
        return filter_(waarde)

    return apply


def join_teksten(delen: Iterable[object]) -> str:
    """Join texts and whole numbers (`a ~ b`), within the size of a text."""
    return join_met(delen, "")


def join_met(delen: Iterable[object], scheiding: str = "") -> str:
    """Join texts and whole numbers with something between; other kinds need a filter first."""
    rendering = RENDERING.get()
    teksten: list[str] = []
    for deel in delen:
        if isinstance(deel, bool) or not isinstance(deel, str | int | Undefined):
            rendering.fault(f"{describe(deel).capitalize()} is niet met tekst samen te voegen.{_advise(deel)}")
        else:
            teksten.append(str(deel))
    if sum(map(len, teksten)) + len(scheiding) * len(teksten) > MAX_TEKENS:
        raise SjabloonError([Sjabloonfout(find_plaats(), f"De tekst wordt langer dan {MAX_TEKENS} tekens.")])
    return scheiding.join(teksten)


@pass_context
def print_waarde(_: Context, waarde: object) -> str:
    """Finalize: put a token in the place of a printed value, or note why it cannot be printed.

    It takes the context only so that Jinja never prints a constant while compiling.
    """
    rendering = RENDERING.get()
    if isinstance(waarde, Undefined):
        str(waarde)
        return ""
    if isinstance(waarde, bool):
        return rendering.keep("ja" if waarde else "nee")
    if isinstance(waarde, int):
        return rendering.keep(str(waarde))
    if isinstance(waarde, str):
        return _spend(rendering, waarde) if waarde else ""
    rendering.fault(f"{describe(waarde).capitalize()} staat zonder filter.{_advise(waarde)}")
    return ""


def _spend(rendering: Rendering, tekst: str) -> str:
    rendering.tekens += len(check_lengte(tekst))
    if rendering.tekens > MAX_TEKENS:
        raise SjabloonError([Sjabloonfout(find_plaats(), f"Het document wordt langer dan {MAX_TEKENS} tekens.")])
    return rendering.keep(tekst)


def _advise(waarde: object) -> str:
    for soort, advies in _ADVIES.items():
        if isinstance(waarde, soort):
            return f" Gebruik {advies}."
    return " Alleen tekst en getallen zijn te drukken."


_ADVIES: Mapping[type, str] = {
    datetime: "'| tijdstip', '| datum' of '| dag'",
    date: "'| datum' of '| dag'",
    Decimal: "'| bedrag' of '| aantal'",
    tuple: "'| opsomming' of een for-lus",
    list: "'| opsomming' of een for-lus",
    dict: "een veld van het blok, zoals {{ blok.naam }}",
}
