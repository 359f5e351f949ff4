"""A new procedure: questions a page at a time, the days that follow with why, and the file to go on with."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.selectie import VORMEN
from inkoop.domain.toegang import Handeling
from inkoop.services import kladden, procedures
from inkoop.services.kladden import Kladplek
from inkoop.web import nieuweprocedure as vragen
from inkoop.web.bladzijde import toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.nieuweprocedure import ALLE_VRAGEN, MAX_PERCELEN, OVERZICHT, PERCEELVELDEN, STAPPEN, Uitkomst
from inkoop.web.toegang import mag

router = APIRouter()
Inkoper = Annotated[Bezoek, Depends(mag(Handeling.PROCEDURE_AANMAKEN))]


def _plek(bezoek: Bezoek) -> Kladplek:
    """Where one's own answers are kept: of one person, encrypted like every draft."""
    return Kladplek(kvk=f"persoon {bezoek.wie.persoon.id}", formulier="nieuwe-procedure", onderwerp="")


def _bewaar(bezoek: Bezoek, waarden: dict[str, str], stap: int) -> None:
    """Keep the answers, so that who is away too long finds them again; the last page that was sent counts."""
    plek = _plek(bezoek)
    oud = kladden.find_klad(bezoek.huis, plek)
    inhoud = {"waarden": {naam: waarde for naam, waarde in waarden.items() if waarde}, "stap": stap}
    try:
        kladden.save_klad(bezoek.huis, bezoek.door, plek, inhoud, 0 if oud is None else oud.versie)
    except kladden.KladGewijzigdError:
        return  # The same person in another window at the same moment; the answers of this page travel along with it.


@router.get("/procedures/nieuw")
def begin(bezoek: Inkoper) -> Response:
    """The first page of questions; or where one was, with what was answered then."""
    klad = kladden.find_klad(bezoek.huis, _plek(bezoek))
    if klad is None or not klad.inhoud["waarden"]:
        return _toon_stap(bezoek, {}, 0)
    waarden = {naam: waarde for naam, waarde in klad.inhoud["waarden"].items() if _is_veld(naam)}
    return _toon_stap(bezoek, waarden, min(klad.inhoud["stap"], OVERZICHT - 1), bewaard=klad.gewijzigd_op)


@router.post("/procedures/nieuw")
def ga_verder(bezoek: Inkoper, ingevuld: Ingevuld) -> Response:
    """Another page, the overview or the file; nobody goes on past a page that is not right."""
    waarden = {naam: ingevuld[naam] for naam in ingevuld if _is_veld(naam)}
    nu = int(ingevuld["stap"]) if ingevuld["stap"] in {str(n) for n in range(OVERZICHT + 1)} else 0
    naar = ingevuld["naar"]
    if naar == "opnieuw":
        kladden.drop_klad(bezoek.huis, _plek(bezoek))
        return _toon_stap(bezoek, {}, 0)
    _bewaar(bezoek, waarden, nu)
    if naar == "perceel":
        nummers = vragen.list_percelen(waarden)
        nieuw = max(nummers) + 1
        return _toon_stap(bezoek, {**waarden, f"p{min(nieuw, MAX_PERCELEN)}.code": ""}, nu)
    if (weg := re.fullmatch(r"perceel-weg-(\d{1,2})", naar)) is not None:
        over = {naam: waarde for naam, waarde in waarden.items() if not naam.startswith(f"p{weg[1]}.")}
        return _toon_stap(bezoek, over, nu)
    if naar == "vorige":
        return _toon_stap(bezoek, waarden, max(nu - 1, 0))
    if (gekozen := re.fullmatch(r"stap-(\d)", naar)) is not None and int(gekozen[1]) < OVERZICHT:
        return _toon_stap(bezoek, waarden, int(gekozen[1]))
    uitkomst = vragen.assess(waarden, _list_bezet(bezoek))
    if naar == "download" and not uitkomst.fouten:
        return Response(
            uitkomst.bestand,
            media_type="application/yaml; charset=utf-8",
            headers={"content-disposition": f'attachment; filename="{waarden["naam"]}.yaml"'},
        )
    if nu < OVERZICHT:
        hier = set(vragen.list_velden(waarden, nu))
        if fouten := {veld: tekst for veld, tekst in uitkomst.fouten.items() if veld in hier}:
            return _toon_stap(bezoek, waarden, nu, fouten)
    if nu + 1 < OVERZICHT:
        return _toon_stap(bezoek, waarden, nu + 1)
    return _toon_overzicht(bezoek, waarden, uitkomst)


def _is_veld(naam: str) -> bool:
    if naam in ALLE_VRAGEN:
        return True
    perceel = re.fullmatch(r"p\d{1,2}\.([a-z_]+)", naam)
    return perceel is not None and perceel[1] in {veld for veld, *_ in PERCEELVELDEN}


def _list_bezet(bezoek: Bezoek) -> set[str]:
    """The names that files and procedures have already."""
    with bezoek.huis.winkel.lezen() as sessie:
        namen = set(procedures.list_namen(sessie))
    return namen | {pad.stem for pad in bezoek.huis.procedures.glob("*.yaml")} | {"nieuw"}


def _toon_stap(
    bezoek: Bezoek,
    waarden: dict[str, str],
    stap: int,
    fouten: dict[str, str] | None = None,
    bewaard: datetime | None = None,
) -> Response:
    hier = vragen.list_velden(waarden, stap)
    sets = sorted(pad.name for pad in bezoek.huis.criteria.iterdir() if pad.is_dir())
    return toon(
        bezoek,
        "nieuw.html",
        STAPPEN[stap].titel,
        status=422 if fouten else 200,
        kruimels=(("Procedures", "/procedures"),),
        veldfouten=fouten or {},
        veldnamen=_name_velden(hier),
        stap=stap,
        stappen=STAPPEN,
        vragen=[ALLE_VRAGEN[veld] for veld in hier if veld in ALLE_VRAGEN],
        percelen=vragen.list_percelen(waarden) if "percelen" in STAPPEN[stap].sleutels else [],
        perceelvelden=PERCEELVELDEN,
        bekostiging=tuple(Bekostiging),
        verborgen=[(naam, waarde) for naam, waarde in waarden.items() if naam not in set(hier)],
        waarden=waarden,
        criteriasets=sets,
        bewaard=bewaard,
    )


def _name_velden(velden: list[str]) -> dict[str, str]:
    labels = {veld: label for veld, label, _ in PERCEELVELDEN}
    namen = {}
    for veld in velden:
        nummer, _, deel = veld.partition(".")
        namen[veld] = f"Perceel {nummer[1:]}, {labels[deel].lower()}" if deel else ALLE_VRAGEN[veld].tekst.rstrip("?.")
    return namen


def _toon_overzicht(bezoek: Bezoek, waarden: dict[str, str], uitkomst: Uitkomst) -> Response:
    fouten = [(vragen.find_stap(veld), veld, tekst) for veld, tekst in uitkomst.fouten.items()]
    return toon(
        bezoek,
        "nieuw_overzicht.html",
        "Overzicht van de nieuwe procedure",
        status=422 if fouten else 200,
        kruimels=(("Procedures", "/procedures"),),
        stappen=STAPPEN,
        verborgen=list(waarden.items()),
        openstaand=fouten,
        namen=_name_velden([veld for _, veld, _ in fouten]),
        uitkomst=uitkomst,
        vorm=VORMEN[uitkomst.advies.vorm].naam if uitkomst.advies else "",
        bestandsnaam=waarden.get("naam", ""),
        overzicht=OVERZICHT,
    )
