"""What is reported while agreements run: the quarter of a provider, and what the toegang sees per client.

Two sides that never mix: whether support helps one client is for the local toegang, whether a provider keeps the
agreement is for regional contract management. The acts are apart in the matrix of roles (domain/bevoegdheid).

Bron: S3 7 (M20-51, M20-52, M20-53, M20-54); H19-32; C.26; B.7 (numbers and no people).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.overeenkomstdelen import Contract
from inkoop.domain.procedure import Proceduredefinitie

KWARTALEN = 4
MAANDEN_PER_KWARTAAL = 3


class Kwartaalmeting(msgspec.Struct, frozen=True, kw_only=True):
    """What is reported on one subject of the quarterly talk; numbers about groups, never about people."""

    onderwerp: str
    stand: str
    vorig_kwartaal: str
    toelichting: str


class Controlepunt(msgspec.Struct, frozen=True, kw_only=True):
    """A point of the yearly check of the legal quality requirements, and how it stands."""

    onderwerp: str
    tekst: str


class Kwartaalopgave(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider reports over a quarter; `jaarcontrole` only in the quarter of the yearly check."""

    metingen: tuple[Kwartaalmeting, ...]
    signalen: str
    vooruitblik: str
    ingevuld_door: str
    jaarcontrole: tuple[Controlepunt, ...] = ()


class Toegangswoord(StrEnum):
    """The answer of the toegang to one of its questions."""

    JA = "ja"
    DEELS = "deels"
    NEE = "nee"
    NIET_VAN_TOEPASSING = "niet_van_toepassing"


class Toegangsantwoord(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the procedure with the answer and what was seen; no name of a client."""

    vraag: str
    antwoord: Toegangswoord
    toelichting: str


class Kwaliteitssignaal(msgspec.Struct, frozen=True, kw_only=True):
    """Something about one aspect of quality on which the provider is addressed (M20-53)."""

    aspect: str
    tekst: str


class Terugkoppeling(msgspec.Struct, frozen=True, kw_only=True):
    """What the local toegang saw of support to one client, who is not named (M20-52).

    `aanleiding` is why it looked: an evaluation, a new indication.
    """

    gemeente: str
    product: str
    aanleiding: str
    antwoorden: tuple[Toegangsantwoord, ...]
    kwaliteit: tuple[Kwaliteitssignaal, ...] = ()


def end_of_kwartaal(jaar: int, kwartaal: int) -> date:
    """The last day of a quarter."""
    maand = kwartaal * MAANDEN_PER_KWARTAAL
    return date.fromordinal(date(jaar + maand // 12, maand % 12 + 1, 1).toordinal() - 1)


def list_eindes_kwartaal(van: date, tot: date) -> Iterator[tuple[int, int, date]]:
    """(year, quarter, last day) of each quarter that ends in a period, both days inclusive."""
    for jaar in range(van.year, tot.year + 1):
        for kwartaal in range(1, KWARTALEN + 1):
            einde = end_of_kwartaal(jaar, kwartaal)
            if van <= einde <= tot:
                yield jaar, kwartaal, einde


def check_kwartaal(contract: Contract, opgave: Kwartaalopgave, kwartaal: int) -> list[Beletsel]:
    """Why a report is not about exactly the subjects of the procedure, with the yearly check in its quarter.

    Bron: M20-51, H19-32; C.26.
    """
    beletselen = _check_lijst(
        "thema", "onderwerp van het kwartaalgesprek", contract.kwartaalthemas, [m.onderwerp for m in opgave.metingen]
    )
    eigen = kwartaal == contract.jaarcontrole_kwartaal
    if eigen and not opgave.jaarcontrole:
        tekst = f"In kwartaal {kwartaal} hoort de jaarlijkse controle van de kwaliteitseisen. Vul 'jaarcontrole' in."
        beletselen.append(Beletsel("jaarcontrole-ontbreekt", tekst))
    if not eigen and opgave.jaarcontrole:
        tekst = f"De jaarlijkse controle hoort in kwartaal {contract.jaarcontrole_kwartaal}. Haal 'jaarcontrole' weg."
        beletselen.append(Beletsel("jaarcontrole-te-veel", tekst))
    return beletselen


def check_terugkoppeling(
    definitie: Proceduredefinitie, producten: Sequence[str], opgave: Terugkoppeling
) -> list[Beletsel]:
    """Why the toegang cannot report this on an agreement: gemeente, product, questions or aspects do not fit.

    `producten` are those that were agreed with the provider.

    Bron: M20-52, M20-53.
    """
    contract = definitie.contract
    beletselen = []
    gemeenten = [gemeente.code for gemeente in definitie.gemeenten]
    if opgave.gemeente not in gemeenten:
        tekst = f"De gemeente '{opgave.gemeente}' doet niet mee. Wel: {', '.join(gemeenten)}."
        beletselen.append(Beletsel("gemeente", tekst))
    if opgave.product not in producten:
        tekst = f"Product '{opgave.product}' staat niet in deze overeenkomst. Wel: {', '.join(producten)}."
        beletselen.append(Beletsel("product", tekst))
    if not contract.toegangsvragen:
        tekst = "De procedure heeft geen vragen voor de toegang. Zet ze onder 'contract: toegangsvragen'."
        return [*beletselen, Beletsel("toegangsvragen", tekst)]
    vragen = [antwoord.vraag for antwoord in opgave.antwoorden]
    beletselen += _check_lijst("vraag", "vraag van de toegang", contract.toegangsvragen, vragen)
    vreemd = [signaal.aspect for signaal in opgave.kwaliteit if signaal.aspect not in contract.kwaliteitsaspecten]
    if vreemd:
        wel = ", ".join(contract.kwaliteitsaspecten) or "geen"
        beletselen.append(Beletsel("aspect", f"Onbekend bij de kwaliteit: {', '.join(vreemd)}. Wel: {wel}."))
    return beletselen


def _check_lijst(code: str, wat: str, nodig: Sequence[str], gegeven: Sequence[str]) -> list[Beletsel]:
    """Why a list is not exactly the one of the procedure, in its order."""
    beletselen = [
        Beletsel(f"{code}-ontbreekt", f"Er ontbreekt een {wat}: {een}.") for een in nodig if een not in gegeven
    ]
    beletselen += [
        Beletsel(f"{code}-te-veel", f"Dit is geen {wat} in deze procedure: {een}.")
        for een in gegeven
        if een not in nodig
    ]
    if not beletselen and list(nodig) != list(gegeven):
        beletselen.append(
            Beletsel(f"{code}-volgorde", f"Elk {wat} staat er één keer, in de volgorde van de procedure.")
        )
    return beletselen
