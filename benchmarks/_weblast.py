"""The load of the measurement of the pages: procedures, applications in every state, what belongs to them, a long log.

Made past the acts: a load of this size is no procedure. Half of the rounds is opened. Of ten applications in those
nine are decided, each with its besluit and its letter, and one is being assessed with facts to establish, or its
besluit waits (for the jurist in one round of three, the mandated person, the letter). An aanbieder handed in four.
The first decided ones have an agreement, with two entries in the catalogue, the last toets that it rests on
and every tenth an addendum that was signed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from inkoop import bootstrap
from inkoop.definitions.criteriaset import find_editie, load_criteriaset
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.besluit import Besluitsoort, Besluitvoorstel
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie, Rondedefinitie
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, Documentstatus, Overeenkomststatus
from inkoop.services import personen
from inkoop.services.bewijzen import encode_feit
from inkoop.services.huis import Huis
from inkoop.services.overeenkomsten import Inhoud
from inkoop.storage.auditregel import AUDIT, AUDITKOP, Auditkop, hash_regel, read_kop
from inkoop.storage.eenheid import Actor
from inkoop.storage.momentopname import store_waarde
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.bewijs import BewijsstukRow, FeitRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, CatalogusRow, OvereenkomstRow
from inkoop.storage.tabellen.procedure import CriteriaeditieRow, ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.triggers import TRIGGERS

DEEL = 1000
"""How many records one unit of work holds."""
PER_AANBIEDER = 4
"""How many applications one legal person handed in, in as many rounds."""
KVK = 10_000_000
"""The number of the first legal person."""
NU = datetime(2020, 4, 2, 9, tzinfo=UTC)
"""When all of it happened; in the store it stays that time."""
SYSTEEM = Actor("systeem", "systeem")
METERS = {
    "meter": Rol.INKOPER,
    "meter-b": Rol.BEOORDELAAR,
    "meter-j": Rol.JURIST,
    "meter-g": Rol.GEMANDATEERDE,
    "meter-c": Rol.CONTRACTMANAGER,
    "meter-r": Rol.ARCHIVARIS,
    "meter-a": Rol.AANBIEDER,
}
"""Who reads the pages, each in one role; the aanbieder is the legal person with number KVK + 12."""


class _Voorbeeld:
    """What every record of the load is a copy of."""

    def __init__(self, huis: Huis) -> None:
        self.definitie: Proceduredefinitie = bootstrap.load_definitie(huis, "meierij-2020")
        self.editie: Criteriaset = load_criteriaset(find_editie(huis.criteria, self.definitie.criteriaset, "2020-1"))
        scenario = load_scenarios(huis.criteria / "meierij-wmo" / "scenarios")[0]
        self.opgave = msgspec.json.encode(scenario.aanmelding).decode()
        self.feiten = [(stuk, feit) for stuk in scenario.aanmelding.bewijsstukken for feit in stuk.feiten]
        (self.ronde, *_) = [r for r in self.definitie.instroom.rondes if r.kenmerk == "M-2020-2"]
        perceel = self.definitie.percelen[0]
        self.producten = tuple(een.code for een in perceel.producten)
        self.voorstel = msgspec.json.encode(
            Besluitvoorstel(
                perceel=perceel.code,
                soort=Besluitsoort.TOEGELATEN,
                producten=self.producten,
                afgewezen_producten=(),
                redenen=(),
                voldaan=tuple(een.id for een in self.editie.criteria),
                voorwaarden=(),
            )
        ).decode()


def fill(huis: Huis, aantal: int, aanmeldingen: int, logregels: int, overeenkomsten: int = 0) -> None:
    """Make the load: `aantal` procedures with one round each, the applications over them, rows in the log."""
    voorbeeld = _Voorbeeld(huis)
    systeem = bootstrap.act_as_systeem(huis, NU)
    for naam, rol in METERS.items():
        kvk = str(KVK + 12) if rol is Rol.AANBIEDER else None
        personen.add_persoon(huis, systeem, id=naam, naam="De Meter", functie=str(rol), rollen=[rol], kvk=kvk)
    with huis.winkel.eenheid(SYSTEEM, NU) as eenheid:
        for nummer in range(aantal):
            _add_procedure(eenheid.sessie, voorbeeld, nummer, nummer % 2 == 1)
        eenheid.audit("last", "meting")
    add_aanmeldingen(huis, aanmeldingen, overeenkomsten)
    add_logregels(huis, logregels)


def add_logregels(huis: Huis, tot: int) -> None:
    """More rows in the log, about the rounds in turn, until there are `tot`: a whole chain, written at once.

    Past the triggers, which look at each row by itself; they stand again afterwards.
    """
    kenmerken = [kenmerk for _, kenmerk, _ in _list_rondes(huis)]
    with huis.winkel.eenheid(SYSTEEM, NU) as eenheid:
        verbinding = eenheid.sessie.connection()
        kop = read_kop(verbinding)
        assert kop is not None
        eenheid.audit("last", "meting")
        rijen: list[dict[str, Any]] = []
        gelijk = {"op": NU, "werkelijk_op": NU, "persoon": "systeem", "rol": "systeem", "handeling": "last"}
        for nummer in range(kop.aantal + 1, tot):
            regel = {
                **gelijk,
                "volgnummer": nummer,
                "onderwerp": kenmerken[nummer % len(kenmerken)],
                "van": None,
                "naar": None,
                "reden": "",
                "gegevens": {},
                "rijen": [],
                "vorige_hash": kop.hash,
            }
            kop = Auditkop(
                nummer, hash_regel({naam: store_waarde(AUDIT.c[naam], waarde) for naam, waarde in regel.items()})
            )
            rijen.append({**regel, "hash": kop.hash})
        for trigger in _TRIGGERS:
            aan = f" ON {TRIGGERS[trigger].tabel}" if verbinding.dialect.name == "postgresql" else ""
            verbinding.exec_driver_sql(f"DROP TRIGGER {trigger}{aan}")
        for begin in range(0, len(rijen), 5000):
            verbinding.execute(sa.insert(AUDIT), rijen[begin : begin + 5000])
        verbinding.execute(sa.update(AUDITKOP).values(aantal=kop.aantal, hash=kop.hash))
        for trigger in _TRIGGERS:
            verbinding.exec_driver_sql(TRIGGERS[trigger].list_opdrachten(trigger, verbinding.dialect.name)[-1])


_TRIGGERS = ("audit_aansluiting", "audit_kop_vooruit")


def add_aanmeldingen(huis: Huis, tot: int, overeenkomsten: int = 0) -> None:
    """More applications, until there are `tot`, in the rounds that are there; agreements until that many."""
    voorbeeld, rondes = _Voorbeeld(huis), _list_rondes(huis)
    with huis.winkel.lezen() as sessie:
        vanaf = sessie.exec(select(func.count()).select_from(AanmeldingRow)).one()
        er_zijn = sessie.exec(select(func.count()).select_from(OvereenkomstRow)).one()
    for begin in range(vanaf, tot, DEEL):
        with huis.winkel.eenheid(SYSTEEM, NU) as eenheid:
            for nummer in range(begin, min(begin + DEEL, tot)):
                ronde_id, ronde, geopend = rondes[nummer % len(rondes)]
                aanmelding_id = uuid4()
                besloten = geopend and nummer // len(rondes) % 10 != 9
                kenmerk = f"{ronde}-A{nummer:06d}"
                eenheid.sessie.add(
                    AanmeldingRow(
                        id=aanmelding_id,
                        ronde_id=ronde_id,
                        kenmerk=kenmerk,
                        naam=f"Aanbieder {nummer // PER_AANBIEDER}",
                        kvk=str(KVK + nummer // PER_AANBIEDER),
                        ontvangen_op=voorbeeld.ronde.sluiting - timedelta(days=3),
                        status=Aanmeldingsstatus.BESLOTEN if besloten else Aanmeldingsstatus.IN_BEHANDELING,
                        opgave=voorbeeld.opgave,
                    )
                )
                if not geopend:
                    continue
                eenheid.sessie.flush()
                if besloten or nummer // len(rondes) % 20 == 19:
                    status = _WACHTEND[nummer % len(_WACHTEND)] if not besloten else Besluitstatus.VERZONDEN
                    _add_besluit(eenheid.sessie, voorbeeld, aanmelding_id, ronde, kenmerk, status)
                else:
                    _add_feiten(eenheid.sessie, voorbeeld, aanmelding_id)
                if besloten and er_zijn < overeenkomsten:
                    _add_overeenkomst(eenheid.sessie, voorbeeld, aanmelding_id, kenmerk, nummer, er_zijn)
                    er_zijn += 1
            eenheid.audit("last", "meting")


_WACHTEND = (Besluitstatus.CONCEPT, Besluitstatus.GECONTROLEERD, Besluitstatus.GENOMEN)


def _list_rondes(huis: Huis) -> list[tuple[UUID, str, bool]]:
    with huis.winkel.lezen() as sessie:
        rijen = sessie.exec(select(RondeRow).order_by(col(RondeRow.kenmerk)))
        return [(rij.id, rij.kenmerk, rij.geopend_op is not None) for rij in rijen]


def _add_procedure(sessie: Session, voorbeeld: _Voorbeeld, nummer: int, geopend: bool) -> None:
    naam, kenmerk = f"proef-{nummer:05d}", f"P{nummer:05d}-1"
    ronde: Rondedefinitie = msgspec.structs.replace(voorbeeld.ronde, kenmerk=kenmerk)
    instroom = msgspec.structs.replace(voorbeeld.definitie.instroom, rondes=(ronde,))
    kopie = msgspec.structs.replace(voorbeeld.definitie, naam=naam, titel=f"Proef {naam}", instroom=instroom)
    procedure = ProcedureRow(
        id=uuid4(),
        naam=naam,
        definitie=msgspec.json.encode(kopie).decode(),
        definitie_hash=kopie.hash,
        fase=Fase.PUBLICEREN,
        aangemaakt_op=NU,
        gepubliceerd_op=NU,
    )
    sessie.add(procedure)
    sessie.flush()
    bevroren = CriteriaeditieRow(
        id=uuid4(),
        procedure_id=procedure.id,
        criteriaset=voorbeeld.editie.set,
        editie=voorbeeld.editie.editie,
        hash=voorbeeld.editie.hash,
        inhoud=msgspec.json.encode(voorbeeld.editie).decode(),
        vastgelegd_op=NU,
    )
    sessie.add(bevroren)
    sessie.flush()
    sessie.add(
        RondeRow(
            id=uuid4(),
            procedure_id=procedure.id,
            criteriaeditie_id=bevroren.id,
            kenmerk=kenmerk,
            fase=Fase.SELECTEREN,
            opening=ronde.opening,
            sluiting=ronde.sluiting,
            openingsverzoek_door="a",
            geopend_door="b" if geopend else None,
            geopend_op=NU if geopend else None,
        )
    )


def _add_besluit(
    sessie: Session, voorbeeld: _Voorbeeld, aanmelding_id: UUID, ronde: str, kenmerk: str, status: Besluitstatus
) -> None:
    perceel = voorbeeld.definitie.percelen[0].code
    genomen = status in (Besluitstatus.GENOMEN, Besluitstatus.VERZONDEN)
    sessie.add(
        BesluitRow(
            id=uuid4(),
            aanmelding_id=aanmelding_id,
            eenheid=perceel,
            volgnummer=1,
            perceel=perceel,
            soort=Besluitsoort.TOEGELATEN,
            status=status,
            voorstel=voorbeeld.voorstel,
            opgesteld_door="systeem",
            genomen_door="meter-g" if genomen else None,
            genomen_op=NU if genomen else None,
            mandaat="MB-1" if genomen else None,
            verzonden_op=NU if status is Besluitstatus.VERZONDEN else None,
        )
    )
    sessie.add(
        DocumentRow(
            id=uuid4(),
            sleutel=f"besluit:{kenmerk}:1",
            soort="besluitbrief",
            onderwerp=kenmerk,
            ronde=ronde,
            kenmerk=f"D-{kenmerk}",
            titel=f"Besluit over {kenmerk}",
            status=Documentstatus.VERZONDEN if status is Besluitstatus.VERZONDEN else Documentstatus.IN_REVIEW,
            gegevens="{}",
            opgesteld_door="systeem",
            gevraagd_op=NU,
            verzonden_op=NU if status is Besluitstatus.VERZONDEN else None,
        )
    )


def _add_feiten(sessie: Session, voorbeeld: _Voorbeeld, aanmelding_id: UUID) -> None:
    """The files of an application, each with the facts that are stated on it, none of them established."""
    stukken: dict[str, UUID] = {}
    for stuk, _ in voorbeeld.feiten:
        if stuk.bestand in stukken:
            continue
        stukken[stuk.bestand] = uuid4()
        sessie.add(
            BewijsstukRow(
                id=stukken[stuk.bestand],
                aanmelding_id=aanmelding_id,
                bestand=stuk.bestand,
                omschrijving=stuk.omschrijving,
                sha256=f"{len(stukken):064x}",
                mediatype="application/pdf",
                grootte=100_000,
                lid=stuk.lid,
                aanleiding=Aanleiding.INDIENING,
                ontvangen_op=NU,
                apart_gezet=False,
            )
        )
    sessie.flush()
    for nummer, (stuk, feit) in enumerate(voorbeeld.feiten):
        sha256 = f"{list(stukken).index(stuk.bestand) + 1:064x}"
        gesteld: Any = msgspec.structs.replace(feit, id=f"{nummer}", bewijs=(sha256,))
        sessie.add(
            FeitRow(
                id=uuid4(),
                aanmelding_id=aanmelding_id,
                bewijsstuk_id=stukken[stuk.bestand],
                feit=gesteld.id,
                inhoud=encode_feit(gesteld),
            )
        )


def _add_overeenkomst(
    sessie: Session, voorbeeld: _Voorbeeld, aanmelding_id: UUID, kenmerk: str, nummer: int, volg: int
) -> None:
    definitie, overeenkomst_id, contractnummer = voorbeeld.definitie, uuid4(), f"P-O{nummer:06d}"
    perceel = definitie.percelen[0]
    sessie.add(
        OvereenkomstRow(
            id=overeenkomst_id,
            aanmelding_id=aanmelding_id,
            contractnummer=contractnummer,
            status=Overeenkomststatus.ACTIEF,
            inhoud=msgspec.json.encode(
                Inhoud(producten={perceel.code: voorbeeld.producten}, tarieftabel=definitie.tarieftabellen[0].versie)
            ).decode(),
            ingang=definitie.looptijd.ingang,
            einddatum=definitie.looptijd.max_einddatum,
            opgesteld_door="a",
        )
    )
    sessie.add(
        DocumentRow(
            id=uuid4(),
            sleutel=f"overeenkomst:{contractnummer}",
            soort="overeenkomst",
            onderwerp=contractnummer,
            ronde=kenmerk.rsplit("-", 1)[0],
            kenmerk=f"D-{contractnummer}",
            titel=f"Overeenkomst {contractnummer}",
            status=Documentstatus.GETEKEND,
            gegevens="{}",
            opgesteld_door="systeem",
            gevraagd_op=NU,
        )
    )
    sessie.flush()
    if volg % 10 == 0:
        sessie.add(
            AddendumRow(
                id=uuid4(),
                overeenkomst_id=overeenkomst_id,
                nummer=f"{contractnummer}-A1",
                status=Overeenkomststatus.ACTIEF,
                inhoud='{"ingang":"2020-02-01","tarieven":null,"gebied":null}',
                ingang=date(2020, 2, 1),
                opgesteld_door="a",
            )
        )
    for code, product in [(p.code, een.code) for p in definitie.percelen for een in p.producten][:2]:
        sessie.add(
            CatalogusRow(
                id=uuid4(),
                overeenkomst_id=overeenkomst_id,
                aanbieder=f"Aanbieder {nummer // PER_AANBIEDER}",
                perceel=code,
                product=product,
                van=date(2020, 1, 1),
                tot=definitie.looptijd.max_einddatum,
            )
        )
