"""Every key of a criterium at its boundary."""

import pytest

from inkoop.domain.criteria.dossier import Grootte, Lid, Lidrol
from tests.domain.criteria.bouwstenen import judge, make_criterium, partijentoets
from tests.domain.criteria.grenzen import GRENZEN


@pytest.mark.parametrize("naam", GRENZEN)
def test_a_key_holds_exactly_to_its_boundary(naam):
    GRENZEN[naam]()


def test_a_name_that_ends_with_a_full_stop_gets_no_second_one():
    lid = Lid(id="a", naam="Groot B.V.", rol=Lidrol.ENKEL, kvk="90000101", grootte=Grootte.GROOT)
    bevinding = judge(make_criterium(partijentoets(Lidrol.ENKEL, minimum=1)), leden=(lid,))
    assert bevinding.toelichting == (
        "Van de partijen in de aanmelding telt hiervoor: Groot B.V. Gevraagd is minimaal 1 partij (enkele aanbieder)."
    )
