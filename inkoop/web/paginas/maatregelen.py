"""Measures when an agreement is not kept: the ladder, an intention, the view of the provider, the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.persoon import Rol
from inkoop.domain.sanctieladder import Maatregelgevolg, Maatregelstand, find_beslisser
from inkoop.domain.toegang import Handeling
from inkoop.services import contractblad, maatregelen
from inkoop.services.contractblad import Contractblad
from inkoop.services.maatregelen import Voornemen
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import quote_pad, toon, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.OVEREENKOMST_LEZEN))]
Partij = Annotated[Bezoek, Depends(mag(Handeling.OVEREENKOMST_LEZEN, Handeling.ZIENSWIJZE_VASTLEGGEN))]
Voornemer = Annotated[Bezoek, Depends(mag(Handeling.MAATREGEL_VOORNEMEN))]

GEVOLGEN = (
    (Maatregelgevolg.GEEN, "niets, de overeenkomst loopt gewoon door"),
    (Maatregelgevolg.CLIENTENSTOP, "een cliëntenstop: tijdelijk geen nieuwe cliënten"),
    (Maatregelgevolg.BEEINDIGING, "de overeenkomst eindigt"),
)


@router.get("/maatregelen")
def toon_lijst(bezoek: Lezer, stand: str = "") -> Response:
    """Every measure, the open ones first."""
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        rijen = [
            een
            for een in maatregelen.list_maatregelen(sessie)
            if stand not in set(Maatregelstand) or een.stand == stand
        ]
    return toon(
        bezoek,
        "maatregelen.html",
        "Maatregelen",
        rijen=sorted(rijen, key=lambda een: (een.stand is not Maatregelstand.VOORGENOMEN, een.kenmerk)),
        standen=[("", "alle"), *((een, str(een)) for een in Maatregelstand)],
        stand=stand,
    )


@router.get("/contracten/{nummer}/maatregel")
def toon_voornemen(bezoek: Voornemer, nummer: str) -> Response:
    """The form of an intention, with the ladder and what was done before."""
    return _toon_voornemen(bezoek, nummer, NIETS)


def _toon_voornemen(bezoek: Bezoek, nummer: str, uitslag: Uitslag) -> Response:
    blad = contractblad.read_blad(bezoek.huis, bezoek.door, nummer)
    return toon_uitslag(
        bezoek,
        uitslag,
        "maatregel_nieuw.html",
        f"Maatregel voornemen bij {nummer}",
        kruimels=(("Contracten", "/contracten"), (nummer, f"/contracten/{quote_pad(nummer)}")),
        blad=blad,
        ladder=[(stap, find_beslisser(stap)) for stap in blad.ladder],
        vorm=uitslag.kies(_vorm_voornemen(blad)),
    )


def _vorm_voornemen(blad: Contractblad) -> Vorm:
    stappen = [(str(nummer), f"{nummer}. {stap.naam}") for nummer, stap in enumerate(blad.ladder, start=1)]
    return Vorm(
        id="voornemen",
        actie=f"/contracten/{quote_pad(blad.contractnummer)}/maatregel",
        knop="Leg het voornemen vast",
        velden=(
            Veld(naam="stap", label="Welke stap", soort=Soort.LIJST, opties=stappen, codes=("ladder-stap",)),
            Veld(
                naam="sprong",
                label="Waarom u een lichtere stap overslaat",
                soort=Soort.VAK,
                rijen=2,
                verplicht=False,
                uitleg="Alleen bij ernst, zoals fraude of onveilige zorg.",
                codes=("ladder-overgeslagen",),
            ),
            Veld(naam="afspraak", label="Wat is er afgesproken", soort=Soort.VAK, codes=("maatregel-afspraak",)),
            Veld(
                naam="bevinding",
                label="Wat hebt u gezien",
                soort=Soort.VAK,
                codes=("maatregel-bevinding",),
                uitleg="Noem geen naam of nummer van een cliënt.",
            ),
            Veld(naam="bewijs", label="Waaruit blijkt dat", codes=("maatregel-bewijs",)),
            Veld(naam="maatregel", label="Wat wilt u doen", soort=Soort.VAK, codes=("maatregel-maatregel",)),
            Veld(
                naam="evenredigheid",
                label="Waarom deze maatregel, en geen lichtere",
                soort=Soort.VAK,
                codes=("maatregel-evenredigheid",),
            ),
            Veld(naam="gevolg", label="Wat gebeurt er met de overeenkomst", soort=Soort.KEUZE, opties=GEVOLGEN),
            Veld(
                naam="ingang",
                label="Wanneer gaat de maatregel in",
                soort=Soort.DAG,
                uitleg="Bij beëindiging: de laatste dag van de overeenkomst.",
                codes=("maatregel-ingang",),
            ),
            Veld(
                naam="einde",
                label="Laatste dag van de maatregel",
                soort=Soort.DAG,
                verplicht=False,
                uitleg="Nodig bij een cliëntenstop.",
                codes=("maatregel-einde",),
            ),
            Veld(
                naam="clienten",
                label="Wat er met cliënten gebeurt",
                soort=Soort.VAK,
                rijen=2,
                verplicht=False,
                uitleg="Nodig bij een cliëntenstop of beëindiging.",
                codes=("maatregel-clienten",),
            ),
            Veld(
                naam="overdracht_op",
                label="Wanneer is het overdrachtsplan er",
                soort=Soort.DAG,
                verplicht=False,
                uitleg="Nodig bij beëindiging.",
                codes=("maatregel-overdracht",),
            ),
        ),
    )


@router.post("/contracten/{nummer}/maatregel")
def neem_voor(bezoek: Voornemer, nummer: str, ingevuld: Ingevuld) -> Response:
    """Record an intention; its letter follows."""
    blad = contractblad.read_blad(bezoek.huis, bezoek.door, nummer)

    def doe(waarden: dict[str, Any]) -> str:
        opgave = {**waarden, "stap": int(waarden["stap"]), "gevolg": Maatregelgevolg(waarden["gevolg"])}
        return maatregelen.propose_maatregel(bezoek.huis, bezoek.door, nummer, Voornemen(**opgave))

    uitslag = process(_vorm_voornemen(blad), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon_voornemen(bezoek, nummer, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=blad.ronde)
    return RedirectResponse(f"/maatregelen/{quote_pad(uitslag.waarde)}", status_code=303)


@router.get("/maatregelen/{kenmerk}")
def toon_maatregel(bezoek: Partij, kenmerk: str) -> Response:
    """One measure: what it rests on, the view of the provider, and the one act that is next."""
    return _toon(bezoek, kenmerk, NIETS)


def _toon(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    zicht = maatregelen.read_maatregel(bezoek.huis, bezoek.door, kenmerk)
    rij, stap = zicht.rij, zicht.stap
    eigen = bezoek.wie.rol is Rol.AANBIEDER
    open_ = rij.stand is Maatregelstand.VOORGENOMEN
    vormen = {
        "zienswijze": (open_ and rij.zienswijze_op is None, Handeling.ZIENSWIJZE_VASTLEGGEN),
        "besluit": (open_ and bezoek.wie.rol is find_beslisser(stap), Handeling.MAATREGEL_BESLUITEN),
        "intrekken": (open_, Handeling.MAATREGEL_VOORNEMEN),
    }
    return toon_uitslag(
        bezoek,
        uitslag,
        "maatregel.html",
        f"{rij.naam} ({kenmerk})",
        kruimels=(("Mijn aanmeldingen", "/aanmelden"),)
        if eigen
        else (("Contracten", "/contracten"), (rij.contractnummer, f"/contracten/{quote_pad(rij.contractnummer)}")),
        rij=rij,
        stap=stap,
        beslisser=find_beslisser(stap),
        aanbieder=zicht.aanbieder,
        brieven=zicht.brieven,
        eigen=eigen,
        vormen={
            naam: uitslag.kies(_VORMEN[naam](kenmerk)) if nu and bezoek.mag(handeling) else None
            for naam, (nu, handeling) in vormen.items()
        },
    )


def _vorm_zienswijze(kenmerk: str) -> Vorm:
    uitleg = "Wat de aanbieder zegt, zonder namen van cliënten."
    return Vorm(
        id="zienswijze",
        actie=f"/maatregelen/{quote_pad(kenmerk)}/zienswijze",
        knop="Leg de zienswijze vast",
        velden=(
            Veld(naam="op", label="Ontvangen op", soort=Soort.DAG, codes=("zienswijze-dag", "zienswijze-dubbel")),
            Veld(
                naam="tekst", label="De zienswijze", soort=Soort.VAK, rijen=5, codes=("zienswijze-leeg",), uitleg=uitleg
            ),
        ),
    )


def _vorm_besluit(kenmerk: str) -> Vorm:
    return Vorm(
        id="besluit",
        actie=f"/maatregelen/{quote_pad(kenmerk)}/besluit",
        knop="Neem het besluit",
        velden=(
            Veld(
                naam="weging",
                label="Hoe u de zienswijze weegt",
                soort=Soort.VAK,
                rijen=4,
                codes=("maatregel-weging", "zienswijze-termijn"),
                uitleg="Ook als er geen zienswijze kwam.",
            ),
        ),
    )


def _vorm_intrekken(kenmerk: str) -> Vorm:
    return Vorm(
        id="intrekken",
        actie=f"/maatregelen/{quote_pad(kenmerk)}/intrekken",
        knop="Trek het voornemen in",
        knopsoort="secondary-action",
        velden=(Veld(naam="reden", label="Waarom het niet doorgaat", codes=("maatregel-reden",)),),
    )


_VORMEN: dict[str, Callable[[str], Vorm]] = {
    "zienswijze": _vorm_zienswijze,
    "besluit": _vorm_besluit,
    "intrekken": _vorm_intrekken,
}


def _handel(bezoek: Bezoek, kenmerk: str, naam: str, ingevuld: Ingevuld, doe: Callable[..., object]) -> Response:
    uitslag = process(_VORMEN[naam](kenmerk), ingevuld, lambda w: doe(bezoek.huis, bezoek.door, kenmerk, **w))
    if not uitslag.gelukt:
        return _toon(bezoek, kenmerk, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=maatregelen.read_maatregel(bezoek.huis, bezoek.door, kenmerk).ronde)
    return RedirectResponse(f"/maatregelen/{quote_pad(kenmerk)}", status_code=303)


@router.post("/maatregelen/{kenmerk}/zienswijze")
def leg_zienswijze_vast(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.ZIENSWIJZE_VASTLEGGEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Record what the provider says about an intention."""
    return _handel(bezoek, kenmerk, "zienswijze", ingevuld, maatregelen.record_zienswijze)


@router.post("/maatregelen/{kenmerk}/besluit")
def besluit(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.MAATREGEL_BESLUITEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Decide on a measure, as somebody else than who drafted it."""
    return _handel(bezoek, kenmerk, "besluit", ingevuld, maatregelen.decide_maatregel)


@router.post("/maatregelen/{kenmerk}/intrekken")
def trek_in(bezoek: Voornemer, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Let an intention go."""
    return _handel(bezoek, kenmerk, "intrekken", ingevuld, maatregelen.withdraw_maatregel)
