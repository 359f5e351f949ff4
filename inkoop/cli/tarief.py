"""`inkoop tarief`: tariffs of a procedure, what an arrangement costs, and the index of a year.

Bron: M20-21, H19-20, A.2.3; B.5.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Nu, Op, Rolkeuze, Winkelmap, read_aantal
from inkoop.cli.regelkast import open_regelkast
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.definitions.suggestie import suggest
from inkoop.definitions.voorbereiding import load_indexcijfers
from inkoop.domain.indexering import Indexberekening
from inkoop.domain.kalender import format_dag
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.tarief import Cel, list_celbedragen, list_tariefregels, tarieftabel_op
from inkoop.domain.toegang import Handeling
from inkoop.services import indexeringen, procedures, rondes

app = typer.Typer(help="Tarieven bekijken, berekenen en indexeren.")

Naam = Annotated[
    str,
    typer.Argument(metavar="NAAM", help="Een procedure: haar naam of het pad van het bestand."),
]
Winkelnaam = Annotated[str, typer.Argument(metavar="NAAM", help="De naam van een procedure in de winkel.")]
Wie = Annotated[
    str | None,
    typer.Option(
        "--als", metavar="PERSOON", help="Lees de procedure uit de winkel, met tarieven die later zijn vastgesteld."
    ),
]


def read_cel(tekst: str) -> Cel:
    """Read `5a/beperkt` (a cell of the matrix) or `IB-basis` (a product)."""
    product, _, trede = tekst.partition("/")
    if not product or tekst.endswith("/"):
        raise OngeldigeWaardeError(f"'{tekst}' is geen cel. Schrijf PRODUCT of PRODUCT/TREDE, zoals 5a/beperkt.")
    return Cel(product=product, trede=trede or None)


@app.command("lijst", help="Toon de tarieven van een procedure op een dag.")
def lijst(
    naam: Naam, op: Op = None, als: Wie = None, rol: Rolkeuze = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Every amount of the table in force; without a day that of the first day of the agreements."""
    definitie = _find(naam, als, rol, winkel)
    tabel = tarieftabel_op(definitie, op or definitie.looptijd.ingang)
    print_overzicht(
        [
            {
                "perceel": regel.perceel,
                "product": regel.product or "alles, als lumpsum",
                "trede": regel.trede or "",
                "bedrag": regel.bedrag,
                "eenheid": regel.eenheid,
                "alleen_in": list(regel.gemeenten),
                "versie": tabel.versie,
            }
            for perceel in definitie.percelen
            for regel in list_tariefregels(tabel, perceel)
        ],
        json=json,
        leeg="Deze tabel heeft geen bedragen.",
    )


