"""The substantiation of tariffs: which elements it must explain, none of them blank.

Bron: B.5 (art. 5.4 Uitvoeringsbesluit Wmo 2015: six elements; Besluit Jeugdwet: four); M20-24 (S3 5.2:
four assumptions); H19-34.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.procedure import Proceduredefinitie, Tarieftabel, Wet

WMO_ELEMENTEN: Mapping[str, str] = {
    "kosten_beroepskracht": "kosten van de beroepskracht",
    "overhead": "redelijke overheadkosten",
    "niet_productieve_uren": "niet-productieve uren (verlof, ziekte, scholing, werkoverleg)",
    "reis_en_opleiding": "reis- en opleidingskosten",
    "indexatie": "indexatie",
    "gemeentelijke_verplichtingen": "kosten door verplichtingen van gemeenten, zoals rapportage en administratie",
}
JEUGD_ELEMENTEN: Mapping[str, str] = {
    "kosten_beroepskrachten": "kosten van beroepskrachten, cliëntgebonden en niet-cliëntgebonden",
    "overige_clientgebonden": "overige cliëntgebonden kosten",
    "overhead": "overheadkosten",
    "indexatie": "indexering",
}
ELEMENTEN: Mapping[Wet, Mapping[str, str]] = {Wet.WMO: WMO_ELEMENTEN, Wet.JEUGDWET: JEUGD_ELEMENTEN}
"""What each law asks a substantiation to explain (B.5)."""

AANNAMES: Mapping[str, str] = {
    "functiemix": "functiemix",
    "productiviteit": "productiviteit",
    "uren": "uren per prestatie",
    "overheadpercentage": "percentage overhead",
}
"""The explicit assumptions of a calculation (S3 5.2, M20-24); asked under both laws (project default)."""


class Onderbouwingsdeel(msgspec.Struct, frozen=True, kw_only=True):
    """One element or assumption: what was reckoned with, and where that comes from."""

    tekst: str
    bron: str


class Tariefonderbouwing(msgspec.Struct, frozen=True, kw_only=True):
    """The substantiation of one perceel in one version of the tariffs (C.7)."""

    tariefversie: str
    perceel: str
    methode: str
    elementen: dict[str, Onderbouwingsdeel]
    aannames: dict[str, Onderbouwingsdeel]


def check_onderbouwing(definitie: Proceduredefinitie, onderbouwing: Tariefonderbouwing) -> list[Beletsel]:
    """Every element that is missing, blank, without source or unknown to this law.

    Bron: B.5; M20-24.
    """
    beletselen = []
    if onderbouwing.tariefversie not in (versies := [tabel.versie for tabel in definitie.tarieftabellen]):
        tekst = f"Tariefversie '{onderbouwing.tariefversie}' bestaat niet. Wel: {', '.join(versies)}."
        beletselen.append(Beletsel("onderbouwing-versie", tekst))
    if onderbouwing.perceel not in (codes := [perceel.code for perceel in definitie.percelen]):
        tekst = f"Perceel '{onderbouwing.perceel}' bestaat niet. Wel: {', '.join(codes)}."
        beletselen.append(Beletsel("onderbouwing-perceel", tekst))
    if not onderbouwing.methode.strip():
        beletselen.append(Beletsel("onderbouwing-methode", "Beschrijf de methode waarmee het tarief is berekend."))
    for wat, gevraagd, gegeven in (
        ("element", ELEMENTEN[definitie.wet], onderbouwing.elementen),
        ("aanname", AANNAMES, onderbouwing.aannames),
    ):
        beletselen += _check_delen(wat, gevraagd, gegeven)
    return beletselen


def _check_delen(wat: str, gevraagd: Mapping[str, str], gegeven: Mapping[str, Onderbouwingsdeel]) -> list[Beletsel]:
    beletselen = []
    for sleutel, naam in gevraagd.items():
        deel = gegeven.get(sleutel)
        if deel is None or not deel.tekst.strip():
            beletselen.append(Beletsel("onderbouwing-leeg", f"Het {wat} '{sleutel}' ontbreekt of is leeg: {naam}."))
        elif not deel.bron.strip():
            beletselen.append(Beletsel("onderbouwing-bron", f"Noem de bron van {wat} '{sleutel}'."))
    for sleutel in gegeven:
        if sleutel not in gevraagd:
            tekst = f"'{sleutel}' is geen {wat} onder deze wet. Kies uit: {', '.join(gevraagd)}."
            beletselen.append(Beletsel("onderbouwing-onbekend", tekst))
    return beletselen


def check_onderbouwd(definitie: Proceduredefinitie, onderbouwd: Sequence[tuple[str, str]]) -> list[Beletsel]:
    """The percelen whose first tariffs nobody has substantiated; `onderbouwd` are (tariefversie, perceel).

    Bron: M20-26 (published with the documents); H19-34 (the substantiation precedes publication).
    """
    tabel = first_tabel(definitie)
    if tabel is None:
        return []
    ontbreekt = [p.code for p in definitie.percelen if (tabel.versie, p.code) not in set(onderbouwd)]
    if not ontbreekt:
        return []
    tekst = (
        f"De onderbouwing van tariefversie {tabel.versie} ontbreekt voor perceel {', '.join(ontbreekt)}. "
        "Leg die vast met: inkoop voorbereiding onderbouwing."
    )
    return [Beletsel("onderbouwing-ontbreekt", tekst)]


def first_tabel(definitie: Proceduredefinitie) -> Tarieftabel | None:
    """The tariffs that are in force when the agreements begin: those that are published."""
    op: date = definitie.looptijd.ingang
    tot_dan = [tabel for tabel in definitie.tarieftabellen if tabel.ingang <= op]
    return max(tot_dan, key=lambda tabel: tabel.ingang, default=None)
