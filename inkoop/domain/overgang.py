"""Until when running support goes on, and under which agreements a client falls.

Bron: M20-37, H19-56, H19-57, J21-xx-02 (SP-13, WO-14, JD-13, VV-12); B.6 (zorgcontinuïteit).
"""

from __future__ import annotations

from datetime import date

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
