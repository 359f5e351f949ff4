"""Measures against a provider that does not keep its agreement: intention, view, decision, and what follows.

Bron: H19-58; B.8; C.27; FE-3, FE-4; domein D (HTHP-maatregel).
"""

from __future__ import annotations

from datetime import date

import msgspec
from sqlmodel import Session, col, select

from inkoop.documents.gegevens.contractstukken import (
    Maatregelbesluitgegevens,
    Tekortkoming,
    Voornemenbriefgegevens,
)
from inkoop.domain.contractprofiel import Contractthema
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.overeenkomstdelen import Sanctiestap
from inkoop.domain.persoon import Rol
from inkoop.domain.sanctieladder import (
    Maatregelgevolg,
    Maatregelstand,
    check_besluit,
    check_gevolg,
    check_stap,
    end_of_zienswijze,
)
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus
from inkoop.services import artikelplaatsen, documenten, overeenkomsten, personen
from inkoop.services.brieven import blokken, ondertekening
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.rondes import lees
from inkoop.services.vernietigd import not_found
from inkoop.services.vrijetekst import check_tekst
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.maatregel import MaatregelRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tellers import next_nummer
from inkoop.storage.vrijetekst import check_bsn


class Voornemen(msgspec.Struct, frozen=True, kw_only=True):
    """What is intended: what was agreed, what was found and where that shows, what is to be done and why so much."""

    stap: int
    afspraak: str
    bevinding: str
    bewijs: str
    maatregel: str
    evenredigheid: str
    ingang: date
    gevolg: Maatregelgevolg = Maatregelgevolg.GEEN
    einde: date | None = None
    clienten: str = ""
    overdracht_op: date | None = None
    sprong: str = ""


def propose_maatregel(huis: Huis, door: Optreden, contractnummer: str, voornemen: Voornemen) -> str:
    """Record the intention of a measure, with its letter; returns the kenmerk. Refused with every reason."""
    with handel(huis, door, Handeling.MAATREGEL_VOORNEMEN) as eenheid:
        sessie = eenheid.sessie
        rij, zaak = _find_lopend(huis, sessie, contractnummer)
        contract = zaak.definitie.contract
        eerder = list_maatregelen(sessie, contractnummer)
        besloten = [een.stap for een in eerder if een.stand is Maatregelstand.BESLOTEN]
        beletselen = check_stap(contract, voornemen.stap, besloten, voornemen.sprong)
        if open_ := [een.kenmerk for een in eerder if een.stand is Maatregelstand.VOORGENOMEN]:
            beletselen.append(Beletsel("maatregel-open", f"Er loopt al een voornemen: {open_[0]}. Rond dat eerst af."))
        for naam in ("afspraak", "bevinding", "bewijs", "maatregel", "evenredigheid"):
            beletselen += check_tekst("maatregel", naam, getattr(voornemen, naam))
        for naam in ("sprong", "clienten"):
            beletselen += check_bsn(naam, getattr(voornemen, naam))
        if beletselen:
            raise BeletselenError("Dit voornemen kan zo niet.", beletselen)
        stap = contract.sanctiestappen[voornemen.stap - 1]
        tot = end_of_zienswijze(stap, local_date(door.nu))
        beletselen = check_gevolg(
            voornemen.gevolg,
            voornemen.ingang,
            voornemen.einde,
            voornemen.clienten,
            voornemen.overdracht_op,
            tot if stap.zienswijze_dagen else date.fromordinal(tot.toordinal() - 1),
        )
        if beletselen:
            raise BeletselenError("Dit voornemen kan zo niet.", beletselen)
        maatregel = MaatregelRow(
            id=huis.nieuw_id(),
            kenmerk=f"{contractnummer}-M{next_nummer(sessie, f'maatregel:{contractnummer}'):02d}",
            overeenkomst_id=rij.id,
            contractnummer=contractnummer,
            naam=stap.naam,
            stand=Maatregelstand.VOORGENOMEN,
            opgesteld_door=door.wie,
            voorgenomen_op=door.nu,
            zienswijze_tot=tot,
            **msgspec.structs.asdict(voornemen),
        )
        sessie.add(maatregel)
        eenheid.audit(
            Handeling.MAATREGEL_VOORNEMEN,
            maatregel.kenmerk,
            naar=maatregel.stand,
            reden=voornemen.evenredigheid,
            gegevens={"contract": contractnummer, "stap": voornemen.stap, "gevolg": voornemen.gevolg},
        )
        if stap.zienswijze_dagen:
            _request_voornemen(huis, eenheid, zaak, maatregel, eerder, door)
    return maatregel.kenmerk


