"""Selection in a round: scoring, settling, the lot and the dialogue."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.persoon import Rol
from inkoop.domain.rangschikking import HOOGSTE, Stadium
from inkoop.domain.toegang import Handeling
from inkoop.services import aanmeldingen, dialogen, procedures, rondes, scores, selectieblad, selecties
from inkoop.services.rondes import lees
from inkoop.services.selectieblad import Scoreblad, Selectieblad
from inkoop.services.taken import Taaksoort
from inkoop.web.bladzijde import quote_pad, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import geef_bestand
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.OORDEEL_LEZEN))]
Scorer = Annotated[Bezoek, Depends(mag(Handeling.SCORE_GEVEN, Handeling.SCORE_BESLECHTEN))]
Dialoogvoerder = Annotated[Bezoek, Depends(mag(Handeling.DIALOOG_VASTLEGGEN))]


def _pad_score(deel: str, kenmerk: str) -> str:
    """The page of a score from the part of its task: `stadium:perceel:criterium`."""
    return f"/aanmeldingen/{quote_pad(kenmerk)}/scores/" + "/".join(quote_pad(een) for een in deel.split(":", 2))


@router.get("/rondes/{kenmerk}/selectie")
def toon_selectie(bezoek: Lezer, kenmerk: str) -> Response:
    """Where the selection stands: what is left to do, the scores, the ranking, who goes on."""
    return _toon(bezoek, kenmerk, NIETS)


def _toon(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    blad = selectieblad.read_blad(bezoek.huis, bezoek.door, kenmerk)
    loten = [taak.deel for taak in blad.taken if taak.soort is Taaksoort.LOTEN]
    return toon_uitslag(
        bezoek,
        uitslag,
        "selectie.html",
        f"Selectie in ronde {kenmerk}",
        kruimels=(
            (blad.titel, f"/procedures/{quote_pad(blad.procedure)}"),
            (f"Ronde {kenmerk}", f"/rondes/{quote_pad(kenmerk)}"),
        ),
        blad=blad,
        taken=[
            (taak, _pad_score(taak.deel, taak.onderwerp) if taak.deel.count(":") >= 2 else "") for taak in blad.taken
        ],
        loting=uitslag.kies(_vorm_loting(blad)) if loten and bezoek.mag(Handeling.LOTING_VASTLEGGEN) else None,
        mag_dialoog=bezoek.wie.rol in (Rol.INKOPER, Rol.JURIST, Rol.BEOORDELAAR, Rol.ARCHIVARIS),
    )


def _vorm_loting(blad: Selectieblad) -> Vorm:
    stadia = [(stadium, str(stadium)) for stadium in blad.criteria]
    return Vorm(
        id="loting",
        actie=f"/rondes/{quote_pad(blad.ronde)}/selectie/loting",
        knop="Leg de loting vast",
        velden=(
            Veld(
                naam="perceel",
                label="Perceel",
                soort=Soort.LIJST,
                opties=[(p, p) for p in blad.percelen],
                codes=("geloot",),
            ),
            Veld(
                naam="stadium",
                label="Waarvoor",
                soort=Soort.KEUZE,
                opties=stadia,
                waarde=stadia[0][0] if stadia else "",
            ),
            Veld(naam="zaad", label="Het getrokken zaad", uitleg="Bijvoorbeeld een getal.", codes=("zaad",)),
            Veld(naam="getuige", label="Wie was erbij", uitleg="Een ander dan uzelf.", codes=("getuige",)),
        ),
    )


@router.post("/rondes/{kenmerk}/selectie/loting")
def leg_loting_vast(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.LOTING_VASTLEGGEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Record the seed of a lot that was drawn in public."""
    blad = selectieblad.read_blad(bezoek.huis, bezoek.door, kenmerk)

    def doe(waarden: dict[str, Any]) -> None:
        selecties.draw_lot(
            bezoek.huis, bezoek.door, kenmerk, waarden["perceel"], Stadium(waarden["stadium"]),
            zaad=waarden["zaad"], getuige=waarden["getuige"],
        )  # fmt: skip

    return _volg(bezoek, kenmerk, process(_vorm_loting(blad), ingevuld, doe))


def _volg(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    if not uitslag.gelukt:
        return _toon(bezoek, kenmerk, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=kenmerk)
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}/selectie", status_code=303)


@router.get("/aanmeldingen/{kenmerk}/scores/{stadium}/{perceel}/{criterium}")
def toon_score(bezoek: Scorer, kenmerk: str, stadium: str, perceel: str, criterium: str) -> Response:
    """One candidate on one criterion, with the files beside it; the other's score only when both are in."""
    return _toon_score(bezoek, _find_score(bezoek, kenmerk, stadium, perceel, criterium), NIETS)


def _find_score(bezoek: Bezoek, kenmerk: str, stadium: str, perceel: str, criterium: str) -> Scoreblad:
    if stadium not in set(Stadium):
        raise NietTeVindenError
    return selectieblad.read_scoreblad(bezoek.huis, bezoek.door, kenmerk, Stadium(stadium), perceel, criterium)


