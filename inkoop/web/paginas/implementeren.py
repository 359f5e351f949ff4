"""Putting agreements to work: the checklist of a round and of one agreement, and the text in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.kalender import local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling
from inkoop.services import bulkwerk, implementatiepunten, overeenkomsten, procedures, rondes
from inkoop.services.bulkwerk import Bulkuitkomst, Voortgang
from inkoop.services.implementatiepunten import Implementatiestand
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import quote_pad, snijd, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.meegeven import geef_rekenblad
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process

router = APIRouter()
LEZEN = (Handeling.OVEREENKOMST_LEZEN,)
Lezer = Annotated[Bezoek, Depends(mag(*LEZEN))]
Afvinker = Annotated[Bezoek, Depends(mag(Handeling.IMPLEMENTATIE_VASTLEGGEN, en=LEZEN))]
Tekstlezer = Annotated[Bezoek, Depends(mag(Handeling.CATALOGUSTEKST_LEZEN))]

BLADZIJDE = 50


@router.get("/rondes/{kenmerk}/implementatie")
def toon_ronde(bezoek: Lezer, kenmerk: str, bladzijde: int = 1) -> Response:
    """What must still be done for the agreements of a round, who does it and until when."""
    return _toon_ronde(bezoek, kenmerk, NIETS, bladzijde=bladzijde)


def _toon_ronde(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag, *, bladzijde: int = 1) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        rij = rondes.find_ronde(sessie, kenmerk)
        standen = implementatiepunten.list_ronde(sessie, rij)
        klaar = implementatiepunten.find_afronding(sessie, rij)
    getoond, bladzijde, bladzijden = snijd(standen, bladzijde, BLADZIJDE)
    return toon_uitslag(
        bezoek,
        uitslag,
        "implementatie_ronde.html",
        f"Implementatie van ronde {kenmerk}",
        kruimels=((f"Ronde {kenmerk}", f"/rondes/{quote_pad(kenmerk)}"),),
        kenmerk=kenmerk,
        standen=getoond,
        totaal=len(standen),
        over=sum(len(stand.open) for stand in standen),
        klaar=klaar,
        bladzijde=bladzijde,
        bladzijden=bladzijden,
        vandaag=local_date(bezoek.nu),
        werk=bezoek.kern.langwerk.find(f"implementatie:{kenmerk}"),
        alle=uitslag.kies(_vorm_alle(kenmerk, standen))
        if _list_open(standen) and bezoek.mag(Handeling.IMPLEMENTATIE_VASTLEGGEN)
        else None,
    )


def _list_open(standen: list[Implementatiestand]) -> dict[str, str]:
    """The points that are open for somebody, by code, with how often."""
    aantal: dict[str, int] = {}
    wat: dict[str, str] = {}
    for stand in standen:
        for een in stand.open:
            aantal[een.punt.code] = aantal.get(een.punt.code, 0) + 1
            wat[een.punt.code] = een.punt.wat
    return {code: f"{tekst} ({aantal[code]} open)" for code, tekst in wat.items()}


def _vorm_alle(kenmerk: str, standen: list[Implementatiestand]) -> Vorm:
    return Vorm(
        id="alle",
        actie=f"/rondes/{quote_pad(kenmerk)}/implementatie",
        knop="Vink dit punt af voor alle overeenkomsten",
        velden=(
            Veld(naam="punt", label="Welk punt", soort=Soort.LIJST, opties=list(_list_open(standen).items())),
            Veld(
                naam="bewijs", label="Waar is dat te vinden", uitleg="Bijvoorbeeld: zaak 77, of het verslag van 3 mei."
            ),
        ),
    )


@router.post("/rondes/{kenmerk}/implementatie")
def vink_alle_af(bezoek: Afvinker, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Record a point as done for every agreement of a round where it is open, beside the page."""
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        standen = implementatiepunten.list_ronde(sessie, rondes.find_ronde(sessie, kenmerk))

    def doe(waarden: dict[str, Any]) -> None:
        huis, door, terug = bezoek.huis, bezoek.door, f"/rondes/{quote_pad(kenmerk)}/implementatie"

        def werk(voortgang: Voortgang) -> Bulkuitkomst:
            return bulkwerk.tick_alle(huis, door, kenmerk, waarden["punt"], waarden["bewijs"], voortgang)

        bezoek.kern.langwerk.begin(f"implementatie:{kenmerk}", "Afvinken", terug, door, werk)

    uitslag = process(_vorm_alle(kenmerk, standen), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon_ronde(bezoek, kenmerk, uitslag)
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}/implementatie", status_code=303)


