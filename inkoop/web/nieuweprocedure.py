"""Beginning a procedure on pages: the same questions as `inkoop procedure nieuw`, a few at a time.

What was answered travels along in the form, so that nothing is lost by going back or by being signed out, and is kept
at each page for who answered it (services/kladden), to go on with later. The answers become the same file as on the
command line and are checked by the same rules.

Bron: ontwerp 5; B.1.1, E.5.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from babel.numbers import NumberFormatError, parse_decimal

from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.invulplaats import make_invulplaats
from inkoop.definitions.opzetplan import Opzetdag, compute_plan
from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.procedureopzet import write_opzet
from inkoop.definitions.procedurevragen import VRAGEN, Vraag, write_antwoord
from inkoop.definitions.startvragen import Startantwoorden, load_antwoorden
from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.kwalificeren import Kwalificatieadvies, qualify

MAX_PERCELEN: Final = 40
"""The most percelen that one list of questions takes (project default); more are easier in the file itself."""


class Stap(NamedTuple):
    """One page of questions: its title, the keys of its questions, and a sentence above them."""

    titel: str
    sleutels: tuple[str, ...]
    uitleg: str = ""


STAPPEN: tuple[Stap, ...] = (
    Stap("Wat koopt u in", ("naam", "titel", "omschrijving", "bron", "wet")),
    Stap("Wie koopt in", ("regio", "samenwerkingsverband", "gemeenten", "centrumgemeente")),
    Stap(
        "Wat voor procedure",
        (
            "iedereen_die_voldoet",
            "vergelijken",
            "begrensd",
            "keuze_door",
            "toetreding",
            "dialoog",
            "emvi",
            "motivering",
        ),
        "Uit deze antwoorden volgt de vorm van de procedure. U ziet haar in het overzicht; een jurist bevestigt haar.",
    ),
    Stap(
        "Percelen",
        ("percelen",),
        "Schrijf bij de producten op elke regel één product: een korte code, de naam, en als u die al weet het bedrag"
        " en de eenheid, met puntkomma's ertussen. Bijvoorbeeld: IB-basis; Begeleiding basis; 62,50; uur.",
    ),
    Stap(
        "Looptijd",
        ("ingang", "duur_maanden", "verlenging", "verlenging_maanden", "verlengingen", "opzegtermijn_maanden"),
        "Van de ingang wordt teruggerekend wanneer een ronde opent en sluit.",
    ),
    Stap(
        "Mandaat en criteria",
        (
            "functie",
            "mandaat_van",
            "mandaat_tot",
            "rechtbank",
            "systeem",
            "rechtstreeks",
            "criteriaset",
            "criteria_editie",
        ),
    ),
)
"""The pages with questions, in order; after them comes the overview."""

OVERZICHT: Final = len(STAPPEN)

NAAM = Vraag("naam", "Onder welke korte naam bewaart u de procedure? Bijvoorbeeld: regio-wmo-2027.")
_NAAM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ALLE_VRAGEN: Mapping[str, Vraag] = {vraag.sleutel: vraag for vraag in (NAAM, *VRAGEN)}
_NIET_VERPLICHT = frozenset({"dialoog", "emvi"})

PERCEELVELDEN: tuple[tuple[str, str, str], ...] = (
    ("code", "Korte code", ""),
    ("naam", "Hoe het perceel heet", ""),
    ("bekostiging", "Hoe u betaalt", ""),
    ("raming", "Raming in euro zonder btw", "Over de hele looptijd met verlengingen, bijvoorbeeld 4.200.000."),
    ("producten", "Producten, op elke regel één", "Code; naam; bedrag; eenheid. Bedrag en eenheid mogen weg."),
    ("lumpsum", "Bedrag per jaar", "Alleen als u het perceel als geheel betaalt (lumpsum)."),
    ("max_aanbieders", "Hoogste aantal aanbieders", "Alleen bij een selectie."),
)
"""The fields of one perceel: key, label, explanation."""
_PERCEEL_VRIJ = frozenset({"lumpsum", "max_aanbieders"})


class Antwoordblad(NamedTuple):
    """The answers as a file, and which field each of its lines came from."""

    tekst: str
    velden: tuple[str, ...]


class Uitkomst(NamedTuple):
    """What follows from the answers: faults by field, and when there are none the kind, the days and the file."""

    fouten: dict[str, str]
    antwoorden: Startantwoorden | None = None
    advies: Kwalificatieadvies | None = None
    plan: tuple[Opzetdag, ...] = ()
    bestand: str = ""
    open: tuple[tuple[int, str], ...] = ()


def list_percelen(ingevuld: Mapping[str, str]) -> list[int]:
    """The numbers of the percelen in a form, from 1; always at least one."""
    nummers = {int(gevonden[1]) for naam in ingevuld if (gevonden := re.fullmatch(r"p(\d{1,2})\.[a-z_]+", naam))}
    return sorted(nummer for nummer in nummers if 0 < nummer <= MAX_PERCELEN) or [1]


def list_velden(ingevuld: Mapping[str, str], stap: int) -> list[str]:
    """The names of the fields on one page."""
    velden = []
    for sleutel in STAPPEN[stap].sleutels:
        if sleutel == "percelen":
            velden += [f"p{n}.{veld}" for n in list_percelen(ingevuld) for veld, *_ in PERCEELVELDEN]
        else:
            velden.append(sleutel)
    return velden


def find_stap(veld: str) -> int:
    """The page on which a field stands."""
    sleutel = "percelen" if re.match(r"p\d+\.", veld) else veld
    return next((nummer for nummer, stap in enumerate(STAPPEN) if sleutel in stap.sleutels), 0)


def write_blad(ingevuld: Mapping[str, str]) -> Antwoordblad:
    """The answers as the file that the command line reads; what was typed can never become more than a value."""
    regels: list[tuple[str, str]] = []
    for vraag in VRAGEN:
        if vraag.soort == "percelen":
            regels += _write_percelen(ingevuld)
            continue
        antwoord = ingevuld.get(vraag.sleutel, "").strip()
        if not antwoord and vraag.sleutel in _NIET_VERPLICHT:
            continue
        regels.append((vraag.sleutel, _write(vraag, antwoord)))
    return Antwoordblad("\n".join(regel for _, regel in regels) + "\n", tuple(veld for veld, _ in regels))


def _write(vraag: Vraag, antwoord: str) -> str:
    if not antwoord:
        return f"{vraag.sleutel}: {_tekst(make_invulplaats(vraag.tekst))}"
    if vraag.soort == "kaal":
        return f"{vraag.sleutel}: {_write_kaal(antwoord)}"
    if vraag.keuzes and antwoord not in vraag.keuzes:
        return f"{vraag.sleutel}: {_tekst(antwoord)}"
    return write_antwoord(vraag, antwoord)


def _write_kaal(antwoord: str) -> str:
    """A day or a number without quotes; anything else as text, for the rules to refuse at its place."""
    if dag := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", antwoord):
        return f"{dag[3]}-{int(dag[2]):02d}-{int(dag[1]):02d}"
    return antwoord if re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{1,9}", antwoord) else _tekst(antwoord)


def _write_bedrag(antwoord: str) -> str:
    kaal = antwoord.replace("€", "").replace(" ", "").removesuffix(",-")
    try:
        waarde: Decimal = parse_decimal(kaal, locale="nl_NL", strict=True)
    except NumberFormatError:
        return _tekst(antwoord)
    return f"{waarde:f}" if waarde.is_finite() else _tekst(antwoord)


def _tekst(waarde: str) -> str:
    return json.dumps(waarde, ensure_ascii=False)


def _write_percelen(ingevuld: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    yield "p1.code", "percelen:"
    for nummer in list_percelen(ingevuld):
        begin = "  - "
        for veld, label, _ in PERCEELVELDEN:
            naam = f"p{nummer}.{veld}"
            antwoord = ingevuld.get(naam, "").strip()
            if veld == "producten":
                yield from _write_producten(naam, antwoord)
                continue
            if not antwoord and veld in _PERCEEL_VRIJ:
                continue
            if not antwoord:
                waarde = _tekst(make_invulplaats(label))
            elif veld in {"raming", "lumpsum"}:
                waarde = _write_bedrag(antwoord)
            elif veld == "max_aanbieders" or (veld == "bekostiging" and antwoord in set(Bekostiging)):
                waarde = _write_kaal(antwoord) if veld == "max_aanbieders" else antwoord
            else:
                waarde = _tekst(antwoord)
            yield naam, f"{begin}{veld}: {waarde}"
            begin = "    "


def _write_producten(naam: str, antwoord: str) -> Iterable[tuple[str, str]]:
    regels = [regel for regel in antwoord.splitlines() if regel.strip()]
    if not regels:
        yield naam, f"    producten: {_tekst(make_invulplaats('Producten'))}"
        return
    yield naam, "    producten:"
    for regel in regels:
        code, product, bedrag, eenheid = (*(deel.strip() for deel in regel.split(";", 3)), "", "", "")[:4]
        velden = [f"code: {_tekst(code)}", f"naam: {_tekst(product or code)}"]
        if bedrag:
            velden.append(f"bedrag: {_write_bedrag(bedrag)}")
        if eenheid:
            velden.append(f"eenheid: {_tekst(eenheid)}")
        yield naam, f"      - {{{', '.join(velden)}}}"


def assess(ingevuld: Mapping[str, str], bezet: Iterable[str]) -> Uitkomst:
    """Check every answer, and make the file when they are right. `bezet` are names that are taken."""
    fouten = _check_naam(ingevuld.get("naam", "").strip(), bezet)
    blad = write_blad(ingevuld)
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / "antwoorden.yaml"
        pad.write_text(blad.tekst, encoding="utf-8")
        try:
            antwoorden = load_antwoorden(pad)
        except DefinitieError as error:
            for fout in error.fouten:
                veld = blad.velden[min(fout.regel, len(blad.velden)) - 1]
                leeg = not ingevuld.get(veld, "").strip()
                fouten.setdefault(veld, "Beantwoord deze vraag." if leeg else fout.tekst)
            return Uitkomst(fouten)
        if fouten:
            return Uitkomst(fouten)
        bestand = write_opzet(antwoorden)
        open_ = _list_open(Path(map_) / f"{ingevuld['naam'].strip()}.yaml", bestand)
    advies = qualify(antwoorden.kwalificatietoets())
    return Uitkomst({}, antwoorden, advies, compute_plan(antwoorden), bestand, open_)


def _check_naam(naam: str, bezet: Iterable[str]) -> dict[str, str]:
    if not naam:
        return {"naam": "Beantwoord deze vraag."}
    if len(naam) > 60 or not _NAAM.fullmatch(naam):
        return {"naam": "Gebruik alleen kleine letters, cijfers en streepjes, bijvoorbeeld regio-wmo-2027."}
    return {"naam": f"Er is al een procedure '{naam}'. Kies een andere naam."} if naam in set(bezet) else {}


def _list_open(pad: Path, bestand: str) -> tuple[tuple[int, str], ...]:
    """What the control still finds in the file: line and sentence."""
    pad.write_text(bestand, encoding="utf-8")
    try:
        load_procedure(pad)
    except DefinitieError as error:
        return tuple((fout.regel, fout.tekst) for fout in error.fouten)
    return ()
