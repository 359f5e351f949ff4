"""Writes the mails that an act makes due, in the transaction of that act: none is lost and none is for nothing.

A mail about work goes to who carries the role of the next act; one about an aanmelding to who acts for the
aanbieder. Many acts of one kind within an hour are one mail. What comes in sealed gives no mail (docs/adr/0016).

Bron: domain/post (who, after which act); docs/adr/0021.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from sqlmodel import Session, col, select

from inkoop.domain.handeling import Handeling
from inkoop.domain.persoon import Rol
from inkoop.domain.post import AANZETTEN, Aanzet, Postkeuze, Postsoort, Poststand
from inkoop.services.onderwerpen import find_onderwerpen
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.tabellen.post import PostadresRow, PostRow
from inkoop.storage.tabellen.ronde import RondeRow

_GEEN_NIEUWS = frozenset({"vervallen", "vervangen"})
"""What an act brought something to that gives nobody work."""

TAKENPAGINA, EIGEN_PAGINA = "/taken", "/aanmelden"


def queue_na_handeling(eenheid: Eenheid) -> None:
    """Put the mails of what this unit of work did in the outbox."""
    nieuw = {
        (Handeling(handeling), onderwerp)
        for handeling, onderwerp, naar in eenheid.list_handelingen()
        if handeling in AANZETTEN and naar not in _GEEN_NIEUWS
    }
    if not nieuw or not (ontvangers := list_ontvangers(eenheid.sessie)):
        return
    # Many applications of one round are one mail, so each act is asked about once for each round.
    werk = {(handeling, _name_over(eenheid.sessie, onderwerp)) for handeling, onderwerp in nieuw}
    for handeling, over in sorted(werk):
        _queue_werk(eenheid, ontvangers, handeling, AANZETTEN[handeling], over)
    for handeling, onderwerp in sorted(nieuw):
        if AANZETTEN[handeling].voor_aanbieder:
            _queue_bericht(eenheid, ontvangers, handeling, AANZETTEN[handeling], onderwerp)


class Ontvanger:
    """Somebody with an address who is active."""

    def __init__(self, persoon: PersoonRow, keuze: Postkeuze) -> None:
        self.id = persoon.id
        self.rollen = frozenset(Rol(rol) for rol in persoon.rollen)
        self.kvk = persoon.kvk
        self.keuze = keuze


def list_ontvangers(sessie: Session) -> list[Ontvanger]:
    """Everybody who wants mail, by short name."""
    vraag = (
        select(PersoonRow, PostadresRow.keuze)
        .join(PostadresRow, col(PostadresRow.persoon) == PersoonRow.id)
        .where(PostadresRow.keuze != Postkeuze.GEEN, col(PersoonRow.actief).is_(True))
        .order_by(PersoonRow.id)
    )
    return [Ontvanger(persoon, Postkeuze(keuze)) for persoon, keuze in sessie.exec(vraag)]


def _queue_werk(eenheid: Eenheid, ontvangers: list[Ontvanger], handeling: Handeling, aanzet: Aanzet, over: str) -> None:
    for ontvanger in ontvangers:
        # Who did the act itself knows; who wants one mail a day gets it in that one.
        if ontvanger.id == eenheid.actor.persoon or ontvanger.keuze is not Postkeuze.METEEN:
            continue
        if ontvanger.rollen & aanzet.rollen:
            sleutel = f"{Postsoort.TAAK}/{ontvanger.id}/{handeling}/{over}"
            regel = f"{aanzet.wat}: {over}"
            _queue(eenheid, Postsoort.TAAK, sleutel, ontvanger.id, f"Er wacht werk op u: {regel}", regel, TAKENPAGINA)


def _queue_bericht(
    eenheid: Eenheid, ontvangers: list[Ontvanger], handeling: Handeling, aanzet: Aanzet, onderwerp: str
) -> None:
    for aanmelding in list_aanmeldingen_van(eenheid.sessie, onderwerp):
        for ontvanger in ontvangers:
            if Rol.AANBIEDER in ontvanger.rollen and ontvanger.kvk == aanmelding.kvk:
                sleutel = f"{Postsoort.BERICHT}/{ontvanger.id}/{handeling}/{aanmelding.kenmerk}"
                regel = f"{aanzet.voor_aanbieder}: aanmelding {aanmelding.kenmerk}"
                pad = f"{EIGEN_PAGINA}/{aanmelding.kenmerk}"
                _queue(eenheid, Postsoort.BERICHT, sleutel, ontvanger.id, aanzet.voor_aanbieder, regel, pad)


def _queue(eenheid: Eenheid, soort: Postsoort, begin: str, persoon: str, kop: str, regel: str, pad: str) -> None:
    """One mail, unless the same still has to go out or was written within this hour."""
    sleutel = f"{begin}/{eenheid.op:%Y-%m-%dT%H}"
    wacht = select(PostRow.id).where(
        (col(PostRow.sleutel) == sleutel)
        | (
            col(PostRow.sleutel).startswith(f"{begin}/", autoescape=True)
            & col(PostRow.stand).in_([Poststand.KLAAR, Poststand.MISLUKT])
        )
    )
    if eenheid.sessie.exec(wacht).first() is None:
        eenheid.sessie.add(
            PostRow(
                id=uuid4(),
                sleutel=sleutel,
                soort=soort,
                persoon=persoon,
                kop=kop,
                regels=[regel],
                pad=pad,
                gemaakt_op=eenheid.op,
                stand=Poststand.KLAAR,
                niet_voor=eenheid.op,
            )
        )
        eenheid.sessie.flush()


def _name_over(sessie: Session, onderwerp: str) -> str:
    """The round (or procedure) that an object belongs to: many applications of one round are one mail."""
    namen = [rij.kenmerk if isinstance(rij, RondeRow) else rij.naam for rij in find_onderwerpen(sessie, onderwerp)]
    return namen[0] if len(namen) == 1 else onderwerp


def list_aanmeldingen_van(sessie: Session, onderwerp: str) -> Iterator[AanmeldingRow]:
    """The aanmelding that an object is or is about: itself, a letter, an agreement, an addendum."""
    yield from sessie.exec(select(AanmeldingRow).where(AanmeldingRow.kenmerk == onderwerp))
    for document in sessie.exec(select(DocumentRow).where(DocumentRow.kenmerk == onderwerp)):
        if document.onderwerp != onderwerp:
            yield from list_aanmeldingen_van(sessie, document.onderwerp)
    for contract in sessie.exec(select(OvereenkomstRow).where(OvereenkomstRow.contractnummer == onderwerp)):
        yield sessie.get_one(AanmeldingRow, contract.aanmelding_id)
    for addendum in sessie.exec(select(AddendumRow).where(AddendumRow.nummer == onderwerp)):
        contract = sessie.get_one(OvereenkomstRow, addendum.overeenkomst_id)
        yield sessie.get_one(AanmeldingRow, contract.aanmelding_id)
