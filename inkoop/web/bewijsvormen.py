"""What a criterion asks to be told about a file, as blocks of fields: one block for each fact.

The fields follow from the kind of fact, so that a new kind or key has its field at once; a criterion only says
what is fixed (the name of the document), what can be chosen, and what it looks at.

Bron: issue web application, 6; ontwerp 4; docs/handleiding/criteria.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from inkoop.definitions.editorschema import read_uitleg
from inkoop.domain.criteria.criterium import (
    Beoordelingtoets,
    Certificaattoets,
    Criterium,
    Documenttoets,
    EenToets,
    Ervaringtoets,
    Getaltoets,
    Locatietoets,
    Personeeltoets,
    Registertoets,
    Uitsluitingtoets,
    Verklaringtoets,
)
from inkoop.domain.criteria.eenheden import list_bladen
from inkoop.domain.criteria.verwoording import write_hoofdletter, write_naam, write_norm
from inkoop.exchange.formuliervorm import Kolom, find_kern, is_lijst, list_feitsoorten, name_soort
from inkoop.services.conceptwaarde import list_kolommen
from inkoop.web.feitnamen import hint_veld, name_veld

UITVOER = "aanbieder"
"""The party of a statement that is the applicant itself: its signature is the statement's own."""


class Vraagblok(NamedTuple):
    """One fact that a criterion asks for: its kind, a title, what is fixed, what can be chosen, what is looked at.

    `delen` are the names of the parts of a document, the answers of a statement or the parties that sign it.
    """

    soort: str
    titel: str
    vast: Mapping[str, str]
    keuzes: Mapping[str, tuple[str, ...]]
    gevraagd: frozenset[str]
    onderdelen: tuple[str, ...] = ()
    gegevens: tuple[str, ...] = ()
    handtekeningen: tuple[str, ...] = ()
    door: bool = False


class Veld(NamedTuple):
    """A field on a page. `invoer`: tekst, datum, getal, keuze, vinkjes; `naam` is its name in the form."""

    naam: str
    label: str
    uitleg: str
    invoer: str
    keuzes: tuple[tuple[str, str], ...]
    waarde: str
    waarden: tuple[str, ...]
    verplicht: bool
    nodig: bool
    fout: str = ""


class Ingevuldblok(NamedTuple):
    """A block on a page with what is filled in; `nummer` is its place, `extra` are fields that nobody must fill.

    `plaats` is the place of its question among those of the criterion, `feitnummer` that of its fact among those of
    the file (-1: none yet). `open`: something extra is filled in or wrong.
    """

    nummer: int
    plaats: int
    feitnummer: int
    vraag: Vraagblok
    velden: tuple[Veld, ...]
    extra: tuple[Veld, ...]
    open: bool


def list_vragen(criterium: Criterium, producten: Sequence[str], percelen: Sequence[str]) -> list[Vraagblok]:
    """Every fact that a criterion looks at, for the products and percelen that are offered."""
    samen: dict[tuple[object, ...], Vraagblok] = {}
    for blad in list_bladen(criterium.toets):
        for vraag in _list_vragen(blad, producten, percelen):
            # What one file says once is asked once, whatever parts of the criterion look at it.
            eigen = () if vraag.soort in _MEERDERE else (vraag.soort, *sorted(vraag.vast.items()))
            sleutel = eigen or (len(samen),)
            samen[sleutel] = _merge(samen[sleutel], vraag) if sleutel in samen else vraag
    return list(samen.values())


_MEERDERE = frozenset({"certificaat", "ervaring", "personeel"})
"""Kinds of which a file often holds several: each part of a criterion asks its own."""


def _merge(een: Vraagblok, ander: Vraagblok) -> Vraagblok:
    """One question for two that are about the same thing."""
    return een._replace(
        keuzes={
            n: tuple(dict.fromkeys((*een.keuzes.get(n, ()), *w))) for n, w in {**een.keuzes, **ander.keuzes}.items()
        },
        gevraagd=een.gevraagd | ander.gevraagd,
        onderdelen=tuple(dict.fromkeys((*een.onderdelen, *ander.onderdelen))),
        gegevens=tuple(dict.fromkeys((*een.gegevens, *ander.gegevens))),
        handtekeningen=tuple(dict.fromkeys((*een.handtekeningen, *ander.handtekeningen))),
        door=een.door or ander.door,
    )


