"""A candidate in a selection withdraws between the selection and the final award.

No letter of decision follows: the withdrawal is confirmed, the candidate leaves the dialogue, and the next of
the reserve list comes up. What was said in the dialogue stays confidential.

Bron: F.3 J4; C.12 (intrekking).
"""

from __future__ import annotations

from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, check_verloop
from inkoop.services import aanmeldingen, besluiten, documenten, gunningen, procedures, rondes, selecties
from inkoop.services.brieven import aanmelding as brieven
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.verzegeling import Intrekking

IN_DE_RACE = frozenset({Besluitsoort.GESELECTEERD, Besluitsoort.RESERVE, Besluitsoort.GUNNINGSVOORNEMEN})
"""Who can still withdraw as a candidate."""


def withdraw_kandidaat(huis: Huis, door: Optreden, kenmerk: str, reden: str) -> None:
    """Withdraw a candidate by somebody who acts for it, before an award is final."""
    with handel(huis, door, Handeling.KANDIDAAT_TERUGTREKKEN) as eenheid:
        sessie = eenheid.sessie
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.require_namens(sessie, door, rij)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        selecties.require_selectie(procedures.read_definitie(sessie, ronde.procedure_id))
        staand = besluiten.list_geldig(sessie, rij)
        beletselen = []
        if rij.status is not Aanmeldingsstatus.BESLOTEN or not any(b.soort in IN_DE_RACE for b in staand):
            beletselen.append(Beletsel("geen-kandidaat", f"{kenmerk} doet niet (meer) mee; terugtrekken kan niet."))
        if any(gunningen.find_gunning(sessie, b) is not None for b in staand):
            beletselen.append(Beletsel("definitief", "De opdracht is al definitief gegeven."))
        if beletselen:
            raise BeletselenError(f"{kenmerk} kan zich niet terugtrekken.", beletselen)
        check_verloop(f"Aanmelding {kenmerk}", rij.status, Aanmeldingsstatus.INGETROKKEN)
        eenheid.audit(
            Handeling.KANDIDAAT_TERUGTREKKEN, kenmerk, van=rij.status, naar=Aanmeldingsstatus.INGETROKKEN, reden=reden
        )
        rij.status = Aanmeldingsstatus.INGETROKKEN
        sessie.add(rij)
        for besluit in besluiten.list_besluiten(sessie, rij):
            if besluit.status in (Besluitstatus.VERVANGEN, Besluitstatus.VERVALLEN):
                continue
            if besluit.status is Besluitstatus.GENOMEN:
                # Its letter is on its way: the besluit is known to the candidate, and lapses all the same.
                besluit.status = Besluitstatus.VERZONDEN
            check_verloop(f"Het besluit over {kenmerk}", besluit.status, Besluitstatus.VERVALLEN)
            besluit.status = Besluitstatus.VERVALLEN
            sessie.add(besluit)
        zaak = load_zaak(sessie, huis.feestdagen, rij)
        intrekking = Intrekking(
            persoon=door.wie, naam=door.persoon.naam, functie=door.persoon.functie, op=door.nu, reden=reden
        )
        documenten.request_document(
            huis, eenheid, f"intrekking:{kenmerk}", "intrekkingsbevestiging", kenmerk, zaak.ronde.kenmerk,
            lambda nummer: brieven.compose_intrekking(zaak, nummer, intrekking),
        )  # fmt: skip
