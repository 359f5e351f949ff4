"""What goes to an archive and what closing a file gives: a zip that shows what is in it, an index, a refusal."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from sqlmodel import select

from inkoop import bootstrap
from inkoop.cli.demo.personen import INKOPER, JURIST
from inkoop.domain.archief import Bewaarregel, Dossiersoort, Lijstsoort, Lijststatus, Waardering
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.persoon import Rol
from inkoop.exchange.mdto import RUIMTE
from inkoop.services import aanmeldingen, archieflijsten, bewaring, documenten, dossiersluiting, overbrengen, procedures
from inkoop.storage.audit import check_keten
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.archief import ArchieflijstRow
from tests.services.conftest import Begin
from tests.services.proefspel import Proef

ARCHIVARIS = "a.archief"
DAG = date(2026, 1, 5)
MDTO = f"{{{RUIMTE}}}"


@pytest.fixture
def proef(begin: Begin) -> Proef:
    """The round of the worked examples after its last task, of which rejections are kept for ever after five years."""
    proef = begin("einde")
    proef.add_persoon(ARCHIVARIS, "archivaris", Rol.ARCHIVARIS, naam="Annet Archief")
    keep_afwijzingen(proef)
    proef.klok.set(proef.at(DAG))
    return proef


def keep_afwijzingen(proef: Proef) -> None:
    """Give the procedure a rule by which its rejections go to the archive after five years."""
    regel = Bewaarregel(
        soort=Dossiersoort.AFWIJZING,
        waardering=Waardering.BEWAREN,
        jaren=5,
        bron="besluit archivaris 7",
        categorie="16.2",
    )
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, proef.procedure)
        definitie = msgspec.structs.replace(procedures.decode_definitie(rij), bewaarregels=(regel,))
        rij.definitie = msgspec.json.encode(definitie).decode()
        eenheid.sessie.add(rij)
        eenheid.audit("proef", proef.procedure, naar="bewaarregels")


def find_afwijzing(proef: Proef) -> str:
    with proef.huis.winkel.lezen() as sessie:
        return next(een.naam for een in bewaring.list_dossiers(sessie) if een.soort is Dossiersoort.AFWIJZING)


def approve(proef: Proef, naam: str) -> str:
    soort = Lijstsoort.OVERBRENGING
    kenmerk = archieflijsten.propose_lijst(proef.huis, proef.act_as(ARCHIVARIS), soort, "overdracht", [naam])
    archieflijsten.approve_lijst(proef.huis, proef.act_as(JURIST), kenmerk)
    return kenmerk


def check_mdto(naam: str, xml: bytes, standaarden: Path | None) -> ET.Element:
    """The one object in it, after the schema when that is at hand."""
    if standaarden is not None:
        from lxml import etree

        schema = etree.XMLSchema(etree.parse(standaarden / "MDTO-XML1.0.1.xsd"))
        schema.assertValid(etree.fromstring(xml))
    wortel = ET.fromstring(xml)
    assert wortel.tag == f"{MDTO}MDTO"
    (object_,) = wortel
    assert [een.tag for een in object_][:2] == [f"{MDTO}identificatie", f"{MDTO}naam"], naam
    return object_


def check_zip(naam: str, inhoud: bytes, standaarden: Path | None) -> dict[str, bytes]:
    """Every file of the dossier with its own metadata, whose hash and size are those of the file."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        assert zip_.testzip() is None
        alles = {een: zip_.read(een) for een in zip_.namelist()}
    assert len(alles) == len(set(alles))
    map_ = f"dossiers/{naam}"
    dossier = check_mdto(naam, alles.pop(f"{map_}/{naam}.mdto.xml"), standaarden)
    beschreven = {een.findtext(f"{MDTO}verwijzingNaam") for een in dossier.findall(f"{MDTO}heeftRepresentatie")}
    waardering = dossier.find(f"{MDTO}waardering")
    assert waardering is not None
    assert waardering.findtext(f"{MDTO}begripCode") == "B"
    assert dossier.findtext(f"{MDTO}informatiecategorie/{MDTO}begripCode") == "16.2"
    assert dossier.findtext(f"{MDTO}bewaartermijn/{MDTO}termijnLooptijd") == "P5Y"
    bestanden = {een: inhoud for een, inhoud in alles.items() if not een.endswith(".bestand.mdto.xml")}
    assert beschreven == {een.removeprefix("dossiers/") for een in bestanden}
    for een, eigen in bestanden.items():
        beschrijving = check_mdto(een, alles[f"{een}.bestand.mdto.xml"], standaarden)
        assert beschrijving.findtext(f"{MDTO}checksum/{MDTO}checksumWaarde") == hashlib.sha256(eigen).hexdigest()
        assert beschrijving.findtext(f"{MDTO}omvang") == str(len(eigen))
        assert beschrijving.findtext(f"{MDTO}isRepresentatieVan/{MDTO}verwijzingNaam") == naam
    assert len(alles) == 2 * len(bestanden)
    return {een.removeprefix(f"{map_}/"): eigen for een, eigen in bestanden.items()}


@pytest.fixture
def standaarden_of_niet(request: pytest.FixtureRequest) -> Path | None:
    """The folder with the schema, or nothing: then only the structure is checked."""
    try:
        pad: Path = request.getfixturevalue("standaarden")
    except pytest.skip.Exception:
        return None
    return pad


