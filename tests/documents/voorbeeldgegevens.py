"""A sample of every document type: the letters, the besluit on a round, the publication, the agreements."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec

from inkoop.documents import gegevens as g
from inkoop.domain.criteria.criterium import Herstelbaarheid
from tests.documents.voorbeeldblokken import (
    BEHANDELAARS,
    COMBINATIE,
    INKOPER,
    LINDEHOF,
    ORGANISATIE,
    PROCEDURE,
    RECHTSBESCHERMING,
    REDEN_ERVARING,
    REDEN_LID,
    REDEN_LOCATIE,
    RONDE,
    TARIEF_2020,
    VOLDAAN,
    VOLGENDE_RONDE,
    VOORWAARDE,
    WETHOUDER,
    make_perceelbesluit,
    make_perceelregel,
    make_tariefperceel,
)
from tests.documents.voorbeeldovereenkomsten import make_addendum, make_raamovereenkomst
from tests.documents.voorbeeldvervolg import INTREKKINGSGROND, make_selectiebrief, make_vervolgbesluit

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
            op_tijd=True,
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
            percelen=(
                make_perceelbesluit("1A", "toegelaten", ("IB-waakvlam",)),
                make_perceelbesluit("1C", "afgewezen"),
            ),
            voorwaarden=(),
            redenen=(REDEN_LOCATIE, REDEN_ERVARING),
            voldaan=VOLDAAN,
            volgende_ronde=VOLGENDE_RONDE,
        ),
        "brief-voorwaarde-vervuld": g.VoorwaardeVervuldgegevens(
            **(lindehof | {"datum": date(2020, 6, 16)}),  # type: ignore[arg-type]
            besluit="B-M-2020-2",
            besluit_datum=date(2020, 5, 15),
            nieuw_besluit="B-M-2020-2-2",
            nieuw_besluit_datum=date(2020, 6, 16),
            percelen=(make_perceelbesluit("1A", "toegelaten"),),
            vervuld=(
                g.VervuldeVoorwaarde(
                    voorwaarde=VOORWAARDE,
                    toelichting="Het nieuwe certificaat is geldig van 10 juni 2020 tot en met 9 juni 2023.",
                    bewijs=(
                        g.Bewijsregel(
                            bestand="hkz-nieuw.pdf",
                            omschrijving="Nieuw certificaat HKZ",
                            ontvangen_op=date(2020, 6, 15),
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
            nieuw_besluit="B-M-2020-2-2",
            nieuw_besluit_datum=date(2020, 6, 22),
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
                    toelichting="Het certificaat liep af op 12 juni 2020. Een nieuw certificaat is niet ontvangen.",
                    herstelbaarheid=Herstelbaarheid.BEWIJS_BESTOND_AL,
                    bewijs=(),
                ),
            ),
            volgende_ronde=VOLGENDE_RONDE,
            rechtsbescherming=msgspec.structs.replace(RECHTSBESCHERMING, einde=date(2020, 7, 13)),
        ),
        "brief-toelating-ingetrokken": g.ToelatingIngetrokkengegevens(
            **(_BRIEF | {"datum": date(2020, 6, 8)}),  # type: ignore[arg-type]
            aanbieder=LINDEHOF,
            ondertekenaar=WETHOUDER,
            besluit="B-M-2020-2",
            besluit_datum=date(2020, 5, 15),
            nieuw_besluit="B-M-2020-2-3",
            nieuw_besluit_datum=date(2020, 6, 8),
            behandelaars=BEHANDELAARS,
            percelen=(make_perceelbesluit("1A", "toelating_ingetrokken"),),
            gronden=(INTREKKINGSGROND,),
            volgende_ronde=VOLGENDE_RONDE,
            rechtsbescherming=msgspec.structs.replace(RECHTSBESCHERMING, einde=date(2020, 6, 29)),
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
        "vervolgbesluit": make_vervolgbesluit(make_toelatingsbesluit()),
        "ontvangst-aanvulling": g.OntvangstAanvullinggegevens(
            **(lindehof | {"datum": date(2020, 4, 16)}),  # type: ignore[arg-type]
            aanleiding="herstel",
            ontvangen_op=datetime(2020, 4, 16, 12, 30, 5, tzinfo=UTC),
            uiterlijk=datetime(2020, 4, 21, 21, 59, 59, tzinfo=UTC),
            op_tijd=True,
            bestanden=(
                g.Bestandsregel(
                    bestand="avg-dossier.pdf", omschrijving="AVG-dossier", lid=None, sha256="7d" * 32, grootte=48213
                ),
            ),
        ),
        "selectiebrief": make_selectiebrief(COMBINATIE),
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
        toetswijze=("Een certificaat HKZ, geldig op de sluiting.", "M-03-1: Is er getoetst door een externe partij?"),
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
        marktconsultatie="Het verslag daarvan staat op het platform (Inkoopplatform regio Meierij).",
        volume="Er is geen volume afgesproken en er is geen garantie op omzet.",
        bekostiging="De bekostiging is outputgericht, met een vast bedrag per maand per product.",
        indexering="Jaarlijks per 1 januari.",
        aanbesteed=False,
        selectie=False,
        percelen=tuple(
            make_publicatieperceel(make_tariefperceel(code, producten))
            for code, producten in (
                ("1A", ("IB-waakvlam", "IB-basis", "IB-extra")),
                ("1B", ("DB-basis", "DB-extra")),
                ("1C", ("KDV-basis", "KDV-extra")),
            )
        ),
        tarief=TARIEF_2020,
        looptijd=make_raamovereenkomst().looptijd,
        verlenging="stilzwijgend",
        criteriaset="meierij-wmo",
        editie="2020-2",
        editie_hash="5e" * 32,
        criteria=(
            criterium,
            msgspec.structs.replace(criterium, criterium="M-13", titel="Meldcode", toepassing="elk_lid"),
        ),
        rondes=(
            g.Publicatieronde(
                kenmerk=RONDE.kenmerk,
                opening=RONDE.opening,
                vragen_tot=datetime(2020, 3, 14, 22, 59, 59, tzinfo=UTC),
                nota_uiterlijk=date(2020, 3, 21),
                sluiting=RONDE.sluiting,
                gestand_tot=date(2020, 6, 29),
                besluit=RONDE.besluit,
                tekenen=RONDE.tekenen,
                ingang=RONDE.ingang,
            ),
        ),
        nota_dagen=10,
        gestand_dagen=90,
        herstel_dagen=14,
        vervaltermijn_dagen=20,
        rechtbank="Rechtbank Oost-Brabant",
        melding_adres="inkoop@regiomeierij.example",
        klachtadres="klachten@regiomeierij.example",
        uitzonderingen=make_raamovereenkomst().uitzonderingen,
        uitgesloten=("zintuiglijke ondersteuning: die loopt via landelijke afspraken.",),
        ondertekenaar=WETHOUDER,
    )


def make_publicatieperceel(perceel: g.Tariefperceel) -> g.Publicatieperceel:
    """A perceel of an agreement as it is published: each product with its amount per month."""
    return g.Publicatieperceel(
        code=perceel.code,
        naam=perceel.naam,
        omschrijving=perceel.omschrijving,
        producten=tuple(
            g.Prijsregel(
                code=een.code, naam=een.naam, omschrijving=een.omschrijving, bedrag=een.bedrag, eenheid="maand"
            )
            for een in perceel.producten
        ),
    )
