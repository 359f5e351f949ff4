"""The form of a round: made from its procedure and criteria, and read back as an aanmelding.

Bron: issue intake; docs/handleiding/importeren.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from inkoop.definitions.editorschema import read_uitleg
from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.tabelaanmelding import Celplaats, build_uit_tabel
from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.criteria.criterium import Certificaattoets, Criteriaset
from inkoop.domain.criteria.doorlichting.opmerking import walk_toetsen
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.exchange.formulierlezer import is_formulier, read_formulier
from inkoop.exchange.formuliervorm import ALLE, Formulier, Loc, list_bladen
from inkoop.exchange.tabel import TabelError, read_xlsx
from inkoop.storage.bestandskeuring import inspect_bestand
from inkoop.storage.bewijsopslag import MAX_GROOTTE, BewijsRefusedError

# Which field of which toets gives the words that can be chosen in which column of which sheet.
_KEUZES = {
    ("document", "document"): (("document", "document"),),
    ("document", "onderdelen"): (("document.onderdelen", "naam"),),
    ("document", "versies"): (("document", "versie"),),
    ("beoordeling", "document"): (("document", "document"),),
    ("verklaring", "verklaring"): (("verklaring", "verklaring"),),
    ("verklaring", "ondertekend_door"): (("verklaring.handtekeningen", "namens"),),
    ("certificaat", "instellingen"): (("certificaat", "instelling"),),
    ("locatie", "functie"): (("locatie", "functie"),),
    ("personeel", "kwalificaties"): (("personeel", "kwalificatie"),),
    ("personeel", "registers"): (("personeel", "register"),),
    ("getal", "grootheid"): (("getal", "grootheid"),),
    ("register", "registers"): (("registratie", "register"),),
    ("uitsluiting", "uitsluitingsgrond"): (("uitsluiting", "uitsluitingsgrond"),),
}


_UITLEG = (
    (
        "1. Vul het blad Aanmelding in en kies op het blad Percelen waarvoor u zich aanmeldt. Noem op het blad Leden "
        "uw "
        "onderneming, of bij een combinatie elke onderneming; ook onderaannemers en op wie u een beroep doet (derde)."
    ),
    "2. Noem op het blad Bewijsstukken elk bestand dat u meestuurt, met precies de naam die het bestand heeft.",
    (
        "3. Schrijf op de andere bladen wat in elk bestand te lezen is. Een medewerker vergelijkt dat met het bestand. "
        "Wat een eigen lijst is, staat op een eigen blad, zoals 'document onderdelen'."
    ),
    "4. Rode koppen zijn verplicht. In veel vakjes kunt u kiezen uit een lijst. Laat rij 1 en 2 staan.",
    "5. Gebruik geen formules en geen macro's. Noem geen burgerservicenummers en geen namen van cliënten.",
    "6. Sla het formulier op als .xlsx en stuur het mee met de bestanden.",
)


def build_formulier(definitie: Proceduredefinitie, editie: Criteriaset, ronde: str) -> Formulier:
    """What the form of a round says."""
    datums = definitie.find_ronde(ronde)
    systeem = definitie.organisatie.platform if definitie.ontvangst is None else definitie.ontvangst.systeem
    sluiting = datums.sluiting.astimezone(TIJDZONE)
    percelen = [
        rij
        for perceel in definitie.percelen
        for rij in (
            (perceel.code, ALLE, perceel.naam),
            *((perceel.code, product.code, product.naam) for product in perceel.producten),
        )
    ]
    keuzes = _list_keuzes(editie)
    producten = tuple(dict.fromkeys(product for _, product, _ in percelen if product != ALLE))
    keuzes |= {("ervaring", "product"): producten, ("personeel", "product"): producten}
    return Formulier(
        titel=f"Aanmelding voor {definitie.titel}, ronde {ronde}",
        uitleg=(
            (
                f"Deze ronde sluit op {sluiting:%d-%m-%Y} om {sluiting:%H:%M:%S} uur. "
                f"Wat telt is de ontvangst door: {systeem}."
            ),
            *_UITLEG,
        ),
        eisen=tuple((c.id, c.titel, c.eis, c.bewijs) for c in editie.criteria),
        bladen=list_bladen(percelen, read_uitleg(), keuzes),
    )


def _list_keuzes(editie: Criteriaset) -> dict[tuple[str, str], tuple[str, ...]]:
    """The words of the criteria by sheet and column, each once, in the order of the criteria."""
    gevonden: dict[tuple[str, str], dict[str, None]] = {}
    for criterium in editie.criteria:
        for _, toets in walk_toetsen(criterium.toets):
            soort = str(toets.__struct_config__.tag)
            for veld in toets.__struct_fields__:
                for plek in _KEUZES.get((soort, veld), ()):
                    waarde = getattr(toets, veld)
                    woorden = (waarde,) if isinstance(waarde, str) else waarde
                    gevonden.setdefault(plek, {}).update(dict.fromkeys(woorden))
            if isinstance(toets, Certificaattoets):
                woorden = (toets.norm, *toets.gelijkwaardig)
                gevonden.setdefault(("certificaat", "norm"), {}).update(dict.fromkeys(woorden))
    return {plek: tuple(woorden) for plek, woorden in gevonden.items() if woorden}


class FormulierError(BeletselenError):
    """A filled form cannot be understood; every fault by its cell."""


def parse_formulier(bestand: str, inhoud: bytes) -> Aanmeldingsopgave:
    """The aanmelding in a filled form. Raises FormulierError with every fault, by sheet and cell."""
    try:
        inspect_bestand(bestand, inhoud, max_grootte=MAX_GROOTTE)
        bladen = read_xlsx(bestand, inhoud)
    except BewijsRefusedError as fout:
        raise FormulierError(f"{bestand} wordt geweigerd.", [Beletsel("formulier", str(fout))]) from fout
    except TabelError as fout:
        redenen = [Beletsel("formulier", reden) for reden in fout.redenen]
        raise FormulierError(f"{bestand} wordt geweigerd.", redenen) from fout
    if not is_formulier(bladen):
        tekst = "Dit is geen aanmeldformulier. Maak er een met: inkoop aanmelding sjabloon."
        raise FormulierError(f"{bestand} wordt geweigerd.", [Beletsel("formulier", tekst)])
    gelezen = read_formulier(bladen)
    if gelezen.fouten:
        redenen = [Beletsel("formulier", f"{plek}: {tekst}") for plek, tekst in gelezen.fouten]
        raise FormulierError(f"{bestand} is niet goed ingevuld.", redenen)
    plaatsen: dict[Loc, Celplaats] = {
        loc: (f"blad '{blad}', cel {cel.adres}", cel.rij, cel.kolom) for loc, (blad, cel) in gelezen.plaatsen.items()
    }
    try:
        return build_uit_tabel(bestand, gelezen.waarde, plaatsen)
    except DefinitieError as fout:
        raise FormulierError(f"{bestand} is niet goed ingevuld.", list(list_meldingen(fout))) from fout


def list_meldingen(fout: DefinitieError) -> Iterator[Beletsel]:
    """The faults of values from a table, each with its cell."""
    for deel in fout.fouten:
        yield Beletsel("formulier", f"{deel.bestand}: {deel.tekst}")
