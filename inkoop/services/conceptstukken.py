"""The files with a draft of an aanmelding: sent now, or used again from an aanmelding of an earlier round.

Bron: issue web application, 6; issue intake, 1; FE-8.
"""

from __future__ import annotations

from typing import Final

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.services import hergebruik, kladden
from inkoop.services.concepten import Conceptzicht, save
from inkoop.services.conceptwaarde import Concept, Conceptstuk, write_feit
from inkoop.services.hergebruik import Herbruikbaar
from inkoop.services.huis import Huis, NietGevondenError, Optreden
from inkoop.services.kladden import KladGewijzigdError
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.bewijsopslag import BewijsRefusedError

MAX_STUKKEN: Final = 100
MAX_OMVANG: Final = 300 * 1024 * 1024
"""How many files, and how many bytes of them, one draft may have (project default)."""


def add_stuk(
    huis: Huis,
    door: Optreden,
    zicht: Conceptzicht,
    *,
    bestand: Bestandsbron,
    omschrijving: str,
    criterium: str,
    versie: int,
) -> Conceptstuk:
    """Take in a file with a draft, examined as at handing in. Raises BewijsRefusedError, BeletselenError."""
    concept = zicht.concept
    gekeurd = huis.winkel.bewijs.inspect(bestand)
    _require_ruimte(concept, bestand.naam, gekeurd.grootte)
    stuk = Conceptstuk(
        nummer=concept.volgend_nummer,
        bestand=bestand.naam,
        opslag=kladden.store_stuk(huis, zicht.plek, bestand),
        mediatype=gekeurd.mediatype,
        grootte=gekeurd.grootte,
        apart_gezet=gekeurd.bsn_verdacht,
        omschrijving=omschrijving,
        criteria=[criterium],
    )
    concept.volgend_nummer += 1
    concept.stukken = [*concept.stukken, stuk]
    try:
        save(huis, door, zicht, versie)
    except KladGewijzigdError:
        kladden.drop_stuk(huis, zicht.plek, stuk.opslag)
        raise
    return stuk


def _require_ruimte(concept: Concept, bestand: str, grootte: int) -> None:
    """Refuse a file that does not fit in the draft any more, or whose name is taken."""
    redenen = []
    if any(stuk.bestand == bestand for stuk in concept.stukken):
        redenen.append("er is al een bestand met deze naam; geef het een andere naam, of haal het oude eerst weg")
    if len(concept.stukken) >= MAX_STUKKEN:
        redenen.append(f"een aanmelding heeft ten hoogste {MAX_STUKKEN} bestanden")
    if sum(stuk.grootte for stuk in concept.stukken) + grootte > MAX_OMVANG:
        redenen.append(f"alle bestanden samen zijn ten hoogste {MAX_OMVANG // 1024**2} MB")
    if redenen:
        raise BewijsRefusedError(bestand, redenen)


def list_eerdere(huis: Huis, door: Optreden, zicht: Conceptzicht, criterium: str) -> list[Herbruikbaar]:
    """The files of earlier aanmeldingen that say something for a criterium, of who takes part now and not used yet."""
    if zicht.gevraagd is not None:
        return []
    kvks = {lid.get("kvk") for lid in zicht.concept.leden}
    gebruikt = {stuk.eerder_sha256 for stuk in zicht.concept.stukken}
    return [
        een
        for een in hergebruik.list_herbruikbaar(huis, door, zicht.ronde.kenmerk, criterium)
        if (een.stuk.kvk is None or een.stuk.kvk in kvks) and een.stuk.sha256 not in gebruikt
    ]


def add_eerder(
    huis: Huis, door: Optreden, zicht: Conceptzicht, *, aanmelding: str, sha256: str, criterium: str, versie: int
) -> Conceptstuk:
    """Use a file of an earlier aanmelding again, with what was stated on it then, to look at and change.

    Raises NietGevondenError for what is not there, BeletselenError with why it is not valid any more.
    """
    gevonden = [
        een
        for een in list_eerdere(huis, door, zicht, criterium)
        if (een.stuk.aanmelding, een.stuk.sha256) == (aanmelding, sha256)
    ]
    if not gevonden:
        raise NietGevondenError("Bewijsstuk", sha256[:16])
    een = gevonden[0]
    if not een.is_bruikbaar(criterium):
        beletselen = [Beletsel("eerder-verlopen", reden) for reden in een.list_redenen(criterium)]
        raise BeletselenError("Dit bestand kunt u niet opnieuw gebruiken.", beletselen)
    concept = zicht.concept
    _require_ruimte(concept, een.stuk.bestand, een.stuk.grootte)
    stuk = Conceptstuk(
        nummer=concept.volgend_nummer,
        bestand=een.stuk.bestand,
        opslag="",
        mediatype=een.stuk.mediatype,
        grootte=een.stuk.grootte,
        apart_gezet=False,
        omschrijving=een.stuk.omschrijving,
        lid=next((lid["id"] for lid in concept.leden if lid.get("kvk") == een.stuk.kvk), ""),
        criteria=[criterium],
        feiten=[write_feit(feit) for feit in hergebruik.list_feiten(een.stuk, concept.leden)],
        eerder=een.stuk.aanmelding,
        eerder_sha256=sha256,
    )
    concept.volgend_nummer += 1
    concept.stukken = [*concept.stukken, stuk]
    save(huis, door, zicht, versie)
    return stuk


def read_stuk(huis: Huis, door: Optreden, zicht: Conceptzicht, stuk: Conceptstuk) -> Bestandsbron:
    """A file of a draft: kept with it, or with the earlier aanmelding that it comes from."""
    if stuk.eerder:
        return hergebruik.read_eerder(huis, door, zicht.ronde.kenmerk, stuk.eerder, stuk.eerder_sha256)
    return kladden.open_stuk(huis, zicht.plek, stuk.opslag, stuk.bestand)


def drop_stuk(huis: Huis, door: Optreden, zicht: Conceptzicht, nummer: int, versie: int) -> None:
    """Take a file and what was said about it away."""
    stuk = zicht.concept.find_stuk(nummer)
    if stuk is not None:
        zicht.concept.stukken = [ander for ander in zicht.concept.stukken if ander is not stuk]
        save(huis, door, zicht, versie)
        if not stuk.eerder:
            kladden.drop_stuk(huis, zicht.plek, stuk.opslag)
