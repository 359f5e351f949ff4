"""The leidraad and the programme of requirements, filled from the procedure and its criteria.

What the file does not say stays empty, and the generation of the document refuses it by name.

Bron: domein C.8, C.9, C.31; M20-06, M20-11, M20-36, M20-52; B.2.4-B.2.12, B.6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from inkoop.documents.gegevens.bouwstenen import Documentversie, Planningstap, Toelichting
from inkoop.documents.gegevens.inkoopstukken import (
    Leidraadgegevens,
    Leidraadronde,
    Productbeschrijving,
    Programmagegevens,
    Selectiegegevens,
    Vragenronde,
    Wegingsregel,
)
from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.criteria.criterium import Criteriaset, Groep
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.fasen import KEUZE_VOORWAARDE
from inkoop.domain.inlichtingen import GESTAND_DAGEN, end_of_vragen, last_nota
from inkoop.domain.instroom import list_dagen
from inkoop.domain.planning import describe_dag
from inkoop.domain.procedure import Perceel, Proceduredefinitie, Product, Rondedefinitie, Tarieftabel, Wet
from inkoop.domain.selectie import Selectieregels, Weegcriterium
from inkoop.domain.tarief import list_tariefregels, tarieftabel_op
from inkoop.services.brieven import aanbodtekst, blokken
from inkoop.services.brieven.publicatie import STAP_MARKTCONSULTATIE, criteriumregel

_STANDAARD: Mapping[Wet, str] = {Wet.WMO: "iWmo", Wet.JEUGDWET: "iJw"}
_VERBLIJF = "verblijf"
"""The feature of a product for which the leidraad has a declaration of who lets the location."""


def compose_leidraad(
    definitie: Proceduredefinitie, editie: Criteriaset, *, kenmerk: str, versie: str, datum: date
) -> Leidraadgegevens:
    """The tender document for the rounds of this edition that have not closed on the day of the paper."""
    beleid, contract = aanbodtekst.beleid_van(definitie), definitie.contract
    tabel = tarieftabel_op(definitie, definitie.looptijd.ingang)
    rondes = [ronde for ronde in definitie.instroom.rondes if ronde.criteria_editie == editie.editie]
    open_rondes = [ronde for ronde in rondes if ronde.sluiting.date() >= datum] or rondes
    bescherming = definitie.rechtsbescherming
    kenmerken = {
        kenmerk for perceel in definitie.percelen for product in perceel.producten for kenmerk in product.kenmerken
    }
    return Leidraadgegevens(
        kenmerk=kenmerk,
        versie=versie,
        datum=datum,
        organisatie=blokken.organisatie(definitie, datum),
        procedure=blokken.procedure(definitie),
        mandaat=write_opsomming([mandaat.grondslag for mandaat in definitie.mandaten]),
        omschrijving=definitie.omschrijving,
        motivering=definitie.motivering_kwalificatie,
        voorwaarde=None if definitie.selectie else definitie.keuzes.get(KEUZE_VOORWAARDE),
        beleidsdoelen=aanbodtekst.list_doelen(definitie),
        inkoopdoelen=beleid.inkoopdoelen,
        percelen=aanbodtekst.percelen(definitie),
        uitgesloten=tuple(tekst.rstrip(".") for tekst in definitie.uitgesloten_producten.values()),
        uitzonderingen=blokken.uitzonderingen(definitie),
        cijfers=aanbodtekst.cijfers(definitie),
        volume=contract.volume,
        toeleiding=beleid.toegang or "",
        sturing=f"Elk kwartaal is er een gesprek over: {'; '.join(contract.kwartaalthemas)}.",
        bekostiging=contract.bekostiging,
        indexering=contract.indexering,
        looptijd=aanbodtekst.regeling(definitie),
        instroom=aanbodtekst.describe_instroom(definitie),
        aanhaken=aanbodtekst.list_instroom(definitie),
        uitsluitingsgronden=(
            *(een.eis.rstrip(".") for een in editie.criteria if een.groep is Groep.UITSLUITINGSGROND),
            *beleid.uitsluitingsgronden,
        ),
        criteriaset=editie.set,
        editie=editie.editie,
        criteria=tuple(criteriumregel(definitie, een) for een in editie.criteria),
        rondes=tuple(_ronde(ronde) for ronde in open_rondes),
        vragenrondes=tuple(
            Vragenronde(nummer=nummer, vragen_tot=end_of_vragen(ronde), nota_uiterlijk=ronde.nota or last_nota(ronde))
            for nummer, ronde in enumerate(open_rondes, 1)
        ),
        atw=definitie.termijnen.doorrollen,
        herstel_dagen=definitie.termijnen.herstel_dagen,
        vervaltermijn_dagen=definitie.termijnen.vervaltermijn_dagen,
        gestanddoening_dagen=GESTAND_DAGEN,
        max_deelname=definitie.max_deelname_per_perceel,
        ontvangstsysteem=None if definitie.ontvangst is None else definitie.ontvangst.systeem,
        rechtbank=bescherming.rechtbank,
        melding_adres=bescherming.melding_adres,
        klachtadres=bescherming.klachtadres,
        geschillencommissie=bescherming.geschillencommissie,
        marktconsultatie=_find_consultatieverslag(definitie),
        tariefbijlage=Documentversie(titel="Tarieventabel", versie=tabel.versie, datum=tabel.vastgesteld_op),
        conceptovereenkomst=_bijlage(f"Concept {contract.overeenkomstsoort}", definitie, datum),
        programma_van_eisen=_bijlage("Programma van eisen en productenboek", definitie, datum),
        gegevensafspraken=_bijlage("Afspraken over gegevens", definitie, datum),
        verblijf=_VERBLIJF in kenmerken,
        matrix=aanbodtekst.matrix(definitie),
        selectie=_selectie(definitie.selectieregels) if definitie.selectieregels else None,
    )


def _bijlage(titel: str, definitie: Proceduredefinitie, datum: date) -> Documentversie:
    """A paper that is made from the same file: its version is the control number of that file."""
    return Documentversie(titel=titel, versie=definitie.hash[:12], datum=datum)


def _find_consultatieverslag(definitie: Proceduredefinitie) -> Documentversie | None:
    """The public report, when the procedure has that step with a day (M20-42)."""
    for stap in definitie.stappen:
        if stap.id == STAP_MARKTCONSULTATIE and stap.uiterlijk is not None:
            return Documentversie(titel="Verslag van de marktconsultatie", versie="1.0", datum=stap.uiterlijk)
    return None


def _ronde(ronde: Rondedefinitie) -> Leidraadronde:
    """A round with its one closing, and every other day."""
    apart = {"opening", "sluiting"}
    return Leidraadronde(
        kenmerk=ronde.kenmerk,
        opening=ronde.opening,
        sluiting=ronde.sluiting,
        stappen=tuple(
            Planningstap(
                stap="definitief voorstel is binnen" if naam == "voorstel_tot" else describe_dag(naam),
                datum=dag,
                tijdstip=ronde.voorstel_tot if naam == "voorstel_tot" else None,
            )
            for naam, dag in list_dagen(ronde)
            if naam not in apart
        ),
    )


def _selectie(regels: Selectieregels) -> Selectiegegevens:
    """How is chosen, by the published criteria and nothing else (B.1.6, B.1.7)."""
    namen = {een.id for een in (*regels.selectiecriteria, *regels.gunningscriteria)}
    volgorde = [f"de score op {id_}" if id_ in namen else "een openbare loting" for id_ in regels.gelijke_stand]
    wie = "met de hoogste waardering van het definitieve voorstel" if regels.gunningscriteria else "die is geselecteerd"
    door = f"Per perceel doen ten hoogste {regels.deelnemers} deelnemers een voorstel. " if regels.deelnemers else ""
    reserve = " Wie net niet is gekozen, komt op een reservelijst." if regels.reservelijst else ""
    return Selectiegegevens(
        selectiecriteria=_wegingen(regels.selectiecriteria),
        gelijke_stand=f"beslist {', dan '.join(volgorde)}.",
        dialoog=(
            ()
            if regels.dialoog is None
            else (
                Toelichting(onderwerp="Aantal gespreksrondes", tekst=f"{regels.dialoog.rondes}."),
                Toelichting(onderwerp="Onderwerpen", tekst=f"{write_opsomming(regels.dialoog.onderwerpen)}."),
            )
        ),
        gunningscriteria=_wegingen(regels.gunningscriteria),
        gunning=(
            f"{door}De opdracht voor een perceel gaat naar de inschrijver {wie}, als het definitieve voorstel aan alle "
            f"eisen en afspraken voldoet.{reserve}"
        ),
    )


def _wegingen(criteria: tuple[Weegcriterium, ...]) -> tuple[Wegingsregel, ...]:
    return tuple(
        Wegingsregel(
            criterium=een.id,
            titel=een.naam,
            weging=een.weging,
            toelichting=een.omschrijving or "zoals het criterium zegt",
        )
        for een in criteria
    )


def compose_programma(definitie: Proceduredefinitie, *, kenmerk: str, versie: str, datum: date) -> Programmagegevens:
    """The requirements with the product book; the note on the beschikking stands in its template (M20-36)."""
    tabel = tarieftabel_op(definitie, definitie.looptijd.ingang)
    contract = definitie.contract
    return Programmagegevens(
        kenmerk=kenmerk,
        versie=versie,
        datum=datum,
        organisatie=blokken.organisatie(definitie, datum),
        procedure=blokken.procedure(definitie),
        inleiding=definitie.omschrijving,
        producten=tuple(_list_producten(definitie, tabel)),
        eisen=blokken.eisregels(definitie),
        toewijzing=aanbodtekst.beleid_van(definitie).toegang or "",
        berichten=_describe_berichten(definitie),
        toezicht=(
            f"In kwartaal {contract.jaarcontrole_kwartaal} van elk jaar toetst de contractmanager of de aanbieder nog "
            "aan de wettelijke kwaliteitseisen voldoet."
        ),
        ingang=definitie.looptijd.ingang,
        grondslagen=tuple(Toelichting(onderwerp=een.onderwerp, tekst=een.tekst) for een in definitie.grondslagen),
        toegangsvragen=contract.toegangsvragen,
        geen_beschikking=contract.geen_beschikking,
    )


def _list_producten(definitie: Proceduredefinitie, tabel: Tarieftabel) -> Iterator[Productbeschrijving]:
    for perceel in definitie.percelen:
        for product in perceel.producten:
            yield Productbeschrijving(
                code=product.code,
                naam=product.naam,
                perceel=f"{perceel.code} {perceel.naam}",
                omschrijving=product.omschrijving,
                eenheid=_find_eenheid(perceel, product, tabel),
            )


def _find_eenheid(perceel: Perceel, product: Product, tabel: Tarieftabel) -> str:
    """Per what the product is paid; a perceel with a lumpsum is paid as a whole."""
    eenheden = [regel.eenheid for regel in list_tariefregels(tabel, perceel) if regel.product == product.code]
    return write_opsomming(list(dict.fromkeys(eenheden))) or "in het bedrag voor het hele perceel"


def _describe_berichten(definitie: Proceduredefinitie) -> str:
    """Which messages go to and fro; a lump sum has no declaration per client (B.6, W21-BG-02)."""
    standaard = _STANDAARD[definitie.wet]
    wijzen = {perceel.bekostiging_van(product) for perceel in definitie.percelen for product in perceel.producten}
    if wijzen == {Bekostiging.LUMPSUM}:
        return (
            f"De ondersteuning wordt met één bedrag betaald. Er zijn geen declaratieberichten per cliënt ({standaard})."
        )
    return (
        f"De aanbieder werkt met het landelijke berichtenverkeer ({standaard}) voor toewijzing, start, einde en "
        f"declaratie. {definitie.contract.declaratie}"
    )
