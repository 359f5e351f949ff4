"""Tariffs: which table is in force on a day, the amount of a product, and what a new table changes.

A table is published data. Nothing here sets a tariff: an index only yields a proposal, which a
college adopts (M20-21, B.5).

Bron: M20-21, M20-26, B.5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from inkoop.domain.aanbod import Bekostiging, Tariefeenheid
from inkoop.domain.fouten import Beletsel, InkoopError
from inkoop.domain.kalender import format_dag
from inkoop.domain.procedure import Perceel, Proceduredefinitie, Product, Tarief, Tarieftabel

_CENT = Decimal("0.01")
_HONDERD = Decimal(100)


class TariefOntbreektError(InkoopError):
    """There is no tariff table for a day, or no amount for a product."""


class Tariefwijziging(msgspec.Struct, frozen=True, kw_only=True):
    """The amount of one product in two tables; None = the product is not in that table."""

    product: str
    was: Decimal | None
    wordt: Decimal | None
    trede: str | None = None


def tarieftabel_op(definitie: Proceduredefinitie, dag: date) -> Tarieftabel:
    """The table that is in force on a day: the last one that has begun.

    Raises TariefOntbreektError for a day before the first table.

    Bron: M20-21.
    """
    begonnen = [tabel for tabel in definitie.tarieftabellen if tabel.ingang <= dag]
    if not begonnen:
        raise TariefOntbreektError(
            f"Procedure {definitie.naam} heeft geen tarieftabel die geldt op {format_dag(dag)}. "
            "Voeg een tabel toe met een eerdere ingang."
        )
    return max(begonnen, key=lambda tabel: tabel.ingang)


def find_tarief(tabel: Tarieftabel, product: str, trede: str | None = None) -> Tarief:
    """The tariff of a product, or of one cell of the matrix; raises TariefOntbreektError when it is not there."""
    for tarief in tabel.tarieven:
        if (tarief.product, tarief.trede) == (product, trede):
            return tarief
    raise TariefOntbreektError(f"Tarieftabel {tabel.versie} heeft geen tarief voor {_name_cel((product, trede))}.")


def diff_tarieven(was: Tarieftabel, wordt: Tarieftabel) -> tuple[Tariefwijziging, ...]:
    """Each product whose amount differs between two tables, for an addendum (C.21 "was/wordt")."""
    eerst, daarna = _list_bedragen(was), _list_bedragen(wordt)
    return tuple(
        Tariefwijziging(product=cel[0], trede=cel[1], was=eerst.get(cel), wordt=daarna.get(cel))
        for cel in dict.fromkeys((*eerst, *daarna))
        if eerst.get(cel) != daarna.get(cel)
    )


def _list_bedragen(tabel: Tarieftabel) -> dict[tuple[str, str | None], Decimal]:
    return {(tarief.product, tarief.trede): tarief.bedrag for tarief in tabel.tarieven}


def apply_index(tabel: Tarieftabel, percentage: Decimal) -> tuple[Tarief, ...]:
    """Each tariff raised by a percentage and rounded to whole cents, half up (project default).

    A proposal for the next table; a college adopts it.

    Bron: B.5 (indexation); rounding is a project default.
    """
    return tuple(
        msgspec.structs.replace(tarief, bedrag=index_bedrag(tarief.bedrag, percentage)) for tarief in tabel.tarieven
    )


def index_tabel(
    tabel: Tarieftabel, percentage: Decimal, *, versie: str, ingang: date, vastgesteld_op: date, grondslag: str
) -> Tarieftabel:
    """The whole next table: tariffs, lumpsums and surcharges raised by a percentage, each in whole cents.

    Bron: B.5; M20-21.
    """
    return msgspec.structs.replace(
        tabel,
        versie=versie,
        ingang=ingang,
        vastgesteld_op=vastgesteld_op,
        grondslag=grondslag,
        tarieven=apply_index(tabel, percentage),
        lumpsums=tuple(
            msgspec.structs.replace(som, bedrag=index_bedrag(som.bedrag, percentage)) for som in tabel.lumpsums
        ),
        toeslagen=tuple(
            msgspec.structs.replace(toeslag, bedrag=index_bedrag(toeslag.bedrag, percentage))
            for toeslag in tabel.toeslagen
        ),
    )


def index_bedrag(bedrag: Decimal, percentage: Decimal) -> Decimal:
    """An amount raised by a percentage, in whole cents, half up."""
    return (bedrag * (1 + percentage / _HONDERD)).quantize(_CENT, rounding=ROUND_HALF_UP)


class Tariefregel(msgspec.Struct, frozen=True, kw_only=True):
    """One line of what is paid: a product, a cell of the matrix, or the lumpsum of a perceel (no product).

    `gemeenten` are the codes of the only gemeenten that buy it; empty = all of them.
    """

    perceel: str
    product: str | None
    trede: str | None
    bedrag: Decimal
    eenheid: str
    gemeenten: tuple[str, ...] = ()


def list_tariefregels(tabel: Tarieftabel, perceel: Perceel) -> tuple[Tariefregel, ...]:
    """Everything that a table says about one perceel, in the order of its products and tredes.

    Bron: H19-20, M20-21, W21-BG-02, W21-DB-01.
    """
    volgorde = {product.code: nummer for nummer, product in enumerate(perceel.producten)}
    treden = {trede.code: nummer for nummer, trede in enumerate(perceel.tredes)}
    producten = {product.code: product for product in perceel.producten}
    regels = [
        Tariefregel(
            perceel=perceel.code,
            product=tarief.product,
            trede=tarief.trede,
            bedrag=tarief.bedrag,
            eenheid=tarief.eenheid or tabel.eenheid,
            gemeenten=list_gemeenten(producten[tarief.product], tarief.trede),
        )
        for tarief in tabel.tarieven
        if tarief.product in producten
    ]
    regels.sort(key=lambda regel: (volgorde[regel.product or ""], treden.get(regel.trede or "", -1)))
    lumpsums = [
        Tariefregel(perceel=perceel.code, product=None, trede=None, bedrag=som.bedrag, eenheid=som.eenheid)
        for som in tabel.lumpsums
        if som.perceel == perceel.code
    ]
    return (*regels, *lumpsums)


def list_gemeenten(product: Product, trede: str | None) -> tuple[str, ...]:
    """The only gemeenten that buy a product (in this trede); empty = it is for all of them (BP-16)."""
    return tuple(
        dict.fromkeys(
            gemeente
            for optie in product.optioneel
            if not optie.tredes or trede is None or trede in optie.tredes
            for gemeente in optie.gemeenten
        )
    )


class Cel(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of the matrix: a resultaatgebied and how far the client is from the result; no `trede` = a product."""

    product: str
    trede: str | None = None