def test_a_file_that_goes_to_an_archive_goes_whole_with_metadata_that_is_valid_and_is_due_no_more(
    proef: Proef, standaarden_of_niet: Path | None
):
    naam = find_afwijzing(proef)
    with proef.huis.winkel.lezen() as sessie:
        aanbieder = aanmeldingen.find_aanmelding(sessie, naam).naam
    kenmerk = approve(proef, naam)
    geschreven: list[bytes] = []
    som = overbrengen.export_lijst(proef.huis, proef.act_as(ARCHIVARIS), kenmerk, geschreven.append)
    (zip_,) = geschreven
    assert som == hashlib.sha256(zip_).hexdigest()
    bestanden = check_zip(naam, zip_, standaarden_of_niet)

    tabellen = {rij["tabel"] for rij in json.loads(bestanden["gegevens.json"])}
    assert {"aanmelding", "bewijsstuk", "feit", "toets", "besluit"} <= tabellen
    assert aanbieder in bestanden["gegevens.json"].decode()
    assert {rij["onderwerp"] for rij in json.loads(bestanden["logboek.json"])} >= {naam}
    assert sum(een.startswith("bewijs-") for een in bestanden) > 0

    with proef.huis.winkel.lezen() as sessie:
        (dossier,) = bewaring.find_dossiers(sessie, [(naam, proef.procedure)])
        lijst = archieflijsten.find_lijst(sessie, kenmerk)
        assert (lijst.status, lijst.export_sha256) == (Lijststatus.UITGEVOERD, som)
        assert aanmeldingen.find_aanmelding(sessie, naam).naam == aanbieder  # it can still be read here
    assert (dossier.lijst, dossier.is_vrij(DAG)) == (kenmerk, False)
    assert check_keten(proef.huis.winkel).fouten == ()
    with proef.refuses("archief-status"):
        overbrengen.export_lijst(proef.huis, proef.act_as(ARCHIVARIS), kenmerk, geschreven.append)
    with proef.refuses("archief-overgebracht"):
        archieflijsten.propose_lijst(proef.huis, proef.act_as(ARCHIVARIS), Lijstsoort.OVERBRENGING, "nog eens", [naam])


def test_a_zip_that_cannot_be_written_or_a_file_that_is_held_leaves_the_list_as_it_was(proef: Proef):
    naam = find_afwijzing(proef)
    kenmerk = approve(proef, naam)

    def fail(_: bytes) -> None:
        raise OSError("de schijf is vol")

    with pytest.raises(OSError, match="schijf"):
        overbrengen.export_lijst(proef.huis, proef.act_as(ARCHIVARIS), kenmerk, fail)
    archieflijsten.hold_dossier(proef.huis, proef.act_as(ARCHIVARIS), naam, "claim")
    with proef.refuses("archief-vast"):
        overbrengen.export_lijst(proef.huis, proef.act_as(ARCHIVARIS), kenmerk, lambda _: None)
    with proef.huis.winkel.lezen() as sessie:
        assert sessie.exec(select(ArchieflijstRow.status)).all() == [Lijststatus.GOEDGEKEURD]


def test_a_list_of_one_kind_holds_no_file_of_the_other_and_is_not_carried_out_as_the_other(proef: Proef):
    naam = find_afwijzing(proef)
    with proef.refuses("archief-waardering"):
        archieflijsten.propose_lijst(proef.huis, proef.act_as(ARCHIVARIS), Lijstsoort.VERNIETIGING, "weg", [naam])
    with proef.huis.winkel.lezen() as sessie:
        rij = archieflijsten.find_lijst(sessie, approve(proef, naam))
    with pytest.raises(BeletselenError, match="overbrenging"):
        archieflijsten.require_uitvoerbaar(rij, Lijstsoort.VERNIETIGING)


@pytest.mark.dekking("C.30")
def test_a_file_is_closed_once_with_an_index_of_its_papers_and_not_while_something_of_it_runs(proef: Proef):
    with proef.refuses("archief-open"):
        dossiersluiting.close_dossier(proef.huis, proef.act_as(ARCHIVARIS), proef.procedure)
    naam = find_afwijzing(proef)
    kenmerk = dossiersluiting.close_dossier(proef.huis, proef.act_as(ARCHIVARIS), naam)
    with proef.refuses("archief-gesloten"):
        dossiersluiting.close_dossier(proef.huis, proef.act_as(ARCHIVARIS), naam)
    with proef.huis.winkel.lezen() as sessie:
        gegevens = json.loads(documenten.find_document(sessie, kenmerk).gegevens)
        verwacht = [een.kenmerk for een in documenten.list_documenten(sessie, onderwerp=naam) if een.pdf_sha256]
    assert [een["stuk"].split(" ")[0] for een in gegevens["stukken"]] == sorted(verwacht)
    assert verwacht
    (regel,) = gegevens["bewaarregels"]
    assert regel["bewaren"] == "5 jaar, daarna naar het archief"
    assert (regel["vernietigen_na"], regel["vastgesteld_door"]) == (None, "besluit archivaris 7")
    assert gegevens["logboek_hash"]
    assert documenten.render(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick()), kenmerk)


def test_a_name_that_is_not_there_or_is_of_a_person_has_no_index(proef: Proef):
    with proef.huis.winkel.lezen() as sessie:
        persoon = next(een.naam for een in bewaring.list_dossiers(sessie) if een.soort is Dossiersoort.PERSOON)
    with proef.refuses("archief-persoon"):
        dossiersluiting.close_dossier(proef.huis, proef.act_as(ARCHIVARIS), persoon)
    with pytest.raises(Exception, match="Procedure, ronde of dossier"):
        dossiersluiting.close_dossier(proef.huis, proef.act_as(ARCHIVARIS), "bestaat-niet")
