"""One change for all agreements, and the yearly cycle of addenda: proposals, progress, redlines, who refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.contractwijziging import Wijzigingstand
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.services import addenda, bulkwerk, contractredline, contractwijzigingen, procedures, wijzigingstand
from inkoop.services.bulkwerk import Bulkuitkomst, Voortgang
from inkoop.services.rondes import lees
from inkoop.services.wijzigingstand import Addendumstand, Wijzigingsverslag
from inkoop.web.bladzijde import list_fouten, quote_pad, snijd, toon, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import WORD, geef_bestand, geef_rekenblad
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Uitslag, Vorm, process
from inkoop.web.wijzigvormen import (
    make_bestandsvorm,
    make_intrekvorm,
    make_vaststelvorm,
    make_voorstelvorm,
    read_bestand,
    read_voorstel,
)

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.OVEREENKOMST_LEZEN))]
Voorsteller = Annotated[Bezoek, Depends(mag(Handeling.WIJZIGING_VOORSTELLEN))]
Opsteller = Annotated[Bezoek, Depends(mag(Handeling.ADDENDUM_OPSTELLEN))]
Keurder = Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_GOEDKEUREN))]

BLADZIJDE = 100


def _pad_lijst(naam: str, *deel: str) -> str:
    return "/".join(("/procedures", quote_pad(naam), "wijzigingen", *deel))


@router.get("/procedures/{naam}/wijzigingen")
def toon_lijst(bezoek: Lezer, naam: str) -> Response:
    """The changes for all agreements of a procedure, the cycle of this year and the next, and room to propose."""
    return _toon_lijst(bezoek, naam, NIETS)


def _toon_lijst(bezoek: Bezoek, naam: str, uitslag: Uitslag) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        definitie = procedures.decode_definitie(procedures.find_procedure(sessie, naam))
        rijen = [
            (rij, contractwijzigingen.decode_inhoud(rij)) for rij in contractwijzigingen.list_wijzigingen(sessie, naam)
        ]
        gezien = contractwijzigingen.look_wijzigingen(naam)(sessie)
    cyclus = definitie.contract.addendumcyclus
    ingang = addenda.next_ingang(cyclus, local_date(bezoek.nu))
    mag_voorstellen = bezoek.mag(Handeling.WIJZIGING_VOORSTELLEN)
    return toon_uitslag(
        bezoek,
        uitslag,
        "wijzigingen.html",
        "Wijzigingen voor alle overeenkomsten",
        kruimels=((definitie.titel, f"/procedures/{quote_pad(naam)}"),),
        naam=naam,
        rijen=rijen,
        termijn=addenda.plan_cyclus(cyclus, ingang),
        tekenen_uiterlijk=addenda.end_of_tekenen(cyclus, ingang),
        ingang=ingang,
        jaren=list(range(ingang.year, definitie.looptijd.ingang.year, -1)),
        voorstel=uitslag.kies(make_voorstelvorm(_pad_lijst(naam)).met(gezien)) if mag_voorstellen else None,
        bestand=uitslag.kies(make_bestandsvorm(_pad_lijst(naam, "bestand")).met(gezien)) if mag_voorstellen else None,
    )


@router.post("/procedures/{naam}/wijzigingen")
def stel_voor(bezoek: Voorsteller, naam: str, ingevuld: Ingevuld) -> Response:
    """Propose a change from the fields of the page."""
    return _stel_voor(bezoek, naam, make_voorstelvorm(_pad_lijst(naam)), ingevuld, read_voorstel)


@router.post("/procedures/{naam}/wijzigingen/bestand")
def lees_voorstel(bezoek: Voorsteller, naam: str, ingevuld: Ingevuld) -> Response:
    """Propose a change from a file."""
    vorm = make_bestandsvorm(_pad_lijst(naam, "bestand"))
    return _stel_voor(bezoek, naam, vorm, ingevuld, lambda waarden: read_bestand(waarden["bestand"]))


def _stel_voor(
    bezoek: Bezoek, naam: str, vorm: Vorm, ingevuld: Ingevuld, lees_in: Callable[[dict[str, Any]], Any]
) -> Response:
    door = bezoek.na(ingevuld["gezien"], contractwijzigingen.look_wijzigingen(naam))
    uitslag = process(
        vorm, ingevuld, lambda w: contractwijzigingen.propose_wijziging(bezoek.huis, door, naam, lees_in(w))
    )
    if not uitslag.gelukt:
        return _toon_lijst(bezoek, naam, uitslag)
    return RedirectResponse(f"/wijzigingen/{quote_pad(uitslag.waarde)}", status_code=303)


def _lees_verslag(bezoek: Bezoek, kenmerk: str, jaar: int | None) -> Wijzigingsverslag:
    """Of a change, or of the cycle of a year of a procedure; NietTeVindenError for a year without agreements."""
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        if jaar is None:
            return wijzigingstand.read_wijziging(sessie, kenmerk)
        if not 1990 < jaar < 2200:
            raise NietTeVindenError
        return wijzigingstand.read_cyclus(sessie, kenmerk, jaar)


@router.get("/wijzigingen/{kenmerk}")
def toon_wijziging(bezoek: Lezer, kenmerk: str, stand: str = "", bladzijde: int = 1) -> Response:
    """One change: what it says, and where the addendum of every agreement stands."""
    return _toon_wijziging(bezoek, kenmerk, NIETS, stand=stand, bladzijde=bladzijde)


def _toon_wijziging(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag, *, stand: str = "", bladzijde: int = 1) -> Response:
    basis = f"/wijzigingen/{quote_pad(kenmerk)}"
    verslag = _lees_verslag(bezoek, kenmerk, None)
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        rij = contractwijzigingen.find_wijziging(sessie, kenmerk)
    voorgesteld = rij.stand is Wijzigingstand.VOORGESTELD
    vast = rij.stand is Wijzigingstand.VASTGESTELD
    return toon_uitslag(
        bezoek,
        uitslag,
        "wijziging.html",
        f"Wijziging {kenmerk}",
        kruimels=(("Wijzigingen voor alle overeenkomsten", _pad_lijst(verslag.procedure)),),
        rij=rij,
        inhoud=contractwijzigingen.decode_inhoud(rij),
        vaststellen=uitslag.kies(make_vaststelvorm(f"{basis}/vaststellen"))
        if voorgesteld and bezoek.mag(Handeling.WIJZIGING_VASTSTELLEN)
        else None,
        intrekken=uitslag.kies(make_intrekvorm(f"{basis}/intrekken"))
        if voorgesteld and bezoek.mag(Handeling.WIJZIGING_VOORSTELLEN)
        else None,
        **_vul_stand(bezoek, verslag, basis, stand, bladzijde, met_werk=vast),
    )


def _vul_stand(
    bezoek: Bezoek, verslag: Wijzigingsverslag, basis: str, stand: str, bladzijde: int, *, met_werk: bool
) -> dict[str, Any]:
    """What the overview of addenda shows: figures, a page of the agreements, and what can be done for all."""
    regels = [een for een in verslag.regels if stand in ("", een.stand)]
    getoond, bladzijde, bladzijden = snijd(regels, bladzijde, BLADZIJDE)
    aantallen = verslag.aantallen
    te_keuren = aantallen[Addendumstand.OPGESTELD]
    return {
        "verslag": verslag,
        "basis": basis,
        "aantallen": aantallen,
        "regels": getoond,
        "standen": [("", "alle"), *((een, format_woord(een)) for een in Addendumstand)],
        "stand": stand,
        "bladzijde": bladzijde,
        "bladzijden": bladzijden,
        "filters": {"stand": stand} if stand else {},
        "werk": bezoek.kern.langwerk.find(_sleutel(verslag)),
        "mag_opstellen": met_werk
        and aantallen[Addendumstand.NOG_NIET] > 0
        and bezoek.mag(Handeling.ADDENDUM_OPSTELLEN),
        "mag_keuren": te_keuren > 0 and bezoek.mag(Handeling.DOCUMENT_GOEDKEUREN),
    }


def _sleutel(verslag: Wijzigingsverslag) -> str:
    return f"addenda:{verslag.wijziging or f'{verslag.procedure}:{verslag.ingang.year}'}"


@router.post("/wijzigingen/{kenmerk}/vaststellen")
def stel_vast(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.WIJZIGING_VASTSTELLEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Adopt a change; from then on addenda say so."""
    basis = f"/wijzigingen/{quote_pad(kenmerk)}"
    uitslag = process(
        make_vaststelvorm(f"{basis}/vaststellen"),
        ingevuld,
        lambda w: contractwijzigingen.adopt_wijziging(bezoek.huis, bezoek.door, kenmerk, grond=w["grond"]),
    )
    return RedirectResponse(basis, status_code=303) if uitslag.gelukt else _toon_wijziging(bezoek, kenmerk, uitslag)


