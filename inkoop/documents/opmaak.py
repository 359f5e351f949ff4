"""Restricted Markdown -> blocks of the clause tree: headings, lists, tables, bold, italic, labels, references.

Only the rules that the language has are switched on in markdown-it; what looks like another
construct (a quote, a rule, a link, code) is a fault, so that nothing is printed by accident.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from inkoop.documents.boom import (
    Alinea,
    Blok,
    Inhoud,
    Kop,
    Lijst,
    Punt,
    Regeleinde,
    Tabel,
    Tekst,
    Uitlijning,
    Verwijzing,
    plat,
)
from inkoop.documents.fouten import Plaats, Sjabloonfout
from inkoop.documents.sjabloon import Bronregel
from inkoop.documents.waarden import WAARDE_BEGIN, WAARDE_EINDE, WAARDETEKEN

MAX_KOPNIVEAU = 4
MAX_TREDEN = 3
MAX_SECTIES = 512
"""How many sections a process keeps as it read them: those of a round's documents, some ten megabytes."""
_LABEL = re.compile(r"\[([@#])([^\]\s]{1,200})\]")
_GELDIG_LABEL = re.compile(r"[a-z0-9][a-z0-9-]*")
_KOPREGEL = re.compile(r"#{1,6} ")
_CEL = re.compile(r"(?<!\\)\|")
_VREEMD: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"\s*\|"),
        "Deze tabel heeft geen kopregel: zet boven de rijen een regel met koppen en een regel met |:---|.",
    ),
    (re.compile(r"\s*#{1,6}[^#\s]"), "Achter de hekjes van een kop hoort een spatie."),
    (re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$"), "Een streep hoort niet bij de opmaaktaal."),
    (re.compile(r"\s*(?:```|~~~)"), "Programmatekst hoort niet bij de opmaaktaal."),
    (re.compile(r"\s*>"), "Een citaat hoort niet bij de opmaaktaal; gebruik '::: kader'."),
    (re.compile(r"\s*</?[a-zA-Z!]"), "HTML hoort niet bij de opmaaktaal."),
    (re.compile(r".*\]\("), "Een koppeling hoort niet bij de opmaaktaal; schrijf het adres als tekst."),
    (
        re.compile(r"\s*(?:[a-h]|i{1,3}|iv|vi{0,3})[.)]\s"),
        "Schrijf '1.' voor elk punt; a, b en i, ii volgen uit het inspringen.",
    ),
)


def _read_label(state: StateInline, stil: bool) -> bool:
    """Inline rule of markdown-it for `[#label]` and `[@label]`."""
    gevonden = _LABEL.match(state.src, state.pos)
    if gevonden is None:
        return False
    if not stil:
        token = state.push("verwijzing" if gevonden[1] == "@" else "label", "", 0)
        token.content = gevonden[2]
    state.pos = gevonden.end()
    return True


def _make_markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero").enable(["heading", "list", "table", "emphasis", "escape", "newline"])
    markdown.inline.ruler.before("emphasis", "label", _read_label)
    return markdown.disable("text_join")


_MARKDOWN = _make_markdown()


