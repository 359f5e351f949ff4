"""The checkout as text and syntax trees, and the questions that the house rules ask of it.

Each question is a function over given source text, so that a test can also ask it of text that
breaks the rule.
"""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

ROMMELNAMEN = frozenset(
    {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "managers", "tools"}
)
MAX_REGELS = 400

# What a pure rule may import besides this domain: values, and nothing that touches a file, a clock or chance.
ZUIVERE_MODULES = frozenset({
    "__future__", "abc", "bisect", "calendar", "collections", "dataclasses", "datetime", "decimal", "enum", "fractions",
    "functools", "graphlib", "hashlib", "heapq", "inkoop", "itertools", "json", "math", "msgspec", "operator", "re",
    "statistics", "string", "types", "typing", "unicodedata", "uuid", "zoneinfo",
})  # fmt: skip
ONZUIVERE_NAMEN = frozenset({"open", "print", "input", "eval", "exec", "__import__"})
KLOKKEN = frozenset({
    "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "time.monotonic",
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today",
})  # fmt: skip
TOEVAL = frozenset({"uuid.uuid1", "uuid.uuid4", "uuid4", "uuid1"})

OPEN_EINDE = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b|raise NotImplemented" + r"Error")
WERKPLEK = re.compile(
    r"/wo" + r"rk/|/fa" + r"rm/|\bsub" + r"agents?\b|\bC" + r"EO\b|\bcollea" + r"gues?\b|\bissue #?\d+\b"
    r"|\bshar" + r"ed/|\bLL" + r"M\b|\bClau" + r"de\b|/tm" + r"p/w\b"
)


def list_bestanden(*achtervoegsels: str) -> list[Path]:
    """Every file of the checkout that git tracks or would track, with one of these suffixes (or any)."""
    uitvoer = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    paden = (CHECKOUT / naam for naam in uitvoer.split("\0") if naam)
    return sorted(pad for pad in paden if pad.is_file() and (not achtervoegsels or pad.suffix in achtervoegsels))


def list_modules(*mappen: str) -> list[Path]:
    """Every Python module under these folders of the checkout."""
    return [pad for pad in list_bestanden(".py") if any(pad.is_relative_to(CHECKOUT / map_) for map_ in mappen)]


def show(pad: Path) -> str:
    """A path as people write it: from the root of the checkout."""
    return pad.relative_to(CHECKOUT).as_posix()


def find_open_eindes(bron: str) -> list[int]:
    """The lines that say that something is left open."""
    return [nummer for nummer, regel in enumerate(bron.splitlines(), 1) if OPEN_EINDE.search(regel)]


def find_werkplek(bron: str) -> list[str]:
    """The words that speak of the place where the product was made instead of the product."""
    return [treffer.group() for treffer in WERKPLEK.finditer(bron)]


def list_imports(bron: str) -> set[str]:
    """The top-level names of everything that a module imports."""
    namen: set[str] = set()
    for knoop in ast.walk(ast.parse(bron)):
        if isinstance(knoop, ast.Import):
            namen |= {alias.name.split(".")[0] for alias in knoop.names}
        elif isinstance(knoop, ast.ImportFrom) and knoop.module:
            namen.add(knoop.module.split(".")[0])
    return namen


def find_onzuiver(bron: str) -> list[str]:
    """What in a module touches a file, a screen, a clock or chance."""
    gevonden = sorted(list_imports(bron) - ZUIVERE_MODULES)
    for naam in list_aanroepen(bron):
        if naam in ONZUIVERE_NAMEN | KLOKKEN | TOEVAL:
            gevonden.append(f"{naam}()")
    return gevonden


def find_klokken(bron: str) -> list[str]:
    """The places where a module reads a clock."""
    return [naam for naam in list_aanroepen(bron) if naam in KLOKKEN]


def list_aanroepen(bron: str) -> Iterator[str]:
    """The dotted name of everything that is called or handed on as a function (`default_factory=date.today`)."""
    for knoop in ast.walk(ast.parse(bron)):
        if isinstance(knoop, ast.Call):
            yield ast.unparse(knoop.func)
            for waarde in [*knoop.args, *(sleutel.value for sleutel in knoop.keywords)]:
                if isinstance(waarde, ast.Attribute):
                    yield ast.unparse(waarde)


def list_openbare_klassen(bron: str) -> list[str]:
    """The public classes of a module, in order."""
    return [
        knoop.name
        for knoop in ast.parse(bron).body
        if isinstance(knoop, ast.ClassDef) and not knoop.name.startswith("_")
    ]


def find_ifketen(bron: str, lengte: int = 4) -> list[int]:
    """The lines on which a chain of `if`/`elif` compares one name with `lengte` or more fixed kinds.

    Such a chain grows with each new kind; a registry or a union does not.
    """
    begin: list[int] = []
    boom = ast.parse(bron)
    vervolg = {id(knoop.orelse[0]) for knoop in ast.walk(boom) if _has_elif(knoop)}
    for knoop in ast.walk(boom):
        if not isinstance(knoop, ast.If) or id(knoop) in vervolg:
            continue
        takken, onderwerpen = 0, set()
        tak: ast.If | None = knoop
        while tak is not None:
            onderwerp = _subject(tak.test)
            if onderwerp is None:
                break
            onderwerpen.add(onderwerp)
            takken += 1
            tak = tak.orelse[0] if _has_elif(tak) else None
        if takken >= lengte and len(onderwerpen) == 1:
            begin.append(knoop.lineno)
    return begin


def _has_elif(knoop: ast.AST) -> bool:
    return isinstance(knoop, ast.If) and len(knoop.orelse) == 1 and isinstance(knoop.orelse[0], ast.If)


def _subject(test: ast.expr) -> str | None:
    """What an `if` compares with a fixed kind (`x == "a"`, `x is Soort.A`, `isinstance(x, A)`)."""
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq | ast.Is):
        return ast.unparse(test.left)
    if isinstance(test, ast.Call) and ast.unparse(test.func) == "isinstance":
        return ast.unparse(test.args[0])
    return None
