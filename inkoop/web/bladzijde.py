"""Making a page: the templates, what every page shows (menu, who you are, the time in a simulation), words and dates.

Bron: ontwerp 3; project default for the layout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote, urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from inkoop.domain.fouten import BeletselenError, InkoopError
from inkoop.domain.kalender import TIJDZONE, format_dag
from inkoop.domain.persoon import Persoon, Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import Handeling, check_toegang
from inkoop.domain.woorden import format_woord
from inkoop.services import personen
from inkoop.services.huis import Huis
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import Eis, mag
from inkoop.web.vorm import Uitslag

T = TypeVar("T")

HIER = Path(__file__).parent
STATISCH = HIER / "statisch"


class Menupunt(NamedTuple):
    """An entry of the menu; shown to whom its page is open."""

    naam: str
    pad: str
    eis: Eis


MENU = (
    Menupunt("Mijn taken", "/taken", mag(Handeling.PROCEDURE_LEZEN)),
    Menupunt("Procedures", "/procedures", mag(Handeling.PROCEDURE_LEZEN)),
    Menupunt("Documenten", "/documenten", mag(Handeling.DOCUMENT_LEZEN)),
    Menupunt("Contracten", "/contracten", mag(Handeling.OVEREENKOMST_LEZEN)),
    Menupunt("Aanbieders", "/aanbieders", mag(Handeling.OVEREENKOMST_LEZEN)),
    Menupunt("Termijnen", "/bewaking", mag(Handeling.OVEREENKOMST_LEZEN)),
    Menupunt("Zoeken", "/zoeken", mag(Handeling.PROCEDURE_LEZEN)),
    Menupunt("Terugkoppeling", "/terugkoppeling", mag(Handeling.TERUGKOPPELING_VASTLEGGEN)),
    Menupunt("Archief", "/archief", mag(Handeling.ARCHIEFLIJST_VOORSTELLEN, Handeling.BEWAARSLOT_ZETTEN)),
    Menupunt("Logboek", "/logboek", mag(Handeling.AUDIT_LEZEN)),
    Menupunt("Accounts", "/accounts", mag(Handeling.ACCOUNT_INSTELLEN)),
    Menupunt("Tokens", "/tokens", mag(Handeling.TOKEN_UITGEVEN)),
)

OPENBAAR_MENU = (("Procedures", "/"), ("Catalogus", "/catalogus"))

KLEUREN: Mapping[str, str] = {
    "voldoet": "goed",
    "toegelaten": "goed",
    "actief": "goed",
    "getekend": "goed",
    "akkoord": "goed",
    "definitief": "goed",
    "verzonden": "goed",
    "genomen": "goed",
    "besloten": "goed",
    "bevestigd": "goed",
    "voorwaardelijk": "let-op",
    "toegelaten_onder_voorwaarde": "let-op",
    "herstelbaar": "let-op",
    "retour": "let-op",
    "te_laat": "let-op",
    "te_beoordelen": "bezig",
    "in_behandeling": "bezig",
    "in_review": "bezig",
    "concept": "bezig",
    "te_maken": "bezig",
    "gecontroleerd": "bezig",
    "ontvangen": "bezig",
    "ter_ondertekening": "bezig",
    "voldoet_niet": "slecht",
    "afgewezen": "slecht",
    "toelating_vervallen": "slecht",
    "verworpen": "slecht",
}
"""The colour of a status; the word itself always stands in it."""


def format_moment(moment: datetime) -> str:
    """An instant in the Netherlands: 31 maart 2020, 23.59 uur."""
    lokaal = moment.astimezone(TIJDZONE)
    return f"{format_dag(lokaal.date())}, {lokaal:%H.%M} uur"


def format_datum(dag: date | datetime | None) -> str:
    """A day in words; a dash for none."""
    if dag is None:
        return "–"
    return format_dag(dag.astimezone(TIJDZONE).date() if isinstance(dag, datetime) else dag)


def format_grootte(octetten: int) -> str:
    """A file size: 1,2 MB."""
    if octetten < 1_000_000:
        return f"{max(1, round(octetten / 1000))} kB"
    return f"{octetten / 1_000_000:.1f} MB".replace(".", ",")


def make_omgeving(huis: Huis) -> Environment:
    """The templates: escaped, strict about what they are not given; they call people by their name."""

    @lru_cache(maxsize=512)
    def find_naam(id: str, _minuut: int) -> str:
        return personen.find_naam(huis, id)

    omgeving = Environment(
        loader=FileSystemLoader(HIER / "sjablonen"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    omgeving.filters.update(
        woord=format_woord,
        moment=format_moment,
        datum=format_datum,
        grootte=format_grootte,
        padded=quote_pad,
        veldid=name_veldid,
        # A name that was changed is seen within a minute.
        naam=lambda id: find_naam(str(id), int(monotonic()) // 60),
    )
    omgeving.globals.update(
        Handeling=Handeling,
        fasen=tuple(Fase),
        kleur=lambda waarde: KLEUREN.get(str(waarde), "neutraal"),
        statisch=statisch,
        vraag=urlencode,
    )
    return omgeving


def quote_pad(deel: str) -> str:
    """One part of a path, escaped."""
    return quote(deel, safe="")


def name_veldid(naam: str) -> str:
    """The name of a field as part of an id in a page, where no space may stand."""
    return naam.replace(" ", "_")


@cache
def statisch(naam: str) -> str:
    """The address of a file of ours with a mark of its contents: a browser keeps it until it changes."""
    return f"/statisch/{naam}?{sha256((STATISCH / naam).read_bytes()).hexdigest()[:12]}"


def list_fouten(fout: InkoopError) -> tuple[str, ...]:
    """What is wrong, each reason a sentence."""
    if isinstance(fout, BeletselenError) and fout.beletselen:
        return tuple(beletsel.tekst for beletsel in fout.beletselen)
    return (str(fout),)


@lru_cache(maxsize=512)
def _list_menu(persoon: Persoon, rol: Rol) -> tuple[tuple[str, str], ...]:
    """What the menu holds for somebody; asked at every page, while roles and what they may are the same for long."""
    menu = [
        (punt.naam, punt.pad)
        for punt in MENU
        if any(not check_toegang(persoon, rol, handeling) for handeling in punt.eis.handelingen)
    ]
    if rol is Rol.AANBIEDER:
        menu.append(("Mijn aanmeldingen", "/aanmelden"))
    return tuple(menu) or OPENBAAR_MENU


def toon(bezoek: Bezoek, sjabloon: str, titel: str, *, status: int = 200, **waarden: Any) -> HTMLResponse:
    """A page. `fouten` (sentences) and `melding` are shown at the top; `titel` is the heading as well.

    `veldfouten` are faults by field; they stand at the top with a link, called by `veldnamen`, and beside the field.
    """
    ingelogde = bezoek.ingelogde
    menu = OPENBAAR_MENU if ingelogde is None else _list_menu(ingelogde.persoon, ingelogde.rol)
    vast: dict[str, Any] = {
        "fouten": (),
        "veldfouten": {},
        "veldnamen": {},
        "ingevuld_kwijt": (),
        "melding": "",
        "kruimels": (),
        "titel": titel,
        "bezoek": bezoek,
        "ingelogde": ingelogde,
        "menu": menu,
        "pad": bezoek.request.url.path,
        "simulatie": bezoek.kern.klok.simulatie,
        "nu": bezoek.nu,
        "huisstijl": bezoek.kern.huisstijl,
    }
    tekst = bezoek.kern.omgeving.get_template(sjabloon).render({**vast, **waarden})
    return HTMLResponse(tekst, status_code=status)


def count_bladzijden(totaal: int, per_bladzijde: int) -> int:
    """How many pages a list takes; an empty list takes one."""
    return max(1, -(-totaal // per_bladzijde))


def snijd(rijen: Sequence[T], bladzijde: int, per_bladzijde: int) -> tuple[Sequence[T], int, int]:
    """The rows of a page, which page that is (the nearest there is), and how many there are."""
    bladzijden = count_bladzijden(len(rijen), per_bladzijde)
    bladzijde = min(max(bladzijde, 1), bladzijden)
    return rijen[(bladzijde - 1) * per_bladzijde : bladzijde * per_bladzijde], bladzijde, bladzijden


def toon_uitslag(bezoek: Bezoek, uitslag: Uitslag, sjabloon: str, titel: str, **waarden: Any) -> HTMLResponse:
    """A page with forms, after what came of one of them: its faults at the top and in their fields, and the status.

    When the page has no room any more for the form that was refused, since somebody else did it first, it says what
    was typed in it.
    """
    waarden |= {"fouten": uitslag.fouten, "veldfouten": uitslag.veldfouten, "veldnamen": uitslag.veldnamen}
    blad = toon(bezoek, sjabloon, titel, status=uitslag.status, **waarden)
    vorm = uitslag.vorm
    if vorm is None or f'class="ink-formulier" id="{name_veldid(vorm.id)}"'.encode() in bytes(blad.body):
        return blad
    los = (*uitslag.fouten, *uitslag.veldfouten.values())
    waarden |= {"fouten": los, "veldfouten": {}, "ingevuld_kwijt": vorm.list_getypt()}
    return toon(bezoek, sjabloon, titel, status=uitslag.status, **waarden)
