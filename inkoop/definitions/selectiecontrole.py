"""Whether a procedure selects as its legal kind and shape allow, and says all that selection needs.

Bron: domein 0.1; B.1.1, B.1.6, B.1.7; ontwerp 2.5; E.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from inkoop.definitions.modelpad import Loc
from inkoop.definitions.naamcontrole import Melding, check_bekend, check_uniek
from inkoop.domain.kwalificeren import check_aanhaak, check_kwalificatie
from inkoop.domain.procedure import Kwalificatie, Proceduredefinitie
from inkoop.domain.selectie import LOTING, VORMEN, Procedurevorm, Selectieregels, check_wegingen

_ZONDER_SELECTIE = frozenset({Kwalificatie.TOELATING, Kwalificatie.AANHAAK})


def check_selectie(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Every contradiction between kind, shape and selection."""
    yield from _check_kwalificatie(definitie)
    yield from _check_vorm(definitie)
    for beletsel in check_kwalificatie(definitie):
        yield ("kwalificatietoets",), beletsel.tekst
    for beletsel in check_aanhaak(definitie):
        blok = "instroom" if beletsel.code == "periodiciteit" else "kwalificatietoets"
        yield (blok, beletsel.code), beletsel.tekst
    if definitie.selectieregels is not None:
        yield from _check_regels(definitie.selectieregels, definitie)
    for i, perceel in enumerate(definitie.percelen):
        if perceel.max_aanbieders is not None and perceel.max_aanbieders < 1:
            yield ("percelen", i, "max_aanbieders"), "Een maximum is ten minste 1."