class Opmaaklezer:
    """Reads stretches of Markdown of one document; gathers faults instead of stopping at the first."""

    def __init__(self, waarden: Sequence[str], fouten: list[Sjabloonfout]) -> None:
        self._waarden = waarden
        self._fouten = fouten
        self._regels: Sequence[Bronregel] = ()
        self._lezers: Mapping[str, _Bloklezer] = {
            "heading_open": self._read_kop,
            "paragraph_open": self._read_alinea,
            "ordered_list_open": self._read_lijst,
            "bullet_list_open": self._read_lijst,
            "table_open": self._read_tabel,
        }

    def fault(self, plaats: Plaats, tekst: str) -> None:
        """Note a mistake."""
        self._fouten.append(Sjabloonfout(plaats, tekst))

    def read_blokken(self, regels: Sequence[Bronregel]) -> list[Blok]:
        """Read a stretch without directives, section by section: one that was read before is not read again."""
        blokken: list[Blok] = []
        for stuk in _split_secties(regels):
            gelezen, fouten = _read_sectie(*_renumber(stuk, self._waarden))
            blokken += gelezen
            self._fouten += fouten
        return blokken

    def read_sectie(self, regels: Sequence[Bronregel]) -> list[Blok]:
        """Read a stretch now, in one go."""
        self._regels = regels
        return self._read_tokens(_MARKDOWN.parse("\n".join(regel.tekst for regel in regels)), 0)

    def read_inhoud(self, tekst: str, plaats: Plaats) -> tuple[Inhoud, str | None]:
        """Read one line of running text and the label at its end."""
        (regel,), waarden = _renumber([Bronregel(tekst.strip(), plaats)], self._waarden)
        inhoud, label, fouten = _read_losse_regel(regel, waarden)
        self._fouten += fouten
        return inhoud, label

    def read_losse_regel(self, regel: Bronregel) -> tuple[Inhoud, str | None]:
        """Read one line of running text now."""
        return self._read_kinderen(_MARKDOWN.parseInline(regel.tekst)[0].children or [], regel.plaats)

    def _plaats(self, token: Token) -> Plaats:
        return self._regels[token.map[0] if token.map else 0].plaats

    def _read_tokens(self, tokens: Sequence[Token], trede: int) -> list[Blok]:
        blokken: list[Blok] = []
        nummer = 0
        while nummer < len(tokens):
            einde = _find_einde(tokens, nummer)
            lezer = self._lezers[tokens[nummer].type]
            blokken.append(lezer(tokens[nummer : einde + 1], trede))
            nummer = einde + 1
        return blokken

    def _read_kop(self, tokens: Sequence[Token], trede: int) -> Kop:
        plaats = self._plaats(tokens[0])
        inhoud, label = self._read_kinderen(tokens[1].children or [], plaats)
        if trede:
            self.fault(plaats, "Een kop kan niet in een lijst staan.")
        if not plat(inhoud).strip():
            self.fault(plaats, "Deze kop is leeg.")
        niveau = int(tokens[0].tag[1:])
        if niveau > MAX_KOPNIVEAU:
            self.fault(plaats, f"Een kop heeft hooguit {MAX_KOPNIVEAU} hekjes.")
        return Kop(niveau=niveau, inhoud=inhoud, plaats=plaats, label=label)

    def _read_alinea(self, tokens: Sequence[Token], trede: int) -> Alinea:
        plaats = self._plaats(tokens[0])
        for nummer in range(*(tokens[0].map or (0, 0))):
            self._check_vreemd(self._regels[nummer])
        inhoud, label = self._read_kinderen(tokens[1].children or [], plaats)
        if label is not None:
            self.fault(plaats, f"Het label '{label}' hoort bij een kop, een genummerd punt of een bijlage.")
        return Alinea(inhoud=inhoud, plaats=plaats)

    def _check_vreemd(self, regel: Bronregel) -> None:
        for patroon, melding in _VREEMD:
            if patroon.match(regel.tekst):
                self.fault(regel.plaats, melding)
                return

    def _read_lijst(self, tokens: Sequence[Token], trede: int) -> Lijst:
        genummerd = tokens[0].type == "ordered_list_open"
        plaats = self._plaats(tokens[0])
        if trede >= MAX_TREDEN:
            self.fault(plaats, f"Een lijst gaat hooguit {MAX_TREDEN} treden diep.")
        punten: list[Punt] = []
        nummer = 1
        while nummer < len(tokens) - 1:
            einde = _find_einde(tokens, nummer)
            punten.append(self._read_punt(tokens[nummer : einde + 1], trede + 1, genummerd))
            nummer = einde + 1
        return Lijst(genummerd=genummerd, punten=tuple(punten), plaats=plaats)

    def _read_punt(self, tokens: Sequence[Token], trede: int, genummerd: bool) -> Punt:
        plaats = self._plaats(tokens[0])
        label, tokens = self._take_label(tokens) if genummerd else (None, tokens)
        blokken = self._read_tokens(tokens[1:-1], trede)
        if not blokken:
            self.fault(plaats, "Dit punt is leeg.")
        return Punt(blokken=tuple(blokken), plaats=plaats, label=label)

    def _take_label(self, tokens: Sequence[Token]) -> tuple[str | None, Sequence[Token]]:
        """Take the label from the end of the first paragraph of a point."""
        if len(tokens) < 3 or tokens[1].type != "paragraph_open":
            return None, tokens
        kinderen = tokens[2].children or []
        if not kinderen or kinderen[-1].type != "label":
            return None, tokens
        label = self._resolve_label(kinderen[-1].content, self._plaats(tokens[0]))
        return label, [*tokens[:2], tokens[2].copy(children=kinderen[:-1]), *tokens[3:]]

    def _read_tabel(self, tokens: Sequence[Token], trede: int) -> Tabel:
        plaats = self._plaats(tokens[0])
        rijen: list[list[Inhoud]] = []
        uitlijning: list[Uitlijning] = []
        for nummer, token in enumerate(tokens):
            if token.type == "tr_open":
                rijen.append([])
            elif token.type in {"th_open", "td_open"}:
                inhoud, label = self._read_kinderen(tokens[nummer + 1].children or [], plaats)
                if label is not None:
                    self.fault(plaats, f"Het label '{label}' kan niet in een tabel staan.")
                rijen[-1].append(inhoud)
                if token.type == "th_open":
                    uitlijning.append(_UITLIJNING.get(str(token.attrGet("style") or ""), Uitlijning.LINKS))
        self._check_tabel(tokens, plaats, rijen)
        koppen, *rest = (tuple(rij) for rij in rijen)
        return Tabel(koppen=koppen, rijen=tuple(rest), uitlijning=tuple(uitlijning), plaats=plaats)

    def _check_tabel(self, tokens: Sequence[Token], plaats: Plaats, rijen: Sequence[Sequence[Inhoud]]) -> None:
        """A header cell without text, no rows at all, or a row with more or fewer cells than the header."""
        if not all(plat(kop).strip() for kop in rijen[0]):
            self.fault(plaats, "Elke kolom van een tabel heeft een kop nodig; ook wie niet ziet, leest de tabel.")
        if len(rijen) == 1:
            self.fault(plaats, "Deze tabel heeft geen rijen; zet er een {% if %} omheen als dat kan voorkomen.")
        for token in tokens:
            if token.type == "tr_open" and token.map:
                regel = self._regels[token.map[0]]
                aantal = len(_CEL.split(regel.tekst.strip().removeprefix("|").removesuffix("|")))
                if aantal != len(rijen[0]):
                    self.fault(
                        regel.plaats, f"Deze rij heeft {aantal} cellen; de tabel heeft {len(rijen[0])} kolommen."
                    )

    def _read_kinderen(self, kinderen: Sequence[Token], plaats: Plaats) -> tuple[Inhoud, str | None]:
        """Inline tokens -> content; a label may stand only at the end."""
        delen: list[Tekst | Verwijzing | Regeleinde] = []
        vet = cursief = 0
        label: str | None = None
        for nummer, token in enumerate(kinderen):
            if token.type in {"strong_open", "strong_close"}:
                vet += token.nesting
            elif token.type in {"em_open", "em_close"}:
                cursief += token.nesting
            elif token.type == "hardbreak":
                delen.append(Regeleinde())
            elif token.type == "verwijzing":
                doel = self._resolve_label(token.content, plaats)
                delen.append(Verwijzing(doel, plaats, vet > 0, cursief > 0))
            elif token.type == "label":
                gevonden = self._resolve_label(token.content, plaats)
                if nummer == len(kinderen) - 1:
                    label = gevonden
                else:
                    self.fault(plaats, f"Het label '{gevonden}' staat niet aan het einde van de kop of het punt.")
            else:
                tekst = " " if token.type == "softbreak" else token.content
                for deel in self._split_waarden(tekst, vet > 0, cursief > 0):
                    _append_tekst(delen, deel)
        return _trim(delen), label

    def _split_waarden(self, tekst: str, vet: bool, cursief: bool) -> list[Tekst]:
        """Put the values back where their tokens stand."""
        stukken = WAARDETEKEN.split(tekst)
        return [
            Tekst(self._waarden[int(stuk)] if nummer % 2 else stuk, vet, cursief, bool(nummer % 2))
            for nummer, stuk in enumerate(stukken)
            if stuk
        ]

    def _resolve_label(self, ruw: str, plaats: Plaats) -> str:
        label = WAARDETEKEN.sub(lambda gevonden: self._waarden[int(gevonden[1])], ruw)
        if not _GELDIG_LABEL.fullmatch(label):
            self.fault(plaats, f"Het label '{label}' mag alleen kleine letters, cijfers en streepjes hebben.")
        return label