def record_zienswijze(huis: Huis, door: Optreden, kenmerk: str, op: date, tekst: str) -> None:
    """Record the view of the provider on an intention, once, by itself or by contract management."""
    with handel(huis, door, Handeling.ZIENSWIJZE_VASTLEGGEN) as eenheid:
        rij = find_maatregel(eenheid.sessie, kenmerk)
        _, zaak = _find_lopend(huis, eenheid.sessie, rij.contractnummer)
        beletselen = _check_open(rij)
        if door.rol is Rol.AANBIEDER and personen.find_kvk(eenheid.sessie, door.wie) != zaak.rij.kvk:
            beletselen.append(Beletsel("andere-aanbieder", f"U handelt niet voor {zaak.opgave.naam}."))
        if rij.zienswijze_op is not None:
            tekst_ = f"De zienswijze van {format_dag(rij.zienswijze_op)} is al vastgelegd."
            beletselen.append(Beletsel("zienswijze-dubbel", tekst_))
        if not local_date(rij.voorgenomen_op) <= op <= local_date(door.nu):
            beletselen.append(Beletsel("zienswijze-dag", "De dag ligt voor het voornemen, of in de toekomst."))
        if not tekst.strip():
            beletselen.append(Beletsel("zienswijze-leeg", "Schrijf op wat de aanbieder zegt."))
        if beletselen:
            raise BeletselenError("De zienswijze is niet vastgelegd.", beletselen)
        rij.zienswijze_op, rij.zienswijze = op, tekst
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.ZIENSWIJZE_VASTLEGGEN, kenmerk, naar="zienswijze", gegevens={"op": op})


def decide_maatregel(huis: Huis, door: Optreden, kenmerk: str, weging: str) -> None:
    """Decide on a measure after the provider was heard; with the end of the agreement its end date moves.

    Refused with every reason: not heard, letter not out, not the level of this step, no mandate, no weighing.
    """
    with handel(huis, door, Handeling.MAATREGEL_BESLUITEN, kenmerk) as eenheid:
        sessie = eenheid.sessie
        maatregel = find_maatregel(sessie, kenmerk)
        rij, zaak = _find_lopend(huis, sessie, maatregel.contractnummer)
        stap = zaak.definitie.contract.sanctiestappen[maatregel.stap - 1]
        op = local_date(door.nu)
        beletselen = _check_open(maatregel)
        beletselen += check_besluit(
            zaak.definitie,
            stap,
            zienswijze_tot=maatregel.zienswijze_tot,
            gehoord=maatregel.zienswijze_op is not None or not stap.zienswijze_dagen,
            rol=door.rol,
            functie=door.persoon.functie,
            op=op,
        )
        if stap.zienswijze_dagen and not _is_verzonden(sessie, maatregel):
            tekst = "De brief met het voornemen is niet verzonden. Laat de jurist hem goedkeuren en verzend hem eerst."
            beletselen.append(Beletsel("voornemen-verzenden", tekst))
        if not weging.strip():
            beletselen.append(Beletsel("maatregel-weging", "Schrijf hoe u de zienswijze weegt, ook als er geen kwam."))
        if beletselen:
            raise BeletselenError(f"Over {kenmerk} kan zo niet worden besloten.", beletselen)
        eerder = [een for een in list_maatregelen(sessie, maatregel.contractnummer) if een.kenmerk != kenmerk]
        maatregel.stand, maatregel.weging = Maatregelstand.BESLOTEN, weging
        maatregel.besloten_door, maatregel.besloten_op = door.wie, door.nu
        sessie.add(maatregel)
        eenheid.audit(
            Handeling.MAATREGEL_BESLUITEN,
            kenmerk,
            van=Maatregelstand.VOORGENOMEN,
            naar=maatregel.stand,
            reden=weging,
            gegevens={"contract": maatregel.contractnummer, "gevolg": maatregel.gevolg, "ingang": maatregel.ingang},
        )
        if stap.zienswijze_dagen:
            _request_besluit(huis, eenheid, zaak, maatregel, eerder, door)
        if maatregel.gevolg is Maatregelgevolg.BEEINDIGING and maatregel.ingang < rij.einddatum:
            rij.einddatum = maatregel.ingang
            sessie.add(rij)


