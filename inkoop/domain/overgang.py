"""Until when running support goes on, and under which agreements a client falls.

Bron: M20-37, H19-56, H19-57, J21-xx-02 (SP-13, WO-14, JD-13, VV-12); B.6 (zorgcontinuïteit).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.maanden import add_maanden
from inkoop.domain.overeenkomstdelen import Overgang, Overgangswijze, Voorganger


def end_of_overgang(overgang: Overgang, einde_beschikking: date) -> date:
    """The last day of support under an old beschikking: its own end, or the last possible day when that is earlier.

    Bron: J21-xx-02; B.6.
    """
    if overgang.uiterste_datum is None:
        return einde_beschikking
    return min(einde_beschikking, overgang.uiterste_datum)


def is_nieuw_stelsel(overgang: Overgang, gemeld_op: date) -> bool:
    """Whether a client who reported on this day falls under the new agreements (H19-57)."""
    return overgang.nieuwe_clienten_vanaf is not None and gemeld_op >= overgang.nieuwe_clienten_vanaf


def describe_overgang(overgang: Overgang) -> str:
    """The transition in sentences, for a paper that clients and providers read (M20-37, H19-56, H19-57)."""
    zin = "Ondersteuning die al loopt, gaat door tot de beschikking eindigt"
    if overgang.uiterste_datum is not None:
        zin += f", en uiterlijk tot en met {format_dag(overgang.uiterste_datum)}"
    if overgang.alleen_zelfde_aanbieder:
        zin += ", als de eigen aanbieder ook een nieuwe overeenkomst heeft"
    zinnen = [f"{zin}."]
    if overgang.per_gemeente:
        zinnen.append("Elke gemeente regelt dat zelf met haar huidige aanbieders.")
    if overgang.nieuwe_clienten_vanaf is not None:
        dag = format_dag(overgang.nieuwe_clienten_vanaf)
        zinnen.append(f"Wie zich meldt op of na {dag}, valt onder de nieuwe overeenkomsten.")
    return " ".join(zinnen)


def check_overgang_regel(overgang: Overgang) -> list[Beletsel]:
    """A last day belongs to the kind that has one."""
    met_datum = overgang.wijze is Overgangswijze.UITERSTE_DATUM
    if met_datum and overgang.uiterste_datum is None:
        return [Beletsel("overgang-datum", "Bij 'uiterste_datum' hoort een datum onder 'uiterste_datum'.")]
    if not met_datum and overgang.uiterste_datum is not None:
        tekst = (
            "Bij 'einde_beschikking' loopt de ondersteuning tot het einde van de beschikking, zonder uiterste datum."
        )
        return [Beletsel("overgang-datum", tekst)]
    return []


def check_voorganger(voorganger: Voorganger) -> list[Beletsel]:
    """An extension of an older agreement ends exactly the months later that it says (M20-05)."""
    verwacht = add_maanden(voorganger.einde, voorganger.verlengd_met_maanden)
    if voorganger.verlengd_met_maanden < 0:
        return [Beletsel("voorganger-maanden", "Een verlenging duurt geen negatief aantal maanden.")]
    if voorganger.verlengd_met_maanden == 0 and voorganger.verlengd_tot is not None:
        tekst = "Er staat een nieuwe einddatum, maar geen 'verlengd_met_maanden'. Vul die in."
        return [Beletsel("voorganger-maanden", tekst)]
    if voorganger.verlengd_met_maanden and voorganger.verlengd_tot != verwacht:
        tekst = (
            f"{voorganger.verlengd_met_maanden} maanden na {format_dag(voorganger.einde)} is {format_dag(verwacht)}; "
            "zet die dag onder 'verlengd_tot'."
        )
        return [Beletsel("voorganger-tot", tekst)]
    return []


class Overdrachtsreden(StrEnum):
    """Why clients go to another provider."""

    EINDE = "einde"
    OPSCHORTING = "opschorting"
    BEEINDIGING = "beeindiging"
    WENS_CLIENT = "wens_client"


class Clientstand(msgspec.Struct, frozen=True, kw_only=True):
    """How many clients of a gemeente still have support on a day, and the last day of the last beschikking.

    Numbers, never people; without clients `laatste` is the day itself.
    """

    gemeente: str
    peildatum: date
    clienten: int
    laatste: date


class Verplichting(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider still has to do when its agreement ended; `tot` None = no day is known yet."""

    wat: str
    tot: date | None
    waarom: str
    bron: str


