"""For an aanbieder in a selection: its talks, its final proposal, and withdrawing as a candidate."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.toegang import Handeling
from inkoop.services import dialogen, kandidaat, terugtrekkingen
from inkoop.services.huis import NietGevondenError
from inkoop.services.kandidaat import Kandidaatzicht
from inkoop.storage.bewijsopslag import MAX_GROOTTE
from inkoop.web.bladzijde import quote_pad, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import geef_bestand
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process

router = APIRouter()
Kandidaat = Annotated[Bezoek, Depends(mag(Handeling.EIGEN_AANMELDING_LEZEN))]


def _find(bezoek: Bezoek, kenmerk: str) -> Kandidaatzicht:
    zicht = kandidaat.find_kandidaat(bezoek.huis, bezoek.door, kenmerk)
    if zicht is None:
        raise NietTeVindenError
    return zicht


@router.get("/aanmelden/{kenmerk}/voorstel")
def toon_kandidaat(bezoek: Kandidaat, kenmerk: str) -> Response:
    """One's own candidature: percelen, talks, proposals, and what can be done now."""
    return _toon(bezoek, _find(bezoek, kenmerk), NIETS)


def _toon(bezoek: Bezoek, zicht: Kandidaatzicht, uitslag: Uitslag) -> Response:
    vraagt = bool(zicht.percelen) and zicht.voorstel_tot is not None
    return toon_uitslag(
        bezoek,
        uitslag,
        "kandidaat.html",
        f"Selectie: aanmelding {zicht.kenmerk}",
        kruimels=(
            ("Mijn aanmeldingen", "/aanmelden"),
            (f"Aanmelding {zicht.kenmerk}", f"/aanmelden/{quote_pad(zicht.kenmerk)}"),
        ),
        zicht=zicht,
        te_laat=zicht.voorstel_tot is not None and bezoek.nu > zicht.voorstel_tot,
        voorstel=uitslag.kies(_vorm_voorstel(zicht.kenmerk).met(bezoek.zie(dialogen.look_voorstellen(zicht.kenmerk))))
        if vraagt and bezoek.mag(Handeling.VOORSTEL_INDIENEN)
        else None,
        terugtrekken=uitslag.kies(_vorm_terugtrekken(zicht.kenmerk))
        if zicht.terugtrekbaar and bezoek.mag(Handeling.KANDIDAAT_TERUGTREKKEN)
        else None,
    )


_SOORTEN_BESTAND = [(f".{een}", een) for een in ("pdf", "docx", "xlsx", "png", "jpg", "jpeg")]


def _vorm_voorstel(kenmerk: str) -> Vorm:
    grens = f"ten hoogste {MAX_GROOTTE // 1024**2} MB per bestand"
    return Vorm(
        id="voorstel",
        actie=f"/aanmelden/{quote_pad(kenmerk)}/voorstel",
        knop="Dien het definitieve voorstel in",
        velden=(
            Veld(
                naam="bestanden",
                label="De bestanden van uw voorstel",
                soort=Soort.BESTANDEN,
                opties=_SOORTEN_BESTAND,
                uitleg=f"U kunt meer bestanden tegelijk kiezen: pdf, Word, Excel of een plaatje, {grens}. "
                "Stuur steeds het hele voorstel: wat u nu stuurt, komt in de plaats van wat u eerder stuurde.",
                codes=("bestanden", "bestand-geweigerd", "bestand-ontbreekt", "bestand-onbekend"),
            ),
            Veld(naam="toelichting", label="Wat u erbij wilt zeggen", soort=Soort.VAK, verplicht=False),
            Veld(
                naam="zeker",
                label="Verklaring",
                soort=Soort.VINKJES,
                opties=(("ja", "Dit is het hele voorstel en ik mag het namens de onderneming indienen."),),
            ),
        ),
    )


def _vorm_terugtrekken(kenmerk: str) -> Vorm:
    return Vorm(
        id="terugtrekken",
        actie=f"/aanmelden/{quote_pad(kenmerk)}/terugtrekken",
        knop="Trek u terug",
        knopsoort="secondary-action",
        velden=(
            Veld(naam="reden", label="Waarom trekt u zich terug", soort=Soort.VAK),
            Veld(
                naam="zeker",
                label="Weet u het zeker",
                soort=Soort.VINKJES,
                opties=(("ja", "Ja, wij doen niet meer mee. Ik weet dat dit niet terug te draaien is."),),
            ),
        ),
    )


@router.post("/aanmelden/{kenmerk}/voorstel")
def dien_voorstel_in(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.VOORSTEL_INDIENEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Receive a final proposal; the last one in time counts, and one that is late is received and does not."""
    zicht = _find(bezoek, kenmerk)

    def doe(waarden: dict[str, Any]) -> bool:
        door = bezoek.na(ingevuld["gezien"], dialogen.look_voorstellen(kenmerk))
        return dialogen.submit_voorstel(
            bezoek.huis, door, kenmerk, waarden["bestanden"],
            ontvangen_op=bezoek.nu, toelichting=waarden["toelichting"],
        )  # fmt: skip

    uitslag = process(_vorm_voorstel(kenmerk), ingevuld, doe)
    return _toon(bezoek, zicht, uitslag) if not uitslag.gelukt else _terug(kenmerk, "voorstel")


@router.post("/aanmelden/{kenmerk}/terugtrekken")
def trek_terug(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.KANDIDAAT_TERUGTREKKEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Withdraw as a candidate; the next of the reserve list comes up by itself."""
    zicht = _find(bezoek, kenmerk)
    uitslag = process(
        _vorm_terugtrekken(kenmerk),
        ingevuld,
        lambda w: terugtrekkingen.withdraw_kandidaat(bezoek.huis, bezoek.door, kenmerk, w["reden"]),
    )
    if not uitslag.gelukt:
        return _toon(bezoek, zicht, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=zicht.ronde)
    return _terug(kenmerk)


def _terug(kenmerk: str, *pad: str) -> Response:
    return RedirectResponse("/".join(("/aanmelden", quote_pad(kenmerk), *pad)), status_code=303)


@router.get("/aanmelden/{kenmerk}/voorstel/{sha256}")
def open_eigen_voorstel(bezoek: Kandidaat, kenmerk: str, sha256: str) -> Response:
    """A file of one's own proposal."""
    try:
        mediatype, bestand = kandidaat.read_voorstelbestand(bezoek.huis, bezoek.door, kenmerk, sha256)
    except NietGevondenError as fout:
        raise NietTeVindenError from fout
    return geef_bestand(bestand, mediatype, bestand.naam)
