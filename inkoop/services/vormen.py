"""Records as plain data: what `--json` of the command line and the JSON API give, in one place.

The words at the fields are read by who connects a program (docs/handleiding/api.md), and so are Dutch.

Bron: ontwerp 9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct
from sqlmodel import Session

from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.bevinding import Bevinding
from inkoop.domain.fouten import Beletsel
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie, Rondedefinitie
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, Documentstatus, Overeenkomststatus
from inkoop.services import aanmeldingen, addenda, besluiten, documenten, houders, overeenkomsten
from inkoop.services.huis import Huis
from inkoop.services.overzicht import Procedureregel
from inkoop.services.taakregel import Taakregel
from inkoop.services.verzegeling import is_verzegeld
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.bewijs import BewijsstukRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow

Kenmerk = Annotated[str, Meta(description="Het kenmerk waarmee u dit opvraagt.")]
Rondekenmerk = Annotated[str, Meta(description="Het kenmerk van de ronde, bijvoorbeeld M-2020-2.")]
Moment = Annotated[datetime, Meta(description="Een moment met tijdzone (RFC 3339).")]
Sluiting = Annotated[datetime, Meta(description="Tot en met deze seconde kan men zich aanmelden.")]


class Rondevorm(Struct, frozen=True, kw_only=True):
    """A round in a list."""

    ronde: Rondekenmerk
    fase: Fase
    opening: Annotated[date, Meta(description="De eerste dag waarop men zich kan aanmelden.")]
    sluiting: Sluiting
    geopend_op: Annotated[datetime | None, Meta(description="Wanneer twee mensen de aanmeldingen hebben geopend.")]


class Rondestand(Struct, frozen=True, kw_only=True):
    """Where a round stands, with its days."""

    ronde: Rondekenmerk
    fase: Fase
    opening: date
    sluiting: Sluiting
    geopend_op: datetime | None
    geopend_door: Annotated[str | None, Meta(description="De korte naam van wie als tweede opende.")]
    aanmeldingen: Annotated[int | None, Meta(description="Hoeveel aanmeldingen er zijn; leeg tot de sluiting.")]
    herstel_tot: date | None
    besluit: date | None
    vervaltermijn: date | None
    tekenen: date | None
    ingang: date | None


class Aanmeldingvorm(Struct, frozen=True, kw_only=True):
    """An aanmelding in a list."""

    kenmerk: Kenmerk
    aanbieder: str
    kvk: str
    percelen: tuple[str, ...]
    ontvangen_op: Moment
    status: Aanmeldingsstatus


class Bewijsvorm(Struct, frozen=True, kw_only=True):
    """A piece of evidence, without its contents."""

    bestand: str
    omschrijving: str
    lid: Annotated[str | None, Meta(description="Welk lid van een combinatie het bewijs gaf.")]
    aanleiding: str
    ontvangen_op: Moment
    bytes: Annotated[int, Meta(description="De grootte in bytes.")]
    sha256: Annotated[str, Meta(description="De hash van het bestand zoals ontvangen.")]
    apart_gezet: Annotated[bool, Meta(description="Of een mens er eerst naar kijkt.")]
    eerder: Annotated[
        str | None, Meta(description="De aanmelding van een eerdere ronde waar dit bestand uit komt.")
    ] = None


class Aanmeldingstand(Struct, frozen=True, kw_only=True):
    """An aanmelding with what was handed in; while it is sealed its aanbieder sees only that it was received."""

    kenmerk: Kenmerk
    ronde: Rondekenmerk
    status: Aanmeldingsstatus
    ontvangen_op: Moment
    verzegeld: Annotated[bool, Meta(description="Of de inhoud nog verzegeld is.")]
    ontvangsthash: Annotated[str | None, Meta(description="De hash op de bevestiging, zolang zij verzegeld is.")]
    opgave: Annotated[Aanmeldingsopgave | None, Meta(description="Wat is ingediend; leeg zolang het is verzegeld.")]
    bewijsstukken: tuple[Bewijsvorm, ...]


class Besluitvorm(Struct, frozen=True, kw_only=True):
    """A besluit in a list."""

    aanmelding: Kenmerk
    aanbieder: str
    perceel: Annotated[str | None, Meta(description="Het perceel; leeg als het over de hele aanmelding gaat.")]
    besluit: Besluitsoort
    status: Besluitstatus
    producten: tuple[str, ...]
    redenen: tuple[Bevinding, ...]
    kenmerk: str | None
    verzonden_op: datetime | None
    vervaldatum: Annotated[date | None, Meta(description="De laatste dag om in rechte op te komen.")]


class Overeenkomstvorm(Struct, frozen=True, kw_only=True):
    """An agreement or addendum in a list."""

    nummer: Annotated[str, Meta(description="Het contractnummer, of het nummer van het addendum.")]
    aanbieder: str
    aanmelding: Kenmerk
    percelen: tuple[str, ...]
    status: Overeenkomststatus
    ingang: date
    einddatum: Annotated[date | None, Meta(description="De einddatum; leeg bij een addendum.")]


class Documentvorm(Struct, frozen=True, kw_only=True):
    """A document without its text."""

    kenmerk: Kenmerk
    soort: str
    titel: str
    onderwerp: Annotated[str, Meta(description="Het kenmerk van waar het document over gaat.")]
    status: Documentstatus
    controle_door: Annotated[tuple[str, ...], Meta(description="De rollen die dit soort document controleren.")]
    verzonden_op: datetime | None
    pdf_sha256: Annotated[str | None, Meta(description="De hash van de pdf; leeg als die nog niet is gemaakt.")]
    docx_sha256: str | None


class Taakvorm(Struct, frozen=True, kw_only=True):
    """Work that waits for somebody, one line for each kind in a round."""

    soort: str
    wat: str
    onderwerp: str
    deel: str
    aantal: int
    rollen: tuple[Rol, ...]
    uiterlijk: Annotated[date | None, Meta(description="De laatste dag; leeg als er geen is.")]


def describe_ronde(rij: RondeRow) -> Rondevorm:
    """A round in a list."""
    return Rondevorm(
        ronde=rij.kenmerk, fase=rij.fase, opening=rij.opening, sluiting=rij.sluiting, geopend_op=rij.geopend_op
    )


def describe_rondestand(sessie: Session, rij: RondeRow, datums: Rondedefinitie, nu: datetime) -> Rondestand:
    """Where a round stands; how many applied is told after closing."""
    return Rondestand(
        ronde=rij.kenmerk,
        fase=rij.fase,
        opening=rij.opening,
        sluiting=rij.sluiting,
        geopend_op=rij.geopend_op,
        geopend_door=rij.geopend_door,
        aanmeldingen=len(aanmeldingen.list_aanmeldingen(sessie, rij)) if nu > rij.sluiting else None,
        herstel_tot=datums.herstel_tot,
        besluit=datums.besluit,
        vervaltermijn=datums.vervaltermijn,
        tekenen=datums.tekenen,
        ingang=datums.ingang,
    )


def describe_aanmelding(rij: AanmeldingRow) -> Aanmeldingvorm:
    """An aanmelding in a list; of a sealed one no more than that it is there."""
    return Aanmeldingvorm(
        kenmerk=rij.kenmerk,
        aanbieder=rij.naam or "(verzegeld)",
        kvk=rij.kvk,
        percelen=() if is_verzegeld(rij) else tuple(aanmeldingen.read_opgave(rij).percelen),
        ontvangen_op=rij.ontvangen_op,
        status=rij.status,
    )


def describe_bewijs(
    stukken: Sequence[BewijsstukRow], eerdere: Mapping[UUID, str] | None = None
) -> tuple[Bewijsvorm, ...]:
    """The evidence of an aanmelding; `eerdere` is what was used again, as `bewijzen.list_hergebruik` gives it."""
    return tuple(
        Bewijsvorm(
            bestand=stuk.bestand,
            omschrijving=stuk.omschrijving,
            lid=stuk.lid,
            aanleiding=stuk.aanleiding,
            ontvangen_op=stuk.ontvangen_op,
            bytes=stuk.grootte,
            sha256=stuk.sha256,
            apart_gezet=stuk.apart_gezet,
            eerder=None if eerdere is None else eerdere.get(stuk.id),
        )
        for stuk in stukken
    )


def describe_besluit(aanmelding: AanmeldingRow, besluit: BesluitRow) -> Besluitvorm:
    """A besluit with what it rests on."""
    voorstel = besluiten.decode_voorstel(besluit)
    return Besluitvorm(
        aanmelding=aanmelding.kenmerk,
        aanbieder=aanmelding.naam,
        perceel=besluit.perceel,
        besluit=besluit.soort,
        status=besluit.status,
        producten=tuple(voorstel.producten),
        redenen=tuple(voorstel.redenen),
        kenmerk=besluit.kenmerk,
        verzonden_op=besluit.verzonden_op,
        vervaldatum=besluit.vervaldatum,
    )


def describe_overeenkomst(
    sessie: Session, aanmelding: AanmeldingRow, rij: OvereenkomstRow | AddendumRow
) -> Overeenkomstvorm:
    """An agreement or addendum in a list."""
    hoofd = rij if isinstance(rij, OvereenkomstRow) else None
    return Overeenkomstvorm(
        nummer=rij.nummer if isinstance(rij, AddendumRow) else rij.contractnummer,
        aanbieder=aanmelding.naam,
        aanmelding=aanmelding.kenmerk,
        percelen=() if hoofd is None else tuple(sorted(houders.find_aanbod(sessie, hoofd))),
        status=rij.status,
        ingang=rij.ingang,
        einddatum=None if hoofd is None else hoofd.einddatum,
    )


def list_overeenkomsten(sessie: Session, ronde: RondeRow) -> list[Overeenkomstvorm]:
    """The agreements of a round, each followed by its addenda."""
    regels = []
    for rij in overeenkomsten.list_overeenkomsten(sessie, ronde):
        aanmelding = overeenkomsten.find_aanmelding(sessie, rij)
        regels.append(describe_overeenkomst(sessie, aanmelding, rij))
        regels += [
            describe_overeenkomst(sessie, aanmelding, addendum) for addendum in addenda.list_addenda(sessie, rij)
        ]
    return regels


def describe_document(huis: Huis, rij: DocumentRow) -> Documentvorm:
    """A document in a list."""
    return Documentvorm(
        kenmerk=rij.kenmerk,
        soort=rij.soort,
        titel=rij.titel,
        onderwerp=rij.onderwerp,
        status=rij.status,
        controle_door=tuple(sorted(rol.value for rol in documenten.list_controleurs(huis, rij.soort))),
        verzonden_op=rij.verzonden_op,
        pdf_sha256=rij.pdf_sha256,
        docx_sha256=rij.docx_sha256,
    )


class Procedurevorm(Struct, frozen=True, kw_only=True):
    """A procedure in a list; of its rounds the one that runs now or comes next."""

    naam: Annotated[str, Meta(description="De naam waarmee u dit opvraagt.")]
    titel: str
    wet: str
    kwalificatie: str
    fase: Fase
    gepubliceerd_op: datetime | None
    ronde: Annotated[str | None, Meta(description="De ronde die nu loopt of hierna komt.")]
    sluiting: datetime | None


class Beletselvorm(Struct, frozen=True, kw_only=True):
    """Something that stands in the way."""

    code: str
    tekst: str


class Procedurestand(Struct, frozen=True, kw_only=True):
    """Where a procedure stands."""

    naam: str
    titel: str
    wet: str
    kwalificatie: str
    fase: Fase
    gepubliceerd_op: datetime | None
    hash: Annotated[str, Meta(description="De hash van de procedure zoals zij is vastgelegd.")]
    rondes: Annotated[tuple[str, ...], Meta(description="De kenmerken van de geplande rondes.")]
    percelen: tuple[str, ...]
    beletselen: Annotated[tuple[Beletselvorm, ...], Meta(description="Alles wat de volgende stap tegenhoudt.")]


def describe_procedure(regel: Procedureregel) -> Procedurevorm:
    """A procedure in a list; how many applied is told per round, after closing."""
    velden = {naam: getattr(regel, naam) for naam in Procedurevorm.__struct_fields__}
    return Procedurevorm(**velden)


def describe_procedurestand(
    rij: ProcedureRow, definitie: Proceduredefinitie, beletselen: Sequence[Beletsel]
) -> Procedurestand:
    """Where a procedure stands and what is in the way."""
    return Procedurestand(
        naam=rij.naam,
        titel=definitie.titel,
        wet=str(definitie.wet),
        kwalificatie=str(definitie.kwalificatie),
        fase=rij.fase,
        gepubliceerd_op=rij.gepubliceerd_op,
        hash=definitie.hash,
        rondes=tuple(ronde.kenmerk for ronde in definitie.instroom.rondes),
        percelen=tuple(perceel.code for perceel in definitie.percelen),
        beletselen=tuple(Beletselvorm(code=een.code, tekst=een.tekst) for een in beletselen),
    )


def describe_taak(taak: Taakregel) -> Taakvorm:
    """Work that waits for somebody."""
    return Taakvorm(
        soort=str(taak.soort),
        wat=taak.wat,
        onderwerp=taak.onderwerp,
        deel=taak.deel,
        aantal=taak.aantal,
        rollen=tuple(sorted(taak.rollen)),
        uiterlijk=taak.uiterlijk,
    )
