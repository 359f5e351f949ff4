"""The same twenty criteria as ifs, written by hand for exactly these dossiers: the floor of what a toets can cost.

Gives only outcomes. It has no reasons, no evidence, no repair rounds, no established facts, no expiry,
no other days or norms, and a change in one criterion is a change in a program.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inkoop.domain.criteria.dossier import (
    Certificaatfeit,
    Documentfeit,
    Dossier,
    Ervaringfeit,
    Getalfeit,
    Locatiefeit,
    Oordeel,
    Personeelfeit,
    Registerstatus,
    Registratiefeit,
    Uitsluitingfeit,
    Verklaringfeit,
)
from inkoop.domain.criteria.uitkomst import Uitkomst
from toetsmeting.dossiers import AVG, MELDCODE, PRODUCTEN

NIET, HERSTEL, MENSEN, VOORWAARDE, VOLDOET, NVT = Uitkomst
RANG = {uitkomst: rang for rang, uitkomst in enumerate(Uitkomst)}
INDIENING, SLUITING, INGANG = date(2020, 3, 12), date(2020, 3, 31), date(2020, 7, 1)
HALF_JAAR, TWEE_JAAR = date(2019, 9, 12), date(2018, 3, 12)
JAAR_VOOR_SLUITING, DRIE_JAAR_VOOR_SLUITING = date(2019, 3, 31), date(2017, 3, 31)
SLECHT = (Registerstatus.GESCHORST, Registerstatus.INGETROKKEN, Registerstatus.VERLOPEN)
Uitkomsten = dict[tuple[str, str | None, str | None], Uitkomst]


def check(dossier: Dossier) -> tuple[Uitkomsten, dict[str, Uitkomst]]:  # noqa: C901, PLR0912, PLR0915 - as one writes ifs
    """The outcome per criterion, perceel and member, and per perceel."""
    documenten: dict[tuple[str | None, str], Documentfeit] = {}
    verklaringen: dict[tuple[str | None, str], Verklaringfeit] = {}
    uitsluitingen: dict[str | None, Uitsluitingfeit] = {}
    ervaring: dict[str, Ervaringfeit] = {}
    personeel: dict[str, Personeelfeit] = {}
    certificaten: list[Certificaatfeit] = []
    registraties: list[Registratiefeit] = []
    locatie: Locatiefeit | None = None
    plaatsen: Getalfeit | None = None
    for f in dossier.feiten:
        if isinstance(f, Documentfeit):
            documenten[f.lid, f.document] = f
        elif isinstance(f, Personeelfeit):
            personeel[f.product] = f
        elif isinstance(f, Ervaringfeit):
            ervaring[f.product] = f
        elif isinstance(f, Verklaringfeit):
            verklaringen[f.lid, f.verklaring] = f
        elif isinstance(f, Uitsluitingfeit):
            uitsluitingen[f.lid] = f
        elif isinstance(f, Certificaatfeit):
            certificaten.append(f)
        elif isinstance(f, Registratiefeit):
            registraties.append(f)
        elif isinstance(f, Locatiefeit):
            locatie = f
        elif isinstance(f, Getalfeit):
            plaatsen = f
    oordelen: dict[tuple[str, str | None, tuple[str, ...]], list[Oordeel]] = {}
    for o in dossier.oordelen:
        oordelen.setdefault((o.criterium, o.perceel, o.bewijs), []).append(o)

    uit: Uitkomsten = {}
    for lid in dossier.leden:
        wie = lid.id
        v = verklaringen.get((wie, "uea"))
        if v is None or (v.datum <= INDIENING and not (v.ondertekend and v.bevoegd)):
            uit["U-01", None, wie] = HERSTEL
        else:
            uit["U-01", None, wie] = NIET if v.datum > INDIENING else VOLDOET
        for nummer, naam, grens in (
            ("U-02", "kvk-uittreksel", HALF_JAAR),
            ("U-03", "gedragsverklaring-aanbesteden", TWEE_JAAR),
            ("U-04", "belastingverklaring", HALF_JAAR),
        ):
            d = documenten.get((wie, naam))
            if d is None or d.op_naam_van != lid.naam:
                uit[nummer, None, wie] = HERSTEL
            elif d.datum > INDIENING:
                uit[nummer, None, wie] = NIET
            else:
                uit[nummer, None, wie] = HERSTEL if d.datum < grens else VOLDOET
        d = documenten.get((wie, "klachtenregeling"))
        uit["M-06", None, wie] = HERSTEL if d is None else NIET if d.datum > SLUITING else VOLDOET
        uit["M-11", None, wie] = _parts(documenten.get((wie, "avg-dossier")), AVG)
        meldcode = documenten.get((wie, "meldcode"))
        samen = _parts(meldcode, MELDCODE), _judged(meldcode, "M-13", None, oordelen)
        uit["M-13", None, wie] = min(samen, key=RANG.__getitem__)
        u = uitsluitingen.get(wie)
        if u is None:
            uit["X-02", None, wie] = HERSTEL
        elif u.van_toepassing:
            uit["X-02", None, wie] = HERSTEL if u.datum <= INDIENING else NIET
        else:
            uit["X-02", None, wie] = VOLDOET if u.datum <= INDIENING else NIET

    uit["M-07", None, None] = _messages(registraties, verklaringen.get((None, "iwmo-gereed")))
    procesafspraken = documenten.get((None, "procesafspraken-collegiale-afstemming"))
    uit["M-09", None, None] = _judged(procesafspraken, "M-09", None, oordelen)
    standaarden = documenten.get((None, "overzicht-professionele-standaarden"))
    doorstroom = documenten.get((None, "plan-doorstroom"))
    iso = _certificates(certificaten, ("ISO 9001", "HKZ", "NEN-EN 15224"), None)
    a = verklaringen.get((None, "akkoord-programma-van-eisen"))
    if a is None:
        akkoord = HERSTEL
    elif a.voorbehoud or a.datum > SLUITING:
        akkoord = NIET
    else:
        akkoord = VOLDOET if a.ondertekend and a.bevoegd else HERSTEL
    polis = HERSTEL
    p = documenten.get((None, "polis-aansprakelijkheid"))
    if p is not None:
        polis = NIET if p.datum > SLUITING else HERSTEL if p.datum < JAAR_VOOR_SLUITING else VOLDOET
    groot_genoeg = HERSTEL if plaatsen is None else VOLDOET if plaatsen.waarde >= 15 else NIET
    for perceel, scopes in (
        ("1A", ("begeleiding", "individuele begeleiding", "ambulante begeleiding")),
        ("1B", ("dagbesteding", "dagactiviteiten")),
        ("1C", ("verblijf", "kortdurend verblijf", "logeren")),
    ):
        producten = PRODUCTEN[perceel]
        uit["M-01", perceel, None] = _experience(producten, ervaring)
        if perceel != "1C":
            uit["M-02", perceel, None] = NVT
        elif locatie is None:
            uit["M-02", perceel, None] = HERSTEL
        else:
            in_regio = locatie.gemeente in ("'s-Hertogenbosch", "Vught", "Meierijstad")
            uit["M-02", perceel, None] = VOLDOET if in_regio and locatie.van <= INGANG else NIET
        uit["M-03", perceel, None] = _certificates(certificaten, ("HKZ", "NEN-EN 15224"), scopes)
        uit["M-04", perceel, None] = _judged(standaarden, "M-04", perceel, oordelen)
        uit["M-05", perceel, None] = iso
        uit["M-08", perceel, None] = _people(producten, personeel)
        uit["M-10", perceel, None] = _judged(doorstroom, "M-10", perceel, oordelen)
        uit["M-12", perceel, None] = akkoord
        uit["X-01", perceel, None] = groot_genoeg
        uit["X-03", perceel, None] = polis
    percelen = {}
    for perceel in PRODUCTEN:
        rangen = [RANG[uitkomst] for (_, waar, _), uitkomst in uit.items() if waar in (None, perceel)]
        percelen[perceel] = tuple(Uitkomst)[min(rangen)]
    return uit, percelen


def _parts(d: Documentfeit | None, onderdelen: Sequence[str]) -> Uitkomst:
    if d is None:
        return HERSTEL
    if d.datum > SLUITING:
        return NIET
    aanwezig = {}
    for onderdeel in d.onderdelen:
        if onderdeel.datum > SLUITING:
            return NIET
        aanwezig[onderdeel.naam] = True
    for naam in onderdelen:
        if naam not in aanwezig:
            return HERSTEL
    return VOLDOET


def _judged(
    d: Documentfeit | None,
    criterium: str,
    perceel: str | None,
    oordelen: dict[tuple[str, str | None, tuple[str, ...]], list[Oordeel]],
) -> Uitkomst:
    if d is None:
        return HERSTEL
    if d.datum > SLUITING:
        return NIET
    gegeven = oordelen.get((criterium, perceel, d.bewijs))
    if gegeven is None or len({o.persoon for o in gegeven}) < 2 or len({o.ja for o in gegeven}) > 1:
        return MENSEN
    return VOLDOET if gegeven[0].ja else NIET


def _messages(registraties: list[Registratiefeit], v: Verklaringfeit | None) -> Uitkomst:
    beste = HERSTEL
    geldt = [r for r in registraties if r.register in ("AGB", "VECOZO")]
    for r in geldt:
        if r.van <= INGANG and (r.tot is None or r.tot >= INGANG) and r.status is Registerstatus.ACTIEF:
            beste = VOLDOET
    if beste is VOLDOET or v is None:
        return beste
    if v.datum > INGANG or not v.gegevens.get("softwarepakket") or not v.ondertekend or not v.bevoegd:
        return beste
    return VOLDOET


def _experience(producten: Sequence[str], ervaring: dict[str, Ervaringfeit]) -> Uitkomst:
    if not any(product in ervaring for product in producten):
        return HERSTEL
    for product in producten:
        e = ervaring.get(product)
        if e is None or e.clienten < 1 or e.van > SLUITING or e.tot < DRIE_JAAR_VOOR_SLUITING:
            return NIET
    return VOLDOET


def _people(producten: Sequence[str], personeel: dict[str, Personeelfeit]) -> Uitkomst:
    laagste = VOLDOET
    for product in producten:
        p = personeel.get(product)
        if p is None:
            deel = HERSTEL
        elif p.van > INGANG:
            deel = NIET
        elif p.tenzij:
            deel = MENSEN
        else:
            deel = VOLDOET if p.kwalificatie in ("mbo-4", "hbo") and p.aantal >= 1 else NIET
        if RANG[deel] < RANG[laagste]:
            laagste = deel
    return laagste


def _certificates(certificaten: list[Certificaatfeit], lijst: Sequence[str], scopes: Sequence[str] | None) -> Uitkomst:
    if not certificaten:
        return HERSTEL
    erkend, mensen, onbekend = [], [], []
    for c in certificaten:
        if c.registerstatus in SLECHT:
            continue
        if c.norm not in lijst:
            mensen.append(c)
        elif scopes is not None and c.registerstatus is not Registerstatus.ACTIEF:
            onbekend.append(c)
        elif scopes is None or any(scope in c.scope for scope in scopes):
            erkend.append(c)
    zelf = _reach(erkend)
    if mensen and _reach(erkend + mensen) > zelf:
        return MENSEN
    if zelf:
        return VOLDOET if zelf == 2 else VOORWAARDE
    return HERSTEL if onbekend and _reach(erkend + onbekend) else NIET


def _reach(certificaten: list[Certificaatfeit]) -> int:
    bereik = 0
    if any(c.van <= SLUITING <= c.tot for c in certificaten):
        bereik = 2 if any(c.van <= INGANG <= c.tot for c in certificaten) else 1
    return bereik
