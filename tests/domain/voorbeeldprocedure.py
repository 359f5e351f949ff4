"""A small procedure and a literal list of holidays, for tests of rules that need one."""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from inkoop.domain.criteria.criterium import Gebied
from inkoop.domain.kalender import TIJDZONE, Feestdagen
from inkoop.domain.overeenkomstdelen import Addendumcyclus, Contract, Gegevensafspraak, GegevensafspraakRol
from inkoop.domain.procedure import (
    Fase,
    Gemeente,
    Geografie,
    Instroom,
    Kwalificatie,
    Kwaliteitseis,
    Looptijd,
    Mandaat,
    Organisatie,
    Perceel,
    Proceduredefinitie,
    Product,
    Rechtsbescherming,
    Rondedefinitie,
    Stap,
    Stapsoort,
    Tarief,
    Tarieftabel,
    Termijnen,
    Wet,
)

# Typed over from a calendar of these years, so that nothing here rests on a calculation.
FEESTDAGEN = Feestdagen(
    van_jaar=2018,
    tot_jaar=2022,
    dagen={
        date(2018, 4, 2): "Tweede paasdag",
        date(2018, 5, 10): "Hemelvaartsdag",
        date(2018, 5, 21): "Tweede pinksterdag",
        date(2019, 4, 22): "Tweede paasdag",
        date(2019, 5, 30): "Hemelvaartsdag",
        date(2019, 6, 10): "Tweede pinksterdag",
        date(2019, 12, 25): "Eerste kerstdag",
        date(2019, 12, 26): "Tweede kerstdag",
        date(2020, 1, 1): "Nieuwjaarsdag",
        date(2020, 4, 10): "Goede vrijdag",
        date(2020, 4, 13): "Tweede paasdag",
        date(2020, 4, 27): "Koningsdag",
        date(2020, 5, 5): "Bevrijdingsdag",
        date(2020, 5, 21): "Hemelvaartsdag",
        date(2020, 6, 1): "Tweede pinksterdag",
        date(2020, 12, 25): "Eerste kerstdag",
        date(2021, 1, 1): "Nieuwjaarsdag",
        date(2021, 4, 2): "Goede vrijdag",
        date(2021, 4, 5): "Tweede paasdag",
        date(2021, 4, 27): "Koningsdag",
        date(2021, 5, 5): "Bevrijdingsdag",
        date(2021, 5, 13): "Hemelvaartsdag",
        date(2021, 5, 24): "Tweede pinksterdag",
        date(2022, 4, 15): "Goede vrijdag",
        date(2022, 4, 18): "Tweede paasdag",
    },
)

TERMIJNEN = Termijnen(herstel_dagen=14, vervaltermijn_dagen=20, doorrollen=True, bron="E.5")

LOOPTIJD = Looptijd(
    ingang=date(2020, 1, 1),
    einde_eerste_termijn=date(2021, 12, 31),
    verlenging="stilzwijgend",
    verlenging_maanden=12,
    opzegtermijn_maanden=6,
    max_einddatum=date(2025, 12, 31),
)


def make_ronde(**anders: object) -> Rondedefinitie:
    """Round M-2020-2 of E.1, with other values where asked."""
    ronde = Rondedefinitie(
        kenmerk="M-2020-2",
        opening=date(2020, 2, 3),
        sluiting=datetime(2020, 3, 31, 23, 59, 59, tzinfo=TIJDZONE),
        herstelverzoek=date(2020, 4, 7),
        herstel_tot=date(2020, 4, 21),
        besluit=date(2020, 5, 15),
        vervaltermijn=date(2020, 6, 4),
        tekenen=date(2020, 6, 19),
        ingang=date(2020, 7, 1),
        criteria_editie="2020-1",
    )
    return msgspec.structs.replace(ronde, **anders)


VOLGENDE_RONDE = make_ronde(
    kenmerk="M-2021-1",
    opening=date(2020, 8, 3),
    sluiting=datetime(2020, 9, 30, 23, 59, 59, tzinfo=TIJDZONE),
    herstelverzoek=date(2020, 10, 7),
    herstel_tot=date(2020, 10, 21),
    besluit=date(2020, 11, 13),
    vervaltermijn=date(2020, 12, 3),
    tekenen=date(2020, 12, 15),
    ingang=date(2021, 1, 1),
)


def make_mandaat(**anders: object) -> Mandaat:
    """The mandate of F.0: two gemeenten, 2019-01-01..2023-12-31, with volmacht."""
    mandaat = Mandaat(
        id="m-1",
        functie="wethouder sociaal domein",
        namens=("Vught", "Meierijstad"),
        onderwerpen=("toelating", "afwijzing", "ondertekenen", "addendum"),
        geldig_van=date(2019, 1, 1),
        geldig_tot=date(2023, 12, 31),
        grondslag="mandaatbesluit",
        volmacht_burgemeester=True,
    )
    return msgspec.structs.replace(mandaat, **anders)


