"""What is filled in on a page as values of an aanmeldingsbestand: a draft holds text, a rule wants days and numbers.

Bron: docs/handleiding/aanmelding.md (the keys), importeren.md (how text is read).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import msgspec

from inkoop.definitions.modelpad import Loc
from inkoop.definitions.opgavevorm import OPGAVEVORM
from inkoop.definitions.tabelaanmelding import Celplaats, build_uit_tabel
from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk, Ondernemer
from inkoop.domain.criteria.dossier import EenFeit, Lidrol
from inkoop.exchange.celwaarde import write_waarde
from inkoop.exchange.formuliervorm import FEITBASIS, Kolom, list_bladen, list_feitsoorten, name_soort

ZELF: Final = "aanbieder"
"""The short name of whom the writer acts for, in its own aanmelding."""

Plaatsen = Mapping[Loc, Celplaats]


class Conceptstuk(msgspec.Struct, kw_only=True):
    """A file with a draft: where it is kept, what it is, about whom, and the facts, as text, by the keys of a file.

    `eerder` is the earlier aanmelding that it was handed in with, and `eerder_sha256` which file of it: then it is
    not kept with the draft (`opslag` empty), but taken from there when it is handed in (services/hergebruik).
    """

    nummer: int
    bestand: str
    opslag: str
    mediatype: str
    grootte: int
    apart_gezet: bool
    omschrijving: str
    lid: str = ""
    criteria: list[str] = []
    feiten: list[dict[str, Any]] = []
    eerder: str = ""
    eerder_sha256: str = ""


class Concept(msgspec.Struct, kw_only=True):
    """Everything filled in so far, as text. `leden` are flat (`tekenbevoegde naam`), the writer's own first.

    `ingediend` is the kenmerk under which this was handed in as it is now; empty when it was not, or changed since.
    `laatst` is the kenmerk of the last time that something was handed in.
    """

    leden: list[dict[str, str]]
    naam: str = ""
    specialisme: str = ""
    werkgebied: str = ""
    percelen: list[str] = []
    producten: list[str] = []
    stukken: list[Conceptstuk] = []
    volgend_nummer: int = 1
    ingediend: str = ""
    laatst: str = ""

    def find_lid(self, id: str) -> dict[str, str] | None:
        """A party by its short name."""
        return next((lid for lid in self.leden if lid["id"] == id), None)

    def find_stuk(self, nummer: int) -> Conceptstuk | None:
        """A file by its number."""
        return next((stuk for stuk in self.stukken if stuk.nummer == nummer), None)

    @property
    def eigen_rol(self) -> Lidrol:
        """Whether the writer applies alone, or as penvoerder because there is another member."""
        ander = any(lid.get("rol") == Lidrol.LID for lid in self.leden[1:])
        return Lidrol.PENVOERDER if ander else Lidrol.ENKEL


@cache
def list_kolommen(blad: str) -> tuple[Kolom, ...]:
    """What can be said about a kind of fact (`certificaat`) or a list of its own (`document onderdelen`)."""
    moet = _VERPLICHT.get(blad, frozenset())
    kolommen = next((vorm.kolommen for vorm in list_bladen((), {}, {}) if vorm.naam == blad), ())
    return tuple(msgspec.structs.replace(k, verplicht=k.verplicht or k.kop in moet) for k in kolommen)


_VERPLICHT: Final = {
    name_soort(struct): OPGAVEVORM.verplicht[struct] for struct in list_feitsoorten() if struct in OPGAVEVORM.verplicht
}
"""What a file must say although the value has a default, per kind of fact."""


def type_feit(tekst: Mapping[str, Any]) -> dict[str, Any]:
    """A fact as it would stand in a file, from its text; what does not fit stays text, and is refused later."""
    soort = str(tekst["soort"])
    feit: dict[str, Any] = {"soort": soort}
    for kolom in list_kolommen(soort):
        if waarde := tekst.get(kolom.kop):
            feit[kolom.kop] = write_waarde(kolom.soort, "; ".join(waarde) if isinstance(waarde, list) else waarde)
    for naam, deel in tekst.items():
        kolommen = list_kolommen(f"{soort} {naam}")
        if kolommen and isinstance(deel, Mapping):
            feit[naam] = dict(deel)
        elif kolommen:
            feit[naam] = [
                {kolom.kop: write_waarde(kolom.soort, rij[kolom.kop]) for kolom in kolommen if rij.get(kolom.kop)}
                for rij in deel
            ]
    return feit


def write_feit(feit: EenFeit) -> dict[str, Any]:
    """A fact as the text that a draft holds: what `type_feit` makes a fact of again."""
    kaal = {naam: waarde for naam, waarde in msgspec.to_builtins(feit).items() if naam not in FEITBASIS}
    tekst = _to_tekst(kaal)
    return tekst if isinstance(tekst, dict) else {}


def _to_tekst(waarde: Any) -> Any:
    if isinstance(waarde, Mapping):
        return {naam: _to_tekst(deel) for naam, deel in waarde.items() if deel is not None}
    if isinstance(waarde, list | tuple):
        return [_to_tekst(deel) for deel in waarde]
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return str(waarde)


def to_stuk(stuk: Conceptstuk) -> dict[str, Any]:
    """A file as an aanmeldingsbestand names it."""
    lid = {"lid": stuk.lid} if stuk.lid else {}
    feiten = [type_feit(feit) for feit in stuk.feiten]
    eerder = {"eerder": stuk.eerder, "eerder_sha256": stuk.eerder_sha256} if stuk.eerder else {}
    return {"bestand": stuk.bestand, "omschrijving": stuk.omschrijving, **lid, "feiten": feiten, **eerder}


def to_lid(concept: Concept, lid: Mapping[str, str]) -> dict[str, Any]:
    """A party as an aanmeldingsbestand names it."""
    kaal = {naam: waarde for naam, waarde in lid.items() if waarde and not naam.startswith("tekenbevoegde ")}
    if lid["id"] == ZELF:
        kaal["rol"] = str(concept.eigen_rol)
    teken = {n.removeprefix("tekenbevoegde "): w for n, w in lid.items() if n.startswith("tekenbevoegde ") and w}
    return {**kaal, "tekenbevoegde": teken}


def to_waarde(concept: Concept) -> dict[str, Any]:
    """What is filled in, as an aanmeldingsbestand has it."""
    combinatie = concept.naam if concept.eigen_rol is Lidrol.PENVOERDER else ""
    tekst = {naam: getattr(concept, naam) for naam in ("producten", "specialisme", "werkgebied")}
    return {
        "naam": combinatie or concept.leden[0].get("naam", ""),
        "leden": [to_lid(concept, lid) for lid in concept.leden],
        "percelen": concept.percelen,
        **{naam: waarde for naam, waarde in tekst.items() if waarde},
        "bewijsstukken": [to_stuk(stuk) for stuk in concept.stukken],
    }


def build_opgave(concept: Concept) -> Aanmeldingsopgave:
    """The aanmelding as it would be handed in. Raises DefinitieError with every fault."""
    return build_uit_tabel("aanmelding", to_waarde(concept), {})


def check_lid(lid: Mapping[str, str], concept: Concept, plaatsen: Plaatsen) -> Ondernemer:
    """One party by itself. Raises DefinitieError; `plaatsen` say where each key under `("leden", 0)` was typed."""
    waarde = {**_leeg([]), "leden": [{**to_lid(concept, lid), "rol": str(Lidrol.ENKEL)}]}
    return build_uit_tabel("onderneming", waarde, plaatsen).leden[0]


def check_stukken(stukken: Sequence[Conceptstuk], leden: Sequence[str], plaatsen: Plaatsen) -> tuple[Bewijsstuk, ...]:
    """Files with the facts on them, whatever else is filled in yet; `leden` are the short names of the parties.

    Raises DefinitieError; `plaatsen` say where each key under `("bewijsstukken", i, ...)` was typed.
    """
    waarde = {**_leeg(leden), "bewijsstukken": [to_stuk(stuk) for stuk in stukken]}
    return build_uit_tabel("bewijs", waarde, plaatsen).bewijsstukken


def _leeg(leden: Sequence[str]) -> dict[str, Any]:
    """An aanmelding in which everything is there, so that only what is added to it can be at fault."""
    teken = {"naam": "-", "functie": "-", "wijze": "alleen"}
    vast = dict.fromkeys(("naam", "rechtsvorm", "adres", "postcode", "plaats", "email"), "-") | {"tekenbevoegde": teken}
    rijen = [
        {**vast, "id": id_, "kvk": f"{nummer:08d}", "rol": str(Lidrol.ONDERAANNEMER if nummer else Lidrol.ENKEL)}
        for nummer, id_ in enumerate(leden)
    ]
    return {"naam": "-", "leden": rijen, "percelen": ["-"]}
