"""What can befall a round: an outage with what was decided about it, and a person that takes part too often."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.toegang import Handeling
from inkoop.services import procedures, rondes, samenlopen, storingen
from inkoop.services.rondes import lees
from inkoop.services.samenlopen import Samenloopstand
from inkoop.web.bladzijde import quote_pad, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process

router = APIRouter()
Rondelezer = Annotated[Bezoek, Depends(mag(Handeling.RONDE_LEZEN))]
Lezer = Annotated[Bezoek, Depends(mag(Handeling.AANMELDING_LEZEN))]
Beslisser = Annotated[Bezoek, Depends(mag(Handeling.SAMENLOOP_BESLISSEN))]

MOMENT = "Bijvoorbeeld 31-3-2020 14:30."


@router.get("/rondes/{kenmerk}/storingen")
def toon_storingen(bezoek: Rondelezer, kenmerk: str) -> Response:
    """The outages of a round, each with its decision or the form for it."""
    return _toon_storingen(bezoek, kenmerk, NIETS)


def _toon_storingen(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.RONDE_LEZEN) as sessie:
        ronde = rondes.find_ronde(sessie, kenmerk)
        titel = procedures.read_definitie(sessie, ronde.procedure_id).titel
        rijen = storingen.list_storingen(sessie, ronde)
        naam = procedures.read_definitie(sessie, ronde.procedure_id).naam
    beslist = bezoek.mag(Handeling.STORING_BESLISSEN)
    return toon_uitslag(
        bezoek,
        uitslag,
        "storingen.html",
        f"Storingen in ronde {kenmerk}",
        kruimels=((titel, f"/procedures/{quote_pad(naam)}"), (f"Ronde {kenmerk}", f"/rondes/{quote_pad(kenmerk)}")),
        ronde=ronde,
        rijen=[
            (rij, uitslag.kies(_vorm_besluit(kenmerk, rij.kenmerk)) if beslist and rij.erkend is None else None)
            for rij in rijen
        ],
        nieuw=uitslag.kies(_vorm_storing(kenmerk).met(bezoek.zie(storingen.look_storingen(kenmerk))))
        if bezoek.mag(Handeling.STORING_REGISTREREN)
        else None,
        gesloten=bezoek.nu > ronde.sluiting,
    )


def _vorm_storing(ronde: str) -> Vorm:
    return Vorm(
        id="storing",
        actie=f"/rondes/{quote_pad(ronde)}/storingen",
        knop="Leg de storing vast",
        velden=(
            Veld(naam="van", label="Begin", soort=Soort.MOMENT, uitleg=MOMENT, codes=("na-sluiting", "toekomst")),
            Veld(naam="tot", label="Einde", soort=Soort.MOMENT, uitleg=MOMENT, codes=("periode",)),
            Veld(naam="melding", label="Wat is er gemeld", soort=Soort.VAK, codes=("melding",)),
            Veld(
                naam="bewijs",
                label="Bewijs",
                uitleg="Het logboek van het platform, of een verklaring ervan.",
                codes=("bewijs",),
            ),
        ),
    )


def _vorm_besluit(ronde: str, storing: str) -> Vorm:
    return Vorm(
        id=f"besluit-{storing}",
        actie=f"/rondes/{quote_pad(ronde)}/storingen/{quote_pad(storing)}/besluit",
        knop="Beslis",
        velden=(
            Veld(
                naam="erkend",
                label="Is de storing bewezen",
                soort=Soort.KEUZE,
                opties=(("ja", "ja, de storing is erkend"), ("nee", "nee")),
                codes=("beslist",),
            ),
            Veld(
                naam="bevinding",
                label="Wat leverde het onderzoek op",
                soort=Soort.VAK,
                uitleg="Deze tekst komt in de brief aan wie te laat was.",
                codes=("bevinding",),
            ),
            Veld(
                naam="gelijk_tot",
                label="Tot wanneer tellen aanmeldingen mee",
                soort=Soort.MOMENT,
                verplicht=False,
                uitleg=f"Alleen bij een erkende storing; het geldt voor iedereen. {MOMENT}",
                codes=("gelijk-tot",),
            ),
        ),
    )


@router.post("/rondes/{kenmerk}/storingen")
def leg_storing_vast(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.STORING_REGISTREREN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Record an outage that was reported."""
    door = bezoek.na(ingevuld["gezien"], storingen.look_storingen(kenmerk))
    uitslag = process(
        _vorm_storing(kenmerk), ingevuld, lambda w: storingen.register_storing(bezoek.huis, door, kenmerk, **w)
    )
    if not uitslag.gelukt:
        return _toon_storingen(bezoek, kenmerk, uitslag)
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}/storingen", status_code=303)


