"""For an aanbieder: writing an aanmelding page by page, each kept at once, and handing it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.definitions.fout import DefinitieError
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.fouten import InkoopError
from inkoop.domain.toegang import Handeling
from inkoop.services import concepten, kladden
from inkoop.services.concepten import Conceptzicht
from inkoop.services.conceptwaarde import ZELF, list_kolommen
from inkoop.web.bladzijde import list_fouten, toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.opgavevelden import ROLLEN, list_ondernemingsvelden
from inkoop.web.opgavezicht import (
    bewaar,
    check_onderneming,
    list_eisen,
    list_onvolledig,
    list_partijen,
    list_taken,
    list_tekorten,
    name_begin,
    name_pad,
    open_zicht,
    read_versie,
)
from inkoop.web.toegang import mag

router = APIRouter()
Aanmelder = Annotated[Bezoek, Depends(mag(Handeling.AANMELDING_INDIENEN))]


def toon_blad(
    bezoek: Bezoek,
    zicht: Conceptzicht,
    sjabloon: str,
    titel: str,
    *,
    fouten: tuple[str, ...] = (),
    veldfouten: Mapping[str, str] | None = None,
    **waarden: object,
) -> Response:
    """A page about a draft. `veldfouten` are by field: they stand beside it and, with a link, at the top."""
    ronde = f"Aanmelding voor ronde {zicht.plek.onderwerp}"
    hoofd = ronde if zicht.gevraagd is None else f"Aanvullen: {zicht.plek.onderwerp}"
    return toon(
        bezoek,
        sjabloon,
        titel,
        status=422 if fouten or veldfouten else 200,
        fouten=fouten,
        veldfouten=veldfouten or {},
        kruimels=(
            ("Mijn aanmeldingen", "/aanmelden"),
            *(((hoofd, name_begin(zicht)),) if titel != hoofd else ()),
        ),
        zicht=zicht,
        concept=zicht.concept,
        basis=name_pad(zicht),
        begin=name_begin(zicht),
        te_laat=bezoek.nu > zicht.sluiting,
        **waarden,
    )


def stuur(*delen: str, zicht: Conceptzicht) -> Response:
    """On to another page about this draft."""
    return RedirectResponse(name_pad(zicht, *delen), status_code=303)


def vol(lid: Mapping[str, str]) -> dict[str, str]:
    """A party with every key, empty where nothing was filled in."""
    return {**dict.fromkeys((kolom.kop for kolom in list_kolommen("Leden")), ""), **lid}


@router.get("/opgave/{ronde}")
def toon_taken(bezoek: Aanmelder, ronde: str) -> Response:
    """What is to be done for an aanmelding in this round, and how far each is."""
    zicht = open_zicht(bezoek, ronde)
    dossier = concepten.build_concept(zicht, bezoek.nu)
    eisen = list_eisen(zicht, dossier, concepten.preview(zicht, dossier, bezoek.nu))
    return toon_blad(
        bezoek,
        zicht,
        "opgave.html",
        f"Aanmelding voor ronde {ronde}",
        groepen=list(list_taken(zicht, eisen)),
        niet=[eis for eis in eisen if not eis.geldt],
        onvolledig=list_onvolledig(zicht),
    )


@router.post("/opgave/{ronde}/weggooien")
def gooi_weg(bezoek: Aanmelder, ronde: str, ingevuld: Ingevuld) -> Response:
    """Throw the draft away; what was handed in stays handed in."""
    zicht = open_zicht(bezoek, ronde)
    if ingevuld["zeker"] == "ja":
        kladden.drop_klad(bezoek.huis, zicht.plek)
        return RedirectResponse("/aanmelden", status_code=303)
    return RedirectResponse(name_pad(zicht), status_code=303)


@router.get("/opgave/{ronde}/samenwerking")
def toon_samenwerking(bezoek: Aanmelder, ronde: str) -> Response:
    """Who takes part besides the writer."""
    return _toon_samenwerking(bezoek, open_zicht(bezoek, ronde))


def _toon_samenwerking(bezoek: Bezoek, zicht: Conceptzicht, fouten: tuple[str, ...] = ()) -> Response:
    return toon_blad(
        bezoek,
        zicht,
        "opgave_samenwerking.html",
        "Met wie u samenwerkt",
        fouten=fouten,
        partijen=[
            (vol(lid), ROLLEN[lid["rol"]], len(check_onderneming(lid, zicht.concept)))
            for lid in zicht.concept.leden[1:]
        ],
        combinatie=zicht.concept.eigen_rol is Lidrol.PENVOERDER,
    )


@router.post("/opgave/{ronde}/samenwerking")
def bewaar_samenwerking(bezoek: Aanmelder, ronde: str, ingevuld: Ingevuld) -> Response:
    """Keep the name of a combination."""
    zicht = open_zicht(bezoek, ronde)
    zicht.concept.naam = ingevuld["naam"]
    if fouten := bewaar(bezoek, zicht, ingevuld):
        return _toon_samenwerking(bezoek, zicht, fouten)
    return stuur(zicht=zicht)


@router.get("/opgave/{ronde}/partij/{id}")
def toon_partij(bezoek: Aanmelder, ronde: str, id: str) -> Response:
    """The data of a party; `nieuw` is one that is not there yet."""
    zicht = open_zicht(bezoek, ronde)
    lid = {"id": "nieuw"} if id == "nieuw" else zicht.concept.find_lid(id)
    if lid is None:
        raise NietTeVindenError
    return _toon_partij(bezoek, zicht, lid)


def _toon_partij(
    bezoek: Bezoek,
    zicht: Conceptzicht,
    lid: Mapping[str, str],
    veldfouten: Mapping[str, str] | None = None,
    fouten: tuple[str, ...] = (),
) -> Response:
    zelf = lid["id"] == ZELF
    velden = list_ondernemingsvelden(lid, veldfouten or {}, zelf=zelf)
    titel = "Uw onderneming" if zelf else "Een partij toevoegen" if lid["id"] == "nieuw" else lid.get("naam", "Partij")
    return toon_blad(
        bezoek,
        zicht,
        "opgave_partij.html",
        titel,
        fouten=fouten,
        veldfouten=veldfouten,
        lid=vol(lid),
        zelf=zelf,
        velden=velden,
        veldnamen={veld.naam: veld.label for veld in velden},
    )


@router.post("/opgave/{ronde}/partij/{id}")
def bewaar_partij(bezoek: Aanmelder, ronde: str, id: str, ingevuld: Ingevuld) -> Response:
    """Keep the data of a party, also when they are not complete: what is missing is said and can wait."""
    zicht = open_zicht(bezoek, ronde)
    concept = zicht.concept
    oud = {} if id == "nieuw" else concept.find_lid(id)
    if oud is None:
        raise NietTeVindenError
    lid = {k.kop: ingevuld[k.kop] for k in list_kolommen("Leden") if k.kop not in {"id", "rol", "kvk"}}
    lid |= {"id": id, "kvk": zicht.plek.kvk if id == ZELF else ingevuld["kvk"].replace(" ", "")}
    lid["rol"] = str(Lidrol.ENKEL) if id == ZELF else ingevuld["rol"]
    velden = {veld.naam: {keuze for keuze, _ in veld.keuzes} for veld in list_ondernemingsvelden(lid, {}, zelf=False)}
    lid |= {naam: "" for naam, keuzes in velden.items() if keuzes and naam != "rol" and lid.get(naam) not in keuzes}
    if id != ZELF and lid["rol"] not in ROLLEN:
        # What a party does decides who must prove what: without it there is no party to keep.
        return _toon_partij(bezoek, zicht, lid, {"rol": "Kies wat deze partij doet."})
    if id == "nieuw":
        lid["id"] = f"partij-{concept.volgend_nummer}"
        concept.volgend_nummer += 1
        concept.leden = [*concept.leden, lid]
    else:
        concept.leden = [lid if ander["id"] == id else ander for ander in concept.leden]
    if fouten := bewaar(bezoek, zicht, ingevuld):
        return _toon_partij(bezoek, zicht, {**lid, "id": id}, fouten=fouten)
    if veldfouten := check_onderneming(lid, concept):
        return _toon_partij(bezoek, zicht, lid, veldfouten)
    return stuur(*(() if id == ZELF else ("samenwerking",)), zicht=zicht)


@router.post("/opgave/{ronde}/partij/{id}/weg")
def haal_partij_weg(bezoek: Aanmelder, ronde: str, id: str, ingevuld: Ingevuld) -> Response:
    """Take a party out of the draft."""
    zicht = open_zicht(bezoek, ronde)
    if zicht.concept.find_lid(id) is None or id == ZELF:
        raise NietTeVindenError
    try:
        concepten.drop_lid(bezoek.huis, bezoek.door, zicht, id, read_versie(ingevuld))
    except kladden.KladGewijzigdError as fout:
        return _toon_samenwerking(bezoek, open_zicht(bezoek, ronde), (str(fout),))
    return stuur("samenwerking", zicht=zicht)


@router.get("/opgave/{ronde}/aanbod")
def toon_aanbod(bezoek: Aanmelder, ronde: str) -> Response:
    """For which percelen and products."""
    return _toon_aanbod(bezoek, open_zicht(bezoek, ronde))


def _toon_aanbod(
    bezoek: Bezoek, zicht: Conceptzicht, veldfouten: Mapping[str, str] | None = None, fouten: tuple[str, ...] = ()
) -> Response:
    concept = zicht.concept
    gekozen = {
        f"{perceel.code}:{product.code}"
        for perceel in zicht.procedure.percelen
        for product in perceel.producten
        if perceel.code in concept.percelen and (not concept.producten or product.code in concept.producten)
    }
    return toon_blad(
        bezoek,
        zicht,
        "opgave_aanbod.html",
        "Percelen en producten",
        fouten=fouten,
        veldfouten=veldfouten,
        gekozen=gekozen,
        uitgesloten=zicht.procedure.uitgesloten_producten,
    )


@router.post("/opgave/{ronde}/aanbod")
def bewaar_aanbod(bezoek: Aanmelder, ronde: str, ingevuld: Ingevuld) -> Response:
    """Keep what is offered; a product belongs to its perceel, so ticking a product chooses the perceel."""
    zicht = open_zicht(bezoek, ronde)
    concept = zicht.concept
    gekozen = set(ingevuld.lijst("product"))
    percelen: list[str] = []
    producten: list[str] = []
    alles = True
    for perceel in zicht.procedure.percelen:
        codes = [product.code for product in perceel.producten]
        eigen = [code for code in codes if f"{perceel.code}:{code}" in gekozen]
        if eigen:
            percelen.append(perceel.code)
            producten += [code for code in eigen if code not in producten]
            alles = alles and len(eigen) == len([c for c in codes if c not in zicht.procedure.uitgesloten_producten])
    concept.percelen, concept.producten = percelen, [] if alles else producten
    concept.specialisme, concept.werkgebied = ingevuld["specialisme"], ingevuld["werkgebied"]
    if not percelen:
        return _toon_aanbod(bezoek, zicht, {"product": "Kies ten minste één product."})
    if fouten := bewaar(bezoek, zicht, ingevuld):
        return _toon_aanbod(bezoek, zicht, fouten=fouten)
    return stuur(zicht=zicht)


@router.get("/opgave/{ronde}/vooraf")
def toon_vooraf(bezoek: Aanmelder, ronde: str) -> Response:
    """What would still be missing today, if all that is stated were true. Nothing of it is kept."""
    zicht = open_zicht(bezoek, ronde)
    dossier = concepten.build_concept(zicht, bezoek.nu)
    resultaat = concepten.preview(zicht, dossier, bezoek.nu)
    tekorten = list_tekorten(zicht, list_eisen(zicht, dossier, resultaat))
    return toon_blad(
        bezoek,
        zicht,
        "opgave_vooraf.html",
        "Wat er vandaag nog zou ontbreken",
        tekorten=tekorten,
        beoordeeld=resultaat is not None,
        onvolledig=list_onvolledig(zicht),
    )


@router.get("/opgave/{ronde}/indienen")
def toon_indienen(bezoek: Aanmelder, ronde: str) -> Response:
    """Everything that was filled in, to read once more before it is handed in."""
    return _toon_indienen(bezoek, open_zicht(bezoek, ronde))


def _toon_indienen(
    bezoek: Bezoek, zicht: Conceptzicht, veldfouten: Mapping[str, str] | None = None, fouten: tuple[str, ...] = ()
) -> Response:
    dossier = concepten.build_concept(zicht, bezoek.nu)
    resultaat = concepten.preview(zicht, dossier, bezoek.nu)
    eisen = list_eisen(zicht, dossier, resultaat)
    tekorten = list_tekorten(zicht, eisen)
    partijen = [
        (vol(lid), [veld for veld in list_ondernemingsvelden(lid, {}, zelf=lid["id"] == ZELF) if veld.waarde])
        for lid in zicht.concept.leden
    ]
    return toon_blad(
        bezoek,
        zicht,
        "opgave_indienen.html",
        "Nakijken en indienen",
        fouten=fouten,
        veldfouten=veldfouten,
        partijen=partijen,
        rollen=ROLLEN,
        namen=dict(list_partijen(zicht.concept)),
        onvolledig=list_onvolledig(zicht),
        open_punten=sum(len(tekorten.get(uitkomst, ())) for uitkomst in (Uitkomst.VOLDOET_NIET, Uitkomst.HERSTELBAAR)),
        titels={criterium.id: criterium.titel for criterium in zicht.editie.criteria},
    )


@router.post("/opgave/{ronde}/indienen")
def dien_in(bezoek: Aanmelder, ronde: str, ingevuld: Ingevuld) -> Response:
    """Hand it in, by somebody who says that he may."""
    zicht = open_zicht(bezoek, ronde)
    if ingevuld["bevoegd"] != "ja":
        tekst = "Vink aan dat u de aanmelding namens de onderneming mag indienen en dat alles klopt."
        return _toon_indienen(bezoek, zicht, {"bevoegd": tekst})
    try:
        ontvangst = concepten.submit(bezoek.huis, bezoek.door, zicht, read_versie(ingevuld))
    except DefinitieError as fout:
        return _toon_indienen(bezoek, zicht, fouten=tuple(dict.fromkeys(deel.tekst for deel in fout.fouten)))
    except InkoopError as fout:
        return _toon_indienen(bezoek, open_zicht(bezoek, ronde), fouten=list_fouten(fout))
    return RedirectResponse(f"/aanmelden/{ontvangst.kenmerk}/ontvangst", status_code=303)
