"""A form as data: its fields, reading what was typed, and every fault beside the field it is about.

A page gives a list of fields and says which code of a refusal belongs to which field; what a service refuses
is then shown where it was typed, and nothing that was typed is lost.

Bron: issue web application ("every form error beside its field; nothing typed is lost").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from inkoop.documents.docx.openen import DocxGeweigerdError
from inkoop.domain.fouten import BeletselenError, InkoopError
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.woorden import format_woord
from inkoop.services.gezien import IntussenGewijzigdError, Stand
from inkoop.services.huis import NietGevondenError
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.bewijsopslag import BewijsRefusedError
from inkoop.web.api.problemen import ONBEREIKBAAR
from inkoop.web.formulier import Formulier

_NEDERLANDS = re.compile(r"(\d{1,2})[-/ ](\d{1,2})[-/ ](\d{4})")
_TIJD = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?")


class Soort(StrEnum):
    """How a field looks and what may be typed in it."""

    TEKST = "tekst"
    VAK = "vak"
    DAG = "dag"
    MOMENT = "moment"
    GETAL = "getal"
    AANTAL = "aantal"
    KEUZE = "keuze"
    LIJST = "lijst"
    VINKJES = "vinkjes"
    BESTAND = "bestand"
    BESTANDEN = "bestanden"
    KOP = "kop"
    VAST = "vast"


@dataclass(frozen=True, kw_only=True)
class Veld:
    """One field. `codes` are the codes of refusals that are about it; `waarde` what stands in it at first.

    `soms`: it is asked in some cases, which `uitleg` names, so nobody is told that it may be left empty.
    """

    naam: str
    label: str
    soort: Soort = Soort.TEKST
    uitleg: str = ""
    opties: Sequence[tuple[str, str]] = ()
    verplicht: bool = True
    soms: bool = False
    codes: Sequence[str] = ()
    waarde: str = ""
    rijen: int = 3


@dataclass(frozen=True, kw_only=True)
class Vorm:
    """A form on a page; `id` tells it from the others there. `getypt` and `fouten` after it was refused.

    `gezien` is the mark of what the page shows of what this form changes (empty: a status guards it), `intussen` what
    stands there now when somebody else wrote since.
    """

    id: str
    actie: str
    velden: Sequence[Veld]
    knop: str
    knopsoort: str = "primary-action"
    getypt: Formulier | None = None
    fouten: Mapping[str, str] = field(default_factory=dict)
    gezien: str = ""
    intussen: Stand | None = None

    def met(self, stand: Stand) -> Vorm:
        """This form, with the mark of what the page shows of what it changes."""
        return replace(self, gezien=stand.merk)

    def list_getypt(self) -> list[tuple[str, str]]:
        """What was typed and chosen, by the label of its field, for a page that has no room for this form any more."""
        if self.getypt is None:
            return []
        regels = []
        for veld in self.velden:
            if veld.soort in (Soort.KOP, Soort.VAST, Soort.BESTAND, Soort.BESTANDEN):
                continue
            woorden = dict(veld.opties)
            gekozen = [woorden.get(waarde, waarde) for waarde in self.getypt.lijst(veld.naam) if waarde]
            if gekozen:
                regels.append((veld.label, ", ".join(gekozen)))
        return regels

    @property
    def stuurt_bestanden(self) -> bool:
        """Whether a file can be sent with this form."""
        return any(veld.soort in (Soort.BESTAND, Soort.BESTANDEN) for veld in self.velden)

    def waarde(self, veld: Veld) -> str:
        """What stands in a field: what was typed, else what it begins with."""
        return veld.waarde if self.getypt is None else self.getypt.letterlijk(veld.naam)

    def waarden(self, veld: Veld) -> list[str]:
        """What is ticked."""
        return veld.waarde.split("\n") if self.getypt is None else self.getypt.lijst(veld.naam)


@dataclass(frozen=True, kw_only=True)
class Uitslag:
    """What came of a form: done, or refused with the form to show again and faults that belong to no field."""

    gelukt: bool
    waarde: Any = None
    vorm: Vorm | None = None
    fouten: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The status of the page that follows."""
        return 200 if self.gelukt else 422

    def kies(self, vorm: Vorm) -> Vorm:
        """The form that was refused in the place of the empty one, when it is the same."""
        return self.vorm if self.vorm is not None and self.vorm.id == vorm.id else vorm

    @property
    def veldfouten(self) -> dict[str, str]:
        """The faults by the id of their field, for the list at the top of the page."""
        return {} if self.vorm is None else {f"{self.vorm.id}-{naam}": f for naam, f in self.vorm.fouten.items()}

    @property
    def veldnamen(self) -> dict[str, str]:
        """What each field with a fault is called."""
        if self.vorm is None:
            return {}
        return {f"{self.vorm.id}-{v.naam}": v.label for v in self.vorm.velden if v.naam in self.vorm.fouten}


