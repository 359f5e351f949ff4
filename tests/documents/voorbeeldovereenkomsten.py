"""Sample agreements: for one provider, for a combination, and the addendum on them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from inkoop.documents import gegevens as g
from inkoop.domain.overeenkomstdelen import GegevensafspraakRol
from tests.documents.voorbeeldblokken import (
    COMBINATIE,
    GEMEENTEN,
    LINDEHOF,
    ORGANISATIE,
    PROCEDURE,
    PRODUCTEN,
    TARIEF_2020,
    TARIEF_2021,
    make_tariefperceel,
)


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
        ),
        "gebied_later": (g.Gebiedsregel(naam="de kern Helvoirt", van=date(2021, 1, 1)),),
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
        "kwaliteitsaspecten": ("veilig", "doeltreffend", "doelmatig", "afgestemd op andere hulp"),
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
            g.Uitzonderingregel(
                gemeente="Vught", prestatie="Dagbesteding", tekst="Vught wil dagbesteding lokaal regelen."
            ),
        ),
        "addendumcyclus": g.Cyclusgegevens(concept_uiterlijk="10-01", tekenen_uiterlijk="12-01", ingang="01-01"),
        "rechtbank": "Rechtbank Oost-Brabant",
        "klachtadres": "klachten@regiomeierij.example",
        "geschillencommissie": "de Geschillencommissie Sociaal Domein",
        "rangorde": ("de nota's van inlichtingen, de nieuwste eerst", "de gepubliceerde inkoopdocumenten"),
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


def make_addendum(**anders: object) -> g.Addendumgegevens:
    """The tariffs of 2021 and the enlarged Vught."""
    velden: dict[str, object] = {
        "kenmerk": "M-2020-2/0055",
        "contractnummer": "MEI-2020-0012",
        "nummer": 1,
        "cyclusjaar": 2021,
        "datum": date(2020, 9, 30),
        "overeenkomst_datum": date(2020, 6, 17),
        "aanleiding": "de jaarlijkse cyclus: nieuwe tarieven voor 2021 en de gemeentelijke herindeling van Haaren",
        "organisatie": ORGANISATIE,
        "procedure": PROCEDURE,
        "gemeenten": GEMEENTEN,
        "aanbieder": LINDEHOF,
        "tarieven": g.Tariefherziening(
            oud=TARIEF_2020,
            nieuw=TARIEF_2021,
            regels=tuple(
                g.Tariefwijziging(
                    product=p.code,
                    naam=p.naam,
                    was=p.bedrag,
                    wordt=(p.bedrag * Decimal("1.03")).quantize(Decimal("0.01")),
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
