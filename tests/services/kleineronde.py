"""A small round that is open, laid down as rows: two criteria, one closing, as many aanbieders as a test asks for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import msgspec

from inkoop import bootstrap
from inkoop.cli.demo.personen import INKOPER
from inkoop.definitions.criteriaset import load_criteriaset
from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk, Ondernemer, Tekenbevoegde, Tekenwijze
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.criteria.dossier import Aanleiding, Certificaatfeit, Documentfeit, EenFeit, Herkomst, Lidrol
from inkoop.domain.dossierbouw import NOG_NIET_ONTVANGEN
from inkoop.domain.kalender import TIJDZONE, local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Rondedefinitie
from inkoop.services.procedures import decode_definitie, find_procedure
from inkoop.settings import CHECKOUT
from inkoop.storage.eenheid import Actor, Eenheid
from inkoop.storage.tabellen.procedure import CriteriaeditieRow, ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef, make_blanco

KLEIN = "K-1"
SET = """\
titel: Kleine set
wet: wmo
bron: proef
criteria:
  - id: K-01
    titel: Klachtenregeling
    eis: U hebt een klachtenregeling.
    bron: proef
    groep: geschiktheidseis
    per: aanmelding
    alleen: alles
    toepassing: elk_lid
    momenten: [toelating]
    herstelbaar: bewijs_bestond_al
    motivering: Omdat cliënten moeten kunnen klagen.
    bewijs: De regeling.
    toets: {soort: document, document: klachtenregeling, peilmoment: sluiting, op_naam: nee}
  - id: K-02
    titel: Certificaat
    eis: U hebt het certificaat HKZ of een gelijkwaardig certificaat.
    bron: proef
    groep: geschiktheidseis
    per: perceel
    alleen: alles
    toepassing: gezamenlijk
    momenten: [toelating]
    herstelbaar: bewijs_bestond_al
    motivering: Omdat kwaliteit telt.
    bewijs: Het certificaat.
    toets:
      soort: certificaat
      norm: HKZ
      gelijkwaardig: [ISO 9001]
      geldig_op: [sluiting]
      registerstatus_vereist: nee
      gelijkwaardigheidsvragen:
        - {id: v1, tekst: Is het onafhankelijk getoetst?}
