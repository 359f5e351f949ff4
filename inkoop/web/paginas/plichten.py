"""What a round asks beside its applications: how long offers stand, notices, disputes, and besluiten looked at again.

Bron: domein B.1.6, B.2.2, B.2.4, B.2.10, B.2.12.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, select

from inkoop.domain.aankondiging import Aankondigingsoort
from inkoop.domain.geschil import UITKOMSTEN, Geschilsoort, Geschiluitkomst
from inkoop.domain.herziening import Herzieningsaanleiding
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import (
    aankondigingen,
    geschillen,
    heropeningen,
    herzieningen,
    procedures,
    rondeplichten,
    rondes,
)
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.geschil import GeschilRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.web.bladzijde import quote_pad, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, list_opties, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.BESLUIT_LEZEN))]
Herziener = Annotated[Bezoek, Depends(mag(Handeling.BESLUIT_VOORBEREIDEN, en=(Handeling.BESLUIT_LEZEN,)))]


def _pad(kenmerk: str, *delen: str) -> str:
    return "/".join(("/rondes", quote_pad(kenmerk), "plichten", *map(quote_pad, delen)))


@router.get("/rondes/{kenmerk}/plichten")
def toon_plichten(bezoek: Lezer, kenmerk: str) -> Response:
    """All four, each with the form of who may act."""
    return _toon(bezoek, kenmerk, NIETS)


def _toon(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.BESLUIT_LEZEN) as sessie:
        ronde = rondes.find_ronde(sessie, kenmerk)
        definitie, aanmeldingen, besloten = _list_keuzes(sessie, ronde)
        rijen = geschillen.list_geschillen(sessie, ronde)
        ophoudend = {rij.kenmerk for rij in rijen if geschillen.is_ophoudend(sessie, rij)}
        heropend = heropeningen.list_heropend(sessie, ronde)
        gestand = rondeplichten.find_gestand(sessie, ronde)
        geplaatst = [
            een for een in aankondigingen.list_aankondigingen(sessie, definitie.naam) if een.ronde in ("", kenmerk)
        ]
        gezien = {"gestand": rondeplichten.look_gestand(kenmerk)(sessie)}
        gezien["geschil"] = geschillen.look_geschillen(kenmerk)(sessie)
    percelen = [(een.code, f"{een.code} {een.naam}") for een in definitie.percelen]
    vormen = {
        "gestand": (Handeling.GESTAND_VERLENGEN, _vorm_gestand(kenmerk).met(gezien["gestand"])),
        "aankondiging": (Handeling.AANKONDIGING_REGISTREREN, _vorm_aankondiging(kenmerk)),
        "geschil": (
            Handeling.GESCHIL_REGISTREREN,
            _vorm_geschil(kenmerk, aanmeldingen, percelen).met(gezien["geschil"]),
        ),
        "heropenen": (Handeling.AANMELDING_HEROPENEN, _vorm_heropenen(kenmerk, besloten)),
    }
    handelt_af = bezoek.mag(Handeling.GESCHIL_AFHANDELEN)
    return toon_uitslag(
        bezoek,
        uitslag,
        "plichten.html",
        f"Geschillen en termijnen van ronde {kenmerk}",
        kruimels=(
            (definitie.titel, f"/procedures/{quote_pad(definitie.naam)}"),
            (f"Ronde {kenmerk}", f"/rondes/{quote_pad(kenmerk)}"),
        ),
        ronde=ronde,
        gesloten=bezoek.nu > ronde.sluiting,
        gestand=gestand,
        tekenen=definitie.find_ronde(kenmerk).tekenen,
        geplaatst=geplaatst,
        geschillen=[
            (rij, rij.kenmerk in ophoudend, uitslag.kies(vorm) if handelt_af and (vorm := _find_vorm(rij)) else None)
            for rij in rijen
        ],
        heropend=[
            (rij, heropening, uitslag.kies(_vorm_herzien(kenmerk, rij.kenmerk)))
            for rij, heropening in heropend
        ],
        besloten=besloten,
        mag_herzien=bezoek.mag(Handeling.BESLUIT_VOORBEREIDEN),
        vormen={naam: uitslag.kies(vorm) if bezoek.mag(h) else None for naam, (h, vorm) in vormen.items()},
    )  # fmt: skip


class _Keuzes(NamedTuple):
    """What the forms of a round speak of. Of which aanmelding something is, nobody chooses before the opening."""

    definitie: Proceduredefinitie
    aanmeldingen: list[tuple[str, str]]
    besloten: list[tuple[str, str]]


def _list_keuzes(sessie: Session, ronde: RondeRow) -> _Keuzes:
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    if ronde.geopend_op is None:
        return _Keuzes(definitie, [], [])
    vraag = select(AanmeldingRow.kenmerk, AanmeldingRow.naam, AanmeldingRow.status)
    rijen = sessie.exec(vraag.where(AanmeldingRow.ronde_id == ronde.id).order_by(AanmeldingRow.kenmerk)).all()
    alle = [(kenmerk, f"{kenmerk} {naam}") for kenmerk, naam, _ in rijen]
    besloten = {kenmerk for kenmerk, _, status in rijen if status is Aanmeldingsstatus.BESLOTEN}
    return _Keuzes(definitie, alle, [een for een in alle if een[0] in besloten])


def _read_keuzes(bezoek: Bezoek, kenmerk: str) -> _Keuzes:
    with lees(bezoek.huis, bezoek.door, Handeling.BESLUIT_LEZEN) as sessie:
        return _list_keuzes(sessie, rondes.find_ronde(sessie, kenmerk))


def _vorm_gestand(ronde: str) -> Vorm:
    return Vorm(
        id="gestand-verlengen",
        actie=_pad(ronde, "gestand"),
        knop="Leg de verlenging vast",
        velden=(
            Veld(
                naam="tot", label="Tot en met welke dag", soort=Soort.DAG,
                codes=("gestand-korter", "gestand-voorbij", "niet-gesloten"),
            ),
            Veld(
                naam="grond", label="Waaruit blijkt dat aanbieders instemmen", soort=Soort.VAK, codes=("grond", "bsn"),
            ),
        ),
    )  # fmt: skip


def _vorm_aankondiging(ronde: str) -> Vorm:
    return Vorm(
        id="aankondiging",
        actie=_pad(ronde, "aankondiging"),
        knop="Registreer de aankondiging",
        velden=(
            Veld(
                naam="soort",
                label="Welke aankondiging",
                soort=Soort.KEUZE,
                opties=list_opties(Aankondigingsoort),
                codes=("aankondiging-soort",),
            ),
            Veld(naam="plaats", label="Waar staat zij", waarde="TenderNed", codes=("aankondiging-plaats",)),
            Veld(
                naam="nummer", label="Onder welk nummer", codes=("aankondiging-nummer", "aankondiging-dubbel"),
            ),
            Veld(
                naam="geplaatst_op", label="Op welke dag geplaatst", soort=Soort.DAG, verplicht=False,
                uitleg="Laat leeg als dat vandaag is.", codes=("aankondiging-datum",),
            ),
        ),
    )  # fmt: skip


def _vorm_geschil(ronde: str, aanmeldingen: list[tuple[str, str]], percelen: list[tuple[str, str]]) -> Vorm:
    return Vorm(
        id="geschil",
        actie=_pad(ronde, "geschil"),
        knop="Leg vast",
        velden=(
            Veld(
                naam="soort", label="Wat is het", soort=Soort.KEUZE,
                opties=list_opties(Geschilsoort),
            ),
            Veld(naam="van", label="Van wie", codes=("van",)),
            Veld(
                naam="omschrijving", label="Waar gaat het over", soort=Soort.VAK, codes=("omschrijving", "bsn"),
                uitleg="Noem geen cliënten.",
            ),
            Veld(
                naam="ontvangen_op", label="Wanneer ontvangen", soort=Soort.MOMENT, codes=("toekomst",),
                uitleg="Bijvoorbeeld 31-3-2020 14:30.",
            ),
            Veld(
                naam="aanmelding", label="Over welke aanmelding", soort=Soort.LIJST, opties=aanmeldingen,
                verplicht=False, codes=("ronde",),
            ),
            Veld(
                naam="percelen", label="Over welke percelen", soort=Soort.VINKJES, opties=percelen, verplicht=False,
                uitleg="Vinkt u niets aan, dan gaat het over alle percelen.", codes=("perceel",),
            ),
            Veld(naam="zitting_op", label="Dag van de zitting", soort=Soort.DAG, verplicht=False),
            Veld(naam="zaaknummer", label="Zaaknummer van de rechtbank", verplicht=False),
        ),
    )  # fmt: skip


def _find_vorm(rij: GeschilRow) -> Vorm | None:
    """The form for what a dispute asks now."""
    if rij.uitkomst is None:
        return _vorm_afhandelen(rij)
    if rij.uitkomst is Geschiluitkomst.TOEGEWEZEN and rij.hervat_op is None:
        return _vorm_hervatten(rij)
    return None


def _vorm_afhandelen(rij: GeschilRow) -> Vorm:
    ronde = rij.kenmerk.rpartition("-G")[0]
    return Vorm(
        id=f"afhandelen-{rij.kenmerk}",
        actie=_pad(ronde, "geschil", rij.kenmerk),
        knop="Handel af",
        velden=(
            Veld(
                naam="uitkomst", label="Hoe liep het af", soort=Soort.KEUZE, codes=("uitkomst", "afgehandeld"),
                opties=list_opties(een for een in Geschiluitkomst if een in UITKOMSTEN[rij.soort]),
            ),
            Veld(naam="op", label="Op welke dag", soort=Soort.DAG, codes=("datum",)),
            Veld(
                naam="toelichting", label="Waar rust dat op", soort=Soort.VAK, codes=("toelichting", "bsn"),
            ),
        ),
    )  # fmt: skip


def _vorm_hervatten(rij: GeschilRow) -> Vorm:
    return Vorm(
        id=f"hervatten-{rij.kenmerk}",
        actie=_pad(rij.kenmerk.rpartition("-G")[0], "geschil", rij.kenmerk, "hervatten"),
        knop="Ga verder na het vonnis",
        velden=(Veld(naam="reden", label="Hoe is aan het vonnis voldaan", soort=Soort.VAK, codes=("reden", "status")),),
    )


def _vorm_heropenen(ronde: str, besloten: list[tuple[str, str]]) -> Vorm:
    return Vorm(
        id="heropenen",
        actie=_pad(ronde, "heropenen"),
        knop="Heropen de aanmelding",
        velden=(
            Veld(
                naam="aanmelding", label="Welke aanmelding", soort=Soort.LIJST, opties=besloten,
                codes=("status", "onderweg", "niet-verzonden", "heropend"),
            ),
            Veld(
                naam="aanleiding", label="Waarom", soort=Soort.KEUZE, codes=("aanleiding",),
                opties=list_opties(Herzieningsaanleiding),
            ),
            Veld(
                naam="reden", label="Wat is er gebleken", soort=Soort.VAK, codes=("reden", "bsn"),
                uitleg="Deze tekst komt in de brief.",
            ),
        ),
    )  # fmt: skip


def _vorm_herzien(ronde: str, aanmelding: str) -> Vorm:
    return Vorm(
        id=f"herzien-{aanmelding}",
        actie=_pad(ronde, "herzien"),
        knop="Toets opnieuw en herzie",
        velden=(Veld(naam="aanmelding", label="Aanmelding", soort=Soort.VAST, waarde=aanmelding),),
    )


def _doe(
    bezoek: Bezoek, kenmerk: str, vorm: Vorm, ingevuld: Ingevuld, doe: Callable[[dict[str, Any]], Any]
) -> Response:
    uitslag = process(vorm, ingevuld, doe)
    if not uitslag.gelukt:
        return _toon(bezoek, kenmerk, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=kenmerk)
    return RedirectResponse(_pad(kenmerk), status_code=303)


@router.post("/rondes/{kenmerk}/plichten/gestand")
def verleng_gestand(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.GESTAND_VERLENGEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Record that applicants keep their aanmelding open until a later day."""
    door = bezoek.na(ingevuld["gezien"], rondeplichten.look_gestand(kenmerk))
    return _doe(
        bezoek, kenmerk, _vorm_gestand(kenmerk), ingevuld,
        lambda w: rondeplichten.extend_gestand(bezoek.huis, door, kenmerk, w["tot"], grond=w["grond"]),
    )  # fmt: skip


