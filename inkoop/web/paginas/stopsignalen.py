"""No cure, no more pay: signals that support does not help, the talk about each, and the payment that stops.

Bron: H19-31; docs/handleiding/contract.md.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.kalender import local_date
from inkoop.domain.stopsignaal import Stopsignaal, Stopuitkomst
from inkoop.domain.toegang import Handeling
from inkoop.services import houders, overeenkomsten, procedures, stopsignalen
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import quote_pad, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, list_opties, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.OVEREENKOMST_LEZEN, Handeling.STOPSIGNAAL_VASTLEGGEN))]


def _pad(nummer: str, *delen: str) -> str:
    return "/".join(("/contracten", quote_pad(nummer), "stopsignalen", *map(quote_pad, delen)))


@router.get("/contracten/{nummer}/stopsignalen")
def toon_signalen(bezoek: Lezer, nummer: str) -> Response:
    """Every signal of an agreement, each with the form for what it asks now."""
    return _toon(bezoek, nummer, NIETS)


def _lees(bezoek: Bezoek, nummer: str) -> tuple[list[Stopsignaal], list[str], list[str]]:
    """The signals of an agreement, the gemeenten that take part today, and its products."""
    handeling = (
        Handeling.OVEREENKOMST_LEZEN if bezoek.mag(Handeling.OVEREENKOMST_LEZEN) else Handeling.STOPSIGNAAL_VASTLEGGEN
    )
    vandaag = local_date(bezoek.nu)
    with lees(bezoek.huis, bezoek.door, handeling) as sessie:
        rij = overeenkomsten.find_lopende(sessie, nummer)
        definitie = procedures.read_definitie_ronde(sessie, overeenkomsten.find_aanmelding(sessie, rij).ronde_id)
        gemeenten = [een.naam for een in definitie.gemeenten_op(vandaag)]
        aanbod = houders.find_aanbod(sessie, rij, vandaag)
        signalen = stopsignalen.list_signalen(sessie, nummer)
    return signalen, gemeenten, sorted({code for codes in aanbod.values() for code in codes})


def _toon(bezoek: Bezoek, nummer: str, uitslag: Uitslag) -> Response:
    signalen, gemeenten, producten = _lees(bezoek, nummer)
    vormen = [(een, _find_vorm(bezoek, een)) for een in signalen]
    nieuw = _vorm_nieuw(nummer, gemeenten, producten) if bezoek.mag(Handeling.STOPSIGNAAL_VASTLEGGEN) else None
    contract = bezoek.mag(Handeling.OVEREENKOMST_LEZEN)
    return toon_uitslag(
        bezoek,
        uitslag,
        "stopsignalen.html",
        f"Stopsignalen bij {nummer}",
        kruimels=(("Contracten", "/contracten"), (nummer, f"/contracten/{quote_pad(nummer)}")) if contract else (),
        signalen=[(een, uitslag.kies(vorm) if vorm is not None else None) for een, vorm in vormen],
        nieuw=uitslag.kies(nieuw) if nieuw is not None else None,
    )


def _vorm_nieuw(nummer: str, gemeenten: list[str], producten: list[str]) -> Vorm:
    return Vorm(
        id="signaal",
        actie=_pad(nummer),
        knop="Leg het signaal vast",
        velden=(
            Veld(
                naam="gemeente", label="In welke gemeente", soort=Soort.LIJST,
                opties=[(een, een) for een in gemeenten], codes=("signaal-gemeente", "signaal-dubbel"),
            ),
            Veld(
                naam="product", label="Om welk product gaat het", soort=Soort.LIJST,
                opties=[(een, een) for een in producten], codes=("signaal-product", "signaal-bekostiging"),
            ),
            Veld(naam="toewijzingen", label="Om hoeveel toewijzingen", soort=Soort.AANTAL, codes=("signaal-aantal",)),
            Veld(naam="gesignaleerd_op", label="Op welke dag", soort=Soort.DAG, codes=("signaal-dag",)),
            Veld(
                naam="bevinding", label="Waaruit blijkt dat het niet helpt", soort=Soort.VAK,
                uitleg="Noem geen cliënten.", codes=("signaal-bevinding", "bsn"),
            ),
        ),
    )  # fmt: skip


def _find_vorm(bezoek: Bezoek, signaal: Stopsignaal) -> Vorm | None:
    """The form for what a signal asks now, of who may act."""
    if signaal.uitkomst is None and bezoek.mag(Handeling.STOPSIGNAAL_AFRONDEN):
        return _vorm_afronden(signaal)
    stopt = signaal.uitkomst is Stopuitkomst.STOPPEN and not signaal.verwerkt
    return _vorm_verwerkt(signaal) if stopt and bezoek.mag(Handeling.STOPSIGNAAL_VERWERKEN) else None


def _vorm_afronden(signaal: Stopsignaal) -> Vorm:
    return Vorm(
        id=f"afronden-{signaal.kenmerk}",
        actie=_pad(signaal.contractnummer, signaal.kenmerk, "afronden"),
        knop="Rond af",
        velden=(
            Veld(
                naam="uitkomst", label="Wat komt er uit het gesprek", soort=Soort.KEUZE,
                opties=list_opties(Stopuitkomst), codes=("signaal-stand",),
            ),
            Veld(naam="besproken_op", label="Wanneer is het besproken", soort=Soort.DAG, codes=("signaal-besproken",)),
            Veld(
                naam="stopt_op", label="Eerste dag zonder betaling", soort=Soort.DAG, verplicht=False,
                uitleg="Alleen als de betaling stopt; een dag na vandaag.", codes=("signaal-stop", "signaal-terug"),
            ),
            Veld(naam="toelichting", label="Waarom", soort=Soort.VAK, codes=("signaal-toelichting", "bsn")),
        ),
    )  # fmt: skip


def _vorm_verwerkt(signaal: Stopsignaal) -> Vorm:
    return Vorm(
        id=f"verwerkt-{signaal.kenmerk}",
        actie=_pad(signaal.contractnummer, signaal.kenmerk, "verwerkt"),
        knop="De betaling is gestopt",
        velden=(
            Veld(
                naam="bewijs", label="Waar blijkt dat", codes=("signaal-bewijs", "signaal-stand", "bsn"),
                uitleg="Bijvoorbeeld het nummer van de wijziging in de administratie.",
            ),
        ),
    )  # fmt: skip


def _klaar(bezoek: Bezoek, nummer: str, uitslag: Uitslag) -> Response:
    return RedirectResponse(_pad(nummer), status_code=303) if uitslag.gelukt else _toon(bezoek, nummer, uitslag)


@router.post("/contracten/{nummer}/stopsignalen")
def leg_vast(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.STOPSIGNAAL_VASTLEGGEN))], nummer: str, ingevuld: Ingevuld
) -> Response:
    """Record that support does not help, in numbers."""
    _, gemeenten, producten = _lees(bezoek, nummer)
    vorm = _vorm_nieuw(nummer, gemeenten, producten)
    uitslag = process(
        vorm, ingevuld, lambda w: stopsignalen.record_signaal(bezoek.huis, bezoek.door, nummer, **w)
    )  # fmt: skip
    return _klaar(bezoek, nummer, uitslag)


def _find(bezoek: Bezoek, nummer: str, kenmerk: str) -> Stopsignaal:
    signaal = next((een for een in _lees(bezoek, nummer)[0] if een.kenmerk == kenmerk), None)
    if signaal is None:
        raise NietTeVindenError
    return signaal


@router.post("/contracten/{nummer}/stopsignalen/{kenmerk}/afronden")
def rond_af(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.STOPSIGNAAL_AFRONDEN))],
    nummer: str,
    kenmerk: str,
    ingevuld: Ingevuld,
) -> Response:
    """Record what came of the talk."""

    def doe(waarden: dict[str, Any]) -> None:
        uitkomst = Stopuitkomst(waarden.pop("uitkomst"))
        stopsignalen.finish_signaal(bezoek.huis, bezoek.door, kenmerk, uitkomst, **waarden)

    return _klaar(bezoek, nummer, process(_vorm_afronden(_find(bezoek, nummer, kenmerk)), ingevuld, doe))


@router.post("/contracten/{nummer}/stopsignalen/{kenmerk}/verwerkt")
def verwerk(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.STOPSIGNAAL_VERWERKEN, en=(Handeling.OVEREENKOMST_LEZEN,)))],
    nummer: str,
    kenmerk: str,
    ingevuld: Ingevuld,
) -> Response:
    """Record that the payment was stopped in the administration."""
    vorm = _vorm_verwerkt(_find(bezoek, nummer, kenmerk))
    uitslag = process(
        vorm, ingevuld, lambda w: stopsignalen.settle_signaal(bezoek.huis, bezoek.door, kenmerk, w["bewijs"])
    )
    return _klaar(bezoek, nummer, uitslag)
