"""The people of the demo: invented names, one for each role that a round needs.

Bron: domein D; project default.
"""

from __future__ import annotations

from inkoop.domain.persoon import Persoon, Rol
from inkoop.domain.procedure import Proceduredefinitie

INKOPER = "i.dekker"
BEOORDELAARS = ("b.vanloon", "b.yilmaz")
JURIST = "j.hendriks"
GEMANDATEERDE = "wethouder"
BELEIDSADVISEUR = "a.bos"
CONTRACTMANAGER = "c.jansen"
FINANCIEN = "f.smit"
BEHEERDER = "s.kuijpers"
ARCHIVARIS = "a.visser"


def list_demopersonen(definitie: Proceduredefinitie) -> tuple[Persoon, ...]:
    """Everybody on the side of the gemeenten.

    The gemandateerde represents the centrumgemeente in the procedure, in the post that holds the mandate.
    """
    functie = definitie.mandaten[0].functie
    centrum = definitie.organisatie.centrumgemeente
    vertegenwoordigers = [g.vertegenwoordiger for g in definitie.gemeenten if g.naam == centrum]
    wethouder = (vertegenwoordigers or [definitie.gemeenten[0].vertegenwoordiger])[0]
    return (
        Persoon(id=INKOPER, naam="Iris Dekker", functie="inkoper", rollen=frozenset({Rol.INKOPER})),
        Persoon(id=BEOORDELAARS[0], naam="Bas van Loon", functie="beoordelaar", rollen=frozenset({Rol.BEOORDELAAR})),
        Persoon(id=BEOORDELAARS[1], naam="Berna Yılmaz", functie="beoordelaar", rollen=frozenset({Rol.BEOORDELAAR})),
        Persoon(id=JURIST, naam="Joost Hendriks", functie="jurist", rollen=frozenset({Rol.JURIST})),
        Persoon(id=GEMANDATEERDE, naam=wethouder, functie=functie, rollen=frozenset({Rol.GEMANDATEERDE})),
        Persoon(
            id=BELEIDSADVISEUR, naam="Anna Bos", functie="beleidsadviseur", rollen=frozenset({Rol.BELEIDSADVISEUR})
        ),
        Persoon(
            id=CONTRACTMANAGER, naam="Carla Jansen", functie="contractmanager", rollen=frozenset({Rol.CONTRACTMANAGER})
        ),
        Persoon(id=FINANCIEN, naam="Femke Smit", functie="adviseur financiën", rollen=frozenset({Rol.FINANCIEN})),
    )


PER_ROL = {
    Rol.INKOPER: INKOPER,
    Rol.JURIST: JURIST,
    Rol.GEMANDATEERDE: GEMANDATEERDE,
    Rol.BELEIDSADVISEUR: BELEIDSADVISEUR,
    Rol.CONTRACTMANAGER: CONTRACTMANAGER,
    Rol.FINANCIEN: FINANCIEN,
}
"""Who does the tasks of a role; judging takes two people and goes by name."""
