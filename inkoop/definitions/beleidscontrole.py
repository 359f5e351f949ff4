"""Whether the policy of a procedure names what exists: goals, roles, percelen of older agreements.

Bron: M20-06, M20-57, M20-58, M20-59.
"""

from __future__ import annotations

from collections.abc import Iterator

from inkoop.definitions.naamcontrole import Melding, check_bekend, check_bekende_lijst, check_uniek
from inkoop.domain.beleid import Beleid
from inkoop.domain.bevoegdheid import MATRIX
from inkoop.domain.handeling import Handeling
from inkoop.domain.overeenkomstdelen import end_of_voorganger
from inkoop.domain.procedure import Proceduredefinitie


def check_beleid(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Every goal, role and perceel that does not exist or stands twice."""
    beleid = definitie.beleid or Beleid()
    doelen = [doel.code for doel in beleid.doelen]
    yield from check_uniek((("beleid", "doelen", i, "code"), code) for i, code in enumerate(doelen))
    for i, perceel in enumerate(definitie.percelen):
        yield from check_bekende_lijst(("percelen", i, "doelen"), perceel.doelen, doelen, "code van het beleidsdoel")
    rollen = sorted(MATRIX[Handeling.STAP_VASTLEGGEN].rollen)
    for i, lid in enumerate(beleid.werkgroep):
        yield from check_bekend(("beleid", "werkgroep", i, "rol"), lid.rol, rollen, "rol")
    yield from check_uniek((("beleid", "werkgroep", i, "rol"), lid.rol) for i, lid in enumerate(beleid.werkgroep))
    for i, gesprek in enumerate(beleid.gesprekken):
        if gesprek.aantal is not None and gesprek.aantal < 1:
            yield ("beleid", "gesprekken", i, "aantal"), "Aan een gesprek deed ten minste één iemand mee."


def check_instroom_uit_voorgangers(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Providers of an older agreement can join percelen that exist, and there is a round in which they can (M20-06)."""
    percelen = [perceel.code for perceel in definitie.percelen]
    for i, voorganger in enumerate(definitie.voorgangers):
        yield from check_bekende_lijst(("voorgangers", i, "instroom"), voorganger.instroom, percelen, "perceelcode")
        einde = end_of_voorganger(voorganger)
        if voorganger.instroom and not any(ronde.ingang > einde for ronde in definitie.instroom.rondes):
            tekst = (
                f"Aanbieders van '{voorganger.naam}' zouden kunnen instromen, maar na het einde van die overeenkomsten "
                "gaat geen ronde meer in."
            )
            yield ("voorgangers", i, "instroom"), tekst
