"""The forms about signing: a signed copy that comes back, who may sign, a refusal, copies for gemeenten.

The same form serves who works for the gemeenten and an aanbieder; who may choose whom is asked by the service too.

Bron: B.3.4, C.17, C.21; FE-5, FE-9; H19-10.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.mandaat import MANDAATCODES
from inkoop.domain.verzending import Verzendwijze
from inkoop.services import getekendestukken
from inkoop.services.tekenblad import Tekenaar
from inkoop.storage.tabellen.overeenkomst import Partijsoort
from inkoop.web.kern import Bezoek
from inkoop.web.vorm import Soort, Veld, Vorm

PAPIER = "papier"
_WIJZEN = (
    ("elektronisch", "elektronisch: de pdf draagt een handtekening"),
    (PAPIER, "op papier: dit is een scan van elke bladzijde"),
)
_BIJ_WIE = (
    *("gemandateerde", "dubbel", "partij", "vier-ogen", "volgorde", "bevoegd", "bevoegd-nog-niet", "bevoegd-verlopen"),
    *MANDAATCODES,
)
_BIJ_BESTAND = (
    *("andere-tekst", "ander-bestand", "zegel-gebruikt", "proef", "niet-vertrouwd", "certificaat-verlopen", "te-zwak"),
    *("pdf-vreemd", "pdf-te-groot", "geen-pdf", "pdf-versleuteld", "pdf-beschadigd", "geen-handtekening", "bladzijden"),
    *("pdf-te-veel", "pdf-actief", "handtekening-verborgen", "gewijzigd-na-tekenen", "handtekening-gebroken"),
    *("dekt-deel", "moment-toekomst", "formulierveld", "veldnaam", "aantekening", "inhoud-gewijzigd"),
)
_BESTANDEN = [(f".{een}", een) for een in ("pdf", "png", "jpg", "jpeg")]


def make_stukvorm(actie: str, tekenaars: Sequence[Tekenaar], *, gemeenten: bool) -> Vorm:
    """Hand in a signed copy; with `gemeenten` also for them, and for part of them."""
    naam = Veld(
        naam="wie",
        label="Wie heeft getekend",
        soort=Soort.LIJST,
        opties=[(een.keuze, _name(een, met_partij=gemeenten)) for een in tekenaars],
        codes=_BIJ_WIE,
    )
    namens = Veld(
        naam="namens",
        label="Namens welke gemeenten",
        verplicht=False,
        uitleg="Alleen als iemand niet namens alle gemeenten tekende: hun namen, met komma's ertussen.",
        codes=("namens",),
    )
    return Vorm(
        id="stuk",
        actie=actie,
        knop="Leg het getekende exemplaar vast",
        velden=(
            naam,
            *((namens,) if gemeenten else ()),
            Veld(naam="wijze", label="Hoe is er getekend", soort=Soort.KEUZE, opties=_WIJZEN),
            Veld(
                naam="getekend_op",
                label="Op welke dag is getekend",
                soort=Soort.DAG,
                verplicht=False,
                uitleg="Verplicht bij papier; een elektronische handtekening zegt het zelf. Bijvoorbeeld: 31-3-2020.",
                codes=("datum", "datum-anders", "toekomst", "te-laat", "addendum-te-laat"),
            ),
            Veld(
                naam="veld",
                label="Welke handtekening in de pdf",
                verplicht=False,
                uitleg="Alleen als er meer nieuwe in zitten; de melding noemt dan hun namen.",
                codes=("veld",),
            ),
            Veld(
                naam="bestand",
                label="Het getekende bestand",
                soort=Soort.BESTAND,
                opties=_BESTANDEN,
                uitleg="De elektronisch getekende pdf, of de scan (pdf, png of jpg).",
                codes=_BIJ_BESTAND,
            ),
        ),
    )


def _name(een: Tekenaar, *, met_partij: bool) -> str:
    voor = f"{een.partij}: " if met_partij else ""
    return f"{voor}{een.naam}, {een.functie}, namens {een.namens}" + (
        " (alleen samen met een ander)" if een.gezamenlijk else ""
    )


def register(bezoek: Bezoek, nummer: str, tekenaars: Sequence[Tekenaar], waarden: dict[str, Any]) -> object:
    """Record what was filled in on the form of a signed copy."""
    wie = next(een for een in tekenaars if een.keuze == waarden["wie"])
    namens = waarden.get("namens", "") if wie.partij is Partijsoort.GEMEENTEN else ""
    return getekendestukken.register(
        bezoek.huis,
        bezoek.door,
        nummer,
        partij=wie.partij,
        naam=wie.naam,
        functie=wie.functie,
        namens=namens or wie.namens,
        bestand=waarden["bestand"],
        getekend_op=waarden["getekend_op"],
        veld=waarden["veld"] or None,
        papier=waarden["wijze"] == PAPIER,
    )


def make_weigervorm(actie: str, *, wie: bool) -> Vorm:
    """Record that a party refuses an addendum; `wie` asks which party."""
    partij = Veld(
        naam="partij",
        label="Wie weigert",
        soort=Soort.KEUZE,
        opties=((Partijsoort.AANBIEDER, "de aanbieder"), (Partijsoort.GEMEENTEN, "de gemeenten")),
        waarde=Partijsoort.AANBIEDER,
        codes=("partij",),
    )
    return Vorm(
        id="weigering",
        actie=actie,
        knop="Leg de weigering vast",
        knopsoort="secondary-action",
        velden=(
            *((partij,) if wie else ()),
            Veld(naam="op", label="Op welke dag", soort=Soort.DAG, codes=("weigering-datum",)),
            Veld(naam="reden", label="Waarom", soort=Soort.VAK, codes=("weigering-reden",)),
            Veld(
                naam="bewijs",
                label="Waar staat dat",
                uitleg="Bijvoorbeeld: brief van 12 mei 2020, of een zaaknummer.",
                codes=("weigering-bewijs",),
            ),
        ),
    )


def make_bevoegdvorm(actie: str, leden: Sequence[str]) -> Vorm:
    """Record who may sign for a legal person of the aanbieder, with the proof."""
    return Vorm(
        id="bevoegd",
        actie=actie,
        knop="Leg de bevoegdheid vast",
        velden=(
            Veld(naam="lid", label="Voor welke rechtspersoon", soort=Soort.LIJST, opties=[(een, een) for een in leden]),
            Veld(naam="naam", label="Wie mag tekenen", codes=("naam",)),
            Veld(naam="functie", label="In welke functie", codes=("functie",)),
            Veld(
                naam="wijze",
                label="Hoe",
                soort=Soort.KEUZE,
                opties=((Tekenwijze.ALLEEN, "alleen"), (Tekenwijze.GEZAMENLIJK, "alleen samen met een ander")),
            ),
            Veld(
                naam="grond",
                label="Waaruit blijkt dat",
                uitleg="Bijvoorbeeld: uittreksel handelsregister van 12 mei 2020.",
                codes=("grond",),
            ),
            Veld(naam="geldig_van", label="Vanaf welke dag", soort=Soort.DAG, verplicht=False, codes=("periode",)),
            Veld(naam="geldig_tot", label="Tot en met welke dag", soort=Soort.DAG, verplicht=False),
            Veld(naam="bewijs", label="Het uittreksel of de volmacht", soort=Soort.BESTAND, opties=_BESTANDEN),
        ),
    )


def make_afschriftvorm(actie: str) -> Vorm:
    """Record that the signed text went to gemeenten."""
    return Vorm(
        id="afschrift",
        actie=actie,
        knop="Leg de verzending vast",
        velden=(
            Veld(
                naam="gemeenten",
                label="Naar welke gemeenten",
                waarde="de gemeenten",
                uitleg="Namen met komma's ertussen, of: de gemeenten.",
                codes=("namens", "dubbel"),
            ),
            Veld(naam="wijze", label="Hoe", soort=Soort.LIJST, opties=[(een, str(een)) for een in Verzendwijze]),
            Veld(
                naam="verzonden_op",
                label="Wanneer",
                soort=Soort.MOMENT,
                uitleg="Bijvoorbeeld: 31-3-2020 14:30.",
                codes=("toekomst", "te-vroeg"),
            ),
            Veld(naam="referentie", label="Onder welk nummer", verplicht=False, codes=("bewijs",)),
            Veld(
                naam="bewijs", label="Het bewijs", soort=Soort.BESTAND, verplicht=False, opties=_BESTANDEN,
                uitleg="Als er geen nummer is.",
            ),
        ),
    )  # fmt: skip


def make_controlevorm(actie: str) -> Vorm:
    """Accept or turn down a signed copy, as a second person."""
    return Vorm(
        id="controle",
        actie=actie,
        knop="Leg uw oordeel vast",
        velden=(
            Veld(
                naam="oordeel",
                label="Is dit het getekende exemplaar van de aangeboden tekst",
                soort=Soort.KEUZE,
                opties=(("ja", "ja, ik heb elke bladzijde vergeleken"), ("nee", "nee")),
                codes=("stand", "vier-ogen", "andere-versie"),
            ),
            Veld(
                naam="reden",
                label="Waarom niet",
                soort=Soort.VAK,
                verplicht=False,
                soms=True,
                uitleg="Alleen nodig als u nee kiest.",
                codes=("reden",),
            ),
        ),
    )
