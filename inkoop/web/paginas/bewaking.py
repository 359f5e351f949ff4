"""What running agreements ask for: every term that comes as a picture and a table, and the open reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from inkoop.domain.bewaking import Contractterm, Termsoort, to_planregel
from inkoop.domain.kalender import local_date
from inkoop.domain.maanden import add_maanden
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.exchange.ics import render_ics
from inkoop.services import bewaking, takenlijst
from inkoop.services.bewakingstermen import Procedureagenda
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import quote_pad, snijd, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.grafiek import make_tijdbalk
from inkoop.web.kern import Bezoek
from inkoop.web.meegeven import geef_agenda, geef_rekenblad
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.OVEREENKOMST_LEZEN))]

PERIODES = (("3", "3 maanden"), ("6", "6 maanden"), ("12", "een jaar"), ("36", "3 jaar"))
BLADZIJDE = 100


class _Agenda(NamedTuple):
    """The terms that a filter leaves, in order, and what the page draws and counts of them."""

    termen: tuple[Contractterm, ...]
    beeld: Markup
    per_maand: list[tuple[str, dict[str, int]]]
    rollen: frozenset[Rol]


def _read_agenda(bezoek: Bezoek, over: str, soort: str, rol: str, maanden: str) -> _Agenda:
    """The terms that the filter leaves (an unknown word filters nothing away), made anew when an act touched any."""
    op = local_date(bezoek.nu)
    tot = add_maanden(op, int(maanden) if maanden in dict(PERIODES) else 12)
    gekozen_soort, gekozen_rol = soort if soort in set(Termsoort) else "", rol if rol in set(Rol) else ""
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:

        def make(per: Mapping[UUID, Procedureagenda]) -> _Agenda:
            termen = tuple(
                term
                for term in bewaking.order_agenda(per, over.strip()[:100] or None)
                if gekozen_soort in ("", term.soort) and gekozen_rol in ("", term.rol)
            )
            woorden = {een: format_woord(een) for een in Termsoort}
            punten = [(woorden[t.soort], t.dag, t.wat) for t in termen]
            return _Agenda(
                termen=termen,
                beeld=make_tijdbalk("Termijnen per soort", op, punten),
                per_maand=_count_maanden(termen, op),
                rollen=frozenset(t.rol for t in termen),
            )

        delen = bewaking.keep_agenda(sessie, op, tot)
    return delen.derive((over.strip()[:100], gekozen_soort, gekozen_rol), make)


def _list_termen(bezoek: Bezoek, over: str, soort: str, rol: str, maanden: str) -> Sequence[Contractterm]:
    return _read_agenda(bezoek, over, soort, rol, maanden).termen


@router.get("/bewaking")
def toon_agenda(
    bezoek: Lezer, over: str = "", soort: str = "", rol: str = "", maanden: str = "12", bladzijde: int = 1
) -> Response:
    """The agenda of all agreements, as filtered by the address, and the reports that wait."""
    return _toon(bezoek, NIETS, over=over, soort=soort, rol=rol, maanden=maanden, bladzijde=bladzijde)


def _toon(
    bezoek: Bezoek,
    uitslag: Uitslag,
    *,
    over: str = "",
    soort: str = "",
    rol: str = "",
    maanden: str = "12",
    bladzijde: int = 1,
) -> Response:
    agenda = _read_agenda(bezoek, over, soort, rol, maanden)
    termen, vandaag = agenda.termen, local_date(bezoek.nu)
    filters = {"over": over, "soort": soort, "rol": rol, "maanden": maanden}
    getoond, bladzijde, bladzijden = snijd(termen, bladzijde, BLADZIJDE)
    with lees(bezoek.huis, bezoek.door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        meldingen = bewaking.list_meldingen(sessie)
    mag_af = bezoek.mag(Handeling.MELDING_AFHANDELEN)
    return toon_uitslag(
        bezoek,
        uitslag,
        "bewaking.html",
        "Termijnen en meldingen",
        beeld=agenda.beeld,
        per_maand=agenda.per_maand,
        termen=[(term, takenlijst.count_dagen(term.dag, bezoek.nu)) for term in getoond],
        totaal=len(termen),
        bladzijde=bladzijde,
        bladzijden=bladzijden,
        filters={naam: waarde for naam, waarde in filters.items() if waarde},
        soorten=[("", "alle"), *((een, format_woord(een)) for een in Termsoort)],
        rollen=[("", "alle"), *((een, format_woord(een)) for een in Rol if een in agenda.rollen | {rol})],
        periodes=PERIODES,
        meldingen=[(een, uitslag.kies(_vorm(een.kenmerk)) if mag_af else None) for een in meldingen],
        vandaag=vandaag,
        over=over,
        soort=soort,
        rol=rol,
        maanden=maanden,
    )


def _count_maanden(termen: Sequence[Contractterm], vandaag: date) -> list[tuple[str, dict[str, int]]]:
    """Per kind of term how many fall in each month; what is over stands apart."""
    tellingen: dict[str, dict[str, int]] = {}
    for (soort, dag), aantal in Counter((term.soort, term.dag) for term in termen).items():
        maand = "voorbij" if dag < vandaag else f"{dag:%Y-%m}"
        per_maand = tellingen.setdefault(format_woord(soort), {})
        per_maand[maand] = per_maand.get(maand, 0) + aantal
    return sorted(tellingen.items())


def _vorm(kenmerk: str) -> Vorm:
    return Vorm(
        id=f"af-{kenmerk}",
        actie=f"/bewaking/{quote_pad(kenmerk)}/afhandelen",
        knop="Handel af",
        knopsoort="secondary-action",
        velden=(
            Veld(naam="wat", label="Wat hebt u gedaan", soort=Soort.VAK, rijen=2, codes=("melding-wat",)),
        ),
    )  # fmt: skip


@router.post("/bewaking/{kenmerk}/afhandelen")
def handel_af(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.MELDING_AFHANDELEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Record what was done about a report."""
    uitslag = process(
        _vorm(kenmerk), ingevuld, lambda w: bewaking.handle_melding(bezoek.huis, bezoek.door, kenmerk, **w)
    )
    return RedirectResponse("/bewaking#meldingen", status_code=303) if uitslag.gelukt else _toon(bezoek, uitslag)


@router.get("/bewaking.ics")
def download_agenda(bezoek: Lezer, over: str = "", soort: str = "", rol: str = "", maanden: str = "12") -> Response:
    """The filtered terms for an agenda."""
    termen = _list_termen(bezoek, over, soort, rol, maanden)
    return geef_agenda(render_ics("contracten", "Termijnen van contracten", map(to_planregel, termen)))


@router.get("/bewaking.xlsx")
def download_lijst(bezoek: Lezer, over: str = "", soort: str = "", rol: str = "", maanden: str = "12") -> Response:
    """The filtered terms as a spreadsheet."""
    koppen = ("Uiterlijk", "Over", "Soort", "Wat", "Wie", "Waarom", "Bron")
    termen = _list_termen(bezoek, over, soort, rol, maanden)
    rijen = [(t.dag, t.onderwerp, format_woord(t.soort), t.wat, format_woord(t.rol), t.waarom, t.bron) for t in termen]
    return geef_rekenblad("termijnen", koppen, rijen)