def _split_secties(regels: Sequence[Bronregel]) -> Iterator[Sequence[Bronregel]]:
    """Cut a stretch before each heading: a heading at the margin ends whatever stood before it."""
    begin = 0
    for nummer, regel in enumerate(regels):
        if nummer and _KOPREGEL.match(regel.tekst):
            yield regels[begin:nummer]
            begin = nummer
    yield regels[begin:]


def _renumber(regels: Sequence[Bronregel], waarden: Sequence[str]) -> tuple[tuple[Bronregel, ...], tuple[str, ...]]:
    """A section by itself: its values counted from 0, so that what stands before it does not show in it."""
    eigen: list[str] = []

    def _keep(gevonden: re.Match[str]) -> str:
        eigen.append(waarden[int(gevonden[1])])
        return f"{WAARDE_BEGIN}{len(eigen) - 1}{WAARDE_EINDE}"

    genummerd = tuple(
        Bronregel(WAARDETEKEN.sub(_keep, regel.tekst), regel.plaats) if WAARDE_BEGIN in regel.tekst else regel
        for regel in regels
    )
    return genummerd, tuple(eigen)


@lru_cache(maxsize=MAX_SECTIES)
def _read_sectie(
    regels: tuple[Bronregel, ...], waarden: tuple[str, ...]
) -> tuple[tuple[Blok, ...], tuple[Sjabloonfout, ...]]:
    """Read one section: the same lines with the same values give the same blocks, which nothing can change."""
    fouten: list[Sjabloonfout] = []
    return tuple(Opmaaklezer(waarden, fouten).read_sectie(regels)), tuple(fouten)


