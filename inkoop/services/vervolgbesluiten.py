"""What follows on a condition: unconditional once it is met, lapsed once its day is past.

Bron: F.0 `certificaat_verloopt_tussen_sluiting_en_ingang`; C.16; FE-9.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from inkoop.domain.besluit import Besluitsoort, Besluitvoorstel, lapse_voorstel
from inkoop.domain.termijnen import end_of_day
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Besluitstatus
from inkoop.services import aanmeldingen, besluiten, toetsen, voorstellen
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow


def follow_up(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Propose what follows on a condition: unconditional once it is met, lapsed once its day is past.

    False while nothing follows, or when it was proposed before.
    """
    with huis.winkel.lezen() as sessie:
        if not _list_vervolg(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk), door.nu):
            return False
    with handel(huis, door, Handeling.BESLUIT_VOORBEREIDEN) as eenheid:
        rij = aanmeldingen.find_aanmelding(eenheid.sessie, kenmerk)
        toets = toetsen.find_laatste(eenheid.sessie, rij)
        vervolg = _list_vervolg(eenheid.sessie, rij, door.nu)
        if toets is None or not vervolg:
            return False
        for besluit, voorstel in vervolg:
            besluiten.add_besluit(huis, eenheid, rij, voorstel, toets, door, vervangt=besluit)
    return True


def _list_vervolg(sessie: Session, rij: AanmeldingRow, op: datetime) -> list[tuple[BesluitRow, Besluitvoorstel]]:
    """The conditional besluiten on which something follows now, with what follows."""
    open_ = [
        besluit
        for besluit in besluiten.list_geldig(sessie, rij)
        if besluit.soort is Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE and besluit.status is Besluitstatus.VERZONDEN
    ]
    lopend = {besluit.vervangt_id for besluit in besluiten.list_besluiten(sessie, rij)}
    open_ = [besluit for besluit in open_ if besluit.id not in lopend]
    toets = toetsen.find_laatste(sessie, rij)
    if not open_ or toets is None:
        return []
    basis = toetsen.read_basis(sessie, rij)
    resultaat = toetsen.decode_resultaat(toets)
    nieuw: dict[str, Besluitvoorstel] = {}
    if not voorstellen.check_rijp(sessie, rij, basis, resultaat):
        nieuw = {v.perceel: v for v in voorstellen.propose(sessie, rij, basis, resultaat)}
    vervolg = []
    for besluit in open_:
        voorstel = besluiten.decode_voorstel(besluit)
        opnieuw = nieuw.get(voorstel.perceel)
        if opnieuw is not None and opnieuw.soort is Besluitsoort.TOEGELATEN:
            vervolg.append((besluit, opnieuw))
        elif besluit.voorwaarde_tot is not None and op > end_of_day(besluit.voorwaarde_tot):
            vervallen = lapse_voorstel(voorstel, resultaat)
            # Proof that came in on the last day is read after it: until then nothing says that the condition fails.
            if vervallen.redenen:
                vervolg.append((besluit, vervallen))
    return vervolg
