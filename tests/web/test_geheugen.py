"""What the server leaves alone while it collects garbage."""

import gc
from collections.abc import Iterator

import pytest

from inkoop.web.geheugen import DREMPELS, leave_geladen


@pytest.fixture
def _terug() -> Iterator[None]:
    drempels, stil = gc.get_threshold(), gc.get_freeze_count()
    yield
    gc.set_threshold(*drempels)
    if not stil:
        gc.unfreeze()


@pytest.mark.usefixtures("_terug")
def test_what_is_loaded_is_left_alone_and_what_a_page_makes_is_still_collected() -> None:
    voor = gc.get_freeze_count()
    leave_geladen()
    assert gc.get_freeze_count() > voor
    assert gc.get_threshold() == DREMPELS
    lus: list[object] = []
    lus.append(lus)
    del lus
    assert gc.collect() >= 1
