"""The files of a store with their class and their term: what is kept until when, and what keeps it longer.

A file is an aanmelding with all that belongs to it, an agreement, a procedure, or what is kept about a person who
acts for a provider. Mail that went out and drafts have a term of their own and go by themselves (services/dagpost,
services/kladden).

Bron: B.7, C.30; domain/archief.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, select

from inkoop.domain.archief import Archiefdossier, Dossiersoort, Lijstsoort, Regelstand, Waardering, begin_na, find_regel
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.geschil import Geschiluitkomst
from inkoop.domain.kalender import local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, Overeenkomststatus
from inkoop.services import overgangen, procedures
from inkoop.services.contractinlezen import list_oudere
from inkoop.services.vernietigd import not_found
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.archief import ArchieflijstRow, ArchiefregelRow, BewaarslotRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.geschil import GeschilRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vraagdelen import split_vraag

_TOEGELATEN = frozenset(
    {
        Besluitsoort.TOEGELATEN,
        Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE,
        Besluitsoort.GUNNINGSVOORNEMEN,
        Besluitsoort.AANBOD_VERMINDERD,
    }
)
_INGETROKKEN = (Aanmeldingsstatus.INGETROKKEN, Aanmeldingsstatus.VERVANGEN, Aanmeldingsstatus.TE_LAAT)


class _Aanmelding(msgspec.Struct, frozen=True, kw_only=True):
    """The part of an aanmelding that its term follows from."""

    kenmerk: str
    status: Aanmeldingsstatus
    ronde: str
    sluiting: date
    besluiten: tuple[tuple[Besluitsoort, date], ...]
    intrekking: date | None


def list_dossiers(sessie: Session) -> list[Archiefdossier]:
    """Every file of the store, by procedure and name; those of people last."""
    rijen = sessie.exec(select(ProcedureRow).order_by(col(ProcedureRow.naam)))
    return [*(een for rij in rijen for een in list_van_procedure(sessie, rij)), *list_personen(sessie)]


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
    definitie = procedures.decode_definitie(procedure)
    overgebracht = _read_overgebracht(sessie, definitie.naam)
    vast = _read_vast(sessie, procedure, definitie.naam)
    contracten = _list_contracten(sessie, procedure, definitie)
    dossiers = [*contracten.values(), *_list_aanmeldingen(sessie, procedure, definitie, contracten, vast)]
    dossiers = [_hold(een, vast) for een in dossiers]
    dossiers.sort(key=lambda een: een.naam)
    eigen = _make_procedure(sessie, procedure, definitie, dossiers, overgebracht)
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


def _list_contracten(
    sessie: Session, procedure: ProcedureRow, definitie: Proceduredefinitie
) -> dict[UUID, Archiefdossier]:
    """The agreements of a procedure, by the id of their row; those of before the system included."""
    vraag = (
        select(OvereenkomstRow, RondeRow.kenmerk)
        .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(RondeRow.procedure_id == procedure.id)
    )
    dossiers = {}
    for rij, ronde in sessie.exec(vraag):
        vanaf, open_ = _end_of_contract(sessie, definitie, rij)
        dossiers[rij.id] = _make(definitie, Dossiersoort.OVEREENKOMST, rij.contractnummer, ronde, vanaf, open_)
    for ouder in list_oudere(sessie, procedure.id):
        dossiers[ouder.id] = _make(definitie, Dossiersoort.OVEREENKOMST, ouder.contractnummer, "", ouder.einddatum)
    return dossiers


def _end_of_contract(sessie: Session, definitie: Proceduredefinitie, rij: OvereenkomstRow) -> tuple[date | None, str]:
    """The last day of an agreement and of the support that runs on after it, or why that is not known."""
    if rij.status is Overeenkomststatus.VERVALLEN:
        return rij.ingang, ""
    if rij.status is not Overeenkomststatus.BEEINDIGD:
        return None, "de overeenkomst is nog niet geëindigd"
    einde = overgangen.find_einde(sessie, definitie, rij)
    if einde is None:
        return None, (
            "leg eerst per gemeente vast of er na het einde nog cliënten ondersteuning krijgen, en tot wanneer"
            " (inkoop overgang stand)"
        )
    return einde, ""


def _list_aanmeldingen(
    sessie: Session,
    procedure: ProcedureRow,
    definitie: Proceduredefinitie,
    contracten: dict[UUID, Archiefdossier],
    vast: dict[str, list[str]],
) -> Iterator[Archiefdossier]:
    eigen = _read_contract_van(sessie, procedure, contracten)
    # Of which aanmelding an agreement came that is gone, is not known any more: the last of all counts for each.
    geweest = _read_geweest(sessie, definitie.naam)
    for een in _read_aanmeldingen(sessie, procedure):
        if een.status in _INGETROKKEN:
            vanaf = max(een.sluiting, een.intrekking or een.sluiting)
            yield _make(definitie, Dossiersoort.INTREKKING, een.kenmerk, een.ronde, vanaf)
        elif een.kenmerk in eigen:
            # Of a contract of before the system there is no besluit here.
            yield _make_toelating(definitie, een, eigen[een.kenmerk], vast)
        elif een.status is not Aanmeldingsstatus.BESLOTEN or not (een.besluiten or geweest):
            open_ = "over de aanmelding is nog niet besloten"
            yield _make(definitie, Dossiersoort.AFWIJZING, een.kenmerk, een.ronde, None, open_)
        elif een.besluiten and not {soort for soort, _ in een.besluiten} & _TOEGELATEN:
            vanaf = max(dag for _, dag in een.besluiten)
            yield _make(definitie, Dossiersoort.AFWIJZING, een.kenmerk, een.ronde, vanaf)
        else:
            yield _make_toelating(definitie, een, [], vast, geweest)


def _make_toelating(
    definitie: Proceduredefinitie,
    een: _Aanmelding,
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


def _read_geweest(sessie: Session, procedure: str) -> date | None:
    """The latest day from which the term of an agreement that is gone was counted."""
    vraag = select(sa.func.max(ArchiefregelRow.vanaf)).where(
        ArchiefregelRow.procedure == procedure,
        ArchiefregelRow.soort == Dossiersoort.OVEREENKOMST,
        ArchiefregelRow.stand == Regelstand.UITGEVOERD,
    )
    return sessie.exec(vraag).one()


def _read_contract_van(
    sessie: Session, procedure: ProcedureRow, contracten: dict[UUID, Archiefdossier]
) -> dict[str, list[Archiefdossier]]:
    """Per kenmerk the agreements of a procedure that came of an aanmelding, or that it changed by an addendum."""
    gevonden: dict[str, list[Archiefdossier]] = defaultdict(list)
    eigen = (
        select(OvereenkomstRow.id, AanmeldingRow.kenmerk)
        .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(RondeRow.procedure_id == procedure.id)
    )
    paren = list(sessie.exec(eigen))
    for ids in split_vraag([id_ for id_, _ in paren]):
        gewijzigd = select(AddendumRow.overeenkomst_id, AddendumRow.aanleiding)
        paren += sessie.exec(gewijzigd.where(col(AddendumRow.overeenkomst_id).in_(ids)))
    for id_, kenmerk in paren:
        if id_ in contracten:
            gevonden[kenmerk].append(contracten[id_])
    return gevonden


def _read_aanmeldingen(sessie: Session, procedure: ProcedureRow) -> list[_Aanmelding]:
    vraag = (
        select(AanmeldingRow.kenmerk, AanmeldingRow.status, RondeRow.kenmerk, RondeRow.sluiting)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(RondeRow.procedure_id == procedure.id)
    )
    rijen = list(sessie.exec(vraag))
    besluiten: dict[str, list[tuple[Besluitsoort, date]]] = defaultdict(list)
    geldig = (Besluitstatus.GENOMEN, Besluitstatus.VERZONDEN)
    per_besluit = (
        select(AanmeldingRow.kenmerk, BesluitRow.soort, BesluitRow.genomen_op, BesluitRow.verzonden_op)
        .join(AanmeldingRow, col(AanmeldingRow.id) == BesluitRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(RondeRow.procedure_id == procedure.id, col(BesluitRow.status).in_(geldig))
    )
    for kenmerk, soort, genomen, verzonden in sessie.exec(per_besluit):
        moment = verzonden or genomen
        if moment is not None:
            besluiten[kenmerk].append((Besluitsoort(soort), local_date(moment)))
    weg = [kenmerk for kenmerk, status, _, _ in rijen if status in _INGETROKKEN]
    intrekkingen = _read_laatste(sessie, weg)
    return [
        _Aanmelding(
            kenmerk=kenmerk,
            status=Aanmeldingsstatus(status),
            ronde=ronde,
            sluiting=local_date(sluiting),
            besluiten=tuple(besluiten[kenmerk]),
            intrekking=intrekkingen.get(kenmerk),
        )
        for kenmerk, status, ronde, sluiting in rijen
    ]


def _read_laatste(sessie: Session, namen: list[str]) -> dict[str, date]:
    """The day of the last change of status of these, as the log has it."""
    if not namen:
        return {}
    vraag = (
        select(AuditRow.onderwerp, sa.func.max(AuditRow.op))
        .where(col(AuditRow.onderwerp).in_(namen), col(AuditRow.naar).in_([str(een) for een in _INGETROKKEN]))
        .group_by(col(AuditRow.onderwerp))
    )
    return {naam: local_date(op) for naam, op in sessie.exec(vraag)}


def _read_overgebracht(sessie: Session, procedure: str) -> dict[str, str]:
    """Per file the list by which it was transferred."""
    vraag = (
        select(ArchiefregelRow.dossier, ArchieflijstRow.kenmerk)
        .join(ArchieflijstRow, col(ArchieflijstRow.id) == ArchiefregelRow.lijst_id)
        .where(
            ArchiefregelRow.procedure == procedure,
            ArchiefregelRow.stand == Regelstand.UITGEVOERD,
            ArchieflijstRow.soort == Lijstsoort.OVERBRENGING,
        )
    )
    return dict(sessie.exec(vraag).all())


def _read_vast(sessie: Session, procedure: ProcedureRow, naam: str) -> dict[str, list[str]]:
    """Per file, round or procedure what holds it: a dispute that is not over, or a hold that a person set."""
    redenen: dict[str, list[str]] = defaultdict(list)
    vraag = (
        select(GeschilRow, RondeRow.kenmerk, AanmeldingRow.kenmerk, OvereenkomstRow.contractnummer)
        .join(RondeRow, col(RondeRow.id) == GeschilRow.ronde_id)
        .join(AanmeldingRow, col(AanmeldingRow.id) == GeschilRow.aanmelding_id, isouter=True)
        .join(OvereenkomstRow, col(OvereenkomstRow.aanmelding_id) == AanmeldingRow.id, isouter=True)
        .where(RondeRow.procedure_id == procedure.id)
    )
    for geschil, ronde, aanmelding, contract in sessie.exec(vraag):
        if _is_open(geschil):
            reden = f"geschil {geschil.kenmerk} is nog niet afgerond"
            for een in {aanmelding or ronde, contract, naam} - {None}:
                redenen[een].append(reden)
    for slot in sessie.exec(select(BewaarslotRow).where(col(BewaarslotRow.vrijgegeven_op).is_(None))):
        redenen[slot.dossier].append(f"vastgehouden door {slot.door}: {slot.reden}")
    return redenen


def _is_open(rij: GeschilRow) -> bool:
    """A dispute that pends, or one that was won and of which the consequence is not recorded yet."""
    return rij.uitkomst is None or (rij.uitkomst is Geschiluitkomst.TOEGEWEZEN and rij.hervat_op is None)


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
    sessie: Session,
    procedure: ProcedureRow,
    definitie: Proceduredefinitie,
    dossiers: list[Archiefdossier],
    overgebracht: Collection[str],
) -> Archiefdossier | None:
    """The file of the procedure itself: after the last of all others; None once it was destroyed."""
    gedaan = select(ArchiefregelRow).where(
        ArchiefregelRow.procedure == definitie.naam, ArchiefregelRow.stand == Regelstand.UITGEVOERD
    )
    eerder = list(sessie.exec(gedaan))
    if any(een.soort is Dossiersoort.PROCEDURE for een in eerder) and definitie.naam not in overgebracht:
        return None
    dagen = [*(een.vanaf for een in dossiers), *(een.vanaf for een in eerder)]
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


def list_personen(sessie: Session) -> list[Archiefdossier]:
    """The people who act for a provider: kept as long as anything of that provider is, and a while after."""
    in_gebruik = {*sessie.exec(select(AanmeldingRow.kvk)), *(een.kvk for een in list_oudere(sessie))}
    regels = [
        regel
        for rij in sessie.exec(select(ProcedureRow))
        for regel in procedures.decode_definitie(rij).bewaarregels
        if regel.soort is Dossiersoort.PERSOON
    ]
    regel = max(regels, key=lambda een: een.jaren, default=find_regel((), Dossiersoort.PERSOON))
    dossiers = []
    for persoon in sessie.exec(select(PersoonRow).order_by(col(PersoonRow.id))):
        if [*persoon.rollen] != [Rol.AANBIEDER]:
            continue
        laatste = sessie.exec(
            select(sa.func.max(AuditRow.op)).where(
                sa.or_(col(AuditRow.persoon) == persoon.id, col(AuditRow.onderwerp) == persoon.id)
            )
        ).one()
        bezig = persoon.kvk in in_gebruik
        dossiers.append(
            Archiefdossier(
                naam=persoon.id,
                soort=Dossiersoort.PERSOON,
                procedure="",
                ronde="",
                regel=regel,
                vanaf=None if bezig or laatste is None else local_date(laatste),
                open="er is nog een dossier van deze aanbieder" if bezig else "er is nog niets gedaan",
            )
        )
    return dossiers