class Celbedrag(msgspec.Struct, frozen=True, kw_only=True):
    """What one cell (or product) costs over a period: `maal` times the amount per `eenheid`, in whole cents."""

    product: str
    trede: str | None
    tarief: Decimal
    eenheid: str
    maal: Decimal
    bedrag: Decimal


def list_celbedragen(
    tabel: Tarieftabel, cellen: Sequence[Cel], maanden: int, gemeente: str, percelen: Sequence[Perceel]
) -> tuple[Celbedrag, ...]:
    """What each cell costs for a period of whole months, in the order asked.

    An amount per `periode` or `traject` counts once, one per month for every month, one per year in proportion
    (each cell rounded to whole cents, half up). Raises TariefOntbreektError with every cell that has no amount,
    is named twice, or is not bought by the gemeente.

    Bron: H19-20, H19-30, M20-21; A.2.3.
    """
    regels = {
        (regel.product, regel.trede): regel for perceel in percelen for regel in list_tariefregels(tabel, perceel)
    }
    fouten = [
        f"{_name_cel((cel.product, cel.trede))} staat er meer dan één keer"
        for cel in dict.fromkeys(cellen)
        if list(cellen).count(cel) > 1
    ]
    bedragen = []
    for cel in dict.fromkeys(cellen):
        naam = _name_cel((cel.product, cel.trede))
        regel = regels.get((cel.product, cel.trede))
        if regel is None:
            treden = ", ".join(sorted(trede for product, trede in regels if product == cel.product and trede))
            wel = f" (kies een trede: {treden})" if treden else ""
            fouten.append(f"tarieftabel {tabel.versie} heeft geen bedrag voor {naam}{wel}")
        elif regel.gemeenten and gemeente not in regel.gemeenten:
            fouten.append(f"{gemeente} neemt {naam} niet af")
        elif regel.eenheid not in _MAAL:
            fouten.append(f"{naam} wordt per {regel.eenheid} betaald en heeft geen bedrag per periode")
        elif maanden >= 1:
            maal = _MAAL[regel.eenheid](maanden)
            bedragen.append(
                Celbedrag(
                    product=cel.product,
                    trede=cel.trede,
                    tarief=regel.bedrag,
                    eenheid=regel.eenheid,
                    maal=maal,
                    bedrag=(regel.bedrag * maal).quantize(_CENT, rounding=ROUND_HALF_UP),
                )
            )
    if not cellen:
        fouten.append("er is geen product of cel genoemd")
    if maanden < 1:
        fouten.append(f"een periode duurt ten minste 1 maand; er staat {maanden}")
    if fouten:
        raise TariefOntbreektError(f"Het bedrag kan niet worden berekend: {'; '.join(fouten)}.")
    return tuple(bedragen)


