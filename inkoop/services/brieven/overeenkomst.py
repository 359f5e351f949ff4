"""The framework agreement and an addendum on it, filled for one admitted provider.

Bron: domein C.17, C.19, C.21, C.31; M20-02, M20-32; H19-55.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from inkoop.documents.gegevens import (
    Aanbodwijziginggegevens,
    Addendumgegevens,
    Cyclusgegevens,
    Gebiedsregel,
    Gebiedswijziging,
    Gemeentepartij,
    Raamovereenkomstgegevens,
    Taakregel,
    Tariefherziening,
    Tariefwijziging,
    Tekstwijziging,
    Vindplaatsen,
)
from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.aanmelding import PARTIJEN
from inkoop.domain.criteria.criterium import Gebied
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.fasen import KEUZE_VOORWAARDE
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.geografie import describe_gebied, gebied_op
from inkoop.domain.procedure import Proceduredefinitie, Tarieftabel
from inkoop.domain.tarief import diff_tarieven, find_tarief, tarieftabel_op
from inkoop.services.brieven import blokken
from inkoop.services.brieven.blokken import Zaak


def compose_raamovereenkomst(
    zaak: Zaak,
    *,
    kenmerk: str,
    contractnummer: str,
    datum: date,
    producten: Mapping[str, Sequence[str]],
    besluit: str,
    besluit_datum: date,
) -> Raamovereenkomstgegevens:
    """The agreement for the admitted products (`producten` per perceel) with the tariffs on ingang.

    Raises BeletselenError when the procedure does not say its condition (choice BP-04).
    """
    definitie, contract = zaak.definitie, zaak.definitie.contract
    tabel = tarieftabel_op(definitie, zaak.ronde.ingang)
    return Raamovereenkomstgegevens(
        kenmerk=kenmerk,
        contractnummer=contractnummer,
        datum=datum,
        organisatie=blokken.organisatie(definitie, zaak.ronde.ingang),
        procedure=blokken.procedure(definitie),
        ronde=zaak.ronde.kenmerk,
        besluit=besluit,
        besluit_datum=besluit_datum,
        voorwaarde=_read_voorwaarde(definitie),
        gemeenten=gemeentepartijen(definitie, zaak.ronde.ingang),
        aanbieder=blokken.aanbieder(zaak.opgave),
        taakverdeling=taakverdeling(zaak),
        percelen=tuple(
            blokken.tariefperceel(definitie.find_perceel(perceel), codes, tabel) for perceel, codes in producten.items()
        ),
        tarief=blokken.tariefversie(tabel),
        gebied=gebiedsregels(gebied_op(definitie.geografie, zaak.ronde.ingang)),
        gebied_later=gebiedsregels(
            gebied
            for gebied in definitie.geografie.gebieden
            if gebied.van is not None and gebied.van > zaak.ronde.ingang
        ),
        looptijd=blokken.looptijd(definitie, zaak.ronde.ingang),
        tekenen_uiterlijk=zaak.ronde.tekenen,
        volume=contract.volume,
        bekostiging=contract.bekostiging,
        betaalwijzen=_list_betaalwijzen(definitie, producten),
        indexering=contract.indexering,
        declaratie=contract.declaratie,
        social_return=contract.social_return,
        verzekering=contract.verzekering,
        sanctieladder=contract.sanctieladder,
        kwartaalthemas=contract.kwartaalthemas,
        kwaliteitsaspecten=contract.kwaliteitsaspecten,
        jaarcontrole_kwartaal=contract.jaarcontrole_kwartaal,
        programma_van_eisen=blokken.eisregels(definitie),
        gegevensafspraak=blokken.gegevensafspraak(definitie),
        uitzonderingen=blokken.uitzonderingen(definitie),
        addendumcyclus=Cyclusgegevens(
            concept_uiterlijk=contract.addendumcyclus.concept_uiterlijk,
            tekenen_uiterlijk=contract.addendumcyclus.tekenen_uiterlijk,
            ingang=contract.addendumcyclus.ingang,
        ),
        rechtbank=definitie.rechtsbescherming.rechtbank,
        klachtadres=definitie.rechtsbescherming.klachtadres,
        geschillencommissie=definitie.rechtsbescherming.geschillencommissie,
        rangorde=contract.delen,
        exemplaren=len(definitie.gemeenten_op(zaak.ronde.ingang))
        + sum(1 for lid in zaak.opgave.leden if lid.rol in PARTIJEN),
        procedure_hash=definitie.hash,
        profiel=contract.profiel,
    )


def _read_voorwaarde(definitie: Proceduredefinitie) -> str:
    """The condition that the considerations of the agreement print; a file may have lost it since publication."""
    voorwaarde = definitie.keuzes.get(KEUZE_VOORWAARDE, "").strip()
    if not voorwaarde:
        tekst = (
            f"De keuze {KEUZE_VOORWAARDE} (de voorwaarde voor deze procedure) is niet ingevuld, en de overeenkomst "
            f"noemt haar. Vul haar in het procedurebestand in onder 'keuzes', bij {KEUZE_VOORWAARDE}."
        )
        raise BeletselenError("De overeenkomst kan niet worden gemaakt.", [Beletsel("keuze-ontbreekt", tekst)])
    return voorwaarde


def _list_betaalwijzen(definitie: Proceduredefinitie, producten: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """How the admitted products are paid, each way once, in the order of the domain.

    Bron: M20-20, H19-30, W21-BG-02, W21-DB-01.
    """
    wijzen = {
        perceel.bekostiging_van(product)
        for perceel in map(definitie.find_perceel, producten)
        for product in perceel.producten
        if product.code in producten[perceel.code]
    }
    return tuple(wijze.value for wijze in Bekostiging if wijze in wijzen) or (Bekostiging.MAANDBEDRAG.value,)


def gebiedsregels(gebieden: Iterable[Gebied]) -> tuple[Gebiedsregel, ...]:
    """Gemeenten and places as the agreement lists them."""
    return tuple(Gebiedsregel(naam=describe_gebied(g), van=g.van, tot=g.tot) for g in gebieden)


def taakverdeling(zaak: Zaak) -> tuple[Taakregel, ...]:
    """Who does what in a combination; a single provider has none."""
    if zaak.opgave.penvoerder.rol is Lidrol.ENKEL:
        return ()
    taken = {
        Lidrol.PENVOERDER: "penvoerder: aanspreekpunt, berichtenverkeer, declaraties en uitvoering van ondersteuning",
        Lidrol.LID: "uitvoering van ondersteuning",
    }
    return tuple(Taakregel(lid=lid.naam, taak=taken[lid.rol]) for lid in zaak.opgave.leden if lid.rol in taken)


def gemeentepartijen(definitie: Proceduredefinitie, op: date) -> tuple[Gemeentepartij, ...]:
    """Every gemeente that takes part on a day, as a party."""
    velden = Gemeentepartij.__struct_fields__
    return tuple(
        Gemeentepartij(**{naam: getattr(gemeente, naam) for naam in velden}) for gemeente in definitie.gemeenten_op(op)
    )


def find_tariefherziening(
    definitie: Proceduredefinitie, was: Tarieftabel, wordt: Tarieftabel, producten: Mapping[str, Sequence[str]]
) -> Tariefherziening | None:
    """The change of the tariff table for what was admitted (products per perceel); None when nothing changes for it.

    A perceel that is paid as a whole counts by its lumpsum.
    """
    codes = tuple(dict.fromkeys(code for perceel in producten.values() for code in perceel))
    lumpsums = _diff_lumpsums(was, wordt, producten)
    if not lumpsums and not {wijziging.product for wijziging in diff_tarieven(was, wordt)} & set(codes):
        return None
    namen = {product.code: product.naam for perceel in definitie.percelen for product in perceel.producten}
    treden = {trede.code: trede.naam for perceel in definitie.percelen for trede in perceel.tredes}
    regels = tuple(
        Tariefwijziging(
            product=code,
            naam=f"{namen[code]} ({treden[tarief.trede]})" if tarief.trede else namen[code],
            was=find_tarief(was, code, tarief.trede).bedrag,
            wordt=tarief.bedrag,
        )
        for code in codes
        for tarief in wordt.tarieven
        if tarief.product == code
    )
    return Tariefherziening(
        oud=blokken.tariefversie(was), nieuw=blokken.tariefversie(wordt), regels=(*regels, *lumpsums)
    )


def _diff_lumpsums(was: Tarieftabel, wordt: Tarieftabel, percelen: Iterable[str]) -> tuple[Tariefwijziging, ...]:
    """The lumpsums of these percelen before and after, when any of them changes."""
    eerst = {som.perceel: som.bedrag for som in was.lumpsums}
    regels = tuple(
        Tariefwijziging(
            product=som.perceel,
            naam=blokken.name_lumpsum(som.eenheid),
            was=eerst[som.perceel],
            wordt=som.bedrag,
        )
        for som in wordt.lumpsums
        if som.perceel in set(percelen) and som.perceel in eerst
    )
    return regels if any(regel.was != regel.wordt for regel in regels) else ()


def compose_addendum(
    zaak: Zaak,
    *,
    kenmerk: str,
    contractnummer: str,
    nummer: int,
    datum: date,
    overeenkomst_datum: date,
    aanleiding: str,
    ingang: date,
    concept_uiterlijk: date,
    tekenen_uiterlijk: date,
    tarieven: Tariefherziening | None,
    gebied: Gebiedswijziging | None,
    aanbod: Aanbodwijziginggegevens | None = None,
    wijzigingen: Sequence[Tekstwijziging] = (),
    vindplaatsen: Vindplaatsen,
) -> Addendumgegevens:
    """A change of one agreement, in force from a day on; `vindplaatsen` is where that agreement says what changes."""
    return Addendumgegevens(
        kenmerk=kenmerk,
        contractnummer=contractnummer,
        nummer=nummer,
        cyclusjaar=ingang.year,
        datum=datum,
        overeenkomst_datum=overeenkomst_datum,
        overeenkomstsoort=zaak.definitie.contract.overeenkomstsoort,
        vindplaatsen=vindplaatsen,
        aanleiding=aanleiding,
        organisatie=blokken.organisatie(zaak.definitie, ingang),
        procedure=blokken.procedure(zaak.definitie),
        gemeenten=gemeentepartijen(zaak.definitie, ingang),
        aanbieder=blokken.aanbieder(zaak.opgave),
        tarieven=tarieven,
        gebied=gebied,
        aanbod=aanbod,
        wijzigingen=tuple(wijzigingen),
        concept_uiterlijk=concept_uiterlijk,
        tekenen_uiterlijk=tekenen_uiterlijk,
        ingang=ingang,
        rechtbank=zaak.definitie.rechtsbescherming.rechtbank,
    )