NIETS = Uitslag(gelukt=True)
"""A page that was only opened."""


class _TypfoutError(Exception):
    """What was typed is not of the kind that the field asks."""


def process(vorm: Vorm, getypt: Formulier, doe: Callable[[dict[str, Any]], object], *, genoemd: str = "") -> Uitslag:
    """Read a form and do the act with its values; what is wrong comes back with the form as it was typed.

    The values: text; a date, an aware datetime, a Decimal, an int, each None when left empty; of ticks a list; of a
    file a Bestandsbron (None without), of more files each by its name. What is too large is refused by the service,
    which does not look at it then.
    What the address names and is not there goes on as NietGevondenError; `genoemd` is the field that names something.
    """
    waarden: dict[str, Any] = {}
    fouten: dict[str, str] = {}
    for veld in vorm.velden:
        if veld.soort in (Soort.KOP, Soort.VAST):
            continue
        try:
            waarden[veld.naam] = _read(veld, getypt)
        except _TypfoutError as fout:
            fouten[veld.naam] = str(fout)
    if not fouten:
        try:
            return Uitslag(gelukt=True, waarde=doe(waarden))
        except ONBEREIKBAAR:
            raise
        except NietGevondenError:
            if not genoemd:
                raise
            fouten[genoemd] = "Dit bestaat niet. Controleer hoe u het schreef."
        except IntussenGewijzigdError as fout:
            uitslag = _geef_terug(vorm, getypt, {}, (str(fout),))
            assert uitslag.vorm is not None
            # Whoever sends this again has read what stands there now.
            return replace(uitslag, vorm=replace(uitslag.vorm, gezien=fout.stand.merk, intussen=fout.stand))
        except InkoopError as fout:
            return _refuse(vorm, getypt, fout)
    return _geef_terug(vorm, getypt, fouten, ())


def _refuse(vorm: Vorm, getypt: Formulier, fout: InkoopError) -> Uitslag:
    """The reasons of a refusal, each beside its field; of a field with two the second stands with it."""
    if isinstance(fout, BewijsRefusedError | DocxGeweigerdError):
        bestandsveld = next((veld.naam for veld in vorm.velden if veld.soort in (Soort.BESTAND, Soort.BESTANDEN)), "")
        if bestandsveld:
            redenen = [b.tekst for b in fout.beletselen] if isinstance(fout, DocxGeweigerdError) else []
            return _geef_terug(vorm, getypt, {bestandsveld: " ".join([str(fout), *redenen])}, ())
    if not isinstance(fout, BeletselenError) or not fout.beletselen:
        return _geef_terug(vorm, getypt, {}, (str(fout),))
    bij = {code: veld.naam for veld in vorm.velden for code in veld.codes}
    fouten: dict[str, str] = {}
    los: list[str] = []
    for beletsel in fout.beletselen:
        if naam := bij.get(beletsel.code):
            fouten[naam] = f"{fouten[naam]} {beletsel.tekst}" if naam in fouten else beletsel.tekst
        else:
            los.append(beletsel.tekst)
    return _geef_terug(vorm, getypt, fouten, tuple(los))


def _geef_terug(vorm: Vorm, getypt: Formulier, fouten: Mapping[str, str], los: tuple[str, ...]) -> Uitslag:
    # The mark stays the one of the page that was filled in: a fault elsewhere does not make it newer.
    terug = replace(vorm, getypt=getypt, fouten=fouten, gezien=getypt["gezien"])
    return Uitslag(gelukt=False, vorm=terug, fouten=los)