def price_arrangement(
    tabel: Tarieftabel, cellen: Sequence[Cel], maanden: int, gemeente: str, perceel: Perceel
) -> Decimal:
    """What a provider gets for a client with results in these cells, for a period of whole months.

    Raises TariefOntbreektError, see `list_celbedragen`.

    Bron: H19-20, A.2.3 (the example of mevrouw Jansen: 5a and 4a, one year = the sum of two cells).
    """
    return sum((een.bedrag for een in list_celbedragen(tabel, cellen, maanden, gemeente, [perceel])), Decimal(0))


_MAAL: Mapping[str, Callable[[int], Decimal]] = {
    Tariefeenheid.PERIODE: lambda _: Decimal(1),
    Tariefeenheid.TRAJECT: lambda _: Decimal(1),
    Tariefeenheid.MAAND: Decimal,
    Tariefeenheid.JAAR: lambda maanden: Decimal(maanden) / 12,
}
"""How often the amount of a unit is paid in a number of months."""


PASSENDE_EENHEDEN: Mapping[Bekostiging, frozenset[Tariefeenheid]] = {
    Bekostiging.MAANDBEDRAG: frozenset({Tariefeenheid.MAAND}),
    Bekostiging.RESULTAATTARIEF: frozenset(
        {Tariefeenheid.PERIODE, Tariefeenheid.MAAND, Tariefeenheid.JAAR, Tariefeenheid.ETMAAL}
    ),
    Bekostiging.ARRANGEMENT: frozenset({Tariefeenheid.TRAJECT, Tariefeenheid.PERIODE, Tariefeenheid.STUK}),
    Bekostiging.PXQ: frozenset(set(Tariefeenheid) - {Tariefeenheid.PERIODE, Tariefeenheid.TRAJECT, Tariefeenheid.JAAR}),
    Bekostiging.LUMPSUM: frozenset({Tariefeenheid.JAAR, Tariefeenheid.MAAND}),
}
"""The units that go with a way of paying (M20-21, H19-30, W21-DB-01, W21-BG-02; the lists are a project default)."""


def check_tarieftabel(tabel: Tarieftabel, percelen: Sequence[Perceel]) -> list[Beletsel]:
    """Why a table cannot be used: an amount missing, twice, unknown, impossible, or for the wrong unit.

    One amount for every product, for every cell of a matrix, and one lumpsum for a perceel paid that way.

    Bron: M20-21 (one amount, uniform for all providers), H19-20, W21-BG-02.
    """
    gevraagd = _list_gevraagd(percelen)
    aanwezig = [(tarief.product, tarief.trede) for tarief in tabel.tarieven]
    bekend = {product for product, _ in gevraagd}
    beletselen = [
        Beletsel("tarief-ontbreekt", f"Tarieftabel {tabel.versie} mist een tarief voor {_name_cel(cel)}.")
        for cel in gevraagd
        if cel not in aanwezig
    ]
    for nummer, cel in enumerate(aanwezig):
        plaats = ("tarieven", nummer)
        if cel[0] not in bekend:
            tekst = f"Tarieftabel {tabel.versie} noemt product {cel[0]}, dat in geen perceel een eigen tarief heeft."
            beletselen.append(Beletsel("tarief-onbekend-product", tekst, (*plaats, "product")))
        elif cel not in gevraagd:
            tekst = f"Tarieftabel {tabel.versie} noemt {_name_cel(cel)}, maar die trede hoort daar niet bij."
            beletselen.append(Beletsel("tarief-onbekende-trede", tekst, plaats))
        if cel in aanwezig[:nummer]:
            tekst = f"Tarieftabel {tabel.versie} noemt {_name_cel(cel)} meer dan één keer."
            beletselen.append(Beletsel("tarief-dubbel", tekst, plaats))
    for nummer, tarief in enumerate(tabel.tarieven):
        cel = (tarief.product, tarief.trede)
        plaats = ("tarieven", nummer)
        beletselen += _place(_check_bedrag(f"Het tarief van {_name_cel(cel)}", tarief.bedrag), (*plaats, "bedrag"))
        eenheid = tarief.eenheid or tabel.eenheid
        bij = (*plaats, "eenheid") if tarief.eenheid else plaats
        beletselen += _place(_check_eenheid(_name_cel(cel), eenheid, gevraagd.get(cel)), bij)
    for nummer, toeslag in enumerate(tabel.toeslagen):
        plaats = ("toeslagen", nummer)
        beletselen += _place(_check_bedrag(f"De toeslag {toeslag.code}", toeslag.bedrag), (*plaats, "bedrag"))
        for product in toeslag.producten:
            if product not in {p.code for perceel in percelen for p in perceel.producten}:
                tekst = (
                    f"Toeslag {toeslag.code} van tarieftabel {tabel.versie} noemt product {product}, dat er niet is."
                )
                beletselen.append(Beletsel("toeslag-onbekend-product", tekst, (*plaats, "producten")))
    return [*beletselen, *_check_lumpsums(tabel, percelen)]