def make_tabel(versie: str, ingang: date, *bedragen: str) -> Tarieftabel:
    """A table with an amount for each of IB-basis and DB-basis."""
    tarieven = tuple(
        Tarief(product=product, bedrag=Decimal(bedrag))
        for product, bedrag in zip(("IB-basis", "DB-basis"), bedragen, strict=False)
    )
    return Tarieftabel(
        versie=versie, ingang=ingang, eenheid="maand", vastgesteld_op=ingang, grondslag="besluit", tarieven=tarieven
    )


def make_stap(id: str, fase: Fase, soort: Stapsoort, *organen: str, **anders: object) -> Stap:
    """A step with these bodies."""
    stap = Stap(id=id, fase=fase, naam=id.capitalize(), soort=soort, rol="inkoper", organen=organen, bron="test")
    return msgspec.structs.replace(stap, **anders)


STAPPEN = (
    make_stap("strategie", Fase.VOORBEREIDEN, Stapsoort.VASTSTELLING, "college A", "college B"),
    make_stap("go", Fase.VOORBEREIDEN, Stapsoort.GO_NO_GO, "overleg", na=("strategie",), uiterlijk=date(2019, 5, 31)),
    make_stap("publicatie", Fase.PUBLICEREN, Stapsoort.PUBLICATIE, "platform", na=("go",)),
    make_stap("opening", Fase.SELECTEREN, Stapsoort.CONTROLE, "jurist"),
)


def make_procedure(**anders: object) -> Proceduredefinitie:
    """A whole small procedure, with other values where asked."""
    definitie = Proceduredefinitie(
        naam="voorbeeld",
        titel="Voorbeeld",
        omschrijving="Voorbeeld.",
        bron="test",
        kwalificatie=Kwalificatie.TOELATING,
        selectie=False,
        wet=Wet.WMO,
        motivering_kwalificatie="Voorbeeld.",
        organisatie=Organisatie(
            naam="Regio",
            samenwerkingsverband="Regio",
            centrumgemeente="Vught",
            adres="Plein 1",
            postcode_plaats="1000 AA Vught",
            contactpersoon="Inkoop",
            email="inkoop@regio.example",
            telefoon="000",
            platform="Platform",
        ),
        gemeenten=(
            Gemeente(
                code="Vught",
                naam="Vught",
                kvk="90000201",
                adres="Plein 1",
                postcode_plaats="1000 AA Vught",
                vertegenwoordiger="A",
                functie="wethouder",
                volmacht_grondslag="volmacht",
                volmacht_datum=date(2018, 12, 18),
            ),
        ),
        mandaten=(make_mandaat(),),
        criteriaset="voorbeeld",
        percelen=(
            Perceel(
                code="1A",
                naam="Begeleiding",
                prestatie="Begeleiding",
                omschrijving="Begeleiding.",
                producten=(Product(code="IB-basis", naam="Basis", omschrijving="Basis."),),
                schaal="regio",
            ),
        ),
        uitgesloten_producten={},
        tarieftabellen=(make_tabel("2020", date(2020, 1, 1), "412.50"), make_tabel("2021", date(2021, 1, 1), "425.29")),
        instroom=Instroom(periodiciteit="halfjaar", rondes=(make_ronde(), VOLGENDE_RONDE)),
        termijnen=TERMIJNEN,
        looptijd=LOOPTIJD,
        geografie=Geografie(
            regio="regio Meierij",
            gebieden=(Gebied(gemeente="Vught"), Gebied(gemeente="Vught", plaats="Helvoirt", van=date(2021, 1, 1))),
        ),
        stappen=STAPPEN,
        rechtsbescherming=Rechtsbescherming(
            rechtbank="Rechtbank", melding_adres="a@b.example", klachtadres="c@d.example", geschillencommissie=None
        ),
        contract=Contract(
            profiel="voorbeeld",
            overeenkomstsoort="raamovereenkomst",
            contractnummer_voorvoegsel="RM",
            delen=("overeenkomst",),
            volume="Geen.",
            bekostiging="Per maand.",
            indexering="Per jaar.",
            social_return="Ja.",
            sanctieladder=True,
            verzekering="Ja.",
            declaratie="Achteraf.",
            kwartaalthemas=("klachten",),
            jaarcontrole_kwartaal=4,
            gegevensafspraak=Gegevensafspraak(
                rol=GegevensafspraakRol.ZELFSTANDIG,
                motivering="Eigen dossier.",
                doelen=("levering",),
                gegevens=("berichten",),
                bewaartermijn="vijftien jaar",
                datalekcontact="e@f.example",
            ),
            lokale_uitzonderingen=(),
            addendumcyclus=Addendumcyclus(concept_uiterlijk="10-01", tekenen_uiterlijk="12-01", ingang="01-01"),
        ),
        programma_van_eisen=(Kwaliteitseis(id="P-1", thema="Kwaliteit", tekst="Goed.", bron="test"),),
        keuzes={"BP-04": "de criteria bekend zijn"},
        verplichte_keuzes=("BP-04",),
        max_deelname_per_perceel=1,
        bewaartermijnen={"aanmelding": "zeven jaar"},
        hash="0" * 64,
    )
    return msgspec.structs.replace(definitie, **anders)