@router.post("/wijzigingen/{kenmerk}/intrekken")
def trek_in(bezoek: Voorsteller, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Let a proposal go."""
    basis = f"/wijzigingen/{quote_pad(kenmerk)}"
    uitslag = process(
        make_intrekvorm(f"{basis}/intrekken"),
        ingevuld,
        lambda w: contractwijzigingen.withdraw_wijziging(bezoek.huis, bezoek.door, kenmerk, w["reden"]),
    )
    return RedirectResponse(basis, status_code=303) if uitslag.gelukt else _toon_wijziging(bezoek, kenmerk, uitslag)


@router.get("/procedures/{naam}/addenda/{jaar}")
def toon_cyclus(bezoek: Lezer, naam: str, jaar: int, stand: str = "", bladzijde: int = 1) -> Response:
    """The cycle of a year: every running agreement, who signed, who refused or was too late, and when."""
    verslag = _lees_verslag(bezoek, naam, jaar)
    return toon(
        bezoek,
        "cyclus.html",
        f"Addenda van {jaar}",
        kruimels=(("Wijzigingen voor alle overeenkomsten", _pad_lijst(naam)),),
        **_vul_stand(bezoek, verslag, _pad_cyclus(naam, jaar), stand, bladzijde, met_werk=_is_nu(bezoek, verslag)),
    )


def _pad_cyclus(naam: str, jaar: int) -> str:
    return f"/procedures/{quote_pad(naam)}/addenda/{jaar}"


def _is_nu(bezoek: Bezoek, verslag: Wijzigingsverslag) -> bool:
    """Whether this is the cycle that is being worked on."""
    return verslag.ingang > local_date(bezoek.nu)


@router.get("/wijzigingen/{kenmerk}/stand.xlsx")
def download_wijziging(bezoek: Lezer, kenmerk: str) -> Response:
    """Where every agreement stands with a change, as a spreadsheet."""
    return _geef_stand(_lees_verslag(bezoek, kenmerk, None), kenmerk)


@router.get("/procedures/{naam}/addenda/{jaar}/stand.xlsx")
def download_cyclus(bezoek: Lezer, naam: str, jaar: int) -> Response:
    """Where every agreement stands in the cycle of a year, as a spreadsheet."""
    return _geef_stand(_lees_verslag(bezoek, naam, jaar), f"addenda-{naam}-{jaar}")


def _geef_stand(verslag: Wijzigingsverslag, naam: str) -> Response:
    return geef_rekenblad(naam, wijzigingstand.KOPPEN, wijzigingstand.list_rijen(verslag.regels))


@router.post("/wijzigingen/{kenmerk}/opstellen")
def stel_op(bezoek: Opsteller, kenmerk: str) -> Response:
    """Draft the addenda that are due for every running agreement, beside the page."""
    return _stel_op(bezoek, _lees_verslag(bezoek, kenmerk, None), f"/wijzigingen/{quote_pad(kenmerk)}")


@router.post("/procedures/{naam}/addenda/{jaar}/opstellen")
def stel_cyclus_op(bezoek: Opsteller, naam: str, jaar: int) -> Response:
    """Draft the addenda of the cycle, beside the page."""
    return _stel_op(bezoek, _lees_verslag(bezoek, naam, jaar), _pad_cyclus(naam, jaar))


def _stel_op(bezoek: Bezoek, verslag: Wijzigingsverslag, terug: str) -> Response:
    def werk(voortgang: Voortgang) -> Bulkuitkomst:
        return bulkwerk.compose_alle(bezoek.huis, bezoek.door, verslag.procedure, voortgang)

    return _begin(bezoek, verslag, "Addenda opstellen", terug, werk)


@router.post("/wijzigingen/{kenmerk}/goedkeuren")
def keur_goed(bezoek: Keurder, kenmerk: str) -> Response:
    """Approve the addenda of a change that wait for it, beside the page; who drafted does not approve."""
    return _keur_goed(bezoek, _lees_verslag(bezoek, kenmerk, None), f"/wijzigingen/{quote_pad(kenmerk)}")


@router.post("/procedures/{naam}/addenda/{jaar}/goedkeuren")
def keur_cyclus_goed(bezoek: Keurder, naam: str, jaar: int) -> Response:
    """Approve the addenda of the cycle that wait for it, beside the page."""
    return _keur_goed(bezoek, _lees_verslag(bezoek, naam, jaar), _pad_cyclus(naam, jaar))


def _keur_goed(bezoek: Bezoek, verslag: Wijzigingsverslag, terug: str) -> Response:
    def werk(voortgang: Voortgang) -> Bulkuitkomst:
        return bulkwerk.approve_alle(bezoek.huis, bezoek.door, verslag, voortgang)

    return _begin(bezoek, verslag, "Addenda goedkeuren", terug, werk)


def _begin(
    bezoek: Bezoek, verslag: Wijzigingsverslag, wat: str, terug: str, werk: Callable[[Voortgang], Bulkuitkomst]
) -> Response:
    """Begin work on many agreements; afterwards the texts that it asked for are made."""
    door, bijwerker = bezoek.door, bezoek.kern.bijwerker

    def doe(voortgang: Voortgang) -> Bulkuitkomst:
        uitkomst = werk(voortgang)
        bijwerker.vraag()
        return uitkomst

    bezoek.kern.langwerk.begin(_sleutel(verslag), wat, terug, door, doe)
    return RedirectResponse(terug, status_code=303)


@router.get("/addenda/{nummer}/redline")
def toon_redline(bezoek: Lezer, nummer: str, onderdeel: str = "") -> Response:
    """The whole agreement without and with an addendum, clause by clause."""
    fouten: tuple[str, ...] = ()
    vergelijking = None
    try:
        vergelijking = contractredline.compare_addendum(bezoek.huis, bezoek.door, nummer, onderdeel)
    except BeletselenError as fout:
        fouten = list_fouten(fout)
    return toon(
        bezoek,
        "redline.html",
        f"Wat addendum {nummer} verandert",
        status=409 if fouten else 200,
        fouten=fouten,
        kruimels=((f"Tekenen: {nummer}", f"/tekenen/{quote_pad(nummer)}"),),
        nummer=nummer,
        onderdeel=onderdeel,
        vergelijking=vergelijking,
    )


@router.get("/addenda/{nummer}/redline.docx")
def download_redline(bezoek: Lezer, nummer: str, onderdeel: str = "") -> Response:
    """The same as a Word file with tracked changes."""
    uit = contractredline.compare_addendum(bezoek.huis, bezoek.door, nummer, onderdeel)
    return geef_bestand(uit.docx, WORD, f"{nummer}-redline.docx")
