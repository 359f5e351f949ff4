"""Opening a round: the second of two people takes everything out of its envelopes.

Each aanmelding is unsealed in a transaction of its own and stands in the log by itself; the round is
open once all are. An opening that stops halfway goes on where it was when it is done again. Before
anything is unsealed every envelope is looked at, so that what is damaged is known at once.

Bron: domein D (openen na sluiting); FE-8; docs/adr/0016.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from inkoop.domain.fouten import Beletsel, BeletselenError, InkoopError
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, documenten, hergebruik, indienen, rondes, samenlopen, verzegeling
from inkoop.services.brieven import aanmelding as brieven
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.dubbel import settle_dubbele
from inkoop.services.huis import Huis, Optreden, handel, list_eerdere
from inkoop.services.verzegeling import Inzending
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.sleutelkast import Gevondensleutel, Sleutelherkomst
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.verzegeling import VerzegelingRow
from inkoop.storage.verzegeling import format_vingerafdruk


def open_ronde(huis: Huis, door: Optreden, ronde: str, sleutelbestand: Path | None = None) -> Sleutelherkomst | None:
    """Open the applications of a round, by somebody else than who asked for it (FE-8).

    The key comes from `sleutelbestand`, or from the sleutelkast; where it came from is returned, None
    when nothing was sealed. Raises SleutelError, OntzegelError or BeletselenError, and then the round
    is not open.
    """
    with huis.winkel.lezen() as sessie:
        require_toegang(door.persoon, door.rol, Handeling.RONDE_OPENEN, list_eerdere(sessie, ronde))
        rij = rondes.find_ronde(sessie, ronde)
        require_te_openen(rij, door)
        verzegeld = verzegeling.list_verzegeld(sessie, rij)
        publiek = verzegeling.find_publiek(sessie, rij)
        sleutel = None
        if verzegeld and publiek is not None:
            if sleutelbestand is None:
                sleutel = huis.sleutels.find(ronde, publiek)
            else:
                sleutel = huis.sleutels.read_aangeboden(sleutelbestand, ronde, publiek)
            _require_heel(huis, sleutel, ronde, verzegeld)
    if sleutel is not None:
        for aanmelding, _ in verzegeld:
            _unseal(huis, door, ronde, aanmelding.kenmerk, sleutel)
    with handel(huis, door, Handeling.RONDE_OPENEN, ronde) as eenheid:
        rij = rondes.find_ronde(eenheid.sessie, ronde)
        require_te_openen(rij, door)
        if over := verzegeling.list_verzegeld(eenheid.sessie, rij):
            tekst = f"Intussen kwam nog iets binnen ({', '.join(a.kenmerk for a, _ in over)}). Open de ronde opnieuw."
            raise BeletselenError(f"Ronde {ronde} is nog niet open.", [Beletsel("nieuw", tekst)])
        settle_dubbele(eenheid, rij)
        samenlopen.settle(huis, eenheid, rij, Handeling.RONDE_OPENEN)
        rij.geopend_door, rij.geopend_op = door.wie, door.nu
        eenheid.sessie.add(rij)
        eenheid.audit(
            Handeling.RONDE_OPENEN,
            ronde,
            van="gesloten",
            naar="geopend",
            gegevens={}
            if sleutel is None or publiek is None
            else {"sleutel": format_vingerafdruk(publiek), "herkomst": sleutel.herkomst},
        )
    return None if sleutel is None else sleutel.herkomst


def require_te_openen(rij: RondeRow, door: Optreden) -> None:
    """Refuse an opening of a round that is not closed, is open already, or that nobody asked for."""
    rondes.require_gesloten(rij, door)
    if rij.openingsverzoek_door is None:
        raise BeletselenError(
            f"Ronde {rij.kenmerk} kan nog niet worden geopend.",
            [Beletsel("verzoek", "Een inkoper vraagt eerst om de opening; een ander opent daarna.")],
        )


def _require_heel(
    huis: Huis, sleutel: Gevondensleutel, ronde: str, verzegeld: Sequence[tuple[AanmeldingRow, VerzegelingRow]]
) -> None:
    """Look at every envelope before the first is unsealed; every damage at once."""
    beletselen = []
    for rij, zegel in verzegeld:
        try:
            verzegeling.read_inzending(huis, sleutel, ronde, rij.kenmerk, zegel)
            for envelop in (*zegel.enveloppen[1:], *([zegel.intrekking] if zegel.intrekking else [])):
                huis.winkel.bewijs.verify(envelop)
        except InkoopError as fout:
            beletselen.append(Beletsel("envelop", f"{rij.kenmerk}: {fout}"))
    if beletselen:
        raise BeletselenError(f"Ronde {ronde} kan niet worden geopend; er is niets ontzegeld.", beletselen)


def _unseal(huis: Huis, door: Optreden, ronde: str, kenmerk: str, sleutel: Gevondensleutel) -> None:
    """Take one aanmelding out of its envelopes; the files of one that was withdrawn stay sealed.

    Nothing happens where somebody else, who opens at the same moment, was first.
    """
    with handel(huis, door, Handeling.AANMELDING_ONTZEGELEN) as eenheid:
        rij = aanmeldingen.find_aanmelding(eenheid.sessie, kenmerk)
        zegel = eenheid.sessie.get_one(VerzegelingRow, rij.id)
        if zegel.ontzegeld_op is not None:
            return
        inzending = verzegeling.read_inzending(huis, sleutel, ronde, kenmerk, zegel)
        eerdere = hergebruik.name_herkomst(inzending.opgave.bewijsstukken)
        eenheid.audit(
            Handeling.AANMELDING_ONTZEGELEN,
            kenmerk,
            van="verzegeld",
            naar=rij.status,
            gegevens={
                "ontvangsthash": zegel.ontvangsthash,
                "bestanden": {naam: bestand.sha256 for naam, bestand in inzending.bestanden.items()},
                "ingediend_door": inzending.ingediend_door,
                "rol": inzending.rol,
                **({"hergebruikt": eerdere} if eerdere else {}),
            },
        )
        indienen.record_opgave(eenheid, rij, inzending)
        if rij.status is Aanmeldingsstatus.INGETROKKEN:
            indienen.request_ontvangst(huis, eenheid, rij, inzending)
            _confirm_intrekking(huis, eenheid, rij, zegel, sleutel, inzending)
        else:
            verzegeling.unseal_bewijs(huis, eenheid, sleutel, rij, inzending)
            indienen.request_ontvangst(huis, eenheid, rij, inzending)
        zegel.ontzegeld_op = door.nu
        eenheid.sessie.add(zegel)


def _confirm_intrekking(
    huis: Huis, eenheid: Eenheid, rij: AanmeldingRow, zegel: VerzegelingRow, sleutel: Gevondensleutel, van: Inzending
) -> None:
    """Confirm a withdrawal, now that it can be read to whom."""
    intrekking = verzegeling.read_intrekking(huis, sleutel, van.ronde, rij.kenmerk, zegel)
    eenheid.audit(
        Handeling.AANMELDING_INTREKKEN,
        rij.kenmerk,
        naar=rij.status,
        reden=intrekking.reden,
        gegevens={"ingetrokken_door": intrekking.persoon, "op": intrekking.op},
    )
    zaak = load_zaak(eenheid.sessie, huis.feestdagen, rij)
    documenten.request_document(
        huis, eenheid, f"intrekking:{rij.kenmerk}", "intrekkingsbevestiging", rij.kenmerk, van.ronde,
        lambda nummer: brieven.compose_intrekking(zaak, nummer, intrekking),
    )  # fmt: skip
