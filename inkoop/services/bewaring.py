"""The files of a store with their class and their term: what is kept until when, and what keeps it longer.

A file is an aanmelding with all that belongs to it, an agreement, a procedure, or what is kept about a person who
acts for a provider. Mail that went out and drafts have a term of their own and go by themselves (services/dagpost,
services/kladden).

Bron: B.7, C.30; domain/archief.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, select

from inkoop.domain.archief import Archiefdossier, Bewaarregel, Dossiersoort, Waardering, begin_na, find_regel
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.kalender import local_date
from inkoop.domain.overgang import Clientstand, end_of_zorg
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.verloop import Aanmeldingsstatus, Overeenkomststatus
from inkoop.services import overgangen, procedures
from inkoop.services.bewaringsrijen import INGETROKKEN, Aanmeldingrij, Contractrij, Gedaan, Rijen, read_rijen
from inkoop.services.vernietigd import not_found
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.grondslag import METADATA
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.vraagdelen import split_vraag

_TOEGELATEN = frozenset(
    {
        Besluitsoort.TOEGELATEN,
        Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE,
        Besluitsoort.GUNNINGSVOORNEMEN,
        Besluitsoort.AANBOD_VERMINDERD,
    }
)


def list_dossiers(sessie: Session) -> list[Archiefdossier]:
    """Every file of the store, by procedure and name; those of people last."""
    rijen = sessie.exec(select(ProcedureRow).order_by(col(ProcedureRow.naam))).all()
    gelezen = read_per_procedure(sessie, rijen)
    return [*(een for rij in rijen for een in gelezen[rij.id]), *list_personen(sessie)]


def find_dossiers(sessie: Session, gezocht: Iterable[tuple[str, str]]) -> list[Archiefdossier]:
    """The files with these names, each given with its procedure ("" for what is kept about a person).

    The files of a procedure are read once. Raises VernietigdError when one was destroyed.
    """
    gelezen: dict[str, dict[str, Archiefdossier]] = {}
    gevonden = []
    for naam, procedure in gezocht:
        if procedure not in gelezen:
            rij = sessie.exec(select(ProcedureRow).where(ProcedureRow.naam == procedure)).one_or_none()
            alle = list_van_procedure(sessie, rij) if rij is not None else [] if procedure else list_personen(sessie)
            gelezen[procedure] = {een.naam: een for een in alle}
        if naam not in gelezen[procedure]:
            raise not_found(sessie, "Dossier", naam, list(gelezen[procedure]))
        gevonden.append(gelezen[procedure][naam])
    return gevonden


def list_van_procedure(sessie: Session, procedure: ProcedureRow) -> list[Archiefdossier]:
    """The files of one procedure: its aanmeldingen and agreements by name, then the procedure itself."""
    return read_per_procedure(sessie, [procedure])[procedure.id]


def read_per_procedure(sessie: Session, procedures_: Sequence[ProcedureRow]) -> dict[UUID, list[Archiefdossier]]:
    """The same of many procedures, by their ids, in a question for each kind of record."""
    rijen = read_rijen(sessie, procedures_)
    return {een.id: _list_van(een, rijen[een.id]) for een in procedures_}


def _list_van(procedure: ProcedureRow, rijen: Rijen) -> list[Archiefdossier]:
    definitie, vast = procedures.decode_definitie(procedure), rijen.vast
    overgebracht = {een.dossier: een.overgebracht for een in rijen.gedaan if een.overgebracht}
    contracten = {een.id: _make_contract(definitie, een, rijen) for een in rijen.contracten}
    dossiers = [*contracten.values(), *_list_aanmeldingen(definitie, rijen, contracten)]
    dossiers = [_hold(een, vast) for een in dossiers]
    dossiers.sort(key=lambda een: een.naam)
    eigen = _make_procedure(procedure, definitie, dossiers, rijen.gedaan, overgebracht)
    alle = [*dossiers, _hold(eigen, vast)] if eigen is not None else dossiers
    return [
        msgspec.structs.replace(een, lijst=overgebracht[een.naam]) if een.naam in overgebracht else een for een in alle
    ]


def _make(
    definitie: Proceduredefinitie,
    soort: Dossiersoort,
    naam: str,
    ronde: str,
    vanaf: date | None,
    open_: str = "",
    vast: tuple[str, ...] = (),
) -> Archiefdossier:
    return Archiefdossier(
        naam=naam,
        soort=soort,
        procedure=definitie.naam,
        ronde=ronde,
        regel=find_regel(definitie.bewaarregels, soort),
        vanaf=vanaf,
        open=open_,
        vast=vast,
    )


def _make_contract(definitie: Proceduredefinitie, rij: Contractrij, rijen: Rijen) -> Archiefdossier:
    """The file of an agreement, also of one of before the system."""
    vanaf, open_ = _end_of_contract(definitie, rij, rijen.standen.get(rij.contractnummer, []))
    return _make(definitie, Dossiersoort.OVEREENKOMST, rij.contractnummer, rij.ronde, vanaf, open_)


def _end_of_contract(
    definitie: Proceduredefinitie, rij: Contractrij, standen: Sequence[Clientstand]
) -> tuple[date | None, str]:
    """The last day of an agreement and of the support that runs on after it, or why that is not known."""
    if rij.status is None:
        return rij.einddatum, ""
    if rij.status is Overeenkomststatus.VERVALLEN:
        return rij.ingang, ""
    if rij.status is not Overeenkomststatus.BEEINDIGD:
        return None, "de overeenkomst is nog niet geëindigd"
    einde = end_of_zorg(definitie.overgang, rij.einddatum, standen, overgangen.list_gemeenten(definitie, rij))
    if einde is None:
        return None, (
            "leg eerst per gemeente vast of er na het einde nog cliënten ondersteuning krijgen, en tot wanneer"
            " (inkoop overgang stand)"
        )
    return einde, ""


def _list_aanmeldingen(
    definitie: Proceduredefinitie, rijen: Rijen, contracten: dict[UUID, Archiefdossier]
) -> Iterator[Archiefdossier]:
    # Per kenmerk the agreements that came of an aanmelding, or that it changed by an addendum.
    eigen: dict[str, list[Archiefdossier]] = defaultdict(list)
    for contract in rijen.contracten:
        eigen[contract.aanmelding].append(contracten[contract.id])
    for id_, kenmerk in rijen.gewijzigd:
        eigen[kenmerk].append(contracten[id_])
    # Of which aanmelding an agreement came that is gone, is not known any more: the last of all counts for each.
    geweest = max((een.vanaf for een in rijen.gedaan if een.soort is Dossiersoort.OVEREENKOMST), default=None)
    for een in rijen.aanmeldingen:
        if een.status in INGETROKKEN:
            vanaf = max(een.sluiting, een.intrekking or een.sluiting)
            yield _make(definitie, Dossiersoort.INTREKKING, een.kenmerk, een.ronde, vanaf)
        elif een.kenmerk in eigen:
            # Of a contract of before the system there is no besluit here.
            yield _make_toelating(definitie, een, eigen[een.kenmerk], rijen.vast)
        elif een.status is not Aanmeldingsstatus.BESLOTEN or not (een.besluiten or geweest):
            open_ = "over de aanmelding is nog niet besloten"
            yield _make(definitie, Dossiersoort.AFWIJZING, een.kenmerk, een.ronde, None, open_)
        elif een.besluiten and not {soort for soort, _ in een.besluiten} & _TOEGELATEN:
            vanaf = max(dag for _, dag in een.besluiten)
            yield _make(definitie, Dossiersoort.AFWIJZING, een.kenmerk, een.ronde, vanaf)
        else:
            yield _make_toelating(definitie, een, [], rijen.vast, geweest)


def _make_toelating(
    definitie: Proceduredefinitie,
    een: Aanmeldingrij,
    contracten: list[Archiefdossier],
    vast: dict[str, list[str]],
    geweest: date | None = None,
) -> Archiefdossier:
    """An admission is kept with the agreements that came of it or that it changed; what holds those, holds it.

    `geweest` is the day from which the last agreement that is gone counted: never earlier than that.
    """
    besluiten = [dag for _, dag in een.besluiten] + ([geweest] if geweest else [])
    vanaf = begin_na([*besluiten, *(contract.vanaf for contract in contracten)])
    open_ = "" if vanaf else next(contract.open for contract in contracten if contract.vanaf is None)
    redenen = tuple(reden for contract in contracten for reden in vast.get(contract.naam, ()))
    return _make(definitie, Dossiersoort.TOELATING, een.kenmerk, een.ronde, vanaf, open_, redenen)


def _hold(dossier: Archiefdossier, vast: dict[str, list[str]]) -> Archiefdossier:
    """A file with what holds it, its round, or its procedure; a dispute of one aanmelding holds no other."""
    namen = {dossier.naam, dossier.ronde, dossier.procedure} - {""}
    if dossier.soort is not Dossiersoort.PROCEDURE:
        procedure = [een for een in vast.get(dossier.procedure, ()) if not een.startswith("geschil ")]
        redenen = [*procedure, *(een for naam in namen - {dossier.procedure} for een in vast.get(naam, ()))]
    else:
        redenen = [een for naam in namen for een in vast.get(naam, ())]
    alle = tuple(dict.fromkeys([*dossier.vast, *redenen]))
    return dossier if alle == dossier.vast else msgspec.structs.replace(dossier, vast=alle)


def _make_procedure(
    procedure: ProcedureRow,
    definitie: Proceduredefinitie,
    dossiers: list[Archiefdossier],
    gedaan: Sequence[Gedaan],
    overgebracht: Collection[str],
) -> Archiefdossier | None:
    """The file of the procedure itself: after the last of all others; None once it was destroyed."""
    if any(een.soort is Dossiersoort.PROCEDURE for een in gedaan) and definitie.naam not in overgebracht:
        return None
    dagen = [*(een.vanaf for een in dossiers), *(een.vanaf for een in gedaan)]
    vanaf = begin_na([definitie.looptijd.einde_eerste_termijn, *dagen])
    open_ = ""
    if procedure.gepubliceerd_op is None:
        vanaf, open_ = None, "de procedure is nog niet gepubliceerd"
    elif vanaf is None:
        wachtend = [een.naam for een in dossiers if een.vanaf is None]
        open_ = f"andere dossiers lopen nog: {', '.join(wachtend[:5])}" + (" en meer" if len(wachtend) > 5 else "")
    regel = find_regel(definitie.bewaarregels, Dossiersoort.PROCEDURE)
    vast: tuple[str, ...] = ()
    if dossiers and regel.waardering is Waardering.VERNIETIGEN:
        vast = (f"er zijn nog {len(dossiers)} andere dossiers van deze procedure; die gaan eerst",)
    return _make(definitie, Dossiersoort.PROCEDURE, definitie.naam, "", vanaf, open_, vast)


def list_personen(sessie: Session, regel: Bewaarregel | None = None) -> list[Archiefdossier]:
    """The people who act for a provider: kept as long as anything of that provider is, and a while after.

    `regel` is the longest rule that a procedure has for them, when that is known (`find_persoonsregel`).
    """
    if regel is None:
        alle = sessie.exec(select(ProcedureRow).order_by(col(ProcedureRow.naam)))
        regel = find_persoonsregel(een for rij in alle for een in procedures.decode_definitie(rij).bewaarregels)
    sessie.flush()
    personen = [
        (str(naam), bool(in_gebruik))
        for naam, rollen, in_gebruik in sessie.connection().execute(_build_personen())
        if [*rollen] == [Rol.AANBIEDER]
    ]
    laatste = _read_laatste(sessie, [naam for naam, in_gebruik in personen if not in_gebruik])
    return [
        Archiefdossier(
            naam=naam,
            soort=Dossiersoort.PERSOON,
            procedure="",
            ronde="",
            regel=regel,
            vanaf=laatste.get(naam),
            open="er is nog een dossier van deze aanbieder" if in_gebruik else "er is nog niets gedaan",
        )
        for naam, in_gebruik in personen
    ]


def find_persoonsregel(regels: Iterable[Bewaarregel]) -> Bewaarregel:
    """Of the rules of all procedures, in order of their names, the longest for people; else the default."""
    van_personen = (een for een in regels if een.soort is Dossiersoort.PERSOON)
    return max(van_personen, key=lambda een: een.jaren, default=find_regel((), Dossiersoort.PERSOON))


@cache
def _build_personen() -> sa.Select[Any]:
    """Everybody by name, with whether anything is kept of the provider that the person acts for."""
    persoon, aanmelding = METADATA.tables["persoon"], METADATA.tables["aanmelding"]
    ouder = METADATA.tables["ouder_contract"]
    in_gebruik = sa.or_(
        sa.exists().where(aanmelding.c.kvk == persoon.c.kvk), sa.exists().where(ouder.c.kvk == persoon.c.kvk)
    )
    return sa.select(persoon.c.id, persoon.c.rollen, in_gebruik).order_by(persoon.c.id)


def _read_laatste(sessie: Session, namen: Sequence[str]) -> dict[str, date]:
    """The day of the last act of or on each of these people, of whom there is any."""
    laatste: dict[str, date] = {}
    for deel in split_vraag(namen):
        for kolom in (col(AuditRow.persoon), col(AuditRow.onderwerp)):
            vraag = select(kolom, sa.func.max(AuditRow.op)).where(kolom.in_(deel)).group_by(kolom)
            for naam, op in sessie.exec(vraag):
                laatste[naam] = max(local_date(op), laatste.get(naam, date.min))
    return laatste
