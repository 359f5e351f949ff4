"""What the database itself refuses, whoever asks: changing the log, the store's kind, a counter.

The statements are data, so that the migration and `METADATA.create_all` make the same ones. Note
that SQLite runs a delete trigger for INSERT OR REPLACE only under `recursive_triggers`, which every
connection of ours turns on; the insert triggers refuse it on their own as well.

Bron: ontwerp 2.7, 2.8, 7; FE-10.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from inkoop.storage.grondslag import METADATA


def _refuse(naam: str, wanneer: str, tabel: str, tekst: str, *, mits: str = "") -> tuple[str, str]:
    voorwaarde = f" WHEN {mits}" if mits else ""
    return naam, f"CREATE TRIGGER {naam} {wanneer} ON {tabel}{voorwaarde} BEGIN SELECT RAISE(ABORT, '{tekst}'); END"


TRIGGERS: Mapping[str, str] = dict(
    [
        _refuse("audit_geen_wijziging", "BEFORE UPDATE", "audit", "het auditlogboek kan niet worden gewijzigd"),
        _refuse(
            "audit_geen_verwijdering", "BEFORE DELETE", "audit", "uit het auditlogboek kan niets worden verwijderd"
        ),
        _refuse(
            "audit_aansluiting",
            "BEFORE INSERT",
            "audit",
            "een auditregel moet aansluiten op de laatste",
            mits="NOT EXISTS (SELECT 1 FROM audit_kop"
            " WHERE NEW.volgnummer = audit_kop.aantal + 1 AND NEW.vorige_hash = audit_kop.hash)",
        ),
        _refuse(
            "audit_kop_een",
            "BEFORE INSERT",
            "audit_kop",
            "het auditlogboek heeft al een kop",
            mits="EXISTS (SELECT 1 FROM audit_kop)",
        ),
        _refuse(
            "audit_kop_vooruit",
            "BEFORE UPDATE",
            "audit_kop",
            "de kop van het auditlogboek gaat alleen een regel vooruit",
            mits="NEW.id <> OLD.id OR NEW.aantal <> OLD.aantal + 1 OR NOT EXISTS"
            " (SELECT 1 FROM audit WHERE audit.volgnummer = NEW.aantal AND audit.hash = NEW.hash)",
        ),
        _refuse("audit_kop_blijft", "BEFORE DELETE", "audit_kop", "de kop van het auditlogboek moet blijven"),
        _refuse(
            "winkel_een", "BEFORE INSERT", "winkel", "deze winkel is al ingericht", mits="EXISTS (SELECT 1 FROM winkel)"
        ),
        _refuse("winkel_vast", "BEFORE UPDATE", "winkel", "de soort van een winkel ligt vast"),
        _refuse("winkel_blijft", "BEFORE DELETE", "winkel", "de soort van een winkel ligt vast"),
        _refuse(
            "teller_loopt_op",
            "BEFORE UPDATE",
            "teller",
            "een teller loopt alleen op",
            mits="NEW.teller <> OLD.teller OR NEW.stand <= OLD.stand",
        ),
        _refuse("teller_blijft", "BEFORE DELETE", "teller", "een teller blijft bestaan"),
    ]
)
"""Name -> statement, in the SQL of SQLite."""


@sa.event.listens_for(METADATA, "after_create")
def _create_triggers(_doel: sa.MetaData, verbinding: sa.Connection, **_rest: object) -> None:
    """Make the triggers after the tables, where tables are made without a migration (tests)."""
    if verbinding.dialect.name == "sqlite":
        for opdracht in TRIGGERS.values():
            verbinding.exec_driver_sql(opdracht)
