"""The questions of a criterion as blocks of fields: one block for each fact.

The fields follow from the kind of fact, so that a new kind or key has its field at once.

Bron: issue web application, 6; ontwerp 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from inkoop.definitions.editorschema import read_uitleg
from inkoop.domain.criteria.verwoording import write_naam
from inkoop.exchange.formuliervorm import Kolom, find_kern, is_lijst, list_feitsoorten, name_soort
from inkoop.services.conceptwaarde import list_kolommen
from inkoop.web.bewijsvragen import Vraagblok, fits, has_woorden
from inkoop.web.feitnamen import hint_veld, name_veld


class Veld(NamedTuple):
    """A field on a page. `invoer`: tekst, datum, keuze, vinkjes; `naam` is its name in the form.

    `anders` asks for what stands in no list; `waarde` is that then.
    """

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
    anders: str = ""


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


_STRUCTS = {name_soort(struct): struct for struct in list_feitsoorten()}


def _claim(vragen: Sequence[Vraagblok], feiten: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """To which question each fact belongs: first to one of which it has the words, else to one that it fits."""
    van = {}
    for nummer, feit in enumerate(feiten):
        passend = [plaats for plaats, vraag in enumerate(vragen) if fits(feit, vraag)]
        precies = [plaats for plaats in passend if has_woorden(feit, vragen[plaats])]
        if passend:
            van[nummer] = (precies or passend)[0]
    return van


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
    waarden = tuple(waarde) if isinstance(waarde, list | tuple) else tuple(filter(None, [str(waarde or "")]))
    if is_lijst(kolom.soort) and invoer == "tekst":
        uitleg = f"{uitleg} Meer dan een? Zet er een puntkomma tussen.".strip()
    los = [deel for deel in waarden if deel not in keuzes] if invoer == "vinkjes" else waarden
    return Veld(
        naam=naam,
        label=name_veld(vraag.soort, kolom.kop),
        uitleg=uitleg or (DAGVORM if invoer == "datum" else ""),
        invoer=invoer,
        keuzes=tuple((keuze, keuze.replace("_", " ")) for keuze in keuzes),
        waarde="; ".join(los),
        waarden=waarden,
        verplicht=kolom.verplicht,
        nodig=kolom.verplicht or kolom.kop in vraag.gevraagd,
        anders="Andere woorden, met een puntkomma ertussen" if invoer == "vinkjes" else "",
    )


DAGVORM = "Dag, maand, jaar: bijvoorbeeld 31-03-2020."
"""How a day is written, said with each day."""


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
    uitleg = DAGVORM if invoer == "datum" else ""
    return Veld(naam, label, uitleg, invoer, keuzes, waarde, (), verplicht=False, nodig=nodig)
