"""A store with an application that was withdrawn, with evidence, as rows: the file whose term is over first."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import msgspec
from sqlmodel import select

from inkoop.cli.demo.personen import INKOPER
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.persoon import Rol
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bewijs import BewijsstukRow
from inkoop.storage.tabellen.ronde import RondeRow
from tests.domain.voorbeeldopgave import make_opgave
from tests.services.lopendecontracten import add_contracten
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef

ARCHIVARIS = "a.archief"
PROCEDURE = "hvb-wmo-2019"
INHOUD = b"%PDF-1.7 alleen van deze aanbieder"
VRIJ = date(2021, 1, 4)
"""A day on which its year is over, while the agreements of the procedure still run."""


def begin_ingetrokken(map_: Path, *, bestanden: str | None = None) -> tuple[Proef, str, str]:
    """The store, the kenmerk of what was withdrawn, and the hash of its evidence; one agreement runs beside it."""
    proef = begin_procedure(map_, PROCEDURE, bestanden=bestanden)
    proef.add_persoon(ARCHIVARIS, "archivaris", Rol.ARCHIVARIS, naam="Annet Archief")
    add_contracten(proef, 1, date(2018, 12, 3))
    sha256 = proef.huis.winkel.bewijs.store(INHOUD)
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        ronde = eenheid.sessie.exec(select(RondeRow)).one()
        opgave = msgspec.structs.replace(make_opgave(), naam="Stichting Weg")
        rij = AanmeldingRow(
            id=uuid4(), ronde_id=ronde.id, kenmerk=f"{ronde.kenmerk}-A009", naam=opgave.naam, kvk=opgave.penvoerder.kvk,
            ontvangen_op=ronde.sluiting, status=Aanmeldingsstatus.INGETROKKEN,
            opgave=msgspec.json.encode(opgave).decode(),
        )  # fmt: skip
        eenheid.sessie.add(rij)
        eenheid.sessie.flush()
        eenheid.sessie.add(
            BewijsstukRow(
                id=uuid4(), aanmelding_id=rij.id, bestand="referentie.pdf", omschrijving="", sha256=sha256,
                mediatype="application/pdf", grootte=len(INHOUD), lid=None, aanleiding=Aanleiding.INDIENING,
                ontvangen_op=ronde.sluiting, apart_gezet=False,
            )
        )  # fmt: skip
        eenheid.audit("proef", rij.kenmerk, naar="ingetrokken", gegevens={"bestand": sha256})
        return proef, rij.kenmerk, sha256