def _list_vragen(toets: EenToets, producten: Sequence[str], percelen: Sequence[str]) -> Iterator[Vraagblok]:
    maak = _MAKERS.get(type(toets))
    if maak is not None:
        yield from maak(toets, producten, percelen)


def _certificaat(toets: Certificaattoets, _producten: Sequence[str], percelen: Sequence[str]) -> Iterator[Vraagblok]:
    woorden = [w for perceel in percelen or toets.scope_per_perceel for w in toets.scope_per_perceel.get(perceel, ())]
    gevraagd = {
        "instelling": bool(toets.instellingen),
        "geaccrediteerd": toets.accreditatie_vereist,
        "registerstatus": toets.registerstatus_vereist,
        "register_gezien_op": toets.registercontrole is not None,
        "locaties": toets.locaties_functie is not None,
    }
    yield Vraagblok(
        soort="certificaat",
        titel=f"Certificaat {write_norm(toets.norm)}" + (" of gelijkwaardig" if toets.gelijkwaardig else ""),
        vast={},
        keuzes={
            "norm": (toets.norm, *toets.gelijkwaardig),
            "instelling": toets.instellingen,
            "scope": tuple(dict.fromkeys(woorden)),
        },
        gevraagd=frozenset(naam for naam, waar in gevraagd.items() if waar),
    )


