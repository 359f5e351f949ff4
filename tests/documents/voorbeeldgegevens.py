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
from inkoop.domain.procedure import Addendumcyclus, GegevensafspraakRol, Kwalificatie, Wet

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
    mandaat="mandaatbesluit inkoop sociaal domein van 11 december 2018, geldig van 1 januari 2019 tot en met 31 december 2023",
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
    return tuple(g.Productregel(code=p.code, naam=p.naam) for p in PRODUCTEN.values() if p.code.startswith(f"{prestatie}-"))


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
    TARIEF_2020, versie="2021-1", ingang=date(2021, 1, 1), vastgesteld_op=date(2020, 9, 22), grondslag="Indexering 2021."
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
    eis="Bij producten met verblijf heeft de aanbieder bij de aanvang van de opdracht een verblijfslocatie in de regio Meierij.",
    bron="Inkoopstrategie 2020-2021, paragraaf 6.1",
    percelen=("1C",),
    toelichting="De opgegeven locatie ligt in Boxtel. Boxtel hoort op 1 juli 2020 niet bij de regio Meierij.",
    peildatums=(g.Peildatumregel(moment="ingang", datum=date(2020, 7, 1)),),
    bewijs=(g.Bewijsregel(bestand="huurovereenkomst.pdf", omschrijving="Huurovereenkomst", ontvangen_op=date(2020, 3, 20)),),
    herstelbaarheid=Herstelbaarheid.NEE,
)
REDEN_ERVARING = g.Reden(
    criterium="M-01",
    titel="Ervaring per product",
    eis="De aanbieder heeft ervaring met ondersteuning aan minimaal één cliënt per product.",
    bron="Inkoopstrategie 2020-2021, paragraaf 6.1",
    percelen=("1A",),
    producten=("IB-basis", "IB-extra"),
    toelichting="Opgegeven is ervaring met vier cliënten in IB-waakvlam. Voor IB-basis en IB-extra is geen ervaring opgegeven.",
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

_BRIEF = {
    "kenmerk": "M-2020-2/0007",
    "datum": date(2020, 5, 15),
    "organisatie": ORGANISATIE,
    "procedure": PROCEDURE,
    "ronde": RONDE,
    "aanmelding": "A-0003",
}
_BESLUIT = {
    **_BRIEF,
    "besluit": "B-M-2020-2",
    "besluit_datum": date(2020, 5, 15),
    "ontvangen_op": datetime(2020, 3, 12, 9, 41, 8, tzinfo=UTC),
    "behandelaars": BEHANDELAARS,
    "rechtsbescherming": RECHTSBESCHERMING,
    "ondertekenaar": WETHOUDER,
}


def make_raamovereenkomst(aanbieder: g.Aanbiedergegevens = LINDEHOF, **anders: object) -> g.Raamovereenkomstgegevens:
    """An agreement for 1A and 1B, or with other fields."""
    velden: dict[str, object] = {
        "kenmerk": "M-2020-2/0021",
        "contractnummer": "MEI-2020-0012",
        "datum": date(2020, 6, 5),
        "organisatie": ORGANISATIE,
        "procedure": PROCEDURE,
        "ronde": "M-2020-2",
        "besluit": "B-M-2020-2",
        "besluit_datum": date(2020, 5, 15),
        "voorwaarde": "de criteria en tarieven vooraf bekend zijn en voor iedere aanbieder gelijk",
        "gemeenten": GEMEENTEN,
        "aanbieder": aanbieder,
        "percelen": (
            make_tariefperceel("1A", ("IB-waakvlam", "IB-basis", "IB-extra")),
            make_tariefperceel("1B", ("DB-basis", "DB-extra")),
        ),
        "tarief": TARIEF_2020,
        "gebied": (
            g.Gebiedsregel(naam="gemeente 's-Hertogenbosch"),
            g.Gebiedsregel(naam="gemeente Meierijstad"),
            g.Gebiedsregel(naam="gemeente Vught"),
            g.Gebiedsregel(naam="de kern Helvoirt", van=date(2021, 1, 1)),
        ),
        "looptijd": g.Looptijdgegevens(
            ingang=date(2020, 7, 1),
            einde_eerste_termijn=date(2021, 12, 31),
            verlenging_maanden=12,
            opzegtermijn_maanden=6,
            max_einddatum=date(2025, 12, 31),
        ),
        "tekenen_uiterlijk": date(2020, 6, 19),
        "volume": "De Gemeenten doen geen toezegging over aantallen Cliënten.",
        "bekostiging": "Outputgericht, met een vast bedrag per maand per product.",
        "indexering": "De tarieven worden jaarlijks per 1 januari herzien op basis van OVA en PPC.",
        "declaratie": "De aanbieder declareert per maand achteraf, voor elke maand waarin hij Ondersteuning gaf.",
        "social_return": "De Aanbieder zet zich in voor mensen met een afstand tot de arbeidsmarkt.",
        "verzekering": "De aanbieder is verzekerd tot ten minste € 2.500.000 per gebeurtenis.",
        "sanctieladder": True,
        "kwartaalthemas": ("aantal inwoners per gemeente per vorm", "klachten per gemeente", "social return"),
        "jaarcontrole_kwartaal": 4,
        "programma_van_eisen": (
            g.Eisregel(id="PvE-01", thema="Personeel", tekst="Personeel is opgeleid voor het product.", bron="S3 5.3"),
            g.Eisregel(id="PvE-02", thema="Klachten", tekst="Er is een klachtenregeling.", bron="Wmo 2015 3.2"),
        ),
        "gegevensafspraak": g.Gegevensafspraakgegevens(
            rol=GegevensafspraakRol.ZELFSTANDIG,
            motivering="De aanbieder bepaalt zelf hoe hij ondersteunt en houdt een eigen dossier bij.",
            doelen=("toewijzen van Ondersteuning", "declareren van geleverde Ondersteuning"),
            gegevens=("naam, adres en geboortedatum", "product, omvang en duur"),
            bewaartermijn="vijftien jaar na het einde van de ondersteuning (artikel 5.3.4 Wmo 2015)",
            datalekcontact="datalek@regiomeierij.example",
        ),
        "uitzonderingen": (
            g.Uitzonderingregel(gemeente="Vught", prestatie="Dagbesteding", tekst="Vught wil dagbesteding lokaal regelen."),
        ),
        "addendumcyclus": g.Cyclusgegevens.from_addendumcyclus(
            Addendumcyclus(concept_uiterlijk="10-01", tekenen_uiterlijk="12-01", ingang="01-01")
        ),
        "rechtbank": "Rechtbank Oost-Brabant",
        "klachtadres": "klachten@regiomeierij.example",
        "geschillencommissie": "de Geschillencommissie Sociaal Domein",
        "rangorde": ("de nota's van inlichtingen, de nieuwste eerst", "de leidraad met bijlagen"),
        "exemplaren": 4,
        "procedure_hash": "9f" * 32,
    }
    return g.Raamovereenkomstgegevens(**(velden | anders))  # type: ignore[arg-type]


def make_combinatieovereenkomst() -> g.Raamovereenkomstgegevens:
    """An agreement with a combination, with one product in one perceel."""
    return make_raamovereenkomst(
        COMBINATIE,
        percelen=(make_tariefperceel("1A", ("IB-waakvlam",)),),
        taakverdeling=(
            g.Taakregel(lid="Stichting Het Wilgenpad", taak="begeleiding en administratie"),
            g.Taakregel(lid="Anker Thuis B.V.", taak="begeleiding in Meierijstad"),
            g.Taakregel(lid="Noor Begeleidt", taak="begeleiding in Vught"),
        ),
    )


def make_voorbeelden() -> dict[str, msgspec.Struct]:
    """A realistic sample of every document type."""
    bestanden = (
        g.Bestandsregel(bestand="hkz-certificaat.pdf", omschrijving="Certificaat HKZ", sha256="ab" * 32, grootte=18231),
        g.Bestandsregel(
            bestand="kvk.pdf", omschrijving="KvK-uittreksel", lid=LINDEHOF.naam, sha256="0c" * 32, grootte=9120
        ),
    )
    lindehof: dict[str, object] = {**_BRIEF, "aanbieder": LINDEHOF, "ondertekenaar": INKOPER}
    percelen = (make_perceelregel("1A"), make_perceelregel("1B"))
    return {
        "ontvangstbevestiging": g.Ontvangstbevestiginggegevens(
            **(lindehof | {"datum": date(2020, 3, 12)}),  # type: ignore[arg-type]
            ontvangen_op=datetime(2020, 3, 12, 9, 41, 8, tzinfo=UTC),
            percelen=percelen,
            bestanden=bestanden,
        ),
        "brief-te-laat": g.BriefTeLaatgegevens(
            **(lindehof | {"datum": date(2020, 4, 2)}),  # type: ignore[arg-type]
            ontvangen_op=datetime(2020, 3, 31, 22, 0, 30, tzinfo=UTC),
            storingsonderzoek=g.Storingsonderzoek(
                melding="het platform was traag.",
                bevinding="In het logboek van het platform staat voor 31 maart 2020 geen storing.",
            ),
            volgende_ronde=VOLGENDE_RONDE,
            rechtsbescherming=msgspec.structs.replace(RECHTSBESCHERMING, einde=date(2020, 4, 22)),
        ),
        "herstelverzoek": g.Herstelverzoekgegevens(
            **(lindehof | {"datum": date(2020, 4, 7), "aanbieder": COMBINATIE}),  # type: ignore[arg-type]
            ontvangen_op=datetime(2020, 3, 25, 14, 2, 11, tzinfo=UTC),
            punten=(
                g.Herstelpuntgegevens(
                    criterium=REDEN_LID.criterium,
                    titel=REDEN_LID.titel,
                    eis=REDEN_LID.eis,
                    bron=REDEN_LID.bron,
                    percelen=("1A", "1B"),
                    lid="Noor Begeleidt",
                    bevinding="Van Noor Begeleidt zijn geen AVG-documenten ontvangen.",
                    gevraagd="de vijf onderdelen: privacybeleid, verwerkingsregister, datalekprocedure, "
                    "verwerkersovereenkomsten met leveranciers, functionaris gegevensbescherming of motivering",
                    herstelbaarheid=Herstelbaarheid.BEWIJS_BESTOND_AL,
                    uiterste_bewijsdatum=date(2020, 3, 31),
                ),
                g.Herstelpuntgegevens(
                    criterium="U-01",
                    titel="Eigen verklaring",
                    eis="De eigen verklaring is ondertekend door een bevoegde persoon.",
                    bron="Leidraad, hoofdstuk 3",
                    percelen=("1A", "1B"),
                    lid="Anker Thuis B.V.",
                    bevinding="De verklaring van Anker Thuis B.V. is niet ondertekend.",
                    gevraagd="de verklaring met handtekening",
                    herstelbaarheid=Herstelbaarheid.VRIJ,
                    uiterste_bewijsdatum=None,
                ),
            ),
            herstel_tot=date(2020, 4, 21),
        ),
        "toelatingsbrief": g.Toelatingsbriefgegevens(
            **_BESLUIT,  # type: ignore[arg-type]
            aanbieder=LINDEHOF,
            percelen=(make_perceelbesluit("1A", "toegelaten"), make_perceelbesluit("1B", "toegelaten")),
            voorwaarden=(),
            voldaan=VOLDAAN,
        ),
        "afwijzingsbrief": g.Afwijzingsbriefgegevens(
            **_BESLUIT,  # type: ignore[arg-type]
            aanbieder=COMBINATIE,
            herstel_gevraagd_op=date(2020, 4, 7),
            herstel_antwoord_op=date(2020, 4, 16),
            percelen=(make_perceelbesluit("1A", "afgewezen"), make_perceelbesluit("1B", "afgewezen")),
            redenen=(REDEN_LID, REDEN_ERVARING),
            voldaan=VOLDAAN,
            volgende_ronde=VOLGENDE_RONDE,
        ),
        "besluitbrief": g.Besluitbriefgegevens(
            **_BESLUIT,  # type: ignore[arg-type]
            aanbieder=LINDEHOF,
            percelen=(make_perceelbesluit("1A", "toegelaten", ("IB-waakvlam",)), make_perceelbesluit("1C", "afgewezen")),
            voorwaarden=(),
            redenen=(REDEN_LOCATIE, REDEN_ERVARING),
            voldaan=VOLDAAN,
            volgende_ronde=VOLGENDE_RONDE,
        ),
        "brief-voorwaarde-vervuld": g.VoorwaardeVervuldgegevens(
            **(lindehof | {"datum": date(2020, 6, 16)}),  # type: ignore[arg-type]
            besluit="B-M-2020-2",
            besluit_datum=date(2020, 5, 15),
            percelen=(make_perceelbesluit("1A", "toegelaten"),),
            vervuld=(
                g.VervuldeVoorwaarde(
                    voorwaarde=VOORWAARDE,
                    toelichting="Het nieuwe certificaat is geldig van 10 juni 2020 tot en met 9 juni 2023.",
                    bewijs=(
                        g.Bewijsregel(
                            bestand="hkz-nieuw.pdf", omschrijving="Nieuw certificaat HKZ", ontvangen_op=date(2020, 6, 15)
                        ),
                    ),
                ),
            ),
        ),
        "brief-toelating-vervalt": g.ToelatingVervaltgegevens(
            **(_BRIEF | {"datum": date(2020, 6, 22)}),  # type: ignore[arg-type]
            aanbieder=LINDEHOF,
            ondertekenaar=WETHOUDER,
            besluit="B-M-2020-2",
            besluit_datum=date(2020, 5, 15),
            behandelaars=BEHANDELAARS,
            percelen=(make_perceelbesluit("1A", "toelating_vervallen"),),
            voorwaarden=(VOORWAARDE,),
            redenen=(
                msgspec.structs.replace(
                    REDEN_LOCATIE,
                    criterium="M-03",
                    titel="HKZ of gelijkwaardig",
                    eis="De aanbieder is HKZ-gecertificeerd of gelijkwaardig.",
                    percelen=("1A",),
                    toelichting="Het certificaat liep af op 12 juni 2020. Op 19 juni 2020 was geen nieuw certificaat ontvangen.",
                    herstelbaarheid=Herstelbaarheid.BEWIJS_BESTOND_AL,
                    bewijs=(),
                ),
            ),
            volgende_ronde=VOLGENDE_RONDE,
            rechtsbescherming=msgspec.structs.replace(RECHTSBESCHERMING, einde=date(2020, 7, 13)),
        ),
        "intrekkingsbevestiging": g.Intrekkingsbevestiginggegevens(
            **(lindehof | {"datum": date(2020, 3, 20)}),  # type: ignore[arg-type]
            ingetrokken_op=datetime(2020, 3, 20, 10, 15, 0, tzinfo=UTC),
            ingetrokken_door="A. de Wit",
            ingetrokken_functie="bestuurder",
            percelen=percelen,
            volgende_ronde=VOLGENDE_RONDE,
        ),
        "brief-vervangen": g.BriefVervangengegevens(
            **(lindehof | {"datum": date(2020, 3, 30)}),  # type: ignore[arg-type]
            ontvangen_op=datetime(2020, 3, 12, 9, 41, 8, tzinfo=UTC),
            vervangen_door="A-0011",
            vervangen_op=datetime(2020, 3, 30, 7, 5, 0, tzinfo=UTC),
        ),
        "toelatingsbesluit": make_toelatingsbesluit(),
        "raamovereenkomst": make_raamovereenkomst(),
        "addendum": make_addendum(),
        "publicatietekst": make_publicatietekst(),
    }


def make_toelatingsbesluit() -> g.Toelatingsbesluitgegevens:
    """A round with an admission, a condition, a rejection and a late application."""
    ontvangen = datetime(2020, 3, 12, 9, 41, 8, tzinfo=UTC)
    return g.Toelatingsbesluitgegevens(
        kenmerk="B-M-2020-2",
        datum=date(2020, 5, 15),
        organisatie=ORGANISATIE,
        procedure=PROCEDURE,
        ronde=RONDE,
        criteriaset="meierij-wmo",
        editie="2020-2",
        editie_hash="5e" * 32,
        behandelaars=BEHANDELAARS,
        ondertekenaar=WETHOUDER,
        aanmeldingen=(
            g.Aanmeldingsbesluit(
                aanmelding="A-0003",
                aanbieder=LINDEHOF.naam,
                kvk=("90000101",),
                ontvangen_op=ontvangen,
                percelen=(make_perceelbesluit("1A", "toegelaten"), make_perceelbesluit("1B", "toegelaten")),
                voldaan=VOLDAAN,
                toets_hash="1a" * 32,
            ),
            g.Aanmeldingsbesluit(
                aanmelding="A-0004",
                aanbieder="Zorgpunt Vlinderdijk B.V.",
                kvk=("90000102",),
                ontvangen_op=ontvangen,
                percelen=(make_perceelbesluit("1A", "toegelaten_onder_voorwaarde"),),
                voorwaarden=(VOORWAARDE,),
                voldaan=VOLDAAN,
                toets_hash="2b" * 32,
            ),
            g.Aanmeldingsbesluit(
                aanmelding="A-0006",
                aanbieder=COMBINATIE.naam,
                kvk=("90000104", "90000105", "90000106"),
                ontvangen_op=ontvangen,
                percelen=(make_perceelbesluit("1A", "afgewezen"), make_perceelbesluit("1B", "afgewezen")),
                redenen=(REDEN_LID,),
                voldaan=VOLDAAN,
                toets_hash="3c" * 32,
            ),
        ),
        overige=(
            g.OverigeAanmelding(
                aanmelding="A-0008",
                aanbieder="Begeleidingsbureau Ochtendgloren",
                ontvangen_op=datetime(2020, 3, 31, 22, 0, 30, tzinfo=UTC),
                afdoening="buiten_behandeling",
                toelichting="Ontvangen na de sluiting.",
            ),
        ),
        rechtsbescherming=RECHTSBESCHERMING,
        audit=g.Auditverwijzing(nummer=412, hash="4d" * 32),
    )


def make_addendum(**anders: object) -> g.Addendumgegevens:
    """The tariffs of 2021 and the enlarged Vught."""
    velden: dict[str, object] = {
        "kenmerk": "M-2020-2/0055",
        "contractnummer": "MEI-2020-0012",
        "nummer": 1,
        "cyclusjaar": 2021,
        "datum": date(2020, 9, 30),
        "overeenkomst_datum": date(2020, 6, 17),
        "aanleiding": "de jaarlijkse cyclus: nieuwe tarieven voor 2021 en de gemeentelijke herindeling van Haaren.",
        "organisatie": ORGANISATIE,
        "procedure": PROCEDURE,
        "gemeenten": GEMEENTEN,
        "aanbieder": LINDEHOF,
        "tarieven": g.Tariefherziening(
            oud=TARIEF_2020,
            nieuw=TARIEF_2021,
            regels=tuple(
                g.Tariefwijziging(
                    product=p.code, naam=p.naam, was=p.bedrag, wordt=(p.bedrag * Decimal("1.03")).quantize(Decimal("0.01"))
                )
                for p in PRODUCTEN.values()
                if not p.code.startswith("KDV")
            ),
        ),
        "gebied": g.Gebiedswijziging(
            was=("gemeente 's-Hertogenbosch", "gemeente Meierijstad", "gemeente Vught"),
            wordt=("gemeente 's-Hertogenbosch", "gemeente Meierijstad", "gemeente Vught met de kern Helvoirt"),
            reden="de kern Helvoirt gaat over van Haaren naar Vught.",
        ),
        "concept_uiterlijk": date(2020, 10, 1),
        "tekenen_uiterlijk": date(2020, 12, 1),
        "ingang": date(2021, 1, 1),
        "rechtbank": "Rechtbank Oost-Brabant",
    }
    return g.Addendumgegevens(**(velden | anders))  # type: ignore[arg-type]


def make_publicatietekst() -> g.Publicatietekstgegevens:
    """The publication with two criteria and one round."""
    criterium = g.Criteriumregel(
        criterium="M-03",
        titel="HKZ of gelijkwaardig",
        eis="De aanbieder is HKZ-gecertificeerd of gelijkwaardig.",
        bron="Inkoopstrategie 2020-2021, paragraaf 6.1",
        groep="geschiktheidseis",
        geldt_voor="alle percelen",
        bewijs="het certificaat",
        peilmomenten=("sluiting", "ingang"),
        toepassing="gezamenlijk",
        herstelbaar="bewijs_bestond_al",
        motivering="Een extern getoetst kwaliteitssysteem beschermt cliënten.",
    )
    return g.Publicatietekstgegevens(
        kenmerk="P-0001",
        datum=date(2020, 2, 3),
        organisatie=ORGANISATIE,
        procedure=PROCEDURE,
        omschrijving="De gemeenten zoeken aanbieders van individuele begeleiding, dagbesteding en kortdurend verblijf.",
        motivering="Zo is de keuze voor de cliënt het grootst en is toetreden eenvoudig.",
        voorwaarde="de criteria en tarieven vooraf bekend zijn en voor iedere aanbieder gelijk",
        volume="Er is geen volume afgesproken en er is geen garantie op omzet.",
        bekostiging="Outputgericht, met een vast bedrag per maand per product.",
        indexering="Jaarlijks per 1 januari.",
        percelen=(
            make_tariefperceel("1A", ("IB-waakvlam", "IB-basis", "IB-extra")),
            make_tariefperceel("1B", ("DB-basis", "DB-extra")),
            make_tariefperceel("1C", ("KDV-basis", "KDV-extra")),
        ),
        tarief=TARIEF_2020,
        looptijd=make_raamovereenkomst().looptijd,
        criteriaset="meierij-wmo",
        editie="2020-2",
        editie_hash="5e" * 32,
        criteria=(criterium, msgspec.structs.replace(criterium, criterium="M-13", titel="Meldcode", toepassing="elk_lid")),
        rondes=(RONDE,),
        herstel_dagen=14,
        vervaltermijn_dagen=20,
        rechtbank="Rechtbank Oost-Brabant",
        melding_adres="inkoop@regiomeierij.example",
        klachtadres="klachten@regiomeierij.example",
        uitzonderingen=make_raamovereenkomst().uitzonderingen,
        uitgesloten=("zintuiglijke ondersteuning: die loopt via landelijke afspraken.",),
        ondertekenaar=WETHOUDER,
    )