def _read(veld: Veld, getypt: Formulier) -> Any:
    if veld.soort is Soort.VINKJES:
        gekozen = [waarde for waarde in getypt.lijst(veld.naam) if waarde]
        if veld.verplicht and not gekozen:
            raise _TypfoutError("Kies er ten minste één.")
        if vreemd := set(gekozen) - {optie for optie, _ in veld.opties}:
            raise _TypfoutError(f"Deze keuze bestaat niet: {', '.join(sorted(vreemd))}.")
        return gekozen
    if veld.soort in (Soort.BESTAND, Soort.BESTANDEN):
        return _read_bestanden(veld, getypt)
    tekst = getypt[veld.naam]
    if veld.soort in (Soort.TEKST, Soort.VAK):
        if veld.verplicht and not tekst:
            raise _TypfoutError("Vul dit in.")
        return tekst
    if veld.soort in (Soort.KEUZE, Soort.LIJST):
        if not tekst and not veld.verplicht:
            return ""
        if tekst not in {optie for optie, _ in veld.opties}:
            raise _TypfoutError("Maak een keuze.")
        return tekst
    if not tekst:
        if veld.verplicht:
            raise _TypfoutError("Vul dit in.")
        return None
    return _LEZERS[veld.soort](tekst)


def _read_bestanden(veld: Veld, getypt: Formulier) -> Bestandsbron | dict[str, Bestandsbron] | None:
    gestuurd = getypt.bestanden.get(veld.naam, [])
    if not gestuurd and veld.verplicht:
        raise _TypfoutError("Kies een bestand op uw computer.")
    if veld.soort is Soort.BESTAND:
        if len(gestuurd) > 1:
            raise _TypfoutError("Kies één bestand.")
        return gestuurd[0] if gestuurd else None
    namen = [bestand.naam for bestand in gestuurd]
    if dubbel := sorted({naam for naam in namen if namen.count(naam) > 1}):
        raise _TypfoutError(f"Twee bestanden heten hetzelfde: {', '.join(dubbel)}. Geef er één een andere naam.")
    return dict(zip(namen, gestuurd, strict=True))


def list_opties(woorden: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Words of the program to choose from, each as people read it."""
    return [(str(woord), format_woord(woord)) for woord in woorden]


def read_dag(tekst: str) -> date:
    """A day as people write it: 2020-03-31 or 31-3-2020. Raises ValueError."""
    if gevonden := _NEDERLANDS.fullmatch(tekst.strip()):
        dag, maand, jaar = map(int, gevonden.groups())
        return date(jaar, maand, dag)
    return date.fromisoformat(tekst.strip())


def _read_dag(tekst: str) -> date:
    try:
        return read_dag(tekst)
    except ValueError:
        raise _TypfoutError("Schrijf een bestaande dag als 31-3-2020 of 2020-03-31.") from None


def _read_moment(tekst: str) -> datetime:
    """A day and a time in the Netherlands; a time that the clock skips or has twice is refused."""
    dag, _, uur = tekst.replace("T", " ").strip().rpartition(" ")
    try:
        moment = datetime.combine(read_dag(dag), _read_tijd(uur), tzinfo=TIJDZONE)
    except ValueError:
        raise _TypfoutError("Schrijf een dag en een tijd, bijvoorbeeld 31-3-2020 14:30.") from None
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        raise _TypfoutError("Door de zomer- of wintertijd bestaat dit uur niet of twee keer. Kies een ander uur.")
    return moment


def _read_tijd(tekst: str) -> time:
    gevonden = _TIJD.fullmatch(tekst)
    if gevonden is None:
        raise ValueError(tekst)
    uur, minuut, seconde = (int(deel or 0) for deel in gevonden.groups())
    return time(uur, minuut, seconde)


def _read_getal(tekst: str) -> Decimal:
    try:
        getal = Decimal(tekst.replace(",", "."))
    except ArithmeticError:
        raise _TypfoutError("Schrijf een getal met cijfers, bijvoorbeeld 12 of 1,5.") from None
    if not getal.is_finite():
        raise _TypfoutError("Schrijf een getal met cijfers, bijvoorbeeld 12 of 1,5.")
    return getal


def _read_aantal(tekst: str) -> int:
    if not (tekst.isascii() and tekst.isdecimal()) or len(tekst) > 9:
        raise _TypfoutError("Schrijf een geheel getal met cijfers, bijvoorbeeld 12.")
    return int(tekst)


_LEZERS: Mapping[Soort, Callable[[str], Any]] = {
    Soort.DAG: _read_dag,
    Soort.MOMENT: _read_moment,
    Soort.GETAL: _read_getal,
    Soort.AANTAL: _read_aantal,
}
