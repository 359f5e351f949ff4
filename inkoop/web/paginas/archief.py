"""Files with their terms, lists to destroy or transfer, and what is held: for the archivaris."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.archief import Dossiersoort, Lijstsoort, Lijststatus, Regelstand
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.services import archieflijsten, archiefoverzicht, overbrengkopie, vernietigen
from inkoop.services.archiefoverzicht import Overzichtregel
from inkoop.services.bulkwerk import Bulkuitkomst, Voortgang
from inkoop.services.rondes import lees
from inkoop.web.archiefvormen import make_overbrengvorm, make_wegvorm
from inkoop.web.bladzijde import quote_pad, snijd, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.meegeven import geef_rekenblad
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.ARCHIEF_LEZEN))]
Voorsteller = Annotated[Bezoek, Depends(mag(Handeling.ARCHIEFLIJST_VOORSTELLEN))]
Slotzetter = Annotated[Bezoek, Depends(mag(Handeling.BEWAARSLOT_ZETTEN))]

BLADZIJDE = 50
STANDEN = (("", "alle"), ("vrij", "mag nu weg of over"), ("vast", "vastgehouden"), ("loopt", "termijn loopt"))


def _kies(bezoek: Bezoek, q: str, soort: str, stand: str) -> Sequence[Overzichtregel]:
    """The files that a filter leaves, what may go first on top; an unknown word filters nothing away."""
    soort = soort if soort in set(Dossiersoort) else ""
    stand = stand if stand in dict(STANDEN) else ""
    with lees(bezoek.huis, bezoek.door, Handeling.ARCHIEF_LEZEN) as sessie:
        return archiefoverzicht.search(sessie, local_date(bezoek.nu), q=q, soort=soort, stand=stand)


@router.get("/archief")
def toon_archief(bezoek: Lezer, q: str = "", soort: str = "", stand: str = "", bladzijde: int = 1) -> Response:
    """The files with the day on which each may go, the lists, and what is held."""
    return _toon(bezoek, NIETS, q=q, soort=soort, stand=stand, bladzijde=bladzijde)


def _toon(
    bezoek: Bezoek, uitslag: Uitslag, *, q: str = "", soort: str = "", stand: str = "", bladzijde: int = 1
) -> Response:
    dossiers, op = _kies(bezoek, q, soort, stand), local_date(bezoek.nu)
    getoond, bladzijde, bladzijden = snijd(dossiers, bladzijde, BLADZIJDE)
    with lees(bezoek.huis, bezoek.door, Handeling.ARCHIEF_LEZEN) as sessie:
        lijsten, sloten = archieflijsten.list_lijsten(sessie), archieflijsten.list_sloten(sessie)
    filters = {"q": q, "soort": soort, "stand": stand}
    houdt = bezoek.mag(Handeling.BEWAARSLOT_ZETTEN)
    return toon_uitslag(
        bezoek,
        uitslag,
        "archief.html",
        "Archief",
        dossiers=[(een.dossier, een.name_stand(op)) for een in getoond],
        totaal=len(dossiers),
        bladzijde=bladzijde,
        bladzijden=bladzijden,
        filters={naam: waarde for naam, waarde in filters.items() if waarde},
        soorten=[("", "alle"), *((een, format_woord(een)) for een in Dossiersoort)],
        standen=STANDEN,
        lijsten=lijsten,
        sloten=[(slot, uitslag.kies(_vorm_los(slot.dossier)) if houdt else None) for slot in sloten],
        nieuw=uitslag.kies(_vorm_lijst()) if bezoek.mag(Handeling.ARCHIEFLIJST_VOORSTELLEN) else None,
        vast=uitslag.kies(_vorm_vast()) if houdt else None,
        q=q,
        soort=soort,
        stand=stand,
    )


@router.get("/archief.xlsx")
def download_archief(bezoek: Lezer, q: str = "", soort: str = "", stand: str = "") -> Response:
    """The filtered files as a spreadsheet."""
    koppen = ("Dossier", "Soort", "Procedure", "Waardering", "Vanaf", "Bewaren tot en met", "Vastgehouden", "Bron")
    rijen = [
        (
            *(een.naam, format_woord(een.soort), een.procedure, str(een.regel.waardering), een.vanaf, een.tot),
            *("; ".join(een.vast), een.regel.bron),
        )
        for een in (regel.dossier for regel in _kies(bezoek, q, soort, stand))
    ]
    return geef_rekenblad("archief", koppen, rijen)


def _vorm_lijst() -> Vorm:
    soorten = ((Lijstsoort.VERNIETIGING, "om te vernietigen"), (Lijstsoort.OVERBRENGING, "om over te brengen"))
    return Vorm(
        id="lijst",
        actie="/archief/lijsten",
        knop="Stel de lijst op",
        velden=(
            Veld(naam="soort", label="Soort lijst", soort=Soort.KEUZE, opties=soorten, codes=("archief-leeg",)),
            Veld(naam="toelichting", label="Waarom", soort=Soort.VAK, codes=("archief-toelichting",)),
            Veld(
                naam="dossiers",
                label="Alleen deze dossiers",
                soort=Soort.VAK,
                verplicht=False,
                uitleg="Op elke regel een kenmerk. Leeg: alles wat nu mag.",
                codes=("archief-onbekend", "archief-bezet", "archief-waardering", "archief-termijn", "archief-open"),
            ),
        ),
    )


def _vorm_vast() -> Vorm:
    return Vorm(
        id="vast",
        actie="/archief/sloten",
        knop="Houd vast",
        velden=(
            Veld(naam="naam", label="Dossier, ronde of procedure", codes=("archief-vast",)),
            Veld(naam="reden", label="Waarom", codes=("archief-reden",)),
        ),
    )


def _vorm_los(naam: str) -> Vorm:
    return Vorm(
        id=f"los-{naam}",
        actie=f"/archief/sloten/{quote_pad(naam)}/vrijgeven",
        knop="Geef vrij",
        knopsoort="secondary-action",
        velden=(Veld(naam="reden", label="Waarom", codes=("archief-reden", "archief-los")),),
    )


@router.post("/archief/lijsten")
def stel_lijst_op(bezoek: Voorsteller, ingevuld: Ingevuld) -> Response:
    """Draw up a list of what may go."""

    def doe(waarden: dict[str, Any]) -> str:
        namen = [regel.strip() for regel in waarden["dossiers"].splitlines() if regel.strip()]
        soort = Lijstsoort(waarden["soort"])
        return archieflijsten.propose_lijst(bezoek.huis, bezoek.door, soort, waarden["toelichting"], namen)

    uitslag = process(_vorm_lijst(), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon(bezoek, uitslag)
    return RedirectResponse(f"/archief/lijsten/{quote_pad(uitslag.waarde)}", status_code=303)


@router.post("/archief/sloten")
def houd_vast(bezoek: Slotzetter, ingevuld: Ingevuld) -> Response:
    """Keep a file whatever its term."""
    uitslag = process(
        _vorm_vast(),
        ingevuld,
        lambda w: archieflijsten.hold_dossier(bezoek.huis, bezoek.door, w["naam"], w["reden"]),
        genoemd="naam",
    )
    return RedirectResponse("/archief#sloten", status_code=303) if uitslag.gelukt else _toon(bezoek, uitslag)


@router.post("/archief/sloten/{naam}/vrijgeven")
def geef_vrij(bezoek: Slotzetter, naam: str, ingevuld: Ingevuld) -> Response:
    """Let go what a person held."""
    uitslag = process(
        _vorm_los(naam), ingevuld, lambda w: archieflijsten.release_dossier(bezoek.huis, bezoek.door, naam, w["reden"])
    )
    return RedirectResponse("/archief#sloten", status_code=303) if uitslag.gelukt else _toon(bezoek, uitslag)


@router.get("/archief/lijsten/{kenmerk}")
def toon_lijst(bezoek: Lezer, kenmerk: str) -> Response:
    """One list: each file with its ground and what became of it, and the one act that is next."""
    return toon_lijstblad(bezoek, kenmerk, NIETS)


def toon_lijstblad(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    """The page of a list after a form on it was refused, or opened."""
    with lees(bezoek.huis, bezoek.door, Handeling.ARCHIEF_LEZEN) as sessie:
        rij = archieflijsten.find_lijst(sessie, kenmerk)
        regels = archieflijsten.list_regels(sessie, rij)
    keurt = rij.status is Lijststatus.VOORGESTELD and bezoek.mag(Handeling.ARCHIEFLIJST_GOEDKEUREN)
    open_ = rij.status in archieflijsten.OPEN
    voert_uit = rij.status is Lijststatus.GOEDGEKEURD and bezoek.mag(Handeling.ARCHIEFLIJST_UITVOEREN)
    weg = rij.soort is Lijstsoort.VERNIETIGING
    return toon_uitslag(
        bezoek,
        uitslag,
        "archieflijst.html",
        f"Lijst {kenmerk} ({rij.soort})",
        kruimels=(("Archief", "/archief"),),
        rij=rij,
        regels=regels,
        keuren=uitslag.kies(_vorm_keuren(kenmerk)) if keurt else None,
        intrekken=uitslag.kies(_vorm_intrekken(kenmerk))
        if open_ and bezoek.mag(Handeling.ARCHIEFLIJST_VOORSTELLEN)
        else None,
        vernietigen=uitslag.kies(_vorm_vernietigen(kenmerk)) if voert_uit and weg else None,
        overbrengen=uitslag.kies(make_overbrengvorm(kenmerk)) if voert_uit and not weg else None,
        kopie=uitslag.kies(make_wegvorm(kenmerk))
        if bezoek.mag(Handeling.ARCHIEFLIJST_UITVOEREN)
        and overbrengkopie.find_kopie(bezoek.huis, bezoek.door, kenmerk) is not None
        else None,
        werk=bezoek.kern.langwerk.find(f"lijst:{kenmerk}"),
        over=sum(een.stand is Regelstand.OPEN for een in regels),
    )


def _vorm_keuren(kenmerk: str) -> Vorm:
    return Vorm(
        id="keuren",
        actie=f"/archief/lijsten/{quote_pad(kenmerk)}/goedkeuren",
        knop="Keur de lijst goed",
        velden=(
            Veld(
                naam="zonder",
                label="Behalve deze dossiers",
                soort=Soort.VAK,
                verplicht=False,
                uitleg="Op elke regel: kenmerk: waarom het niet mee mag.",
                codes=("archief-regel", "archief-reden", "archief-leeg"),
            ),
        ),
    )


def _vorm_intrekken(kenmerk: str) -> Vorm:
    return Vorm(
        id="intrekken",
        actie=f"/archief/lijsten/{quote_pad(kenmerk)}/intrekken",
        knop="Trek de lijst in",
        knopsoort="secondary-action",
        velden=(Veld(naam="reden", label="Waarom", codes=("archief-reden", "archief-begonnen")),),
    )


def _vorm_vernietigen(kenmerk: str) -> Vorm:
    return Vorm(
        id="vernietigen",
        actie=f"/archief/lijsten/{quote_pad(kenmerk)}/vernietigen",
        knop="Vernietig wat op deze lijst staat",
        velden=(
            Veld(
                naam="zeker",
                label="Weet u het zeker",
                soort=Soort.VINKJES,
                opties=(("ja", "Ja. Ik weet dat dit niet terug te draaien is."),),
            ),
        ),
    )


@router.post("/archief/lijsten/{kenmerk}/goedkeuren")
def keur_goed(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.ARCHIEFLIJST_GOEDKEUREN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Approve a list, as somebody else than who proposed it."""

    def doe(waarden: dict[str, Any]) -> None:
        paren = (regel.partition(":") for regel in waarden["zonder"].splitlines() if regel.strip())
        zonder = {naam.strip(): reden.strip() for naam, _, reden in paren}
        archieflijsten.approve_lijst(bezoek.huis, bezoek.door, kenmerk, zonder)

    return _volg(bezoek, kenmerk, process(_vorm_keuren(kenmerk), ingevuld, doe))


