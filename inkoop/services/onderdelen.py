"""The parts of an agreement beside itself: what a jurist laid down, composed for each agreement, signed with it.

The agreement names each part with its kenmerk, so who signs it signs these texts and no others. As long as an
agreement is a concept, what the jurist lays down is taken over; afterwards a part changes by addendum.

Bron: H19-42, H19-53, H19-54, BP-14; domein B.7, C.18-C.20; D (contract samenstellen: jurist).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import Session, col, select

from inkoop.definitions.verbodenwoorden import check_artikeltekst
from inkoop.documents.gegevens.afspraken import Opdrachtgegevens
from inkoop.documents.gegevens.overeenkomsten import Onderdeelregel, Raamovereenkomstgegevens
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.onderdelen import (
    Dienstverleninginhoud,
    Gegevensinhoud,
    Onderdeelinhoud,
    Onderdelenbestand,
    Samenwerkinginhoud,
    check_onderdelen,
    list_open,
    list_teksten,
    name_onderdeel,
)
from inkoop.domain.overeenkomstdelen import Onderdeelsoort
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import documenten, procedures
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.brieven.onderdelen import choose_rol, compose_onderdeel
from inkoop.services.gezien import Kijk, Stand
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.publicatie import NOG_TE_WIJZIGEN
from inkoop.services.rondes import lees
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.onderdeel import OnderdeelinhoudRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vraagdelen import ask_delen, name_waarden

SJABLONEN: Mapping[Onderdeelsoort, str] = {
    Onderdeelsoort.SAMENWERKING: "samenwerkingsovereenkomst-aanbieder",
    Onderdeelsoort.GEGEVENS: "gegevensafspraken",
    Onderdeelsoort.DIENSTVERLENING: "dienstverleningsovereenkomst",
}
"""The template of each part; by this name an addendum says which part it changes."""

INHOUD: Mapping[Onderdeelsoort, type[Onderdeelinhoud]] = {
    Onderdeelsoort.SAMENWERKING: Samenwerkinginhoud,
    Onderdeelsoort.GEGEVENS: Gegevensinhoud,
    Onderdeelsoort.DIENSTVERLENING: Dienstverleninginhoud,
}
"""What a jurist lays down of each part."""

Hoofdgegevens = Raamovereenkomstgegevens | Opdrachtgegevens
Concept = tuple[OvereenkomstRow, Zaak, DocumentRow, Hoofdgegevens]
"""A concept agreement with its case, its document that can still change, and what that says."""


def adopt_onderdelen(huis: Huis, door: Optreden, doel: str, bestand: Onderdelenbestand) -> list[Onderdeelsoort]:
    """Lay down what parts say: for all agreements of a procedure, or for one; by a jurist. Returns which parts.

    Raises BeletselenError with every reason, also for an agreement that was offered for signing already.
    """
    with handel(huis, door, Handeling.ONDERDEEL_VASTSTELLEN) as eenheid:
        sessie = eenheid.sessie
        overeenkomst = sessie.exec(select(OvereenkomstRow).where(OvereenkomstRow.contractnummer == doel)).one_or_none()
        beletselen = check_onderdelen(bestand)
        if overeenkomst is None:
            rij = procedures.find_procedure(sessie, doel)
            procedure_id, definitie = rij.id, procedures.decode_definitie(rij)
        else:
            procedure_id = _find_procedure(sessie, overeenkomst)
            definitie = procedures.read_definitie(sessie, procedure_id)
            if overeenkomst.status is not Overeenkomststatus.CONCEPT:
                tekst = (
                    f"{doel} is al aangeboden of getekend (status: {overeenkomst.status}). Wijzig een onderdeel dan "
                    "met een addendum: inkoop wijziging voorstellen."
                )
                beletselen.append(Beletsel("overeenkomst-status", tekst))
        if not definitie.selectie:
            beletselen += [
                Beletsel("onderdeel-toelating", f"{soort}, {naam}: {waarom}")
                for soort, inhoud in bestand.delen.items()
                for naam, tekst in list_teksten(inhoud)
                for waarom in check_artikeltekst(tekst)
            ]
        if beletselen:
            raise BeletselenError("De onderdelen zijn niet vastgesteld.", beletselen)
        nummer = "" if overeenkomst is None else doel
        for soort, inhoud in bestand.delen.items():
            eerder = _list_rijen(sessie, procedure_id, soort, nummer)
            sessie.add(
                OnderdeelinhoudRow(
                    id=huis.nieuw_id(),
                    procedure_id=procedure_id,
                    contractnummer=nummer,
                    soort=soort,
                    nummer=len(eerder) + 1,
                    inhoud=msgspec.json.encode(inhoud).decode(),
                    vastgesteld_door=door.wie,
                    vastgesteld_op=door.nu,
                )
            )
            eenheid.audit(
                Handeling.ONDERDEEL_VASTSTELLEN,
                doel,
                naar=f"{soort} {len(eerder) + 1}",
                reden=inhoud.motivering if isinstance(inhoud, Gegevensinhoud) else "",
                gegevens={"rol": inhoud.rol} if isinstance(inhoud, Gegevensinhoud) else {},
            )
    return list(bestand.delen)


class Doelzicht(msgspec.Struct, frozen=True, kw_only=True):
    """What is laid down for a procedure or one agreement (`doel`); `eigen` is what was laid down for that itself."""

    doel: str
    procedure: str
    titel: str
    inhoud: dict[Onderdeelsoort, Onderdeelinhoud]
    eigen: frozenset[Onderdeelsoort]


def read_doel(huis: Huis, door: Optreden, doel: str) -> Doelzicht:
    """What holds for a procedure or an agreement now, for the jurist who lays it down. Raises NietGevondenError."""
    with lees(huis, door, Handeling.ONDERDEEL_VASTSTELLEN) as sessie:
        rij = sessie.exec(select(OvereenkomstRow).where(OvereenkomstRow.contractnummer == doel)).one_or_none()
        nummer = "" if rij is None else doel
        procedure_id = procedures.find_procedure(sessie, doel).id if rij is None else _find_procedure(sessie, rij)
        definitie = procedures.read_definitie(sessie, procedure_id)
        return Doelzicht(
            doel=doel,
            procedure=definitie.naam,
            titel=definitie.titel,
            inhoud=read_inhoud(sessie, procedure_id, nummer),
            eigen=frozenset(soort for soort in Onderdeelsoort if _list_rijen(sessie, procedure_id, soort, nummer)),
        )


def look_onderdeel(
    doel: str, soort: Onderdeelsoort, schrijf: Callable[[Onderdeelinhoud], tuple[tuple[str, str], ...]]
) -> Kijk:
    """What a part says now, for who lays it down beside somebody else; `schrijf` puts it in lines for people."""

    def kijk(sessie: Session) -> Stand:
        overeenkomst = sessie.exec(select(OvereenkomstRow).where(OvereenkomstRow.contractnummer == doel)).one_or_none()
        if overeenkomst is None:
            rijen = _list_rijen(sessie, procedures.find_procedure(sessie, doel).id, soort, "")
        else:
            procedure_id = _find_procedure(sessie, overeenkomst)
            rijen = _list_rijen(sessie, procedure_id, soort, doel) or _list_rijen(sessie, procedure_id, soort, "")
        if not rijen:
            return Stand(regels=())
        rij = rijen[-1]
        regels = schrijf(msgspec.json.decode(rij.inhoud, type=INHOUD[soort]))
        return Stand(regels=regels, door=rij.vastgesteld_door, op=rij.vastgesteld_op, sleutel=rij.inhoud)

    return kijk


def _list_rijen(sessie: Session, procedure_id: UUID, soort: Onderdeelsoort, nummer: str) -> list[OnderdeelinhoudRow]:
    vraag = select(OnderdeelinhoudRow).where(
        OnderdeelinhoudRow.procedure_id == procedure_id,
        OnderdeelinhoudRow.contractnummer == nummer,
        OnderdeelinhoudRow.soort == soort,
    )
    return list(sessie.exec(vraag.order_by(col(OnderdeelinhoudRow.nummer))))


def _find_procedure(sessie: Session, rij: OvereenkomstRow) -> UUID:
    aanmelding = sessie.get_one(AanmeldingRow, rij.aanmelding_id)
    return sessie.get_one(RondeRow, aanmelding.ronde_id).procedure_id


def read_inhoud(sessie: Session, procedure_id: UUID, contractnummer: str) -> dict[Onderdeelsoort, Onderdeelinhoud]:
    """What holds for one agreement: what was laid down last for it, else for all of its procedure."""
    gevonden = {}
    for soort in Onderdeelsoort:
        rijen = _list_rijen(sessie, procedure_id, soort, contractnummer) or _list_rijen(sessie, procedure_id, soort, "")
        if rijen:
            gevonden[soort] = msgspec.json.decode(rijen[-1].inhoud, type=INHOUD[soort])
    return gevonden


def add_onderdelen(
    huis: Huis, eenheid: Eenheid, zaak: Zaak, rij: OvereenkomstRow, hoofd: Hoofdgegevens
) -> Hoofdgegevens:
    """Ask for each part of an agreement, in the transaction that composes it; the data of the agreement naming them.

    The data annex of the agreement follows the role that the jurist laid down.
    """
    inhoud = read_inhoud(eenheid.sessie, zaak.ronderij.procedure_id, rij.contractnummer)
    regels = tuple(_request(huis, eenheid, zaak, rij, soort, deel) for soort, deel in inhoud.items())
    gegevens = inhoud.get(Onderdeelsoort.GEGEVENS)
    if isinstance(gegevens, Gegevensinhoud):
        hoofd = msgspec.structs.replace(hoofd, gegevensafspraak=choose_rol(zaak, gegevens))
    return msgspec.structs.replace(hoofd, onderdelen=regels)


def _request(
    huis: Huis,
    eenheid: Eenheid,
    zaak: Zaak,
    rij: OvereenkomstRow,
    soort: Onderdeelsoort,
    inhoud: Onderdeelinhoud,
) -> Onderdeelregel:
    """Ask for a part, or for a new version of it when what it says changed; how the agreement names it."""
    sleutel = f"onderdeel:{rij.contractnummer}:{soort}"
    bestaand = documenten.find_by_sleutel(eenheid.sessie, sleutel)
    oud = None if bestaand is None else documenten.decode_gegevens(bestaand)
    datum = local_date(eenheid.op) if oud is None else _read_datum(oud)
    if bestaand is None:
        kenmerk = documenten.request_document(
            huis, eenheid, sleutel, SJABLONEN[soort], rij.contractnummer, zaak.ronde.kenmerk,
            lambda nieuw: _compose(zaak, rij, inhoud, nieuw, datum),
        )  # fmt: skip
    elif bestaand.status in NOG_TE_WIJZIGEN and oud != (nu := _compose(zaak, rij, inhoud, bestaand.kenmerk, datum)):
        kenmerk = documenten.renew(huis, eenheid, bestaand, nu)
    else:
        kenmerk = bestaand.kenmerk
    rol = inhoud.rol if isinstance(inhoud, Gegevensinhoud) else None
    return Onderdeelregel(naam=name_onderdeel(soort, rol, datum), kenmerk=kenmerk)


def _compose(zaak: Zaak, rij: OvereenkomstRow, inhoud: Onderdeelinhoud, kenmerk: str, datum: date) -> msgspec.Struct:
    return compose_onderdeel(
        zaak, inhoud, kenmerk=kenmerk, contractnummer=rij.contractnummer, datum=datum, einde=rij.einddatum
    )


def _read_datum(gegevens: msgspec.Struct) -> date:
    """The day on which a part was drawn up; every part has one."""
    datum: date = getattr(gegevens, "datum")  # noqa: B009
    return datum


def update_onderdelen(huis: Huis, door: Optreden, aanmelding: str) -> bool:
    """Bring the parts of a concept agreement, and what it says of them, up to what the jurist laid down.

    False when nothing changes: no agreement, offered already, or all as it should be.
    """
    with huis.winkel.lezen() as sessie:
        if _find_verouderd(huis, sessie, aanmelding) is None:
            return False
    with handel(huis, door, Handeling.OVEREENKOMST_OPSTELLEN) as eenheid:
        gevonden = _find_verouderd(huis, eenheid.sessie, aanmelding)
        if gevonden is None:
            return False
        rij, zaak, document, hoofd = gevonden
        nieuw = add_onderdelen(huis, eenheid, zaak, rij, hoofd)
        if nieuw != hoofd:
            documenten.renew(huis, eenheid, document, nieuw)
        eenheid.audit(
            Handeling.OVEREENKOMST_OPSTELLEN,
            rij.contractnummer,
            naar="onderdelen bijgewerkt",
            gegevens={"onderdelen": [een.kenmerk for een in nieuw.onderdelen]},
        )
    return True


def _find_verouderd(huis: Huis, sessie: Session, aanmelding: str) -> Concept | None:
    """The concept agreement that came of an aanmelding, when its parts are not what the jurist laid down."""
    concept = _find_concept(huis, sessie, aanmelding)
    return concept if concept is not None and _is_verouderd(sessie, concept) else None


def _find_concept(huis: Huis, sessie: Session, aanmelding: str) -> Concept | None:
    """The concept agreement that came of an aanmelding, with its document that can still change."""
    vraag = (
        select(OvereenkomstRow, AanmeldingRow)
        .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .where(AanmeldingRow.kenmerk == aanmelding, OvereenkomstRow.status == Overeenkomststatus.CONCEPT)
    )
    gevonden = sessie.exec(vraag).one_or_none()
    if gevonden is None:
        return None
    rij, aanmeldingrij = gevonden
    document = documenten.find_by_sleutel(sessie, f"overeenkomst:{rij.contractnummer}")
    if document is None or document.status not in NOG_TE_WIJZIGEN:
        return None
    hoofd = documenten.decode_gegevens(document)
    if not isinstance(hoofd, Raamovereenkomstgegevens | Opdrachtgegevens):
        return None
    return rij, load_zaak(sessie, huis.feestdagen, aanmeldingrij), document, hoofd


def _is_verouderd(sessie: Session, concept: Concept) -> bool:
    """Whether a part is missing or says something else than was laid down, or the agreement names other parts."""
    rij, zaak, _, hoofd = concept
    inhoud = read_inhoud(sessie, zaak.ronderij.procedure_id, rij.contractnummer)
    if len(inhoud) != len(hoofd.onderdelen):
        return True
    for soort, deel in inhoud.items():
        document = documenten.find_by_sleutel(sessie, f"onderdeel:{rij.contractnummer}:{soort}")
        if document is None or document.kenmerk not in {een.kenmerk for een in hoofd.onderdelen}:
            return True
        oud = documenten.decode_gegevens(document)
        if oud != _compose(zaak, rij, deel, document.kenmerk, _read_datum(oud)):
            return True
    return False


def list_documenten(sessie: Session, contractnummer: str) -> list[DocumentRow]:
    """The current documents of the parts of an agreement."""
    sleutels = [f"onderdeel:{contractnummer}:{soort}" for soort in Onderdeelsoort]
    gevonden = {een.sleutel: een for een in ask_delen(sessie, _build_documenten(), sleutels)}
    return [gevonden[sleutel] for sleutel in sleutels if sleutel in gevonden]


@cache
def _build_documenten() -> Any:
    return select(DocumentRow).where(name_waarden(DocumentRow.sleutel))


def list_ontbrekend(
    sessie: Session, definitie: Proceduredefinitie, procedure_id: UUID, contractnummer: str
) -> list[str]:
    """The parts that always belong to the agreement of a procedure and of which nobody laid down what they say."""
    return list_open(definitie.contract, read_inhoud(sessie, procedure_id, contractnummer))


def check_compleet(sessie: Session, rij: OvereenkomstRow, document: DocumentRow) -> list[Beletsel]:
    """Why the parts of an agreement keep it from being offered or signed; empty = they do not.

    A procedure of which nothing was laid down makes its parts elsewhere; once something is, every mandatory one must.
    """
    nummer = rij.contractnummer
    procedure_id = _find_procedure(sessie, rij)
    stukken = list_documenten(sessie, nummer)
    inhoud = read_inhoud(sessie, procedure_id, nummer)
    beletselen = [
        Beletsel("onderdeel-niet-akkoord", f"Onderdeel {een.kenmerk} ({een.titel}) is niet goedgekeurd ({een.status}).")
        for een in stukken
        if een.status not in documenten.UITGAAND
    ]
    if inhoud:
        definitie = procedures.read_definitie(sessie, procedure_id)
        beletselen += [
            Beletsel("onderdeel-ontbreekt", f"Onderdeel '{naam}' is nog niet vastgesteld door een jurist.")
            for naam in list_ontbrekend(sessie, definitie, procedure_id, nummer)
        ]
    genoemd = {een.kenmerk for een in getattr(documenten.decode_gegevens(document), "onderdelen", ())}
    if genoemd != {een.kenmerk for een in stukken}:
        tekst = f"{document.kenmerk} noemt andere onderdelen dan er nu zijn; werk haar bij met de flow contracteren."
        beletselen.append(Beletsel("onderdeel-gewijzigd", tekst))
    return beletselen
