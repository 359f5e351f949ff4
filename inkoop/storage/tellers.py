"""Numbers that people see: unique, ascending, never given out twice.

A number is given out in the transaction of the record that carries it: when that fails, the number
was never given, so rows show no hole that somebody must explain.

Bron: ontwerp 7.
"""

from sqlmodel import Field, Session

from inkoop.storage.grondslag import Tabel


class TellerRow(Tabel, table=True):
    """The last number that was given out under one name; only ever goes up (storage/triggers)."""

    __tablename__ = "teller"

    teller: str = Field(primary_key=True)
    stand: int


def next_nummer(sessie: Session, teller: str) -> int:
    """The next number of a counter, from 1; a counter starts where it is first asked for.

    `sessie` is that of a unit of work: it holds the write lock, so nobody else can get this number.
    """
    rij = sessie.get(TellerRow, teller)
    if rij is None:
        rij = TellerRow(teller=teller, stand=0)
    rij.stand += 1
    sessie.add(rij)
    sessie.flush()
    return rij.stand


def pass_nummer(sessie: Session, teller: str, nummer: int) -> None:
    """Let a counter go on after a number that was given out elsewhere; it never goes down."""
    rij = sessie.get(TellerRow, teller)
    if rij is None:
        rij = TellerRow(teller=teller, stand=0)
    if nummer > rij.stand:
        rij.stand = nummer
        sessie.add(rij)
        sessie.flush()
