"""The mails of a day: an overview for who wants one a day, and terms that come near for the others.

Bron: project default; docs/adr/0021.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, select

from inkoop.domain.kalender import TIJDZONE, local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.post import NADERT, Postkeuze, Postsoort, Poststand, Werkregel, cut_regels, write_werkregel
from inkoop.domain.woorden import format_woord
from inkoop.services import personen, takenlijst
from inkoop.services.aandrijving import DAGTIK
from inkoop.services.huis import Huis, Optreden
from inkoop.services.momenten import Termijntaak, list_termijntaken
from inkoop.services.post import Postverslag, send_post
from inkoop.services.postaanzet import EIGEN_PAGINA, TAKENPAGINA, Ontvanger, list_aanmeldingen_van, list_ontvangers
from inkoop.storage.tabellen.aandrijving import AandrijfstandRow
from inkoop.storage.tabellen.post import PostRow

BEWAAR = timedelta(days=30)
"""How long a mail that went out stays in the list (project default)."""

DAGPOST = "dagpost"


def deliver_post(huis: Huis, nu: datetime, aantal: int = 500) -> Postverslag:
    """Write what this day asks for and send what is due; what `inkoop start`, the flows and the command do."""
    plan_dagpost(huis, nu)
    return send_post(huis, aantal)


def plan_dagpost(huis: Huis, nu: datetime) -> int:
    """Write the mails of this day: overviews, and terms that come near. Once a day, from six o'clock; returns how many.

    Repeating it writes nothing twice; a day on which nothing ran is not made up for, since the next one says all.
    """
    lokaal = nu.astimezone(TIJDZONE)
    if lokaal.time() < DAGTIK or _is_gepland(huis, lokaal.date()):
        return 0
    with huis.winkel.lezen() as sessie:
        ontvangers = list_ontvangers(sessie)
    taken = list_termijntaken(huis, nu) if ontvangers else ()
    berichten = [(een, *_compose(huis, een, taken, nu)) for een in ontvangers]
    with huis.winkel.machinekamer() as sessie:
        stand = sessie.get(AandrijfstandRow, DAGPOST) or AandrijfstandRow(naam=DAGPOST, volgnummer=0)
        if stand.volgnummer >= lokaal.date().toordinal():
            return 0
        stand.volgnummer = lokaal.date().toordinal()
        sessie.add(stand)
        _forget_oude(sessie, nu)
        nieuw = [_make(een, soort, regels, nu) for een, soort, regels in berichten if regels]
        sessie.add_all(nieuw)
        return len(nieuw)


def _is_gepland(huis: Huis, dag: date) -> bool:
    with huis.winkel.lezen() as sessie:
        stand = sessie.get(AandrijfstandRow, DAGPOST)
        return stand is not None and stand.volgnummer >= dag.toordinal()


def _forget_oude(sessie: Session, nu: datetime) -> None:
    oud = select(PostRow).where(PostRow.stand == Poststand.VERZONDEN, col(PostRow.verzonden_op) < nu - BEWAAR)
    for rij in sessie.exec(oud):
        sessie.delete(rij)


def _compose(
    huis: Huis, ontvanger: Ontvanger, taken: tuple[Termijntaak, ...], nu: datetime
) -> tuple[Postsoort, tuple[str, ...]]:
    """The lines for one person: all work for who wants an overview, else what comes near."""
    vandaag = local_date(nu)
    if Rol.AANBIEDER in ontvanger.rollen:
        return Postsoort.TERMIJN, cut_regels(_list_eigen(huis, ontvanger, taken, vandaag))
    if ontvanger.keuze is Postkeuze.DAGOVERZICHT:
        return Postsoort.DAGOVERZICHT, cut_regels(_list_werk(huis, ontvanger, nu))
    dichtbij = [een for een in taken if _is_dichtbij(een, vandaag) and _is_voor(een, ontvanger)]
    return Postsoort.TERMIJN, cut_regels(_count(dichtbij, vandaag))


def _list_werk(huis: Huis, ontvanger: Ontvanger, nu: datetime) -> list[str]:
    with huis.winkel.lezen() as sessie:
        persoon = personen.find_persoon(sessie, ontvanger.id)
    regels: dict[str, None] = {}
    for rol in sorted(ontvanger.rollen):
        for taak in takenlijst.list_taken(huis, Optreden(persoon=persoon, rol=rol, nu=nu)):
            regel = Werkregel(
                wat=format_woord(taak.soort), onderwerp=taak.onderwerp, aantal=taak.aantal, uiterlijk=taak.uiterlijk
            )
            regels[write_werkregel(regel, local_date(nu))] = None
    return list(regels)


def _count(taken: list[Termijntaak], vandaag: date) -> Iterator[str]:
    """One line for each kind of work in a round with the same last day."""
    aantallen: dict[tuple[str, str, date | None], int] = {}
    for een in taken:
        sleutel = (format_woord(een.taak.soort), een.ronde, een.taak.uiterlijk)
        aantallen[sleutel] = aantallen.get(sleutel, 0) + 1
    for (wat, ronde, uiterlijk), aantal in aantallen.items():
        yield write_werkregel(Werkregel(wat=wat, onderwerp=ronde, aantal=aantal, uiterlijk=uiterlijk), vandaag)


def _list_eigen(huis: Huis, ontvanger: Ontvanger, taken: tuple[Termijntaak, ...], vandaag: date) -> Iterator[str]:
    """What an aanbieder has to do itself before a day that comes near."""
    dichtbij = [een for een in taken if een.taak.rol == Rol.AANBIEDER and _is_dichtbij(een, vandaag)]
    with huis.winkel.lezen() as sessie:
        for een in dichtbij:
            for rij in list_aanmeldingen_van(sessie, een.taak.onderwerp):
                if rij.kvk == ontvanger.kvk:
                    wat = format_woord(een.taak.soort)
                    regel = Werkregel(wat=wat, onderwerp=f"aanmelding {rij.kenmerk}", uiterlijk=een.taak.uiterlijk)
                    yield write_werkregel(regel, vandaag)


def _is_dichtbij(een: Termijntaak, vandaag: date) -> bool:
    """Within a few days of its last day, before or after: longer ago it would be the same mail every day."""
    return een.taak.uiterlijk is not None and abs(een.taak.uiterlijk - vandaag) <= NADERT


def _is_voor(een: Termijntaak, ontvanger: Ontvanger) -> bool:
    return bool({str(rol) for rol in ontvanger.rollen} & set(een.taak.rol.split(" of ")))


_KOPPEN = {
    Postsoort.DAGOVERZICHT: "Dit wacht vandaag op u",
    Postsoort.TERMIJN: "Een laatste dag komt dichtbij of is voorbij",
}


def _make(ontvanger: Ontvanger, soort: Postsoort, regels: tuple[str, ...], nu: datetime) -> PostRow:
    return PostRow(
        id=uuid4(),
        sleutel=f"{soort}/{ontvanger.id}/{local_date(nu)}",
        soort=soort,
        persoon=ontvanger.id,
        kop=_KOPPEN[soort],
        regels=list(regels),
        pad=EIGEN_PAGINA if Rol.AANBIEDER in ontvanger.rollen else TAKENPAGINA,
        gemaakt_op=nu,
        stand=Poststand.KLAAR,
        niet_voor=nu,
    )
