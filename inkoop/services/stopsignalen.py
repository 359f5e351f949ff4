"""Signals that support does not help: recorded, talked over, and worked in by finance; guarded until then.

Bron: H19-31; C.17; domein D (kwartaalgesprek: signalen van de toegang).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlmodel import Session, col, select

from inkoop.domain.bewaking import Contractterm
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.stopsignaal import (
    Stopsignaal,
    Stopuitkomst,
    check_afronding,
    guard_signaal,
    has_stopregel,
)
from inkoop.domain.toegang import Handeling
from inkoop.services import houders, overeenkomsten, procedures
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.vrijetekst import check_tekst
from inkoop.storage.tabellen.stopsignaal import StopsignaalRow
from inkoop.storage.tellers import next_nummer


def record_signaal(
    huis: Huis,
    door: Optreden,
    contractnummer: str,
    *,
    gemeente: str,
    product: str,
    toewijzingen: int,
    gesignaleerd_op: date,
    bevinding: str,
) -> str:
    """Record that support does not help, for how many allocations; returns the kenmerk. Refused with every reason."""
    with handel(huis, door, Handeling.STOPSIGNAAL_VASTLEGGEN) as eenheid:
        sessie = eenheid.sessie
        rij = overeenkomsten.find_lopende(sessie, contractnummer)
        aanmelding = overeenkomsten.find_aanmelding(sessie, rij)
        definitie = procedures.read_definitie_ronde(sessie, aanmelding.ronde_id)
        beletselen = check_tekst("signaal", "bevinding", bevinding)
        if not rij.ingang <= gesignaleerd_op <= local_date(door.nu):
            tekst = f"De dag ligt voor de ingang ({format_dag(rij.ingang)}) of in de toekomst."
            beletselen.append(Beletsel("signaal-dag", tekst))
        namen = [een.naam for een in definitie.gemeenten_op(gesignaleerd_op)]
        if gemeente not in namen:
            tekst = f"{gemeente} doet dan niet mee. Wel: {', '.join(namen)}."
            beletselen.append(Beletsel("signaal-gemeente", tekst))
        aanbod = sorted(
            {code for codes in houders.find_aanbod(sessie, rij, gesignaleerd_op).values() for code in codes}
        )
        if product not in aanbod:
            tekst = f"Product {product} hoort niet bij {contractnummer}. Wel: {', '.join(aanbod)}."
            beletselen.append(Beletsel("signaal-product", tekst))
        elif not has_stopregel(definitie, product):
            tekst = (
                f"Product {product} wordt niet per resultaat betaald, dus deze regel geldt er niet voor. Bespreek het "
                "in het kwartaalgesprek, of neem een maatregel."
            )
            beletselen.append(Beletsel("signaal-bekostiging", tekst))
        if toewijzingen < 1:
            beletselen.append(Beletsel("signaal-aantal", "Noem het aantal toewijzingen: 1 of meer."))
        open_ = [
            een.kenmerk
            for een in list_signalen(sessie, contractnummer)
            if een.uitkomst is None and (een.gemeente, een.product) == (gemeente, product)
        ]
        if open_:
            tekst = f"Voor {product} in {gemeente} loopt al signaal {open_[0]}. Rond dat eerst af."
            beletselen.append(Beletsel("signaal-dubbel", tekst))
        if beletselen:
            raise BeletselenError("Het stopsignaal is niet vastgelegd.", beletselen)
        kenmerk = f"{contractnummer}-S{next_nummer(sessie, f'stopsignaal:{contractnummer}'):02d}"
        sessie.add(
            StopsignaalRow(
                id=huis.nieuw_id(),
                kenmerk=kenmerk,
                contractnummer=contractnummer,
                gemeente=gemeente,
                product=product,
                toewijzingen=toewijzingen,
                gesignaleerd_op=gesignaleerd_op,
                bevinding=bevinding,
                vastgelegd_door=door.wie,
                vastgelegd_op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.STOPSIGNAAL_VASTLEGGEN,
            kenmerk,
            naar="gesignaleerd",
            gegevens={"gemeente": gemeente, "product": product, "toewijzingen": toewijzingen},
        )
    return kenmerk


def finish_signaal(
    huis: Huis,
    door: Optreden,
    kenmerk: str,
    uitkomst: Stopuitkomst,
    *,
    besproken_op: date,
    toelichting: str,
    stopt_op: date | None = None,
) -> None:
    """Record what came of the talk; with a stop from which day the gemeente pays no more. Once."""
    with handel(huis, door, Handeling.STOPSIGNAAL_AFRONDEN) as eenheid:
        rij = find_signaal(eenheid.sessie, kenmerk)
        beletselen = check_afronding(to_signaal(rij), uitkomst, besproken_op, stopt_op, local_date(door.nu))
        beletselen += check_tekst("signaal", "toelichting", toelichting)
        if beletselen:
            raise BeletselenError(f"{kenmerk} is niet afgerond.", beletselen)
        rij.uitkomst, rij.besproken_op, rij.stopt_op = uitkomst, besproken_op, stopt_op
        rij.toelichting, rij.afgerond_door = toelichting, door.wie
        eenheid.sessie.add(rij)
        eenheid.audit(
            Handeling.STOPSIGNAAL_AFRONDEN,
            kenmerk,
            naar=uitkomst,
            reden=toelichting,
            gegevens={"besproken_op": besproken_op, "stopt_op": stopt_op},
        )


def settle_signaal(huis: Huis, door: Optreden, kenmerk: str, bewijs: str) -> None:
    """Record that the payment was stopped in the administration, with where that shows. Once."""
    with handel(huis, door, Handeling.STOPSIGNAAL_VERWERKEN) as eenheid:
        rij = find_signaal(eenheid.sessie, kenmerk)
        beletselen = check_tekst("signaal", "bewijs", bewijs)
        if rij.uitkomst is not Stopuitkomst.STOPPEN:
            beletselen.append(Beletsel("signaal-stand", f"Bij {kenmerk} is geen betaling die stopt."))
        if rij.verwerkt_op is not None:
            beletselen.append(Beletsel("signaal-dubbel", f"{kenmerk} is al verwerkt."))
        if beletselen:
            raise BeletselenError(f"{kenmerk} is niet verwerkt.", beletselen)
        rij.verwerkt_op, rij.verwerkt_door, rij.verwerkt_bewijs = door.nu, door.wie, bewijs
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.STOPSIGNAAL_VERWERKEN, kenmerk, naar="verwerkt")


def find_signaal(sessie: Session, kenmerk: str) -> StopsignaalRow:
    """The signal with this kenmerk."""
    rij = sessie.exec(select(StopsignaalRow).where(StopsignaalRow.kenmerk == kenmerk)).one_or_none()
    if rij is None:
        raise NietGevondenError("Stopsignaal", kenmerk, sessie.exec(select(StopsignaalRow.kenmerk)))
    return rij


def list_signalen(sessie: Session, contractnummer: str | None = None) -> list[Stopsignaal]:
    """The signals of an agreement, or of all, in order."""
    vraag = select(StopsignaalRow).order_by(col(StopsignaalRow.kenmerk))
    if contractnummer is not None:
        vraag = vraag.where(StopsignaalRow.contractnummer == contractnummer)
    return [to_signaal(rij) for rij in sessie.exec(vraag)]


def list_termen(rijen: Iterable[StopsignaalRow]) -> Iterator[Contractterm]:
    """What the signals of one agreement ask for now."""
    for rij in rijen:
        yield from guard_signaal(to_signaal(rij))


def to_signaal(rij: StopsignaalRow) -> Stopsignaal:
    """A signal as rules know it."""
    return Stopsignaal(
        kenmerk=rij.kenmerk,
        contractnummer=rij.contractnummer,
        gemeente=rij.gemeente,
        product=rij.product,
        toewijzingen=rij.toewijzingen,
        gesignaleerd_op=rij.gesignaleerd_op,
        uitkomst=rij.uitkomst,
        besproken_op=rij.besproken_op,
        stopt_op=rij.stopt_op,
        verwerkt=rij.verwerkt_op is not None,
    )
