"""Letters that nobody needs to check go out once, also when runs of two rounds find them at the same moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from inkoop import bootstrap
from inkoop.domain.verloop import Documentstatus
from inkoop.services import documenten
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.services.proefspel import build_huis

NU = datetime(2020, 4, 2, 9, tzinfo=UTC)


@pytest.fixture
def wachtend(tmp_path: Path) -> Iterator[tuple[Huis, Optreden]]:
    """A store with two receipts that were made and wait to go out."""
    huis = build_huis(Winkel.create(tmp_path / "winkel", Winkelsoort.SIMULATIE))
    with huis.winkel.eenheid(Actor("systeem", "systeem"), NU) as eenheid:
        for nummer in (1, 2):
            eenheid.sessie.add(
                DocumentRow(
                    id=uuid4(),
                    opgesteld_door="systeem",
                    kenmerk=f"M-2020-2-D00{nummer}",
                    sleutel=f"ontvangst:{nummer}",
                    soort="ontvangstbevestiging",
                    onderwerp="M-2020-2",
                    ronde="M-2020-2",
                    status=Documentstatus.CONCEPT,
                    titel="Ontvangstbevestiging",
                    gegevens="{}",
                    gevraagd_op=NU,
                )
            )
        eenheid.audit("proef", "M-2020-2")
    yield huis, bootstrap.act_as_systeem(huis, NU)
    huis.winkel.close()


def test_what_another_run_sent_in_the_meantime_is_passed_over_and_counted_once(
    wachtend: tuple[Huis, Optreden], monkeypatch: pytest.MonkeyPatch
) -> None:
    huis, door = wachtend
    echt, ander = documenten.handel, []

    @contextmanager
    def handel(*plaats: Any, **naam: Any) -> Iterator[Any]:
        """The other run comes in between, once: after this one saw what waits and before it sends."""
        if not ander:
            ander.append(0)
            ander[0] = documenten.send_automatisch(huis, door)
        with echt(*plaats, **naam) as eenheid:
            yield eenheid

    monkeypatch.setattr(documenten, "handel", handel)
    assert documenten.send_automatisch(huis, door) == 0
    assert ander == [2]
    with huis.winkel.lezen() as sessie:
        assert set(sessie.exec(select(DocumentRow.status))) == {Documentstatus.VERZONDEN}
    assert documenten.send_automatisch(huis, door) == 0
