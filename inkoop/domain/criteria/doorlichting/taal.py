"""Going over the texts of a set: unfinished sentences, empty reasons, words that nobody can test.

Words of a source between double quotes are left alone where the word itself is the remark: a quotation
may be vague, our own text may not.

Bron: BP-04 (a sentence that breaks off), BP-06 (a reason that limits the number), BP-12 (no awarding without
selectie); which words count is a project default.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inkoop.domain.criteria.criterium import Criterium
from inkoop.domain.criteria.doorlichting.opmerking import (
    Ernst,
    Opmerking,
    Pad,
    fout,
    let_op,
    list_vraagvelden,
    walk_toetsen,
    walk_vragen,
)

_MIN_WOORDEN = 5
_GEEN_TEKST = re.compile(
    r"\W*(n\.?\s?v\.?\s?t\.?|geen|nvt|niet van toepassing|volgt|zie boven|idem)?\W*", re.IGNORECASE
)
_INVULPLEK = re.compile(
    r"\.\.+|…|__+|\[[^\]]*\]|<[^>]*>|\b(?:nader\s+te\s+(?:bepalen|specificeren)|n\.t\.b\.?|ntb|p\.m\.|in\s+te\s+vullen"
    r"|x{3,})(?!\w)",
    re.IGNORECASE,
)
_AFGEBROKEN = re.compile(
    r"\b(?:(?:is|zijn|betekent|geldt)\s+dat|te\s+weten|zoals|waarbij|namelijk|omdat|doordat|zodat|indien|mits|en|of|de|een)"
    r"\s*[.:,;]?\s*$",
    re.IGNORECASE,
)
_SLOT = re.compile(r"[.!?][\"'”’)]*$")
_CITAAT = re.compile(r"\"[^\"]*\"|“[^”]*”")
_VAAG = re.compile(
    r"\b(?:voldoende|adequa(?:at|te)|redelijke?|zo\s?veel\s+mogelijk|in\s+principe|bij\s+voorkeur|waar\s+mogelijk"
    r"|op\s+(?:een\s+)?goede\s+wijze)\b",
    re.IGNORECASE,
)
_OPEN_VRAAG = re.compile(r"(?:hoe|wat|welke?|wie|waar\w*|wanneer|hoeveel|in\s+hoeverre|op\s+welke)\b", re.IGNORECASE)
_GUNNEN = re.compile(
    r"\b(?:voorlopig\s+)?(?:gunnen|gegund\w*|gunt|gunning\w*|winnende?\s+(?:inschrijver|aanbieder)\w*)\b", re.IGNORECASE
)
_PARTIJEN = (
    r"(?:aanbieders|partijen|ondernem(?:ers|ingen)|inschrijvers|contracten|contract(?:anten|partijen)|deelnemers)"
)
_BEPERKING = re.compile(
    r"\b(?:beperk\w*|begren\w*|verminder\w*|verklein\w*|hanteerba\w*|behapba\w*|overzichtelijk\w*|terug\s?dring\w*"
    r"|klein|laag)\b",
    re.IGNORECASE,
)
_AANTAL = re.compile(rf"\b(?:aantal|hoeveelheid)\s+(?:\w+\s+){{0,2}}{_PARTIJEN}\b", re.IGNORECASE)
_TE_VEEL = re.compile(
    rf"\b(?:te\s+veel|minder|weinig|niet\s+meer|hooguit\s+\w+|maximaal\s+\w+)\s+{_PARTIJEN}\b", re.IGNORECASE
)
_ONTKENNING = re.compile(r"\b(?:niet|geen|nooit|zonder)\b", re.IGNORECASE)


def check_teksten(criterium: Criterium, *, selectie: bool | None) -> Iterator[Opmerking]:
    """Every remark on the texts of one criterium; `selectie` None = the procedure is not known.

    Paths start at the criterium.
    """
    for sleutel, tekst in (("eis", criterium.eis), ("motivering", criterium.motivering), ("bewijs", criterium.bewijs)):
        yield from check_zin((sleutel,), tekst, slot=sleutel != "bewijs")
    yield from check_zin(("titel",), criterium.titel, slot=False)
    for pad, vraag in walk_vragen(criterium.toets):
        yield from check_vraag(("toets", *pad, "tekst"), vraag.tekst)
    yield from check_motivering(criterium, selectie=selectie)
    yield from _check_meetbaar(criterium)
    yield from _check_gunnen(criterium, selectie=selectie)


def check_zin(pad: Pad, tekst: str, *, slot: bool) -> Iterator[Opmerking]:
    """A text that is not finished (BP-04); with `slot` it must end as a sentence."""
    if gevonden := _INVULPLEK.search(tekst):
        yield fout("onaf", pad, f"Deze tekst is niet af: er staat '{gevonden[0]}'. Vul in wat u bedoelt.")
    elif gevonden := _AFGEBROKEN.search(tekst):
        yield fout("afgebroken", pad, f"Deze zin breekt af na '{gevonden[0].strip()}'. Maak de zin af.")
    elif slot and not _SLOT.search(tekst.strip()):
        yield let_op("geen-punt", pad, "Deze tekst eindigt niet met een punt. Is de zin af?")


def check_vraag(pad: Pad, tekst: str) -> Iterator[Opmerking]:
    """A question that cannot be answered with yes or no, or that is no question."""
    yield from check_zin(pad, tekst, slot=False)
    if not tekst.rstrip().endswith("?"):
        yield let_op("geen-vraag", pad, "Dit is geen vraag. Stel een vraag waarop het antwoord ja of nee is.")
    elif _OPEN_VRAAG.match(tekst):
        woord = tekst.split(maxsplit=1)[0]
        yield let_op(
            "open-vraag", pad, f"Op een vraag met '{woord}' is ja of nee geen antwoord. Stel een ja/nee-vraag."
        )


def check_motivering(criterium: Criterium, *, selectie: bool | None) -> Iterator[Opmerking]:
    """No reason, a reason that is too short, or one that is about the number of providers (BP-06)."""
    tekst = criterium.motivering
    if _GEEN_TEKST.fullmatch(tekst):
        yield fout("geen-motivering", ("motivering",), "Dit is geen motivering. Schrijf waarom deze eis nodig is.")
        return
    if _fold(tekst) in (_fold(criterium.eis), _fold(criterium.titel)):
        zin = "De motivering herhaalt de eis. Schrijf waarom de eis nodig is en niet zwaarder dan nodig."
        yield let_op("motivering-herhaalt", ("motivering",), zin)
    elif len(tekst.split()) < _MIN_WOORDEN:
        zin = "Deze motivering is heel kort. Schrijf waarom de eis nodig is en niet zwaarder dan nodig."
        yield let_op("motivering-kort", ("motivering",), zin)
    if gevonden := find_aantalbeperking(tekst):
        ernst = {None: Ernst.LET_OP, False: Ernst.FOUT}.get(selectie)
        zin = (
            f"Deze motivering gaat over het aantal aanbieders ('{gevonden}'). Zonder selectie is dat geen reden voor"
            " een eis. Motiveer met kwaliteit of veiligheid (BP-06)."
        )
        if ernst is not None:
            yield Opmerking(code="motivering-aantal", ernst=ernst, pad=("motivering",), tekst=zin)


def find_aantalbeperking(tekst: str) -> str | None:
    """The words with which a reason says that it limits how many take part; None when it does not."""
    for zin in re.split(r"(?<=[.!?])\s+", tekst):
        if gevonden := _TE_VEEL.search(zin):
            return gevonden[0]
        aantal = _AANTAL.search(zin)
        if aantal and _BEPERKING.search(zin) and not _ONTKENNING.search(zin):
            return aantal[0]
    return None


def _check_meetbaar(criterium: Criterium) -> Iterator[Opmerking]:
    """A demand that a rule is to judge with words that no rule can, or nothing to judge it by."""
    if _GEEN_TEKST.fullmatch(criterium.bewijs):
        zin = "Zonder bewijs valt er niets te toetsen. Schrijf wat de aanbieder inlevert."
        yield fout("geen-bewijs", ("bewijs",), zin)
    met_vragen = any(list_vraagvelden(toets) for _, toets in walk_toetsen(criterium.toets))
    if not met_vragen and (gevonden := _VAAG.search(_CITAAT.sub("", criterium.eis))):
        zin = (
            f"'{gevonden[0]}' is niet te toetsen met een regel. Schrijf wanneer het genoeg is, of laat twee"
            " beoordelaars oordelen (soort: beoordeling)."
        )
        yield let_op("niet-toetsbaar", ("eis",), zin)


def _check_gunnen(criterium: Criterium, *, selectie: bool | None) -> Iterator[Opmerking]:
    """Words of awarding where nothing is awarded (BP-12); in a quotation they are only pointed out."""
    if selectie:
        return
    for sleutel, tekst in (("titel", criterium.titel), ("eis", criterium.eis), ("motivering", criterium.motivering)):
        if gevonden := _GUNNEN.search(tekst):
            in_citaat = not _GUNNEN.search(_CITAAT.sub("", tekst))
            ernst = Ernst.LET_OP if in_citaat or selectie is None else Ernst.FOUT
            zin = f"Hier staat '{gevonden[0]}'. Zonder selectie wordt er niet gegund. Schrijf 'toelaten'."
            yield Opmerking(code="gunnen", ernst=ernst, pad=(sleutel,), tekst=zin)


def _fold(tekst: str) -> str:
    return " ".join(re.sub(r"\W+", " ", tekst.casefold()).split())