@app.command("prijs", help="Bereken wat een aanbieder krijgt voor een cliënt: per cel of product, over een periode.")
def prijs(
    naam: Naam,
    cellen: Annotated[
        list[str],
        typer.Option("--cel", metavar="PRODUCT[/TREDE]", help="Een product, of een cel zoals 5a/beperkt; mag vaker."),
    ],
    gemeente: Annotated[str, typer.Option("--gemeente", metavar="NAAM", help="De gemeente van de inwoner.")],
    maanden: Annotated[
        int, typer.Option("--maanden", metavar="AANTAL", parser=read_aantal, help="Hoeveel hele maanden.")
    ] = 12,
    op: Op = None,
    als: Wie = None,
    rol: Rolkeuze = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """The sum of the cells, each in whole cents; nothing is recorded about anybody."""
    definitie = _find(naam, als, rol, winkel)
    code = _find_gemeente(definitie, gemeente)
    dag = op or definitie.looptijd.ingang
    tabel = tarieftabel_op(definitie, dag)
    bedragen = list_celbedragen(tabel, [read_cel(cel) for cel in cellen], maanden, code, definitie.percelen)
    totaal = sum((een.bedrag for een in bedragen), Decimal(0))
    if json:
        print_json(
            {
                "procedure": definitie.naam,
                "tarieftabel": tabel.versie,
                "op": dag,
                "gemeente": code,
                "maanden": maanden,
                "cellen": bedragen,
                "totaal": totaal,
            }
        )
        return
    print_overzicht(
        [
            {
                "product": een.product,
                "trede": een.trede or "",
                "tarief": een.tarief,
                "per": een.eenheid,
                "maal": f"{een.maal.normalize():f}".replace(".", ","),
                "bedrag": een.bedrag,
            }
            for een in bedragen
        ],
        json=False,
        leeg="",
    )
    print_kenmerken(
        [("tarieven", f"{tabel.versie}, op {format_dag(dag)}"), ("maanden", maanden), ("totaal in euro", totaal)]
    )


@app.command("index", help="Bereken en bewaar de index voor een jaar, uit een bestand met cijfers.")
def index(
    naam: Winkelnaam,
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Het YAML-bestand met de cijfers.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """By the method of the agreement; the colleges still have to adopt the tariffs."""
    cijfers = load_indexcijfers(bestand)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        berekening = indexeringen.record_index(huis, door, naam, cijfers)
    if json:
        print_json(berekening)
        return
    print_index(berekening)
    report(f"Bewaard als voorstel. Vastleggen na het besluit: inkoop tarief vaststellen {naam} --jaar {cijfers.jaar}.")


@app.command("vaststellen", help="Leg vast dat de colleges de geïndexeerde tarieven van een jaar hebben vastgesteld.")
def vaststellen(
    naam: Winkelnaam,
    jaar: Annotated[int, typer.Option("--jaar", metavar="JAAR", help="Het jaar waarvoor de tarieven gelden.")],
    grond: Annotated[str, typer.Option("--grond", metavar="TEKST", help="De besluiten van de colleges.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """By somebody else than who calculated."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        tabel = indexeringen.adopt_tarieven(huis, door, naam, jaar, grond=grond)
    report(f"Tarieven {tabel.versie} gelden vanaf {format_dag(tabel.ingang)}; elke overeenkomst krijgt een addendum.")


@app.command("indexen", help="Toon welke indexen zijn berekend en vastgesteld.")
def indexen(
    naam: Winkelnaam, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """By year, with the figures behind it as JSON."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        standen = indexeringen.list_indexeringen(sessie, naam)
    if json:
        print_json(standen)
        return
    print_overzicht(
        [
            {
                "jaar": stand.jaar,
                "percentage": f"{stand.berekening.uitkomst.percentage} %".replace(".", ","),
                "van": stand.berekening.was,
                "naar": stand.berekening.voorstel.versie,
                "vastgesteld": stand.vastgesteld,
            }
            for stand in standen
        ],
        json=False,
        leeg="Er is nog geen index berekend.",
    )


def print_index(berekening: Indexberekening) -> None:
    """The outcome with its parts, and what each tariff becomes."""
    uitkomst, methode = berekening.uitkomst, berekening.methode
    print_kenmerken(
        [
            ("wijze", methode.wijze),
            ("gewichten", f"lonen {_procent(methode.loongewicht)}, prijzen {_procent(methode.prijsgewicht)}"),
            ("voorlopig volgend jaar", _procent(uitkomst.voorlopig_volgend)),
            (
                "correctie over dit jaar",
                _procent(uitkomst.correctie) if uitkomst.correctie else _explain_geen(berekening),
            ),
            ("index", f"{_procent(uitkomst.exact)}, afgerond {_procent(uitkomst.percentage)}"),
            ("tarieven", f"{berekening.voorstel.versie}, vanaf {format_dag(berekening.voorstel.ingang)}"),
        ]
    )
    print_overzicht(
        [
            *({"product": t.product, "trede": t.trede or "", "wordt": t.bedrag} for t in berekening.voorstel.tarieven),
            *(
                {"product": f"lumpsum {s.perceel}", "trede": "", "wordt": s.bedrag}
                for s in berekening.voorstel.lumpsums
            ),
            *({"product": f"toeslag {t.code}", "trede": "", "wordt": t.bedrag} for t in berekening.voorstel.toeslagen),
        ],
        json=False,
        leeg="",
    )


def _explain_geen(berekening: Indexberekening) -> str:
    eerste = berekening.eerste_jaar and not berekening.methode.nacalculatie_eerste_jaar
    return "geen: over het eerste jaar wordt niet nagecalculeerd" if eerste else "geen verschil"


def _procent(waarde: Decimal) -> str:
    """A percentage the Dutch way, without zeros at its end."""
    return f"{round(waarde, 4).normalize():f} %".replace(".", ",")


def _find(naam: str, als: str | None, rol: Rol | None, winkel: Path | None) -> Proceduredefinitie:
    """The procedure of a file, or as it stands in the store for who may read it."""
    if als is None:
        return open_regelkast().find_procedure(naam)
    with (
        treed_op(winkel, als, rol, None) as (huis, door),
        rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie,
    ):
        return procedures.decode_definitie(procedures.find_procedure(sessie, naam))


def _find_gemeente(definitie: Proceduredefinitie, gemeente: str) -> str:
    """The code of a gemeente by its name or code."""
    for een in definitie.gemeenten:
        if gemeente in (een.code, een.naam):
            return een.code
    namen = [een.naam for een in definitie.gemeenten]
    raise OngeldigeWaardeError(f"'{gemeente}' doet niet mee.{suggest(gemeente, namen)} Wel: {', '.join(namen)}.")
