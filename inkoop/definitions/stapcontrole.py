"""Whether the governance steps of a procedure can be walked, by roles and bodies that exist.

Bron: M20-45, B.1.2, domein D; ontwerp 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inkoop.definitions.naamcontrole import Melding, check_bekend, check_bekende_lijst, check_uniek
from inkoop.domain.bevoegdheid import MATRIX
from inkoop.domain.handeling import Handeling
from inkoop.domain.procedure import Fase, Proceduredefinitie, Stap, Stapsoort

_VOLGORDE = {fase: nummer for nummer, fase in enumerate(Fase)}
_HANDELING: Mapping[Stapsoort, Handeling] = {Stapsoort.GO_NO_GO: Handeling.GO_BESLUIT_VASTLEGGEN}
"""The act by which a kind of step is recorded, where it is not STAP_VASTLEGGEN."""


def check_stappen(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Every step that nobody can record, that names nobody, or that can never begin."""
    stappen = {stap.id: stap for stap in definitie.stappen}
    yield from check_uniek((("stappen", i, "id"), stap.id) for i, stap in enumerate(definitie.stappen))
    for i, stap in enumerate(definitie.stappen):
        rollen = MATRIX[_HANDELING.get(stap.soort, Handeling.STAP_VASTLEGGEN)].rollen
        yield from check_bekend(("stappen", i, "rol"), stap.rol, sorted(rollen), "rol")
        if not stap.organen:
            yield ("stappen", i, "organen"), f"De stap '{stap.id}' noemt geen orgaan dat besluit."
        yield from check_uniek((("stappen", i, "organen", j), orgaan) for j, orgaan in enumerate(stap.organen))
        yield from check_bekende_lijst(("stappen", i, "na"), stap.na, list(stappen), "stap")
        for j, eerder in enumerate(stap.na):
            if eerder in stappen and _VOLGORDE[stappen[eerder].fase] > _VOLGORDE[stap.fase]:
                yield ("stappen", i, "na", j), f"De stap '{eerder}' hoort bij een latere fase dan '{stap.id}'."
        if _is_in_kring(stap, stappen):
            yield ("stappen", i, "na"), f"De stap '{stap.id}' wacht via 'na' op zichzelf en kan zo nooit beginnen."
    if not any(stap.soort is Stapsoort.PUBLICATIE and stap.fase is Fase.PUBLICEREN for stap in definitie.stappen):
        tekst = "Er is geen stap van soort 'publicatie' in de fase 'publiceren'. Openbaarmaking vooraf is verplicht."
        yield ("stappen",), tekst


def _is_in_kring(stap: Stap, stappen: Mapping[str, Stap]) -> bool:
    """Whether a step waits, through others, for itself."""
    gezien: set[str] = set()
    te_volgen = list(stap.na)
    while te_volgen:
        eerder = te_volgen.pop()
        if eerder == stap.id:
            return True
        if eerder in stappen and eerder not in gezien:
            gezien.add(eerder)
            te_volgen.extend(stappen[eerder].na)
    return False