@router.get("/rondes/{kenmerk}/implementatie.xlsx")
def download_ronde(bezoek: Lezer, kenmerk: str) -> Response:
    """Every point of every agreement of a round, as a spreadsheet."""
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        standen = implementatiepunten.list_ronde(sessie, rondes.find_ronde(sessie, kenmerk))
    rijen = implementatiepunten.list_rijen(standen)
    return geef_rekenblad(f"implementatie-{kenmerk}", implementatiepunten.KOPPEN, rijen)


@router.get("/contracten/{nummer}/implementatie")
def toon_contract(bezoek: Lezer, nummer: str) -> Response:
    """The checklist of one agreement."""
    return _toon_contract(bezoek, nummer, NIETS)


def _lees_stand(bezoek: Bezoek, nummer: str) -> tuple[Implementatiestand, str]:
    """The points of an agreement that runs or will, and its round."""
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        rij = overeenkomsten.find_lopende(sessie, nummer)
        aanmelding = overeenkomsten.find_aanmelding(sessie, rij)
        definitie = procedures.read_definitie_ronde(sessie, aanmelding.ronde_id)
        (stand,) = implementatiepunten.read_standen(sessie, definitie, [rij])
        return stand, rondes.get_ronde(sessie, aanmelding.ronde_id).kenmerk


def _toon_contract(bezoek: Bezoek, nummer: str, uitslag: Uitslag) -> Response:
    stand, ronde = _lees_stand(bezoek, nummer)
    mag_vinken = bezoek.mag(Handeling.IMPLEMENTATIE_VASTLEGGEN)
    eigen = {str(bezoek.wie.rol)}
    punten = [
        (
            een,
            uitslag.kies(
                _vorm_punt(nummer, een.punt.code, _list_uitkomsten(een.uitkomst)).met(
                    implementatiepunten.describe_punt(een)
                )
            )
            if mag_vinken and (een.punt.rol in eigen or bezoek.wie.rol is Rol.CONTRACTMANAGER)
            else None,
        )
        for een in stand.punten
    ]
    return toon_uitslag(
        bezoek,
        uitslag,
        "implementatie_contract.html",
        f"Implementatie van {nummer}",
        kruimels=(
            ("Contracten", "/contracten"),
            (f"{nummer}: {stand.aanbieder}", f"/contracten/{quote_pad(nummer)}"),
        ),
        stand=stand,
        ronde=ronde,
        punten=punten,
        vandaag=local_date(bezoek.nu),
    )


_UITKOMSTEN = (
    (Puntuitkomst.JA, "ja, gedaan"),
    (Puntuitkomst.NVT, "hier niet nodig"),
    (Puntuitkomst.NEE, "nee, toch weer open"),
)


def _list_uitkomsten(nu: Puntuitkomst | None) -> list[tuple[str, str]]:
    """What can be recorded of a point that stands at `nu`."""
    return [optie for optie in _UITKOMSTEN if optie[0] != (nu or Puntuitkomst.NEE)]


def _vorm_punt(nummer: str, code: str, uitkomsten: Sequence[tuple[str, str]] = _UITKOMSTEN) -> Vorm:
    return Vorm(
        id=f"punt-{code}",
        actie=f"/contracten/{quote_pad(nummer)}/implementatie/{quote_pad(code)}",
        knop="Leg vast",
        velden=(
            Veld(
                naam="uitkomst",
                label="Is het gedaan",
                soort=Soort.KEUZE,
                opties=uitkomsten,
                codes=("punt-rol", "punt-al-zo"),
            ),
            Veld(
                naam="bewijs",
                label="Waar is dat te vinden",
                uitleg="Bij 'niet nodig' en 'weer open': waarom.",
                codes=("punt-bewijs",),
            ),
        ),
    )


