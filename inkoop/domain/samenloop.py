"""One legal person takes part for a perceel once, alone or in a combination.

Twice as the same applicant settles itself: the last one before closing counts (services/dubbel). Across
combinations no rule says which one counts, so a person decides, with all who are affected in view. As an
onderaannemer or third party somebody may come back more often.

Bron: B.4 (`max_deelname_per_perceel`, project default 1); F.0 `dubbel`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.fouten import Beletsel
from inkoop.domain.mutatie import PARTIJEN


class Deelneming(msgspec.Struct, frozen=True, kw_only=True):
    """A legal person that takes part in an aanmelding for a perceel; `aanmelding` is a kenmerk or a reference."""

    kvk: str
    naam: str
    perceel: str
    aanmelding: str


class Samenloop(msgspec.Struct, frozen=True, kw_only=True):
    """A legal person that takes part for a perceel more often than it may, with every aanmelding it does so in."""

    kvk: str
    naam: str
    perceel: str
    aanmeldingen: tuple[str, ...]


def list_deelnemingen(aanmelding: str, opgave: Aanmeldingsopgave) -> tuple[Deelneming, ...]:
    """Who takes part in an aanmelding, per perceel."""
    return tuple(
        Deelneming(kvk=lid.kvk, naam=lid.naam, perceel=perceel, aanmelding=aanmelding)
        for perceel in opgave.percelen
        for lid in opgave.leden
        if lid.rol in PARTIJEN
    )


def find_samenlopen(deelnemingen: Iterable[Deelneming], maximum: int) -> tuple[Samenloop, ...]:
    """Everybody who takes part for a perceel in more than `maximum` aanmeldingen, in the order in which they came."""
    per_persoon: dict[tuple[str, str], dict[str, Deelneming]] = {}
    for deelneming in deelnemingen:
        per_persoon.setdefault((deelneming.kvk, deelneming.perceel), {}).setdefault(deelneming.aanmelding, deelneming)
    return tuple(
        Samenloop(kvk=kvk, naam=next(iter(hier.values())).naam, perceel=perceel, aanmeldingen=tuple(hier))
        for (kvk, perceel), hier in per_persoon.items()
        if len(hier) > maximum
    )


def check_keuze(samenloop: Samenloop, geldt: Collection[str], maximum: int, reden: str) -> list[Beletsel]:
    """Why it cannot be decided so which aanmeldingen count; every reason."""
    beletselen = [
        Beletsel("geldt-onbekend", f"{kenmerk} hoort hier niet bij. Kies uit: {', '.join(samenloop.aanmeldingen)}.")
        for kenmerk in dict.fromkeys(geldt)
        if kenmerk not in samenloop.aanmeldingen
    ]
    if len(set(geldt)) > maximum:
        tekst = f"Voor perceel {samenloop.perceel} mag {samenloop.naam} ten hoogste {maximum} keer meedoen."
        beletselen.append(Beletsel("geldt-te-veel", tekst))
    if not reden.strip():
        beletselen.append(Beletsel("reden", "Schrijf waarom; die tekst komt in de brieven."))
    return beletselen
