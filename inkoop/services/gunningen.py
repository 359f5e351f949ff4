"""Awarding: the intention, its term, and when it becomes final.

An intention is no acceptance. It becomes final after the term, when no kort geding holds up the perceel, by
a mandated person; only then an agreement is composed.

Bron: B.2.3, B.2.4; C.28; E.3; F.3 J1, J2, J4.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlmodel import Session, select

from inkoop.domain.besluit import Besluitsoort, Besluitvoorstel
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.mandaat import Onderwerp, check_mandaat
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.rangschikking import HOOGSTE, Plaatsing, Rangregel, Stadium
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus
from inkoop.services import (
    aanmeldingen,
    besluiten,
    dialogen,
    geschillen,
    gunningsstukken,
    procedures,
    rondes,
    scores,
    selecties,
    toetsen,
)
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.selectie import GunningRow

GEEN_VOORSTEL = "Er is geen definitief voorstel op tijd ontvangen."
PAST_NIET = "Het definitieve voorstel past niet bij wat is gepubliceerd."
RESERVE_BLIJFT = "De opdracht gaat naar de kandidaten die eerst waren gekozen; de reservelijst is niet meer nodig."


def check_gunningsrijp(sessie: Session, ronde: RondeRow, nu_voorbij: bool) -> list[Beletsel]:
    """Why the award of a round cannot be proposed yet, everything at once; empty = it can."""
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    if not scores.chooses(definitie):
        return [Beletsel("geen-selectie", "Deze procedure selecteert niet.")]
    deelnemers = selecties.list_deelnemers(sessie, ronde)
    beletselen = []
    if not nu_voorbij:
        beletselen.append(Beletsel("termijn", "De termijn voor het definitieve voorstel loopt nog."))
    if not deelnemers:
        beletselen.append(Beletsel("geen-deelnemers", "Er zijn geen deelnemers aan wie de selectie is bericht."))
    beletselen += dialogen.check_afgerond(sessie, ronde)
    for kenmerk, percelen in sorted(deelnemers.items()):
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        if dialogen.find_voorstel(sessie, rij) is None:
            continue
        for perceel in percelen:
            for stand in scores.read_stand(sessie, rij, definitie, perceel, Stadium.GUNNING):
                if stand.definitief is None:
                    tekst = (
                        f"{kenmerk}, perceel {perceel}: '{stand.criterium}' is nog niet door twee mensen beoordeeld."
                    )
                    beletselen.append(Beletsel("score-ontbreekt", tekst))
    return beletselen


def prepare_gunning(huis: Huis, door: Optreden, ronde: str) -> bool:
    """Propose the award once dialogue, proposals and judgements are complete; False otherwise, or when done."""
    with huis.winkel.lezen() as sessie:
        if not _is_klaar(sessie, rondes.find_ronde(sessie, ronde), door):
            return False
    with handel(huis, door, Handeling.BESLUIT_VOORBEREIDEN) as eenheid:
        sessie = eenheid.sessie
        rij = rondes.find_ronde(sessie, ronde)
        if not _is_klaar(sessie, rij, door):
            return False
        definitie = procedures.read_definitie(sessie, rij.procedure_id)
        gekozen = _choose(sessie, rij, definitie)
        for aanmelding, besluit in _list_te_beslissen(sessie, rij):
            voorstel = besluiten.decode_voorstel(besluit)
            regel = gekozen.get((aanmelding.kenmerk, besluit.perceel or ""))
            soort, waarom = _decide(sessie, aanmelding, besluit, regel, definitie)
            wint = soort is Besluitsoort.GUNNINGSVOORNEMEN
            producten = (*voorstel.producten, *voorstel.afgewezen_producten)
            nieuw = msgspec.structs.replace(
                voorstel,
                soort=soort,
                rang=regel or voorstel.rang,
                aanleiding=waarom,
                producten=voorstel.producten if wint else (),
                afgewezen_producten=voorstel.afgewezen_producten if wint else producten,
            )
            toets = toetsen.find_laatste(sessie, aanmelding)
            if toets is not None:
                besluiten.add_besluit(huis, eenheid, aanmelding, nieuw, toets, door, vervangt=besluit)
    return True


def _is_klaar(sessie: Session, ronde: RondeRow, door: Optreden) -> bool:
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    tot = definitie.find_ronde(ronde.kenmerk).voorstel_tot
    voorbij = tot is None or door.nu > tot
    return bool(_list_te_beslissen(sessie, ronde)) and not check_gunningsrijp(sessie, ronde, voorbij)


def _list_te_beslissen(sessie: Session, ronde: RondeRow) -> list[tuple[AanmeldingRow, BesluitRow]]:
    """Candidates and reserves on which no award was proposed yet."""
    soorten = (Besluitsoort.GESELECTEERD, Besluitsoort.RESERVE)
    lopend = {
        b.vervangt_id
        for rij in aanmeldingen.list_aanmeldingen(sessie, ronde)
        for b in besluiten.list_besluiten(sessie, rij)
    }
    return [(rij, b) for rij, b in selecties.list_staand(sessie, ronde) if b.soort in soorten and b.id not in lopend]


def _choose(sessie: Session, ronde: RondeRow, definitie: Proceduredefinitie) -> dict[tuple[str, str], Rangregel]:
    """Of the proposals that count and fit: the place of each, on each perceel."""
    per_perceel: dict[str, list[AanmeldingRow]] = {}
    for kenmerk, percelen in selecties.list_deelnemers(sessie, ronde).items():
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        for perceel in percelen:
            if dialogen.find_voorstel(sessie, rij) is not None and _fits(sessie, rij, definitie, perceel):
                per_perceel.setdefault(perceel, []).append(rij)
    rangordes = selecties.collect_rangschikkingen(sessie, ronde, definitie, per_perceel, Stadium.GUNNING)
    return {(regel.kandidaat, rangorde.perceel): regel for rangorde in rangordes for regel in rangorde.regels}


def _fits(sessie: Session, rij: AanmeldingRow, definitie: Proceduredefinitie, perceel: str) -> bool:
    """Where proposals are not weighed: whether two people found that it fits."""
    if scores.weighs(definitie):
        return True
    return all(
        stand.definitief == HOOGSTE for stand in scores.read_stand(sessie, rij, definitie, perceel, Stadium.GUNNING)
    )


def _decide(
    sessie: Session, rij: AanmeldingRow, besluit: BesluitRow, regel: Rangregel | None, definitie: Proceduredefinitie
) -> tuple[Besluitsoort, str]:
    """The kind of besluit on one candidate, and why."""
    if besluit.soort is Besluitsoort.RESERVE:
        return Besluitsoort.NIET_GEGUND, RESERVE_BLIJFT
    if regel is not None and regel.plaatsing is Plaatsing.GEKOZEN:
        return Besluitsoort.GUNNINGSVOORNEMEN, f"Het voorstel past bij wat is gepubliceerd. {regel.uitleg}"
    if regel is not None:
        return Besluitsoort.NIET_GEGUND, regel.uitleg
    if dialogen.find_voorstel(sessie, rij) is None:
        return Besluitsoort.NIET_GEGUND, GEEN_VOORSTEL
    standen = scores.read_stand(sessie, rij, definitie, besluit.perceel or "", Stadium.GUNNING)
    return Besluitsoort.NIET_GEGUND, " ".join([PAST_NIET, *(stand.reden for stand in standen)])


def finalise_gunning(huis: Huis, door: Optreden, ronde: str) -> int:
    """Make every award intention final whose term is over and that nothing holds up; returns how many.

    A perceel that is held up does not stop the others. A perceel whose winner withdrew and that nobody else can get,
    ends here too, without award; a kort geding holds that up as well, since its outcome may name a winner.
    Refused with every reason when nothing can be made final.
    """
    with handel(huis, door, Handeling.GUNNING_VASTSTELLEN, ronde) as eenheid:
        sessie = eenheid.sessie
        rij = rondes.find_ronde(sessie, ronde)
        definitie = procedures.read_definitie(sessie, rij.procedure_id)
        selecties.require_selectie(definitie)
        op = local_date(door.nu)
        beletselen: list[Beletsel] = []
        zonder_mandaat = list(
            check_mandaat(
                definitie.mandaten,
                functie=door.persoon.functie,
                onderwerp=Onderwerp.GUNNING,
                namens=[gemeente.code for gemeente in definitie.gemeenten],
                op=op,
            )
        )
        vrij: list[tuple[AanmeldingRow, BesluitRow]] = []
        verlaten: list[tuple[AanmeldingRow, BesluitRow]] = []
        for lijst, gevonden, termijn in (
            (vrij, list_voornemens(sessie, rij), True),
            (verlaten, list_verlaten(sessie, rij), False),
        ):
            for aanmelding, besluit in gevonden:
                in_de_weg = geschillen.check_vrij(sessie, rij, [besluit.perceel or ""], op, termijn=termijn)
                beletselen += in_de_weg
                lijst.extend([] if in_de_weg else [(aanmelding, besluit)])
        mandaten = besluiten.find_mandaten(definitie, door, {Onderwerp.GUNNING})
        if not (vrij or verlaten) or not mandaten or zonder_mandaat:
            beletselen = [*zonder_mandaat, *beletselen]
            if not beletselen:
                beletselen = [Beletsel("geen", "Er is geen voornemen dat nog definitief moet worden.")]
            raise BeletselenError(f"De gunning van ronde {ronde} kan niet definitief worden.", _once(beletselen))
        mandaat = "; ".join(mandaat.id for mandaat in mandaten)
        for aanmelding, besluit in [*vrij, *verlaten]:
            sessie.add(
                GunningRow(
                    id=huis.nieuw_id(), besluit_id=besluit.id, definitief_op=door.nu, door=door.wie, mandaat=mandaat
                )
            )
            eenheid.audit(
                Handeling.GUNNING_VASTSTELLEN,
                aanmelding.kenmerk,
                van="voornemen",
                naar="niet gegund" if (aanmelding, besluit) in verlaten else "definitief",
                gegevens={"perceel": besluit.perceel, "besluit": besluit.kenmerk},
            )
        sessie.flush()
        gunningsstukken.request_procesverbaal(huis, eenheid, rij, definitie, door, mandaten)
    return len(vrij)


def _once(beletselen: list[Beletsel]) -> list[Beletsel]:
    return list(dict.fromkeys(beletselen))


OPVOLGING = "De inschrijver aan wie wij de opdracht wilden geven, doet niet meer mee."


def propose_opvolging(huis: Huis, door: Optreden, ronde: str) -> bool:
    """Propose the award anew where a winner withdrew, or was rejected later; False when there is nobody, or no room.

    The next in the ranking wins, and everybody else on that perceel gets a new besluit too: another winner is
    another ground, with a term of its own (B.2.2, B.2.3).
    """
    with huis.winkel.lezen() as sessie:
        if not _list_opvolging(sessie, rondes.find_ronde(sessie, ronde)):
            return False
    with handel(huis, door, Handeling.BESLUIT_VOORBEREIDEN) as eenheid:
        sessie = eenheid.sessie
        nieuw = _list_opvolging(sessie, rondes.find_ronde(sessie, ronde))
        for rij, besluit, wint in nieuw:
            voorstel = besluiten.decode_voorstel(besluit)
            toets = toetsen.find_laatste(sessie, rij)
            if toets is not None:
                besluiten.add_besluit(huis, eenheid, rij, _succeed(voorstel, wint=wint), toets, door, vervangt=besluit)
    return bool(nieuw)


def _succeed(voorstel: Besluitvoorstel, *, wint: bool) -> Besluitvoorstel:
    if not wint or voorstel.rang is None:
        return msgspec.structs.replace(voorstel, aanleiding=f"{OPVOLGING} De opdracht gaat naar de volgende.")
    return msgspec.structs.replace(
        voorstel,
        soort=Besluitsoort.GUNNINGSVOORNEMEN,
        producten=voorstel.afgewezen_producten,
        afgewezen_producten=(),
        rang=msgspec.structs.replace(voorstel.rang, plaatsing=Plaatsing.GEKOZEN),
        aanleiding=f"{OPVOLGING} U bent de volgende in de rangorde.",
    )


def _list_opvolging(sessie: Session, ronde: RondeRow) -> list[tuple[AanmeldingRow, BesluitRow, bool]]:
    """On each perceel with a place that came free: everybody who was not awarded it, and whether each wins now."""
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    if not scores.chooses(definitie):
        return []
    alle = selecties.list_alle(sessie, ronde)
    levend = selecties.list_levend(alle)
    lopend = {b.vervangt_id for b in levend}
    gevonden = []
    for perceel in sorted({b.perceel or "" for _, b in _list_gevallen(alle)}):
        houdt = [b for b in levend if b.perceel == perceel and b.soort is Besluitsoort.GUNNINGSVOORNEMEN]
        maximum = definitie.find_perceel(perceel).max_aanbieders
        ruimte = 0 if maximum is None else maximum - len(houdt)
        hier = [
            (rij, b)
            for rij, b in selecties.list_staand(sessie, ronde)
            if b.perceel == perceel and b.soort is Besluitsoort.NIET_GEGUND and b.id not in lopend
        ]
        rang = sorted((paar for paar in hier if _may_succeed(sessie, definitie, *paar)), key=selecties.find_plaats)
        winnaars = {b.id for _, b in rang[: max(0, ruimte)]}
        if winnaars:
            gevonden += [(rij, b, b.id in winnaars) for rij, b in hier]
    return gevonden


def list_verlaten(sessie: Session, ronde: RondeRow) -> list[tuple[AanmeldingRow, BesluitRow]]:
    """Award intentions that lapsed on a perceel that nobody holds or can still get, as far as that was not recorded.

    Who was on the reserve list made no offer, and is not asked for one after the award (project default).
    """
    alle = selecties.list_alle(sessie, ronde)
    open_ = {b.perceel for _, b in _list_te_beslissen(sessie, ronde)} | {
        b.perceel
        for b in selecties.list_levend(alle)
        if b.soort is Besluitsoort.GUNNINGSVOORNEMEN or b.status is not Besluitstatus.VERZONDEN
    }
    open_ |= {b.perceel for _, b, _ in _list_opvolging(sessie, ronde)}
    return [(rij, b) for rij, b in _list_gevallen(alle) if b.perceel not in open_ and find_gunning(sessie, b) is None]


def _list_gevallen(alle: Sequence[tuple[AanmeldingRow, BesluitRow]]) -> list[tuple[AanmeldingRow, BesluitRow]]:
    """The award intentions of who is out of it: withdrew, or was rejected by a later besluit that was sent."""
    afgewezen = {
        b.vervangt_id for _, b in alle if b.soort is Besluitsoort.AFGEWEZEN and b.status is Besluitstatus.VERZONDEN
    }
    return [
        (rij, b)
        for rij, b in alle
        if b.soort is Besluitsoort.GUNNINGSVOORNEMEN and (b.status is Besluitstatus.VERVALLEN or b.id in afgewezen)
    ]


def _may_succeed(sessie: Session, definitie: Proceduredefinitie, rij: AanmeldingRow, besluit: BesluitRow) -> bool:
    """Whether there is an offer of this candidate that was ranked for the award."""
    if besluiten.decode_voorstel(besluit).rang is None:
        return False
    if scores.is_eentraps(definitie):
        return True
    return dialogen.find_voorstel(sessie, rij) is not None and _fits(sessie, rij, definitie, besluit.perceel or "")


def list_voornemens(sessie: Session, ronde: RondeRow) -> list[tuple[AanmeldingRow, BesluitRow]]:
    """The award intentions that were sent and are not final yet."""
    return [
        (rij, b)
        for rij, b in selecties.list_staand(sessie, ronde)
        if b.soort is Besluitsoort.GUNNINGSVOORNEMEN and find_gunning(sessie, b) is None
    ]


def find_gunning(sessie: Session, besluit: BesluitRow) -> GunningRow | None:
    """When an award intention became final, if it did; of a lapsed one: when was recorded that nobody follows."""
    return sessie.exec(select(GunningRow).where(GunningRow.besluit_id == besluit.id)).one_or_none()


def check_afgerond(sessie: Session, ronde: RondeRow) -> list[Beletsel]:
    """Why a round with selection cannot go on to contracts; empty = every award is final."""
    open_ = [f"{rij.kenmerk} op perceel {b.perceel}" for rij, b in _list_te_beslissen(sessie, ronde)]
    beletselen = [Beletsel("open", f"Over {wie} is nog geen voornemen.") for wie in open_]
    onderweg = [
        rij.kenmerk
        for rij in aanmeldingen.list_aanmeldingen(sessie, ronde, Aanmeldingsstatus.BESLOTEN)
        for b in besluiten.list_besluiten(sessie, rij)
        if b.status in (Besluitstatus.CONCEPT, Besluitstatus.GECONTROLEERD, Besluitstatus.GENOMEN)
    ]
    beletselen += [Beletsel("open", f"Een besluit over {wie} is nog niet verzonden.") for wie in sorted(set(onderweg))]
    for perceel in sorted({b.perceel or "" for _, b in list_verlaten(sessie, ronde)}):
        beletselen.append(Beletsel("geen-opvolger", describe_verlaten(perceel)))
    return beletselen + [
        Beletsel("open", f"Het voornemen voor {rij.kenmerk} is nog niet definitief.")
        for rij, _ in list_voornemens(sessie, ronde)
    ]


def describe_verlaten(perceel: str) -> str:
    """What is left to do on a perceel whose winner withdrew and that nobody else can get."""
    return (
        f"Op perceel {perceel} trok de winnaar zich terug en is er geen volgende: de gemandateerde legt vast dat het "
        "niet wordt gegund."
    )
