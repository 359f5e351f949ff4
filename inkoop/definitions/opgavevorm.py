"""The file form of what is handed in: the keys of members, evidence and facts, shared by three kinds of files.

Of a fact a file holds only what the evidence says. Its id, the member it is about, the file it was read from,
where it comes from and when it came in follow from where it stands.

Bron: issue intake; ontwerp 2.9; domein C blok_aanbieder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from inkoop.definitions.modelpad import Loc
from inkoop.definitions.spiegel import Bestandsvorm
from inkoop.definitions.suggestie import suggest
from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk
from inkoop.domain.criteria.dossier import (
    Aanleiding,
    Antwoord,
    Certificaatfeit,
    Documentfeit,
    EenFeit,
    Ervaringfeit,
    Feit,
    Getalfeit,
    Herkomst,
    Lidrol,
    Locatiefeit,
    Oordeel,
    Personeelfeit,
    Registratiefeit,
    Verklaringfeit,
)
from inkoop.domain.dossierbouw import NOG_NIET_ONTVANGEN
from inkoop.domain.persoon import is_kvk
from inkoop.domain.scenario import Scenariooordeel

OPGAVEVORM = Bestandsvorm(
    zonder={
        Feit: frozenset({"id", "lid", "bewijs", "herkomst", "ontvangen_op", "aanleiding"}),
        Aanmeldingsopgave: frozenset({"ontvangen_op"}),
        Bewijsstuk: frozenset({"eerder", "eerder_sha256"}),
    },
    verplicht={Verklaringfeit: frozenset({"voorbehoud"})},
    namen={
        Antwoord: {"ja": "antwoord"},
        Oordeel: {"ja": "oordeel"},
        Scenariooordeel: {"ja": "oordeel"},
    },
    vormen={Aanleiding: Literal["herstel", "voorwaarde"]},
)
"""How a file differs from the values in domain/aanmelding: what a fact inherits is left out.

