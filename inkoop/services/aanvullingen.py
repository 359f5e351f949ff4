"""Evidence that an aanbieder adds later: in answer to a herstelverzoek, or to meet a condition, written as a draft.

Only what was asked for can be answered here; handing in goes through `herstel.receive_aanvulling`, as on the
command line. The draft goes when it was handed in: what was received stands with the aanmelding.

Bron: issue web application, 6 (herstel); domein B.2.7, C.13; F.0.
"""

from __future__ import annotations

from typing import Final

import msgspec
from sqlmodel import Session

from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.dossierbouw import receive_aanvulling
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.termijnen import end_of_day
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, Herstelstatus
from inkoop.services import aanmeldingen, besluiten, herstel, kladden, personen, procedures, rondes, toetsen
from inkoop.services.brieven.herstel import Verzoekpunt
from inkoop.services.concepten import Conceptzicht, Gevraagd, Kladbestanden, Vraagpunt
from inkoop.services.conceptwaarde import Concept, check_stukken
from inkoop.services.huis import Huis, NietGevondenError, Optreden
from inkoop.services.kladden import KladGewijzigdError, Kladplek
from inkoop.storage.tabellen.aanmelding import AanmeldingRow

FORMULIER: Final = "aanvulling"


def find_gevraagd(sessie: Session, rij: AanmeldingRow) -> Gevraagd | None:
    """What is asked of an aanbieder now: by a herstelverzoek, or by a condition; None when nothing is."""
    verzoek = herstel.find_verzoek(sessie, rij)
    if verzoek is not None and verzoek.status is Herstelstatus.VERZONDEN:
        punten = msgspec.convert(verzoek.punten, tuple[Verzoekpunt, ...])
        return Gevraagd(
            aanleiding=Aanleiding.HERSTEL,
            uiterlijk=verzoek.uiterlijk,
            punten=tuple(
                Vraagpunt(criterium=p.criterium, lid=p.lid, percelen=p.percelen, tekst=p.gevraagd) for p in punten
            ),
        )
    if rij.status is Aanmeldingsstatus.BESLOTEN:
        return _find_voorwaarden(sessie, rij)
    return None


def _find_voorwaarden(sessie: Session, rij: AanmeldingRow) -> Gevraagd | None:
    open_ = [
        besluit
        for besluit in besluiten.list_geldig(sessie, rij)
        if besluit.soort is Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE
        and besluit.status is Besluitstatus.VERZONDEN
        and besluit.voorwaarde_tot is not None
    ]
    toets = toetsen.find_laatste(sessie, rij) if open_ else None
    if toets is None:
        return None
    percelen = {besluit.perceel for besluit in open_ if besluit.perceel is not None}
    punten: dict[Vraagpunt, None] = {}
    for bevinding in toetsen.decode_resultaat(toets).bevindingen:
        if bevinding.uitkomst is Uitkomst.VOORWAARDELIJK and (bevinding.perceel or "") in {"", *percelen}:
            for voorwaarde in bevinding.voorwaarden:
                waar = (bevinding.perceel,) if bevinding.perceel else tuple(sorted(percelen))
                punt = Vraagpunt(
                    criterium=bevinding.criterium, lid=bevinding.lid, percelen=waar, tekst=voorwaarde.tekst
                )
                punten.setdefault(punt)
    dagen = [besluit.voorwaarde_tot for besluit in open_ if besluit.voorwaarde_tot is not None]
    return Gevraagd(aanleiding=Aanleiding.VOORWAARDE, uiterlijk=end_of_day(min(dagen)), punten=tuple(punten))


def open_aanvulling(huis: Huis, door: Optreden, kenmerk: str) -> Conceptzicht:
    """The draft of an answer about one's own aanmelding.

    Raises NietGevondenError when there is no such aanmelding, it is somebody else's, or nothing is asked.
    """
    require_toegang(door.persoon, door.rol, Handeling.EIGEN_AANMELDING_LEZEN)
    with huis.winkel.lezen() as sessie:
        rij = _find_eigen(sessie, door, kenmerk)
        if rij is None:
            raise NietGevondenError("Aanmelding", kenmerk)
        kvk = rij.kvk
        gevraagd = find_gevraagd(sessie, rij)
        if gevraagd is None:
            raise NietGevondenError("Wat wordt gevraagd over aanmelding", kenmerk)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        editie = procedures.read_editie(sessie, ronde)
        opgave = aanmeldingen.read_opgave(rij)
    plek = Kladplek(kvk=kvk, formulier=FORMULIER, onderwerp=kenmerk)
    klad = kladden.find_klad(huis, plek)
    leden = [{"id": lid.id, "naam": lid.naam, "rol": str(lid.rol), "kvk": lid.kvk} for lid in opgave.leden]
    concept = Concept(leden=leden) if klad is None else msgspec.convert(klad.inhoud, Concept)
    # For what was applied stands fast: it is read each time, never from the draft.
    concept.leden, concept.percelen, concept.producten = leden, list(opgave.percelen), list(opgave.producten)
    eigen = {punt.criterium for punt in gevraagd.punten}
    return Conceptzicht(
        plek=plek,
        procedure=definitie,
        ronde=definitie.find_ronde(ronde.kenmerk),
        sluiting=gevraagd.uiterlijk,
        editie=msgspec.structs.replace(editie, criteria=tuple(c for c in editie.criteria if c.id in eigen)),
        concept=concept,
        versie=0 if klad is None else klad.versie,
        door="" if klad is None else klad.door,
        gewijzigd_op=None if klad is None else klad.gewijzigd_op,
        gevraagd=gevraagd,
    )


def _find_eigen(sessie: Session, door: Optreden, kenmerk: str) -> AanmeldingRow | None:
    """One's own aanmelding, once it is not sealed any more."""
    rij = aanmeldingen.find_optioneel(sessie, kenmerk)
    kvk = personen.find_kvk(sessie, door.wie)
    return None if rij is None or not rij.opgave or kvk is None or rij.kvk != kvk else rij


def submit_aanvulling(huis: Huis, door: Optreden, zicht: Conceptzicht, versie: int, toelichting: str) -> bool:
    """Hand the answer in; whether it was in time. Raises BeletselenError and DefinitieError with every reason."""
    if versie != zicht.versie:
        raise KladGewijzigdError(kladden.find_klad(huis, zicht.plek))
    stukken = zicht.concept.stukken
    if zicht.gevraagd is None or not stukken:
        tekst = "U hebt nog geen bestand toegevoegd."
        raise BeletselenError("De aanvulling kan niet worden ingediend.", [Beletsel("leeg", tekst)])
    bewijs = check_stukken(stukken, [lid["id"] for lid in zicht.concept.leden], {})
    aanvulling = receive_aanvulling(zicht.gevraagd.aanleiding, door.nu, bewijs, toelichting)
    bestanden = Kladbestanden(huis, zicht.plek, stukken)
    tijdig = herstel.receive_aanvulling(huis, door, zicht.plek.onderwerp, aanvulling, bestanden)
    kladden.drop_klad(huis, zicht.plek)
    return tijdig


def is_gevraagd(huis: Huis, door: Optreden, kenmerk: str) -> Gevraagd | None:
    """What is asked about one's own aanmelding now, for who may see that; None when nothing is."""
    require_toegang(door.persoon, door.rol, Handeling.EIGEN_AANMELDING_LEZEN)
    with huis.winkel.lezen() as sessie:
        rij = _find_eigen(sessie, door, kenmerk)
        return None if rij is None else find_gevraagd(sessie, rij)
