"""A small application and one or two facts, for tests of rules that need one."""

from datetime import date, datetime

from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk, Ondernemer, Tekenbevoegde, Tekenwijze
from inkoop.domain.criteria.dossier import Aanleiding, Documentfeit, Herkomst, Lidrol
from inkoop.domain.procedure import Perceel, Product

ONTVANGEN = datetime.fromisoformat("2020-03-12T10:41:00+01:00")

PERCELEN = (
    Perceel(
        code="1A",
        naam="Begeleiding",
        prestatie="Begeleiding",
        omschrijving="Begeleiding.",
        schaal="regio",
        producten=(
            Product(code="IB-basis", naam="Basis", omschrijving="Basis."),
            Product(code="IB-extra", naam="Extra", omschrijving="Extra."),
        ),
    ),
    Perceel(
        code="1C",
        naam="Verblijf",
        prestatie="Verblijf",
        omschrijving="Verblijf.",
        schaal="regio",
        producten=(Product(code="KDV-basis", naam="Verblijf", omschrijving="Verblijf.", kenmerken=("verblijf",)),),
    ),
)


def make_feit(naam="plan", dag=date(2020, 3, 1), bestand="plan.pdf"):
    return Documentfeit(
        id=f"{bestand}#1",
        lid=None,
        bewijs=(bestand,),
        herkomst=Herkomst.OPGEGEVEN,
        ontvangen_op=date.max,
        aanleiding=Aanleiding.INDIENING,
        document=naam,
        datum=dag,
    )


def make_opgave(percelen=("1A",), producten=(), stukken=(), ontvangen_op=ONTVANGEN):
    lid = Ondernemer(
        id="een",
        rol=Lidrol.ENKEL,
        naam="Stichting Een",
        rechtsvorm="stichting",
        kvk="90000201",
        adres="Dorpsstraat 1",
        postcode="5261 AA",
        plaats="Vught",
        email="een@voorbeeld.example",
        tekenbevoegde=Tekenbevoegde(naam="A. Een", functie="bestuurder", wijze=Tekenwijze.ALLEEN),
    )
    return Aanmeldingsopgave(
        naam="Stichting Een",
        leden=(lid,),
        percelen=percelen,
        producten=producten,
        bewijsstukken=stukken,
        ontvangen_op=ontvangen_op,
    )


def make_stuk(feit):
    return Bewijsstuk(bestand=feit.bewijs[0], omschrijving="Stuk", lid=None, feiten=(feit,))
