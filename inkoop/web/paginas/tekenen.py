"""Signing for who works for the gemeenten: what waits in a round, signed copies, authority, copies for gemeenten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.domain.verzending import Verzendwijze
from inkoop.services import afschriften, getekendestukken, tekenbevoegdheden, tekenblad, weigeringen
from inkoop.services.tekenblad import Tekenblad
from inkoop.storage.bestandsnaam import read_extensie
from inkoop.storage.tabellen.ondertekening import Stukstand
from inkoop.storage.tabellen.overeenkomst import Partijsoort
from inkoop.web.bladzijde import count_bladzijden, quote_pad, toon, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.meegeven import geef_bestand
from inkoop.web.tekenvormen import (
    make_afschriftvorm,
    make_bevoegdvorm,
    make_controlevorm,
    make_stukvorm,
    make_weigervorm,
    register,
)
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Uitslag, Vorm, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.OVEREENKOMST_LEZEN))]

LEZEN = (Handeling.OVEREENKOMST_LEZEN,)
"""An aanbieder carries some of these acts as well, and has pages of its own for them."""
BLADZIJDE = 50
_MEDIATYPEN = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


@router.get("/rondes/{kenmerk}/tekenen")
def toon_ronde(bezoek: Lezer, kenmerk: str, alles: str = "", bladzijde: int = 1) -> Response:
    """What of a round is on its way to being signed; with `alles` also what was signed and runs."""
    bladzijde = min(max(bladzijde, 1), 100_000)
    regels, totaal = tekenblad.list_ronde(
        bezoek.huis, bezoek.door, kenmerk, (bladzijde - 1) * BLADZIJDE, BLADZIJDE, alles=bool(alles)
    )
    return toon(
        bezoek,
        "tekenronde.html",
        f"Tekenen in ronde {kenmerk}",
        kruimels=((f"Ronde {kenmerk}", f"/rondes/{quote_pad(kenmerk)}"),),
        kenmerk=kenmerk,
        regels=regels,
        totaal=totaal,
        alles=alles,
        bladzijde=bladzijde,
        bladzijden=count_bladzijden(totaal, BLADZIJDE),
        filters={"alles": "ja"} if alles else {},
    )


@router.get("/tekenen/{nummer}")
def toon_tekenblad(bezoek: Lezer, nummer: str) -> Response:
    """One agreement or addendum: the text, who signed, who must still sign, and what came back."""
    return _toon(bezoek, tekenblad.read_blad(bezoek.huis, bezoek.door, nummer), NIETS)


def _pad(nummer: str, *deel: str) -> str:
    return "/".join(("/tekenen", quote_pad(nummer), *deel))


def _toon(bezoek: Bezoek, blad: Tekenblad, uitslag: Uitslag) -> Response:
    open_ = blad.status is Overeenkomststatus.TER_ONDERTEKENING
    is_addendum = blad.nummer != blad.contract
    getekend = blad.status in (Overeenkomststatus.GETEKEND, Overeenkomststatus.ACTIEF)
    weigerbaar = is_addendum and blad.status in (Overeenkomststatus.CONCEPT, Overeenkomststatus.TER_ONDERTEKENING)

    def kies(vorm: Vorm, handeling: Handeling, *, kan: bool) -> Vorm | None:
        return uitslag.kies(vorm) if kan and bezoek.mag(handeling) else None

    return toon_uitslag(
        bezoek,
        uitslag,
        "tekenblad.html",
        f"Tekenen: {blad.nummer}",
        kruimels=(
            (f"Ronde {blad.ronde}", f"/rondes/{quote_pad(blad.ronde)}"),
            ("Tekenen", f"/rondes/{quote_pad(blad.ronde)}/tekenen"),
        ),
        blad=blad,
        stuk=kies(
            make_stukvorm(_pad(blad.nummer, "stuk"), blad.tekenaars, gemeenten=True),
            Handeling.ONDERTEKENING_REGISTREREN,
            kan=open_,
        ),
        bevoegd=kies(
            make_bevoegdvorm(_pad(blad.nummer, "bevoegd"), blad.leden).met(
                bezoek.zie(tekenbevoegdheden.look_bevoegdheden(blad.nummer))
            ),
            Handeling.TEKENBEVOEGDHEID_VASTSTELLEN,
            kan=open_,
        ),
        afschrift=kies(make_afschriftvorm(_pad(blad.nummer, "afschrift")), Handeling.AFSCHRIFT_BEWIJZEN, kan=getekend),
        weigering=kies(
            make_weigervorm(_pad(blad.nummer, "weigering"), wie=True), Handeling.WEIGERING_VASTLEGGEN, kan=weigerbaar
        ),
    )


def _handel(
    bezoek: Bezoek,
    nummer: str,
    maak: Callable[[Tekenblad], Vorm],
    ingevuld: Ingevuld,
    doe: Callable[[Tekenblad, dict[str, Any]], object],
) -> Response:
    blad = tekenblad.read_blad(bezoek.huis, bezoek.door, nummer)
    uitslag = process(maak(blad), ingevuld, lambda waarden: doe(blad, waarden))
    if not uitslag.gelukt:
        return _toon(bezoek, blad, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=blad.ronde)
    return RedirectResponse(_pad(nummer), status_code=303)


@router.post("/tekenen/{nummer}/stuk")
def leg_stuk_vast(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.ONDERTEKENING_REGISTREREN, en=LEZEN))],
    nummer: str,
    ingevuld: Ingevuld,
) -> Response:
    """Record a signature from a signed PDF or a scan; a scan waits for a second person."""
    return _handel(
        bezoek,
        nummer,
        lambda blad: make_stukvorm(_pad(nummer, "stuk"), blad.tekenaars, gemeenten=True),
        ingevuld,
        lambda blad, waarden: register(bezoek, nummer, blad.tekenaars, waarden),
    )


@router.post("/tekenen/{nummer}/bevoegd")
def leg_bevoegdheid_vast(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.TEKENBEVOEGDHEID_VASTSTELLEN))], nummer: str, ingevuld: Ingevuld
) -> Response:
    """Record who may sign for a legal person of the aanbieder."""

    def doe(_: Tekenblad, waarden: dict[str, Any]) -> None:
        wijze = Tekenwijze(waarden.pop("wijze"))
        door = bezoek.na(ingevuld["gezien"], tekenbevoegdheden.look_bevoegdheden(nummer))
        tekenbevoegdheden.establish_bevoegdheid(bezoek.huis, door, nummer, wijze=wijze, **waarden)

    return _handel(bezoek, nummer, lambda blad: make_bevoegdvorm(_pad(nummer, "bevoegd"), blad.leden), ingevuld, doe)


@router.post("/tekenen/{nummer}/afschrift")
def leg_afschrift_vast(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.AFSCHRIFT_BEWIJZEN))], nummer: str, ingevuld: Ingevuld
) -> Response:
    """Record that the signed text went to gemeenten."""

    def doe(_: Tekenblad, waarden: dict[str, Any]) -> None:
        wijze = Verzendwijze(waarden.pop("wijze"))
        afschriften.prove_afschrift(bezoek.huis, bezoek.door, nummer, wijze=wijze, **waarden)

    return _handel(bezoek, nummer, lambda _: make_afschriftvorm(_pad(nummer, "afschrift")), ingevuld, doe)


@router.post("/tekenen/{nummer}/weigering")
def leg_weigering_vast(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.WEIGERING_VASTLEGGEN, en=LEZEN))], nummer: str, ingevuld: Ingevuld
) -> Response:
    """Record that a party refuses an addendum; an aanbieder does that on its own page."""

    def doe(_: Tekenblad, waarden: dict[str, Any]) -> None:
        partij = Partijsoort(waarden.pop("partij"))
        weigeringen.record_weigering(bezoek.huis, bezoek.door, nummer, partij=partij, **waarden)

    return _handel(bezoek, nummer, lambda _: make_weigervorm(_pad(nummer, "weigering"), wie=True), ingevuld, doe)


@router.get("/tekenen/stuk/{kenmerk}")
def toon_stuk(bezoek: Lezer, kenmerk: str) -> Response:
    """A signed copy beside the text that was offered, and what a second person is asked to look at."""
    return _toon_stuk(bezoek, kenmerk, NIETS)


def _vorm_controle(kenmerk: str) -> Vorm:
    return make_controlevorm(f"/tekenen/stuk/{quote_pad(kenmerk)}")


def _toon_stuk(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    blad = tekenblad.read_stuk(bezoek.huis, bezoek.door, kenmerk)
    kan = blad.stuk.stand is Stukstand.TE_CONTROLEREN and bezoek.mag(Handeling.HANDTEKENING_CONTROLEREN)
    return toon_uitslag(
        bezoek,
        uitslag,
        "getekendstuk.html",
        f"Getekend stuk {kenmerk}",
        kruimels=(
            (f"Ronde {blad.ronde}", f"/rondes/{quote_pad(blad.ronde)}"),
            (f"Tekenen: {blad.stuk.nummer}", _pad(blad.stuk.nummer)),
        ),
        blad=blad,
        stuk=blad.stuk,
        toonbaar=read_extensie(blad.stuk.bestandsnaam) in _MEDIATYPEN,
        controle=uitslag.kies(_vorm_controle(kenmerk)) if kan else None,
    )


@router.post("/tekenen/stuk/{kenmerk}")
def controleer(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.HANDTEKENING_CONTROLEREN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Accept or turn down a signed copy, as somebody else than who recorded it."""

    def doe(waarden: dict[str, Any]) -> None:
        getekendestukken.check_stuk(
            bezoek.huis, bezoek.door, kenmerk, aanvaard=waarden["oordeel"] == "ja", reden=waarden["reden"]
        )

    uitslag = process(_vorm_controle(kenmerk), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon_stuk(bezoek, kenmerk, uitslag)
    blad = tekenblad.read_stuk(bezoek.huis, bezoek.door, kenmerk)
    bezoek.kern.bijwerker.vraag(ronde=blad.ronde)
    return RedirectResponse(_pad(blad.stuk.nummer), status_code=303)


@router.get("/tekenen/stuk/{kenmerk}/bestand")
def open_stuk(bezoek: Lezer, kenmerk: str) -> Response:
    """The signed copy itself."""
    blad = tekenblad.read_stuk(bezoek.huis, bezoek.door, kenmerk)
    mediatype = _MEDIATYPEN.get(read_extensie(blad.stuk.bestandsnaam), "application/octet-stream")
    naam = blad.stuk.bestandsnaam
    return geef_bestand(bezoek.huis.winkel.bewijs.fetch(blad.stuk.sha256, naam), mediatype, naam)


@router.get("/tekenen/stuk/{kenmerk}/aangeboden.pdf")
def open_aangeboden(bezoek: Lezer, kenmerk: str) -> Response:
    """The text that was offered, to lay beside the copy."""
    blad = tekenblad.read_stuk(bezoek.huis, bezoek.door, kenmerk)
    inhoud = bezoek.huis.winkel.documenten.read(blad.aangeboden_sha256)
    return geef_bestand(inhoud, "application/pdf", f"{blad.stuk.nummer}-aangeboden.pdf")
