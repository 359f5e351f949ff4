"""One legal person takes part for a perceel once, alone or in a combination.

Twice as the same applicant settles itself: the last one before closing counts (services/dubbel). Across
combinations no rule says which one counts, so a person decides, with all who are affected in view. As an
onderaannemer or third party somebody may come back more often.

Rounds of one procedure look at each other: who has an agreement for a perceel, or is still in treatment for it in
another round, takes part there. What came in an earlier round goes first and always counts; a person decides only
about this round. The same parties once more are no case of it: they change or renew what they have (domain/mutatie).

Bron: B.4 (`max_deelname_per_perceel`, project default 1); F.0 `dubbel`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from inkoop.domain.aanmelding import PARTIJEN, Aanmeldingsopgave
from inkoop.domain.fouten import Beletsel
from inkoop.domain.mutatie import list_partijen


class Deelneming(msgspec.Struct, frozen=True, kw_only=True):
    """A legal person that takes part in an aanmelding for a perceel; `aanmelding` is a kenmerk or a reference.

    `partijen` are the KvK numbers of all who take part in it.
    """

    kvk: str
    naam: str
    perceel: str
    aanmelding: str
    partijen: frozenset[str] = frozenset()


class Samenloop(msgspec.Struct, frozen=True, kw_only=True):
    """A legal person that takes part for a perceel more often than it may, with every aanmelding it does so in."""

    kvk: str
    naam: str
    perceel: str
    aanmeldingen: tuple[str, ...]


def list_deelnemingen(
    aanmelding: str, opgave: Aanmeldingsopgave, percelen: Iterable[str] | None = None
) -> tuple[Deelneming, ...]:
    """Who takes part in an aanmelding, per perceel; for these percelen where they are not those applied for."""
    partijen = list_partijen(opgave)
    return tuple(
        Deelneming(kvk=lid.kvk, naam=lid.naam, perceel=perceel, aanmelding=aanmelding, partijen=partijen)
        for perceel in (opgave.percelen if percelen is None else percelen)
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


def keep_elders(hier: Iterable[Deelneming], elders: Iterable[Deelneming]) -> tuple[Deelneming, ...]:
    """Of what is taken part in elsewhere, what counts beside this round: by who takes part here, as other parties.

    The same parties in the same perceel are one participation, however many aanmeldingen it went through.
    """
    partijen: dict[tuple[str, str], set[frozenset[str]]] = {}
    for een in hier:
        partijen.setdefault((een.kvk, een.perceel), set()).add(een.partijen)
    gehouden: dict[tuple[str, str, frozenset[str]], Deelneming] = {}
    for ander in elders:
        plek = (ander.kvk, ander.perceel)
        if plek in partijen and ander.partijen not in partijen[plek]:
            gehouden.setdefault((*plek, ander.partijen), ander)
    return tuple(gehouden.values())


def check_keuze(
    samenloop: Samenloop, geldt: Collection[str], maximum: int, reden: str, elders: Collection[str] = ()
) -> list[Beletsel]:
    """Why it cannot be decided so which aanmeldingen count; every reason. `elders` are those that count anyway."""
    beletselen = [
        Beletsel("geldt-onbekend", f"{kenmerk} hoort hier niet bij. Kies uit: {', '.join(samenloop.aanmeldingen)}.")
        for kenmerk in dict.fromkeys(geldt)
        if kenmerk not in samenloop.aanmeldingen
    ]
    if len({*geldt, *elders}) > maximum:
        tekst = f"Voor perceel {samenloop.perceel} mag {samenloop.naam} ten hoogste {maximum} keer meedoen."
        if elders:
            tekst += (
                f" Uit een andere ronde telt al: {', '.join(elders)}. Eindigt dat voor de ingang van deze ronde, dan is"
                " er niets meer te beslissen."
            )
        beletselen.append(Beletsel("geldt-te-veel", tekst))
    if not reden.strip():
        beletselen.append(Beletsel("reden", "Schrijf waarom; die tekst komt in de brieven."))
    return beletselen
