"""What a template may say: the closed part of Jinja that templates are written in.

Templates print fields, choose (`if`), repeat (`for`), name a value (`set`), include parts and import lists of
words. They define no functions, call no methods and reach no Python objects. All that can grow without bound
(repeating, joining texts) is rewritten to pass a budget, so that a template cannot exhaust memory or
time; the limits count work, not seconds, so that the same template always fares the same.

Bron: ontwerp 8; project default.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from jinja2 import nodes

_TAAL = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Include, nodes.Import,
    nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.List, nodes.Tuple, nodes.Dict,
    nodes.Pair, nodes.Keyword, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv,
    nodes.Mod, nodes.Neg, nodes.Pos, nodes.Call,
)  # fmt: skip

_NAMEN: Mapping[type[nodes.Node], str] = {
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter als blok",
    nodes.AssignBlock: "set als blok",
    nodes.FromImport: "from",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.With: "with",
    nodes.NSRef: "namespace",
    nodes.Pow: "machtsverheffen (**)",
}

LUSFUNCTIES = frozenset({"cycle", "changed"})
BEWAAKT_LUS, BEWAAKT_AANEEN, BEWAAKT_LIJST = "_bewaakte_herhaling", "_bewaakt_aaneen", "_bewaakte_lijst"


def find_taalfouten(
    boom: nodes.Template, filters: Iterable[str], tests: Iterable[str], delen: Iterable[str]
) -> Iterator[tuple[int, str]]:
    """Yield (line, Dutch sentence) for everything that the template language does not have."""
    bekend_filter, bekende_test, bekend_deel = set(filters), set(tests), set(delen)
    for knoop in _walk(boom):
        if not isinstance(knoop, _TAAL):
            naam = _NAMEN.get(type(knoop), type(knoop).__name__.lower())
            yield knoop.lineno, f"'{naam}' hoort niet bij de sjabloontaal. Gebruik if, for, set of include."
        elif isinstance(knoop, nodes.Filter) and knoop.name not in bekend_filter:
            yield knoop.lineno, f"Onbekend filter '{knoop.name}'.{suggest(knoop.name, bekend_filter)}"
        elif isinstance(knoop, nodes.Test) and knoop.name not in bekende_test:
            yield knoop.lineno, f"Onbekende toets 'is {knoop.name}'.{suggest(knoop.name, bekende_test)}"
        elif isinstance(knoop, nodes.Call) and not _is_toegestane_aanroep(knoop):
            yield (
                knoop.lineno,
                "Een sjabloon kan geen functies aanroepen; alleen range(...), loop.cycle(...) en filters.",
            )
        elif isinstance(knoop, nodes.Include | nodes.Import):
            yield from _check_include(knoop, bekend_deel)


def _walk(boom: nodes.Node) -> Iterator[nodes.Node]:
    """All nodes in order, without descending into what is refused as a whole."""
    yield boom
    if isinstance(boom, _TAAL):
        for kind in boom.iter_child_nodes():
            yield from _walk(kind)


def _is_toegestane_aanroep(knoop: nodes.Call) -> bool:
    doel = knoop.node
    if isinstance(doel, nodes.Name):
        return doel.name == "range"
    return (
        isinstance(doel, nodes.Getattr)
        and isinstance(doel.node, nodes.Name)
        and doel.node.name == "loop"
        and doel.attr in LUSFUNCTIES
    )


def _check_include(knoop: nodes.Include | nodes.Import, delen: set[str]) -> Iterator[tuple[int, str]]:
    doel = knoop.template
    if not isinstance(doel, nodes.Const) or not isinstance(doel.value, str):
        yield knoop.lineno, 'Bij include of import staat een vaste bestandsnaam, zoals {% include "delen/slot.md" %}.'
    elif doel.value not in delen:
        yield knoop.lineno, f"Het deel '{doel.value}' bestaat niet.{suggest(doel.value, delen)}"
    elif isinstance(knoop, nodes.Include) and knoop.ignore_missing:
        yield knoop.lineno, "'ignore missing' hoort niet bij de sjabloontaal: een deel is er, of het sjabloon is fout."


def suggest(naam: str, bekend: Iterable[str]) -> str:
    """Give ` Bedoelt u 'x'?` for the nearest known name, or the known names when none is near."""
    zichtbaar = sorted(bekende for bekende in bekend if not bekende.startswith("_"))
    dichtbij = difflib.get_close_matches(naam, zichtbaar, n=1)
    if dichtbij:
        return f" Bedoelt u '{dichtbij[0]}'?"
    return f" Mogelijk zijn: {', '.join(zichtbaar)}." if zichtbaar else ""


def guard_boom(boom: nodes.Template) -> nodes.Template:
    """Send every repetition, every joining of texts and every list that is written out through the budget."""
    for lus in list(boom.find_all(nodes.For)):
        lus.iter = nodes.Filter(lus.iter, BEWAAKT_LUS, [], [], None, None, lineno=lus.lineno)
    _replace_aaneen(boom)
    if boom.environment is not None:
        boom.set_environment(boom.environment)
    return boom


def _replace_aaneen(knoop: nodes.Node) -> None:
    """Replace `a ~ b` and `[a, b]` by a filter call, in place, deepest first."""
    for veld, waarde in list(knoop.iter_fields()):
        if isinstance(waarde, nodes.Node):
            _replace_aaneen(waarde)
            setattr(knoop, veld, _as_bewaakt(waarde))
        elif isinstance(waarde, list):
            for deel in waarde:
                if isinstance(deel, nodes.Node):
                    _replace_aaneen(deel)
            setattr(knoop, veld, [_as_bewaakt(deel) if isinstance(deel, nodes.Node) else deel for deel in waarde])


def _as_bewaakt(knoop: nodes.Node) -> nodes.Node:
    if isinstance(knoop, nodes.List | nodes.Tuple | nodes.Dict) and getattr(knoop, "ctx", "load") == "load":
        bewaakt = nodes.Filter(knoop, BEWAAKT_LIJST, [], [], None, None, lineno=knoop.lineno)
        return bewaakt if next(knoop.find_all(nodes.Name), None) is not None else knoop
    if not isinstance(knoop, nodes.Concat):
        return knoop
    delen = nodes.List(knoop.nodes, lineno=knoop.lineno)
    return nodes.Filter(delen, BEWAAKT_AANEEN, [], [], None, None, lineno=knoop.lineno)
