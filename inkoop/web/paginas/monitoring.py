"""The talk about a quarter, recorded on exactly the subjects of the procedure; what the local toegang saw."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.monitoring import (
    Controlepunt,
    Kwaliteitssignaal,
    Kwartaalmeting,
    Kwartaalopgave,
    Terugkoppeling,
    Toegangsantwoord,
    Toegangswoord,
    end_of_kwartaal,
)
from inkoop.domain.toegang import Handeling
from inkoop.services import monitoring
from inkoop.web.bladzijde import quote_pad, toon, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, list_opties, process

router = APIRouter()
Vastlegger = Annotated[Bezoek, Depends(mag(Handeling.KWARTAAL_VASTLEGGEN))]
Toegang = Annotated[Bezoek, Depends(mag(Handeling.TERUGKOPPELING_VASTLEGGEN))]


@router.get("/contracten/{nummer}/kwartaal")
def toon_kwartaal(bezoek: Vastlegger, nummer: str, kwartaal: str = "") -> Response:
    """The form about a quarter: the last one that ended and was not recorded, unless another is asked for."""
    gesprek = monitoring.read_gesprek(bezoek.huis, bezoek.door, nummer)
    gekozen = next(
        (k for k in gesprek.open if f"{k[0]}-{k[1]}" == kwartaal), gesprek.open[-1] if gesprek.open else None
    )
    return _toon_kwartaal(bezoek, gesprek, gekozen, NIETS)


def _toon_kwartaal(
    bezoek: Bezoek, gesprek: monitoring.Gesprek, gekozen: tuple[int, int] | None, uitslag: Uitslag
) -> Response:
    nummer = gesprek.contractnummer
    eigen = not bezoek.mag(Handeling.OVEREENKOMST_LEZEN)
    return toon_uitslag(
        bezoek,
        uitslag,
        "kwartaal.html",
        f"Kwartaalgesprek met {gesprek.aanbieder}",
        kruimels=(("Mijn aanmeldingen", "/aanmelden"),)
        if eigen
        else (("Contracten", "/contracten"), (nummer, f"/contracten/{quote_pad(nummer)}")),
        gesprek=gesprek,
        gekozen=gekozen,
        einde=end_of_kwartaal(*gekozen) if gekozen else None,
        vorm=uitslag.kies(_vorm_kwartaal(gesprek, gekozen)) if gekozen else None,
        eigen=eigen,
    )


def _vorm_kwartaal(gesprek: monitoring.Gesprek, gekozen: tuple[int, int]) -> Vorm:
    jaar, kwartaal = gekozen
    velden = [Veld(naam="kwartaal", label="", soort=Soort.VAST, waarde=f"{jaar}-{kwartaal}")]
    for i, thema in enumerate(gesprek.contract.kwartaalthemas):
        velden += [
            Veld(naam=f"kop{i}", label=thema[:1].upper() + thema[1:], soort=Soort.KOP),
            Veld(naam=f"stand{i}", label="Stand nu"),
            Veld(naam=f"vorig{i}", label="Vorig kwartaal", verplicht=False),
            Veld(naam=f"toelichting{i}", label="Toelichting", soort=Soort.VAK, rijen=2, verplicht=False),
        ]
    if kwartaal == gesprek.contract.jaarcontrole_kwartaal:
        uitleg = "In dit kwartaal worden de kwaliteitseisen opnieuw bekeken. Schrijf bij elke eis wat u zag."
        velden.append(Veld(naam="jaarkop", label="Jaarlijkse controle", soort=Soort.KOP, uitleg=uitleg))
        velden += [
            Veld(naam=f"controle{i}", label=punt, soort=Soort.VAK, rijen=2)
            for i, punt in enumerate(gesprek.jaarcontrole)
        ]
    velden += [
        Veld(naam="slot", label="Tot slot", soort=Soort.KOP),
        Veld(naam="signalen", label="Signalen", soort=Soort.VAK, uitleg=_GEEN_NAMEN),
        Veld(naam="vooruitblik", label="Vooruitblik", soort=Soort.VAK),
        Veld(naam="ingevuld_door", label="Ingevuld door", uitleg="De naam of functie van wie dit opschreef."),
    ]
    return Vorm(
        id="kwartaal",
        actie=f"/contracten/{quote_pad(gesprek.contractnummer)}/kwartaal",
        knop="Leg het gesprek vast",
        velden=velden,
    )


_GEEN_NAMEN = "Aantallen, geen namen; ook geen aantallen waarin iemand te herkennen is."


@router.post("/contracten/{nummer}/kwartaal")
def leg_kwartaal_vast(bezoek: Vastlegger, nummer: str, ingevuld: Ingevuld) -> Response:
    """Record the talk; its report is made from it."""
    gesprek = monitoring.read_gesprek(bezoek.huis, bezoek.door, nummer)
    gekozen = next((k for k in gesprek.open if f"{k[0]}-{k[1]}" == ingevuld["kwartaal"]), None)
    if gekozen is None:
        fout = "Over dit kwartaal is al gerapporteerd, of het is nog niet voorbij. Kies een ander kwartaal."
        vorm = replace(_vorm_kwartaal(gesprek, _read_kwartaal(ingevuld["kwartaal"])), getypt=ingevuld)
        return _toon_kwartaal(bezoek, gesprek, None, Uitslag(gelukt=False, vorm=vorm, fouten=(fout,)))

    def doe(waarden: dict[str, Any]) -> str:
        opgave = Kwartaalopgave(
            metingen=tuple(
                Kwartaalmeting(
                    onderwerp=thema,
                    stand=waarden[f"stand{i}"],
                    vorig_kwartaal=waarden[f"vorig{i}"],
                    toelichting=waarden[f"toelichting{i}"],
                )
                for i, thema in enumerate(gesprek.contract.kwartaalthemas)
            ),
            signalen=waarden["signalen"],
            vooruitblik=waarden["vooruitblik"],
            ingevuld_door=waarden["ingevuld_door"],
            jaarcontrole=tuple(
                Controlepunt(onderwerp=punt, tekst=waarden[f"controle{i}"])
                for i, punt in enumerate(gesprek.jaarcontrole)
                if f"controle{i}" in waarden
            ),
        )
        return monitoring.record_kwartaal(
            bezoek.huis, bezoek.door, nummer, jaar=gekozen[0], kwartaal=gekozen[1], opgave=opgave
        )

    uitslag = process(_vorm_kwartaal(gesprek, gekozen), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon_kwartaal(bezoek, gesprek, gekozen, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=gesprek.ronde)
    doel = f"/contracten/{quote_pad(nummer)}" if bezoek.mag(Handeling.OVEREENKOMST_LEZEN) else "/aanmelden"
    return RedirectResponse(doel, status_code=303)


def _read_kwartaal(tekst: str) -> tuple[int, int]:
    """The quarter that a form was about; of one that is none, the first of a year without questions of its own."""
    jaar, _, kwartaal = tekst.partition("-")
    return (int(jaar), int(kwartaal)) if re.fullmatch(r"\d{4}-[1-4]", tekst) else (0, 0)


@router.get("/terugkoppeling")
def toon_contracten(bezoek: Toegang, q: str = "") -> Response:
    """The agreements that run, for the local toegang: to find the one it saw support under."""
    regels = monitoring.list_lopend(bezoek.huis, bezoek.door, q) if q.strip() else ()
    return toon(bezoek, "terugkoppeling.html", "Terugkoppeling van de toegang", q=q, regels=regels)


@router.get("/terugkoppeling/{nummer}")
def toon_terugkoppeling(bezoek: Toegang, nummer: str) -> Response:
    """What the toegang is asked about support under an agreement."""
    return _toon_terugkoppeling(bezoek, nummer, NIETS)


def _toon_terugkoppeling(bezoek: Bezoek, nummer: str, uitslag: Uitslag) -> Response:
    vraag = monitoring.read_toegangsvraag(bezoek.huis, bezoek.door, nummer)
    return toon_uitslag(
        bezoek,
        uitslag,
        "terugkoppeling_nieuw.html",
        f"Terugkoppeling over {vraag.aanbieder}",
        kruimels=(("Terugkoppeling", "/terugkoppeling"),),
        vraag_over=vraag,
        vorm=uitslag.kies(_vorm_terugkoppeling(vraag)),
    )


def _vorm_terugkoppeling(vraag: monitoring.Toegangsvraag) -> Vorm:
    contract = vraag.contract
    velden = [
        Veld(naam="gemeente", label="Gemeente", soort=Soort.LIJST, opties=vraag.gemeenten, codes=("gemeente",)),
        Veld(naam="product", label="Product", soort=Soort.LIJST, opties=vraag.producten, codes=("product",)),
        Veld(naam="aanleiding", label="Aanleiding", uitleg="Bijvoorbeeld: evaluatie, of een nieuwe indicatie."),
    ]
    woorden = list_opties(Toegangswoord)
    for i, tekst in enumerate(contract.toegangsvragen):
        velden += [
            Veld(naam=f"antwoord{i}", label=tekst[:1].upper() + tekst[1:], soort=Soort.KEUZE, opties=woorden),
            Veld(naam=f"toelichting{i}", label="Toelichting", soort=Soort.VAK, rijen=2, uitleg=_GEEN_CLIENT),
        ]
    if contract.kwaliteitsaspecten:
        uitleg = "Vul alleen in waarop u de aanbieder wilt aanspreken."
        velden.append(Veld(naam="kwaliteit", label="Kwaliteit", soort=Soort.KOP, uitleg=uitleg))
        velden += [
            Veld(naam=f"aspect{i}", label=aspect[:1].upper() + aspect[1:], verplicht=False)
            for i, aspect in enumerate(contract.kwaliteitsaspecten)
        ]
    return Vorm(
        id="terugkoppeling",
        actie=f"/terugkoppeling/{quote_pad(vraag.contractnummer)}",
        knop="Leg de terugkoppeling vast",
        velden=velden,
    )


_GEEN_CLIENT = "Noem geen naam en geen nummer van een cliënt."


@router.post("/terugkoppeling/{nummer}")
def leg_terugkoppeling_vast(bezoek: Toegang, nummer: str, ingevuld: Ingevuld) -> Response:
    """Record what the toegang saw; its paper is made from it."""
    vraag = monitoring.read_toegangsvraag(bezoek.huis, bezoek.door, nummer)
    contract = vraag.contract

    def doe(waarden: dict[str, Any]) -> str:
        opgave = Terugkoppeling(
            gemeente=waarden["gemeente"],
            product=waarden["product"],
            aanleiding=waarden["aanleiding"],
            antwoorden=tuple(
                Toegangsantwoord(
                    vraag=tekst, antwoord=Toegangswoord(waarden[f"antwoord{i}"]), toelichting=waarden[f"toelichting{i}"]
                )
                for i, tekst in enumerate(contract.toegangsvragen)
            ),
            kwaliteit=tuple(
                Kwaliteitssignaal(aspect=aspect, tekst=waarden[f"aspect{i}"])
                for i, aspect in enumerate(contract.kwaliteitsaspecten)
                if waarden[f"aspect{i}"]
            ),
        )
        return monitoring.record_terugkoppeling(bezoek.huis, bezoek.door, nummer, opgave)

    uitslag = process(_vorm_terugkoppeling(vraag), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon_terugkoppeling(bezoek, nummer, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=vraag.ronde)
    melding = f"De terugkoppeling is vastgelegd als {uitslag.waarde}."
    return toon(bezoek, "terugkoppeling.html", "Terugkoppeling van de toegang", melding=melding, q="", regels=())
