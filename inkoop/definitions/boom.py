"""The tree of a YAML file: values, the place of each, and the faults of its form.

Built from parser events, because only there anchors, aliases, tags, quotes and places are all still to be seen.

Bron: ontwerp 4 (duplicate keys, anchors and ambiguous scalars are errors with line and column).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from inkoop.definitions.bsn import find_bsn_in_sleutel, find_bsn_in_waarde
from inkoop.definitions.fout import DefinitieError, Fout
from inkoop.definitions.gebeurtenissen import NietSnelTeLezenError, read_precies, read_snel
from inkoop.definitions.modelpad import Loc
from inkoop.definitions.scalar import read_scalar

Plaats: TypeAlias = tuple[int, int]

MAXIMALE_DIEPTE = 20

_PARSERFOUTEN: tuple[tuple[str, str], ...] = (
    (
        "mapping values are not allowed",
        "Deze dubbele punt kan hier niet. Zet tekst met ': ' tussen aanhalingstekens, en kijk of de inspringing klopt.",
    ),
    ("could not find expected ':'", "Achter deze sleutel ontbreekt ': ' met een waarde."),
    ("while scanning a quoted scalar", "Deze aanhalingstekens worden niet gesloten."),
    ("cannot start any token", "Dit teken kan hier niet beginnen. Zet de tekst tussen aanhalingstekens."),
    (
        "but found '<scalar>'",
        "Hier staat tekst te veel. Kijk of de aanhalingstekens op deze regel en de regels erboven in paren staan.",
    ),
    ("expected <block end>", "De inspringing klopt hier niet, of er staat iets te veel op deze plaats."),
    ("expected ',' or", "Hier ontbreekt een komma of een sluithaak."),
    ("while parsing a flow", "Hier ontbreekt een komma of een sluithaak."),
    ("found undefined alias", "Verwijzingen met * worden niet gelezen. Schrijf de waarde uit."),
    ("special characters are not allowed", "Hier staat een stuurteken dat niet in tekst hoort. Haal het weg."),
    ("found duplicate", "Deze instructie staat er twee keer."),
)


class Boom:
    """A file as values with places; `fouten` are those that leave the rest readable."""

    def __init__(self, bestand: str) -> None:
        self.bestand = bestand
        self.waarde: Any = None
        self.waardeplaatsen: dict[Loc, Plaats] = {}
        self.sleutelplaatsen: dict[Loc, Plaats] = {}
        self.fouten: list[Fout] = []

    def report(self, plaats: Plaats, tekst: str) -> None:
        """Note a fault and go on."""
        self.fouten.append(Fout(self.bestand, *plaats, tekst))


def read_boom(bestand: str, inhoud: bytes) -> Boom:
    """Build the tree; raises DefinitieError when the bytes are no readable YAML file with one document."""
    tekst = _decode(bestand, inhoud)
    return _read_vlot(bestand, tekst) or _read_met_fouten(bestand, tekst)


def _read_vlot(bestand: str, tekst: str) -> Boom | None:
    """The tree of a file without a fault; None where there is anything to say about it."""
    boom = Boom(bestand)
    if "\t" in tekst:
        return None
    try:
        _build_document(boom, read_snel(tekst))
    except (NietSnelTeLezenError, DefinitieError):
        return None
    return None if boom.fouten else boom


def _read_met_fouten(bestand: str, tekst: str) -> Boom:
    boom = Boom(bestand)
    for nummer, regel in enumerate(tekst.splitlines(), start=1):
        if "\t" in regel:
            boom.report((nummer, regel.index("\t") + 1), "Hier staat een tab. Gebruik spaties.")
    if boom.fouten:
        raise DefinitieError(boom.fouten)
    events = _read_events(bestand, tekst)
    try:
        _build_document(boom, events)
    except MarkedYAMLError as error:
        raise DefinitieError([*boom.fouten, _translate(bestand, error)]) from None
    except YAMLError as error:
        raise DefinitieError([*boom.fouten, Fout(bestand, 1, 1, _find_parserfout(str(error)))]) from None
    return boom


def _decode(bestand: str, inhoud: bytes) -> str:
    try:
        return inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        regels = inhoud[: error.start].split(b"\n")
        plaats = (len(regels), len(regels[-1]) + 1)
        tekst = "Dit teken is geen UTF-8. Sla het bestand op als UTF-8."
        raise DefinitieError([Fout(bestand, *plaats, tekst)]) from None


def _read_events(bestand: str, tekst: str) -> Iterator[Event]:
    try:
        yield from read_precies(tekst)
    except (ValueError, OverflowError):
        raise DefinitieError([Fout(bestand, 1, 1, "Dit is geen leesbaar YAML-bestand.")]) from None


def _build_document(boom: Boom, events: Iterator[Event]) -> None:
    """Read the only document of the file into `boom`."""
    gelezen = False
    for event in events:
        if isinstance(event, DocumentStartEvent):
            if event.version or event.tags:
                boom.report(_plaats(event), "Regels die met % beginnen worden niet gelezen. Haal deze weg.")
            if gelezen:
                boom.report(_plaats(event), "Hier begint een tweede document (---). Eén bestand is één document.")
                return
        elif isinstance(event, NodeEvent):
            boom.waarde = _build(boom, event, events, ())
            gelezen = True
    if not gelezen:
        raise DefinitieError([Fout(boom.bestand, 1, 1, "Dit bestand is leeg.")])


def _build(boom: Boom, event: Event, events: Iterator[Event], loc: Loc) -> Any:
    """The value that starts with `event`; faults are reported, the rest is still read."""
    plaats = _plaats(event)
    if isinstance(event, ScalarEvent) and not event.value and not event.style:
        plaats = boom.sleutelplaatsen.get(loc, plaats)  # the parser sees nothing only at the next line
    boom.waardeplaatsen[loc] = plaats
    if len(loc) > MAXIMALE_DIEPTE:
        tekst = f"Dit is te diep ingesprongen: meer dan {MAXIMALE_DIEPTE} lagen."
        raise DefinitieError([*boom.fouten, Fout(boom.bestand, *plaats, tekst)])
    _check_knoop(boom, event, plaats)
    if isinstance(event, MappingStartEvent):
        return _build_mapping(boom, events, loc)
    if isinstance(event, SequenceStartEvent):
        return _build_lijst(boom, events, loc)
    if isinstance(event, ScalarEvent):
        return _build_scalar(boom, event, plaats, loc)
    return ""


def _check_knoop(boom: Boom, event: Event, plaats: Plaats) -> None:
    """Report an anchor, an alias or a tag."""
    if isinstance(event, AliasEvent):
        boom.report(plaats, f"De verwijzing *{event.anchor} wordt niet gelezen. Schrijf de waarde uit.")
        return
    if anker := getattr(event, "anchor", None):
        boom.report(plaats, f"Het anker &{anker} wordt niet gelezen. Haal het weg.")
    if label := getattr(event, "tag", None):
        boom.report(plaats, f"Het label {label} wordt niet gelezen. Haal het weg.")


def _build_scalar(boom: Boom, event: ScalarEvent, plaats: Plaats, loc: Loc) -> Any:
    if event.style:
        return event.value
    waarde, fout = read_scalar(event.value)
    sleutel = loc[-1] if loc else None
    if not event.value and isinstance(sleutel, str) and sleutel.isdigit():
        fout = f"Hier staat een losse '{sleutel}'. Een komma begint iets nieuws: schrijf 412,50 als 412.50."
    if fout:
        boom.report(plaats, fout)
    return waarde


def _build_lijst(boom: Boom, events: Iterator[Event], loc: Loc) -> list[Any]:
    lijst: list[Any] = []
    for event in events:
        if isinstance(event, CollectionEndEvent):
            break
        onderdeel = (*loc, len(lijst))
        waarde = _build(boom, event, events, onderdeel)
        if fout := find_bsn_in_waarde(str(next((x for x in reversed(loc) if isinstance(x, str)), "")), waarde):
            boom.report(boom.waardeplaatsen[onderdeel], fout)
        lijst.append(waarde)
    return lijst


def _build_mapping(boom: Boom, events: Iterator[Event], loc: Loc) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for event in events:
        if isinstance(event, CollectionEndEvent):
            break
        sleutel = _read_sleutel(boom, event, events)
        plaats = _plaats(event)
        onderdeel = (*loc, sleutel)
        if sleutel in mapping:
            eerste = boom.sleutelplaatsen[onderdeel][0]
            boom.report(plaats, f"De sleutel '{sleutel}' staat hier dubbel; hij staat ook op regel {eerste}.")
            _build(Boom(boom.bestand), next(events), events, onderdeel)
            continue
        boom.sleutelplaatsen[onderdeel] = plaats
        if fout := find_bsn_in_sleutel(sleutel):
            boom.report(plaats, fout)
        mapping[sleutel] = _build(boom, next(events), events, onderdeel)
        if fout := find_bsn_in_waarde(sleutel, mapping[sleutel]):
            boom.report(boom.waardeplaatsen[onderdeel], fout)
    return mapping


def _read_sleutel(boom: Boom, event: Event, events: Iterator[Event]) -> str:
    """The text of a key; a list or mapping as key, and a word that is ambiguous, are faults."""
    plaats = _plaats(event)
    if not isinstance(event, ScalarEvent):
        _build(Boom(boom.bestand), event, events, ())
        boom.report(plaats, "Een sleutel is één woord; hier staat een lijst of een verwijzing.")
        return f"?{plaats[0]}:{plaats[1]}"
    _check_knoop(boom, event, plaats)
    if event.value == "<<":
        boom.report(plaats, "Samenvoegen met << wordt niet gelezen. Schrijf de sleutels uit.")
    elif not event.style and (fout := read_scalar(event.value)[1]):
        boom.report(plaats, fout)
    return str(event.value)


def _plaats(event: Event) -> Plaats:
    return (event.start_mark.line + 1, event.start_mark.column + 1)


def _translate(bestand: str, error: MarkedYAMLError) -> Fout:
    probleem = str(error.problem)
    # What misses something is where it begins; the parser sees it only further on.
    bij_begin = any(kenmerk in probleem for kenmerk in ("unexpected end", "expected ',' or", "expected ':'"))
    mark = (error.context_mark if bij_begin else None) or error.problem_mark or error.context_mark
    regel, kolom = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Fout(bestand, regel, kolom, _find_parserfout(f"{error.context} {probleem}"))


def _find_parserfout(engels: str) -> str:
    for kenmerk, tekst in _PARSERFOUTEN:
        if kenmerk in engels:
            return tekst
    return "Dit is geen geldige YAML. Kijk naar inspringing, dubbele punten en aanhalingstekens op deze regel."
