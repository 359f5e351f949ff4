"""What the database itself refuses, whoever asks: changing the log, the store's kind, a counter.

The refusals are data, so that the migrations and `METADATA.create_all` make the same ones in both databases. Note
that SQLite runs a delete trigger for INSERT OR REPLACE only under `recursive_triggers`, which every
connection of ours turns on; the insert triggers refuse it on their own as well.

Bron: ontwerp 2.7, 2.8, 7; FE-10.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa

from inkoop.storage.grondslag import METADATA


class Weigering(NamedTuple):
    """When which change of which table is refused, and what is said; `mits` is a condition on OLD and NEW."""

    wanneer: str
    tabel: str
    tekst: str
    mits: str = ""

    def list_opdrachten(self, naam: str, dialect: str) -> tuple[str, ...]:
        """The statements that make this refusal in one of the two databases."""
        return self._make_sqlite(naam) if dialect == "sqlite" else self._make_postgres(naam)

    def _make_sqlite(self, naam: str) -> tuple[str, ...]:
        voorwaarde = f" WHEN {self.mits}" if self.mits else ""
        weiger = f"BEGIN SELECT RAISE(ABORT, '{self.tekst}'); END"
        return (f"CREATE TRIGGER {naam} {self.wanneer} ON {self.tabel}{voorwaarde} {weiger}",)

    def _make_postgres(self, naam: str) -> tuple[str, ...]:
        weiger = f"RAISE EXCEPTION '{self.tekst}' USING ERRCODE = 'integrity_constraint_violation';"
        inhoud = f"IF {self.mits} THEN {weiger} END IF;" if self.mits else weiger
        per = "STATEMENT" if self.wanneer.endswith("TRUNCATE") else "ROW"
        lichaam = f"$$ BEGIN {inhoud} RETURN COALESCE(NEW, OLD); END $$"
        return (
            f"CREATE FUNCTION {naam}() RETURNS trigger LANGUAGE plpgsql AS {lichaam}",
            f"CREATE TRIGGER {naam} {self.wanneer} ON {self.tabel} FOR EACH {per} EXECUTE FUNCTION {naam}()",
        )


def _refuse(naam: str, wanneer: str, tabel: str, tekst: str, *, mits: str = "") -> tuple[str, Weigering]:
    return naam, Weigering(wanneer, tabel, tekst, mits)


TRIGGERS: Mapping[str, Weigering] = dict(
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
"""Name -> refusal."""

LEGEN: Mapping[str, Weigering] = dict(
    _refuse(f"{tabel}_niet_legen", "BEFORE TRUNCATE", tabel, "deze tabel kan niet worden geleegd")
    for tabel in ("audit", "audit_kop", "winkel", "teller")
)
"""What only PostgreSQL can do to a table besides the above."""


def list_opdrachten(dialect: str) -> tuple[str, ...]:
    """Every statement that makes the refusals in this database (`sqlite` or `postgresql`)."""
    weigeringen = {**TRIGGERS, **(LEGEN if dialect == "postgresql" else {})}
    return tuple(opdracht for naam, een in weigeringen.items() for opdracht in een.list_opdrachten(naam, dialect))


@sa.event.listens_for(METADATA, "after_create")
def _create_triggers(_doel: sa.MetaData, verbinding: sa.Connection, **_rest: object) -> None:
    """Make the triggers after the tables, where tables are made without a migration (tests)."""
    for opdracht in list_opdrachten(verbinding.dialect.name):
        verbinding.exec_driver_sql(opdracht)
