"""Where people write in their own words, and that no number of a person comes in a record that way.

Every column that holds text stands in VRIJ or in NIET_VRIJ, and a test holds the two against the tables: who adds a
column says which it is. It is looked at when a record is written, so for pages, commands and flows alike; an act of
which one text is refused keeps nothing.

Bron: ontwerp 8 (no BSN in any record); FE-9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.storage.bsn import suspects_bsn

VRIJ: Final[Mapping[str, tuple[str, ...]]] = {
    "aanhaakbericht": ("bewijs",),
    "aanhaakhandeling": ("bewijs",),
    "aanhaakverzoek": ("grond",),
    "addendum": ("aanleiding",),
    "afschrift": ("referentie",),
    "archieflijst": ("toelichting",),
    "archiefregel": ("reden",),
    "audit": ("reden",),
    "belangenverklaring": ("toelichting",),
    "bewaakt_stuk": ("bewijs",),
    "bewaarslot": ("reden", "vrijgave"),
    "checklistpunt": ("grond",),
    "contactmoment": ("met", "onderwerp", "inhoud"),
    "contractwijziging": ("inhoud", "grond"),
    "deelname": ("grond",),
    "dialoogronde": ("verslag", "agenda", "deelnemers", "vertrouwelijk"),
    "document": ("opmerking",),
    "document_opmerking": ("tekst",),
    "document_wijziging": ("reden",),
    "doorloop": ("bewijs",),
    "geschil": ("zaaknummer", "omschrijving", "toelichting"),
    "gestandverlenging": ("grond",),
    "getekendstuk": ("reden",),
    "heropening": ("reden",),
    "herstelverzoek": ("punten",),
    "implementatiepunt": ("bewijs",),
    "inbreng": ("tekst", "antwoord", "thema"),
    "indexering": ("grond",),
    "maatregel": (
        "afspraak", "bevinding", "bewijs", "maatregel", "evenredigheid", "sprong", "clienten", "zienswijze", "weging",
    ),
    "melding": ("afhandeling",),
    "nadere_vaststelling": ("reden",),
    "nota": ("wijzigingen",),
    "onderdeelinhoud": ("inhoud",),
    "ondertekening": ("grondslag",),
    "oordeel": ("reden",),
    "overdracht": ("bewijs",),
    "plichtmeting": ("bewijs", "waarde"),
    "samenloop": ("reden",),
    "score": ("reden",),
    "stap": ("grond",),
    "stopsignaal": ("bevinding", "toelichting", "verwerkt_bewijs"),
    "storing": ("melding", "bewijs", "bevinding"),
    "tekenbevoegdheid": ("grond",),
    "token": ("doel",),
    "vaststelling": ("reden",),
    "verlengingsbesluit": ("grond",),
    "verzending": ("referentie",),
    "vraag": ("onderwerp", "oorspronkelijk", "tekst", "antwoord", "voor_allen"),
    "weigering": ("reden", "bewijs"),
}  # fmt: skip
"""By table the columns in which somebody writes; of one that holds JSON every text in it."""

NIET_VRIJ: Final[Mapping[str, str]] = {
    "aanhaakverzoek.opgave": "what the platform said, with KvK numbers",
    "aanmelding.opgave": "receipt is never refused for it; fields labelled so are refused when it is read",
    "aanvulling.toelichting": "receipt is never refused for it",
    "addendum.inhoud": "made by the program from tariffs and changes that were looked at",
    "archiefregel.grond": "made by the program from the selection list",
    "audit.gegevens": "made by the program from records that were looked at",
    "audit.onderwerp": "a kenmerk",
    "audit.rijen": "hashes",
    "besluit.voorstel": "made by the program from the toets",
    "bewijsstuk.omschrijving": "receipt is never refused for it",
    "criteriaeditie.inhoud": "a definition, read from a file",
    "document.afwijkingen": "quoted from a Word file: contracts name the RSIN of their parties",
    "document.gegevens": "made by the program from records that were looked at",
    "document.onderwerp": "a kenmerk",
    "document_wijziging.nieuw": "quoted from a Word file: contracts name the RSIN of their parties",
    "document_wijziging.oud": "quoted from our own document",
    "feit.inhoud": "stated with an aanmelding: receipt is never refused for it",
    "getekendstuk.twijfel": "made by the program",
    "getekendstuk.zegel": "read from a certificate",
    "indexering.inhoud": "figures",
    "klad.onderwerp": "what the draft is about",
    "klad.inhoud": "encrypted",
    "mandaat.inhoud": "names and amounts from a file of the organisation",
    "melding.bron": "made by the program",
    "melding.onderwerp": "a kenmerk",
    "melding.waarom": "made by the program",
    "melding.wat": "made by the program",
    "nadere_vaststelling.inhoud": "a fact about an organisation, with KvK numbers",
    "oordeel.antwoorden": "codes of answers",
    "oordeel.bewijs": "hashes",
    "ouder_contract.inhoud": "read from an export",
    "overeenkomst.inhoud": "made by the program from the offer",
    "persoon.rollen": "codes",
    "platformontvangst.referentie": "the reference of a platform",
    "post.reden": "made by the program",
    "post.regels": "made by the program",
    "geschil.percelen": "codes",
    "procedure.definitie": "a definition, read from a file",
    "samenloop.aanmeldingen": "kenmerken",
    "samenloop.geldt": "codes",
    "tariefonderbouwing.inhoud": "figures",
    "tik.gedaan": "made by the program",
    "tik.melding": "made by the program",
    "tik.onderwerp": "a kenmerk",
    "toets.resultaat": "made by the program",
    "token.bereik": "codes",
    "vaststelling.inhoud": "a fact about an organisation, with KvK numbers",
    "vernietiging.bestanden": "hashes",
    "verzegeling.enveloppen": "hashes",
    "werkslot.onderwerp": "a kenmerk",
    "voorstel.bestanden": "names and hashes of files",
    "voorstel.toelichting": "receipt is never refused for it",
    "zoekdeel.deel": "an end of a name, number or title in another record",
    "zoekdeel.sleutel": "a name or number in another record",
}
"""Text in which nobody writes freely, and why it is not looked at."""


def check_bsn(naam: str, tekst: str) -> list[Beletsel]:
    """Why a text cannot be kept: what may be a BSN stands in it. `naam` is what the field is called."""
    if not suspects_bsn(tekst):
        return []
    uitleg = (
        f"Onder '{naam}' staat iets dat een BSN kan zijn. Haal het weg; noem geen cliënten."
        " Is het een ander nummer? Schrijf het dan met een letter ervoor."
    )
    return [Beletsel("bsn", uitleg)]


def refuse_bsn(beletselen: list[Beletsel]) -> None:
    """Raises BeletselenError when there is a reason."""
    if beletselen:
        raise BeletselenError("Dit is niet vastgelegd; er is niets bewaard.", beletselen)


def check_rij(rij: object) -> list[Beletsel]:
    """Why a record cannot be written: every text that somebody wrote anew and that may hold a BSN."""
    staat: Any = sa.inspect(rij)
    beletselen = []
    for kolom in VRIJ.get(staat.mapper.local_table.name, ()):
        if staat.attrs[kolom].history.added:
            for tekst in _list_teksten(getattr(rij, kolom)):
                if gevonden := check_bsn(kolom, tekst):
                    beletselen += gevonden
                    break
    return beletselen


def _list_teksten(waarde: Any) -> Iterator[str]:
    if isinstance(waarde, str):
        yield waarde
    elif isinstance(waarde, Mapping):
        for een in waarde.values():
            yield from _list_teksten(een)
    elif isinstance(waarde, list | tuple):
        for een in waarde:
            yield from _list_teksten(een)
