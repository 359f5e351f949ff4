"""Whether somebody may decide or sign: for whom, on what, on which day.

A mandate that is valid in general is not enough: it must cover the day, the subject and each
gemeente on whose behalf is acted; signing also needs the volmacht of the burgemeester.

Bron: domein 0.10, FE-4, FE-5, B.9, BP-13; Awb 10:3, 10:10, 10:12; Gemeentewet 171.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.procedure import Mandaat, Proceduredefinitie, Rondedefinitie
from inkoop.domain.samenwerking import Regeling, Regelingsoort


class Onderwerp(StrEnum):
    """What a mandate can be about; a word that is not here would silently cover nothing."""

    TOELATING = "toelating"
    SELECTIE = "selectie"
    GUNNING = "gunning"
    AFWIJZING = "afwijzing"
    BUITEN_BEHANDELING = "buiten_behandeling"
    TOELATING_VERVALLEN = "toelating_vervallen"
    ONDERTEKENEN = "ondertekenen"
    ADDENDUM = "addendum"
    VERLENGING = "verlenging"
    OPZEGGING = "opzegging"
    GEMEENTE_AANHAAK = "gemeente_aanhaak"


_ALTIJD = (Onderwerp.AFWIJZING, Onderwerp.ONDERTEKENEN, Onderwerp.ADDENDUM)


def list_verplichte_onderwerpen(definitie: Proceduredefinitie) -> tuple[Onderwerp, ...]:
    """Subjects for which somebody must have a mandate for each gemeente, or a round cannot be finished.

    Without selection that is admission, with selection choosing and awarding.

    Bron: FE-4, FE-5; ontwerp 2.5.
    """
    kiezen = (Onderwerp.SELECTIE, Onderwerp.GUNNING) if definitie.selectie else (Onderwerp.TOELATING,)
    return (*kiezen, *_ALTIJD)


class Mandaatgat(msgspec.Struct, frozen=True, kw_only=True):
    """A day of a round on which nobody may act for a gemeente; `dag` is the key of that day.

    `zeker` is false for a round that is held only when an option is exercised (BP-13).
    """

    ronde: str
    dag: str
    zeker: bool
    tekst: str


def list_gaten(definitie: Proceduredefinitie) -> list[Mandaatgat]:
    """Every coming round whose besluit or signing falls on a day without mandate for a gemeente.

    Bron: domein 0.10, FE-4, FE-5, BP-13, H19-05.
    """
    kiezen = Onderwerp.GUNNING if definitie.selectie else Onderwerp.TOELATING
    return [
        gat
        for ronde in definitie.instroom.rondes
        if not ronde.historisch
        for naam, dag, onderwerp in (
            ("besluit", ronde.besluit, kiezen),
            ("besluit", ronde.besluit, Onderwerp.AFWIJZING),
            ("tekenen", ronde.tekenen, Onderwerp.ONDERTEKENEN),
        )
        for gat in _find_gaten(definitie, ronde, naam, dag, onderwerp)
    ]


def _find_gaten(
    definitie: Proceduredefinitie, ronde: Rondedefinitie, naam: str, dag: date, onderwerp: Onderwerp
) -> Iterator[Mandaatgat]:
    """The gemeenten for which no mandate on this subject is in force; none when nobody ever has one."""
    over = [mandaat for mandaat in definitie.mandaten if onderwerp in mandaat.onderwerpen]
    zonder = [
        gemeente.code
        for gemeente in definitie.gemeenten_op(ronde.ingang)
        if (voor := [mandaat for mandaat in over if gemeente.code in mandaat.namens])
        and not any(_is_bevoegd(mandaat, dag, onderwerp) for mandaat in voor)
    ]
    if zonder:
        tekst = (
            f"Ronde {ronde.kenmerk}: op {format_dag(dag)} ({naam}) heeft niemand een geldig mandaat voor "
            f"'{onderwerp}' namens {', '.join(zonder)}. Leg een mandaat vast dat die dag dekt"
            f"{' en volmacht geeft om te tekenen' if onderwerp is Onderwerp.ONDERTEKENEN else ''}."
        )
        yield Mandaatgat(ronde=ronde.kenmerk, dag=naam, zeker=ronde.alleen_bij_optie is None, tekst=tekst)


def _is_bevoegd(mandaat: Mandaat, dag: date, onderwerp: Onderwerp) -> bool:
    geldig = mandaat.geldig_van <= dag <= mandaat.geldig_tot
    return geldig and (onderwerp is not Onderwerp.ONDERTEKENEN or mandaat.volmacht_burgemeester)


def check_mandaat(
    mandaten: Sequence[Mandaat],
    *,
    functie: str,
    onderwerp: str,
    namens: Sequence[str],
    op: date,
    tekenen: bool = False,
) -> list[Beletsel]:
    """Every reason why this functie may not act; empty = allowed.

    `namens` are codes of gemeenten; each may be covered by another mandate (one per college).
    `tekenen` asks for the volmacht of the burgemeester as well.

    Bron: FE-4, FE-5; domein 0.10.
    """
    if not namens:
        return [Beletsel("mandaat-namens", "Er is niet gezegd namens welke gemeenten wordt gehandeld.")]
    eigen = [mandaat for mandaat in mandaten if mandaat.functie == functie]
    if not eigen:
        return [Beletsel("mandaat-functie", f"De functie '{functie}' heeft geen mandaat in deze procedure.")]
    if not (over := [mandaat for mandaat in eigen if onderwerp in mandaat.onderwerpen]):
        wel = ", ".join(sorted({o for mandaat in eigen for o in mandaat.onderwerpen}))
        tekst = f"Het mandaat van '{functie}' gaat niet over '{onderwerp}', wel over: {wel}."
        return [Beletsel("mandaat-onderwerp", tekst)]
    redenen = (_check_gemeente(over, gemeente, op, tekenen=tekenen) for gemeente in dict.fromkeys(namens))
    return [reden for reden in redenen if reden is not None]


MANDAATCODES = (
    *("mandaat-functie", "mandaat-onderwerp", "mandaat-namens", "mandaat-gemeente", "mandaat-volmacht"),
    *("mandaat-nog-niet-geldig", "mandaat-verlopen"),
)
"""The codes of every reason that `check_mandaat` can give."""


def list_mandaten(
    mandaten: Sequence[Mandaat], onderwerpen: Collection[str], op: date, functie: str | None = None
) -> tuple[Mandaat, ...]:
    """The mandates in force on a day that are about any of these subjects; with `functie` only of that post."""
    return tuple(
        mandaat
        for mandaat in mandaten
        if functie in (None, mandaat.functie)
        and not set(onderwerpen).isdisjoint(mandaat.onderwerpen)
        and mandaat.geldig_van <= op <= mandaat.geldig_tot
    )


def is_samen_gedekt(definitie: Proceduredefinitie, onderwerp: str, op: date, *, tekenen: bool = False) -> bool:
    """Whether the posts together may act for every gemeente that takes part that day, each for its own college.

    Bron: BP-13, BP-22; H19-06 (the portefeuillehouders decide together).
    """
    return not _list_onbevoegd(definitie, onderwerp, op, tekenen=tekenen)


def _list_onbevoegd(definitie: Proceduredefinitie, onderwerp: str, op: date, *, tekenen: bool = False) -> list[str]:
    """The gemeenten for which no post at all may act; codes."""
    functies = dict.fromkeys(mandaat.functie for mandaat in definitie.mandaten)
    return [
        gemeente.code
        for gemeente in definitie.gemeenten_op(op)
        if all(
            check_mandaat(
                definitie.mandaten,
                functie=functie,
                onderwerp=onderwerp,
                namens=[gemeente.code],
                op=op,
                tekenen=tekenen,
            )
            for functie in functies
        )
    ]


def check_samen(
    definitie: Proceduredefinitie, *, functie: str, onderwerp: str, op: date, zelf: bool = True
) -> list[Beletsel]:
    """Every reason why the posts together may not decide for all gemeenten of a day; empty = allowed.

    Each college can mandate its own portefeuillehouder; together they decide, and one of them records it. So it is
    enough that some post acts for each gemeente. With `zelf` who records it acts for at least one of them. The
    reasons are those of this functie, for the gemeenten that nobody acts for.

    Bron: BP-13, BP-22; H19-06; FE-4.
    """
    namens = [gemeente.code for gemeente in definitie.gemeenten_op(op)]

    def ask(gemeenten: Sequence[str]) -> list[Beletsel]:
        return check_mandaat(definitie.mandaten, functie=functie, onderwerp=onderwerp, namens=gemeenten, op=op)

    if zelf and all(ask([code]) for code in namens):
        return ask(namens)
    open_ = _list_onbevoegd(definitie, onderwerp, op)
    return ask(open_) if open_ else []


def _check_gemeente(mandaten: Sequence[Mandaat], gemeente: str, op: date, *, tekenen: bool) -> Beletsel | None:
    """The reason why none of these mandates (right functie and subject) covers one gemeente."""
    functie = mandaten[0].functie
    voor = [mandaat for mandaat in mandaten if gemeente in mandaat.namens]
    if not voor:
        return Beletsel("mandaat-gemeente", f"Het mandaat van '{functie}' geldt niet namens {gemeente}.")
    geldig = [mandaat for mandaat in voor if mandaat.geldig_van <= op <= mandaat.geldig_tot]
    if not geldig:
        return _explain_datum(voor, gemeente, op)
    if tekenen and not any(mandaat.volmacht_burgemeester for mandaat in geldig):
        tekst = (
            f"'{functie}' mag namens {gemeente} besluiten, maar niet tekenen: de volmacht van de burgemeester "
            "ontbreekt. Leg die eerst vast."
        )
        return Beletsel("mandaat-volmacht", tekst)
    return None


def _explain_datum(mandaten: Sequence[Mandaat], gemeente: str, op: date) -> Beletsel:
    """Why none of these mandates is in force on the day: expired, or not yet begun."""
    functie = mandaten[0].functie
    aanhef = f"Het mandaat van '{functie}' namens {gemeente}"
    if later := [mandaat.geldig_van for mandaat in mandaten if op < mandaat.geldig_van]:
        tekst = f"{aanhef} geldt pas vanaf {format_dag(min(later))}, dus nog niet op {format_dag(op)}."
        return Beletsel("mandaat-nog-niet-geldig", tekst)
    laatste = max(mandaat.geldig_tot for mandaat in mandaten)
    tekst = f"{aanhef} is verlopen op {format_dag(laatste)}, dus niet meer geldig op {format_dag(op)}."
    return Beletsel("mandaat-verlopen", tekst)


KEUZE_MANDAAT = "BP-22"
"""The choice in which a jurist lays down why one post may decide for more gemeenten without centrumregeling."""


class Mandaatvraag(msgspec.Struct, frozen=True, kw_only=True):
    """A mandate that a jurist must look at before people rely on it; `nummer` is its place in the procedure."""

    nummer: int
    mandaat: str
    tekst: str


def list_mandaatvragen(definitie: Proceduredefinitie) -> list[Mandaatvraag]:
    """The mandates for more than one gemeente that no arrangement carries and no jurist explained.

    An arrangement without a body of its own ("regeling zonder meer") gives one gemeente no power to decide for
    another. Each college can mandate its own portefeuillehouder, which is fine and is a choice to lay down; when one
    gemeente decides for others, that takes a centrumregeling (or a body of their own).

    Bron: BP-22; H19-05, H19-06; B.9.
    """
    if definitie.keuzes.get(KEUZE_MANDAAT, "").strip():
        return []
    return [
        Mandaatvraag(
            nummer=nummer,
            mandaat=mandaat.id,
            tekst=(
                f"Mandaat '{mandaat.id}' geldt namens {len(mandaat.namens)} gemeenten, en geen centrumregeling draagt "
                "dat tijdens de hele looptijd van het mandaat. Laat een jurist vaststellen dat elk college de eigen "
                f"portefeuillehouder mandateert en leg dat vast onder keuze {KEUZE_MANDAAT}, of sluit een "
                "centrumregeling."
            ),
        )
        for nummer, mandaat in enumerate(definitie.mandaten)
        if len(mandaat.namens) > 1 and not any(_carries(regeling, mandaat) for regeling in definitie.regelingen)
    ]


def _carries(regeling: Regeling, mandaat: Mandaat) -> bool:
    """Whether an arrangement lets one gemeente act for all that the mandate names, as long as the mandate runs."""
    eigen_orgaan = regeling.soort is Regelingsoort.CENTRUMREGELING or regeling.rechtspersoon
    dekt = regeling.geldig_van <= mandaat.geldig_van and mandaat.geldig_tot <= regeling.geldig_tot
    return eigen_orgaan and dekt and set(mandaat.namens) <= set(regeling.partijen)
