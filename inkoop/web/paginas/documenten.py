"""Documents: the list, one document with its state, its files, the redline, remarks, approving and giving back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.fouten import BeletselenError, InkoopError
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus
from inkoop.services import documenten, herzien, stukkenlijst, vergelijken
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import count_bladzijden, list_fouten, quote_pad, toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import WORD, geef_bestand
from inkoop.web.toegang import mag

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_LEZEN))]

BLADZIJDE = 50


@router.get("/documenten")
def toon_lijst(bezoek: Lezer, onderwerp: str = "", soort: str = "", stand: str = "", bladzijde: int = 1) -> Response:
    """Documents with a filter in the address; `stand` is one of stukkenlijst.STANDEN."""
    vraag = stukkenlijst.Stukvraag(onderwerp=onderwerp.strip(), soort=soort, stand=stand)
    vanaf = (max(bladzijde, 1) - 1) * BLADZIJDE
    rijen, totaal, soorten = stukkenlijst.list_stukken(bezoek.huis, bezoek.door, vraag, vanaf, BLADZIJDE)
    filters = {"onderwerp": onderwerp, "soort": soort, "stand": stand}
    return toon(
        bezoek,
        "documenten.html",
        "Documenten",
        rijen=rijen,
        totaal=totaal,
        soorten=soorten,
        standen=tuple(stukkenlijst.STANDEN),
        bladzijde=max(bladzijde, 1),
        bladzijden=count_bladzijden(totaal, BLADZIJDE),
        filters={naam: waarde for naam, waarde in filters.items() if waarde},
        onderwerp=onderwerp,
        soort=soort,
        stand=stand,
    )


def _toon(
    bezoek: Bezoek, kenmerk: str, fouten: tuple[str, ...] = (), ingevuld: dict[str, str] | None = None
) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.DOCUMENT_LEZEN) as sessie:
        rij = stukkenlijst.find_leesbaar(sessie, bezoek.door, kenmerk)
        opmerkingen = herzien.list_opmerkingen(sessie, kenmerk)
        open_wijzigingen = herzien.count_open(sessie, kenmerk)
    controleurs = documenten.list_controleurs(bezoek.huis, rij.soort)
    eigen = bezoek.wie.rol in controleurs
    te_beoordelen = rij.status in {Documentstatus.CONCEPT, Documentstatus.IN_REVIEW}
    los = rij.sleutel.startswith(documenten.LOS)
    mag_teruggeven = eigen and te_beoordelen and bezoek.mag(Handeling.DOCUMENT_TERUGGEVEN)
    mag_opmerken = rij.status in herzien.BEWERKBAAR and bezoek.mag(Handeling.DOCUMENT_OPMERKEN)
    # Somebody else may have been first: then the form is gone, and what was typed in it is not.
    kan = {"terug": mag_teruggeven, "waar": mag_opmerken, "opmerking": mag_opmerken}
    kwijt = [(_LABELS[naam], tekst) for naam, tekst in (ingevuld or {}).items() if tekst and not kan[naam]]
    return toon(
        bezoek,
        "document.html",
        rij.titel,
        status=422 if fouten else 200,
        fouten=fouten,
        kruimels=(("Documenten", "/documenten"),),
        rij=rij,
        opmerkingen=opmerkingen,
        open_wijzigingen=open_wijzigingen,
        controleurs=sorted(controleurs),
        mag_goedkeuren=eigen and te_beoordelen and bezoek.mag(Handeling.DOCUMENT_GOEDKEUREN),
        mag_teruggeven=mag_teruggeven,
        mag_voorleggen=rij.status is Documentstatus.CONCEPT
        and bool(controleurs)
        and bezoek.mag(Handeling.DOCUMENT_VOORLEGGEN),
        mag_vaststellen=rij.status is Documentstatus.AKKOORD and bezoek.mag(Handeling.DOCUMENT_VASTSTELLEN),
        mag_verzenden=rij.status in documenten.UITGAAND and los and bezoek.mag(Handeling.DOCUMENT_VERZENDEN),
        mag_opmerken=mag_opmerken,
        ingevuld=ingevuld or {},
        ingevuld_kwijt=kwijt,
    )


_LABELS = {"terug": "Wat klopt er niet", "waar": "Bij welk artikel", "opmerking": "Opmerking"}


@router.get("/documenten/{kenmerk}")
def toon_document(bezoek: Lezer, kenmerk: str) -> Response:
    """One document: its state, the page itself, remarks, and what this person can do with it now."""
    return _toon(bezoek, kenmerk)


@router.get("/documenten/{kenmerk}/bestand.{soort}")
def open_bestand(bezoek: Lezer, kenmerk: str, soort: str) -> Response:
    """The PDF to look at, or the Word file to take along."""
    with lees(bezoek.huis, bezoek.door, Handeling.DOCUMENT_LEZEN) as sessie:
        rij = stukkenlijst.find_leesbaar(sessie, bezoek.door, kenmerk)
    hash_, mediatype = {"pdf": (rij.pdf_sha256, "application/pdf"), "docx": (rij.docx_sha256, WORD)}.get(
        soort, (None, "")
    )
    if hash_ is None:
        raise NietTeVindenError
    return geef_bestand(bezoek.huis.winkel.documenten.read(hash_), mediatype, f"{kenmerk}.{soort}")


@router.get("/documenten/{kenmerk}/verschil")
def toon_verschil(bezoek: Lezer, kenmerk: str, tegen: str = "vorige") -> Response:
    """The redline against the version before, or against the bare template."""
    with lees(bezoek.huis, bezoek.door, Handeling.DOCUMENT_LEZEN) as sessie:
        rij = stukkenlijst.find_leesbaar(sessie, bezoek.door, kenmerk)
    fouten: tuple[str, ...] = ()
    vergelijking = None
    try:
        if tegen == "sjabloon":
            vergelijking = vergelijken.compare_sjabloon(bezoek.huis, bezoek.door, kenmerk, word=False)
        else:
            vergelijking = vergelijken.compare_vorige(bezoek.huis, bezoek.door, kenmerk, word=False)
    except BeletselenError:
        fouten = ("Dit document heeft geen eerdere versie. Vergelijk het met het sjabloon.",)
    return toon(
        bezoek,
        "verschil.html",
        f"Verschillen in {kenmerk}",
        status=409 if fouten else 200,
        fouten=fouten,
        kruimels=(("Documenten", "/documenten"), (rij.titel, f"/documenten/{quote_pad(kenmerk)}")),
        rij=rij,
        tegen=tegen,
        vergelijking=vergelijking,
    )


def _handel(
    bezoek: Bezoek, kenmerk: str, doe: Callable[[], object], ingevuld: dict[str, str] | None = None
) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.DOCUMENT_LEZEN) as sessie:
        rij = stukkenlijst.find_leesbaar(sessie, bezoek.door, kenmerk)
    try:
        doe()
    except InkoopError as fout:
        return _toon(bezoek, kenmerk, list_fouten(fout), ingevuld)
    if rij.ronde is not None:
        bezoek.kern.bijwerker.vraag(ronde=rij.ronde)
    return RedirectResponse(f"/documenten/{quote_pad(kenmerk)}", status_code=303)


@router.post("/documenten/{kenmerk}/goedkeuren")
def keur_goed(bezoek: Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_GOEDKEUREN))], kenmerk: str) -> Response:
    """Approve the document as it stands."""
    return _handel(bezoek, kenmerk, lambda: documenten.approve(bezoek.huis, bezoek.door, kenmerk))


@router.post("/documenten/{kenmerk}/teruggeven")
def geef_terug(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_TERUGGEVEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Give the document back with what is wrong."""
    tekst = ingevuld["terug"]
    return _handel(
        bezoek, kenmerk, lambda: documenten.send_back(bezoek.huis, bezoek.door, kenmerk, tekst), {"terug": tekst}
    )


