"""Reading beside a stated fact what its evidence says: where each value stands, or what stands there instead.

This helps a beoordelaar to look; it establishes nothing. A value that is found may belong to something else,
and a scan has no text at all, so a person always reads the file itself.

Bron: ontwerp 2.9; F.0 `beoordelaars`; project default for how values are recognised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from inkoop.domain.criteria.dossier import EenFeit, Feit
from inkoop.domain.kalender import format_dag

CONTEXT = 60
"""How many characters of text are shown on both sides of what was found."""

_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

LABELS = {
    "van": ("geldig van", "geldig vanaf", "vanaf", "afgegeven", "ingangsdatum", "begindatum"),
    "tot": ("geldig tot", "t/m", "tot en met", "einddatum", "vervaldatum", "verloopt"),
    "datum": ("datum", "opgemaakt", "vastgesteld", "gedagtekend"),
    "register_gezien_op": ("register", "geraadpleegd"),
    "gezien_op": ("register", "geraadpleegd"),
}
"""Words before which a date belongs to a field."""


class Leesstand(StrEnum):
    """What reading the text gave for one value."""

    GEVONDEN = "gevonden"
    ANDERS = "anders"
    NIET_GEVONDEN = "niet_gevonden"
    GEEN_TEKST = "geen_tekst"


class Leesregel(msgspec.Struct, frozen=True, kw_only=True):
    """One stated value beside its evidence: the page (from 1), the text around it, another value that stands there."""

    veld: str
    opgegeven: str
    stand: Leesstand
    pagina: int | None = None
    tekst: str = ""
    voorstel: str = ""


def read_beside(feit: EenFeit, paginas: Sequence[str]) -> tuple[Leesregel, ...]:
    """Look up every value of a fact in the text of its evidence, page by page, in the order of its fields."""
    leesbaar = [_flatten(pagina) for pagina in paginas]
    if not any(leesbaar):
        return tuple(
            Leesregel(veld=veld, opgegeven=_show(waarde), stand=Leesstand.GEEN_TEKST)
            for veld, waarde in list_waarden(feit)
        )
    return tuple(_look_up(veld, waarde, leesbaar) for veld, waarde in list_waarden(feit))


def list_waarden(feit: EenFeit) -> Iterator[tuple[str, date | Decimal | int | str]]:
    """The values of a fact that can stand in a text; yes and no are judged by reading, not by searching."""
    for veld in feit.__struct_fields__:
        if veld not in Feit.__struct_fields__:
            yield from _list_deel(veld, getattr(feit, veld))


def _list_deel(veld: str, waarde: object) -> Iterator[tuple[str, date | Decimal | int | str]]:
    if isinstance(waarde, bool | StrEnum) or waarde in (None, "", (), {}):
        return
    if isinstance(waarde, date | Decimal | int | str):
        yield veld, waarde
        return
    for naam, deel in _split(waarde):
        yield from _list_deel(f"{veld} {naam}", deel)


def _split(waarde: object) -> Iterator[tuple[str, object]]:
    """The parts of a value that holds others, each with how it is called."""
    if isinstance(waarde, Mapping):
        yield from waarde.items()
    if isinstance(waarde, tuple):
        yield from ((str(nummer), deel) for nummer, deel in enumerate(waarde, start=1))
    if isinstance(waarde, msgspec.Struct):
        yield from ((naam, getattr(waarde, naam)) for naam in waarde.__struct_fields__)


def _look_up(veld: str, waarde: date | Decimal | int | str, paginas: Sequence[str]) -> Leesregel:
    for nummer, tekst in enumerate(paginas, start=1):
        for vorm in _list_vormen(waarde):
            gevonden = re.search(rf"(?<![\w]){re.escape(_flatten(vorm))}(?![\w])", tekst)
            if gevonden is not None:
                return Leesregel(
                    veld=veld,
                    opgegeven=_show(waarde),
                    stand=Leesstand.GEVONDEN,
                    pagina=nummer,
                    tekst=_cut(tekst, gevonden.start(), gevonden.end()),
                )
    anders = _find_andere_datum(veld, paginas) if isinstance(waarde, date) else None
    if anders is None:
        return Leesregel(veld=veld, opgegeven=_show(waarde), stand=Leesstand.NIET_GEVONDEN)
    pagina, tekst, dag = anders
    return Leesregel(
        veld=veld,
        opgegeven=_show(waarde),
        stand=Leesstand.ANDERS,
        pagina=pagina,
        tekst=tekst,
        voorstel=format_dag(dag),
    )


def _list_vormen(waarde: date | Decimal | int | str) -> tuple[str, ...]:
    """How a value may be written in a Dutch document."""
    if isinstance(waarde, date):
        maand = _MAANDEN[waarde.month - 1]
        vormen = [f"{waarde.day} {maand} {waarde.year}", waarde.isoformat()]
        for teken in "-/.":
            vormen += [
                f"{waarde.day:02d}{teken}{waarde.month:02d}{teken}{waarde.year}",
                f"{waarde.day}{teken}{waarde.month}{teken}{waarde.year}",
            ]
        return tuple(vormen)
    if isinstance(waarde, Decimal):
        kaal = format(waarde.normalize(), "f")
        return (kaal.replace(".", ","), kaal)
    return (str(waarde),)


_DATUMS = re.compile(
    rf"(?<!\d)(?:(\d{{1,2}}) ({'|'.join(_MAANDEN)}) (\d{{4}})"
    r"|(\d{4})-(\d{2})-(\d{2})"
    r"|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}))(?!\d)"
)
"""A date in words, or in figures either way round."""


def _find_andere_datum(veld: str, paginas: Sequence[str]) -> tuple[int, str, date] | None:
    """The only other date that stands behind a label of this field; None when there is none, or more than one."""
    labels = LABELS.get(veld.rsplit(maxsplit=1)[-1], ())
    gevonden: dict[date, tuple[int, str]] = {}
    for nummer, tekst in enumerate(paginas, start=1):
        for plek in _DATUMS.finditer(tekst):
            dag = _read_dag(plek)
            voor = tekst[max(0, plek.start() - 30) : plek.start()]
            if dag is not None and any(_flatten(label) in voor for label in labels):
                gevonden.setdefault(dag, (nummer, _cut(tekst, plek.start(), plek.end())))
    if len(gevonden) != 1:
        return None
    ((dag, (nummer, tekst)),) = gevonden.items()
    return nummer, tekst, dag


def _read_dag(plek: re.Match[str]) -> date | None:
    d1, maand, j1, j2, m2, d2, d3, m3, j3 = plek.groups()
    try:
        if maand:
            return date(int(j1), _MAANDEN.index(maand) + 1, int(d1))
        return date(int(j2), int(m2), int(d2)) if j2 else date(int(j3), int(m3), int(d3))
    except ValueError:
        return None


def _show(waarde: date | Decimal | int | str) -> str:
    return format_dag(waarde) if isinstance(waarde, date) else str(waarde)


def _flatten(tekst: str) -> str:
    """Text without accents, capitals and breaks: line ends and double spaces come from the layout."""
    kaal = "".join(teken for teken in unicodedata.normalize("NFKD", tekst) if not unicodedata.combining(teken))
    return " ".join(kaal.casefold().split())


def _cut(tekst: str, begin: int, einde: int) -> str:
    return tekst[max(0, begin - CONTEXT) : einde + CONTEXT].strip()
