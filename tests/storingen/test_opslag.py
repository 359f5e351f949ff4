"""A round whose files were moved to an S3-compatible store, played there to its end."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from inkoop.storage.audit import check_keten
from inkoop.storage.bestandscontrole import check_bestanden
from inkoop.storage.verhuizing import move_bestanden
from inkoop.storage.winkel import Winkel
from tests.proefopslag import EMMER, run_opslag
from tests.storingen.ronde import Ronde, build, open_huis
from tests.storingen.uitkomst import Uitkomst, list_verschillen, read_uitkomst

ADRES = f"s3://{EMMER}/winkel"


def play(map_: Path, adres: str | None) -> Uitkomst:
    """The round to its end, with everything whole."""
    with Winkel.open(map_, bestanden=adres) as winkel:
        Ronde(open_huis(winkel)).play()
        assert check_keten(winkel).fouten == ()
        assert check_bestanden(winkel) == ()
        return read_uitkomst(winkel)


@pytest.mark.slow
def test_a_round_of_which_the_files_were_moved_to_an_object_store_comes_to_the_same_there(tmp_path: Path):
    logging.getLogger("werkzeug").disabled = True
    build(tmp_path / "hier" / "winkel", 1, None)
    shutil.copytree(tmp_path / "hier", tmp_path / "daar")
    hier = play(tmp_path / "hier" / "winkel", None)
    map_ = tmp_path / "daar" / "winkel"
    with run_opslag():
        assert move_bestanden(map_, None, ADRES).bestanden > 0
        voor = sorted(map_.rglob("??/??/*"))
        daar = play(map_, ADRES)
        assert sorted(map_.rglob("??/??/*")) == voor  # nothing new came in the folder
    assert list_verschillen(hier, daar) == []