def _toon_score(bezoek: Bezoek, blad: Scoreblad, uitslag: Uitslag) -> Response:
    eigen = any(een.persoon == bezoek.wie.persoon.id for een in blad.gegeven)
    te_doen = blad.stand.verschil if bezoek.wie.rol is Rol.JURIST else blad.stand.definitief is None and not eigen
    return toon_uitslag(
        bezoek,
        uitslag,
        "score.html",
        f"Score: {blad.criterium.naam}",
        kruimels=(
            (f"Ronde {blad.ronde}", f"/rondes/{quote_pad(blad.ronde)}"),
            ("Selectie", f"/rondes/{quote_pad(blad.ronde)}/selectie"),
        ),
        blad=blad,
        vorm=uitslag.kies(_vorm_score(blad)) if te_doen else None,
    )


def _vorm_score(blad: Scoreblad) -> Vorm:
    stand = blad.stand
    actie = _pad_score(f"{stand.stadium}:{stand.perceel}:{stand.criterium}", blad.kenmerk)
    codes = ("score", "al-gescoord", "geen-verschil")
    score = Veld(
        naam="score",
        label="Score",
        soort=Soort.GETAL,
        uitleg=f"Van 0 tot en met {HOOGSTE}, met ten hoogste twee cijfers achter de komma.",
        codes=codes,
    )
    if stand.criterium == scores.VOORSTEL:
        opties = ((str(HOOGSTE), "ja, het past"), ("0", "nee, het past niet"))
        label = "Past het voorstel bij wat is gepubliceerd"
        score = Veld(naam="score", label=label, soort=Soort.KEUZE, opties=opties, codes=codes)
    uitleg = "Deze tekst staat in de brief. Ten minste 10 tekens."
    return Vorm(
        id="score",
        actie=actie,
        knop="Geef de score",
        velden=(score, Veld(naam="reden", label="Waarom", soort=Soort.VAK, rijen=5, codes=("reden",), uitleg=uitleg)),
    )


