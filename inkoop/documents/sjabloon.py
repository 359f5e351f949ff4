"""A folder of templates, and one template filled with data.

    sjablonen/<soort>/sjabloon.md, sjablonen/<soort>/metagegevens.yaml, sjablonen/delen/*.md

Rendering yields text with tokens for values and the template line of each line; `lezer` makes the
clause tree from it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import traceback
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from weakref import finalize

from jinja2 import FunctionLoader, TemplateRuntimeError, TemplateSyntaxError, nodes

from inkoop.documents.budget import MAX_TEKENS
from inkoop.documents.fouten import OntbrekendVeld, Plaats, SjabloonError, Sjabloonfout
from inkoop.documents.huisstijl import Huisstijl, find_stijlmap, read_huisstijl
from inkoop.documents.omgeving import Sjabloonomgeving
from inkoop.documents.sjabloonregels import suggest
from inkoop.documents.waarden import REGEL_BEGIN, REGEL_EINDE, RENDERING, TAGREGEL, Rendering, wrap_gegevens

MAX_RUW = 4 * MAX_TEKENS
"""The size of a rendered text with its line marks and tokens."""
_REKENFOUTEN = (TemplateRuntimeError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError)
SJABLOON, METAGEGEVENS, DELEN = "sjabloon.md", "metagegevens.yaml", "delen"


@dataclass(frozen=True)
class Bronregel:
    """One line of rendered text, with value tokens, and the template line it came from."""

    tekst: str
    plaats: Plaats


@dataclass(frozen=True)
class Gevuld:
    """A template filled with data: its lines, the printed values, and the fields that were missing."""

    regels: tuple[Bronregel, ...]
    waarden: tuple[str, ...]
    ontbrekend: tuple[OntbrekendVeld, ...]


@dataclass(frozen=True)
class Sjabloonbron:
    """A folder of templates. Files are read once, when first needed; `onderdelen` names those of a bundle."""

    map: Path
    onderdelen: tuple[str, ...] = field(default=(), repr=False, compare=False)
    _gelezen: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _hashes: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    metagegevens: dict[str, object] = field(default_factory=dict, repr=False, compare=False)
    huisstijlen: dict[str, Huisstijl] = field(default_factory=dict, repr=False, compare=False)
    _bundels: dict[tuple[str, str], bytes] = field(default_factory=dict, repr=False, compare=False)

    def find_huisstijl(self, regio: str) -> Huisstijl:
        """The house style of a region. Raises SjabloonError with every fault in its files."""
        if regio not in self.huisstijlen:
            self.huisstijlen[regio] = read_huisstijl(self.map, regio)
        return self.huisstijlen[regio]

    def list_soorten(self) -> tuple[str, ...]:
        """The document types that have a template, in alphabetical order."""
        return tuple(sorted(pad.parent.name for pad in self.map.glob(f"*/{SJABLOON}")))

    def find_bestand(self, soort: str, naam: str) -> Path:
        """The file of a document type; a type without template is refused with the nearest name."""
        pad = self.map / soort / naam
        if Path(soort).name != soort or not (self.map / soort / SJABLOON).is_file():
            raise _one_fout(str(pad), 1, f"Er is geen sjabloon '{soort}'.{suggest(soort, self.list_soorten())}")
        if not pad.is_file():
            raise _one_fout(str(pad), 1, f"Het bestand '{naam}' ontbreekt bij sjabloon '{soort}'.")
        return pad

    @cached_property
    def _omgeving(self) -> Sjabloonomgeving:
        namen = [f"{soort}/{SJABLOON}" for soort in self.list_soorten()]
        namen += sorted(str(pad.relative_to(self.map)) for pad in (self.map / DELEN).rglob("*.md"))
        for naam in namen:
            self._gelezen[naam] = read_tekst(self.map / naam)
        return Sjabloonomgeving(FunctionLoader(self._load), {naam: str(self.map / naam) for naam in namen})

    def _load(self, naam: str) -> tuple[str, str, None]:
        return self._gelezen[naam], str(self.map / naam), None

    def fill(self, soort: str, gegevens: Mapping[str, object]) -> Gevuld:
        """Fill a template with data.

        Raises SjabloonError with every mistake that shows while rendering. Missing fields are no
        mistake of the template: they are returned.
        """
        self.find_bestand(soort, SJABLOON)
        omgeving = self._omgeving
        rendering = Rendering(bestanden=omgeving.bestanden)
        token = RENDERING.set(rendering)
        naam = f"{soort}/{SJABLOON}"
        try:
            tekst = self._render(omgeving, naam, wrap_gegevens(gegevens))
        finally:
            RENDERING.reset(token)
        if rendering.fouten:
            raise SjabloonError(rendering.fouten)
        regels = split_regels(tekst, omgeving.bestanden, Plaats(omgeving.bestanden[naam], 1))
        return Gevuld(regels, tuple(rendering.waarden), tuple(rendering.ontbrekend.values()))

    def compile(self, soort: str) -> None:
        """Check the language of a template and its parts without filling it. Raises SjabloonError."""
        fouten: list[Sjabloonfout] = []
        for naam in self.list_bestanden(soort):
            try:
                self._omgeving.get_template(naam)
            except TemplateSyntaxError as fout:
                fouten.append(self._describe_syntaxfout(fout, fout.name or naam))
            except SjabloonError as fout:
                fouten += fout.fouten
        if fouten:
            raise SjabloonError(fouten)

    def _render(self, omgeving: Sjabloonomgeving, naam: str, gegevens: Mapping[str, object]) -> str:
        delen: list[str] = []
        omvang = 0
        plaats = omgeving.bestanden[naam]
        try:
            for deel in omgeving.get_template(naam).generate(gegevens):
                delen.append(deel)
                omvang += len(deel)
                if omvang > MAX_RUW:
                    raise _one_fout(plaats, 1, f"Het document wordt langer dan {MAX_TEKENS} tekens.")
        except TemplateSyntaxError as fout:
            raise SjabloonError([self._describe_syntaxfout(fout, fout.name or naam)]) from fout
        except RecursionError as fout:
            raise _one_fout(plaats, 1, "Een deel voegt zichzelf in, rechtstreeks of via een ander.") from fout
        except _REKENFOUTEN as fout:
            bestand, regel = _find_regel(fout, set(omgeving.bestanden.values())) or (plaats, 1)
            melding = f"Een filter, vergelijking of berekening past hier niet bij de gegevens. ({fout})"
            raise _one_fout(bestand, regel, melding) from fout
        return "".join(delen)

    def _describe_syntaxfout(self, fout: TemplateSyntaxError, naam: str) -> Sjabloonfout:
        """A mistake in Dutch; of a block that is not closed, the line that opens it."""
        bericht = fout.message or ""
        regel = fout.lineno
        if bericht.lower().startswith("unexpected end of template"):
            regel = find_open_blok(self._gelezen.get(naam, "")) or regel
        return Sjabloonfout.at(self._omgeving.bestanden.get(naam, naam), regel, translate_syntaxfout(bericht))

    def list_bestanden(self, soort: str) -> tuple[str, ...]:
        """The template of a type and every part that it includes, directly or through another part."""
        self.find_bestand(soort, SJABLOON)
        omgeving = self._omgeving
        gezien: list[str] = []
        open_ = [f"{soort}/{SJABLOON}"]
        while open_:
            naam = open_.pop()
            if naam in gezien or naam not in self._gelezen:
                continue
            gezien.append(naam)
            try:
                boom = omgeving.parse(self._gelezen[naam], naam)
            except TemplateSyntaxError as fout:
                raise SjabloonError([self._describe_syntaxfout(fout, naam)]) from fout
            doelen = [knoop.template for knoop in boom.find_all(nodes.Include)]
            doelen += [knoop.template for knoop in boom.find_all(nodes.Import)]
            open_ += [doel.value for doel in doelen if isinstance(doel, nodes.Const)]
        return tuple(sorted(gezien))

    def hash_sjabloon(self, soort: str) -> str:
        """SHA-256 of everything that the text of a document depends on besides the data."""
        if soort not in self._hashes:
            self._hashes[soort] = self._compute_hash(soort)
        return self._hashes[soort]

    def _compute_hash(self, soort: str) -> str:
        som = hashlib.sha256()
        metagegevens = self.find_bestand(soort, METAGEGEVENS)
        for naam, inhoud in [
            (f"{soort}/{METAGEGEVENS}", read_tekst(metagegevens)),
            *((naam, self._gelezen[naam]) for naam in self.list_bestanden(soort)),
        ]:
            som.update(f"{naam}\0{len(inhoud)}\0{inhoud}\0".encode())
        return som.hexdigest()

    def pack(self, soort: str, regio: str) -> bytes:
        """Everything a document is made from besides its data, as one JSON text; the same files give the same bytes.

        Kept with a document, so that it can be made again when templates and house style have moved on.
        """
        if (soort, regio) not in self._bundels:
            namen = [f"{soort}/{METAGEGEVENS}", *self.list_bestanden(soort)]
            bestanden = {naam: (self.map / naam).read_bytes() for naam in namen}
            huis = find_stijlmap(self.map, regio)
            if huis is not None:
                bestanden |= {
                    str(pad.relative_to(self.map)): pad.read_bytes() for pad in huis.iterdir() if pad.is_file()
                }
            leesbaar = {naam: base64.b64encode(inhoud).decode() for naam, inhoud in bestanden.items()}
            self._bundels[soort, regio] = json.dumps(leesbaar, sort_keys=True, indent=1).encode()
        return self._bundels[soort, regio]


def open_bundel(bundel: bytes) -> Sjabloonbron:
    """The templates of `pack` in a folder of their own, which goes when nobody holds them any more.

    The last few stay as they were read and compiled, so that looking at a document again costs little.
    """
    bron = _unpack_bundel(bundel)
    if not all((bron.map / naam).is_file() for naam in bron.onderdelen):  # somebody tidied the temporary folder
        _unpack_bundel.cache_clear()
        bron = _unpack_bundel(bundel)
    return bron


@lru_cache(maxsize=8)
def _unpack_bundel(bundel: bytes) -> Sjabloonbron:
    bestanden = {naam: base64.b64decode(inhoud) for naam, inhoud in json.loads(bundel).items()}
    for naam in bestanden:
        if ".." in Path(naam).parts or Path(naam).is_absolute():
            raise ValueError(f"a bundle names a file outside itself: {naam}")
    map_ = Path(mkdtemp(prefix="inkoop-sjablonen-"))
    bron = Sjabloonbron(map_, onderdelen=tuple(bestanden))
    finalize(bron, rmtree, map_, ignore_errors=True)
    for naam, inhoud in bestanden.items():
        (map_ / naam).parent.mkdir(parents=True, exist_ok=True)
        (map_ / naam).write_bytes(inhoud)
    return bron


def _one_fout(bestand: Path | str, regel: int, tekst: str) -> SjabloonError:
    return SjabloonError([Sjabloonfout.at(str(bestand), regel, tekst)])


def _find_regel(fout: BaseException, bestanden: Collection[str]) -> tuple[str, int] | None:
    """The last template line that an error passed through."""
    regels = traceback.extract_tb(fout.__traceback__)
    return next(((r.filename, r.lineno or 1) for r in reversed(regels) if r.filename in bestanden), None)


def read_tekst(pad: Path) -> str:
    r"""Read a template file as UTF-8 with `\n` line ends."""
    try:
        tekst = pad.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fout:
        regel = pad.read_bytes()[: fout.start].count(b"\n") + 1
        raise _one_fout(str(pad), regel, "Dit bestand is geen UTF-8-tekst.") from fout
    for nummer, inhoud in enumerate(tekst.split("\n"), 1):
        if any("\ue000" <= teken <= "\uf8ff" for teken in inhoud):
            raise _one_fout(str(pad), nummer, "Deze regel bevat een teken zonder vaste vorm.")
    return tekst.replace("\r\n", "\n")


def split_regels(tekst: str, bestanden: Mapping[str, str], begin: Plaats) -> tuple[Bronregel, ...]:
    """Take the line marks out of a rendered text and give each line its place."""
    regels: list[Bronregel] = []
    plaats = begin
    for regel in tekst.replace(f"{TAGREGEL}\n", "").replace(TAGREGEL, "").split("\n"):
        kaal: list[str] = []
        eerste: Plaats | None = None
        for nummer, stuk in enumerate(regel.split(REGEL_BEGIN)):
            merk, scheiding, rest = stuk.partition(REGEL_EINDE)
            if nummer and scheiding:
                naam, _, regelnummer = merk.rpartition(":")
                plaats = Plaats(bestanden.get(naam, naam), int(regelnummer))
                eerste = eerste or (plaats if rest else None)
                kaal.append(rest)
            else:
                kaal.append(stuk)
        regels.append(Bronregel("".join(kaal).rstrip(" \t"), eerste or plaats))
    return tuple(regels)


_BLOKTAG = re.compile(r"\{#.*?#\}|\{%-?\s*(if|for|endif|endfor)\b", re.DOTALL)


def find_open_blok(tekst: str) -> int | None:
    """The line of the innermost `{% if %}` or `{% for %}` that nothing closes."""
    open_: list[int] = []
    for gevonden in _BLOKTAG.finditer(tekst):
        if gevonden[1] in {"if", "for"}:
            open_.append(tekst.count("\n", 0, gevonden.start()) + 1)
        elif gevonden[1] and open_:
            open_.pop()
    return open_[-1] if open_ else None


def translate_syntaxfout(bericht: str) -> str:
    """Say a mistake in the use of `{{ }}` and `{% %}` in Dutch; the original follows for who knows Jinja."""
    for begin, zin in _SYNTAX.items():
        if bericht.lower().startswith(begin):
            return f"{zin} ({bericht})"
    return f"De sjabloontaal is hier niet te lezen: controleer accolades, haakjes en aanhalingstekens. ({bericht})"


_SYNTAX: Mapping[str, str] = {
    "unexpected end of template": "Een {% if %} of {% for %} is niet gesloten met {% endif %} of {% endfor %}.",
    "encountered unknown tag": "Deze {% %} is geen opdracht van de sjabloontaal, of sluit iets dat niet open is.",
    "unexpected '}'": "Er staat een accolade te veel of te weinig.",
    "unexpected end of": "Een {{ of {% is niet gesloten.",
    "expected token": "In deze {{ }} of {% %} ontbreekt iets.",
}