@router.post("/documenten/{kenmerk}/voorleggen")
def leg_voor(bezoek: Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_VOORLEGGEN))], kenmerk: str) -> Response:
    """Put the document to whoever checks it."""
    return _handel(bezoek, kenmerk, lambda: herzien.submit(bezoek.huis, bezoek.door, kenmerk))


@router.post("/documenten/{kenmerk}/vaststellen")
def stel_vast(bezoek: Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_VASTSTELLEN))], kenmerk: str) -> Response:
    """Set an approved document for good."""
    return _handel(bezoek, kenmerk, lambda: herzien.finalize(bezoek.huis, bezoek.door, kenmerk))


@router.post("/documenten/{kenmerk}/verzenden")
def verzend(bezoek: Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_VERZENDEN))], kenmerk: str) -> Response:
    """Send a letter that stands by itself."""
    return _handel(bezoek, kenmerk, lambda: documenten.send(bezoek.huis, bezoek.door, kenmerk))


@router.post("/documenten/{kenmerk}/opmerken")
def merk_op(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_OPMERKEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Remark on a clause, or on the whole document."""
    waar, tekst = ingevuld["waar"], ingevuld["opmerking"]
    velden = {"waar": waar, "opmerking": tekst}
    return _handel(bezoek, kenmerk, lambda: herzien.remark(bezoek.huis, bezoek.door, kenmerk, waar, tekst), velden)
