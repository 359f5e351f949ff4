"""Questions about a round and the notas van inlichtingen that answer them: answer, draft, approve, publish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.inlichtingen import Documentwijziging, Notastatus, Vraagstatus, end_of_vragen, last_nota
from inkoop.domain.toegang import Handeling
from inkoop.services import notas, procedures, rondes, vragen
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.inlichtingen import VraagRow
from inkoop.web.bladzijde import quote_pad, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.VRAAG_LEZEN))]
Beantwoorder = Annotated[Bezoek, Depends(mag(Handeling.VRAAG_BEANTWOORDEN))]
Opsteller = Annotated[Bezoek, Depends(mag(Handeling.NOTA_OPSTELLEN))]


@router.get("/rondes/{kenmerk}/vragen")
def toon_vragen(bezoek: Lezer, kenmerk: str, stand: str = "") -> Response:
    """The questions of a round and its notas, with what can be done now."""
    return _toon(bezoek, kenmerk, NIETS, stand)


def _toon(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag, stand: str = "") -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.VRAAG_LEZEN) as sessie:
        ronde = rondes.find_ronde(sessie, kenmerk)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        rijen = vragen.list_vragen(sessie, ronde.id)
        notarijen = notas.list_notas(sessie, ronde.id)
        neemt_aan = bezoek.nu <= ronde.sluiting and bezoek.mag(Handeling.VRAAG_BEANTWOORDEN)
        gezien = vragen.look_vragen(kenmerk)(sessie) if neemt_aan else None
    plan = definitie.find_ronde(kenmerk)
    open_ = bezoek.nu <= ronde.sluiting
    opstelbaar = (
        open_
        and bezoek.mag(Handeling.NOTA_OPSTELLEN)
        and not any(een.status in (Notastatus.CONCEPT, Notastatus.AKKOORD) for een in notarijen)
    )
    return toon_uitslag(
        bezoek,
        uitslag,
        "vragen.html",
        f"Vragen en nota's van ronde {kenmerk}",
        kruimels=(
            (definitie.titel, f"/procedures/{quote_pad(definitie.naam)}"),
            (f"Ronde {kenmerk}", f"/rondes/{quote_pad(kenmerk)}"),
        ),
        ronde=ronde,
        rijen=[rij for rij in rijen if stand not in set(Vraagstatus) or rij.status == stand],
        notas=notarijen,
        standen=[("", "alle"), *((een, str(een)) for een in Vraagstatus)],
        stand=stand,
        vragen_tot=end_of_vragen(plan),
        nota_tot=last_nota(plan),
        open=open_,
        nieuw_vorm=uitslag.kies(_vorm_nieuw(kenmerk).met(gezien)) if gezien else None,
        nota_vorm=uitslag.kies(_vorm_nota(kenmerk)) if opstelbaar else None,
    )


def _vorm_nieuw(kenmerk: str) -> Vorm:
    return Vorm(
        id="vraag",
        actie=f"/rondes/{quote_pad(kenmerk)}/vragen",
        knop="Neem de vraag aan",
        velden=(
            Veld(
                naam="tekst",
                label="De vraag zoals u die kreeg",
                soort=Soort.VAK,
                codes=("vraag-leeg", "vraag-te-vroeg", "vraag-gesloten"),
            ),
            Veld(
                naam="onderwerp",
                label="Waarover gaat de vraag",
                uitleg="Het document met de paragraaf, of het criterium.",
                codes=("vraag-onderwerp",),
            ),
            Veld(
                naam="van",
                label="Wie stelt de vraag",
                uitleg="Dit blijft binnen de organisatie en komt nooit in de nota.",
                codes=("vraag-van",),
            ),
            Veld(
                naam="ontvangen_op",
                label="Wanneer kwam de vraag binnen",
                soort=Soort.MOMENT,
                verplicht=False,
                uitleg="Bijvoorbeeld 31-3-2020 14:30. Leeg betekent nu.",
                codes=("vraag-tijd",),
            ),
        ),
    )


def _vorm_nota(kenmerk: str) -> Vorm:
    return Vorm(
        id="nota",
        actie=f"/rondes/{quote_pad(kenmerk)}/notas",
        knop="Stel de nota op",
        velden=(
            Veld(
                naam="wijzigingen",
                label="Documenten die wijzigen",
                soort=Soort.VAK,
                verplicht=False,
                uitleg="Elke regel: document | oude versie | nieuwe versie | wat er verandert.",
                codes=("nota-wijziging",),
            ),
            Veld(
                naam="editie",
                label="Nieuwe editie van de criteria",
                verplicht=False,
                uitleg="De naam van de editie, zoals in haar bestand.",
                codes=("editie-ontbreekt", "editie-set"),
            ),
            Veld(
                naam="sluiting",
                label="Nieuwe, latere sluiting",
                soort=Soort.MOMENT,
                verplicht=False,
                uitleg="Bijvoorbeeld 7-4-2020 23:59:59. Tussen de nota en de sluiting liggen ten minste tien dagen.",
                codes=("nota-te-laat", "sluiting-vroeger"),
            ),
        ),
    )


@router.post("/rondes/{kenmerk}/vragen")
def neem_aan(bezoek: Beantwoorder, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Take in a question that came by another way than these pages."""
    door = bezoek.na(ingevuld["gezien"], vragen.look_vragen(kenmerk))
    uitslag = process(_vorm_nieuw(kenmerk), ingevuld, lambda w: vragen.ask_vraag(bezoek.huis, door, kenmerk, **w))
    if not uitslag.gelukt:
        return _toon(bezoek, kenmerk, uitslag)
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}/vragen", status_code=303)


