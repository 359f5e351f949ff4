"""The question list with which a procedure is begun, and answers written as the file that holds them.

Bron: ontwerp 5; B.1.1.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from inkoop.definitions.invulplaats import make_invulplaats
from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.kwalificatie import Keuzewijze, Toetreding
from inkoop.domain.looptijd import Verlengingswijze
from inkoop.domain.procedure import Wet


class Vraag(NamedTuple):
    """One question: its key, its text, and the words that may be answered (empty = anything)."""

    sleutel: str
    tekst: str
    keuzes: tuple[str, ...] = ()
    soort: str = "tekst"


JANEE = ("ja", "nee")

VRAGEN: tuple[Vraag, ...] = (
    Vraag("titel", "Hoe heet de inkoop?"),
    Vraag("omschrijving", "Wat koopt u in en voor wie?"),
    Vraag("bron", "Op welk document rust de inkoop?"),
    Vraag("wet", "Onder welke wet?", tuple(Wet)),
    Vraag("regio", "Hoe heet het gebied?"),
    Vraag("samenwerkingsverband", "Hoe heet de samenwerking of organisatie die inkoopt?"),
    Vraag("gemeenten", "Welke gemeenten doen mee? (met komma's)", soort="lijst"),
    Vraag("centrumgemeente", "Welke gemeente doet het werk voor de andere?"),
    Vraag("iedereen_die_voldoet", "Vraag 1: krijgt iedereen die aan de eisen voldoet een overeenkomst?", JANEE),
    Vraag("vergelijken", "Vraag 2: vergelijkt u aanbieders, of geeft u punten?", JANEE),
    Vraag("begrensd", "Vraag 3: is er een maximum aan het aantal aanbieders?", JANEE),
    Vraag("keuze_door", "Vraag 4: wie kiest de aanbieder in het concrete geval?", tuple(Keuzewijze)),
    Vraag("toetreding", "Vraag 5: wanneer kunnen aanbieders toetreden?", tuple(Toetreding)),
    Vraag("dialoog", "Houdt u een dialoog met geselecteerde aanbieders?", JANEE),
    Vraag("emvi", "Weegt u definitieve voorstellen (EMVI)?", JANEE),
    Vraag("motivering", "Waarom zijn dit de antwoorden op de vijf vragen?"),
    Vraag("percelen", "Wat koopt u in?", soort="percelen"),
    Vraag("ingang", "Op welke dag gaan de overeenkomsten in? (JJJJ-MM-DD)", soort="kaal"),
    Vraag("duur_maanden", "Hoeveel maanden duurt de eerste termijn?", soort="kaal"),
    Vraag("verlenging", "Hoe wordt er verlengd?", tuple(Verlengingswijze)),
    Vraag("verlenging_maanden", "Hoeveel maanden duurt één verlenging? (0 = geen)", soort="kaal"),
    Vraag("verlengingen", "Hoeveel verlengingen zijn er? (0 = geen)", soort="kaal"),
    Vraag("opzegtermijn_maanden", "Hoeveel maanden van tevoren wordt er opgezegd of besloten?", soort="kaal"),
    Vraag("functie", "In welke functie besluit en tekent iemand onder mandaat?"),
    Vraag("mandaat_van", "Vanaf welke dag geldt dat mandaat? (JJJJ-MM-DD)", soort="kaal"),
    Vraag("mandaat_tot", "Tot en met welke dag? (JJJJ-MM-DD)", soort="kaal"),
    Vraag("rechtbank", "Bij welke rechtbank komt een kort geding?"),
    Vraag("systeem", "Bij welk systeem melden aanbieders zich aan? (de naam, zoals in de leidraad)"),
    Vraag("rechtstreeks", "Is dat dit programma? (nee: u leest later de export van dat systeem in)", JANEE),
    Vraag("criteriaset", "Hoe heet de map met criteria?"),
    Vraag("criteria_editie", "Welke editie van die criteria?"),
)
"""Every question, in the order in which it is asked."""

_PERCEELVOORBEELD = """\
percelen:
  # 'raming' is in euro zonder btw, over de hele looptijd met verlengingen. Betaalt u per product, noem dan 'bedrag' en
  # 'eenheid'; bij een lumpsum noemt u bij het perceel 'lumpsum' (per jaar). Bij een selectie noemt u 'max_aanbieders'.
  - code: "[vul in: een korte code]"
    naam: "[vul in: hoe het perceel heet]"
    bekostiging: "[vul in: {bekostiging}]"
    raming: "[vul in: het bedrag, zoals 4200000, zonder aanhalingstekens]"
    producten:
      - {{code: "[vul in: een korte code]", naam: "[vul in: hoe het product heet]"}}
"""


def write_vragenlijst() -> str:
    """The question list as a file to fill in."""
    regels = [
        "# Vul elk antwoord in op de plaats van '[vul in: ...]'. Een getal, een datum, ja, nee of een keuze uit een"
    ]
    regels.append("# lijst schrijft u zonder aanhalingstekens; andere tekst mag met. 'dialoog' en 'emvi' mogen weg.")
    for vraag in VRAGEN:
        regels.append(f"# {vraag.tekst}")
        if vraag.soort == "percelen":
            regels.append(_PERCEELVOORBEELD.format(bekostiging=", ".join(Bekostiging)).rstrip("\n"))
        elif vraag.soort == "lijst":
            regels.append(f"{vraag.sleutel}: [{json.dumps(make_invulplaats('de eerste'), ensure_ascii=False)}]")
        else:
            wat = " of ".join(vraag.keuzes) if vraag.keuzes else vraag.tekst
            regels.append(f"{vraag.sleutel}: {json.dumps(make_invulplaats(wat), ensure_ascii=False)}")
    return "\n".join(regels) + "\n"


def write_antwoord(vraag: Vraag, antwoord: str) -> str:
    """The line of the file with one answer that was given."""
    if vraag.soort == "lijst":
        delen = [deel.strip() for deel in antwoord.split(",") if deel.strip()]
        return f"{vraag.sleutel}: {json.dumps(delen, ensure_ascii=False)}"
    if vraag.keuzes or vraag.soort == "kaal":
        return f"{vraag.sleutel}: {antwoord}"
    return f"{vraag.sleutel}: {json.dumps(antwoord, ensure_ascii=False)}"