def withdraw_maatregel(huis: Huis, door: Optreden, kenmerk: str, reden: str) -> None:
    """Let an intention go, with why; a decision is not withdrawn but followed by another."""
    with handel(huis, door, Handeling.MAATREGEL_VOORNEMEN) as eenheid:
        rij = find_maatregel(eenheid.sessie, kenmerk)
        beletselen = _check_open(rij)
        if not reden.strip():
            beletselen.append(Beletsel("maatregel-reden", "Schrijf waarom het voornemen niet doorgaat."))
        if beletselen:
            raise BeletselenError(f"{kenmerk} kan niet worden ingetrokken.", beletselen)
        eenheid.audit(
            Handeling.MAATREGEL_VOORNEMEN, kenmerk, van=rij.stand, naar=Maatregelstand.INGETROKKEN, reden=reden
        )
        rij.stand = Maatregelstand.INGETROKKEN
        eenheid.sessie.add(rij)


def find_maatregel(sessie: Session, kenmerk: str) -> MaatregelRow:
    """The measure with this kenmerk."""
    rij = sessie.exec(select(MaatregelRow).where(MaatregelRow.kenmerk == kenmerk)).one_or_none()
    if rij is None:
        raise not_found(sessie, "Maatregel", kenmerk, sessie.exec(select(MaatregelRow.kenmerk)))
    return rij


class Maatregelzicht(msgspec.Struct, frozen=True, kw_only=True):
    """A measure for a page, with its step of the ladder and its letters (to a provider those that it was sent)."""

    rij: MaatregelRow
    stap: Sanctiestap
    aanbieder: str
    ronde: str
    brieven: tuple[DocumentRow, ...]


def read_maatregel(huis: Huis, door: Optreden, kenmerk: str) -> Maatregelzicht:
    """One measure. A provider reads its own from the day on which the intention was sent; else it is not there."""
    eigen = door.rol is Rol.AANBIEDER
    with lees(huis, door, Handeling.ZIENSWIJZE_VASTLEGGEN if eigen else Handeling.OVEREENKOMST_LEZEN) as sessie:
        rij = find_maatregel(sessie, kenmerk)
        aanmelding = overeenkomsten.find_aanmelding(sessie, sessie.get_one(OvereenkomstRow, rij.overeenkomst_id))
        if eigen and not (personen.find_kvk(sessie, door.wie) == aanmelding.kvk and _is_verzonden(sessie, rij)):
            raise NietGevondenError("Maatregel", kenmerk)
        zaak = load_zaak(sessie, huis.feestdagen, aanmelding)
        brieven = documenten.list_documenten(sessie, onderwerp=kenmerk)
    return Maatregelzicht(
        rij=rij,
        stap=zaak.definitie.contract.sanctiestappen[rij.stap - 1],
        aanbieder=aanmelding.naam,
        ronde=zaak.ronde.kenmerk,
        brieven=tuple(b for b in brieven if not eigen or b.status is Documentstatus.VERZONDEN),
    )


def list_eigen(sessie: Session, kvk: str) -> list[MaatregelRow]:
    """The measures of which a legal person was sent the intention."""
    vraag = (
        select(MaatregelRow)
        .join(OvereenkomstRow, col(OvereenkomstRow.id) == MaatregelRow.overeenkomst_id)
        .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .where(AanmeldingRow.kvk == kvk)
        .order_by(col(MaatregelRow.kenmerk))
    )
    return [een for een in sessie.exec(vraag) if _is_verzonden(sessie, een)]


def list_maatregelen(sessie: Session, contractnummer: str | None = None) -> list[MaatregelRow]:
    """The measures on an agreement, or on all, in order."""
    vraag = select(MaatregelRow).order_by(col(MaatregelRow.kenmerk))
    if contractnummer is not None:
        vraag = vraag.where(MaatregelRow.contractnummer == contractnummer)
    return list(sessie.exec(vraag))


def has_einde(sessie: Session, contractnummer: str) -> bool:
    """Whether a measure ends this agreement: then no extension moves its end date."""
    return any(
        een.stand is Maatregelstand.BESLOTEN and een.gevolg is Maatregelgevolg.BEEINDIGING
        for een in list_maatregelen(sessie, contractnummer)
    )


