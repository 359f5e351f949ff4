"""Papers that a procedure fills by itself, as drafts to read: what each still misses, and the order to make one.

A draft is no record: it is made from what the procedure says on the day itself, and laid before people to read.

Bron: domein C.4, C.8, C.9, C.31 (refused when a field is missing); ontwerp 6.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from inkoop.documents.gegevens import to_gegevens
from inkoop.documents.metagegevens import find_ontbrekend, read_metagegevens
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.services import procedures, publicatie
from inkoop.services.brieven.stukvelden import name_gemis
from inkoop.services.brieven.voorzet import STUKKEN, Stukopdracht, choose_editie, draft_stuk
from inkoop.services.drukkerij import Drukopdracht
from inkoop.services.huis import Huis, NietGevondenError, Optreden
from inkoop.services.rondes import lees

VERSIE = "0.1"
"""What a draft bears as its version."""


class Voorzet(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that can be drafted: who checks and decides, and what is missing yet (names for people)."""

    soort: str
    titel: str
    opgesteld_door: str
    gecontroleerd_door: str
    besloten_door: str
    velden: int
    ontbreekt: tuple[str, ...]


def list_voorzetten(
    huis: Huis, door: Optreden, procedure: str, edities: Mapping[str, Criteriaset]
) -> tuple[Voorzet, ...]:
    """Every paper that this procedure fills; `edities` are those of an unpublished procedure, from their files."""
    voorzetten = []
    for soort in STUKKEN:
        meta = read_metagegevens(huis.sjablonen, soort)
        gegevens = to_gegevens(_draft(huis, door, procedure, soort, edities))
        voorzetten.append(
            Voorzet(
                soort=soort,
                titel=meta.titel,
                opgesteld_door=meta.opgesteld_door,
                gecontroleerd_door=meta.gecontroleerd_door,
                besloten_door=meta.besloten_door,
                velden=len(meta.verplichte_velden),
                ontbreekt=name_gemis(find_ontbrekend(meta, gegevens)),
            )
        )
    return tuple(voorzetten)


def order_voorzet(
    huis: Huis, door: Optreden, procedure: str, soort: str, edities: Mapping[str, Criteriaset]
) -> Drukopdracht:
    """The order to make a draft. Refused with every missing field, and for a kind that no procedure fills."""
    if soort not in STUKKEN:
        raise NietGevondenError("Stuk", soort, STUKKEN)
    stuk = _draft(huis, door, procedure, soort, edities)
    ontbreekt = find_ontbrekend(read_metagegevens(huis.sjablonen, soort), to_gegevens(stuk))
    if ontbreekt:
        redenen = [Beletsel("veld", f"Er ontbreekt: {naam}.") for naam in name_gemis(ontbreekt)]
        raise BeletselenError(f"'{soort}' is nog niet te maken.", redenen)
    return Drukopdracht(
        sjablonen=str(huis.sjablonen.map),
        soort=soort,
        gegevens=msgspec.json.encode(stuk).decode(),
        kenmerk=f"{procedure}-{soort}",
    )


def _draft(
    huis: Huis, door: Optreden, procedure: str, soort: str, edities: Mapping[str, Criteriaset]
) -> msgspec.Struct:
    op = local_date(door.nu)
    with lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        rij = procedures.find_procedure(sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        bekend = dict(edities) or publicatie.read_bevroren(sessie, rij)
    naam = choose_editie(definitie, op)
    if naam not in bekend:
        raise NietGevondenError("Criteria-editie", naam, bekend)
    return draft_stuk(
        Stukopdracht(
            soort=soort,
            definitie=definitie,
            editie=bekend[naam],
            kenmerk=f"{procedure}-{soort}",
            versie=VERSIE,
            datum=op,
        )
    )
