"""Gates that hold a text against the data it was made from: reasons, last days, the closing, amounts.

A service fills the data from the records, so what differs here was typed in the template, left out of
it, or is wrong in the data itself. The gates read the finished tree, not the template.

Bron: domein C (lints of C.13, C.16; print rule of C.9), C.31.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TypeVar

import msgspec

from inkoop.documents.boom import Document, Tabel, plat, walk_blokken
from inkoop.documents.filters import format_bedrag, format_dag, format_tijdstip
from inkoop.documents.fouten import Plaats
from inkoop.documents.tekst import Regel, list_regels
from inkoop.documents.waarden import clean_tekst, is_leeg

Gevonden = Iterator[tuple[Plaats, str]]
Soort = TypeVar("Soort")

_MAAND = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_TIJDSTIP = re.compile(rf"\b\d{{1,2}} (?:{_MAAND}) \d{{4}} om \d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})? uur")
_SLUITMOMENT = re.compile(
    rf"\b(?:sluit|sluiten|gesloten|sluiting\w*)\b((?:(?!ontv[aio]ng|ingediend|\. ).){{0,80}}?)({_TIJDSTIP.pattern})",
    re.IGNORECASE,
)
_BEDRAG = re.compile(r"(?:€|\beuro\b)\s?-?\d[\d.]*(?:,\d{2}|,-)?", re.IGNORECASE)
_AFGEWEZEN = frozenset({"afgewezen", "toelating_vervallen"})


def check_redenen(document: Document, _: Sequence[Regel], gegevens: Mapping[str, object]) -> Gevonden:
    """Every refusal has its reasons, and of every reason the eis and the finding are printed in full.

    A perceel that is refused without a reason, or a product that no reason covers, is named.

    Bron: domein B.2.2 and C.16 (lint: all failed criteria present), C.31.
    """
    begin = document.blokken[0].plaats
    alles = _squeeze(" ".join(tekst for _, tekst in list_regels(document)))
    for blok in _walk_mappings(gegevens):
        redenen = [reden for reden in _list_mappings(blok.get("redenen")) if "criterium" in reden]
        for reden in redenen:
            for veld in ("eis", "toelichting"):
                tekst = reden.get(veld)
                if is_leeg(tekst):
                    yield (
                        begin,
                        f"criterium {reden['criterium']} is niet gemotiveerd: het veld '{veld}' is leeg",
                    )
                elif _squeeze(str(tekst)) not in alles:
                    yield begin, f"bij criterium {reden['criterium']} staat '{veld}' niet volledig in de tekst"
        yield from ((begin, tekst) for tekst in _find_ongemotiveerd(blok, redenen))


def _find_ongemotiveerd(blok: Mapping[str, object], redenen: Sequence[Mapping[str, object]]) -> Iterator[str]:
    for perceel in _list_mappings(blok.get("percelen")):
        code = str(perceel.get("code"))
        eigen = [reden for reden in redenen if code in _list_teksten(reden.get("percelen"))]
        if str(perceel.get("uitkomst")) in _AFGEWEZEN and not eigen:
            yield f"perceel {code} is afgewezen, maar geen enkele reden gaat daarover"
            continue
        for product in _list_mappings(perceel.get("afgewezen_producten")):
            naam, namen = str(product.get("naam")), {str(product.get("naam")), str(product.get("code"))}
            if not any(is_leeg(r.get("producten")) or namen & set(_list_teksten(r.get("producten"))) for r in eigen):
                yield f"product {naam} in perceel {code} is afgewezen, maar geen enkele reden gaat daarover"


def find_vrije_termijndagen(paden: Sequence[str], gegevens: Mapping[str, object]) -> Iterator[str]:
    """The last days of terms (paths in the data) that fall on a day off: such a term runs on to a working day.

    Bron: Algemene termijnenwet art. 1 and 3; B.2.5; domein C.16 (lint: dates workday).
    """
    for pad in paden:
        for waarde in _find_pad(gegevens, pad.split(".")):
            dag = waarde.date() if isinstance(waarde, datetime) else waarde
            if isinstance(dag, date) and (waarom := _explain_vrij(dag)):
                yield f"de laatste dag van een termijn ({pad}) is {format_dag(dag)}, en dat is een {waarom}"


def check_een_sluiting(document: Document, _: Sequence[Regel], gegevens: Mapping[str, object]) -> Gevonden:
    """A round closes at one instant: the same in all data, and the same wherever the text names it.

    Bron: domein C.9 (print rule: identical closing instant everywhere), C.10.
    """
    begin = document.blokken[0].plaats
    per_ronde: dict[str, set[datetime]] = {}
    for blok in _walk_mappings(gegevens):
        sluiting = blok.get("sluiting")
        if isinstance(sluiting, datetime):
            per_ronde.setdefault(str(blok.get("kenmerk", "")), set()).add(sluiting)
    for ronde, momenten in per_ronde.items():
        if len(momenten) > 1:
            teksten = " en ".join(format_tijdstip(moment) for moment in sorted(momenten))
            yield begin, f"ronde {ronde} sluit in de gegevens op meer dan één moment: {teksten}"
    sluitingen = {format_tijdstip(moment) for momenten in per_ronde.values() for moment in momenten}
    for plaats, tekst in list_regels(document):
        for _tussen, moment in _SLUITMOMENT.findall(tekst):
            if sluitingen and moment not in sluitingen:
                yield plaats, f"de ronde sluit op {' of '.join(sorted(sluitingen))}, maar de tekst noemt '{moment}'"


def check_bedragen(document: Document, _: Sequence[Regel], gegevens: Mapping[str, object]) -> Gevonden:
    """Amounts are those of the tariff table: beside its product stands its amount, and no product is left out.

    An amount in the text must come from the data; in a row of a table that names a product it must be
    the amount of that product (of the version before or after, where the data holds both).

    Bron: domein C.7, C.17, C.31 (tariefversie); A.1.4.
    """
    tarieven = list(_list_tarieven(gegevens))
    bekend = {_squeeze(format_bedrag(bedrag)) for bedrag in _find_soort(gegevens, Decimal) if _is_centen(bedrag)}
    vrij: str | None = None
    for plaats, tekst in list_regels(document):
        for bedrag in _find_bedragen(tekst):
            if bedrag in bekend:
                continue
            vrij = _squeeze(" ".join(_find_soort(gegevens, str))) if vrij is None else vrij
            if bedrag.rstrip(".,-") not in vrij:
                yield plaats, f"het bedrag '{bedrag}' staat niet in de gegevens waaruit dit document is gemaakt"
    gezien: set[tuple[str, str, str]] = set()
    for blok in walk_blokken(document.blokken):
        for rij in blok.rijen if isinstance(blok, Tabel) else ():
            cellen = [plat(cel) for cel in rij]
            bedragen = {bedrag for cel in cellen for bedrag in _find_bedragen(cel)}
            passend = [tarief for tarief in tarieven if _names_product(cellen, tarief)]
            if not bedragen or not passend:
                continue
            gezien |= {(tarief.perceel, tarief.product, tarief.trede) for tarief in passend}
            mogelijk = {_squeeze(format_bedrag(bedrag)) for tarief in passend for bedrag in tarief.bedragen}
            for bedrag in sorted(bedragen - mogelijk):
                verwacht = " of ".join(sorted(mogelijk))
                yield blok.plaats, f"bij product {passend[0].product} staat {bedrag}, maar het tarief is {verwacht}"
    for tarief in tarieven:
        if (tarief.perceel, tarief.product, tarief.trede) not in gezien:
            melding = f"het tarief van product {tarief.product} ({tarief.naam}) staat in geen tabel"
            yield document.blokken[0].plaats, melding


def _find_bedragen(tekst: str) -> list[str]:
    """The amounts in a text, without white space."""
    if "€" not in tekst and "euro" not in tekst.lower():
        return []
    return [_squeeze(bedrag) for bedrag in _BEDRAG.findall(tekst)]


class _Tarief(msgspec.Struct, frozen=True, kw_only=True):
    """Something in the data that has an amount; no perceel or trede is ''."""

    perceel: str
    product: str
    naam: str
    trede: str = ""
    bedragen: tuple[Decimal, ...]


def _list_tarieven(gegevens: Mapping[str, object]) -> Iterator[_Tarief]:
    for perceel in (blok for blok in _walk_mappings(gegevens) if "producten" in blok):
        for product in _list_mappings(perceel.get("producten")):
            bedrag = product.get("bedrag")
            if isinstance(bedrag, Decimal) and _is_centen(bedrag):
                yield _Tarief(
                    perceel=str(perceel.get("code", "")),
                    product=str(product.get("code")),
                    naam=str(product.get("naam")),
                    trede=str(product.get("trede") or ""),
                    bedragen=(bedrag,),
                )
    for regel in _walk_mappings(gegevens):
        was, wordt = regel.get("was"), regel.get("wordt")
        if "product" in regel and isinstance(was, Decimal) and isinstance(wordt, Decimal):
            yield _Tarief(perceel="", product=str(regel["product"]), naam=str(regel.get("naam")), bedragen=(was, wordt))


def _names_product(cellen: Sequence[str], tarief: _Tarief) -> bool:
    """Whether a row is about this tariff; in a matrix it names the trede too, in a cell or in the full name."""
    if tarief.naam in cellen:
        genoemd = True
    else:
        genoemd = any(cel == tarief.product or f"({tarief.product})" in cel for cel in cellen)
        genoemd = genoemd and (not tarief.trede or tarief.trede in cellen)
    ander = re.match(r"\d+[A-Z]?\b", cellen[0]) and not re.match(rf"{re.escape(tarief.perceel)}\b", cellen[0])
    return genoemd and not (tarief.perceel and ander and cellen[0] != tarief.product)


def _is_centen(bedrag: Decimal) -> bool:
    return bedrag.is_finite() and bedrag == bedrag.quantize(Decimal("0.01"))


def _squeeze(tekst: str) -> str:
    return re.sub(r"\s", "", clean_tekst(tekst))


@cache
def _load_vrije_dagen(jaar: int) -> Mapping[date, str]:
    import holidays
    from holidays.constants import OPTIONAL, PUBLIC

    return dict(holidays.country_holidays("NL", years=jaar, categories=(PUBLIC, OPTIONAL), language="nl"))


def _explain_vrij(dag: date) -> str | None:
    if dag.weekday() > 4:
        return ("zaterdag", "zondag")[dag.weekday() - 5]
    feest = _load_vrije_dagen(dag.year).get(dag)
    return f"feestdag ({feest})" if feest else None


def _walk_mappings(waarde: object) -> Iterator[Mapping[str, object]]:
    """Every block of fields in the data, the outermost first."""
    if isinstance(waarde, Mapping):
        yield waarde
        for deel in waarde.values():
            yield from _walk_mappings(deel)
    elif isinstance(waarde, list | tuple):
        for deel in waarde:
            yield from _walk_mappings(deel)


def _list_mappings(waarde: object) -> list[Mapping[str, object]]:
    return [deel for deel in waarde if isinstance(deel, Mapping)] if isinstance(waarde, list | tuple) else []


def _list_teksten(waarde: object) -> list[str]:
    return [str(deel) for deel in waarde] if isinstance(waarde, list | tuple) else []


def _find_soort(waarde: object, soort: type[Soort]) -> Iterator[Soort]:
    """Every value of one kind in the data."""
    if isinstance(waarde, soort):
        yield waarde
    elif isinstance(waarde, Mapping):
        for deel in waarde.values():
            yield from _find_soort(deel, soort)
    elif isinstance(waarde, list | tuple):
        for deel in waarde:
            yield from _find_soort(deel, soort)


def _find_pad(waarde: object, stappen: Sequence[str]) -> Iterator[object]:
    """The values at a path; a list on the way gives those of each element."""
    if isinstance(waarde, list | tuple):
        for deel in waarde:
            yield from _find_pad(deel, stappen)
    elif not stappen:
        yield waarde
    elif isinstance(waarde, Mapping):
        yield from _find_pad(waarde.get(stappen[0]), stappen[1:])
