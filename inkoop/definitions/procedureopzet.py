"""From the answers to the question list to a whole procedure file, with a place to fill in for what nobody said.

What the law or the answers decide is filled in; what only the region knows (addresses, mandates, texts of the
agreement) becomes a place to fill in, which the control names one by one.

Bron: ontwerp 5; B.1.1, B.1.6, B.1.7; B.2.5, B.2.7, E.5 (terms are project defaults); M20-42, M20-43; B.1.2.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from inkoop.definitions.invulplaats import make_invulplaats as vul
from inkoop.definitions.startvragen import Startantwoorden, Startperceel
from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.kwalificatie import Toetreding
from inkoop.domain.kwalificeren import Kwalificatieadvies, qualify
from inkoop.domain.looptijd import Verlengingswijze
from inkoop.domain.maanden import add_maanden
from inkoop.domain.mandaat import Onderwerp
from inkoop.domain.procedure import Termijnen
from inkoop.domain.rooster import Rooster
from inkoop.domain.selectie import VORMEN

_EEN_DAG = timedelta(days=1)
_STANDAARD = "projectstandaard; stel vast in de leidraad"
_RITME = {
    Toetreding.DOORLOPEND: ("kwartaal", 3),
    Toetreding.VASTE_MOMENTEN: ("halfjaar", 6),
    Toetreding.JAARLIJKS: ("jaar", 12),
    Toetreding.ALLEEN_BIJ_START: ("eenmalig", 0),
}
"""How often a round comes, in months; joining at any moment is handled by a round each quarter (project default)."""

_TERMIJNEN = {"herstel_dagen": 14, "vervaltermijn_dagen": 20, "doorrollen": True, "bron": _STANDAARD}

_BEWAARSOORTEN = ("procedure", "toelating", "overeenkomst", "aanmelding")
_VOORWAARDE = "de eisen en tarieven vooraf bekend zijn en voor iedereen gelijk"

_EENHEID = {
    Bekostiging.MAANDBEDRAG: "maand",
    Bekostiging.RESULTAATTARIEF: "periode",
    Bekostiging.ARRANGEMENT: "traject",
    Bekostiging.PXQ: "uur",
    Bekostiging.LUMPSUM: "jaar",
}
"""The unit when the answers name none (project default)."""


def write_opzet(antwoorden: Startantwoorden) -> str:
    """The text of the procedure file."""
    advies = qualify(antwoorden.kwalificatietoets())
    kop = [
        "# Begonnen met de vragenlijst. Wat met '[vul in' begint, moet nog worden ingevuld;",
        "# 'inkoop procedure controleer' noemt elke plaats. Vorm van de procedure, volgens de vijf vragen:",
        *(f"#   {reden}" for reden in (*advies.redenen, *advies.plichten)),
    ]
    return "\n".join([*kop, *_emit(_build(antwoorden, advies), 0)]) + "\n"


def build_rooster(antwoorden: Startantwoorden) -> Rooster:
    """The rooster that the file gets, as a value."""
    advies = qualify(antwoorden.kwalificatietoets())
    return msgspec.convert(_build_instroom(antwoorden, advies)["rooster"], Rooster)


def build_termijnen() -> Termijnen:
    """The terms that the file gets, as a value."""
    return msgspec.convert(dict(_TERMIJNEN), Termijnen)


def _build(a: Startantwoorden, advies: Kwalificatieadvies) -> dict[str, Any]:
    """Every block of the file, in the order of the manual."""
    einde = add_maanden(a.ingang, a.duur_maanden) - _EEN_DAG
    maximum = add_maanden(a.ingang, a.duur_maanden + a.verlengingen * a.verlenging_maanden) - _EEN_DAG
    colleges = [f"college van {naam}" for naam in a.gemeenten]
    blokken: dict[str, Any] = {
        "titel": a.titel,
        "omschrijving": a.omschrijving,
        "bron": a.bron,
        "kwalificatie": advies.kwalificatie,
        "selectie": advies.selectie,
        "procedurevorm": advies.vorm,
        "wet": a.wet,
        "motivering_kwalificatie": a.motivering,
        "kwalificatietoets": _build_toets(a),
        "criteriaset": a.criteriaset,
        "max_deelname_per_perceel": 1,
        "ontvangst": {"systeem": a.systeem, "rechtstreeks": a.rechtstreeks},
        "organisatie": {
            "naam": a.samenwerkingsverband,
            "samenwerkingsverband": a.samenwerkingsverband,
            "centrumgemeente": a.centrumgemeente,
            "adres": vul("het postadres van de organisatie"),
            "postcode_plaats": vul("postcode en plaats"),
            "contactpersoon": vul("bij wie een aanbieder terechtkan"),
            "email": vul("het e-mailadres van de contactpersoon"),
            "telefoon": vul("het telefoonnummer"),
            "platform": a.systeem,
        },
        "gemeenten": [_build_gemeente(naam) for naam in a.gemeenten],
        "mandaten": [
            {
                "id": "mandaat-1",
                "functie": a.functie,
                "namens": [_code(naam) for naam in a.gemeenten],
                "onderwerpen": _list_onderwerpen(advies),
                "geldig_van": a.mandaat_van,
                "geldig_tot": a.mandaat_tot,
                "grondslag": vul("het mandaatbesluit, met datum"),
                "volmacht_burgemeester": True,
            }
        ],
        "percelen": [_build_perceel(perceel, a, advies) for perceel in a.percelen],
        "uitgesloten_producten": {},
        "tarieftabellen": [_build_tabel(a)],
        "instroom": _build_instroom(a, advies),
        "termijnen": dict(_TERMIJNEN),
        "looptijd": {
            "ingang": a.ingang,
            "einde_eerste_termijn": einde,
            "verlenging": a.verlenging,
            "verlenging_maanden": a.verlenging_maanden,
            **({"aantal_opties": a.verlengingen} if a.verlenging is Verlengingswijze.OPTIE else {}),
            "opzegtermijn_maanden": a.opzegtermijn_maanden,
            "max_einddatum": maximum,
        },
    }
    if advies.selectie:
        blokken["selectieregels"] = _build_selectie(advies)
    return {
        **blokken,
        "geografie": {"regio": a.regio, "gebieden": [{"gemeente": naam} for naam in a.gemeenten]},
        "stappen": _build_stappen(colleges, a.samenwerkingsverband),
        "rechtsbescherming": {
            "rechtbank": a.rechtbank,
            "melding_adres": vul("waar een kopie van de dagvaarding heen gaat"),
            "klachtadres": vul("waar een klacht heen gaat"),
            "geschillencommissie": "geen",
        },
        "contract": _build_contract(a, advies),
        "programma_van_eisen": [
            {"id": "E-01", "thema": "Kwaliteit", "tekst": vul("de eerste eis aan de uitvoering"), "bron": a.bron}
        ],
        "keuzes": {} if advies.selectie else {"BP-04": _VOORWAARDE},
        "verplichte_keuzes": ["BP-04"],
        "bewaartermijnen": {soort: vul("vastgesteld door de archivaris") for soort in _BEWAARSOORTEN},
    }


def _build_toets(a: Startantwoorden) -> dict[str, Any]:
    return {
        "iedereen_die_voldoet": a.iedereen_die_voldoet,
        "vergelijken": a.vergelijken,
        "begrensd": a.begrensd,
        "keuze_door": a.keuze_door,
        "toetreding": a.toetreding,
        "ramingen": {perceel.code: perceel.raming for perceel in a.percelen},
        "dialoog": a.dialoog,
        "emvi": a.emvi,
        "motivering": a.motivering,
    }


def _build_gemeente(naam: str) -> dict[str, Any]:
    return {
        "code": _code(naam),
        "naam": naam,
        "kvk": vul(f"het KvK-nummer van {naam}, acht cijfers tussen aanhalingstekens"),
        "adres": vul(f"het adres van {naam}"),
        "postcode_plaats": vul("postcode en plaats"),
        "vertegenwoordiger": vul(f"wie namens {naam} tekent"),
        "functie": vul("in welke functie"),
        "volmacht_grondslag": vul("waar de volmacht op rust"),
        "volmacht_datum": vul("de dag van de volmacht, zoals 2026-03-31, zonder aanhalingstekens"),
    }


def _build_perceel(perceel: Startperceel, a: Startantwoorden, advies: Kwalificatieadvies) -> dict[str, Any]:
    blok: dict[str, Any] = {
        "code": perceel.code,
        "naam": perceel.naam,
        "prestatie": perceel.naam,
        "omschrijving": vul(f"wat perceel {perceel.code} is"),
        "schaal": "regio" if len(a.gemeenten) > 1 else "lokaal",
        "bekostiging": perceel.bekostiging,
        "producten": [
            {"code": p.code, "naam": p.naam, "omschrijving": vul(f"wat {p.naam} is")} for p in perceel.producten
        ],
    }
    if advies.selectie:
        blok["max_aanbieders"] = perceel.max_aanbieders or vul(f"hoeveel aanbieders u kiest voor {perceel.code}")
    return blok


def _build_tabel(a: Startantwoorden) -> dict[str, Any]:
    tarieven = [
        {
            "product": product.code,
            "bedrag": product.bedrag or vul(f"het bedrag voor {product.naam}, zoals 48.50, zonder aanhalingstekens"),
            "eenheid": product.eenheid or _EENHEID[perceel.bekostiging],
        }
        for perceel in a.percelen
        if perceel.bekostiging is not Bekostiging.LUMPSUM
        for product in perceel.producten
    ]
    lumpsums = [
        {
            "perceel": perceel.code,
            "bedrag": perceel.lumpsum or vul(f"het bedrag per jaar voor {perceel.naam}, zonder aanhalingstekens"),
            "eenheid": "jaar",
        }
        for perceel in a.percelen
        if perceel.bekostiging is Bekostiging.LUMPSUM
    ]
    return {
        "versie": str(a.ingang.year),
        "ingang": a.ingang,
        "eenheid": tarieven[0]["eenheid"] if tarieven else "jaar",
        "vastgesteld_op": vul("de dag waarop de colleges de tarieven vaststelden, zonder aanhalingstekens"),
        "grondslag": vul("hoe de tarieven zijn onderbouwd"),
        **({"tarieven": tarieven} if tarieven else {}),
        **({"lumpsums": lumpsums} if lumpsums else {}),
    }


def _build_instroom(a: Startantwoorden, advies: Kwalificatieadvies) -> dict[str, Any]:
    """The rhythm, and a rooster from which every day of every round is computed (with why, in the plan)."""
    ritme, maanden = _RITME[a.toetreding]
    einde = add_maanden(a.ingang, a.duur_maanden) - _EEN_DAG
    dagen = [a.ingang]
    while maanden and add_maanden(dagen[-1], maanden) <= einde:
        dagen.append(add_maanden(dagen[-1], maanden))
    vorm = VORMEN[advies.vorm]
    dialoog = bool(vorm.dialoog and a.dialoog)
    voorstel = dialoog or (vorm.selecteert and vorm.weegt)
    return {
        "periodiciteit": ritme,
        "rooster": {
            "voorvoegsel": "".join(woord[0] for woord in a.titel.split() if woord[0].isalpha()).upper()[:4] or "R",
            "ingangsdagen": sorted({f"{dag:%m-%d}" for dag in dagen}),
            "eerste_ingang": dagen[0],
            "laatste_ingang": dagen[-1],
            "sluitingstijd": "12:00:00",
            "venster_dagen": 42,
            "vragen_dagen": 7,
            "nota_dagen_voor_sluiting": 14,
            "herstelverzoek_dagen": 7,
            "beoordeling_dagen": 28 if voorstel else 45,
            "tekentermijn_dagen": 21,
            "criteria_editie": a.criteria_editie,
            **({"dialoog_dagen": 60} if dialoog else {}),
            **({"voorstel_dagen": 14} if voorstel else {}),
            "bron": _STANDAARD,
        },
    }


def _build_selectie(advies: Kwalificatieadvies) -> dict[str, Any]:
    vorm = VORMEN[advies.vorm]
    criterium = {
        "id": "S-01",
        "naam": vul("waarop u deelnemers kiest"),
        "weging": 100,
        "soort": "kwaliteit",
        "bron": _STANDAARD,
    }
    regels: dict[str, Any] = {"selectiecriteria": [criterium] if vorm.selecteert else []}
    if vorm.weegt:
        regels["gunningscriteria"] = [{**criterium, "id": "G-01", "naam": vul("waarop u voorstellen weegt")}]
    regels["gelijke_stand"] = ["S-01" if vorm.selecteert else "G-01", "loting"]
    regels["reservelijst"] = False
    regels["motivering"] = vul("waarom u het aantal aanbieders begrenst")
    if vorm.dialoog:
        regels["dialoog"] = {"rondes": 3, "onderwerpen": [vul("waarover u in gesprek gaat")], "bron": _STANDAARD}
    return regels


def _build_stappen(colleges: list[str], organisatie: str) -> list[dict[str, Any]]:
    """A start that holds what the law and good practice ask; the region adds its own (C.4-C.10, PROC-02)."""

    def stap(id: str, fase: str, naam: str, soort: str, rol: str, organen: list[str], *na: str) -> dict[str, Any]:
        return {
            "id": id,
            "fase": fase,
            "naam": naam,
            "soort": soort,
            "rol": rol,
            "organen": organen,
            **({"na": list(na)} if na else {}),
            "bron": _STANDAARD,
        }

    verslag = "marktconsultatieverslag"
    overleg = [f"bestuurlijk overleg {organisatie}"]
    go = stap(
        "go-no-go", "voorbereiden", "GO of NO-GO", "go_no_go", "gemandateerde", overleg, "marktconsultatieverslag"
    )
    go["checklist"] = ["de samenwerking is geregeld", "de toegang is klaar", "het berichtenverkeer is ingericht"]
    return [
        stap("uitgangspunten", "voorbereiden", "Uitgangspunten vaststellen", "vaststelling", "beleidsadviseur",
             colleges),
        stap("inkoopstrategie", "voorbereiden", "Inkoopstrategie vaststellen", "vaststelling", "beleidsadviseur",
             colleges, "uitgangspunten"),
        stap("marktconsultatie", "voorbereiden", "Openbare marktconsultatie houden", "consultatie", "inkoper",
             ["marktpartijen"], "inkoopstrategie"),
        stap(verslag, "voorbereiden", "Verslag van de marktconsultatie openbaar maken", "publicatie",
             "inkoper", ["inkoopplatform"], "marktconsultatie"),
        go,
        stap("tarieven", "voorbereiden", "Tarieven vaststellen", "vaststelling", "financien", colleges, "go-no-go"),
        stap("juridische-controle", "voorbereiden", "Inkoopdocumenten juridisch controleren", "controle", "jurist",
             ["jurist"], "tarieven"),
        stap("inkoopdocumenten", "voorbereiden", "Inkoopdocumenten vaststellen", "vaststelling", "beleidsadviseur",
             colleges, "juridische-controle"),
        stap("publicatie", "publiceren", "Documenten openbaar maken", "publicatie", "inkoper", ["inkoopplatform"],
             "inkoopdocumenten"),
    ]  # fmt: skip


def _build_contract(a: Startantwoorden, advies: Kwalificatieadvies) -> dict[str, Any]:
    alleen_lumpsum = all(perceel.bekostiging is Bekostiging.LUMPSUM for perceel in a.percelen)
    volume = "De gemeenten zeggen geen aantallen en geen omzet toe, en stellen geen maximum."
    return {
        "profiel": "eigen",
        "overeenkomstsoort": "overeenkomst van opdracht" if alleen_lumpsum else "raamovereenkomst",
        "contractnummer_voorvoegsel": vul("het begin van elk contractnummer, zoals ZZ-2028"),
        "delen": ["de leidraad met bijlagen"],
        "volume": vul("wat u over aantallen wel en niet toezegt") if advies.selectie else volume,
        "bekostiging": vul("hoe u betaalt, in een hele zin"),
        "indexering": vul("hoe tarieven veranderen, in een hele zin"),
        "social_return": vul("wat u aan social return vraagt, in een hele zin"),
        "sanctieladder": False,
        "verzekering": vul("welke verzekering u vraagt, in een hele zin"),
        "declaratie": vul("hoe en wanneer de aanbieder declareert, in een hele zin"),
        "kwartaalthemas": ["klachten", "resultaten voor cliënten", "personeel"],
        "jaarcontrole_kwartaal": 1,
        "gegevensafspraak": {
            "rol": "zelfstandig_verwerkingsverantwoordelijke",
            "motivering": vul("waarom de aanbieder deze rol heeft; de jurist kiest"),
            "doelen": [vul("waarvoor u gegevens uitwisselt")],
            "gegevens": [vul("welke gegevens u uitwisselt")],
            "bewaartermijn": vul("hoe lang de aanbieder cliëntgegevens bewaart"),
            "datalekcontact": vul("waar een datalek wordt gemeld"),
        },
        "lokale_uitzonderingen": [],
        "addendumcyclus": {"concept_uiterlijk": "10-01", "tekenen_uiterlijk": "12-01", "ingang": "01-01"},
    }


def _list_onderwerpen(advies: Kwalificatieadvies) -> list[str]:
    """Everything that somebody must be able to decide in the life of these agreements (FE-4, FE-5)."""
    anders = (Onderwerp.TOELATING,) if advies.selectie else (Onderwerp.SELECTIE, Onderwerp.GUNNING)
    return [str(een) for een in Onderwerp if een not in (*anders, Onderwerp.GEMEENTE_AANHAAK)]


def _code(naam: str) -> str:
    """A short name for a gemeente, as other blocks refer to it."""
    return naam.replace(" ", "-")


def _emit(waarde: dict[str, Any], inspringing: int) -> list[str]:
    """Lines of YAML: blocks for what holds something, quoted text, ja and nee."""
    regels = []
    for sleutel, inhoud in waarde.items():
        kop = f"{' ' * inspringing}{_scalar_sleutel(sleutel)}:"
        if isinstance(inhoud, dict) and inhoud:
            regels += [kop, *_emit(inhoud, inspringing + 2)]
        elif isinstance(inhoud, list) and any(isinstance(een, dict) for een in inhoud):
            regels.append(kop)
            for een in inhoud:
                eerste, *rest = _emit(een, inspringing + 4)
                regels += [f"{' ' * (inspringing + 2)}- {eerste.strip()}", *rest]
        else:
            regels.append(f"{kop} {_scalar(inhoud)}")
    return regels


def _scalar_sleutel(sleutel: str) -> str:
    """A key is plain text unless it begins with a digit, as the code of a perceel can."""
    return json.dumps(sleutel) if sleutel[:1].isdigit() else sleutel


def _scalar(waarde: object) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, int | Decimal):
        return str(waarde)
    if isinstance(waarde, list):
        return f"[{', '.join(_scalar(een) for een in waarde)}]"
    if isinstance(waarde, dict):
        return "{}"
    return json.dumps(str(waarde), ensure_ascii=False)
