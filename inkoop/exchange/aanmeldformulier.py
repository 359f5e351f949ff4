"""The form of a round in Excel: an aanmelding with a sheet for each kind of fact, and reading it back.

Columns follow from the domain values, so that a new kind of fact or field has its column at once. What is a
list of its own (the parts of a document, the answers in a statement) stands in a sheet of its own, tied to
its file and name. Row 1 has the keys of the aanmeldingsbestand, row 2 says what each means.

Bron: issue intake; docs/handleiding/importeren.md.
"""

from __future__ import annotations

import io
import types
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

import msgspec
import xlsxwriter

from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk, Ondernemer, Tekenbevoegde
from inkoop.domain.criteria.dossier import EenFeit, Feit
from inkoop.exchange.tabel import Blad, Cel, Rij

MERK = "inkoop-aanmeldformulier 1"
"""Stands in the first cell of the sheet `Uitleg`: this file is our form, in this version."""

RIJEN = 300
"""How many rows of each sheet have drop-downs."""

ALLE = "(alle producten)"
Loc = tuple[str | int, ...]
_JA_NEE = ("ja", "nee")
_FEITBASIS = frozenset(veld.name for veld in msgspec.structs.fields(Feit))


class Kolom(msgspec.Struct, frozen=True, kw_only=True):
    """A column: its heading, the type of the value, whether it must be filled, what it means, what can be chosen."""

    kop: str
    soort: Any = str
    verplicht: bool = False
    uitleg: str = ""
    keuzes: tuple[str, ...] = ()
    vast: bool = False