@router.post("/aanmeldingen/{kenmerk}/scores/{stadium}/{perceel}/{criterium}")
def score(bezoek: Scorer, kenmerk: str, stadium: str, perceel: str, criterium: str, ingevuld: Ingevuld) -> Response:
    """Give one's own score, or as jurist settle a difference; then on to the next."""
    blad = _find_score(bezoek, kenmerk, stadium, perceel, criterium)
    geef = scores.settle_score if bezoek.wie.rol is Rol.JURIST else scores.give_score

    def doe(waarden: dict[str, Any]) -> None:
        getal, reden = Decimal(waarden["score"]), waarden["reden"]
        geef(bezoek.huis, bezoek.door, kenmerk, perceel, Stadium(stadium), criterium, getal, reden)

    uitslag = process(_vorm_score(blad), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon_score(bezoek, blad, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=blad.ronde)
    return RedirectResponse(_find_volgende(bezoek, blad.ronde), status_code=303)


def _find_volgende(bezoek: Bezoek, ronde: str) -> str:
    """The next score that waits for this person; else the page of the selection."""
    blad = selectieblad.read_blad(bezoek.huis, bezoek.door, ronde)
    eigen = {
        (een.kandidaat, f"{een.stadium}:{een.perceel}:{een.criterium}")
        for een in blad.gegeven
        if een.persoon == bezoek.wie.persoon.id
    }
    for taak in blad.taken:
        if taak.rol is bezoek.wie.rol and taak.deel.count(":") >= 2 and (taak.onderwerp, taak.deel) not in eigen:
            return _pad_score(taak.deel, taak.onderwerp)
    return f"/rondes/{quote_pad(ronde)}/selectie"


@router.get("/aanmeldingen/{kenmerk}/voorstel/{sha256}")
def open_voorstel(bezoek: Scorer, kenmerk: str, sha256: str) -> Response:
    """A file of the final proposal, once its term is over."""
    naam, mediatype = selectieblad.find_voorstelbestand(bezoek.huis, bezoek.door, kenmerk, sha256)
    return geef_bestand(bezoek.huis.winkel.bewijs.fetch(sha256, naam), mediatype, naam)


@router.get("/aanmeldingen/{kenmerk}/dialoog")
def toon_dialoog(bezoek: Lezer, kenmerk: str) -> Response:
    """The talks with one candidate: confidential."""
    return _toon_dialoog(bezoek, kenmerk, NIETS)


def _toon_dialoog(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    rijen = dialogen.read_dialogen(bezoek.huis, bezoek.door, kenmerk)
    with lees(bezoek.huis, bezoek.door, Handeling.OORDEEL_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, bezoek.door)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        percelen = selecties.list_deelnemers(sessie, ronde).get(kenmerk, ())
    regels = definitie.selectieregels
    dialoog = None if regels is None else regels.dialoog
    mag_doen = dialoog is not None and bezoek.mag(Handeling.DIALOOG_VASTLEGGEN)
    return toon_uitslag(
        bezoek,
        uitslag,
        "dialoog.html",
        f"Dialoog met {rij.naam}",
        kruimels=(
            (f"Ronde {ronde.kenmerk}", f"/rondes/{quote_pad(ronde.kenmerk)}"),
            ("Selectie", f"/rondes/{quote_pad(ronde.kenmerk)}/selectie"),
        ),
        dialoog=dialoog,
        rijen=[
            (een, uitslag.kies(_vorm_verslag(kenmerk, een.perceel, een.nummer)))
            if mag_doen and een.vastgesteld_op is None
            else (een, None)
            for een in rijen
        ],
        plan=uitslag.kies(_vorm_plan(kenmerk, percelen, dialoog.onderwerpen))
        if mag_doen and dialoog and percelen
        else None,
    )


def _vorm_plan(kenmerk: str, percelen: tuple[str, ...], onderwerpen: tuple[str, ...]) -> Vorm:
    return Vorm(
        id="plan",
        actie=f"/aanmeldingen/{quote_pad(kenmerk)}/dialoog",
        knop="Plan het gesprek",
        velden=(
            Veld(
                naam="perceel",
                label="Perceel",
                soort=Soort.LIJST,
                opties=[(p, p) for p in percelen],
                codes=("niet-gekozen",),
            ),
            Veld(
                naam="nummer",
                label="De hoeveelste dialoogronde",
                soort=Soort.AANTAL,
                codes=("aantal", "dubbel", "volgorde"),
            ),
            Veld(
                naam="gepland_op",
                label="Wanneer",
                soort=Soort.MOMENT,
                uitleg="Bijvoorbeeld 31-3-2020 14:30.",
                codes=("periode",),
            ),
            Veld(
                naam="agenda",
                label="Onderwerpen",
                soort=Soort.VINKJES,
                opties=[(o, o) for o in onderwerpen],
                codes=("agenda", "onderwerp"),
            ),
            Veld(
                naam="deelnemers",
                label="Wie is erbij namens de gemeenten",
                soort=Soort.VAK,
                uitleg="Op elke regel een naam.",
                codes=("deelnemers",),
            ),
        ),
    )


def _vorm_verslag(kenmerk: str, perceel: str, nummer: int) -> Vorm:
    uitleg = "Op elke regel een punt dat alleen deze kandidaat aangaat."
    return Vorm(
        id=f"verslag-{perceel}-{nummer}",
        actie=f"/aanmeldingen/{quote_pad(kenmerk)}/dialoog/{quote_pad(perceel)}/{nummer}",
        knop="Stel het verslag vast",
        velden=(
            Veld(
                naam="verslag", label="Verslag", soort=Soort.VAK, rijen=8, codes=("verslag", "vastgesteld", "nog-niet")
            ),
            Veld(naam="vertrouwelijk", label="Vertrouwelijk", soort=Soort.VAK, verplicht=False, uitleg=uitleg),
        ),
    )


def _list_regels(tekst: str) -> list[str]:
    return [regel.strip() for regel in tekst.splitlines() if regel.strip()]


@router.post("/aanmeldingen/{kenmerk}/dialoog")
def plan_dialoog(bezoek: Dialoogvoerder, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Invite a chosen candidate to a talk."""
    with lees(bezoek.huis, bezoek.door, Handeling.OORDEEL_LEZEN) as sessie:
        ronde = rondes.get_ronde(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk).ronde_id)
        regels = procedures.read_definitie(sessie, ronde.procedure_id).selectieregels
        percelen = selecties.list_deelnemers(sessie, ronde).get(kenmerk, ())
    onderwerpen = regels.dialoog.onderwerpen if regels and regels.dialoog else ()

    def doe(waarden: dict[str, Any]) -> None:
        dialogen.plan_dialoog(
            bezoek.huis, bezoek.door, kenmerk, waarden["perceel"], waarden["nummer"],
            gepland_op=waarden["gepland_op"], agenda=waarden["agenda"], deelnemers=_list_regels(waarden["deelnemers"]),
        )  # fmt: skip

    uitslag = process(_vorm_plan(kenmerk, percelen, onderwerpen), ingevuld, doe)
    return _volg_dialoog(bezoek, kenmerk, uitslag)


@router.post("/aanmeldingen/{kenmerk}/dialoog/{perceel}/{nummer}")
def stel_verslag_vast(bezoek: Dialoogvoerder, kenmerk: str, perceel: str, nummer: str, ingevuld: Ingevuld) -> Response:
    """Set the report of a talk that was held, once."""
    if not nummer.isdecimal():
        raise NietTeVindenError

    def doe(waarden: dict[str, Any]) -> None:
        dialogen.report_dialoog(
            bezoek.huis, bezoek.door, kenmerk, perceel, int(nummer),
            verslag=waarden["verslag"], vertrouwelijk=_list_regels(waarden["vertrouwelijk"]),
        )  # fmt: skip

    return _volg_dialoog(bezoek, kenmerk, process(_vorm_verslag(kenmerk, perceel, int(nummer)), ingevuld, doe))


def _volg_dialoog(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    if not uitslag.gelukt:
        return _toon_dialoog(bezoek, kenmerk, uitslag)
    return RedirectResponse(f"/aanmeldingen/{quote_pad(kenmerk)}/dialoog", status_code=303)