def _check_kwalificatie(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """An admission procedure does not select (domein 0.1)."""
    if definitie.selectie and definitie.kwalificatie in _ZONDER_SELECTIE:
        tekst = (
            f"Bij kwalificatie '{definitie.kwalificatie}' hoort 'selectie: nee'. Kiest u toch tussen aanbieders, "
            f"dan is de kwalificatie '{Kwalificatie.SAS}'."
        )
        yield ("selectie",), tekst
        return
    if not definitie.selectie:
        if definitie.selectieregels is not None:
            tekst = "Zonder selectie mag u aanbieders niet vergelijken of rangschikken. Haal 'selectieregels' weg."
            yield ("selectieregels",), tekst
        for i, perceel in enumerate(definitie.percelen):
            if perceel.max_aanbieders is not None:
                tekst = "Zonder selectie mag u geen maximum aantal stellen: wie aan de eisen voldoet, wordt toegelaten."
                yield ("percelen", i, "max_aanbieders"), tekst
        return
    if definitie.selectieregels is None:
        tekst = (
            "Bij 'selectie: ja' hoort een blok 'selectieregels': waarop kiest u, en wat beslist bij een gelijke stand?"
        )
        yield ("selectie",), tekst
    for i, perceel in enumerate(definitie.percelen):
        if perceel.max_aanbieders is None:
            tekst = f"Bij 'selectie: ja' noemt elk perceel een maximum: 'max_aanbieders' ontbreekt bij {perceel.code}."
            yield ("percelen", i, "code"), tekst


def _check_vorm(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """The shape belongs to the kind, and selects or not as the file says (B.1.7)."""
    vorm = definitie.procedurevorm
    if definitie.kwalificatie is Kwalificatie.SAS:
        if vorm is None or vorm is Procedurevorm.TOELATING:
            keuzes = ", ".join(v for v in Procedurevorm if v is not Procedurevorm.TOELATING)
            loc: Loc = ("kwalificatie",) if vorm is None else ("procedurevorm",)
            yield loc, f"Bij kwalificatie 'sas' hoort een 'procedurevorm': {keuzes}."
            return
    elif vorm not in (None, Procedurevorm.TOELATING):
        tekst = f"De vorm '{vorm}' is een aanbesteding; bij kwalificatie '{definitie.kwalificatie}' hoort 'toelating'."
        yield ("procedurevorm",), tekst
        return
    if vorm is None:
        return
    kenmerken = VORMEN[vorm]
    if kenmerken.kiest != definitie.selectie:
        woord = "ja" if kenmerken.kiest else "nee"
        yield ("procedurevorm",), f"De vorm '{vorm}' ({kenmerken.naam}) hoort bij 'selectie: {woord}'."
    regels = definitie.selectieregels
    if regels is not None:
        if kenmerken.dialoog is True and regels.dialoog is None:
            yield ("selectieregels",), f"De vorm '{vorm}' heeft een dialoog. Voeg 'dialoog' toe."
        if kenmerken.dialoog is False and regels.dialoog is not None:
            yield ("selectieregels", "dialoog"), f"De vorm '{vorm}' ({kenmerken.naam}) heeft geen dialoog."
    yield from _check_rondedagen(definitie, vorm)


def _check_rondedagen(definitie: Proceduredefinitie, vorm: Procedurevorm) -> Iterator[Melding]:
    """A round has the dates that its shape needs, and no others (E.3)."""
    kenmerken = VORMEN[vorm]
    regels = definitie.selectieregels
    met_dialoog = kenmerken.dialoog is True or (regels is not None and regels.dialoog is not None)
    tweetraps = met_dialoog or (kenmerken.selecteert and kenmerken.weegt)
    gevraagd = {
        "selectiebesluit": tweetraps,
        "selectie_vervaltermijn": tweetraps,
        "dialoog_van": met_dialoog,
        "dialoog_tot": met_dialoog,
        "voorstel_tot": tweetraps,
    }
    for i, ronde in enumerate(definitie.instroom.rondes):
        for naam, nodig in gevraagd.items():
            waarde = getattr(ronde, naam)
            if nodig and waarde is None:
                tekst = f"Bij vorm '{vorm}' heeft ronde {ronde.kenmerk} ook de sleutel '{naam}' nodig."
                yield ("instroom", "rondes", i), tekst
            if not nodig and waarde is not None:
                yield ("instroom", "rondes", i, naam), f"Bij vorm '{vorm}' ({kenmerken.naam}) hoort geen '{naam}'."


def _check_regels(regels: Selectieregels, definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Weights sum to 100, never price alone; ties are decided by what is published (B.1.6, F.0)."""
    vorm = VORMEN.get(definitie.procedurevorm) if definitie.procedurevorm is not None else None
    for naam, criteria in (
        ("selectiecriteria", regels.selectiecriteria),
        ("gunningscriteria", regels.gunningscriteria),
    ):
        loc: Loc = ("selectieregels", naam)
        for beletsel in check_wegingen(criteria, naam):
            nummer = beletsel.code.removeprefix("weging-")
            yield (*loc, int(nummer), "weging") if nummer.isdigit() else loc, beletsel.tekst
    ids = [criterium.id for criterium in (*regels.selectiecriteria, *regels.gunningscriteria)]
    yield from check_uniek((("selectieregels", "selectiecriteria"), id_) for id_ in ids)
    if vorm is not None:
        if vorm.selecteert and not regels.selectiecriteria:
            yield ("selectieregels", "selectiecriteria"), "Noem ten minste één selectiecriterium."
        if vorm.weegt and not regels.gunningscriteria:
            yield ("selectieregels",), "Met EMVI weegt u voorstellen. Voeg 'gunningscriteria' toe."
        if not vorm.weegt and regels.gunningscriteria:
            tekst = "Zonder EMVI weegt u geen voorstellen. Haal 'gunningscriteria' weg, of kies een vorm met EMVI."
            yield ("selectieregels", "gunningscriteria"), tekst
    yield from _check_deelnemers(regels, definitie)
    bekend = [*ids, LOTING]
    for i, naam in enumerate(regels.gelijke_stand):
        yield from check_bekend(("selectieregels", "gelijke_stand", i), naam, bekend, "beslisregel")
    if not regels.gelijke_stand or LOTING in regels.gelijke_stand[:-1]:
        tekst = f"Zeg wat beslist bij een gelijke stand: ids van criteria, en '{LOTING}' alleen als laatste."
        yield ("selectieregels", "gelijke_stand"), tekst
    if regels.dialoog is not None and regels.dialoog.rondes < 1:
        yield ("selectieregels", "dialoog", "rondes"), "Een dialoog heeft ten minste één ronde."


def _check_deelnemers(regels: Selectieregels, definitie: Proceduredefinitie) -> Iterator[Melding]:
    """A number of participants of its own is for offers that are weighed, and leaves at least as many as can win."""
    if regels.deelnemers is None:
        return
    loc: Loc = ("selectieregels", "deelnemers")
    vorm = VORMEN.get(definitie.procedurevorm) if definitie.procedurevorm is not None else None
    if vorm is not None and not (vorm.selecteert and vorm.weegt):
        tekst = (
            f"'deelnemers' hoort bij een selectie waarna u aanbiedingen weegt ({Procedurevorm.EMVI_2} of "
            f"{Procedurevorm.EMVI_3}). Haal het weg, of kies zo'n vorm."
        )
        yield loc, tekst
    meeste = max((perceel.max_aanbieders or 1 for perceel in definitie.percelen), default=1)
    if regels.deelnemers < meeste:
        tekst = f"Laat ten minste {meeste} deelnemers door: zoveel aanbieders kunnen er winnen."
        yield loc, tekst
