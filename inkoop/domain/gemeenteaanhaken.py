"""Whether a gemeente joined in time: three acts, all strictly before the day, and proof for every provider.

Bron: H19-45 (S4 6.2); E.5 `gemeente_aanhaak`; cases GA1-GA3.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.procedure import Gemeente, Proceduredefinitie
from inkoop.domain.samenwerking import Gemeenteaanhaak


class Aanhaakhandeling(StrEnum):
    """An act of the gemeente itself; telling the providers is recorded for each of them (H19-45 a, b)."""

    AANGESLOTEN = "aangesloten"
    CONFORM = "conform"


class Aanhaakbesluit(StrEnum):
    """What was decided on a request: the gemeente takes part, or it was not in time and tries again next year."""

    TOEGETREDEN = "toegetreden"
    NIET_TIJDIG = "niet_tijdig"


class Aanhaakopgave(msgspec.Struct, frozen=True, kw_only=True):
    """The gemeente that asks, and for each product that gemeenten may leave out whether it buys that (BP-16)."""

    gemeente: Gemeente
    optioneel: dict[str, bool]


class Aanhaakverzoek(msgspec.Struct, frozen=True, kw_only=True):
    """What a gemeente did to join: signed the arrangement, declared to follow it, and told providers when.

    `bericht_op` is the day of the notice to each provider, by its contract number; None = not done.
    """

    gemeente: str
    aangesloten_op: date | None
    conform_op: date | None
    bericht_op: Mapping[str, date]


class Aanhaakuitkomst(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a gemeente takes part from `ingang`; when it does not, every reason, and the first year it can."""

    gemeente: str
    ingang: date
    beletselen: tuple[Beletsel, ...]

    @property
    def tijdig(self) -> bool:
        """Whether all three acts were done in time."""
        return not self.beletselen


def list_optionele_producten(definitie: Proceduredefinitie) -> tuple[str, ...]:
    """The products (rows of the matrix) of which a gemeente chooses whether it buys them (BP-16)."""
    return tuple(product.code for perceel in definitie.percelen for product in perceel.producten if product.optioneel)


def check_opgave(definitie: Proceduredefinitie, opgave: Aanhaakopgave, *, gepubliceerd: bool) -> list[Beletsel]:
    """Every reason why a request to join cannot be recorded; empty = it can.

    Bron: H19-45; E.5 (matrix options asked); H19-03.
    """
    gemeente = opgave.gemeente
    beletselen = []
    if definitie.gemeente_aanhaak is None:
        tekst = "Deze procedure kent geen gemeente-aanhaak: het blok 'gemeente_aanhaak' ontbreekt."
        beletselen.append(Beletsel("aanhaak-geen", tekst))
    if not gepubliceerd:
        tekst = (
            "De procedure is nog niet gepubliceerd. Tot dan treedt een gemeente toe met: inkoop voorbereiding deelname."
        )
        beletselen.append(Beletsel("aanhaak-voorbereiden", tekst))
    if any(gemeente.naam == een.naam or gemeente.code == een.code for een in definitie.gemeenten):
        beletselen.append(Beletsel("aanhaak-bestaat", f"{gemeente.naam} doet al mee."))
    gevraagd = list_optionele_producten(definitie)
    if ontbreekt := [code for code in gevraagd if code not in opgave.optioneel]:
        tekst = f"Zeg onder 'optioneel' met ja of nee of {gemeente.naam} dit inkoopt: {', '.join(ontbreekt)}."
        beletselen.append(Beletsel("aanhaak-optioneel", tekst))
    if onbekend := [code for code in opgave.optioneel if code not in gevraagd]:
        wel = ", ".join(gevraagd) or "geen"
        tekst = f"Onder 'optioneel' staat {', '.join(onbekend)}; daar kiest een gemeente niet over. Wel over: {wel}."
        beletselen.append(Beletsel("aanhaak-optioneel", tekst))
    return beletselen


def check_aanhaak(
    verzoek: Aanhaakverzoek, regels: Gemeenteaanhaak, aanbieders: Collection[str], jaar: int
) -> Aanhaakuitkomst:
    """Judge the three cumulative acts against the day of this year; late or missing moves the start a year.

    `aanbieders` are the contract numbers of all providers that are to be told. "Before" a day is strict: on
    that day itself is too late.

    Bron: H19-45; E (head: "vóór 1 mei" = strictly before 1 May 00:00).
    """
    grens = date.fromisoformat(f"{jaar}-{regels.voor}")
    beletselen = [
        *_check_handeling("aangesloten", "aansluiten bij de regeling", verzoek.aangesloten_op, grens),
        *_check_handeling("conform", "verklaren dat zij de afspraken volgt", verzoek.conform_op, grens),
    ]
    laat = sorted(nr for nr in aanbieders if (op := verzoek.bericht_op.get(nr)) is not None and op >= grens)
    ontbreekt = sorted(nr for nr in aanbieders if nr not in verzoek.bericht_op)
    for code, nummers, wat in (
        ("bericht-ontbreekt", ontbreekt, "kreeg geen bericht van het voornemen"),
        ("bericht-te-laat", laat, f"kreeg het bericht niet vóór {format_dag(grens)}"),
    ):
        if nummers:
            op_tijd = len(aanbieders) - len(ontbreekt) - len(laat)
            tekst = (
                f"{', '.join(nummers)} {wat}. {op_tijd} van de {len(aanbieders)} aanbieders zijn op tijd "
                "ingelicht; het moeten ze allemaal zijn."
            )
            beletselen.append(Beletsel(code, tekst))
    vanaf = jaar + 1 if not beletselen else jaar + 2
    ingang = date.fromisoformat(f"{vanaf}-{regels.ingang}")
    return Aanhaakuitkomst(gemeente=verzoek.gemeente, ingang=ingang, beletselen=tuple(beletselen))


def _check_handeling(code: str, wat: str, op: date | None, grens: date) -> list[Beletsel]:
    if op is None:
        return [Beletsel(f"{code}-ontbreekt", f"De gemeente moet vóór {format_dag(grens)} {wat}; dat is niet gebeurd.")]
    if op >= grens:
        tekst = f"De gemeente moest vóór {format_dag(grens)} {wat}; dat gebeurde op {format_dag(op)}."
        return [Beletsel(f"{code}-te-laat", tekst)]
    return []
