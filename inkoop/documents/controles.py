"""The gates that a template can name: what a finished text may never hold, or must.

Names of parties are left out of what is searched: an aanbieder called "De Gunning" is no breach.
A gate reads the text as the reader gets it, values included.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from inkoop.documents.begrippen import check_begrippen
from inkoop.documents.bijlagenlijst import check_bijlagen_met_hash
from inkoop.documents.boom import Adres, Bijlage, Document, Handtekeningen, Kenmerken, plat, walk_blokken
from inkoop.documents.controles_gegevens import (
    check_bedragen,
    check_een_sluiting,
    check_redenen,
    find_vrije_termijndagen,
)
from inkoop.documents.drukletters import read_tekens
from inkoop.documents.fouten import ControleError, Controlefout, Plaats, SjabloonError, Sjabloonfout
from inkoop.documents.metagegevens import Metagegevens
from inkoop.documents.sjabloonregels import suggest
from inkoop.documents.tekst import Regel, list_regels
from inkoop.documents.waarden import clean_tekst

Gevonden = Iterator[tuple[Plaats, str]]
Controle = Callable[[Document, Sequence[Regel], Mapping[str, object]], Gevonden]

_BEZWAAR = re.compile(r"\bbezwaar(?:schrift|procedure|termijn|commissie)?\w*", re.IGNORECASE)
_GUNNEN = re.compile(r"\b(?:gunnen|gunning\w*|gunt|gunde[n]?|gegund\w*|gunnend\w*)\b", re.IGNORECASE)
_PLAATSHOUDER = re.compile(
    r"\blorem\b|\bipsum\b|\bX{3,}\b|\bTODO\b|\bFIXME\b|\bTBD\b|\bn\.?t\.?b\.?\b"
    r"|_{3,}|\[[^\]]*\]|\{\{|\}\}|<[a-z ]*invullen[^>]*>",
    re.IGNORECASE,
)
_PLAATSHOUDERTEKENS = (
    *("lorem", "ipsum", "xxx", "todo", "fixme", "tbd", "ntb", "n.tb", "nt.b", "n.t.b", "invullen"),
    *("___", "[", "{{", "}}"),
)
"""What every placeholder holds at least: a plain search that is much faster than the pattern."""
_BIJLAGENUMMER = re.compile(r"\bbijlage (\d+)\b", re.IGNORECASE)


def check_geen_bezwaar(_: Document, regels: Sequence[Regel], __: Mapping[str, object]) -> Gevonden:
    """A decision about a toelating is civil: it knows no bezwaar.

    Bron: domein B.2 and C.16 (lint).
    """
    yield from _search(regels, _BEZWAAR, "tegen dit besluit staat geen bezwaar open, maar de tekst noemt '{}'")


def check_geen_gunnen(_: Document, regels: Sequence[Regel], gegevens: Mapping[str, object]) -> Gevonden:
    """Without selection nothing is awarded: there is no ranking. In a SAS procedure the word is right.

    Bron: ontwerp 2.5; domein 0.1, BP-12.
    """
    procedure = gegevens.get("procedure")
    if isinstance(procedure, Mapping) and procedure.get("kwalificatie") == "sas":
        return
    yield from _search(regels, _GUNNEN, "in een toelating wordt niets gegund, maar de tekst noemt '{}'")


def check_geen_plaatshouders(_: Document, regels: Sequence[Regel], __: Mapping[str, object]) -> Gevonden:
    """Nothing is left that somebody still had to fill in. Bron: project default."""
    samen = "\n".join(tekst for _, tekst in regels).lower().replace("ontb", "")  # ontbinden, ontbreken
    if not any(teken in samen for teken in _PLAATSHOUDERTEKENS):
        return
    yield from _search(regels, _PLAATSHOUDER, "hier staat nog een plaatshouder: '{}'")


def check_geen_lege_velden(document: Document, _: Sequence[Regel], __: Mapping[str, object]) -> Gevonden:
    """No label without a value, no line of an address or signature box without text. Bron: project default."""
    for blok in walk_blokken(document.blokken):
        if isinstance(blok, Kenmerken):
            leeg = [plat(label) for label, waarde in blok.paren if not plat(waarde).strip(" ,;:-")]
            yield from ((blok.plaats, f"bij '{label}' staat geen waarde") for label in leeg)
        elif isinstance(blok, Adres):
            if any(not plat(regel).strip(" ,") for regel in blok.regels):
                yield blok.plaats, "een regel van het adres is leeg"
        elif isinstance(blok, Handtekeningen):
            for vak in blok.vakken:
                if not all(plat(deel).strip(" ,") for deel in (vak.naam, vak.functie, vak.namens)):
                    yield blok.plaats, "in een tekenvak ontbreekt naam, functie of namens wie"


def check_bijlagen_aanwezig(document: Document, regels: Sequence[Regel], _: Mapping[str, object]) -> Gevonden:
    """Every annex that the text names is there, and every annex is named. Bron: domein C.17, C.31."""
    aanwezig = {blok.nummer: blok for blok in document.blokken if isinstance(blok, Bijlage)}
    if not aanwezig:
        yield regels[0][0], "dit document moet bijlagen hebben, maar heeft er geen"
    genoemd: set[str] = set()
    for plaats, tekst in regels:
        kop = next((blok for blok in aanwezig.values() if blok.plaats == plaats and tekst.startswith("Bijlage ")), None)
        nummers = set(_BIJLAGENUMMER.findall(tekst)) - ({kop.nummer} if kop else set())
        genoemd |= nummers
        for nummer in sorted(nummers - aanwezig.keys()):
            yield plaats, f"de tekst noemt bijlage {nummer}, maar die is er niet"
    for nummer, bijlage in aanwezig.items():
        if nummer not in genoemd:
            yield bijlage.plaats, f"bijlage {nummer} wordt nergens in de tekst genoemd"


def check_criteria_genoemd(_: Document, regels: Sequence[Regel], gegevens: Mapping[str, object]) -> Gevonden:
    """Every criterium in the data stands in the text: a motivation leaves none out.

    Bron: domein C.16 (lint: all failed criteria present).
    """
    alles = "\n".join(tekst for _, tekst in regels)
    for criterium in sorted(set(_find_waarden(gegevens, lambda naam: naam == "criterium"))):
        if not re.search(rf"(?<![\w-]){re.escape(criterium)}(?![\w-])", alles):
            yield regels[0][0], f"criterium {criterium} staat in de gegevens, maar niet in de tekst"


CONTROLES: Mapping[str, Controle] = {
    "geen-bezwaar": check_geen_bezwaar,
    "geen-gunnen": check_geen_gunnen,
    "geen-plaatshouders": check_geen_plaatshouders,
    "geen-lege-velden": check_geen_lege_velden,
    "bijlagen-aanwezig": check_bijlagen_aanwezig,
    "bijlagen-met-hash": check_bijlagen_met_hash,
    "criteria-genoemd": check_criteria_genoemd,
    "redenen-gemotiveerd": check_redenen,
    "een-sluiting": check_een_sluiting,
    "bedragen-uit-tarief": check_bedragen,
    "begrippen": check_begrippen,
}


def check_tekens(regels: Sequence[Regel]) -> Gevonden:
    """Every character can be printed: a sign that the font lacks would be an empty box in an archived PDF.

    Always on; no template names it. Bron: PDF/A-3, 6.2.11 (fonts); project default.
    """
    bekend = read_tekens()
    if all(ord(teken) in bekend for teken in set().union(*(tekst for _, tekst in regels))):
        return
    for plaats, tekst in regels:
        vreemd = sorted({teken for teken in tekst if ord(teken) not in bekend})
        if vreemd:
            tekens = ", ".join(f"'{teken}' (U+{ord(teken):04X})" for teken in vreemd)
            yield plaats, f"deze tekens kan het document niet drukken: {tekens}"


def check_document(
    document: Document, soort: str, metagegevens: Metagegevens, gegevens: Mapping[str, object], bestand: str
) -> None:
    """Run the gates that the metagegevens name. Raises ControleError with everything that they found."""
    if fouten := find_controlefouten(document, metagegevens, gegevens, bestand):
        raise ControleError(soort, fouten)


def check_controlenamen(metagegevens: Metagegevens, bestand: str) -> None:
    """Refuse gates that do not exist. Raises SjabloonError; `bestand` is the file that names them."""
    if onbekend := [naam for naam in metagegevens.controles if naam not in CONTROLES]:
        fouten = (f"Onbekende controle '{naam}'.{suggest(naam, CONTROLES)}" for naam in onbekend)
        raise SjabloonError(Sjabloonfout.at(bestand, 1, fout) for fout in fouten)


def find_controlefouten(
    document: Document, metagegevens: Metagegevens, gegevens: Mapping[str, object], bestand: str
) -> tuple[Controlefout, ...]:
    """Everything that the gates find: unprintable characters and days off first, then in the order of the metagegevens.

    Raises SjabloonError when a gate does not exist; `bestand` is the file that names it.
    """
    check_controlenamen(metagegevens, bestand)
    volledig = list_regels(document)
    tekens = tuple(
        Controlefout(controle="tekens", plaats=plaats, tekst=tekst) for plaats, tekst in check_tekens(volledig)
    )
    regels = _leave_out_namen(volledig, gegevens)
    dagen = tuple(
        Controlefout(controle="termijndagen", plaats=volledig[0][0], tekst=tekst)
        for tekst in find_vrije_termijndagen(metagegevens.termijndagen, gegevens)
    )
    genoemd = tuple(
        Controlefout(controle=naam, plaats=plaats, tekst=tekst)
        for naam in metagegevens.controles
        for plaats, tekst in CONTROLES[naam](document, regels, gegevens)
    )
    return (*tekens, *dagen, *genoemd)


def _search(regels: Sequence[Regel], patroon: re.Pattern[str], melding: str) -> Gevonden:
    if not patroon.search("\n".join(tekst for _, tekst in regels)):  # no pattern crosses a line: seldom more to do
        return
    for plaats, tekst in regels:
        for gevonden in patroon.finditer(tekst):
            yield plaats, melding.format(gevonden[0])


def _leave_out_namen(regels: Sequence[Regel], gegevens: Mapping[str, object]) -> list[Regel]:
    """Replace the names that stand in the data (fields `naam`, `...naam`), as they are printed, by a dash."""
    gevonden = _find_waarden(gegevens, lambda naam: naam.endswith("naam"))
    namen = sorted({clean_tekst(naam).strip() for naam in gevonden} - {""}, key=len, reverse=True)
    if not namen:
        return list(regels)
    patroon = re.compile("|".join(re.escape(naam) for naam in namen))
    teksten = patroon.sub("–", _GRENS.join(tekst for _, tekst in regels)).split(_GRENS)
    return [(plaats, tekst) for (plaats, _), tekst in zip(regels, teksten, strict=True)]


_GRENS = "\0"
"""Between lines that are searched together: no cleaned text holds it, so no name crosses it."""


def _find_waarden(waarde: object, kies: Callable[[str], bool]) -> Iterator[str]:
    """All texts in the data under a field name that is chosen."""
    if isinstance(waarde, Mapping):
        for naam, deel in waarde.items():
            if isinstance(deel, str) and deel.strip() and kies(str(naam)):
                yield deel
            else:
                yield from _find_waarden(deel, kies)
    elif isinstance(waarde, Sequence) and not isinstance(waarde, str | bytes):
        for deel in waarde:
            yield from _find_waarden(deel, kies)