def limit_overgang(overgang: Overgang | None, einde: date) -> date | None:
    """The last possible day of support after agreements that end on a day; None when there is no last day.

    A last day that lies before that end was set for the agreements before these (SP-13: 31-12-2022), and says
    nothing about the end of these.

    Bron: J21-xx-02; B.6; project default for the reading.
    """
    if overgang is None or overgang.uiterste_datum is None or overgang.uiterste_datum < einde:
        return None
    return overgang.uiterste_datum


def latest_standen(standen: Iterable[Clientstand]) -> tuple[Clientstand, ...]:
    """The last count of each gemeente, by name."""
    laatste: dict[str, Clientstand] = {}
    for een in standen:
        if een.gemeente not in laatste or laatste[een.gemeente].peildatum < een.peildatum:
            laatste[een.gemeente] = een
    return tuple(laatste[gemeente] for gemeente in sorted(laatste))


def missing_gemeenten(standen: Iterable[Clientstand], gemeenten: Sequence[str], einde: date) -> tuple[str, ...]:
    """The gemeenten of which nobody counted on or after the end how many clients still have support."""
    geteld = {een.gemeente for een in standen if een.peildatum >= einde}
    return tuple(naam for naam in gemeenten if naam not in geteld)


def end_of_zorg(
    overgang: Overgang | None, einde: date, standen: Iterable[Clientstand], gemeenten: Sequence[str]
) -> date | None:
    """The last day of support under agreements that end on `einde`; None while a gemeente did not count.

    Each beschikking runs to its own end and never past the last possible day; without clients it is the end itself.

    Bron: J21-xx-02, WO-14; H19-56; B.6.
    """
    alle = latest_standen(standen)
    if missing_gemeenten(alle, gemeenten, einde):
        return None
    grens = limit_overgang(overgang, einde)
    dagen = [een.laatste if grens is None else min(een.laatste, grens) for een in alle if een.clienten]
    return max([einde, *dagen])


def list_verplichtingen(
    overgang: Overgang | None, einde: date, standen: Iterable[Clientstand], gemeenten: Sequence[str]
) -> tuple[Verplichting, ...]:
    """What runs on after agreements that end on a day, per gemeente, and until when."""
    grens = limit_overgang(overgang, einde)
    bron = "B.6; M20-35" if overgang is None else f"B.6; {overgang.bron}"
    laatste = "" if grens is None else f", en niet langer dan {format_dag(grens)}"
    alle = {een.gemeente: een for een in latest_standen(standen) if een.peildatum >= einde}
    verplichtingen = []
    for gemeente in gemeenten:
        stand = alle.get(gemeente)
        if stand is None:
            waarom = f"tot de laatste beschikking eindigt{laatste}; het aantal cliënten is nog niet vastgelegd"
            verplichtingen.append(Verplichting(wat=f"ondersteuning in {gemeente}", tot=grens, waarom=waarom, bron=bron))
        elif stand.clienten:
            tot = stand.laatste if grens is None else min(stand.laatste, grens)
            waarom = (
                f"{stand.clienten} cliënten op {format_dag(stand.peildatum)}; de laatste beschikking eindigt op "
                f"{format_dag(stand.laatste)}{laatste}"
            )
            verplichtingen.append(Verplichting(wat=f"ondersteuning in {gemeente}", tot=tot, waarom=waarom, bron=bron))
    return tuple(verplichtingen)
