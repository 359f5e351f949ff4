"""Every key of a criterium at its boundary."""

import pytest

from tests.domain.criteria.grenzen import GRENZEN


@pytest.mark.parametrize("naam", GRENZEN)
def test_a_key_holds_exactly_to_its_boundary(naam):
    GRENZEN[naam]()