@lru_cache(maxsize=MAX_SECTIES)
def _read_losse_regel(
    regel: Bronregel, waarden: tuple[str, ...]
) -> tuple[Inhoud, str | None, tuple[Sjabloonfout, ...]]:
    """Read one line of an address or a table of features; the same line with the same values is read once."""
    fouten: list[Sjabloonfout] = []
    inhoud, label = Opmaaklezer(waarden, fouten).read_losse_regel(regel)
    return inhoud, label, tuple(fouten)


_Bloklezer = Callable[[Sequence[Token], int], Blok]
_UITLIJNING = {"text-align:right": Uitlijning.RECHTS, "text-align:center": Uitlijning.MIDDEN}


def _find_einde(tokens: Sequence[Token], begin: int) -> int:
    """The place of the token that closes the one at `begin`."""
    diepte = 0
    for nummer in range(begin, len(tokens)):
        diepte += tokens[nummer].nesting
        if diepte <= 0:
            return nummer
    return len(tokens) - 1


def _append_tekst(delen: list[Tekst | Verwijzing | Regeleinde], deel: Tekst) -> None:
    """Add a run, or lengthen the last one when it has the same form; a value stays a run of its own."""
    laatste = delen[-1] if delen else None
    if isinstance(laatste, Tekst) and msgspec.structs.replace(laatste, tekst=deel.tekst) == deel and not deel.waarde:
        delen[-1] = msgspec.structs.replace(laatste, tekst=laatste.tekst + deel.tekst)
    else:
        delen.append(deel)


def _is_wit(deel: Tekst | Verwijzing | Regeleinde) -> bool:
    return isinstance(deel, Regeleinde) or (isinstance(deel, Tekst) and not deel.tekst.strip())


def _trim(delen: list[Tekst | Verwijzing | Regeleinde]) -> Inhoud:
    """Drop white space and line ends at both ends, and empty runs."""
    while delen and _is_wit(delen[0]):
        delen.pop(0)
    while delen and _is_wit(delen[-1]):
        delen.pop()
    if delen and isinstance(delen[0], Tekst):
        delen[0] = msgspec.structs.replace(delen[0], tekst=delen[0].tekst.lstrip(" "))
    if delen and isinstance(delen[-1], Tekst):
        delen[-1] = msgspec.structs.replace(delen[-1], tekst=delen[-1].tekst.rstrip(" "))
    return tuple(delen)