@router.post("/archief/lijsten/{kenmerk}/intrekken")
def trek_in(bezoek: Voorsteller, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Let a list go."""
    vorm = _vorm_intrekken(kenmerk)
    uitslag = process(
        vorm, ingevuld, lambda w: archieflijsten.withdraw_lijst(bezoek.huis, bezoek.door, kenmerk, w["reden"])
    )
    return _volg(bezoek, kenmerk, uitslag)


@router.post("/archief/lijsten/{kenmerk}/vernietigen")
def vernietig(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.ARCHIEFLIJST_UITVOEREN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Destroy what stands on an approved list, beside the page; the page shows what went."""

    def doe(_: dict[str, Any]) -> None:
        with lees(bezoek.huis, bezoek.door, Handeling.ARCHIEF_LEZEN) as sessie:
            rij = archieflijsten.find_lijst(sessie, kenmerk)
        archieflijsten.require_uitvoerbaar(rij, Lijstsoort.VERNIETIGING)
        huis, door = bezoek.huis, bezoek.door

        def werk(voortgang: Voortgang) -> Bulkuitkomst:
            uit = vernietigen.destroy_lijst(huis, door, kenmerk, voortgang)
            staat_nog = tuple(beletsel.tekst for beletsel in uit.staat_nog)
            return Bulkuitkomst(gedaan=uit.vernietigd, niets=0, apart=staat_nog)

        terug = f"/archief/lijsten/{quote_pad(kenmerk)}"
        bezoek.kern.langwerk.begin(f"lijst:{kenmerk}", "Vernietigen", terug, door, werk)

    return _volg(bezoek, kenmerk, process(_vorm_vernietigen(kenmerk), ingevuld, doe))


def _volg(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    if not uitslag.gelukt:
        return toon_lijstblad(bezoek, kenmerk, uitslag)
    return RedirectResponse(f"/archief/lijsten/{quote_pad(kenmerk)}", status_code=303)
