"""Working through a round: establishing facts and judging, the evidence beside the question, save and go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.criteria.beoordeling import Beoordelingspunt
from inkoop.domain.criteria.dossier import Antwoord
from inkoop.domain.fouten import Beletsel, BeletselenError, InkoopError
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.services import aanmeldingen, bewijzen, feiten, oordelen, precedenten, procedures, rondes, werklijst
from inkoop.services.feiten import Feitregel, Vaststelling, Vaststellingswijze
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.bewijs import BewijsstukRow
from inkoop.web.bladzijde import list_fouten, quote_pad, toon
from inkoop.web.feitvelden import correct_feit, list_velden
from inkoop.web.formulier import Formulier, Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.toegang import mag

router = APIRouter()
Werker = Annotated[Bezoek, Depends(mag(Handeling.FEIT_VASTSTELLEN, Handeling.OORDELEN, Handeling.OORDEEL_BESLECHTEN))]
Vaststeller = Annotated[Bezoek, Depends(mag(Handeling.FEIT_VASTSTELLEN))]
Oordeler = Annotated[Bezoek, Depends(mag(Handeling.OORDELEN, Handeling.OORDEEL_BESLECHTEN))]


@router.get("/rondes/{kenmerk}/werk")
def ga_verder(bezoek: Werker, kenmerk: str, soort: str = "", na: str = "") -> Response:
    """On to the next thing to do in this round; when there is none, say so."""
    if soort != "oordelen" and bezoek.mag(Handeling.FEIT_VASTSTELLEN):
        volgende = werklijst.find_met_feiten(bezoek.huis, bezoek.door, kenmerk, na)
        if volgende is not None:
            return RedirectResponse(f"/aanmeldingen/{quote_pad(volgende)}/feiten", status_code=303)
    if soort != "feiten" and bezoek.mag(Handeling.OORDELEN, Handeling.OORDEEL_BESLECHTEN):
        punt = werklijst.find_punt(bezoek.huis, bezoek.door, kenmerk, na)
        if punt is not None:
            return RedirectResponse(f"/aanmeldingen/{quote_pad(punt[0])}/oordelen/{punt[1]}", status_code=303)
    with lees(bezoek.huis, bezoek.door, Handeling.RONDE_LEZEN) as sessie:
        rondes.find_ronde(sessie, kenmerk)
    return toon(bezoek, "werk_klaar.html", "Niets meer te doen", kenmerk=kenmerk, soort=soort)


@router.get("/aanmeldingen/{kenmerk}/feiten")
def toon_feiten(bezoek: Vaststeller, kenmerk: str, bestand: str = "") -> Response:
    """The facts stated on one file, with the file beside them; without a name the first file with work."""
    return _toon_feiten(bezoek, kenmerk, bestand, None, ())


def _toon_feiten(
    bezoek: Bezoek, kenmerk: str, bestand: str, ingevuld: Formulier | None, fouten: tuple[str, ...]
) -> Response:
    regels = feiten.read_feiten(bezoek.huis, bezoek.door, kenmerk)
    open_ = [regel for regel in regels if regel.wijze is None and regel.tijdig]
    with lees(bezoek.huis, bezoek.door, Handeling.AANMELDING_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        stukken = {stuk.sha256: stuk for stuk in bewijzen.list_bewijsstukken(sessie, rij)}
    if not bestand and open_:
        bestand = open_[0].feit.bewijs[0]
    if bestand and bestand not in stukken:
        raise NietTeVindenError
    hier = [regel for regel in regels if bestand in regel.feit.bewijs]
    dicht = [regel for regel in hier if regel.wijze is not None]
    return toon(
        bezoek,
        "feiten.html",
        f"Feiten van {rij.naam}",
        status=422 if fouten else 200,
        fouten=fouten,
        kruimels=(
            (f"Ronde {ronde.kenmerk}", f"/rondes/{quote_pad(ronde.kenmerk)}"),
            (kenmerk, f"/aanmeldingen/{quote_pad(kenmerk)}"),
        ),
        rij=rij,
        ronde=ronde,
        stuk=stukken.get(bestand),
        regels=[(regel, list_velden(regel.feit)) for regel in hier if regel in open_],
        gedaan=[(regel, list_velden(regel.feit)) for regel in dicht],
        over=len(open_),
        bestanden=_list_bestanden(open_, stukken),
        ingevuld=ingevuld or {},
        ingevuld_kwijt=[] if ingevuld is None else list(_list_kwijt(dicht, ingevuld)),
    )


def _list_kwijt(dicht: list[Feitregel], ingevuld: Formulier) -> Iterator[tuple[str, str]]:
    """What was chosen and typed about facts that somebody else has established since."""
    for regel in dicht:
        gekozen = ingevuld[f"wijze:{regel.id}"]
        if not gekozen:
            continue
        velden = list_velden(regel.feit)
        over = ", ".join(veld.getoond for veld in velden if veld.getoond)
        yield f"Feit: {over}", f"{format_woord(gekozen)}. {ingevuld[f'reden:{regel.id}']}"
        if gekozen == Vaststellingswijze.GECORRIGEERD:
            for veld in velden:
                if tekst := ingevuld[f"veld:{regel.id}:{veld.pad}"]:
                    yield veld.naam.capitalize(), tekst


def _list_bestanden(open_: list[Feitregel], stukken: dict[str, BewijsstukRow]) -> list[tuple[str, str, int]]:
    """Each file with facts that are open: hash, name, how many."""
    aantallen: dict[str, int] = {}
    for regel in open_:
        aantallen[regel.feit.bewijs[0]] = aantallen.get(regel.feit.bewijs[0], 0) + 1
    return [(sha, stukken[sha].bestand, aantal) for sha, aantal in aantallen.items() if sha in stukken]


@router.post("/aanmeldingen/{kenmerk}/feiten")
def stel_vast(bezoek: Vaststeller, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Record what was chosen for each fact; a fact without a choice stays open."""
    regels = {regel.id: regel for regel in feiten.read_feiten(bezoek.huis, bezoek.door, kenmerk)}
    bestand = ingevuld["bestand"]
    try:
        vaststellingen = [
            _read_vaststelling(regel, ingevuld)
            for regel in regels.values()
            if bestand in regel.feit.bewijs and ingevuld[f"wijze:{regel.id}"]
        ]
        if not vaststellingen:
            raise BeletselenError(
                "Er is niets gekozen.", [Beletsel("keuze", "Kies bij ten minste één feit wat u hebt gezien.")]
            )
        feiten.establish_feiten(bezoek.huis, bezoek.door, kenmerk, vaststellingen)
    except InkoopError as fout:
        return _toon_feiten(bezoek, kenmerk, bestand, ingevuld, list_fouten(fout))
    with lees(bezoek.huis, bezoek.door, Handeling.AANMELDING_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        ronde = rondes.get_ronde(sessie, rij.ronde_id).kenmerk
    bezoek.kern.bijwerker.vraag(ronde=ronde, unit=kenmerk)
    return RedirectResponse(f"/rondes/{quote_pad(ronde)}/werk?soort=feiten&na={quote_pad(kenmerk)}", status_code=303)


def _read_vaststelling(regel: Feitregel, ingevuld: Formulier) -> Vaststelling:
    wijze = ingevuld[f"wijze:{regel.id}"]
    if wijze not in set(Vaststellingswijze):
        raise BeletselenError("Dit kan niet.", [Beletsel("wijze", "Kies bevestigd, gecorrigeerd of verworpen.")])
    feit = None
    if wijze == Vaststellingswijze.GECORRIGEERD:
        begin = f"veld:{regel.id}:"
        velden = {naam.removeprefix(begin): ingevuld[naam] for naam in ingevuld if naam.startswith(begin)}
        feit = correct_feit(regel.feit, velden)
    return Vaststelling(id=regel.id, wijze=Vaststellingswijze(wijze), feit=feit, reden=ingevuld[f"reden:{regel.id}"])


@router.get("/aanmeldingen/{kenmerk}/oordelen/{punt}")
def toon_punt(bezoek: Oordeler, kenmerk: str, punt: str) -> Response:
    """One point to judge: the requirement, the questions, the evidence; the other judgement only when both are in."""
    return _toon_punt(bezoek, kenmerk, punt, {}, ())


def _toon_punt(
    bezoek: Bezoek, kenmerk: str, punt: str, ingevuld: Formulier | dict[str, str], fouten: tuple[str, ...]
) -> Response:
    regels = {regel.id: regel for regel in oordelen.read_punten(bezoek.huis, bezoek.door, kenmerk)}
    if punt not in regels:
        raise NietTeVindenError
    with lees(bezoek.huis, bezoek.door, Handeling.OORDEEL_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        criteria = {criterium.id: criterium for criterium in procedures.read_editie(sessie, ronde).criteria}
        stukken = {stuk.sha256: stuk for stuk in bewijzen.list_bewijsstukken(sessie, rij)}
    regel = regels[punt]
    te_doen = werklijst.is_te_doen(regel, bezoek.door)
    eerder = precedenten.read_bij_punt(bezoek.huis, bezoek.door, kenmerk, regel.punt)
    return toon(
        bezoek,
        "oordeel.html",
        f"Beoordelen: {criteria[regel.punt.criterium].titel}",
        status=422 if fouten else 200,
        fouten=fouten,
        kruimels=(
            (f"Ronde {ronde.kenmerk}", f"/rondes/{quote_pad(ronde.kenmerk)}"),
            (kenmerk, f"/aanmeldingen/{quote_pad(kenmerk)}"),
        ),
        rij=rij,
        ronde=ronde,
        regel=regel,
        leden={lid.id: lid.naam for lid in aanmeldingen.read_opgave(rij).leden},
        criterium=criteria[regel.punt.criterium],
        stukken=[stukken[sha] for sha in regel.punt.bewijs if sha in stukken],
        precedenten=eerder,
        te_doen=te_doen,
        jurist=bezoek.wie.rol is Rol.JURIST,
        over=sum(werklijst.is_te_doen(een, bezoek.door) for een in regels.values()),
        ingevuld=ingevuld,
        ingevuld_kwijt=[] if te_doen else _list_getypt(regel.punt, ingevuld),
    )


def _list_getypt(punt: Beoordelingspunt, ingevuld: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed about a point that waits for nobody any more."""
    if not ingevuld:
        return []
    vragen = [(vraag.tekst, ingevuld.get(f"toelichting:{vraag.id}", "")) for vraag in punt.vragen]
    return [(label, tekst) for label, tekst in (*vragen, ("Reden", ingevuld.get("reden", ""))) if tekst]


@router.post("/aanmeldingen/{kenmerk}/oordelen/{punt}")
def oordeel(bezoek: Oordeler, kenmerk: str, punt: str, ingevuld: Ingevuld) -> Response:
    """Give one's own judgement, or as jurist settle a difference; then on to the next point."""
    regels = {regel.id: regel for regel in oordelen.read_punten(bezoek.huis, bezoek.door, kenmerk)}
    if punt not in regels:
        raise NietTeVindenError
    geef = oordelen.settle_oordeel if bezoek.wie.rol is Rol.JURIST else oordelen.give_oordeel
    try:
        antwoorden = [
            Antwoord(
                vraag=vraag.id,
                ja=ingevuld[f"vraag:{vraag.id}"] == "ja",
                toelichting=ingevuld[f"toelichting:{vraag.id}"],
            )
            for vraag in regels[punt].punt.vragen
            if ingevuld[f"vraag:{vraag.id}"] in {"ja", "nee"}
        ]
        if ingevuld["ja"] not in {"ja", "nee"}:
            raise BeletselenError("Het oordeel ontbreekt.", [Beletsel("ja", "Kies of dit aan de eis voldoet.")])
        geef(
            bezoek.huis,
            bezoek.door,
            kenmerk,
            punt,
            ja=ingevuld["ja"] == "ja",
            reden=ingevuld["reden"],
            antwoorden=antwoorden,
        )
    except InkoopError as fout:
        return _toon_punt(bezoek, kenmerk, punt, ingevuld, list_fouten(fout))
    with lees(bezoek.huis, bezoek.door, Handeling.OORDEEL_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        ronde = rondes.get_ronde(sessie, rij.ronde_id).kenmerk
    bezoek.kern.bijwerker.vraag(ronde=ronde, unit=kenmerk)
    return RedirectResponse(f"/rondes/{quote_pad(ronde)}/werk?soort=oordelen&na={quote_pad(kenmerk)}", status_code=303)
