"""Agreements: the list with its filter in the address, one agreement with all that belongs to it, its text on a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.contractprofiel import PROFIELEN
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.domain.woorden import format_woord
from inkoop.services import bewaking, contractblad, contractlijst, geconsolideerd
from inkoop.services.contractlijst import Contractvraag
from inkoop.services.drukkerij import share_drukkerij
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import count_bladzijden, quote_pad, toon, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import WORD, geef_bestand, geef_rekenblad
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process, read_dag

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.OVEREENKOMST_LEZEN))]

BLADZIJDE = 50
SORTERINGEN = (
    ("nummer", "nummer"),
    ("aanbieder", "aanbieder"),
    ("einddatum", "einddatum"),
    ("ingang", "nieuwste eerst"),
)
EINDES = (("", "alle"), ("90", "binnen 3 maanden"), ("180", "binnen 6 maanden"), ("365", "binnen een jaar"))


def _vraag(bezoek: Bezoek, q: str, procedure: str, stand: str, einde: str, sortering: str) -> Contractvraag:
    """The filter of the address; an unknown word filters nothing away."""
    dagen = {waarde for waarde, _ in EINDES if waarde}
    voor = local_date(bezoek.nu) + timedelta(days=int(einde)) if einde in dagen else None
    return Contractvraag(zoek=q[:100], procedure=procedure, status=stand, eindigt_voor=voor, sortering=sortering)


@router.get("/contracten")
def toon_lijst(
    bezoek: Lezer,
    q: str = "",
    procedure: str = "",
    stand: str = "",
    einde: str = "",
    sortering: str = "nummer",
    bladzijde: int = 1,
) -> Response:
    """The list, as filtered; the address holds the filter."""
    vraag = _vraag(bezoek, q, procedure, stand, einde, sortering)
    bladzijde = min(max(bladzijde, 1), 100_000)
    regels, totaal = contractlijst.list_contracten(
        bezoek.huis, bezoek.door, vraag, (bladzijde - 1) * BLADZIJDE, BLADZIJDE
    )
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        namen = contractlijst.list_procedures(sessie)
    filters = {"q": q, "procedure": procedure, "stand": stand, "einde": einde, "sortering": sortering}
    return toon(
        bezoek,
        "contracten.html",
        "Contracten",
        regels=regels,
        totaal=totaal,
        bladzijde=bladzijde,
        bladzijden=count_bladzijden(totaal, BLADZIJDE),
        filters={naam: waarde for naam, waarde in filters.items() if waarde},
        procedures=[("", "alle"), *((naam, naam) for naam in namen)],
        standen=[("", "alle"), *((een, format_woord(een)) for een in Overeenkomststatus)],
        eindes=EINDES,
        sorteringen=SORTERINGEN,
        q=q,
        procedure=procedure,
        stand=stand,
        einde=einde,
        sortering=sortering,
    )


@router.get("/contracten.xlsx")
def download_lijst(
    bezoek: Lezer, q: str = "", procedure: str = "", stand: str = "", einde: str = "", sortering: str = "nummer"
) -> Response:
    """The filtered list as a spreadsheet."""
    vraag = _vraag(bezoek, q, procedure, stand, einde, sortering)
    regels, _ = contractlijst.list_contracten(bezoek.huis, bezoek.door, vraag)
    koppen = ("Contractnummer", "Aanbieder", "KvK", "Procedure", "Ronde", "Percelen", "Stand", "Ingang", "Einddatum")
    rijen = [
        (
            *(r.contractnummer, r.aanbieder, r.kvk, r.procedure, r.ronde, ", ".join(r.percelen)),
            *(format_woord(r.status), r.ingang, r.einddatum),
        )
        for r in regels
    ]
    return geef_rekenblad("contracten", koppen, rijen)


@router.get("/contracten/{nummer}")
def toon_contract(bezoek: Lezer, nummer: str) -> Response:
    """One agreement: parties, what was agreed, addenda, terms, measures, papers, and what can be recorded."""
    return toon_blad(bezoek, nummer, NIETS)


def toon_blad(bezoek: Bezoek, nummer: str, uitslag: Uitslag) -> Response:
    """The page of an agreement after a form on it was refused, or opened; of an addendum that of its agreement."""
    blad = contractblad.read_blad(bezoek.huis, bezoek.door, nummer)
    if blad.contractnummer != nummer:
        return RedirectResponse(f"/contracten/{quote_pad(blad.contractnummer)}#addenda", status_code=303)
    lopend = blad.lopend
    return toon_uitslag(
        bezoek,
        uitslag,
        "contract.html",
        f"{nummer}: {blad.aanbieder}",
        kruimels=(("Contracten", "/contracten"),),
        blad=blad,
        profielen=PROFIELEN,
        vandaag=local_date(bezoek.nu),
        stuk=uitslag.kies(_vorm_stuk(nummer).met(bezoek.zie(bewaking.look_stukken(nummer))))
        if lopend and bezoek.mag(Handeling.STUK_VASTLEGGEN)
        else None,
        meting=uitslag.kies(_vorm_meting(blad))
        if lopend and blad.plichten and bezoek.mag(Handeling.PLICHT_METEN)
        else None,
    )


def _vorm_stuk(nummer: str) -> Vorm:
    return Vorm(
        id="stuk",
        actie=f"/contracten/{quote_pad(nummer)}/stuk",
        knop="Leg het stuk vast",
        velden=(
            Veld(naam="naam", label="Welk stuk", codes=("stuk-naam", "stuk-dubbel"), uitleg=_UITLEG_STUK),
            Veld(naam="geldig_tot", label="Laatste dag waarop het geldt", soort=Soort.DAG, codes=("stuk-verlopen",)),
            Veld(naam="bewijs", label="Waar is het te vinden", codes=("stuk-bewijs",), uitleg="Bijvoorbeeld: zaak 77."),
        ),
    )


_UITLEG_STUK = "De code van een criterium (dan komt het in de plaats van dat stuk), of een eigen naam."


def _vorm_meting(blad: contractblad.Contractblad) -> Vorm:
    return Vorm(
        id="meting",
        actie=f"/contracten/{quote_pad(blad.contractnummer)}/meting",
        knop="Leg de meting vast",
        velden=(
            Veld(
                naam="plicht",
                label="Welke plicht",
                soort=Soort.LIJST,
                opties=[(een.code, f"{een.wat} ({een.eenheid})") for een in blad.plichten],
                codes=("meting-dubbel",),
            ),
            Veld(
                naam="peildatum",
                label="Laatste dag van de periode",
                soort=Soort.DAG,
                codes=("meting-dag", "meting-toekomst"),
            ),
            Veld(naam="waarde", label="Gemeten", soort=Soort.GETAL, uitleg="Een getal; het wordt niet afgerond."),
            Veld(naam="bewijs", label="Waar komen de cijfers vandaan", codes=("meting-bewijs",)),
        ),
    )


@router.post("/contracten/{nummer}/stuk")
def leg_stuk_vast(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.STUK_VASTLEGGEN))], nummer: str, ingevuld: Ingevuld
) -> Response:
    """Record a certificate or document that was seen."""
    door = bezoek.na(ingevuld["gezien"], bewaking.look_stukken(nummer))
    uitslag = process(_vorm_stuk(nummer), ingevuld, lambda w: bewaking.record_stuk(bezoek.huis, door, nummer, **w))
    return _volg(bezoek, nummer, uitslag)


@router.post("/contracten/{nummer}/meting")
def leg_meting_vast(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.PLICHT_METEN))], nummer: str, ingevuld: Ingevuld
) -> Response:
    """Record what was measured of a duty."""
    blad = contractblad.read_blad(bezoek.huis, bezoek.door, nummer)
    uitslag = process(
        _vorm_meting(blad), ingevuld, lambda w: bewaking.record_meting(bezoek.huis, bezoek.door, nummer, **w)
    )
    return _volg(bezoek, nummer, uitslag)


@router.post("/contracten/{nummer}/addendum")
def stel_addendum_op(bezoek: Annotated[Bezoek, Depends(mag(Handeling.ADDENDUM_OPSTELLEN))], nummer: str) -> Response:
    """Draft the addendum of the running cycle on this agreement."""
    uitslag = contractblad.draft_addendum(bezoek.huis, bezoek.door, nummer)
    if not uitslag:
        return toon_blad(bezoek, nummer, Uitslag(gelukt=False, fouten=(_GEEN_ADDENDUM,)))
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        ronde = contractblad.find_ronde(sessie, nummer)
    bezoek.kern.bijwerker.vraag(ronde=ronde)
    return RedirectResponse(f"/contracten/{quote_pad(nummer)}#addenda", status_code=303)


_GEEN_ADDENDUM = (
    "Er is nu geen addendum op te stellen: er verandert niets, het addendum is er al, de cyclus is nog niet begonnen, "
    "of een gevraagde wijziging wacht nog op haar besluit."
)


def _volg(bezoek: Bezoek, nummer: str, uitslag: Uitslag) -> Response:
    if not uitslag.gelukt:
        return toon_blad(bezoek, nummer, uitslag)
    return RedirectResponse(f"/contracten/{quote_pad(nummer)}#termijnen", status_code=303)


@router.get("/contracten/{nummer}/tekst.{soort}")
def download_tekst(bezoek: Lezer, nummer: str, soort: str, op: str = "") -> Response:
    """The text of the agreement as it holds on a day (today when none is named), with what addenda changed."""
    if soort not in {"pdf", "docx"}:
        raise NietTeVindenError
    try:
        dag = read_dag(op) if op else local_date(bezoek.nu)
    except ValueError:
        fout = f"'{op}' is geen bestaande dag. Schrijf hem als 31-3-2020."
        return toon_blad(bezoek, nummer, Uitslag(gelukt=False, fouten=(fout,)))
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        opdracht = geconsolideerd.order_tekst(bezoek.huis, sessie, nummer, dag)
    gemaakt = share_drukkerij().submit(opdracht.order()).result()
    naam = f"{nummer}-op-{dag.isoformat()}.{soort}"
    inhoud, mediatype = (gemaakt.pdf, "application/pdf") if soort == "pdf" else (gemaakt.docx, WORD)
    return geef_bestand(inhoud, mediatype, naam)
