"""Sample data for every document type: fictional people and organisations, the calendar of M-2020-2.

The cases look like those of the acceptance list (a single provider, a condition, a combination of
which one member fails, an admission per product, a late application), but are sample data for texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec

from inkoop.documents import gegevens as g
from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.criteria.criterium import Herstelbaarheid
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.procedure import Kwalificatie, Wet

ORGANISATIE = g.Organisatiegegevens(
    naam="Inkoopteam regio Meierij",
    samenwerkingsverband="Samenwerkende gemeenten regio Meierij",
    centrumgemeente="'s-Hertogenbosch",
    gemeenten=("'s-Hertogenbosch", "Meierijstad", "Vught"),
    adres="Wolvenhoek 1",
    postcode_plaats="5211 HH 's-Hertogenbosch",
    contactpersoon="mevrouw S. de Bruijn",
    email="inkoop@regiomeierij.example",
    telefoon="073 615 51 55",
    platform="Inkoopplatform regio Meierij",
)
PROCEDURE = g.Proceduregegevens(
    naam="meierij-2020",
    titel="Specialistische ondersteuning Wmo regio Meierij 2020-2021",
    kwalificatie=Kwalificatie.TOELATING,
    wet=Wet.WMO,
    regio="Meierij",
)
RONDE = g.Rondegegevens(
    kenmerk="M-2020-2",
    opening=date(2020, 2, 3),
    sluiting=datetime(2020, 3, 31, 21, 59, 59, tzinfo=UTC),
    herstelverzoek=date(2020, 4, 7),
    herstel_tot=date(2020, 4, 21),
    besluit=date(2020, 5, 15),
    vervaltermijn=date(2020, 6, 4),
    tekenen=date(2020, 6, 19),
    ingang=date(2020, 7, 1),
)
VOLGENDE_RONDE = g.VolgendeRonde(
    kenmerk="M-2021-1",
    opening=date(2020, 8, 3),
    sluiting=datetime(2020, 9, 30, 21, 59, 59, tzinfo=UTC),
    ingang=date(2021, 1, 1),
)
INKOPER = g.Ondertekenaar(naam="S. de Bruijn", functie="inkoper")
WETHOUDER = g.Ondertekenaar(
    naam="H. van den Berg",
    functie="wethouder sociaal domein",
    namens=("'s-Hertogenbosch", "Meierijstad", "Vught"),
    mandaat=(
        "mandaatbesluit inkoop sociaal domein van 11 december 2018, "
        "geldig van 1 januari 2019 tot en met 31 december 2023"
    ),
)
BEHANDELAARS = g.Behandelaars(beoordelaars=("F. Yilmaz", "J. Peters"), jurist="mr. K. Aarts")
RECHTSBESCHERMING = g.Rechtsbeschermingsgegevens(
    rechtbank="Rechtbank Oost-Brabant",
    termijn_dagen=20,
    einde=date(2020, 6, 4),
    melding_adres="inkoop@regiomeierij.example",
    klachtadres="klachten@regiomeierij.example",
    geschillencommissie="de Geschillencommissie Sociaal Domein",
)


def make_lid(naam: str, kvk: str, rol: Lidrol = Lidrol.ENKEL, *, rechtsvorm: str = "stichting") -> g.Lidgegevens:
    """A member with a fictional address and signatory."""
    return g.Lidgegevens(
        naam=naam,
        rol=rol,
        rechtsvorm=rechtsvorm,
        kvk=kvk,
        agb="98001234" if rol is not Lidrol.ONDERAANNEMER else None,
        adres="Kerkstraat 12",
        postcode_plaats="5261 CA Vught",
        tekenbevoegde="A. de Wit",
        tekenfunctie="bestuurder",
        tekenwijze=Tekenwijze.ALLEEN,
    )


LINDEHOF = g.Aanbiedergegevens(
    naam="Stichting De Lindehof Begeleiding",
    leden=(make_lid("Stichting De Lindehof Begeleiding", "90000101"),),
)
COMBINATIE = g.Aanbiedergegevens(
    naam="Combinatie Meierij Samen",
    leden=(
        make_lid("Stichting Het Wilgenpad", "90000104", Lidrol.PENVOERDER),
        make_lid("Anker Thuis B.V.", "90000105", Lidrol.LID, rechtsvorm="besloten vennootschap"),
        make_lid("Noor Begeleidt", "90000106", Lidrol.LID, rechtsvorm="eenmanszaak"),
    ),
)

PRODUCTEN: Mapping[str, g.Tariefproduct] = {
    code: g.Tariefproduct(code=code, naam=naam, omschrijving=omschrijving, bedrag=Decimal(bedrag))
    for code, naam, omschrijving, bedrag in (
        ("IB-waakvlam", "Individuele begeleiding waakvlam", "laag-intensief volgen en op tijd signaleren", "118.00"),
        ("IB-basis", "Individuele begeleiding basis", "zelfstandig functioneren en dagstructuur versterken", "412.50"),
        ("IB-extra", "Individuele begeleiding extra", "basis bij problemen op veel levensgebieden", "655.25"),
        ("DB-basis", "Dagbesteding basis", "zinvolle daginvulling in een groep", "498.75"),
        ("DB-extra", "Dagbesteding extra", "daginvulling met voortdurende begeleiding", "742.00"),
        ("KDV-basis", "Kortdurend verblijf basis", "verblijf zonder individuele ondersteuning", "389.40"),
        ("KDV-extra", "Kortdurend verblijf extra", "verblijf met individuele ondersteuning", "561.80"),
    )
}
PERCELEN: Mapping[str, tuple[str, str, str]] = {
    "1A": ("Individuele begeleiding", "IB", "begeleiding van één inwoner bij zelfredzaamheid en meedoen"),
    "1B": ("Dagbesteding groep", "DB", "dagbesteding in een groep"),
    "1C": ("Kortdurend verblijf", "KDV", "verblijf om mantelzorgers te ontlasten"),
}


def list_producten(perceel: str) -> tuple[g.Productregel, ...]:
    """Every product of a perceel."""
    prestatie = PERCELEN[perceel][1]
    return tuple(
        g.Productregel(code=p.code, naam=p.naam) for p in PRODUCTEN.values() if p.code.startswith(f"{prestatie}-")
    )


def make_perceelregel(code: str) -> g.Perceelregel:
    """A perceel that is applied for with all its products."""
    return g.Perceelregel(code=code, naam=PERCELEN[code][0], producten=list_producten(code))


def make_perceelbesluit(code: str, uitkomst: str, toegelaten: tuple[str, ...] | None = None) -> g.Perceelbesluit:
    """A besluit on a perceel; `toegelaten` None = all products when admitted, else none."""
    if toegelaten is None:
        toegelaten = tuple(p.code for p in list_producten(code)) if uitkomst.startswith("toegelaten") else ()
    producten = list_producten(code)
    return g.Perceelbesluit(
        code=code,
        naam=PERCELEN[code][0],
        uitkomst=uitkomst,
        toegelaten_producten=tuple(p for p in producten if p.code in toegelaten),
        afgewezen_producten=tuple(p for p in producten if p.code not in toegelaten),
    )


def make_tariefperceel(code: str, producten: tuple[str, ...]) -> g.Tariefperceel:
    """A perceel of an agreement with only the products named."""
    naam, prestatie, omschrijving = PERCELEN[code]
    return g.Tariefperceel(
        code=code,
        naam=naam,
        prestatie=prestatie,
        omschrijving=omschrijving,
        producten=tuple(PRODUCTEN[product] for product in producten),
    )


TARIEF_2020 = g.Tariefversie(
    versie="2020-1",
    ingang=date(2020, 1, 1),
    eenheid="maand",
    vastgesteld_op=date(2019, 6, 18),
    grondslag="Tariefonderbouwing van 4 juni 2019, met de kostprijselementen van de AMvB reële prijs Wmo 2015.",
)
TARIEF_2021 = msgspec.structs.replace(
    TARIEF_2020,
    versie="2021-1",
    ingang=date(2021, 1, 1),
    vastgesteld_op=date(2020, 9, 22),
    grondslag="Indexering 2021.",
)

BEWIJS = g.Bewijsregel(
    bestand="noor-avg-documenten.pdf", omschrijving="AVG-documenten Noor Begeleidt", ontvangen_op=date(2020, 4, 16)
)
REDEN_LID = g.Reden(
    criterium="M-11",
    titel="Voldoen aan de AVG",
    eis="De aanbieder voldoet aan de Algemene verordening gegevensbescherming.",
    bron="Inkoopstrategie 2020-2021, paragraaf 6.1",
    percelen=("1A", "1B"),
    lid="Noor Begeleidt",
    toelichting=(
        "Het privacybeleid en het verwerkingsregister zijn gedateerd 12 april 2020. De peildatum is 31 maart 2020. "
        "De drie andere onderdelen dateren uit 2019 en tellen mee."
    ),
    peildatums=(g.Peildatumregel(moment="sluiting", datum=date(2020, 3, 31)),),
    bewijs=(BEWIJS,),
    herstelbaarheid=Herstelbaarheid.BEWIJS_BESTOND_AL,
    herstel_gevraagd_op=date(2020, 4, 7),
    herstel_antwoord_op=date(2020, 4, 16),
)
REDEN_LOCATIE = g.Reden(
    criterium="M-02",
    titel="Verblijfslocatie in de regio",
    eis="Bij producten met verblijf is er bij de aanvang van de opdracht een verblijfslocatie in de regio Meierij.",
    bron="Inkoopstrategie 2020-2021, paragraaf 6.1",
    percelen=("1C",),
    toelichting="De opgegeven locatie ligt in Boxtel. Boxtel hoort op 1 juli 2020 niet bij de regio Meierij.",
    peildatums=(g.Peildatumregel(moment="ingang", datum=date(2020, 7, 1)),),
    bewijs=(
        g.Bewijsregel(bestand="huurovereenkomst.pdf", omschrijving="Huurovereenkomst", ontvangen_op=date(2020, 3, 20)),
    ),
    herstelbaarheid=Herstelbaarheid.NEE,
)
REDEN_ERVARING = g.Reden(
    criterium="M-01",
    titel="Ervaring per product",
    eis="De aanbieder heeft ervaring met ondersteuning aan minimaal één cliënt per product.",
    bron="Inkoopstrategie 2020-2021, paragraaf 6.1",
    percelen=("1A",),
    producten=("IB-basis", "IB-extra"),
    toelichting=(
        "Opgegeven is ervaring met vier cliënten in IB-waakvlam. Voor IB-basis en IB-extra is geen ervaring opgegeven."
    ),
    peildatums=(g.Peildatumregel(moment="sluiting", datum=date(2020, 3, 31)),),
    bewijs=(),
    herstelbaarheid=Herstelbaarheid.ALLEEN_VERDUIDELIJKING,
)
VOLDAAN = (
    g.Voldaancriterium(criterium="M-03", titel="HKZ of gelijkwaardig", percelen=("1A", "1B")),
    g.Voldaancriterium(
        criterium="M-05",
        titel="Kwaliteitssysteem",
        percelen=("1A", "1B"),
        toelichting="Het HKZ-certificaat staat op de gepubliceerde lijst van gelijkwaardige certificaten.",
    ),
)
VOORWAARDE = g.Voorwaardegegevens(
    criterium="M-03",
    titel="HKZ of gelijkwaardig",
    tekst="een certificaat HKZ of een gelijkwaardig certificaat dat op 1 juli 2020 geldig is",
    percelen=("1A",),
    toelichting="Het certificaat HKZ is geldig tot en met 12 juni 2020. De ingang is op 1 juli 2020.",
    bewijs=(g.Bewijsregel(bestand="hkz.pdf", omschrijving="Certificaat HKZ", ontvangen_op=date(2020, 3, 18)),),
    geldig_op=date(2020, 7, 1),
    bewijs_uiterlijk=date(2020, 6, 19),
)

GEMEENTEN = tuple(
    g.Gemeentepartij(
        naam=naam,
        kvk=kvk,
        adres=adres,
        postcode_plaats=plaats,
        vertegenwoordiger="H. van den Berg",
        functie="wethouder sociaal domein",
        volmacht_grondslag="het volmachtbesluit van de burgemeester",
        volmacht_datum=date(2018, 12, 11),
    )
    for naam, kvk, adres, plaats in (
        ("'s-Hertogenbosch", "90000901", "Wolvenhoek 1", "5211 HH 's-Hertogenbosch"),
        ("Meierijstad", "90000902", "Stadhuisplein 1", "5461 KN Veghel"),
        ("Vught", "90000903", "Secr. van Rooijstraat 1", "5261 EP Vught"),
    )
)