@router.post("/rondes/{kenmerk}/notas")
def stel_op(bezoek: Opsteller, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Draft a nota with every answer that is in none yet."""

    def doe(waarden: dict[str, Any]) -> str:
        return notas.draft_nota(
            bezoek.huis,
            bezoek.door,
            kenmerk,
            editie=waarden["editie"] or None,
            sluiting=waarden["sluiting"],
            wijzigingen=_read_wijzigingen(waarden["wijzigingen"]),
        )

    uitslag = process(_vorm_nota(kenmerk), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon(bezoek, kenmerk, uitslag)
    return RedirectResponse(f"/notas/{quote_pad(uitslag.waarde)}", status_code=303)


def _read_wijzigingen(tekst: str) -> list[Documentwijziging]:
    """The changed documents, one on each line. Raises BeletselenError with every line that is none."""
    gelezen, fout = [], []
    for nummer, regel in enumerate((r for r in tekst.splitlines() if r.strip()), start=1):
        delen = [deel.strip() for deel in regel.split("|")]
        if len(delen) != 4 or not all(delen):
            reden = f"Regel {nummer} heeft geen vier delen met een streep (|) ertussen."
            fout.append(Beletsel("nota-wijziging", reden))
        else:
            gelezen.append(Documentwijziging(document=delen[0], oud=delen[1], nieuw=delen[2], wat=delen[3]))
    if fout:
        raise BeletselenError("De wijzigingen zijn niet te lezen.", fout)
    return gelezen


@router.get("/vragen/{kenmerk}")
def toon_vraag(bezoek: Lezer, kenmerk: str) -> Response:
    """One question with its answer; for who may answer, the form."""
    return _toon_vraag(bezoek, kenmerk, NIETS)


def _toon_vraag(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.VRAAG_LEZEN) as sessie:
        rij = vragen.find_vraag(sessie, kenmerk)
        ronde = rondes.get_ronde(sessie, rij.ronde_id).kenmerk
        nota = next((een for een in notas.list_notas(sessie, rij.ronde_id) if een.id == rij.nota_id), None)
        gezien = vragen.look_vraag(kenmerk)(sessie)
    kan = (
        bezoek.mag(Handeling.VRAAG_BEANTWOORDEN)
        and rij.nota_id is None
        and rij.status in (Vraagstatus.ONTVANGEN, Vraagstatus.BEANTWOORD)
    )
    return toon_uitslag(
        bezoek,
        uitslag,
        "vraag.html",
        f"Vraag {kenmerk}",
        kruimels=(
            (f"Ronde {ronde}", f"/rondes/{quote_pad(ronde)}"),
            ("Vragen en nota's", f"/rondes/{quote_pad(ronde)}/vragen"),
        ),
        rij=rij,
        nota=nota,
        antwoord=uitslag.kies(_vorm_antwoord(rij).met(gezien)) if kan else None,
        terzijde=uitslag.kies(_vorm_terzijde(kenmerk).met(gezien)) if kan and not rij.binnen_termijn else None,
        mag_origineel=bezoek.mag(Handeling.VRAAG_BEANTWOORDEN),
    )


def _vorm_antwoord(rij: VraagRow) -> Vorm:
    velden = [
        Veld(
            naam="tekst",
            label="De vraag zoals die in de nota komt",
            soort=Soort.VAK,
            rijen=4,
            waarde=rij.tekst,
            uitleg="Zonder naam, KvK-nummer of e-mailadres van wie de vraag stelde.",
            codes=("niet-anoniem",),
        ),
        Veld(
            naam="antwoord",
            label="Antwoord",
            soort=Soort.VAK,
            rijen=6,
            waarde=rij.antwoord,
            codes=("antwoord-leeg", "vraag-gepubliceerd", "vraag-in-nota"),
        ),
        Veld(
            naam="wijziging",
            label="Wijzigt dit antwoord een document",
            soort=Soort.KEUZE,
            opties=(("nee", "nee"), ("ja", "ja, en dat staat in de nota")),
            waarde="ja" if rij.wijziging else "nee",
        ),
    ]
    if not rij.binnen_termijn:
        uitleg = "Deze vraag kwam na de termijn. Beantwoord haar alleen als het antwoord iedereen aangaat."
        velden.append(
            Veld(
                naam="voor_allen",
                label="Waarom gaat het antwoord iedereen aan",
                soort=Soort.VAK,
                rijen=2,
                waarde=rij.voor_allen,
                uitleg=uitleg,
                codes=("vraag-te-laat",),
            )
        )
    return Vorm(
        id="antwoord", actie=f"/vragen/{quote_pad(rij.kenmerk)}/antwoord", knop="Bewaar het antwoord", velden=velden
    )


def _vorm_terzijde(kenmerk: str) -> Vorm:
    label = "Waarom gaat het antwoord niet iedereen aan"
    return Vorm(
        id="terzijde",
        actie=f"/vragen/{quote_pad(kenmerk)}/terzijde",
        knop="Leg de vraag terzijde",
        knopsoort="secondary-action",
        velden=(Veld(naam="reden", label=label, codes=("reden",)),),
    )


@router.post("/vragen/{kenmerk}/antwoord")
def beantwoord(bezoek: Beantwoorder, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Answer a question, without the name of who asked."""

    def doe(waarden: dict[str, Any]) -> None:
        velden = {**waarden, "wijziging": waarden["wijziging"] == "ja"}
        door = bezoek.na(ingevuld["gezien"], vragen.look_vraag(kenmerk))
        vragen.answer_vraag(bezoek.huis, door, kenmerk, **velden)

    return _handel_vraag(bezoek, kenmerk, _vorm_antwoord, ingevuld, doe)


@router.post("/vragen/{kenmerk}/terzijde")
def leg_terzijde(bezoek: Beantwoorder, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Leave a question that came too late without an answer."""

    def doe(waarden: dict[str, Any]) -> None:
        door = bezoek.na(ingevuld["gezien"], vragen.look_vraag(kenmerk))
        vragen.put_aside(bezoek.huis, door, kenmerk, **waarden)

    return _handel_vraag(bezoek, kenmerk, lambda rij: _vorm_terzijde(rij.kenmerk), ingevuld, doe)


def _handel_vraag(
    bezoek: Bezoek,
    kenmerk: str,
    vorm: Callable[[VraagRow], Vorm],
    ingevuld: Ingevuld,
    doe: Callable[[dict[str, Any]], None],
) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.VRAAG_LEZEN) as sessie:
        rij = vragen.find_vraag(sessie, kenmerk)
        ronde = rondes.get_ronde(sessie, rij.ronde_id).kenmerk
    uitslag = process(vorm(rij), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon_vraag(bezoek, kenmerk, uitslag)
    return RedirectResponse(f"/rondes/{quote_pad(ronde)}/vragen", status_code=303)