"""


def begin_ronde(
    map_: Path, sluiting: datetime, *, kvks: tuple[str, ...] = ("90000101",), database: str | None = None
) -> Proef:
    """A store with the procedure of the Meierij, one open round that closes then, and these aanbieders."""
    huis_definitie = bootstrap.load_procedure(CHECKOUT / "procedures" / "meierij-2020.yaml")
    ronde = make_ronde(KLEIN, sluiting, "1")
    instroom = msgspec.structs.replace(huis_definitie.instroom, rondes=(ronde,))
    mandaten = tuple(
        msgspec.structs.replace(een, geldig_van=date(2017, 1, 1), geldig_tot=date(2030, 12, 31))
        for een in huis_definitie.mandaten
    )
    definitie = msgspec.structs.replace(
        huis_definitie, instroom=instroom, mandaten=mandaten, stappen=(), ontvangst=None
    )
    proef = begin_procedure(map_, definitie.naam, definitie, database=database)
    proef.ronde = KLEIN
    (map_.parent / "klein").mkdir(exist_ok=True)
    (map_.parent / "klein" / "1.yaml").write_text(SET, encoding="utf-8")
    editie = load_criteriaset(map_.parent / "klein" / "1.yaml")
    proef.klok.set(sluiting - timedelta(days=30))
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = find_procedure(eenheid.sessie, definitie.naam)
        rij.gepubliceerd_op, rij.fase = eenheid.op, Fase.PUBLICEREN
        _add_ronde(eenheid, rij, editie, ronde)
        eenheid.audit("proef", definitie.naam, naar="gepubliceerd")
    for kvk in kvks:
        proef.add_persoon(f"aanbieder-{kvk}", "bestuurder", Rol.AANBIEDER, kvk=kvk)
    return proef


def make_ronde(kenmerk: str, sluiting: datetime, editie: str) -> Rondedefinitie:
    """A round that opens sixty days before it closes, and comes into force three months after."""
    dag = local_date(sluiting)
    return Rondedefinitie(
        kenmerk=kenmerk,
        opening=dag - timedelta(days=60),
        sluiting=sluiting,
        herstelverzoek=dag + timedelta(days=7),
        herstel_tot=dag + timedelta(days=21),
        besluit=dag + timedelta(days=45),
        vervaltermijn=dag + timedelta(days=66),
        tekenen=dag + timedelta(days=80),
        ingang=dag + timedelta(days=92),
        criteria_editie=editie,
    )


def add_ronde(proef: Proef, kenmerk: str, sluiting: datetime, tekst: str) -> None:
    """One more round of the same procedure, with an edition of its own (the text of a criteria file)."""
    pad = proef.huis.winkel.map.parent / "klein" / f"{kenmerk}.yaml"
    pad.write_text(tekst, encoding="utf-8")
    editie = load_criteriaset(pad)
    ronde = make_ronde(kenmerk, sluiting, editie.editie)
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = find_procedure(eenheid.sessie, proef.procedure)
        definitie = decode_definitie(rij)
        instroom = msgspec.structs.replace(definitie.instroom, rondes=(*definitie.instroom.rondes, ronde))
        rij.definitie = msgspec.json.encode(msgspec.structs.replace(definitie, instroom=instroom)).decode()
        _add_ronde(eenheid, rij, editie, ronde)
        eenheid.audit("proef", kenmerk, naar="gepubliceerd")


def _add_ronde(eenheid: Eenheid, rij: ProcedureRow, editie: Criteriaset, ronde: Rondedefinitie) -> None:
    """The edition and the round of a procedure, as publishing lays them down, with the round in selection."""
    editierij = CriteriaeditieRow(
        id=uuid4(),
        procedure_id=rij.id,
        criteriaset=editie.set,
        editie=editie.editie,
        hash=editie.hash,
        inhoud=msgspec.json.encode(editie).decode(),
        vastgelegd_op=eenheid.op,
    )
    ronderij = RondeRow(
        id=uuid4(),
        procedure_id=rij.id,
        criteriaeditie_id=editierij.id,
        kenmerk=ronde.kenmerk,
        fase=Fase.SELECTEREN,
        opening=ronde.opening,
        sluiting=ronde.sluiting,
    )
    for een in (rij, editierij, ronderij):
        eenheid.sessie.add(een)
        eenheid.sessie.flush()


def make_bestand(inhoud: str) -> bytes:
    """A real file whose bytes differ with what it is said to hold."""
    return make_blanco() + f"\n% {inhoud}\n".encode()


def make_opgave(
    kvk: str, *, percelen: tuple[str, ...] = ("1A",), norm: str = "HKZ", klachten: date | None = date(2019, 5, 1)
) -> tuple[Aanmeldingsopgave, dict[str, bytes]]:
    """An aanmelding with its files: a certificate of this norm, and a klachtenregeling of this day if any."""
    vast = {
        "lid": "zelf",
        "herkomst": Herkomst.OPGEGEVEN,
        "ontvangen_op": NOG_NIET_ONTVANGEN,
        "aanleiding": Aanleiding.INDIENING,
    }
    feiten: dict[str, EenFeit] = {
        "certificaat.pdf": Certificaatfeit(
            id="certificaat.pdf#1",
            bewijs=("certificaat.pdf",),
            norm=norm,
            van=date(2017, 1, 1),
            tot=date(2029, 12, 31),
            scope=("begeleiding",),
            **vast,  # type: ignore[arg-type]
        )
    }
    if klachten is not None:
        feiten["klachten.pdf"] = make_klachten(klachten)
    stukken = tuple(
        Bewijsstuk(bestand=naam, omschrijving=naam, lid="zelf", feiten=(feit,)) for naam, feit in feiten.items()
    )
    opgave = Aanmeldingsopgave(
        naam=f"Aanbieder {kvk}",
        percelen=percelen,
        leden=(
            Ondernemer(
                id="zelf",
                rol=Lidrol.ENKEL,
                naam=f"Aanbieder {kvk}",
                rechtsvorm="stichting",
                kvk=kvk,
                adres="Markt 1",
                postcode="5211 AA",
                plaats="Vught",
                email="info@aanbieder.example",
                tekenbevoegde=Tekenbevoegde(naam=f"aanbieder-{kvk}", functie="bestuurder", wijze=Tekenwijze.ALLEEN),
            ),
        ),
        bewijsstukken=stukken,
    )
    return opgave, {naam: make_bestand(f"{kvk} {naam} {feit}") for naam, feit in feiten.items()}


def make_klachten(dag: date) -> Documentfeit:
    """A klachtenregeling of a day."""
    return Documentfeit(
        id="klachten.pdf#1",
        lid="zelf",
        bewijs=("klachten.pdf",),
        herkomst=Herkomst.OPGEGEVEN,
        ontvangen_op=NOG_NIET_ONTVANGEN,
        aanleiding=Aanleiding.INDIENING,
        document="klachtenregeling",
        datum=dag,
    )


def at(tekst: str) -> datetime:
    """An instant in the Netherlands, as 2020-03-29T12:00:00."""
    return datetime.fromisoformat(tekst).replace(tzinfo=TIJDZONE)


__all__ = ["KLEIN", "SET", "add_ronde", "at", "begin_ronde", "make_bestand", "make_klachten", "make_opgave"]
