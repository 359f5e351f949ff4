"""Paging and searching in long lists, on a small table of our own."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session

from inkoop.services import bladeren

TABEL = sa.Table("woord", sa.MetaData(), sa.Column("tekst", sa.Text, primary_key=True))


def fill(*woorden: str) -> Session:
    motor = sa.create_engine("sqlite://")
    TABEL.metadata.create_all(motor)
    sessie = Session(motor)
    sessie.execute(sa.insert(TABEL), [{"tekst": woord} for woord in woorden])  # type: ignore[deprecated]
    return sessie


def find(sessie: Session, begin: str) -> list[str]:
    vraag = sa.select(TABEL.c.tekst).where(bladeren.begins_with(sessie, TABEL.c.tekst, begin))
    return list(sessie.connection().execute(vraag.order_by(TABEL.c.tekst)).scalars())


def test_what_begins_with_a_text_is_found_and_nothing_else():
    with fill("O-1", "O-1-A", "O-10", "O-2", "o-1", "P") as sessie:
        assert find(sessie, "O-1") == ["O-1", "O-1-A", "O-10"]
        assert find(sessie, "O-1-") == ["O-1-A"]
        assert find(sessie, "Q") == []


def test_the_last_sign_of_a_text_can_be_any():
    laatste = ["a\ud7ffb", "a\U0010ffffb", "a%b", "a_b"]
    with fill("a", "b", *laatste) as sessie:
        for woord in laatste:
            assert find(sessie, woord[:2]) == [woord]


def test_counting_stops_at_a_thousand_beyond_the_page_and_says_so():
    with fill(*(f"{nummer:05d}" for nummer in range(1500))) as sessie:
        vraag = sa.select(TABEL.c.tekst)
        assert str(bladeren.count_tot(sessie, vraag)) == "meer dan 1000"
        assert (str(bladeren.count_tot(sessie, vraag, 500)), bladeren.count_tot(sessie, vraag, 500)) == ("1500", 1500)


def test_a_value_that_two_questions_give_is_there_once():
    with fill("a", "b", "c", "d") as sessie:
        takken = [
            sa.select(TABEL.c.tekst).where(TABEL.c.tekst <= "c"),
            sa.select(TABEL.c.tekst).where(TABEL.c.tekst >= "b"),
        ]
        assert bladeren.list_takken(sessie, takken, 1, 2) == ["b", "c"]
        assert bladeren.count_takken(sessie, takken) == 4
