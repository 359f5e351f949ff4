"""Evidence in an object store goes there too when its file is destroyed, and the log can still be checked."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from inkoop.cli.demo.personen import JURIST
from inkoop.domain.archief import Lijstsoort
from inkoop.services import archieflijsten, vernietigen
from inkoop.storage.audit import check_keten
from inkoop.storage.bestandscontrole import check_bestanden
from tests.proefopslag import EMMER, run_opslag
from tests.services.ingetrokken import ARCHIVARIS, INHOUD, VRIJ, begin_ingetrokken


def test_what_is_destroyed_is_gone_from_the_bucket_also_when_the_store_was_away_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    logging.getLogger("werkzeug").disabled = True
    with run_opslag():
        proef, naam, sha256 = begin_ingetrokken(tmp_path / "winkel", bestanden=f"s3://{EMMER}/winkel")
        plek = proef.huis.winkel.bewijs.plek
        object_ = next(een for een in plek.list_namen() if sha256 in een.replace("/", "") or een.endswith(sha256))
        assert plek.read(object_) == INHOUD
        proef.klok.set(proef.at(VRIJ))
        lijst = archieflijsten.propose_lijst(
            proef.huis, proef.act_as(ARCHIVARIS), Lijstsoort.VERNIETIGING, "jaarlijks", [naam]
        )
        archieflijsten.approve_lijst(proef.huis, proef.act_as(JURIST), lijst)

        def fail(_: str) -> None:
            raise ConnectionError("de opslag is weg")

        with monkeypatch.context() as weg:
            weg.setattr(plek, "remove", fail)
            with pytest.raises(ConnectionError):
                vernietigen.destroy_lijst(proef.huis, proef.act_as(ARCHIVARIS), lijst)
        assert plek.read(object_) == INHOUD  # the records are gone, and the list is not done yet
        uitvoering = vernietigen.destroy_lijst(proef.huis, proef.act_as(ARCHIVARIS), lijst)
        assert uitvoering.verklaring
        assert plek.read(object_) is None
        assert object_ not in list(plek.list_namen())
        assert check_keten(proef.huis.winkel).fouten == ()
        assert check_bestanden(proef.huis.winkel) == ()
        proef.huis.winkel.close()
