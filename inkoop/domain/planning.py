"""The whole calendar of a procedure, each day with why it is that day.

Bron: E.1, E.5; domein 0.11 (dates are data, with replanning).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from inkoop.domain.geografie import describe_gebied
from inkoop.domain.herleiding import Herleiding, describe_herleiding
from inkoop.domain.instroom import list_dagen
from inkoop.domain.kalender import (
    TIJDZONE,
    Feestdagen,
    explain_vrije_dag,
    format_dag,
    format_weekdag,
    local_date,
    roll_back,
)
from inkoop.domain.looptijd import Verlengingswijze, list_verlengingen
from inkoop.domain.overeenkomstdelen import end_of_voorganger
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.domain.roosterrondes import list_ingangen, trace_ronde
from inkoop.domain.termijnen import end_of_term


class Plansoort(StrEnum):
    """To what a day in the plan belongs."""

    RONDE = "ronde"
    STAP = "stap"
    LOOPTIJD = "looptijd"
    ADDENDUM = "addendum"
    TARIEF = "tarief"
    GEBIED = "gebied"
    MANDAAT = "mandaat"
    AANHAAK = "aanhaak"
    OVERGANG = "overgang"


class Planregel(msgspec.Struct, frozen=True, kw_only=True):
    """One day in the plan: what happens, why on that day, and where that stands. `ronde` is its kenmerk.

    `soort` is the lane of a picture; `herleiding` is there for a day that was counted.
    """

    dag: date
    wat: str
    waarom: str
    bron: str
    ronde: str | None = None
    soort: Plansoort
    herleiding: Herleiding | None = None


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
        *_plan_gemeenten(definitie),
        *_plan_gebied(definitie),
        *_plan_mandaten(definitie),
        *_plan_aanhaak(definitie),
        *_plan_overgang(definitie),
    ]
    return tuple(sorted(regels, key=lambda regel: regel.dag))


_DAGTEKSTEN: Mapping[str, str] = {
    "opening": "ronde gaat open",
    "vragen_tot": "laatste dag om vragen te stellen",
    "nota": "nota van inlichtingen",
    "herstelverzoek": "herstelverzoeken versturen",
    "herstel_tot": "laatste dag voor herstel",
    "selectiebesluit": "selectie: besluiten nemen en versturen",
    "selectie_vervaltermijn": "laatste dag voor een kort geding over de selectie",
    "dialoog_van": "dialoog begint",
    "dialoog_tot": "dialoog eindigt",
    "besluit": "besluiten nemen en versturen",
    "vervaltermijn": "laatste dag om een kort geding te beginnen",
    "concept": "concepten van de overeenkomsten zijn klaar",
    "tekenen": "overeenkomsten zijn getekend",
    "ingang": "overeenkomsten gaan in",
}

_TERMIJNDAGEN: Mapping[str, tuple[str, str]] = {
    "herstel_tot": ("herstelverzoek", "het herstelverzoek"),
    "selectie_vervaltermijn": ("selectiebesluit", "het selectiebesluit"),
    "vervaltermijn": ("besluit", "het besluit"),
}
"""The days that end a published term: from which day it is counted, and how that is called."""


def _plan_ronde(definitie: Proceduredefinitie, ronde: Rondedefinitie, feestdagen: Feestdagen) -> Iterator[Planregel]:
    """The days of one round: counted where a rooster made it, else typed, with the terms explained."""
    vast = f"Vastgelegd in de procedure voor ronde {ronde.kenmerk}."
    dagen = dict(list_dagen(ronde))
    sporen = _trace_berekend(definitie, ronde, feestdagen)
    optie = ronde.alleen_bij_optie
    staart = " (al geweest)" if ronde.historisch else f" (alleen als optie {optie} is uitgeoefend)" if optie else ""
    for naam, dag in dagen.items():
        herleiding = sporen.get(naam)
        waarom, bron = vast, definitie.bron
        if herleiding is not None:
            waarom, bron = describe_herleiding(herleiding), herleiding.bron
        elif naam in _TERMIJNDAGEN and _TERMIJNDAGEN[naam][0] in dagen:
            vanaf, vanaf_wat = _TERMIJNDAGEN[naam]
            termijnen, bron = definitie.termijnen, definitie.termijnen.bron
            aantal = termijnen.herstel_dagen if naam == "herstel_tot" else termijnen.vervaltermijn_dagen
            waarom = _explain_term(
                vanaf_wat, dagen[vanaf], aantal, dag, doorrollen=termijnen.rolt(naam), feestdagen=feestdagen
            )
        wat, toevoeging = _name_dag(naam, dag, ronde, feestdagen)
        yield Planregel(
            dag=dag,
            wat=f"{ronde.kenmerk}: {wat}{staart}",
            waarom=f"{waarom}{toevoeging}",
            bron=bron,
            ronde=ronde.kenmerk,
            soort=Plansoort.RONDE,
            herleiding=herleiding,
        )


def _trace_berekend(
    definitie: Proceduredefinitie, ronde: Rondedefinitie, feestdagen: Feestdagen
) -> Mapping[str, Herleiding]:
    """How the days of a round came about, when it is what the rooster gives; empty for typed days."""
    rooster = definitie.instroom.rooster
    if rooster is None or ronde.ingang not in set(list_ingangen(rooster)):
        return {}
    sporen = trace_ronde(ronde.ingang, rooster, definitie.termijnen, feestdagen)
    dagen = dict(list_dagen(ronde))
    return sporen if all(dagen.get(naam) == spoor.dag for naam, spoor in sporen.items()) else {}


def _name_dag(naam: str, dag: date, ronde: Rondedefinitie, feestdagen: Feestdagen) -> tuple[str, str]:
    """What happens on a day of a round, and what to add to the reason."""
    if naam == "sluiting":
        return f"ronde sluit om {ronde.sluiting.astimezone(TIJDZONE):%H:%M:%S}", " Wat later komt, is te laat."
    if naam == "voorstel_tot" and ronde.voorstel_tot is not None:
        return f"definitieve voorstellen zijn binnen om {ronde.voorstel_tot.astimezone(TIJDZONE):%H:%M:%S}", ""
    if naam == "opening":
        return _DAGTEKSTEN[naam], f" Aanmelden kan tot en met {format_dag(local_date(ronde.sluiting))}."
    if naam == "tekenen":
        toevoeging = " Uiterlijk dan is ook aan voorwaarden voldaan."
        if vrij := explain_vrije_dag(dag, feestdagen):
            werkdag = format_weekdag(roll_back(dag, feestdagen))
            toevoeging += f" Deze dag is geen werkdag ({vrij}): herinner uiterlijk {werkdag}."
        return _DAGTEKSTEN[naam], toevoeging
    return _DAGTEKSTEN[naam], ""


def describe_dag(naam: str) -> str:
    """What happens on a day of a round, by the name of its key."""
    return _DAGTEKSTEN.get(naam, naam)


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
                soort=Plansoort.STAP,
                dag=stap.uiterlijk,
                wat=f"{stap.naam} (fase {stap.fase})",
                waarom=f"Uiterlijk op deze dag, door {', '.join(stap.organen)}.",
                bron=stap.bron,
            )


def _plan_looptijd(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """Start, extensions with their last day, and the end that cannot be passed."""
    looptijd = definitie.looptijd
    bron = definitie.bron
    yield Planregel(
        soort=Plansoort.LOOPTIJD,
        dag=looptijd.ingang,
        wat="looptijd begint",
        waarom="Ingang volgens de procedure.",
        bron=bron,
    )
    yield Planregel(
        soort=Plansoort.LOOPTIJD,
        dag=looptijd.einde_eerste_termijn,
        wat="eerste termijn eindigt",
        waarom="Vaste einddatum: later instromen verandert die niet.",
        bron=bron,
    )
    optie = looptijd.verlenging == Verlengingswijze.OPTIE
    for verlenging in list_verlengingen(looptijd):
        periode = f"{format_dag(verlenging.van)} tot en met {format_dag(verlenging.tot)}"
        yield Planregel(
            soort=Plansoort.LOOPTIJD,
            dag=verlenging.uiterlijk,
            wat=f"laatste dag om {'te besluiten over optie' if optie else 'op te zeggen vóór verlenging'} "
            f"{verlenging.nummer}",
            waarom=f"{looptijd.opzegtermijn_maanden} maanden vóór het einde van de lopende termijn; de verlenging "
            f"loopt van {periode}.",
            bron=bron,
        )
    if looptijd.max_einddatum != looptijd.einde_eerste_termijn:
        yield Planregel(
            soort=Plansoort.LOOPTIJD,
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
                soort=Plansoort.ADDENDUM,
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
            soort=Plansoort.TARIEF,
            dag=tabel.ingang,
            wat=f"tarieven {tabel.versie} gaan in",
            waarom=f"Vastgesteld op {format_dag(tabel.vastgesteld_op)}.",
            bron=tabel.grondslag,
        )


def _plan_gemeenten(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """The days on which a gemeente that joined later becomes a party (H19-45)."""
    for gemeente in definitie.gemeenten:
        if gemeente.vanaf is not None:
            yield Planregel(
                soort=Plansoort.AANHAAK,
                dag=gemeente.vanaf,
                wat=f"{gemeente.naam} wordt partij bij de overeenkomsten",
                waarom="Vanaf deze dag doet zij mee ('vanaf' bij de gemeente); vóór deze dag is zij geen partij.",
                bron=f"{gemeente.volmacht_grondslag} van {format_dag(gemeente.volmacht_datum)}",
            )


def _plan_gebied(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """The days on which the area changes (M20-02)."""
    waarom = "Op deze dag verandert het gebied waarin de overeenkomsten gelden."
    for gebied in definitie.geografie.gebieden:
        naam, regio = describe_gebied(gebied), definitie.geografie.regio
        if gebied.van is not None:
            yield Planregel(
                soort=Plansoort.GEBIED,
                dag=gebied.van,
                wat=f"{naam} hoort voortaan bij {regio}",
                waarom=waarom,
                bron=definitie.bron,
            )
        if gebied.tot is not None:
            wat = f"laatste dag dat {naam} bij {regio} hoort"
            yield Planregel(soort=Plansoort.GEBIED, dag=gebied.tot, wat=wat, waarom=waarom, bron=definitie.bron)


def _plan_mandaten(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """The days on which mandates end: acting after that is refused (FE-4, domein 0.10)."""
    for mandaat in definitie.mandaten:
        yield Planregel(
            soort=Plansoort.MANDAAT,
            dag=mandaat.geldig_tot,
            wat=f"mandaat {mandaat.id} eindigt",
            waarom=f"Daarna mag '{mandaat.functie}' niet meer besluiten of tekenen op grond van dit mandaat.",
            bron=mandaat.grondslag,
        )


def _plan_aanhaak(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """The last day on which a gemeente can join, for each year in which that still has a start (H19-45)."""
    aanhaak, looptijd = definitie.gemeente_aanhaak, definitie.looptijd
    if aanhaak is None:
        return
    for jaar in range(looptijd.ingang.year, looptijd.max_einddatum.year):
        ingang = _on_maanddag(jaar + 1, aanhaak.ingang)
        if looptijd.ingang < ingang <= looptijd.max_einddatum:
            grens = _on_maanddag(jaar, aanhaak.voor)
            yield Planregel(
                soort=Plansoort.AANHAAK,
                dag=grens - timedelta(days=1),
                wat=f"laatste dag waarop een gemeente kan aansluiten voor {format_dag(ingang)}",
                waarom=f"Alle drie de handelingen zijn gedaan vóór {format_dag(grens)}; op die dag zelf is te laat.",
                bron=aanhaak.bron,
            )


def _plan_overgang(definitie: Proceduredefinitie) -> Iterator[Planregel]:
    """Older agreements that end, and the last day of running support."""
    for voorganger in definitie.voorgangers:
        einde = end_of_voorganger(voorganger)
        verlengd = f" Verlengd met {voorganger.verlengd_met_maanden} maanden." if voorganger.verlengd_tot else ""
        yield Planregel(
            soort=Plansoort.OVERGANG,
            dag=einde,
            wat=f"{voorganger.naam}: laatste dag",
            waarom=f"Oorspronkelijk einde {format_dag(voorganger.einde)}.{verlengd}",
            bron=voorganger.bron,
        )
    overgang = definitie.overgang
    if overgang is not None and overgang.uiterste_datum is not None:
        yield Planregel(
            soort=Plansoort.OVERGANG,
            dag=overgang.uiterste_datum,
            wat="laatste dag van ondersteuning onder oude beschikkingen",
            waarom="De vroegste van deze dag en het einde van de beschikking telt.",
            bron=overgang.bron,
        )
