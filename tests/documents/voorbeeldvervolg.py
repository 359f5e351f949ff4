"""Samples of what is decided after the first besluit of a round."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec

from inkoop.documents import gegevens as g
from tests.documents.voorbeeldbestanden import BLOKKEN
from tests.documents.voorbeeldblokken import (
    BEHANDELAARS,
    ORGANISATIE,
    PROCEDURE,
    RECHTSBESCHERMING,
    RONDE,
    WETHOUDER,
    make_perceelbesluit,
)

HVB_ORGANISATIE, HVB_WETHOUDER, HVB_SELECTIE = BLOKKEN["hvb"], BLOKKEN["hvb_wethouder"], BLOKKEN["hvb21"]
assert isinstance(HVB_ORGANISATIE, g.Organisatiegegevens)
assert isinstance(HVB_WETHOUDER, g.Ondertekenaar)
assert isinstance(HVB_SELECTIE, g.Proceduregegevens)

INTREKKINGSGROND = g.Intrekkingsgrondgegevens(
    aanleiding="een verklaring in de aanmelding is niet juist",
    bevinding="In de eigen verklaring staat dat alle belastingen zijn betaald. Dat is niet zo.",
    regel="Blijkt een verklaring onjuist, dan wordt de toelating ingetrokken.",
    bron="leidraad 4.7",
    bewijs="de brief van de Belastingdienst van 18 mei 2020",
    zienswijze_gevraagd_op=date(2020, 5, 20),
    zienswijze="Het was een vergissing van onze boekhouder.",
)


def make_vervolgbesluit(eerste: g.Toelatingsbesluitgegevens) -> g.Vervolgbesluitgegevens:
    """A condition that was not met, an admission that is withdrawn, a besluit that was looked at again."""
    toegelaten, voorwaarde, afgewezen, *_ = eerste.aanmeldingen
    vorige, onder_voorwaarde, ook_1b = (
        g.Vervangenbesluit(besluit="B-M-2020-2", datum=date(2020, 5, 15), aanleiding=eerder)
        for eerder in (
            "perceel 1A: toegelaten",
            "perceel 1A: toegelaten onder voorwaarde",
            "perceel 1B: toegelaten",
        )
    )
    return g.Vervolgbesluitgegevens(
        kenmerk="B-M-2020-2-3",
        datum=date(2020, 6, 8),
        organisatie=ORGANISATIE,
        procedure=PROCEDURE,
        ronde=RONDE,
        criteriaset="meierij-wmo",
        editie="2020-2",
        editie_hash="5e" * 32,
        behandelaars=BEHANDELAARS,
        ondertekenaar=WETHOUDER,
        regels=(
            g.Vervolgregel(
                besluit=msgspec.structs.replace(
                    toegelaten, percelen=(make_perceelbesluit("1A", "toelating_ingetrokken"),), voldaan=()
                ),
                vervangt=(vorige,),
                gronden=(INTREKKINGSGROND,),
            ),
            g.Vervolgregel(
                besluit=msgspec.structs.replace(
                    voorwaarde, percelen=(make_perceelbesluit("1A", "toegelaten"),), voorwaarden=()
                ),
                vervangt=(onder_voorwaarde,),
                aanleiding="Perceel 1A: aan de voorwaarde uit het eerdere besluit is voldaan.",
            ),
            g.Vervolgregel(
                besluit=afgewezen,
                vervangt=(vorige, ook_1b),
                aanleiding="Uit het register bleek dat een stuk pas na de sluiting is vastgesteld.",
            ),
        ),
        rechtsbescherming=msgspec.structs.replace(RECHTSBESCHERMING, einde=date(2020, 6, 29)),
        audit=eerste.audit,
    )


def make_selectiebrief(combinatie: g.Aanbiedergegevens) -> g.Selectiebriefgegevens:
    """To somebody on the reserve list, with who was chosen and in what they were better."""
    scores = tuple(
        g.Scoregegevens(criterium=id, naam=naam, weging=Decimal(weging), score=Decimal(score), reden=reden)
        for id, naam, weging, score, reden in (
            ("S-01", "Aantal vragen dat de inschrijver zelf kan leveren", "60", "9", "Zeven van de acht vragen."),
            ("S-02", "Aandeel van kleine partijen", "40", "2", "Er doet geen kleine partij mee."),
        )
    )
    return g.Selectiebriefgegevens(
        kenmerk="BG-2021/0007",
        datum=date(2021, 7, 16),
        organisatie=HVB_ORGANISATIE,
        procedure=HVB_SELECTIE,
        ronde=g.Rondegegevens(
            kenmerk="BG-2021",
            opening=date(2021, 6, 1),
            sluiting=datetime(2021, 7, 1, 10, tzinfo=UTC),
            herstelverzoek=date(2021, 7, 5),
            herstel_tot=date(2021, 7, 9),
            besluit=date(2021, 7, 16),
            vervaltermijn=date(2021, 8, 5),
            tekenen=date(2022, 6, 1),
            ingang=date(2023, 1, 1),
        ),
        aanmelding="A-0003",
        aanbieder=msgspec.structs.replace(combinatie, naam="Combinatie Gebied Drie"),
        ondertekenaar=msgspec.structs.replace(HVB_WETHOUDER, mandaat="mandaatbesluiten van 18 mei 2021"),
        besluit="BG-2021-B01",
        besluit_datum=date(2021, 7, 16),
        ontvangen_op=datetime(2021, 6, 24, 8, 12, 5, tzinfo=UTC),
        behandelaars=BEHANDELAARS,
        percelen=(
            g.Perceelbesluit(
                code="G3",
                naam="Begeleiding gebied 3",
                uitkomst="reserve",
                toegelaten_producten=(),
                afgewezen_producten=(),
            ),
        ),
        rechtsbescherming=msgspec.structs.replace(
            RECHTSBESCHERMING,
            einde=date(2021, 8, 5),
            rechtbank="Rechtbank Zeeland-West-Brabant",
            melding_adres=HVB_ORGANISATIE.email,
            klachtadres="klachten@hartvanbrabant.example",
        ),
        stadium="selectie",
        plaatsen=(
            g.Rangplaats(
                perceel="G3",
                uitkomst="reserve",
                uitleg="Plaats 2 van 2 met 6,20 punten. Er is plaats voor 1.",
                scores=scores,
                begunstigden=("Samenwerkingsverband Gebied 3",),
                voordelen=("Samenwerkingsverband Gebied 3 heeft 8,40 punten, u 6,20.",),
            ),
        ),
        redenen=(),
        voldaan=(),
        vervolg=("U staat op de reservelijst. Valt een gekozen kandidaat af, dan nodigen wij de volgende uit.",),
    )
