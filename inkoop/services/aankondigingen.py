"""Notices that were placed: registered by place and number (B.1.6)."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, select

from inkoop.domain.aankondiging import Aankondigingsoort, check_aankondiging
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.services import procedures
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.voorbereiding import AankondigingRow


def register_aankondiging(
    huis: Huis,
    door: Optreden,
    procedure: str,
    *,
    soort: Aankondigingsoort,
    plaats: str,
    nummer: str,
    geplaatst_op: date | None = None,
    ronde: str = "",
) -> None:
    """Record that a notice was placed; the same number on the same place is registered once."""
    with handel(huis, door, Handeling.AANKONDIGING_REGISTREREN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        op = local_date(door.nu)
        geplaatst = geplaatst_op or op
        definitie = procedures.decode_definitie(rij)
        beletselen = check_aankondiging(definitie, soort, nummer, plaats, geplaatst, op)
        if any(een.plaats == plaats and een.nummer == nummer for een in list_aankondigingen(eenheid.sessie, procedure)):
            beletselen.append(Beletsel("aankondiging-dubbel", f"Nummer {nummer} op {plaats} is al geregistreerd."))
        if ronde and ronde not in {een.kenmerk for een in definitie.instroom.rondes}:
            beletselen.append(Beletsel("ronde", f"Ronde '{ronde}' bestaat niet in deze procedure."))
        if beletselen:
            raise BeletselenError("De aankondiging kan niet worden geregistreerd.", beletselen)
        eenheid.sessie.add(
            AankondigingRow(
                id=huis.nieuw_id(),
                procedure_id=rij.id,
                ronde=ronde,
                soort=soort,
                plaats=plaats,
                nummer=nummer,
                geplaatst_op=geplaatst,
                persoon=door.wie,
                op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.AANKONDIGING_REGISTREREN,
            ronde or procedure,
            naar=soort,
            gegevens={"plaats": plaats, "nummer": nummer, "op": geplaatst},
        )


def list_aankondigingen(sessie: Session, procedure: str) -> list[AankondigingRow]:
    """The notices of a procedure in the order in which they were placed."""
    rij = procedures.find_procedure(sessie, procedure)
    vraag = select(AankondigingRow).where(AankondigingRow.procedure_id == rij.id)
    return sorted(sessie.exec(vraag), key=lambda een: (een.geplaatst_op, een.nummer))
