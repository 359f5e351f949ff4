"""The nota van inlichtingen: answers without names, what changes, and the closing as it holds from now on.

Bron: domein C.11; B.2.11.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlmodel import Session, select

from inkoop.documents.gegevens.bouwstenen import Documentversie, Planningstap
from inkoop.documents.gegevens.inkoopstukken import Documentwijziging as Wijzigingsregel
from inkoop.documents.gegevens.inkoopstukken import Notagegevens, Vraagantwoord
from inkoop.domain.inlichtingen import Documentwijziging
from inkoop.domain.instroom import list_dagen
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.services import personen
from inkoop.services.brieven import blokken
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.inlichtingen import NotaRow, VraagRow

_DAGNAMEN = {
    "opening": "Opening",
    "vragen_tot": "Vragen stellen tot en met",
    "nota": "Nota van inlichtingen",
    "sluiting": "Sluiting",
    "herstelverzoek": "Herstelverzoeken",
    "herstel_tot": "Herstel tot en met",
    "selectiebesluit": "Selectiebesluit",
    "selectie_vervaltermijn": "Einde van de termijn na het selectiebesluit",
    "dialoog_van": "Begin van de dialoog",
    "dialoog_tot": "Einde van de dialoog",
    "voorstel_tot": "Definitief voorstel",
    "besluit": "Besluit",
    "vervaltermijn": "Einde van de termijn voor een kort geding",
    "concept": "Conceptovereenkomst",
    "tekenen": "Tekenen uiterlijk",
    "ingang": "Ingang",
}


def compose_nota(
    sessie: Session,
    definitie: Proceduredefinitie,
    was: Rondedefinitie,
    wordt: Rondedefinitie,
    rij: NotaRow,
    vragen: Sequence[VraagRow],
    kenmerk: str,
    nu: datetime,
) -> Notagegevens:
    """Everything that the nota prints; the jurist and the day of approval are part of it (FE-3)."""
    wijzigingen = [
        Wijzigingsregel(titel=een.document, oud=een.oud, nieuw=een.nieuw, wat=een.wat)
        for een in msgspec.json.decode(rij.wijzigingen, type=list[Documentwijziging])
    ]
    if was.criteria_editie != wordt.criteria_editie:
        wat = "Voor deze ronde geldt voortaan deze editie. Wie zich al heeft aangemeld, mag de aanmelding vervangen."
        wijzigingen.insert(
            0, Wijzigingsregel(titel="Criteria", oud=was.criteria_editie, nieuw=wordt.criteria_editie, wat=wat)
        )
    return Notagegevens(
        kenmerk=kenmerk,
        versie="1.0",
        datum=local_date(nu),
        organisatie=blokken.organisatie(definitie, local_date(nu)),
        procedure=blokken.procedure(definitie),
        ronde=wordt.kenmerk,
        nummer=rij.nummer,
        leidraad=_find_publicatie(sessie, definitie, was, nu),
        sluiting=wordt.sluiting,
        vragen=tuple(_antwoord(nummer, een) for nummer, een in enumerate(vragen, start=1)),
        wijzigingen=tuple(wijzigingen),
        planning=_list_planning(was, wordt),
        beantwoord_door=definitie.organisatie.contactpersoon,
        jurist=personen.find_persoon(sessie, rij.goedgekeurd_door or "").naam,
        akkoord_op=local_date(rij.goedgekeurd_op or nu),
    )


def _antwoord(nummer: int, rij: VraagRow) -> Vraagantwoord:
    """A question with its answer; what it is about is the document, and the place in it after a comma."""
    document, _, plaats = rij.onderwerp.partition(",")
    return Vraagantwoord(
        nummer=nummer,
        ontvangen_op=rij.ontvangen_op,
        binnen_termijn=rij.binnen_termijn,
        document=document.strip() if plaats.strip() else "Inkoopdocumenten",
        plaats=plaats.strip() or document.strip(),
        vraag=rij.tekst,
        antwoord=rij.antwoord,
        wijziging="Zie de gewijzigde documenten." if rij.wijziging else None,
    )


def _find_publicatie(
    sessie: Session, definitie: Proceduredefinitie, was: Rondedefinitie, nu: datetime
) -> Documentversie:
    """The paper that the nota belongs to: the publication of the edition that held until now."""
    vraag = select(DocumentRow).where(DocumentRow.sleutel == f"publicatie:{definitie.naam}:{was.criteria_editie}")
    rij = sessie.exec(vraag).one_or_none()
    gevraagd = rij.gevraagd_op if rij else nu
    return Documentversie(
        titel=rij.titel if rij else "Publicatietekst",
        versie=rij.kenmerk if rij else f"editie {was.criteria_editie}",
        datum=local_date(gevraagd),
        sha256=rij.pdf_sha256 if rij else None,
    )


def _list_planning(was: Rondedefinitie, wordt: Rondedefinitie) -> tuple[Planningstap, ...]:
    """The days that move, each with what it was; closing to the second."""
    oud = dict(list_dagen(was))
    return tuple(
        Planningstap(
            stap=f"{_DAGNAMEN[naam]} (was {format_dag(oud[naam])})",
            datum=dag,
            tijdstip=wordt.sluiting if naam == "sluiting" else None,
        )
        for naam, dag in list_dagen(wordt)
        if oud.get(naam, dag) != dag
    )
