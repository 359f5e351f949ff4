"""Signing as a page shows it: what of a round waits for signatures, one text with who signed, and its copies.

Bron: B.3.4, C.17; FE-5, FE-9; H19-10.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlmodel import Session, col, func, select

from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.exchange.padescontrole import Zegel
from inkoop.services import afschriften, getekendestukken, ondertekeningen, overeenkomsten, personen, rondes
from inkoop.services.afschriften import Afschriftstand
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.ondertekening import GetekendstukRow, Stukstand
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OndertekeningRow, OvereenkomstRow, Partijsoort


class Tekenregel(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement or addendum in a list; `te_zien` are signed copies that a second person has to look at."""

    nummer: str
    aanbieder: str
    status: Overeenkomststatus
    gezet: int
    te_zien: int


class Tekenaar(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign, for whom and on which ground; `gezamenlijk`: only together with another."""

    partij: Partijsoort
    naam: str
    functie: str
    namens: str
    gezamenlijk: bool

    @property
    def keuze(self) -> str:
        """This person for this party, as a choice in a form."""
        return f"{self.partij}: {self.naam}, {self.functie}, namens {self.namens}"


class Tekenblad(msgspec.Struct, frozen=True, kw_only=True):
    """One text that is or was offered for signing, with everything about its signatures."""

    nummer: str
    contract: str
    aanbieder: str
    ronde: str
    titel: str
    document: str
    status: Overeenkomststatus
    gezet: tuple[OndertekeningRow, ...]
    ontbreekt: tuple[str, ...]
    stukken: tuple[GetekendstukRow, ...]
    tekenaars: tuple[Tekenaar, ...]
    leden: tuple[str, ...]
    afschriften: tuple[Afschriftstand, ...]


class Stukblad(msgspec.Struct, frozen=True, kw_only=True):
    """A signed copy that came back, with what was found in it and the text that was offered."""

    stuk: GetekendstukRow
    aanbieder: str
    ronde: str
    aangeboden_sha256: str
    zegel: Zegel | None
    twijfel: tuple[str, ...]


_IN_BEELD = (Overeenkomststatus.TER_ONDERTEKENING, Overeenkomststatus.GETEKEND, Overeenkomststatus.CONCEPT)


def list_ronde(
    huis: Huis, door: Optreden, ronde: str, vanaf: int, aantal: int, *, alles: bool = False
) -> tuple[list[Tekenregel], int]:
    """Agreements and addenda of a round that are on their way to being signed (`alles`: every one), and how many."""
    with lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        overeenkomst = (
            select(OvereenkomstRow.contractnummer.label("nummer"), AanmeldingRow.naam, OvereenkomstRow.status)  # type: ignore[attr-defined]
            .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
            .where(AanmeldingRow.ronde_id == rij.id)
        )
        addendum = (
            select(AddendumRow.nummer.label("nummer"), AanmeldingRow.naam, AddendumRow.status)  # type: ignore[attr-defined]
            .join(OvereenkomstRow, col(OvereenkomstRow.id) == AddendumRow.overeenkomst_id)
            .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
            .where(AanmeldingRow.ronde_id == rij.id)
        )
        if not alles:
            overeenkomst = overeenkomst.where(col(OvereenkomstRow.status).in_(_IN_BEELD))
            addendum = addendum.where(col(AddendumRow.status).in_(_IN_BEELD))
        beide = overeenkomst.union_all(addendum).subquery()
        totaal = sessie.exec(select(func.count()).select_from(beide)).one()
        kolommen: Any = select(beide.c.nummer, beide.c.naam, beide.c.status)
        rijen = sessie.exec(kolommen.order_by(beide.c.nummer).offset(vanaf).limit(aantal)).all()
        gezet, te_zien = _count(sessie, [nummer for nummer, _, _ in rijen])
    return [
        Tekenregel(
            nummer=nummer,
            aanbieder=naam,
            status=Overeenkomststatus(status),
            gezet=gezet.get(nummer, 0),
            te_zien=te_zien.get(nummer, 0),
        )
        for nummer, naam, status in rijen
    ], totaal


def _count(sessie: Session, nummers: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    """How many signatures, and how many copies to look at, by number."""
    gezet = (
        select(DocumentRow.onderwerp, func.count())
        .join(OndertekeningRow, col(OndertekeningRow.document_id) == DocumentRow.id)
        .where(col(DocumentRow.sleutel).in_([f"overeenkomst:{nummer}" for nummer in nummers]))
        .group_by(DocumentRow.onderwerp)
    )
    te_zien = (
        select(GetekendstukRow.nummer, func.count())
        .where(col(GetekendstukRow.nummer).in_(nummers), GetekendstukRow.stand == Stukstand.TE_CONTROLEREN)
        .group_by(GetekendstukRow.nummer)
    )
    return dict(sessie.exec(gezet).all()), dict(sessie.exec(te_zien).all())


def read_blad(huis: Huis, door: Optreden, nummer: str) -> Tekenblad:
    """One agreement or addendum with its signatures. Raises NietGevondenError, also while its text is not made."""
    with lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        dossier = ondertekeningen.load_dossier(huis, sessie, nummer)
        zaak, document, rij = dossier.zaak, dossier.document, dossier.rij
        contract = (
            rij.contractnummer
            if isinstance(rij, OvereenkomstRow)
            else sessie.get_one(OvereenkomstRow, rij.overeenkomst_id).contractnummer
        )
        bevoegden = ondertekeningen.list_bevoegden(sessie, zaak)
        tekenaars = [
            Tekenaar(
                partij=Partijsoort.AANBIEDER,
                naam=een.naam,
                functie=een.functie,
                namens=lid,
                gezamenlijk=een.wijze is Tekenwijze.GEZAMENLIJK,
            )
            for lid, rijen in bevoegden.items()
            for een in rijen
        ]
        tekenaars += [
            Tekenaar(
                partij=Partijsoort.GEMEENTEN,
                naam=persoon.naam,
                functie=persoon.functie,
                namens=ondertekeningen.GEMEENTEN,
                gezamenlijk=False,
            )
            for persoon in personen.list_in(sessie)
            if Rol.GEMANDATEERDE in persoon.rollen
        ]
        return Tekenblad(
            nummer=nummer,
            contract=contract,
            aanbieder=zaak.opgave.naam,
            ronde=zaak.ronde.kenmerk,
            titel=document.titel,
            document=document.kenmerk,
            status=rij.status,
            gezet=tuple(ondertekeningen.list_ondertekeningen(sessie, document)),
            ontbreekt=tuple(ondertekeningen.list_ontbrekend(sessie, zaak, nummer))
            if rij.status is Overeenkomststatus.TER_ONDERTEKENING
            else (),
            stukken=tuple(getekendestukken.list_stukken(sessie, document)),
            tekenaars=tuple(tekenaars),
            leden=tuple(bevoegden),
            afschriften=tuple(afschriften.list_standen(huis, sessie, nummer)),
        )


def read_stuk(huis: Huis, door: Optreden, kenmerk: str) -> Stukblad:
    """A signed copy beside what was offered."""
    with lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        stuk = getekendestukken.find_stuk(sessie, kenmerk)
        document = sessie.get_one(DocumentRow, stuk.document_id)
        rij = overeenkomsten.find_overeenkomst(sessie, stuk.nummer)
        aanmelding = overeenkomsten.find_aanmelding(sessie, rij)
        return Stukblad(
            stuk=stuk,
            aanbieder=aanmelding.naam,
            ronde=rondes.get_ronde(sessie, aanmelding.ronde_id).kenmerk,
            aangeboden_sha256=document.pdf_sha256 or "",
            zegel=getekendestukken.decode_zegel(stuk),
            twijfel=getekendestukken.decode_twijfel(stuk),
        )
