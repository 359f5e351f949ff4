"""How data enters a template: every field knows its path, and no value is ever read as markup.

A printed value does not go into the text. A token that no rule of the text language knows goes in
its place, and the value comes back after the structure has been read. So the structure of a
document depends on the template alone, whatever a value holds.

Bron: ontwerp 8 (templates run sandboxed and strict); project default.
"""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Undefined

from inkoop.documents.fouten import OntbrekendVeld, Plaats, Sjabloonfout

WAARDE_BEGIN, WAARDE_EINDE = "\ue002", "\ue003"
REGEL_BEGIN, REGEL_EINDE = "\ue000", "\ue001"
TAGREGEL = "\ue004"
WAARDETEKEN = re.compile(f"{WAARDE_BEGIN}(\\d+){WAARDE_EINDE}")
_WITRUIMTE = re.compile(r"\s+")


@dataclass
class Rendering:
    """What one rendering of a template gathers: printed values, missing fields, mistakes, and its budget."""

    bestanden: Mapping[str, str] = field(default_factory=dict)
    waarden: list[str] = field(default_factory=list)
    ontbrekend: dict[str, OntbrekendVeld] = field(default_factory=dict)
    fouten: list[Sjabloonfout] = field(default_factory=list)
    herhalingen: int = 0
    werk: int = 0
    tekens: int = 0

    def keep(self, tekst: str) -> str:
        """Keep a value for later and give the token that stands in its place."""
        self.waarden.append(clean_tekst(tekst))
        return f"{WAARDE_BEGIN}{len(self.waarden) - 1}{WAARDE_EINDE}"

    def miss(self, pad: str) -> None:
        """Note a field that is used and has no value; the first place is kept."""
        self.ontbrekend.setdefault(pad, OntbrekendVeld(pad=pad, label=pad, plaats=find_plaats()))

    def fault(self, tekst: str) -> None:
        """Note a mistake at the line that is being rendered."""
        self.fouten.append(Sjabloonfout(find_plaats(), tekst))


RENDERING: ContextVar[Rendering] = ContextVar("rendering")


def find_plaats() -> Plaats:
    """The template line that is being rendered, found from the running frame of the compiled template."""
    frame = inspect.currentframe()
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            naam = template.name or ""
            bestand = RENDERING.get().bestanden.get(naam, naam)
            return Plaats(bestand, template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return Plaats("", 0)


def clean_tekst(tekst: str) -> str:
    """One line of printable text: white space and line ends become one space, invisible characters vanish.

    Control characters have no form on paper and are not allowed in a Word file; marks that turn the
    direction of reading could make a name look like another.
    """
    if tekst.isascii() and tekst.isprintable() and "  " not in tekst:  # most values: nothing to clean
        return tekst
    tekst = unicodedata.normalize("NFC", tekst)
    vlak = _WITRUIMTE.sub(lambda gevonden: "\u00a0" if gevonden[0] == "\u00a0" else " ", tekst)
    return "".join(teken for teken in vlak if unicodedata.category(teken) not in _ONZICHTBAAR)


_ONZICHTBAAR = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class Ontbrekend(Undefined):
    """A field that the data does not have: each use is noted with its place, and rendering goes on.

    `is defined` and the filter `default` may ask after it without it being noted.
    """

    __slots__ = ()

    @property
    def pad(self) -> str:
        """The path of the field in the data."""
        naam = str(self._undefined_name)
        ouder = getattr(self._undefined_obj, "pad", "")
        return f"{ouder}.{naam}" if ouder else naam

    def _is_stil(self) -> bool:
        """An inline `if` without `else` prints nothing and misses nothing."""
        return self._undefined_name is None

    def _note(self) -> None:
        if not self._is_stil():
            RENDERING.get().miss(self.pad)

    def _absorb(self, *_: Any) -> Any:
        self._note()
        return self

    def __getattr__(self, naam: str) -> Any:
        """A field of a missing field is missing too."""
        if naam.startswith("__"):
            raise AttributeError(naam)
        return Ontbrekend(obj=self, name=naam)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __rmod__ = _absorb
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __neg__ = __pos__ = __call__ = _absorb
    __getitem__ = _absorb

    def __str__(self) -> str:
        self._note()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._note()
        return iter(())

    def __len__(self) -> int:
        self._note()
        return 0

    def __bool__(self) -> bool:
        self._note()
        return False

    def _compare(self, _: object) -> bool:
        self._note()
        return False

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _compare  # type: ignore[assignment]

    def __eq__(self, ander: object) -> bool:
        return self._compare(ander)

    def __ne__(self, ander: object) -> bool:
        return not self._compare(ander)

    def __hash__(self) -> int:
        return id(self)


class Leeg(Ontbrekend):
    """A field that is there without a value: asking whether it has one is fine, printing it is noted."""

    __slots__ = ()

    @property
    def pad(self) -> str:
        """The path of the field in the data."""
        return str(self._undefined_name)

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __eq__(self, ander: object) -> bool:
        return ander is None or ander == "" or isinstance(ander, Leeg)

    def __ne__(self, ander: object) -> bool:
        return not self == ander

    def __hash__(self) -> int:
        return id(self)


class Blok(dict[str, Any]):
    """A block of fields that knows its path."""

    __slots__ = ("pad",)

    def __init__(self, velden: Mapping[str, Any], pad: str) -> None:
        super().__init__(velden)
        self.pad = pad


def wrap_gegevens(gegevens: Mapping[str, object], pad: str = "") -> Blok:
    """Copy the data for a template: blocks with their path, empty fields as `Leeg`."""
    stam = f"{pad}." if pad else ""
    return Blok({str(naam): _wrap(waarde, f"{stam}{naam}") for naam, waarde in gegevens.items()}, pad)


def _wrap(waarde: object, pad: str) -> object:
    if waarde is None:
        return Leeg(name=pad)
    if isinstance(waarde, str):
        return Leeg(name=pad) if is_leeg(waarde) else str(waarde)
    if isinstance(waarde, Mapping):
        return wrap_gegevens(waarde, pad)
    if isinstance(waarde, Sequence):
        return tuple(_wrap(deel, f"{pad}[{nummer}]") for nummer, deel in enumerate(waarde, 1))
    if isinstance(waarde, set | frozenset):
        return tuple(_wrap(deel, pad) for deel in sorted(waarde))
    return waarde


def is_leeg(waarde: object) -> bool:
    """Whether a field counts as not filled: nothing, blank text, a list or block without content."""
    if waarde is None:
        return True
    if isinstance(waarde, str):
        return not clean_tekst(waarde).strip()
    return isinstance(waarde, Mapping | Sequence | set | frozenset) and not waarde
