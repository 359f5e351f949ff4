"""What the strategy, the leidraad and the programme of requirements say alike about a procedure.

Everything here follows from the procedure file: percelen with their goals, the term in a sentence, how often
providers may join, the figures, who decides by which mandate.

Bron: domein C.4, C.8, C.9; M20-06, M20-13, M20-41, M20-59; B.9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from inkoop.documents.gegevens.bouwstenen import (
    Aanbodperceel,
    Aanbodproduct,
    Cijfer,
    Planningstap,
    Regeling,
    Toelichting,
)
from inkoop.domain.aanbod import Cijfersoort
from inkoop.domain.beleid import Beleid, Beleidspunt
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.instroom import Periodiciteit
from inkoop.domain.kalender import format_dag
from inkoop.domain.looptijd import Verlengingswijze
from inkoop.domain.procedure import Perceel, Proceduredefinitie, Stap, Tarieftabel
from inkoop.domain.tarief import tarieftabel_op

_PERIODIEK: Mapping[str, str] = {
    Periodiciteit.KWARTAAL: "Elk kwartaal is er een ronde waarin aanbieders kunnen toetreden.",
    Periodiciteit.HALFJAAR: "Elk half jaar is er een ronde waarin aanbieders kunnen toetreden.",
    Periodiciteit.JAAR: "Elk jaar is er een ronde waarin aanbieders kunnen toetreden.",
    Periodiciteit.EENMALIG: "Er is één ronde. Daarna kunnen aanbieders niet meer toetreden.",
    Periodiciteit.DOORLOPEND: "Aanbieders kunnen steeds toetreden.",
}
_EENHEDEN: Mapping[Cijfersoort, str] = {
    Cijfersoort.CLIENTEN: "cliënten",
    Cijfersoort.AANBIEDERS: "aanbieders",
    Cijfersoort.UITGAVEN: "euro, uitgaven",
    Cijfersoort.BUDGET: "euro, budget",
}


def beleid_van(definitie: Proceduredefinitie) -> Beleid:
    """The policy of a procedure; an empty one where the file has none, so that a paper names what is missing."""
    return definitie.beleid or Beleid()


def toelichtingen(punten: tuple[Beleidspunt, ...]) -> tuple[Toelichting, ...]:
    """Points of policy as a document prints them."""
    return tuple(Toelichting(onderwerp=punt.onderwerp, tekst=punt.tekst) for punt in punten)


def percelen(definitie: Proceduredefinitie) -> tuple[Aanbodperceel, ...]:
    """Every perceel with its goals, and its products with their amount where they have one of their own."""
    tabel = tarieftabel_op(definitie, definitie.looptijd.ingang)
    ramingen = definitie.kwalificatietoets.ramingen if definitie.kwalificatietoets else {}
    return tuple(
        Aanbodperceel(
            code=perceel.code,
            naam=perceel.naam,
            omschrijving=perceel.omschrijving + describe_doelen(definitie, perceel),
            schaal=perceel.schaal,
            maximum=perceel.max_aanbieders if definitie.selectie else None,
            raming=ramingen.get(perceel.code),
            producten=tuple(_list_producten(perceel, tabel)),
        )
        for perceel in definitie.percelen
    )


def _list_producten(perceel: Perceel, tabel: Tarieftabel) -> Iterator[Aanbodproduct]:
    for product in perceel.producten:
        bedragen = [tarief.bedrag for tarief in tabel.tarieven if tarief.product == product.code]
        yield Aanbodproduct(
            code=product.code,
            naam=product.naam,
            omschrijving=product.omschrijving,
            bedrag=bedragen[0] if len(bedragen) == 1 else None,
        )


def list_doelen(definitie: Proceduredefinitie) -> tuple[str, ...]:
    """The goals of policy, each with what it means where the file says so (M20-59)."""
    doelen = beleid_van(definitie).doelen
    return tuple(f"{doel.naam}: {doel.tekst}" if doel.tekst else doel.naam for doel in doelen)


def describe_doelen(definitie: Proceduredefinitie, perceel: Perceel) -> str:
    """To which goals of policy a perceel contributes, as a sentence; empty where it names none (M20-59)."""
    namen = {doel.code: doel.naam for doel in beleid_van(definitie).doelen}
    doelen = [namen[code] for code in perceel.doelen if code in namen]
    return f" Dit draagt bij aan: {write_opsomming(doelen)}." if doelen else ""


def matrix(definitie: Proceduredefinitie) -> tuple[Toelichting, ...]:
    """The rows of a matrix: the products of percelen with tredes."""
    return tuple(
        Toelichting(onderwerp=f"{product.code} {product.naam}", tekst=product.omschrijving)
        for perceel in definitie.percelen
        if perceel.tredes
        for product in perceel.producten
    )


def cijfers(definitie: Proceduredefinitie) -> tuple[Cijfer, ...]:
    """The figures about the market, each with its year and source."""
    return tuple(
        Cijfer(
            onderwerp=cijfer.onderwerp,
            gebied=definitie.geografie.regio,
            aantal=int(cijfer.waarde),
            eenheid=_EENHEDEN[cijfer.soort],
            jaar=cijfer.jaar,
            bron=cijfer.bron,
        )
        for cijfer in definitie.marktcijfers
    )


def regeling(definitie: Proceduredefinitie) -> Regeling:
    """The term in days, and its extension in a sentence (M20-32, H19-40)."""
    termijn = definitie.looptijd
    maanden = f"{termijn.verlenging_maanden} maanden"
    zinnen: Mapping[str, str] = {
        Verlengingswijze.STILZWIJGEND: (
            f"Daarna wordt de overeenkomst telkens stilzwijgend met {maanden} verlengd, tenzij een partij ten minste "
            f"{termijn.opzegtermijn_maanden} maanden van tevoren opzegt."
        ),
        Verlengingswijze.OPTIE: (
            f"Daarna kunnen de gemeenten {termijn.aantal_opties} keer met precies {maanden} verlengen."
        ),
        Verlengingswijze.GEEN: "De overeenkomst wordt niet verlengd.",
    }
    return Regeling(
        ingang=termijn.ingang,
        einde_eerste_termijn=termijn.einde_eerste_termijn,
        verlenging=zinnen[termijn.verlenging],
        max_einddatum=termijn.max_einddatum,
    )


def describe_instroom(definitie: Proceduredefinitie) -> str:
    """How often providers may join (M20-41, H19-43)."""
    toets = "In elke ronde toetsen wij aan de criteria die daarvoor zijn gepubliceerd."
    einde = "Wie later toetreedt, krijgt dezelfde einddatum."
    periodiciteit = definitie.instroom.periodiciteit
    if periodiciteit == Periodiciteit.EENMALIG:
        return _PERIODIEK[periodiciteit]
    return f"{_PERIODIEK[periodiciteit]} {toets} {einde}"


def list_instroom(definitie: Proceduredefinitie) -> tuple[str, ...]:
    """For which percelen providers of an older agreement can join in an ordinary round (M20-06)."""
    namen = {perceel.code: f"{perceel.code} ({perceel.naam})" for perceel in definitie.percelen}
    return tuple(
        f"Een aanbieder met een overeenkomst uit '{voorganger.naam}' kan zich in elke ronde aanmelden voor "
        f"{write_opsomming([namen.get(code, code) for code in voorganger.instroom])}, op dezelfde voorwaarden als "
        "ieder ander."
        for voorganger in definitie.voorgangers
        if voorganger.instroom
    )


def describe_maanddag(maanddag: str) -> str:
    """A day that comes every year, as people write it: `10-01` is 1 oktober."""
    dag, maand, _ = format_dag(date.fromisoformat(f"2001-{maanddag}")).split()
    return f"{dag} {maand}"


def list_bestuur(definitie: Proceduredefinitie) -> Iterator[Toelichting]:
    """Arrangements between gemeenten and the mandates that rest on them (H19-05..H19-08, M20-54, M20-55)."""
    for regeling_ in definitie.regelingen:
        namen = write_opsomming(_name_gemeenten(definitie, regeling_.partijen))
        buiten = (
            f" Daarbuiten valt: {write_opsomming(regeling_.buiten_reikwijdte)}." if regeling_.buiten_reikwijdte else ""
        )
        yield Toelichting(
            onderwerp=regeling_.naam,
            tekst=(
                f"{str(regeling_.soort).capitalize()} van {namen}, van {format_dag(regeling_.geldig_van)} tot en met "
                f"{format_dag(regeling_.geldig_tot)}, over {write_opsomming(regeling_.onderwerpen)}.{buiten} "
                f"Bestuurders besluiten in het {regeling_.forum}."
            ),
        )
    for mandaat in definitie.mandaten:
        yield Toelichting(
            onderwerp=f"Mandaat van de {mandaat.functie}",
            tekst=(
                f"Namens {write_opsomming(_name_gemeenten(definitie, mandaat.namens))}, van "
                f"{format_dag(mandaat.geldig_van)} tot en met {format_dag(mandaat.geldig_tot)}. Grondslag: "
                f"{mandaat.grondslag}."
            ),
        )


def _name_gemeenten(definitie: Proceduredefinitie, codes: tuple[str, ...]) -> list[str]:
    namen = {gemeente.code: gemeente.naam for gemeente in definitie.gemeenten}
    return [namen.get(code, code) for code in codes]


def list_planning(stappen: tuple[Stap, ...]) -> Iterator[Planningstap]:
    """The steps that have a day, in order of that day, with who decides."""
    gedateerd = [(stap.uiterlijk, stap) for stap in stappen if stap.uiterlijk is not None]
    for dag, stap in sorted(gedateerd, key=_first):
        yield Planningstap(stap=stap.naam, datum=dag, wie=write_opsomming(stap.organen))


def _first(paar: tuple[date, Stap]) -> date:
    return paar[0]