class Bladvorm(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet with its columns; rows that are filled in beforehand."""

    naam: str
    kolommen: tuple[Kolom, ...]
    rijen: tuple[tuple[str, ...], ...] = ()


class Formulier(msgspec.Struct, frozen=True, kw_only=True):
    """What the form of a round says: title, lines of explanation, the demands, and the sheets."""

    titel: str
    uitleg: tuple[str, ...]
    eisen: tuple[tuple[str, str, str, str], ...]
    bladen: tuple[Bladvorm, ...]


def list_feitsoorten() -> tuple[type[Feit], ...]:
    """Every kind of fact, in the order of the domain."""
    return get_args(EenFeit)


def name_soort(soort: type[Feit]) -> str:
    """The value of `soort` in a file, which is also the name of the sheet."""
    return str(soort.__struct_config__.tag)


def list_bladen(
    percelen: Sequence[tuple[str, str, str]],
    uitleg: Mapping[str, Mapping[str, str]],
    keuzes: Mapping[tuple[str, str], tuple[str, ...]],
) -> tuple[Bladvorm, ...]:
    """The sheets of a form: percelen as (perceel, product, name) rows, explanations and choices by struct and key."""

    def velden(struct: type[msgspec.Struct], soort: str, zonder: Iterable[str] = ()) -> tuple[Kolom, ...]:
        tekst = uitleg.get(struct.__name__, {})
        return tuple(
            Kolom(
                kop=veld.name,
                soort=veld.type,
                verplicht=veld.required and not _is_optioneel(veld.type),
                uitleg=tekst.get(veld.name, ""),
                keuzes=keuzes.get((soort, veld.name), ()) or _list_keuzes(veld.type),
                vast=bool(_list_keuzes(veld.type)),
            )
            for veld in msgspec.structs.fields(struct)
            if veld.name not in zonder
        )

    def lid(kop: str = "lid") -> Kolom:
        tekst = "De id van het lid op het blad Leden over wie dit gaat. Leeg: de hele aanmelding."
        return Kolom(kop=kop, uitleg=tekst)

    bestand = Kolom(kop="bestand", verplicht=True, uitleg="De naam van het bestand, zonder map.")
    bladen = [
        Bladvorm(
            naam="Aanmelding",
            kolommen=velden(
                Aanmeldingsopgave, "aanmelding", ("leden", "percelen", "producten", "bewijsstukken", "ontvangen_op")
            ),
        ),
        Bladvorm(
            naam="Percelen",
            kolommen=(
                Kolom(kop="perceel"),
                Kolom(kop="product"),
                Kolom(kop="naam"),
                Kolom(kop="aanmelden", uitleg="Kies ja voor wat u aanbiedt.", keuzes=_JA_NEE, vast=True),
            ),
            rijen=tuple(percelen),
        ),
        Bladvorm(
            naam="Leden",
            kolommen=(
                *velden(Ondernemer, "lid", ("tekenbevoegde",)),
                *(
                    msgspec.structs.replace(kolom, kop=f"tekenbevoegde {kolom.kop}")
                    for kolom in velden(Tekenbevoegde, "lid")
                ),
            ),
        ),
        Bladvorm(
            naam="Bewijsstukken",
            kolommen=(bestand, *velden(Bewijsstuk, "bewijsstuk", ("bestand", "feiten", "lid")), lid()),
        ),
    ]
    for struct in list_feitsoorten():
        soort = name_soort(struct)
        lijsten = _list_lijstvelden(struct)
        bladen.append(
            Bladvorm(naam=soort, kolommen=(bestand, *velden(struct, soort, {*_FEITBASIS, *(n for n, _ in lijsten)})))
        )
        for naam, deel in lijsten:
            hoofd = _name_hoofdveld(struct)
            sleutel = Kolom(kop=hoofd, verplicht=True, uitleg=f"Bij welke regel op het blad {soort} dit hoort.")
            eigen = _GEGEVENS if deel is None else velden(deel, f"{soort}.{naam}")
            bladen.append(Bladvorm(naam=f"{soort} {naam}", kolommen=(bestand, sleutel, *eigen)))
    return tuple(bladen)


_GEGEVENS = (
    Kolom(kop="gegeven", verplicht=True, uitleg="Wat er gevraagd is."),
    Kolom(kop="waarde", verplicht=True, uitleg="Wat er is ingevuld."),
)


def write_formulier(formulier: Formulier) -> bytes:
    """The form as an Excel file; the same form gives the same bytes."""
    uit = io.BytesIO()
    boek = xlsxwriter.Workbook(uit, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    boek.set_properties({"title": formulier.titel, "created": datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    vet = boek.add_format({"bold": True, "font_size": 14})
    wrap = boek.add_format({"text_wrap": True, "valign": "top"})
    kop = boek.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
    verplicht = boek.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "font_color": "#9C0006"})
    toelichting = boek.add_format({"italic": True, "text_wrap": True, "valign": "top", "font_color": "#444444"})
    tekst = boek.add_format({"num_format": "@"})
    datum = boek.add_format({"num_format": "yyyy-mm-dd"})
    blad = boek.add_worksheet("Uitleg")
    blad.set_column(0, 0, 110, wrap)
    blad.write_string(0, 0, MERK)
    blad.write_string(1, 0, formulier.titel, vet)
    for nummer, regel in enumerate(formulier.uitleg, start=2):
        blad.write_string(nummer, 0, regel, wrap)
    blad = boek.add_worksheet("Eisen")
    for nummer, (naam, breedte) in enumerate((("criterium", 12), ("titel", 32), ("eis", 80), ("bewijs", 60))):
        blad.set_column(nummer, nummer, breedte, wrap)
        blad.write_string(0, nummer, naam, kop)
    for rij, eis in enumerate(formulier.eisen, start=1):
        for nummer, deel in enumerate(eis):
            blad.write_string(rij, nummer, deel, wrap)
    lijsten: dict[tuple[str, ...], str] = {}
    for vorm in formulier.bladen:
        blad = boek.add_worksheet(vorm.naam)
        blad.freeze_panes(2, 0)
        for nummer, kolom in enumerate(vorm.kolommen):
            vorm_cel = datum if _kern(kolom.soort) is date else tekst
            blad.set_column(nummer, nummer, max(14, min(40, len(kolom.kop) + 6)), vorm_cel)
            blad.write_string(0, nummer, kolom.kop, verplicht if kolom.verplicht else kop)
            blad.write_string(1, nummer, _explain(kolom), toelichting)
            if opties := _describe_keuzes(kolom, lijsten):
                blad.data_validation(2, nummer, 1 + RIJEN, nummer, opties)
        for rij, waarden in enumerate(vorm.rijen, start=2):
            for nummer, waarde in enumerate(waarden):
                blad.write_string(rij, nummer, waarde, tekst)
    blad = boek.add_worksheet("lijsten")
    blad.hide()
    for nummer, keuzes in enumerate(lijsten):
        for rij, keuze in enumerate(keuzes):
            blad.write_string(rij, nummer, keuze, tekst)
    boek.close()
    return uit.getvalue()


def _explain(kolom: Kolom) -> str:
    delen = [kolom.uitleg or ("Verplicht." if kolom.verplicht else "")]
    if _is_lijst(kolom.soort):
        delen.append("Meer dan één? Zet er een puntkomma tussen.")
    if _kern(kolom.soort) is date:
        delen.append("Een dag: 2020-03-31.")
    return " ".join(deel for deel in delen if deel)


def _describe_keuzes(kolom: Kolom, lijsten: dict[tuple[str, ...], str]) -> dict[str, Any] | None:
    """The drop-down of a column; what the product knows by heart is strict, other words are a suggestion."""
    if kolom.kop in {"lid", "door"}:
        bron = f"=Leden!$A$3:$A${2 + RIJEN}"
    elif not kolom.keuzes or _is_lijst(kolom.soort):
        return None
    else:
        if kolom.keuzes not in lijsten:
            letter = xlsxwriter.utility.xl_col_to_name(len(lijsten))
            lijsten[kolom.keuzes] = f"=lijsten!${letter}$1:${letter}${len(kolom.keuzes)}"
        bron = lijsten[kolom.keuzes]
    opties: dict[str, Any] = {"validate": "list", "source": bron}
    if not kolom.vast:
        opties |= {"error_type": "warning", "error_title": "Staat niet in de lijst"}
        opties["error_message"] = "Dit woord staat niet in de eisen van deze ronde. Toch gebruiken?"
    return opties


class Gelezen(msgspec.Struct, frozen=True):
    """A form as read: values as in an aanmeldingsbestand, where each stands (sheet and cell), and what is wrong."""

    waarde: dict[str, Any]
    plaatsen: dict[Loc, tuple[str, Cel]]
    fouten: tuple[tuple[str, str], ...]


def is_formulier(bladen: Mapping[str, Blad]) -> bool:
    """Whether this Excel file is our form."""
    return "Uitleg" in bladen and MERK in bladen["Uitleg"].koppen


def read_formulier(bladen: Mapping[str, Blad]) -> Gelezen:
    """Read a filled form. Nothing is judged here but whether each value stands where it can be understood."""
    return _Lezer(bladen).read()


class _Lezer:
    def __init__(self, bladen: Mapping[str, Blad]) -> None:
        self._bladen = bladen
        self._plaatsen: dict[Loc, tuple[str, Cel]] = {}
        self._fouten: list[tuple[str, str]] = []

    def read(self) -> Gelezen:
        waarde: dict[str, Any] = {}
        vormen = {vorm.naam: vorm for vorm in list_bladen((), {}, {})}
        for vorm in vormen.values():
            self._check_koppen(vorm)
        for rij in self._rijen("Aanmelding")[:1]:
            waarde |= self._read_rij(vormen["Aanmelding"], rij, ())
        self._read_percelen(waarde)
        waarde["leden"] = [
            self._nest_tekenbevoegde(self._read_rij(vormen["Leden"], rij, ("leden", i)), ("leden", i))
            for i, rij in enumerate(self._rijen("Leden"))
        ]
        stukken = self._read_stukken(vormen)
        if stukken:
            waarde["bewijsstukken"] = stukken
        return Gelezen(waarde, self._plaatsen, tuple(self._fouten))

    def _rijen(self, blad: str) -> tuple[Rij, ...]:
        """The rows people filled: those below the explanation."""
        return tuple(rij for rij in self._bladen[blad].rijen if rij.nummer > 2) if blad in self._bladen else ()

    def _check_koppen(self, vorm: Bladvorm) -> None:
        if vorm.naam not in self._bladen:
            self._fouten.append((vorm.naam, f"het blad '{vorm.naam}' ontbreekt; gebruik het formulier van deze ronde"))
            return
        bekend = {kolom.kop for kolom in vorm.kolommen}
        for kop, cel in self._bladen[vorm.naam].koppen.items():
            if kop not in bekend:
                self._fouten.append((f"blad '{vorm.naam}', cel {cel.adres}", f"de kop '{kop}' hoort hier niet"))

    def _read_rij(self, vorm: Bladvorm, rij: Rij, loc: Loc) -> dict[str, Any]:
        waarden = {}
        for kolom in vorm.kolommen:
            if (cel := rij.cellen.get(kolom.kop)) is not None:
                self._plaatsen[*loc, kolom.kop] = (vorm.naam, cel)
                waarden[kolom.kop] = write_waarde(kolom.soort, cel.waarde)
        if rij.cellen:
            self._plaatsen.setdefault(loc, (vorm.naam, next(iter(rij.cellen.values()))))
        return waarden

    def _read_percelen(self, waarde: dict[str, Any]) -> None:
        gekozen: dict[str, list[str]] = {}
        alle: set[str] = set()
        aanbod: dict[str, list[str]] = {}
        for rij in self._rijen("Percelen"):
            perceel, product = (str(rij.cellen[k].waarde) if k in rij.cellen else "" for k in ("perceel", "product"))
            if product != ALLE:
                aanbod.setdefault(perceel, []).append(product)
            keuze = rij.cellen.get("aanmelden")
            if keuze is None:
                continue
            antwoord = str(write_waarde(bool, keuze.waarde))
            if antwoord not in _JA_NEE:
                plek = f"blad 'Percelen', cel {keuze.adres}"
                self._fouten.append((plek, f"schrijf ja of nee; er staat '{keuze.waarde}'"))
            if antwoord != "ja":
                continue
            self._plaatsen["percelen", len(gekozen)] = ("Percelen", keuze)
            if product == ALLE:
                alle.add(perceel)
                gekozen.setdefault(perceel, [])
            else:
                gekozen.setdefault(perceel, []).append(product)
        waarde["percelen"] = list(gekozen)
        if any(perceel not in alle for perceel in gekozen):
            waarde["producten"] = [
                product for perceel, los in gekozen.items() for product in (aanbod[perceel] if perceel in alle else los)
            ]

    def _nest_tekenbevoegde(self, lid: dict[str, Any], loc: Loc) -> dict[str, Any]:
        teken = {}
        for kop in [kop for kop in lid if kop.startswith("tekenbevoegde ")]:
            naam = kop.removeprefix("tekenbevoegde ")
            teken[naam] = lid.pop(kop)
            self._plaatsen[*loc, "tekenbevoegde", naam] = self._plaatsen.pop((*loc, kop))
        if teken:
            lid["tekenbevoegde"] = teken
        return lid

    def _read_stukken(self, vormen: Mapping[str, Bladvorm]) -> list[dict[str, Any]]:
        stukken = [
            self._read_rij(vormen["Bewijsstukken"], rij, ("bewijsstukken", i))
            for i, rij in enumerate(self._rijen("Bewijsstukken"))
        ]
        nummers = {str(stuk.get("bestand")): i for i, stuk in enumerate(stukken)}
        for stuk in stukken:
            stuk["feiten"] = []
        for struct in list_feitsoorten():
            soort = name_soort(struct)
            feiten: dict[tuple[str, str], list[Loc]] = {}
            hoofd = _name_hoofdveld(struct)
            for rij in self._rijen(soort):
                i = self._find_stuk(soort, rij, nummers)
                if i is None:
                    continue
                loc: Loc = ("bewijsstukken", i, "feiten", len(stukken[i]["feiten"]))
                feit = {"soort": soort, **self._read_rij(vormen[soort], rij, loc)}
                feiten.setdefault((feit.pop("bestand"), str(feit.get(hoofd))), []).append(loc)
                stukken[i]["feiten"].append(feit)
            for naam, deel in _list_lijstvelden(struct):
                self._read_lijst(vormen[f"{soort} {naam}"], naam, deel, hoofd, feiten, stukken)
        return stukken

    def _find_stuk(self, blad: str, rij: Rij, nummers: Mapping[str, int]) -> int | None:
        cel = rij.cellen.get("bestand")
        if cel is None or str(cel.waarde) not in nummers:
            plek = f"blad '{blad}', rij {rij.nummer}" if cel is None else f"blad '{blad}', cel {cel.adres}"
            wat = "er staat geen bestand" if cel is None else f"'{cel.waarde}' staat niet op het blad Bewijsstukken"
            self._fouten.append((plek, wat))
            return None
        return nummers[str(cel.waarde)]

    def _read_lijst(
        self,
        vorm: Bladvorm,
        naam: str,
        deel: type[msgspec.Struct] | None,
        hoofd: str,
        feiten: Mapping[tuple[str, str], list[Loc]],
        stukken: list[dict[str, Any]],
    ) -> None:
        """The rows of a sheet of parts or answers, put with the fact they belong to."""
        for rij in self._rijen(vorm.naam):
            sleutel = tuple(str(rij.cellen[kop].waarde) if kop in rij.cellen else "" for kop in ("bestand", hoofd))
            locs = feiten.get((sleutel[0], sleutel[1]), [])
            if len(locs) != 1:
                wat = "er zijn er meer" if locs else "die is er niet"
                tekst = f"bij welke regel dit hoort is niet duidelijk: {hoofd} '{sleutel[1]}' in '{sleutel[0]}', {wat}"
                self._fouten.append((f"blad '{vorm.naam}', rij {rij.nummer}", tekst))
                continue
            _, i, _, j = locs[0]
            assert isinstance(i, int)
            assert isinstance(j, int)
            feit = stukken[i]["feiten"][j]
            if deel is None:
                gegeven, waarde = (rij.cellen.get(kop) for kop in ("gegeven", "waarde"))
                if gegeven is None or waarde is None:
                    self._fouten.append((f"blad '{vorm.naam}', rij {rij.nummer}", "vul gegeven en waarde in"))
                    continue
                feit.setdefault(naam, {})[str(gegeven.waarde)] = str(write_waarde(str, waarde.waarde))
                self._plaatsen[*locs[0], naam, str(gegeven.waarde)] = (vorm.naam, waarde)
                continue
            lijst = feit.setdefault(naam, [])
            loc = (*locs[0], naam, len(lijst))
            eigen = self._read_rij(vorm, rij, loc)
            eigen.pop("bestand", None)
            eigen.pop(hoofd, None)
            lijst.append(eigen)


def write_waarde(soort: Any, waarde: Any) -> Any:
    """A cell as it would stand in an aanmeldingsbestand, by the type of its key; what does not fit stays as it is."""
    kern = _kern(soort)
    if _is_lijst(soort):
        return [deel.strip() for deel in str(waarde).replace("\n", ";").split(";") if deel.strip()]
    if kern is date:
        return _write_dag(waarde)
    if kern is bool:
        return ("ja" if waarde else "nee") if isinstance(waarde, bool) else str(waarde).strip().lower()
    if kern in (int, Decimal):
        return _write_getal(waarde)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return waarde.date().isoformat() if waarde.time() == datetime.min.time() else waarde.isoformat()
    return waarde.isoformat() if isinstance(waarde, date) else str(waarde)


def _write_dag(waarde: Any) -> Any:
    """A day as jaar-maand-dag; a text like 31-3-2020 is read as people here mean it."""
    if isinstance(waarde, datetime):
        return waarde.date().isoformat()
    if isinstance(waarde, date):
        return waarde.isoformat()
    delen = str(waarde).replace("/", "-").split("-")
    if len(delen) == 3 and len(delen[2]) == 4 and all(deel.isdecimal() for deel in delen):
        return f"{delen[2]}-{delen[1]:0>2}-{delen[0]:0>2}"
    return str(waarde)


def _write_getal(waarde: Any) -> Any:
    if isinstance(waarde, str):
        kaal = waarde.replace(",", ".")
        try:
            getal = Decimal(kaal)
        except ArithmeticError:
            return waarde
        return int(getal) if getal == getal.to_integral_value() and "." not in kaal else getal
    return waarde


def _kern(soort: Any) -> Any:
    """The type without `| None`."""
    if get_origin(soort) in (Union, types.UnionType):
        return next(lid for lid in get_args(soort) if lid is not types.NoneType)
    return soort


def _is_optioneel(soort: Any) -> bool:
    return get_origin(soort) in (Union, types.UnionType) and types.NoneType in get_args(soort)


def _is_lijst(soort: Any) -> bool:
    return get_origin(soort) is tuple and get_args(soort)[0] is str


def _list_keuzes(soort: Any) -> tuple[str, ...]:
    kern = _kern(soort)
    if kern is bool:
        return _JA_NEE
    return tuple(lid.value for lid in kern) if isinstance(kern, type) and issubclass(kern, StrEnum) else ()


def _list_lijstvelden(struct: type[Feit]) -> list[tuple[str, type[msgspec.Struct] | None]]:
    """The fields that are a list of structs, or a mapping (None)."""
    gevonden: list[tuple[str, type[msgspec.Struct] | None]] = []
    for veld in msgspec.structs.fields(struct):
        oorsprong, argumenten = get_origin(veld.type), get_args(veld.type)
        if oorsprong is tuple and isinstance(argumenten[0], type) and issubclass(argumenten[0], msgspec.Struct):
            gevonden.append((veld.name, argumenten[0]))
        elif isinstance(oorsprong, type) and issubclass(oorsprong, Mapping):
            gevonden.append((veld.name, None))
    return gevonden


def _name_hoofdveld(struct: type[Feit]) -> str:
    """The field that names a fact of a kind: the first it has of its own."""
    return next(veld.name for veld in msgspec.structs.fields(struct) if veld.name not in _FEITBASIS)
