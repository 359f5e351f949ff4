"""The gate of the first two fasen: everything that stands in the way, all at once.

The pure guards (domain/fasen) look at steps, GO and choices; what else must be there are records: answers
to contributions, the substantiation of the tariffs, notices, a reservation that was not lifted.

Bron: PROC-02..PROC-05, M20-26, M20-43; B.1.6; ontwerp 5.
"""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, select

from inkoop.domain.aankondiging import check_aankondigd
from inkoop.domain.checklist import check_checklist
from inkoop.domain.fasen import check_overgang
from inkoop.domain.fouten import Beletsel
from inkoop.domain.inbreng import check_beantwoord, list_vooraf
from inkoop.domain.onderbouwing import check_onderbouwd
from inkoop.domain.procedure import Fase, Stap
from inkoop.services import consultatieverslagen, procedures, voorbereiding
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.voorbereiding import AankondigingRow


def check_poort(sessie: Session, rij: ProcedureRow, op: date) -> list[Beletsel]:
    """Every reason why a procedure cannot leave the fase it is in; for publiceren: cannot be published."""
    definitie = procedures.decode_definitie(rij)
    standen = procedures.list_standen(sessie, rij.id)
    naar = {Fase.VOORBEREIDEN: Fase.PUBLICEREN, Fase.PUBLICEREN: Fase.SELECTEREN}[rij.fase]
    beletselen = check_overgang(definitie, rij.fase, naar, standen, op=op)
    beletselen += check_beantwoord(definitie.stappen, voorbereiding.list_inbreng(sessie, rij.id))
    onderbouwd = [(een.tariefversie, een.perceel) for een in voorbereiding.list_onderbouwingen(sessie, rij.id)]
    beletselen += check_onderbouwd(definitie, onderbouwd)
    geplaatst = sessie.exec(select(AankondigingRow).where(AankondigingRow.procedure_id == rij.id))
    return [*beletselen, *check_aankondigd(definitie, rij.fase, [een.soort for een in geplaatst])]


def check_gereed(sessie: Session, rij: ProcedureRow, stap: Stap, uitkomst: str, ronde: str) -> list[Beletsel]:
    """Why a step cannot end like this yet: open points of its checklist, contributions without an answer."""
    definitie = procedures.decode_definitie(rij)
    punten = voorbereiding.read_punten(sessie, rij.id, stap.id, ronde)
    return [
        *check_checklist(stap, uitkomst, punten),
        *check_beantwoord(list_vooraf(definitie, stap), voorbereiding.list_inbreng(sessie, rij.id)),
        *consultatieverslagen.check_gereed(sessie, rij, stap),
    ]
