"""The end date of running agreements: moved when a tacit renewal became certain, and the end itself.

A renewal that nobody stopped in time is told to each provider in a letter for information; on the day after its
end date an agreement ends, and with it what the catalogue shows.

Bron: M20-32, BP-03; H19-43 (one end date for all); C.22.
"""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from inkoop.domain.kalender import local_date
from inkoop.domain.looptijd import Verlenging, Verlengingswijze, list_verlengingen
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.verlengen import Verlengingskeuze
from inkoop.domain.verloop import LOPEND, Overeenkomststatus
from inkoop.services import maatregelen, overeenkomsten, procedures, verlengingen
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow


def renew_tacit(huis: Huis, door: Optreden, nummer: str) -> bool:
    """Move the end date of an agreement after a renewal that nobody stopped, with its letter; False when not due.

    Days that were missed are caught up: every renewal that became certain gets its letter.
    """
    op = local_date(door.nu)
    with huis.winkel.lezen() as sessie:
        if not _list_ingegaan(sessie, nummer, op):
            return False
    with handel(huis, door, Handeling.LOOPTIJD_BIJWERKEN) as eenheid:
        gevonden = _list_ingegaan(eenheid.sessie, nummer, op)
        if not gevonden:
            return False
        rij, definitie, nieuw = gevonden
        for verlenging in nieuw:
            verlengingen.request_brief(
                huis, eenheid, definitie, rij, verlenging, Verlengingskeuze.VERLENGEN, door,
                grond="", clienten="", overdracht_op=None, verzenden_op=op, stilzwijgend=True,
            )  # fmt: skip
        eenheid.audit(
            Handeling.LOOPTIJD_BIJWERKEN,
            nummer,
            van=rij.einddatum.isoformat(),
            naar=nieuw[-1].tot.isoformat(),
            reden="stilzwijgend verlengd: niemand zegde op tijd op",
        )
        rij.einddatum = nieuw[-1].tot
        eenheid.sessie.add(rij)
    return True


def _list_ingegaan(
    sessie: Session, nummer: str, op: date
) -> tuple[OvereenkomstRow, Proceduredefinitie, list[Verlenging]] | None:
    """The renewals that became certain and that the end date of an agreement does not have yet; None without any."""
    rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    if not isinstance(rij, OvereenkomstRow) or rij.status not in LOPEND:
        return None
    procedure_id = sessie.get_one(RondeRow, overeenkomsten.find_aanmelding(sessie, rij).ronde_id).procedure_id
    definitie = procedures.read_definitie(sessie, procedure_id)
    if definitie.looptijd.verlenging != Verlengingswijze.STILZWIJGEND:
        return None
    if maatregelen.has_einde(sessie, nummer):
        return None
    einde = verlengingen.find_einddatum(sessie, procedure_id, op)
    nieuw = [een for een in list_verlengingen(definitie.looptijd) if rij.einddatum < een.tot <= einde]
    return (rij, definitie, nieuw) if nieuw else None


def end_contract(huis: Huis, door: Optreden, nummer: str) -> bool:
    """End an agreement on the day after its end date; False before that, or when it ended."""
    with huis.winkel.lezen() as sessie:
        if not _is_voorbij(sessie, nummer, local_date(door.nu)):
            return False
    with handel(huis, door, Handeling.LOOPTIJD_BIJWERKEN) as eenheid:
        if not _is_voorbij(eenheid.sessie, nummer, local_date(door.nu)):
            return False
        rij = overeenkomsten.find_overeenkomst(eenheid.sessie, nummer)
        reden = "de einddatum is voorbij"
        overeenkomsten.change(
            eenheid, nummer, rij, Overeenkomststatus.BEEINDIGD, Handeling.LOOPTIJD_BIJWERKEN, reden=reden
        )
    return True


def _is_voorbij(sessie: Session, nummer: str, op: date) -> bool:
    rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    if not isinstance(rij, OvereenkomstRow) or rij.status is not Overeenkomststatus.ACTIEF or op <= rij.einddatum:
        return False
    return _list_ingegaan(sessie, nummer, op) is None