def _check_open(rij: MaatregelRow) -> list[Beletsel]:
    if rij.stand is Maatregelstand.VOORGENOMEN:
        return []
    return [Beletsel("maatregel-stand", f"{rij.kenmerk} is al {rij.stand}.")]


def _find_lopend(huis: Huis, sessie: Session, contractnummer: str) -> tuple[OvereenkomstRow, Zaak]:
    rij = overeenkomsten.find_lopende(sessie, contractnummer)
    return rij, load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))


def _is_verzonden(sessie: Session, rij: MaatregelRow) -> bool:
    brief = documenten.find_by_sleutel(sessie, f"maatregel:{rij.kenmerk}:voornemen")
    return brief is not None and brief.status is Documentstatus.VERZONDEN


def _list_vast(
    huis: Huis, sessie: Session, zaak: Zaak, rij: MaatregelRow, eerder: list[MaatregelRow], door: Optreden
) -> dict[str, object]:
    """What both letters say; the article is that of the agreement itself."""
    return {
        "datum": local_date(door.nu),
        "ondertekenaar": ondertekening.sign_stap(
            zaak.definitie, door.persoon.naam, door.persoon.functie, rij.stap, local_date(door.nu)
        ),
        "organisatie": blokken.organisatie(zaak.definitie, local_date(door.nu)),
        "procedure": blokken.procedure(zaak.definitie),
        "aanbieder": blokken.aanbieder(zaak.opgave),
        "contractnummer": rij.contractnummer,
        "artikel": artikelplaatsen.find_artikel(
            huis,
            sessie,
            rij.contractnummer,
            zaak.definitie.contract.overeenkomstsoort,
            Contractthema.NIETNAKOMING,
        ),
        "tekortkomingen": (Tekortkoming(afspraak=rij.afspraak, bevinding=rij.bevinding, bron=rij.bewijs),),
        "eerder": tuple(
            f"{een.naam}, besloten op {format_dag(local_date(een.besloten_op))}"
            for een in eerder
            if een.besloten_op is not None
        )
        or ("er is nog geen eerdere stap gezet",),
        "maatregel": rij.maatregel,
        "evenredigheid": rij.evenredigheid,
        "ingang": rij.ingang,
    }


def _request_voornemen(
    huis: Huis, eenheid: Eenheid, zaak: Zaak, rij: MaatregelRow, eerder: list[MaatregelRow], door: Optreden
) -> None:
    vast = _list_vast(huis, eenheid.sessie, zaak, rij, eerder, door)
    documenten.request_document(
        huis,
        eenheid,
        f"maatregel:{rij.kenmerk}:voornemen",
        "voornemen-maatregel",
        rij.kenmerk,
        zaak.ronde.kenmerk,
        lambda kenmerk: Voornemenbriefgegevens(
            kenmerk=kenmerk,
            zienswijze_tot=rij.zienswijze_tot,
            overgeslagen=rij.sprong or None,
            **vast,  # type: ignore[arg-type]
        ),
    )


def _request_besluit(
    huis: Huis, eenheid: Eenheid, zaak: Zaak, rij: MaatregelRow, eerder: list[MaatregelRow], door: Optreden
) -> None:
    vast = _list_vast(huis, eenheid.sessie, zaak, rij, eerder, door)
    documenten.request_document(
        huis,
        eenheid,
        f"maatregel:{rij.kenmerk}:besluit",
        "maatregelbesluit",
        rij.kenmerk,
        zaak.ronde.kenmerk,
        lambda kenmerk: Maatregelbesluitgegevens(
            kenmerk=kenmerk,
            voornemen_datum=local_date(rij.voorgenomen_op),
            zienswijze_op=rij.zienswijze_op,
            zienswijze=rij.zienswijze or "U hebt niet gereageerd.",
            weging=rij.weging,
            einde_maatregel=rij.einde,
            clienten=rij.clienten or "Voor uw cliënten verandert er niets.",
            besluit_datum=local_date(door.nu),
            voorbereid_door=(_find_functie(eenheid.sessie, rij.opgesteld_door),),
            rechtbank=zaak.definitie.rechtsbescherming.rechtbank,
            **vast,  # type: ignore[arg-type]
        ),
    )


def _find_functie(sessie: Session, persoon: str) -> str:
    """The post of who prepared a measure; letters name no civil servant."""
    return next((een.functie for een in personen.list_in(sessie) if een.id == persoon), persoon)