@router.post("/contracten/{nummer}/implementatie/{punt}")
def vink_af(bezoek: Afvinker, nummer: str, punt: str, ingevuld: Ingevuld) -> Response:
    """Record a point of one agreement, by whom it is for or by contract management."""

    def doe(waarden: dict[str, Any]) -> None:
        uitkomst = Puntuitkomst(waarden["uitkomst"])
        door = bezoek.na(ingevuld["gezien"], implementatiepunten.look_punt(nummer, punt))
        implementatiepunten.record_punt(bezoek.huis, door, nummer, punt, uitkomst, waarden["bewijs"])

    # Every outcome may be sent: what was not to choose on this page may stand there by now through somebody else.
    uitslag = process(_vorm_punt(nummer, punt), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon_contract(bezoek, nummer, uitslag)
    return RedirectResponse(f"/contracten/{quote_pad(nummer)}/implementatie", status_code=303)


@router.get("/contracten/{nummer}/catalogustekst")
def toon_catalogustekst(bezoek: Tekstlezer, nummer: str) -> Response:
    """What the catalogue says, or will say, about one agreement; a provider confirms its own."""
    return _toon_tekst(bezoek, nummer, NIETS)


def _toon_tekst(bezoek: Bezoek, nummer: str, uitslag: Uitslag) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.CATALOGUSTEKST_LEZEN) as sessie:
        implementatiepunten.require_eigen(sessie, bezoek.door, overeenkomsten.find_overeenkomst(sessie, nummer))
        rij = overeenkomsten.find_lopende(sessie, nummer)
        tekst = implementatiepunten.read_catalogustekst(sessie, rij)
        definitie = procedures.read_definitie_ronde(sessie, overeenkomsten.find_aanmelding(sessie, rij).ronde_id)
        (stand,) = implementatiepunten.read_standen(sessie, definitie, [rij])
    punt = next((een for een in stand.punten if een.punt.code == "catalogus"), None)
    eigen = bezoek.wie.rol is Rol.AANBIEDER
    open_ = punt is not None and not punt.klaar
    return toon_uitslag(
        bezoek,
        uitslag,
        "catalogustekst.html",
        f"Catalogustekst van {nummer}",
        kruimels=(("Mijn aanmeldingen", "/aanmelden"),) if eigen else (("Contracten", "/contracten"),),
        nummer=nummer,
        tekst=tekst,
        punt=punt,
        akkoord=uitslag.kies(_vorm_akkoord(nummer, tekst.hash)) if eigen and open_ else None,
    )


def _vorm_akkoord(nummer: str, hash_: str) -> Vorm:
    return Vorm(
        id="akkoord",
        actie=f"/contracten/{quote_pad(nummer)}/catalogustekst",
        knop="Bevestig deze tekst",
        velden=(Veld(naam="hash", label="", soort=Soort.VAST, waarde=hash_),),
    )


@router.post("/contracten/{nummer}/catalogustekst")
def bevestig_tekst(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.IMPLEMENTATIE_VASTLEGGEN, en=(Handeling.EIGEN_AANMELDING_LEZEN,)))],
    nummer: str,
    ingevuld: Ingevuld,
) -> Response:
    """Record that a provider agrees with exactly the text that was shown."""
    with lees(bezoek.huis, bezoek.door, Handeling.CATALOGUSTEKST_LEZEN) as sessie:
        implementatiepunten.require_eigen(sessie, bezoek.door, overeenkomsten.find_overeenkomst(sessie, nummer))
        rij = overeenkomsten.find_lopende(sessie, nummer)
        nu = implementatiepunten.read_catalogustekst(sessie, rij).hash
    if ingevuld["hash"] != nu:
        fout = "De tekst is intussen gewijzigd. Lees haar opnieuw en bevestig haar dan."
        return _toon_tekst(bezoek, nummer, Uitslag(gelukt=False, fouten=(fout,)))
    uitslag = process(
        _vorm_akkoord(nummer, nu),
        ingevuld,
        lambda _: implementatiepunten.confirm_catalogus(bezoek.huis, bezoek.door, nummer),
    )
    if not uitslag.gelukt:
        return _toon_tekst(bezoek, nummer, uitslag)
    return RedirectResponse(f"/contracten/{quote_pad(nummer)}/catalogustekst", status_code=303)