@router.post("/rondes/{kenmerk}/plichten/aankondiging")
def registreer_aankondiging(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.AANKONDIGING_REGISTREREN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Record that a notice was placed."""
    naam = _read_keuzes(bezoek, kenmerk).definitie.naam

    def doe(waarden: dict[str, Any]) -> None:
        soort = Aankondigingsoort(waarden.pop("soort"))
        aankondigingen.register_aankondiging(bezoek.huis, bezoek.door, naam, soort=soort, ronde=kenmerk, **waarden)

    return _doe(bezoek, kenmerk, _vorm_aankondiging(kenmerk), ingevuld, doe)


@router.post("/rondes/{kenmerk}/plichten/geschil")
def registreer_geschil(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.GESCHIL_REGISTREREN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Record a complaint or a summons."""
    keuzes = _read_keuzes(bezoek, kenmerk)
    vorm = _vorm_geschil(kenmerk, keuzes.aanmeldingen, [(een.code, een.code) for een in keuzes.definitie.percelen])

    def doe(waarden: dict[str, Any]) -> str:
        waarden |= {"soort": Geschilsoort(waarden["soort"]), "aanmelding": waarden["aanmelding"] or None}
        door = bezoek.na(ingevuld["gezien"], geschillen.look_geschillen(kenmerk))
        return geschillen.register_geschil(bezoek.huis, door, ronde=kenmerk, **waarden)

    return _doe(bezoek, kenmerk, vorm, ingevuld, doe)


def _find_geschil(bezoek: Bezoek, kenmerk: str, geschil: str) -> GeschilRow:
    """A dispute of this round; that somebody settled it by now is for the service to say, so that no text is lost."""
    with lees(bezoek.huis, bezoek.door, Handeling.BESLUIT_LEZEN) as sessie:
        rijen = geschillen.list_geschillen(sessie, rondes.find_ronde(sessie, kenmerk))
    gevonden = next((rij for rij in rijen if rij.kenmerk == geschil), None)
    if gevonden is None:
        raise NietTeVindenError
    return gevonden


Afhandelaar = Annotated[Bezoek, Depends(mag(Handeling.GESCHIL_AFHANDELEN))]


@router.post("/rondes/{kenmerk}/plichten/geschil/{geschil}")
def handel_af(bezoek: Afhandelaar, kenmerk: str, geschil: str, ingevuld: Ingevuld) -> Response:
    """Record how a complaint or kort geding ended."""
    vorm = _vorm_afhandelen(_find_geschil(bezoek, kenmerk, geschil))

    def doe(waarden: dict[str, Any]) -> None:
        uitkomst = Geschiluitkomst(waarden["uitkomst"])
        geschillen.settle_geschil(
            bezoek.huis, bezoek.door, geschil, uitkomst, op=waarden["op"], toelichting=waarden["toelichting"]
        )

    return _doe(bezoek, kenmerk, vorm, ingevuld, doe)


@router.post("/rondes/{kenmerk}/plichten/geschil/{geschil}/hervatten")
def hervat(bezoek: Afhandelaar, kenmerk: str, geschil: str, ingevuld: Ingevuld) -> Response:
    """Record that a judgment was complied with, so that the perceel goes on."""
    vorm = _vorm_hervatten(_find_geschil(bezoek, kenmerk, geschil))

    def doe(waarden: dict[str, Any]) -> None:
        geschillen.resume_na_vonnis(bezoek.huis, bezoek.door, geschil, waarden["reden"])

    return _doe(bezoek, kenmerk, vorm, ingevuld, doe)


@router.post("/rondes/{kenmerk}/plichten/heropenen")
def heropen(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.AANMELDING_HEROPENEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Look again at an aanmelding whose besluit was sent."""
    besloten = _read_keuzes(bezoek, kenmerk).besloten

    def doe(waarden: dict[str, Any]) -> None:
        aanleiding = Herzieningsaanleiding(waarden["aanleiding"])
        heropeningen.reopen(bezoek.huis, bezoek.door, waarden["aanmelding"], aanleiding, waarden["reden"])

    return _doe(bezoek, kenmerk, _vorm_heropenen(kenmerk, besloten), ingevuld, doe)


@router.post("/rondes/{kenmerk}/plichten/herzien")
def herzie(bezoek: Herziener, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Test a reopened aanmelding again, and propose a new besluit where it reads otherwise."""
    besloten = _read_keuzes(bezoek, kenmerk).besloten
    aanmelding = ingevuld["aanmelding"]
    if aanmelding not in {een for een, _ in besloten}:
        raise NietTeVindenError
    return _doe(
        bezoek, kenmerk, _vorm_herzien(kenmerk, aanmelding), ingevuld,
        lambda _: herzieningen.revise_besluiten(bezoek.huis, bezoek.door, aanmelding),
    )  # fmt: skip
