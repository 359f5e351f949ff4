"""For an aanbieder: the evidence for each criterion of an aanmelding in the making, file by file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends
from fastapi.responses import Response

from inkoop.domain.criteria.criterium import Toepassing
from inkoop.domain.fouten import InkoopError
from inkoop.domain.toegang import Handeling
from inkoop.services import concepten, conceptstukken, kladden
from inkoop.services.concepten import Conceptzicht
from inkoop.services.conceptstukken import MAX_OMVANG, MAX_STUKKEN
from inkoop.services.conceptwaarde import Conceptstuk
from inkoop.storage.bewijsopslag import MAX_GROOTTE
from inkoop.web.api.problemen import ONBEREIKBAAR
from inkoop.web.bewijsinvoer import check_feiten, read_feiten
from inkoop.web.bewijsvormen import make_blokken
from inkoop.web.bewijsvragen import fits
from inkoop.web.bladzijde import list_fouten
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import geef_bestand
from inkoop.web.opgavezicht import Eis, bewaar, is_over, list_eisen, list_partijen, open_bewijszicht, read_versie
from inkoop.web.paginas.opgave import stuur, toon_blad
from inkoop.web.toegang import mag

router = APIRouter()
Aanmelder = Annotated[Bezoek, Depends(mag(Handeling.AANMELDING_INDIENEN))]


def find_eis(bezoek: Bezoek, zicht: Conceptzicht, criterium: str) -> Eis:
    """A criterion of this round with its questions."""
    dossier = concepten.build_concept(zicht, bezoek.nu)
    for eis in list_eisen(zicht, dossier, concepten.preview(zicht, dossier, bezoek.nu)):
        if eis.criterium.id == criterium:
            return eis
    raise NietTeVindenError


def _find_stuk(zicht: Conceptzicht, nummer: str) -> Conceptstuk:
    stuk = zicht.concept.find_stuk(int(nummer)) if nummer.isascii() and nummer.isdecimal() and len(nummer) < 6 else None
    if stuk is None:
        raise NietTeVindenError
    return stuk


def _toon_eis(
    bezoek: Bezoek, zicht: Conceptzicht, criterium: str, fouten: tuple[str, ...] = (), veldfout: str = ""
) -> Response:
    eis = find_eis(bezoek, zicht, criterium)
    eerder = conceptstukken.list_eerdere(bezoek.huis, bezoek.door, zicht, criterium)
    return toon_blad(
        bezoek,
        zicht,
        "opgave_eis.html",
        eis.criterium.titel,
        fouten=fouten,
        veldfouten={"bestand": veldfout} if veldfout else {},
        eis=eis,
        anders=[stuk for stuk in zicht.concept.stukken if stuk not in eis.stukken],
        gevuld={s.nummer: sum(any(fits(f, v) for v in eis.vragen) for f in s.feiten) for s in eis.stukken},
        grenzen=(f"{MAX_GROOTTE // 1024**2} MB", MAX_STUKKEN, f"{MAX_OMVANG // 1024**2} MB"),
        partijen=dict(list_partijen(zicht.concept)),
        teksten=tuple(dict.fromkeys(b.toelichting for b in eis.bevindingen)),
        eerder=[een.stuk for een in eerder if een.is_bruikbaar(criterium)],
        niet_meer=[(een.stuk, een.list_redenen(criterium)) for een in eerder if not een.is_bruikbaar(criterium)],
    )


@router.get("/opgave/{ronde}/eis/{criterium}")
def toon_eis(bezoek: Aanmelder, ronde: str, criterium: str) -> Response:
    """What a criterion asks, the files about it, and room for another."""
    return _toon_eis(bezoek, open_bewijszicht(bezoek, ronde), criterium)


@router.post("/opgave/{ronde}/eis/{criterium}")
def voeg_toe(bezoek: Aanmelder, ronde: str, criterium: str, ingevuld: Ingevuld) -> Response:
    """Take a file in at once, or use one that is there already."""
    zicht = open_bewijszicht(bezoek, ronde)
    eis = find_eis(bezoek, zicht, criterium)
    if ingevuld["actie"] == "eerder":
        return _gebruik_opnieuw(bezoek, zicht, criterium, ingevuld)
    if ingevuld["actie"] == "kies":
        stuk = _find_stuk(zicht, ingevuld["stuk"] or "x") if ingevuld["stuk"] else None
        if stuk is None:
            return _toon_eis(bezoek, zicht, criterium, ("Kies welk bestand u wilt gebruiken.",))
        if not is_over(stuk, eis.criterium, eis.vragen):
            stuk.criteria = [*stuk.criteria, criterium]
            if fouten := bewaar(bezoek, zicht, ingevuld):
                return _toon_eis(bezoek, open_bewijszicht(bezoek, ronde), criterium, fouten)
        return stuur("eis", criterium, str(stuk.nummer), zicht=zicht)
    gestuurd = ingevuld.bestanden.get("bestand", [])
    if not gestuurd:
        return _toon_eis(bezoek, zicht, criterium, veldfout="Kies een bestand op uw computer.")
    if len(gestuurd) > 1:
        return _toon_eis(bezoek, zicht, criterium, veldfout="Stuur één bestand tegelijk.")
    try:
        stuk = conceptstukken.add_stuk(
            bezoek.huis,
            bezoek.door,
            zicht,
            bestand=gestuurd[0],
            omschrijving=eis.criterium.titel,
            criterium=criterium,
            versie=read_versie(ingevuld),
        )
    except kladden.KladGewijzigdError as fout:
        return _toon_eis(
            bezoek, open_bewijszicht(bezoek, ronde), criterium, (f"{fout} Kies het bestand nog een keer.",)
        )
    except ONBEREIKBAAR:
        raise
    except InkoopError as fout:
        return _toon_eis(bezoek, open_bewijszicht(bezoek, ronde), criterium, veldfout=" ".join(list_fouten(fout)))
    return stuur("eis", criterium, str(stuk.nummer), zicht=zicht)


def _gebruik_opnieuw(bezoek: Bezoek, zicht: Conceptzicht, criterium: str, ingevuld: Ingevuld) -> Response:
    """Use a file of an earlier aanmelding again; then what was said about it then is there to be looked at."""
    aanmelding, _, sha256 = ingevuld["eerder"].partition(" ")
    try:
        stuk = conceptstukken.add_eerder(
            bezoek.huis,
            bezoek.door,
            zicht,
            aanmelding=aanmelding,
            sha256=sha256,
            criterium=criterium,
            versie=read_versie(ingevuld),
        )
    except InkoopError as fout:
        opnieuw = open_bewijszicht(bezoek, zicht.plek.onderwerp)
        return _toon_eis(bezoek, opnieuw, criterium, list_fouten(fout))
    return stuur("eis", criterium, str(stuk.nummer), zicht=zicht)


@router.get("/opgave/{ronde}/eis/{criterium}/{nummer}")
def toon_stuk(bezoek: Aanmelder, ronde: str, criterium: str, nummer: str, meer: str = "") -> Response:
    """What a criterion asks to be told about one file."""
    zicht = open_bewijszicht(bezoek, ronde)
    return _toon_stuk(bezoek, zicht, criterium, _find_stuk(zicht, nummer), leeg=2 if meer else 1)


def _toon_stuk(
    bezoek: Bezoek,
    zicht: Conceptzicht,
    criterium: str,
    stuk: Conceptstuk,
    *,
    leeg: int = 1,
    fouten: tuple[str, ...] = (),
    veldfouten: Mapping[str, str] | None = None,
) -> Response:
    eis = find_eis(bezoek, zicht, criterium)
    partijen = list_partijen(zicht.concept)
    blokken = make_blokken(eis.vragen, stuk.feiten, leeg=leeg, partijen=partijen, fouten=veldfouten)
    return toon_blad(
        bezoek,
        zicht,
        "opgave_stuk.html",
        f"Wat staat er in {stuk.bestand}",
        fouten=fouten,
        veldfouten=veldfouten,
        eis=eis,
        stuk=stuk,
        blokken=blokken,
        veldnamen={v.naam: v.label for blok in blokken for v in (*blok.velden, *blok.extra)},
        partijen=partijen,
        per_partij=eis.criterium.toepassing in {Toepassing.ELK_LID, Toepassing.ELKE_UITVOERDER},
    )


@router.post("/opgave/{ronde}/eis/{criterium}/{nummer}")
def bewaar_stuk(bezoek: Aanmelder, ronde: str, criterium: str, nummer: str, ingevuld: Ingevuld) -> Response:
    """Keep what is said about a file; what is not right is told beside its field, and all that was typed stays."""
    zicht = open_bewijszicht(bezoek, ronde)
    stuk, eis = _find_stuk(zicht, nummer), find_eis(bezoek, zicht, criterium)
    gelezen = read_feiten(ingevuld, eis.vragen)
    blijft = [feit for feit in stuk.feiten if not any(fits(feit, vraag) for vraag in eis.vragen)]
    nieuw = msgspec.structs.replace(
        stuk,
        omschrijving=ingevuld["omschrijving"][:200] or stuk.omschrijving,
        lid=ingevuld["lid"] if zicht.concept.find_lid(ingevuld["lid"]) else "",
        feiten=[*blijft, *gelezen],
    )
    # The page is made again from what was read, so its blocks are numbered as they will stand there.
    nummers = {blok.feitnummer: blok.nummer for blok in make_blokken(eis.vragen, nieuw.feiten)}
    nummers.pop(-1, None)
    veldfouten = check_feiten(nieuw, [lid["id"] for lid in zicht.concept.leden], nummers)
    veldfouten.pop("", None)
    if not gelezen:
        veldfouten = {"b0": "Vul in wat er in dit bestand staat, of haal het bestand weg."}
    if veldfouten:
        return _toon_stuk(bezoek, zicht, criterium, nieuw, veldfouten=veldfouten)
    zicht.concept.stukken = [nieuw if ander is stuk else ander for ander in zicht.concept.stukken]
    if fouten := bewaar(bezoek, zicht, ingevuld):
        return _toon_stuk(bezoek, zicht, criterium, nieuw, fouten=fouten)
    if ingevuld["actie"] == "meer":
        antwoord = stuur("eis", criterium, nummer, zicht=zicht)
        antwoord.headers["location"] += "?meer=1"
        return antwoord
    return stuur("eis", criterium, zicht=zicht)


@router.post("/opgave/{ronde}/stuk/{nummer}/weg")
def haal_weg(bezoek: Aanmelder, ronde: str, nummer: str, ingevuld: Ingevuld) -> Response:
    """Take a file out of the draft."""
    zicht = open_bewijszicht(bezoek, ronde)
    stuk = _find_stuk(zicht, nummer)
    terug = ingevuld["eis"]
    try:
        conceptstukken.drop_stuk(bezoek.huis, bezoek.door, zicht, stuk.nummer, read_versie(ingevuld))
    except kladden.KladGewijzigdError as fout:
        return _toon_eis(bezoek, open_bewijszicht(bezoek, ronde), terug, (str(fout),))
    return stuur(*(("eis", terug) if terug else ()), zicht=zicht)


@router.get("/opgave/{ronde}/stuk/{nummer}")
def open_stuk(bezoek: Aanmelder, ronde: str, nummer: str) -> Response:
    """One's own file, as it was sent."""
    zicht = open_bewijszicht(bezoek, ronde)
    stuk = _find_stuk(zicht, nummer)
    return geef_bestand(conceptstukken.read_stuk(bezoek.huis, bezoek.door, zicht, stuk), stuk.mediatype, stuk.bestand)