def _check_lumpsums(tabel: Tarieftabel, percelen: Sequence[Perceel]) -> Iterator[Beletsel]:
    """One lumpsum for each perceel that has a product paid that way, and for no other."""
    gevraagd = [
        perceel.code
        for perceel in percelen
        if any(perceel.bekostiging_van(product) is Bekostiging.LUMPSUM for product in perceel.producten)
    ]
    aanwezig = [som.perceel for som in tabel.lumpsums]
    for code in gevraagd:
        if code not in aanwezig:
            yield Beletsel("lumpsum-ontbreekt", f"Tarieftabel {tabel.versie} mist een lumpsum voor perceel {code}.")
    for nummer, code in enumerate(aanwezig):
        plaats = ("lumpsums", nummer, "perceel")
        if code not in gevraagd:
            tekst = (
                f"Tarieftabel {tabel.versie} noemt een lumpsum voor {code}; geen perceel met die code krijgt er een."
            )
            yield Beletsel("lumpsum-onbekend-perceel", tekst, plaats)
        if code in aanwezig[:nummer]:
            tekst = f"Tarieftabel {tabel.versie} noemt twee lumpsums voor perceel {code}."
            yield Beletsel("lumpsum-dubbel", tekst, plaats)
    for nummer, som in enumerate(tabel.lumpsums):
        fouten = (
            *_place(_check_bedrag(f"De lumpsum van perceel {som.perceel}", som.bedrag), ("lumpsums", nummer, "bedrag")),
            *_place(
                _check_eenheid(f"perceel {som.perceel}", som.eenheid, Bekostiging.LUMPSUM),
                ("lumpsums", nummer, "eenheid"),
            ),
        )
        yield from (Beletsel(fout.code.replace("tarief", "lumpsum"), fout.tekst, fout.plaats) for fout in fouten)


def _place(beletselen: Iterable[Beletsel], plaats: tuple[str | int, ...]) -> Iterator[Beletsel]:
    """The same reasons, with their place in the table."""
    return (msgspec.structs.replace(een, plaats=plaats) for een in beletselen)


def _list_gevraagd(percelen: Sequence[Perceel]) -> dict[tuple[str, str | None], Bekostiging | None]:
    """Each product or cell that needs an amount, with how it is paid."""
    gevraagd: dict[tuple[str, str | None], Bekostiging | None] = {}
    for perceel in percelen:
        for product in perceel.producten:
            wijze = perceel.bekostiging_van(product)
            if wijze is Bekostiging.LUMPSUM:
                continue
            is_rij = wijze is Bekostiging.RESULTAATTARIEF and bool(perceel.tredes)
            treden: tuple[str | None, ...] = tuple(t.code for t in perceel.tredes) if is_rij else (None,)
            gevraagd |= {(product.code, trede): wijze for trede in treden}
    return gevraagd


def _name_cel(cel: tuple[str, str | None]) -> str:
    product, trede = cel
    return f"product {product}" if trede is None else f"product {product}, trede '{trede}'"


def _check_bedrag(van_wat: str, bedrag: Decimal) -> Iterator[Beletsel]:
    if bedrag <= 0 or bedrag != bedrag.quantize(_CENT):
        yield Beletsel("tarief-bedrag", f"{van_wat} ({bedrag}) is geen bedrag boven nul in hele centen.")


def _check_eenheid(van_wat: str, eenheid: str, wijze: Bekostiging | None) -> Iterator[Beletsel]:
    if wijze is not None and eenheid not in PASSENDE_EENHEDEN[wijze]:
        passend = ", ".join(sorted(PASSENDE_EENHEDEN[wijze]))
        tekst = f"De eenheid '{eenheid}' past niet bij {wijze} ({van_wat}). Kies uit: {passend}."
        yield Beletsel("tarief-eenheid", tekst)