Only what comes after submission names its occasion, so submission itself is no choice.
"""

AANMELDVORM = msgspec.structs.replace(
    OPGAVEVORM, zonder={struct: weg for struct, weg in OPGAVEVORM.zonder.items() if struct is not Bewijsstuk}
)
"""Of an aanmeldingsbestand, where a file may be one of an earlier round (domain/hergebruik)."""

_SHA256 = re.compile(r"[0-9a-f]{64}")

_HOOFDROLLEN = (Lidrol.ENKEL, Lidrol.PENVOERDER)
_MET_PERIODE = (Certificaatfeit, Ervaringfeit, Locatiefeit, Personeelfeit, Getalfeit, Registratiefeit)
Melding = tuple[Loc, str]


def complete_stukken(stukken: Iterable[Mapping[str, Any]], aanleiding: Aanleiding) -> list[dict[str, Any]]:
    """Give each fact in plain evidence values what it inherits; its id is the file name with its number."""
    compleet = []
    for stuk in stukken:
        feiten = [
            {
                **feit,
                "id": f"{stuk['bestand']}#{nummer}",
                "lid": stuk["lid"],
                "bewijs": [stuk["bestand"]],
                "herkomst": Herkomst.OPGEGEVEN.value,
                "ontvangen_op": NOG_NIET_ONTVANGEN.isoformat(),
                "aanleiding": aanleiding.value,
            }
            for nummer, feit in enumerate(stuk["feiten"], start=1)
        ]
        compleet.append({**stuk, "feiten": feiten})
    return compleet


def check_opgave(opgave: Aanmeldingsopgave) -> Iterator[Melding]:
    """What an opgave may not say: members, KvK numbers, percelen, evidence that does not fit together."""
    yield from _check_leden(opgave)
    if not opgave.percelen and opgave.wijzigt is None:
        yield ("percelen",), "Noem ten minste één perceel waarvoor wordt aangemeld."
    if opgave.wijzigt is not None and not opgave.percelen and opgave.producten:
        yield ("producten",), "Noem ook de percelen van deze producten."
    yield from _check_dubbel("vervalt", opgave.vervalt)
    yield from _check_dubbel("percelen", opgave.percelen)
    yield from _check_dubbel("producten", opgave.producten)
    yield from check_stukken(opgave.bewijsstukken, [lid.id for lid in opgave.leden])


def check_stukken(stukken: Iterable[Bewijsstuk], leden: list[str], bekend: Iterable[str] = ()) -> Iterator[Melding]:
    """What pieces of evidence may not say; `bekend` are file names that are taken already."""
    gezien = set(bekend)
    for i, stuk in enumerate(stukken):
        plek: Loc = ("bewijsstukken", i)
        if stuk.bestand in gezien:
            yield (
                (*plek, "bestand"),
                f"Het bestand '{stuk.bestand}' staat er dubbel. Geef elk bewijsstuk een eigen naam.",
            )
        gezien.add(stuk.bestand)
        if "/" in stuk.bestand or "\\" in stuk.bestand:
            yield (*plek, "bestand"), "Noem alleen de bestandsnaam, zonder map."
        if stuk.eerder is None and stuk.eerder_sha256 is not None:
            yield (*plek, "eerder_sha256"), "Noem ook 'eerder': de aanmelding waar dit bestand bij hoorde."
        if stuk.eerder_sha256 is not None and not _SHA256.fullmatch(stuk.eerder_sha256):
            tekst = "Een SHA-256 heeft 64 tekens uit 0-9 en a-f; hij staat op uw ontvangstbevestiging."
            yield (*plek, "eerder_sha256"), tekst
        if stuk.lid is not None and stuk.lid not in leden:
            yield (*plek, "lid"), f"'{stuk.lid}' staat niet onder 'leden'.{suggest(stuk.lid, leden)}"
        for j, feit in enumerate(stuk.feiten):
            for loc, tekst in (*_check_feit(feit), *_check_door(feit, leden)):
                yield (*plek, "feiten", j, *loc), tekst


def _check_feit(feit: EenFeit) -> Iterator[Melding]:
    if isinstance(feit, _MET_PERIODE) and feit.tot is not None and feit.tot < feit.van:
        yield ("tot",), f"'tot' ligt voor 'van' ({feit.van.isoformat()})."
    for naam in ("clienten", "aantal", "totaal"):
        getal = getattr(feit, naam, None)
        if getal is not None and getal < 0:
            yield (naam,), f"'{naam}' is {getal}; dat kan niet minder dan 0 zijn."
    if isinstance(feit, Personeelfeit) and feit.totaal is not None and feit.totaal < feit.aantal:
        yield ("totaal",), f"'totaal' is {feit.totaal}; dat kan niet minder zijn dan 'aantal' ({feit.aantal})."


def _check_door(feit: EenFeit, leden: list[str]) -> Iterator[Melding]:
    """Who provides a part of a document is one of the parties of the application (B-01)."""
    for i, onderdeel in enumerate(feit.onderdelen if isinstance(feit, Documentfeit) else ()):
        if onderdeel.door is not None and onderdeel.door not in leden:
            tekst = f"'{onderdeel.door}' staat niet onder 'leden'.{suggest(onderdeel.door, leden)}"
            yield ("onderdelen", i, "door"), tekst


def _check_leden(opgave: Aanmeldingsopgave) -> Iterator[Melding]:
    ids: set[str] = set()
    nummers: set[str] = set()
    for i, lid in enumerate(opgave.leden):
        if lid.id in ids:
            yield ("leden", i, "id"), f"De naam '{lid.id}' is al van een ander lid. Kies een eigen korte naam."
        ids.add(lid.id)
        if not is_kvk(lid.kvk):
            yield ("leden", i, "kvk"), f"Een KvK-nummer heeft acht cijfers; hier staat '{lid.kvk}'."
        elif lid.kvk in nummers:
            yield ("leden", i, "kvk"), f"Het KvK-nummer {lid.kvk} is al van een ander lid."
        nummers.add(lid.kvk)
    yield from _check_rollen(opgave)


def _check_rollen(opgave: Aanmeldingsopgave) -> Iterator[Melding]:
    """One single provider, or one penvoerder with at least one other member (B.4)."""
    hoofden = [lid for lid in opgave.leden if lid.rol in _HOOFDROLLEN]
    deelnemers = [lid for lid in opgave.leden if lid.rol is Lidrol.LID]
    if len(hoofden) != 1:
        tekst = f"Precies één lid heeft de rol 'enkel' of 'penvoerder'; hier zijn het er {len(hoofden)}."
        yield ("leden",), tekst
    elif hoofden[0].rol is Lidrol.ENKEL and deelnemers:
        yield ("leden",), "Naast een lid met rol 'enkel' staat geen 'lid'. Bij een combinatie is er een 'penvoerder'."
    elif hoofden[0].rol is Lidrol.PENVOERDER and not deelnemers:
        yield ("leden",), "Naast een penvoerder hoort ten minste één 'lid'. Is er maar één aanbieder, kies dan 'enkel'."


def _check_dubbel(naam: str, waarden: tuple[str, ...]) -> Iterator[Melding]:
    for i, waarde in enumerate(waarden):
        if waarde in waarden[:i]:
            yield (naam, i), f"'{waarde}' staat er dubbel. Haal er één weg."


def complete_opgave(waarden: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values of an opgave with what its facts inherit, ready to become an Aanmeldingsopgave."""
    return {**waarden, "bewijsstukken": complete_stukken(waarden["bewijsstukken"], Aanleiding.INDIENING)}
