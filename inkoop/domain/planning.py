"""The whole calendar of a procedure, each day with why it is that day.

Bron: E.1, E.5; domein 0.11 (dates are data, with replanning).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from inkoop.domain.geografie import describe_gebied
from inkoop.domain.kalender import TIJDZONE, Feestdagen, explain_vrije_dag, format_dag, format_weekdag, local_date
from inkoop.domain.looptijd import Verlengingswijze, list_verlengingen
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.domain.termijnen import end_of_term


class Planregel(msgspec.Struct, frozen=True, kw_only=True):
    """One day in the plan: what happens, why on that day, and where that stands. `ronde` is its kenmerk."""

    dag: date
    wat: str
    waarom: str
    bron: str
    ronde: str | None = None


def plan(definitie: Proceduredefinitie, feestdagen: Feestdagen) -> tuple[Planregel, ...]:
    """Every planned day of a procedure in order; on one day in the order rounds, steps, term, the rest.

    Bron: E.1, E.5, M20-41.
    """
    regels = [
        *(regel for ronde in definitie.instroom.rondes for regel in _plan_ronde(definitie, ronde, feestdagen)),
        *_plan_stappen(definitie),
        *_plan_looptijd(definitie),
        *_plan_addenda(definitie),
        *_plan_tarieven(definitie),
        *_plan_gebied(definitie),
        *_plan_mandaten(definitie),
    ]
    return tuple(sorted(regels, key=lambda regel: regel.dag))


def _plan_ronde(definitie: Proceduredefinitie, ronde: Rondedefinitie, feestdagen: Feestdagen) -> Iterator[Planregel]:
    """The days of one round."""
    termijnen = definitie.termijnen
    sluiting = ronde.sluiting.astimezone(TIJDZONE)
    vast = f"Vastgelegd in de procedure voor ronde {ronde.kenmerk}."
    herstel = _explain_term(
        "het herstelverzoek",
        ronde.herstelverzoek,
        termijnen.herstel_dagen,
        ronde.herstel_tot,
        doorrollen=termijnen.doorrollen,
        feestdagen=feestdagen,
    )
    verval = _explain_term(
        "het besluit",
        ronde.besluit,
        termijnen.vervaltermijn_dagen,
        ronde.vervaltermijn,
        doorrollen=termijnen.doorrollen,
        feestdagen=feestdagen,
    )
    dagen = (
        (ronde.opening, "ronde gaat open", f"{vast} Aanmelden kan tot en met {format_dag(local_date(sluiting))}."),
        (sluiting.date(), f"ronde sluit om {sluiting:%H:%M:%S}", f"{vast} Wat later komt, is te laat."),
        (ronde.herstelverzoek, "herstelverzoeken versturen", vast),
        (ronde.herstel_tot, "laatste dag voor herstel", herstel),
        (ronde.besluit, "besluiten nemen en versturen", vast),
        (ronde.vervaltermijn, "laatste dag om een kort geding te beginnen", verval),
        (ronde.tekenen, "overeenkomsten zijn getekend", f"{vast} Uiterlijk dan is ook aan voorwaarden voldaan."),
        (ronde.ingang, "overeenkomsten gaan in", vast),
    )
    historisch = " (al geweest)" if ronde.historisch else ""
    for dag, wat, waarom in dagen:
        yield Planregel(
            dag=dag,
            wat=f"{ronde.kenmerk}: {wat}{historisch}",
            waarom=waarom,
            bron=definitie.termijnen.bron if waarom in (herstel, verval) else definitie.bron,
            ronde=ronde.kenmerk,
        )


def _explain_term(
    vanaf_wat: str, vanaf: date, dagen: int, einde: date, *, doorrollen: bool, feestdagen: Feestdagen
) -> str:
    """Why a term ends on its day: counted, rolled over free days, or set later in the procedure."""
    geteld = vanaf + timedelta(days=dagen)
    zin = f"{dagen} kalenderdagen na {vanaf_wat} van {format_dag(vanaf)} is {format_weekdag(geteld)}"
    berekend = end_of_term(vanaf, dagen, doorrollen=doorrollen, feestdagen=feestdagen)
    if berekend != geteld:
        reden = explain_vrije_dag(geteld, feestdagen)
        zin += f"; dat is geen werkdag ({reden}), dus {format_weekdag(berekend)}"
    if einde != berekend:
        zin += f"; de procedure geeft langer, tot en met {format_weekdag(einde)}"
    return f"{zin}."


def _plan_stappen(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """The steps that have a deadline."""
    for stap in definitie.stappen:
        if stap.uiterlijk is not None:
            yield Planregel(
                dag=stap.uiterlijk,
                wat=f"{stap.naam} (fase {stap.fase})",
                waarom=f"Uiterlijk op deze dag, door {', '.join(stap.organen)}.",
                bron=stap.bron,
            )


def _plan_looptijd(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """Start, extensions with their last day, and the end that cannot be passed."""
    looptijd = definitie.looptijd
    bron = definitie.bron
    yield Planregel(dag=looptijd.ingang, wat="looptijd begint", waarom="Ingang volgens de procedure.", bron=bron)
    yield Planregel(
        dag=looptijd.einde_eerste_termijn,
        wat="eerste termijn eindigt",
        waarom="Vaste einddatum: later instromen verandert die niet.",
        bron=bron,
    )
    optie = looptijd.verlenging == Verlengingswijze.OPTIE
    for verlenging in list_verlengingen(looptijd):
        periode = f"{format_dag(verlenging.van)} tot en met {format_dag(verlenging.tot)}"
        yield Planregel(
            dag=verlenging.uiterlijk,
            wat=f"laatste dag om {'te besluiten over optie' if optie else 'op te zeggen vóór verlenging'} "
            f"{verlenging.nummer}",
            waarom=f"{looptijd.opzegtermijn_maanden} maanden vóór het einde van de lopende termijn; de verlenging "
            f"loopt van {periode}.",
            bron=bron,
        )
    if looptijd.max_einddatum != looptijd.einde_eerste_termijn:
        yield Planregel(
            dag=looptijd.max_einddatum,
            wat="laatste mogelijke einddatum",
            waarom="Na deze dag is geen verlenging meer mogelijk.",
            bron=bron,
        )


def _plan_addenda(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """The yearly addendum cycle, for each year in which agreements can run."""
    cyclus = definitie.contract.addendumcyclus
    looptijd = definitie.looptijd
    for jaar in range(looptijd.ingang.year, looptijd.max_einddatum.year):
        ingang = _on_maanddag(jaar + 1, cyclus.ingang)
        if not looptijd.ingang < ingang <= looptijd.max_einddatum:
            continue
        for maanddag, wat in (
            (cyclus.concept_uiterlijk, "concept van de addenda is klaar"),
            (cyclus.tekenen_uiterlijk, "addenda zijn getekend"),
        ):
            yield Planregel(
                dag=_on_maanddag(jaar, maanddag),
                wat=wat,
                waarom=f"Jaarlijkse cyclus voor addenda die ingaan op {format_dag(ingang)}; wat niet is getekend, "
                "gaat niet in.",
                bron=definitie.bron,
            )


def _on_maanddag(jaar: int, maanddag: str) -> date:
    """A day of the cycle (MM-DD) in a year."""
    return date.fromisoformat(f"{jaar}-{maanddag}")


def _plan_tarieven(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """The days on which a table comes into force (M20-21)."""
    for tabel in definitie.tarieftabellen:
        yield Planregel(
            dag=tabel.ingang,
            wat=f"tarieven {tabel.versie} gaan in",
            waarom=f"Vastgesteld op {format_dag(tabel.vastgesteld_op)}.",
            bron=tabel.grondslag,
        )


def _plan_gebied(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """The days on which the area changes (M20-02)."""
    waarom = "Op deze dag verandert het gebied waarin de overeenkomsten gelden."
    for gebied in definitie.geografie.gebieden:
        naam, regio = describe_gebied(gebied), definitie.geografie.regio
        if gebied.van is not None:
            yield Planregel(
                dag=gebied.van, wat=f"{naam} hoort voortaan bij {regio}", waarom=waarom, bron=definitie.bron
            )
        if gebied.tot is not None:
            wat = f"laatste dag dat {naam} bij {regio} hoort"
            yield Planregel(dag=gebied.tot, wat=wat, waarom=waarom, bron=definitie.bron)


def _plan_mandaten(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """The days on which mandates end: acting after that is refused (FE-4, domein 0.10)."""
    for mandaat in definitie.mandaten:
        yield Planregel(
            dag=mandaat.geldig_tot,
            wat=f"mandaat {mandaat.id} eindigt",
            waarom=f"Daarna mag '{mandaat.functie}' niet meer besluiten of tekenen op grond van dit mandaat.",
            bron=mandaat.grondslag,
        )
