"""The form of one change for all running agreements: its fields, and the change that they say.

Bron: C.21; H19-55; docs/handleiding/contract.md.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from inkoop.definitions.contractwijziging import load_contractwijziging
from inkoop.definitions.fout import DefinitieError
from inkoop.domain.contractwijziging import Artikelwijziging, Contractwijziging, Wijzigingsoort
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.web.vorm import Soort, Veld, Vorm

ARTIKELEN: Final = 5
"""How many articles one form takes (project default); more go into a file."""

MAX_BESTAND: Final = 200_000
"""The largest file with a change, in bytes (project default)."""

_SOORTEN = (
    (Wijzigingsoort.WETSWIJZIGING, "de wet verandert"),
    (Wijzigingsoort.AFSPRAAK, "partijen spreken iets anders af"),
    (Wijzigingsoort.STANDAARDVERSIE, "er is een nieuwe versie van de standaardtekst"),
)


def make_voorstelvorm(actie: str) -> Vorm:
    """Propose a change, article by article."""
    return Vorm(
        id="voorstel",
        actie=actie,
        knop="Leg het voorstel vast",
        velden=(
            Veld(
                naam="soort",
                label="Waarom veranderen de overeenkomsten",
                soort=Soort.KEUZE,
                opties=_SOORTEN,
                codes=("wijziging-buiten-cyclus",),
            ),
            Veld(naam="onderwerp", label="Waarover gaat het", codes=("wijziging-onderwerp",)),
            Veld(naam="reden", label="Wat is de reden", soort=Soort.VAK, codes=("wijziging-reden",)),
            Veld(
                naam="bron",
                label="Waar staat dat",
                uitleg="Bijvoorbeeld: Staatsblad 2026, 12, of het verslag van 3 maart.",
                codes=("wijziging-bron",),
            ),
            Veld(
                naam="percelen",
                label="Alleen voor deze percelen",
                verplicht=False,
                uitleg="Hun codes, met komma's ertussen. Leeg: voor alle.",
                codes=("wijziging-perceel",),
            ),
            Veld(
                naam="onderdeel",
                label="In welk stuk bij de overeenkomst",
                verplicht=False,
                uitleg="Leeg: in de overeenkomst zelf. Anders de soort, bijvoorbeeld verwerkersovereenkomst.",
                codes=("wijziging-onderdeel",),
            ),
            Veld(
                naam="ingang",
                label="Vanaf welke dag",
                soort=Soort.DAG,
                verplicht=False,
                uitleg="Leeg: de dag van de jaarlijkse cyclus. Alleen een wetswijziging kan op een andere dag ingaan.",
                codes=("wijziging-terugwerkend", "wijziging-looptijd", "wijziging-te-laat"),
            ),
            Veld(
                naam="tekenen_uiterlijk",
                label="Tekenen uiterlijk",
                soort=Soort.DAG,
                verplicht=False,
                uitleg="Alleen als de ingang niet de dag van de cyclus is.",
                codes=("wijziging-tekendag",),
            ),
            Veld(
                naam="bij_weigering",
                label="Wat gebeurt er als een partij weigert",
                soort=Soort.VAK,
                verplicht=False,
                uitleg="Leeg: de overeenkomst loopt ongewijzigd door.",
            ),
            *(veld for nummer in range(1, ARTIKELEN + 1) for veld in _make_artikel(nummer)),
        ),
    )


def _make_artikel(nummer: int) -> tuple[Veld, ...]:
    codes = ("wijziging-artikelen", "wijziging-artikel", "wijziging-dubbel", "wijziging-toelating")
    return (
        Veld(
            naam=f"kop{nummer}",
            label=f"Artikel {nummer} dat verandert",
            soort=Soort.KOP,
            uitleg="Laat leeg wat u niet nodig hebt." if nummer == 1 else "",
        ),
        Veld(
            naam=f"artikel{nummer}",
            label="Welk artikel",
            verplicht=False,
            uitleg="Zoals het er staat, bijvoorbeeld: artikel 9.2." if nummer == 1 else "",
            codes=codes if nummer == 1 else (),
        ),
        Veld(
            naam=f"wordt{nummer}",
            label="De nieuwe tekst",
            soort=Soort.VAK,
            verplicht=False,
            uitleg="Leeg: het artikel vervalt." if nummer == 1 else "",
        ),
        Veld(
            naam=f"na{nummer}",
            label="Hoe",
            soort=Soort.KEUZE,
            verplicht=False,
            opties=(("", "in de plaats van dit artikel"), ("na", "als nieuwe tekst na dit artikel")),
        ),
        Veld(
            naam=f"was{nummer}",
            label="De oude tekst",
            soort=Soort.VAK,
            verplicht=False,
            uitleg="Alleen nodig voor ingelezen contracten, waarvan de tekst hier niet bekend is.",
        ),
    )


def read_voorstel(waarden: dict[str, Any]) -> Contractwijziging:
    """The change that was filled in. Raises BeletselenError for an article with a text but no name."""
    artikelen, zonder = [], False
    for nummer in range(1, ARTIKELEN + 1):
        artikel, wordt, was = (waarden[f"{naam}{nummer}"] for naam in ("artikel", "wordt", "was"))
        zonder = zonder or bool((wordt or was) and not artikel)
        if artikel:
            nieuw = waarden[f"na{nummer}"] == "na"
            artikelen.append(Artikelwijziging(artikel=artikel, wordt=wordt, was=was, nieuw_na=nieuw))
    if zonder:
        tekst = "Noem bij elke tekst het artikel, bijvoorbeeld 'artikel 9.2'."
        raise BeletselenError("De wijziging is niet vastgelegd.", [Beletsel("wijziging-artikel", tekst)])
    return Contractwijziging(
        soort=Wijzigingsoort(waarden["soort"]),
        onderwerp=waarden["onderwerp"],
        reden=waarden["reden"],
        bron=waarden["bron"],
        artikelen=tuple(artikelen),
        onderdeel=waarden["onderdeel"],
        percelen=tuple(deel.strip() for deel in waarden["percelen"].split(",") if deel.strip()),
        ingang=waarden["ingang"],
        tekenen_uiterlijk=waarden["tekenen_uiterlijk"],
        bij_weigering=waarden["bij_weigering"],
    )


def make_bestandsvorm(actie: str) -> Vorm:
    """Propose a change from a file, as on the command line."""
    return Vorm(
        id="bestand",
        actie=actie,
        knop="Lees het bestand in",
        knopsoort="secondary-action",
        velden=(
            Veld(
                naam="bestand",
                label="Het bestand met de wijziging",
                soort=Soort.BESTAND,
                opties=[(".yaml", "yaml"), (".yml", "yaml")],
                uitleg="Hoe zo'n bestand eruitziet, staat in de handleiding bij Contracten.",
                codes=("bestand",),
            ),
        ),
    )


def read_bestand(bestand: Bestandsbron) -> Contractwijziging:
    """The change in a file. Raises BeletselenError with every fault and its line."""
    if bestand.grootte > MAX_BESTAND:
        tekst = f"Dit bestand is groter dan {MAX_BESTAND // 1000} kB. Een wijziging is een klein tekstbestand."
        raise BeletselenError("De wijziging is niet vastgelegd.", [Beletsel("bestand", tekst)])
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / "wijziging.yaml"
        pad.write_bytes(bestand.read())
        try:
            return load_contractwijziging(pad)
        except DefinitieError as fout:
            redenen = [Beletsel("bestand", f"Regel {een.regel}: {een.tekst}") for een in fout.fouten]
            raise BeletselenError("De wijziging is niet vastgelegd.", redenen) from fout


def make_vaststelvorm(actie: str) -> Vorm:
    """Adopt a proposal, as a jurist who did not make it."""
    return Vorm(
        id="vaststellen",
        actie=actie,
        knop="Stel de wijziging vast",
        velden=(Veld(naam="grond", label="Op welk besluit of akkoord rust dit", soort=Soort.VAK, codes=("grond",)),),
    )


def make_intrekvorm(actie: str) -> Vorm:
    """Let a proposal go."""
    return Vorm(
        id="intrekken",
        actie=actie,
        knop="Trek het voorstel in",
        knopsoort="secondary-action",
        velden=(Veld(naam="reden", label="Waarom", codes=("reden", "wijziging-stand")),),
    )