@router.post("/rondes/{kenmerk}/storingen/{storing}/besluit")
def beslis_storing(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.STORING_BESLISSEN))], kenmerk: str, storing: str, ingevuld: Ingevuld
) -> Response:
    """Decide about an outage: the same for everybody who came late."""
    with lees(bezoek.huis, bezoek.door, Handeling.RONDE_LEZEN) as sessie:
        if all(een.kenmerk != storing for een in storingen.list_storingen(sessie, rondes.find_ronde(sessie, kenmerk))):
            raise NietTeVindenError

    def doe(waarden: dict[str, Any]) -> None:
        storingen.decide_storing(bezoek.huis, bezoek.door, storing, **{**waarden, "erkend": waarden["erkend"] == "ja"})

    uitslag = process(_vorm_besluit(kenmerk, storing), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon_storingen(bezoek, kenmerk, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=kenmerk)
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}/storingen", status_code=303)


@router.get("/rondes/{kenmerk}/samenloop")
def toon_samenloop(bezoek: Lezer, kenmerk: str) -> Response:
    """Who takes part too often for a perceel; known from the opening on."""
    return _toon_samenloop(bezoek, kenmerk, NIETS)


def _toon_samenloop(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.AANMELDING_LEZEN) as sessie:
        ronde = rondes.find_ronde(sessie, kenmerk)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        standen = samenlopen.list_samenlopen(sessie, ronde) if ronde.geopend_op is not None else []
    beslist = bezoek.mag(Handeling.SAMENLOOP_BESLISSEN)
    return toon_uitslag(
        bezoek,
        uitslag,
        "samenloop.html",
        f"Dubbele deelname in ronde {kenmerk}",
        kruimels=(
            (definitie.titel, f"/procedures/{quote_pad(definitie.naam)}"),
            (f"Ronde {kenmerk}", f"/rondes/{quote_pad(kenmerk)}"),
        ),
        ronde=ronde,
        standen=[
            (stand, uitslag.kies(_vorm_samenloop(kenmerk, stand)) if beslist and stand.geldt is None else None)
            for stand in standen
        ],
    )


def _vorm_samenloop(ronde: str, stand: Samenloopstand) -> Vorm:
    een = stand.samenloop
    return Vorm(
        id=f"samenloop-{een.kvk}-{een.perceel}",
        actie=f"/rondes/{quote_pad(ronde)}/samenloop",
        knop="Beslis",
        velden=(
            Veld(naam="kvk", label="KvK-nummer", soort=Soort.VAST, waarde=een.kvk),
            Veld(naam="perceel", label="Perceel", soort=Soort.VAST, waarde=een.perceel),
            Veld(
                naam="geldt",
                label="Welke aanmelding telt mee",
                soort=Soort.VINKJES,
                opties=[(k, k) for k in een.aanmeldingen if k not in stand.elders],
                verplicht=False,
                uitleg=_leg_uit(stand),
                codes=("beslist", "besluit", "geldt-onbekend", "geldt-te-veel"),
            ),
            Veld(
                naam="reden",
                label="Waarom",
                soort=Soort.VAK,
                uitleg="Deze tekst komt in de brieven.",
                codes=("reden",),
            ),
        ),
    )


def _leg_uit(stand: Samenloopstand) -> str:
    if not stand.elders:
        return f"Ten hoogste {stand.maximum}. Vinkt u niets aan, dan telt er geen mee."
    elders = ", ".join(stand.elders)
    telt = f"Ten hoogste {stand.maximum}, en uit een andere ronde telt al {elders}."
    return f"{telt} Vinkt u niets aan, dan blijft het daarbij."


@router.post("/rondes/{kenmerk}/samenloop")
def beslis_samenloop(bezoek: Beslisser, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Decide which aanmelding counts for somebody who takes part too often."""
    with lees(bezoek.huis, bezoek.door, Handeling.AANMELDING_LEZEN) as sessie:
        standen = samenlopen.list_samenlopen(sessie, rondes.find_ronde(sessie, kenmerk))
    kvk, perceel = ingevuld["kvk"], ingevuld["perceel"]
    stand = next((s for s in standen if (s.samenloop.kvk, s.samenloop.perceel) == (kvk, perceel)), None)
    if stand is None:
        raise NietTeVindenError
    uitslag = process(
        _vorm_samenloop(kenmerk, stand),
        ingevuld,
        lambda w: samenlopen.decide(bezoek.huis, bezoek.door, kenmerk, kvk=kvk, perceel=perceel, **w),
    )
    if not uitslag.gelukt:
        return _toon_samenloop(bezoek, kenmerk, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=kenmerk)
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}/samenloop", status_code=303)
