"""The terms that a procedure has for all its agreements: extensions, letters, mandates, addenda, joining, the end.

Bron: E.5; BP-13, M20-32, H19-40, H19-45, H19-55; C.22.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from inkoop.domain.bewaking import Contractterm, Termsoort, Vervolgstap
from inkoop.domain.kalender import format_dag
from inkoop.domain.looptijd import Verlenging, Verlengingswijze, list_verlengingen
from inkoop.domain.mandaat import Onderwerp, is_samen_gedekt
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Mandaat, Proceduredefinitie
from inkoop.domain.verlengen import Verlengingskeuze, einddatum_na, find_besluitdag

MANDAAT_DAGEN = 180
"""Days before the end of a mandate on which it is reported (E.5)."""

VERLENGING_HERINNER = (90, 30, 7)
"""Days before the last day to decide on an extension (E.5 names the day; the steps are a project default)."""

EINDE_HERINNER = (365, 90)
"""Days before agreements end (E.5: twelve months)."""


def list_procedureterms(
    definitie: Proceduredefinitie, eerder: Mapping[int, Verlengingskeuze], op: date, te_verzenden: Collection[int]
) -> Iterator[Contractterm]:
    """Every term of a procedure that is not met on a day. `te_verzenden` are extensions whose letters wait."""
    yield from _guard_verlengingen(definitie, eerder, te_verzenden)
    yield from _guard_mandaten(definitie, eerder, op)
    yield from _guard_aanhaak(definitie, op)
    einde = einddatum_na(definitie, eerder, op)
    yield Contractterm(
        onderwerp=definitie.naam,
        soort=Termsoort.EINDE,
        deel="einde",
        dag=einde,
        wat="zorgen voor wat er na het einde van de overeenkomsten komt: nieuwe inkoop of verlenging",
        waarom=f"op {format_dag(einde)} eindigen de overeenkomsten, zoals het nu vaststaat",
        bron="E.5 (contract end -12 m); M20-32, H19-43",
        rol=Rol.BELEIDSADVISEUR,
        herinner=EINDE_HERINNER,
    )


def explain_mandaat(definitie: Proceduredefinitie, verlenging: Verlenging) -> str:
    """Why an extension is blocked now: a gemeente without mandate on its first day; else empty (BP-13, BP-22)."""
    if not definitie.mandaten or is_samen_gedekt(definitie, Onderwerp.VERLENGING, verlenging.van):
        return ""
    return " Zij is geblokkeerd: voor de eerste dag van de verlenging geldt nog geen mandaat; leg de opvolger vast."


def _guard_verlengingen(
    definitie: Proceduredefinitie, eerder: Mapping[int, Verlengingskeuze], te_verzenden: Collection[int]
) -> Iterator[Contractterm]:
    stil = definitie.looptijd.verlenging == Verlengingswijze.STILZWIJGEND
    gestopt = any(keuze is Verlengingskeuze.NIET_VERLENGEN for keuze in eerder.values())
    for een in list_verlengingen(definitie.looptijd):
        periode = f"van {format_dag(een.van)} tot en met {format_dag(een.tot)}"
        if een.nummer in te_verzenden:
            yield Contractterm(
                onderwerp=definitie.naam,
                soort=Termsoort.BRIEF,
                deel=str(een.nummer),
                dag=een.uiterlijk,
                wat=f"brieven over verlenging {een.nummer} verzenden",
                waarom=f"opzeggen of verlengen vraagt {definitie.looptijd.opzegtermijn_maanden} maanden kennisgeving",
                bron="C.22; BP-03",
                rol=Rol.INKOPER,
                herinner=(30, 7, 1),
                vervolg=(
                    Vervolgstap(
                        na_dagen=1,
                        wat=f"brieven over verlenging {een.nummer} zijn te laat verzonden: laat een jurist kijken",
                        rol=Rol.JURIST,
                    ),
                ),
            )
        if een.nummer in eerder or gestopt:
            continue
        wat = f"over optie {een.nummer} besluiten ({periode})"
        if stil:
            wat = f"opzeggen als verlenging {een.nummer} ({periode}) niet moet ingaan"
        yield Contractterm(
            onderwerp=definitie.naam,
            soort=Termsoort.VERLENGING,
            deel=str(een.nummer),
            dag=find_besluitdag(definitie, een),
            wat=wat,
            waarom=(
                f"{definitie.looptijd.opzegtermijn_maanden} maanden voor de einddatum is de laatste dag."
                f"{explain_mandaat(definitie, een)}"
            ),
            bron="M20-32, BP-03" if stil else "H19-40; domein 0.12; BP-13",
            rol=Rol.CONTRACTMANAGER,
            herinner=VERLENGING_HERINNER,
        )


def _guard_mandaten(
    definitie: Proceduredefinitie, eerder: Mapping[int, Verlengingskeuze], op: date
) -> Iterator[Contractterm]:
    """A mandate that ends while agreements may still run, and that no other takes over."""
    laatste = definitie.looptijd.max_einddatum
    if any(keuze is Verlengingskeuze.NIET_VERLENGEN for keuze in eerder.values()):
        laatste = einddatum_na(definitie, eerder, op)
    for mandaat in definitie.mandaten:
        if mandaat.geldig_tot < laatste and not _is_opgevolgd(mandaat, definitie.mandaten):
            yield Contractterm(
                onderwerp=definitie.naam,
                soort=Termsoort.MANDAAT,
                deel=mandaat.id,
                dag=mandaat.geldig_tot,
                wat=f"mandaat '{mandaat.id}' laten opvolgen en vastleggen",
                waarom=(
                    f"na {format_dag(mandaat.geldig_tot)} kan '{mandaat.functie}' niet meer besluiten over: "
                    f"{', '.join(mandaat.onderwerpen)}"
                ),
                bron="E.5 (mandate end -180); BP-13",
                rol=Rol.JURIST,
                herinner=(MANDAAT_DAGEN, 90, 30),
                vervolg=(
                    Vervolgstap(
                        na_dagen=1,
                        wat=f"mandaat '{mandaat.id}' is verlopen: zonder opvolger kan niemand besluiten of tekenen",
                        rol=Rol.JURIST,
                    ),
                ),
            )


def _is_opgevolgd(mandaat: Mandaat, alle: Sequence[Mandaat]) -> bool:
    """Whether other mandates cover every subject and gemeente on the day after."""
    dag = mandaat.geldig_tot + timedelta(days=1)
    na = [een for een in alle if een.id != mandaat.id and een.geldig_van <= dag <= een.geldig_tot]
    return all(
        any(onderwerp in een.onderwerpen and gemeente in een.namens for een in na)
        for onderwerp in mandaat.onderwerpen
        for gemeente in mandaat.namens
    )


def _guard_aanhaak(definitie: Proceduredefinitie, op: date) -> Iterator[Contractterm]:
    """The last day of this year and the next on which a gemeente can join (H19-45)."""
    regels, looptijd = definitie.gemeente_aanhaak, definitie.looptijd
    if regels is None:
        return
    for jaar in (op.year, op.year + 1):
        dag = date.fromisoformat(f"{jaar}-{regels.voor}") - timedelta(days=1)
        if looptijd.ingang <= dag and date.fromisoformat(f"{jaar + 1}-{regels.ingang}") <= looptijd.max_einddatum:
            yield Contractterm(
                onderwerp=definitie.naam,
                soort=Termsoort.AANHAAK,
                deel=str(jaar),
                dag=dag,
                wat=f"gemeenten die in {jaar + 1} willen aansluiten laten weten wat zij voor die dag moeten doen",
                waarom=f"aansluiten, verklaren en bekendmaken moet vóór {format_dag(dag + timedelta(days=1))}",
                bron=regels.bron,
                rol=Rol.INKOPER,
                herinner=(60,),
            )