def _document(toets: Documenttoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    gevraagd = {"versie": bool(toets.versies), "op_naam_van": toets.op_naam}
    yield Vraagblok(
        soort="document",
        titel=write_hoofdletter(write_naam(toets.document)),
        vast={"document": toets.document},
        keuzes={"versie": toets.versies},
        gevraagd=frozenset(naam for naam, waar in gevraagd.items() if waar),
        onderdelen=toets.onderdelen,
        door=bool(toets.onderdelen_door),
    )


def _beoordeling(toets: Beoordelingtoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    vast = {"document": toets.document}
    yield Vraagblok("document", write_hoofdletter(write_naam(toets.document)), vast, {}, frozenset())


def _verklaring(toets: Verklaringtoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    yield Vraagblok(
        soort="verklaring",
        titel=f"Verklaring {write_naam(toets.verklaring)}",
        vast={"verklaring": toets.verklaring},
        keuzes={},
        gevraagd=frozenset({"ondertekenaar", "bevoegd"} if toets.bevoegd_ondertekend else ()),
        gegevens=tuple(dict.fromkeys((*toets.gegevens, *toets.antwoorden))),
        handtekeningen=tuple(partij for partij in toets.ondertekend_door if partij != UITVOER),
    )


def _ervaring(_toets: Ervaringtoets, producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    for product in producten:
        yield Vraagblok("ervaring", f"Ervaring met {product}", {"product": product}, {}, frozenset())


def _personeel(toets: Personeeltoets, producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    gevraagd = frozenset(
        {*(("totaal",) if toets.minimum_aandeel else ()), *(("register", "registerstatus") if toets.registers else ())}
    )
    keuzes = {"kwalificatie": toets.kwalificaties, "register": toets.registers}
    for product in producten:
        yield Vraagblok("personeel", f"Personeel voor {product}", {"product": product}, keuzes, gevraagd)


def _locatie(toets: Locatietoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    yield Vraagblok("locatie", f"Locatie voor {write_naam(toets.functie)}", {"functie": toets.functie}, {}, frozenset())


def _getal(toets: Getaltoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    for grootheid in dict.fromkeys((toets.grootheid, *((toets.als.grootheid,) if toets.als else ()))):
        titel = f"Aantal: {write_naam(grootheid)}"
        yield Vraagblok("getal", titel, {"grootheid": grootheid}, {}, frozenset())


def _register(toets: Registertoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    for register in toets.registers:
        yield Vraagblok("registratie", f"Inschrijving in {register}", {"register": register}, {}, frozenset())


def _uitsluiting(toets: Uitsluitingtoets, _producten: Sequence[str], _percelen: Sequence[str]) -> Iterator[Vraagblok]:
    titel = f"Uitsluitingsgrond: {write_naam(toets.uitsluitingsgrond)}"
    yield Vraagblok("uitsluiting", titel, {"uitsluitingsgrond": toets.uitsluitingsgrond}, {}, frozenset())


_MAKERS: Mapping[type, Any] = {
    Certificaattoets: _certificaat,
    Documenttoets: _document,
    Beoordelingtoets: _beoordeling,
    Verklaringtoets: _verklaring,
    Ervaringtoets: _ervaring,
    Personeeltoets: _personeel,
    Locatietoets: _locatie,
    Getaltoets: _getal,
    Registertoets: _register,
    Uitsluitingtoets: _uitsluiting,
}
"""How each kind of leaf asks for its fact; a kind that is about the parties themselves asks for none."""

_STRUCTS = {name_soort(struct): struct for struct in list_feitsoorten()}


def fits(feit: Mapping[str, Any], vraag: Vraagblok) -> bool:
    """Whether a fact is what is asked: of that kind, with what is fixed."""
    return feit.get("soort") == vraag.soort and all(feit.get(naam) == waarde for naam, waarde in vraag.vast.items())


def _claim(vragen: Sequence[Vraagblok], feiten: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """To which question each fact belongs: first to one of which it has the words, else to one that it fits."""
    van = {}
    for nummer, feit in enumerate(feiten):
        passend = [plaats for plaats, vraag in enumerate(vragen) if fits(feit, vraag)]
        precies = [plaats for plaats in passend if _has_woorden(feit, vragen[plaats])]
        if passend:
            van[nummer] = (precies or passend)[0]
    return van


def _has_woorden(feit: Mapping[str, Any], vraag: Vraagblok) -> bool:
    gekozen = ((feit.get(naam), woorden) for naam, woorden in vraag.keuzes.items() if woorden)
    return all(waarde in woorden for waarde, woorden in gekozen if isinstance(waarde, str) and waarde)


def make_blokken(
    vragen: Sequence[Vraagblok],
    feiten: Sequence[Mapping[str, Any]],
    *,
    leeg: int = 1,
    partijen: Sequence[tuple[str, str]] = (),
    fouten: Mapping[str, str] | None = None,
) -> list[Ingevuldblok]:
    """The blocks of a page: for each question the facts that are there, and an empty one where none is.

    `leeg` counts the empty blocks of a question without facts; one more than its facts is given when it is 2.
    """
    blokken: list[Ingevuldblok] = []
    van = _claim(vragen, feiten)
    for plaats, vraag in enumerate(vragen):
        passend = [nummer for nummer, eigen in van.items() if eigen == plaats]
        over = max(0, leeg - (1 if passend else 0))
        for nummer in [*passend, *([-1] * over)]:
            feit = feiten[nummer] if nummer >= 0 else {}
            blokken.append(_make_blok(len(blokken), plaats, nummer, vraag, feit, partijen, fouten or {}))
    return blokken


def _make_blok(
    nummer: int,
    plaats: int,
    feitnummer: int,
    vraag: Vraagblok,
    feit: Mapping[str, Any],
    partijen: Sequence[tuple[str, str]],
    fouten: Mapping[str, str],
) -> Ingevuldblok:
    velden = [v._replace(fout=fouten.get(v.naam, "")) for v in _list_velden(nummer, vraag, feit, partijen)]
    extra = tuple(veld for veld in velden if not veld.nodig)
    return Ingevuldblok(
        nummer=nummer,
        plaats=plaats,
        feitnummer=feitnummer,
        vraag=vraag,
        velden=tuple(veld for veld in velden if veld.nodig),
        extra=extra,
        open=any(veld.waarde or veld.waarden or veld.fout for veld in extra),
    )


def _list_velden(
    nummer: int, vraag: Vraagblok, feit: Mapping[str, Any], partijen: Sequence[tuple[str, str]]
) -> Iterator[Veld]:
    uitleg = read_uitleg()
    teksten = {**uitleg.get("algemeen", {}), **uitleg.get(_STRUCTS[vraag.soort].__name__, {})}
    for kolom in list_kolommen(vraag.soort):
        if kolom.kop == "bestand" or kolom.kop in vraag.vast:
            continue
        yield _make_veld(f"b{nummer}.{kolom.kop}", kolom, vraag, feit.get(kolom.kop, ""), teksten.get(kolom.kop, ""))
    yield from _list_delen(nummer, vraag, feit, partijen)


def _make_veld(naam: str, kolom: Kolom, vraag: Vraagblok, waarde: Any, uitleg: str) -> Veld:
    kern = find_kern(kolom.soort)
    keuzes = vraag.keuzes.get(kolom.kop, ())
    uitleg = hint_veld(vraag.soort, kolom.kop, uitleg)
    invoer = "datum" if kern is date else "tekst"
    if kolom.vast:
        invoer, keuzes = "keuze", kolom.keuzes
    elif is_lijst(kolom.soort) and keuzes:
        invoer = "vinkjes"
    waarden = tuple(waarde) if isinstance(waarde, list | tuple) else ()
    if is_lijst(kolom.soort) and invoer == "tekst":
        uitleg = f"{uitleg} Meer dan een? Zet er een puntkomma tussen.".strip()
    verplicht = kolom.verplicht or kolom.kop in vraag.gevraagd
    return Veld(
        naam=naam,
        label=name_veld(vraag.soort, kolom.kop),
        uitleg=uitleg,
        invoer=invoer,
        keuzes=tuple((keuze, keuze.replace("_", " ")) for keuze in keuzes),
        waarde="; ".join(waarden) if waarden and invoer == "tekst" else str(waarde or ""),
        waarden=waarden,
        verplicht=kolom.verplicht,
        nodig=verplicht,
    )


def _list_delen(
    nummer: int, vraag: Vraagblok, feit: Mapping[str, Any], partijen: Sequence[tuple[str, str]]
) -> Iterator[Veld]:
    """The parts of a document, the answers in a statement, the signatures of other parties."""
    aanwezig = {rij.get("naam"): rij for rij in feit.get("onderdelen", ())}
    if vraag.onderdelen:
        yield Veld(
            f"b{nummer}.onderdelen",
            "Welke onderdelen staan in dit bestand",
            "Vink aan wat erin staat.",
            "vinkjes",
            tuple((naam, write_naam(naam)) for naam in vraag.onderdelen),
            "",
            tuple(naam for naam in vraag.onderdelen if naam in aanwezig),
            verplicht=False,
            nodig=True,
        )
    for i, onderdeel in enumerate(vraag.onderdelen):
        rij = aanwezig.get(onderdeel, {})
        naam = write_naam(onderdeel)
        if vraag.door and len(partijen) > 1:
            keuzes = tuple(partijen)
            label = f"Wie voert '{naam}' uit"
            yield _los(f"b{nummer}.onderdelen.{i}.door", label, "keuze", keuzes, rij.get("door", ""), nodig=True)
        eigen = rij.get("datum", "") if rij.get("datum") != feit.get("datum") else ""
        label = f"Datum van '{naam}', als die anders is dan die van het document"
        yield _los(f"b{nummer}.onderdelen.{i}.datum", label, "datum", (), eigen)
    for i, gegeven in enumerate(vraag.gegevens):
        label = f"Wat is ingevuld bij '{write_naam(gegeven)}'"
        waarde = str(feit.get("gegevens", {}).get(gegeven, ""))
        yield _los(f"b{nummer}.gegevens.{i}", label, "tekst", (), waarde, nodig=True)
    tekent = {rij.get("namens"): rij for rij in feit.get("handtekeningen", ())}
    for i, partij in enumerate(vraag.handtekeningen):
        rij = tekent.get(partij, {})
        ja_nee = (("ja", "ja"), ("nee", "nee"))
        plek = f"b{nummer}.handtekeningen.{i}"
        yield _los(f"{plek}.getekend", f"Heeft {partij} getekend", "keuze", ja_nee, "ja" if rij else "", nodig=True)
        wie, mag = rij.get("ondertekenaar", ""), rij.get("bevoegd", "")
        yield _los(f"{plek}.ondertekenaar", f"Wie tekende voor {partij}", "tekst", (), wie)
        yield _los(f"{plek}.bevoegd", f"Mag deze persoon tekenen voor {partij}", "keuze", ja_nee, mag)


def _los(
    naam: str,
    label: str,
    invoer: str,
    keuzes: tuple[tuple[str, str], ...],
    waarde: str,
    *,
    nodig: bool = False,
) -> Veld:
    return Veld(naam, label, "", invoer, keuzes, waarde, (), verplicht=False, nodig=nodig)
