"""New besluiten on what was sent before: after a new toets, or because an admission is withdrawn.

Both are proposals like any other: a jurist checks them, a mandated person takes them, each aanbieder gets
a complete letter with a new term.

Bron: domein B.2.2, B.2.9; C.16; FE-2, FE-4.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlmodel import Session

from inkoop.domain.besluit import TOELATINGEN, Besluitsoort, Besluitvoorstel
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.herziening import Intrekkingsgrond, check_intrekking, list_gewijzigd
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.domain.verloop import Besluitstatus, Overeenkomststatus
from inkoop.services import (
    aanmeldingen,
    besluiten,
    gunningen,
    heropeningen,
    overeenkomsten,
    procedures,
    rondes,
    scores,
    toetsen,
    voorstellen,
)
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow

INTREKBAAR = frozenset({Besluitsoort.TOEGELATEN, Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE})
"""What can be withdrawn: an admission that stands."""

ZONDER_CONTRACT = frozenset(
    {Overeenkomststatus.CONCEPT, Overeenkomststatus.TER_ONDERTEKENING, Overeenkomststatus.VERVALLEN}
)
"""Until both sides signed there is no contract (B.2.3)."""


def revise_besluiten(huis: Huis, door: Optreden, kenmerk: str) -> tuple[str, ...]:
    """Test a reopened aanmelding again and propose a new besluit for every perceel on which it reads otherwise.

    Returns those percelen; empty when the new toets changes nothing. Either way the reopening is done.
    Refused while the aanmelding was not reopened, or the toets is not ready for a besluit.
    """
    require_toegang(door.persoon, door.rol, Handeling.BESLUIT_VOORBEREIDEN)
    with huis.winkel.lezen() as sessie:
        _require_heropend(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk))
    toetsen.toets_aanmelding(huis, door, kenmerk)
    with handel(huis, door, Handeling.BESLUIT_VOORBEREIDEN) as eenheid:
        sessie = eenheid.sessie
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        _require_heropend(sessie, rij)
        heropening = heropeningen.find_heropening(sessie, rij)
        toets = toetsen.find_laatste(sessie, rij)
        if heropening is None or toets is None:
            raise BeletselenError(
                f"Aanmelding {kenmerk} kan niet worden herzien.", [Beletsel("toets", "Er is geen toets.")]
            )
        basis, resultaat = toetsen.read_basis(sessie, rij), toetsen.decode_resultaat(toets)
        if beletselen := voorstellen.check_rijp(sessie, rij, basis, resultaat):
            raise BeletselenError(f"Over aanmelding {kenmerk} kan nog niet opnieuw worden besloten.", beletselen)
        staand = {b.perceel or "": b for b in besluiten.list_geldig(sessie, rij)}
        nieuw = {v.perceel: v for v in voorstellen.propose(sessie, rij, basis, resultaat)}
        if scores.chooses(procedures.read_definitie(sessie, rondes.get_ronde(sessie, rij.ronde_id).procedure_id)):
            nieuw = _keep_keuzes(rij, staand, nieuw)
        oud = [(perceel, _read(besluiten.decode_voorstel(b))) for perceel, b in staand.items()]
        gewijzigd = list_gewijzigd(oud, [(perceel, _read(voorstel)) for perceel, voorstel in nieuw.items()])
        _require_zonder_contract(sessie, rij, [staand[perceel] for perceel in gewijzigd])
        _require_niet_definitief(sessie, rij, [staand[perceel] for perceel in gewijzigd])
        for perceel in gewijzigd:
            voorstel = msgspec.structs.replace(nieuw[perceel], aanleiding=heropening.reden)
            besluiten.add_besluit(huis, eenheid, rij, voorstel, toets, door, vervangt=staand[perceel])
        heropeningen.close(sessie, heropening, door.nu)
        eenheid.audit(
            Handeling.BESLUIT_VOORBEREIDEN,
            kenmerk,
            van="heropend",
            naar="herzien" if gewijzigd else "ongewijzigd",
            reden=heropening.reden,
            gegevens={"percelen": list(gewijzigd), "toets": toets.hash},
        )
    return gewijzigd


def _keep_keuzes(
    rij: AanmeldingRow, staand: Mapping[str, BesluitRow], nieuw: Mapping[str, Besluitvoorstel]
) -> dict[str, Besluitvoorstel]:
    """With selection: who still meets every demand keeps the place that the comparison gave; who does not, is out.

    Refused for who met them not and does now: that changes the place of everybody, and is no besluit on one.
    """
    gekozen: dict[str, Besluitvoorstel] = {}
    for perceel, voorstel in nieuw.items():
        oud = staand.get(perceel)
        if oud is None or voorstel.soort not in TOELATINGEN:
            gekozen[perceel] = voorstel
        elif oud.soort is Besluitsoort.AFGEWEZEN:
            tekst = (
                f"{rij.kenmerk} zou nu meedoen op perceel {perceel}. Dat verandert de rangorde van alle kandidaten; "
                "met één nieuw besluit kan dat niet. Overleg met de jurist of de selectie van dit perceel opnieuw moet."
            )
            raise BeletselenError(f"Aanmelding {rij.kenmerk} kan niet worden herzien.", [Beletsel("rangorde", tekst)])
        else:
            gekozen[perceel] = besluiten.decode_voorstel(oud)
    return gekozen


def _require_niet_definitief(sessie: Session, rij: AanmeldingRow, geraakt: list[BesluitRow]) -> None:
    definitief = [b.perceel or "" for b in geraakt if gunningen.find_gunning(sessie, b) is not None]
    if definitief:
        tekst = f"De opdracht voor perceel {', '.join(definitief)} is al definitief gegeven of gesloten."
        raise BeletselenError(
            f"Het besluit over {rij.kenmerk} kan niet worden herzien.", [Beletsel("definitief", tekst)]
        )


def _require_heropend(sessie: Session, rij: AanmeldingRow) -> None:
    if not heropeningen.is_heropend(sessie, rij):
        tekst = f"Heropen aanmelding {rij.kenmerk} eerst, met de reden (inkoop besluiten heropenen)."
        raise BeletselenError(f"Aanmelding {rij.kenmerk} kan niet worden herzien.", [Beletsel("niet-heropend", tekst)])


def _read(voorstel: Besluitvoorstel) -> str:
    """What a besluit says, for comparing: kind, products, conditions and the criteria that fail, with their grounds.

    Other words for the same ground are no new besluit.
    """
    redenen = sorted((b.criterium, b.perceel, b.product, b.lid, b.grond) for b in voorstel.redenen)
    delen = [voorstel.soort, voorstel.producten, voorstel.afgewezen_producten, redenen, voorstel.voorwaarden]
    return msgspec.json.encode(delen).decode()


def withdraw_toelating(huis: Huis, door: Optreden, kenmerk: str, grond: Intrekkingsgrond) -> tuple[str, ...]:
    """Propose to withdraw every admission of an aanmelding that stands, before there is a contract; the percelen.

    Bron: C.16 (ingetrokken toelating); B.2.9.
    """
    with handel(huis, door, Handeling.BESLUIT_VOORBEREIDEN) as eenheid:
        sessie = eenheid.sessie
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        lopend = {b.vervangt_id for b in besluiten.list_besluiten(sessie, rij)}
        staand = [b for b in besluiten.list_geldig(sessie, rij) if b.soort in INTREKBAAR and b.id not in lopend]
        beletselen = list(check_intrekking(grond, local_date(door.nu)))
        if not staand:
            beletselen.append(Beletsel("geen", f"Aanmelding {kenmerk} heeft geen toelating om in te trekken."))
        if any(b.status is not Besluitstatus.VERZONDEN for b in staand):
            beletselen.append(Beletsel("niet-verzonden", "Het besluit waarmee u toeliet, is nog niet verzonden."))
        beletselen += _list_contract(sessie, rij)
        if beletselen:
            raise BeletselenError(f"De toelating van {kenmerk} kan niet worden ingetrokken.", beletselen)
        toets = toetsen.find_laatste(sessie, rij)
        for besluit in staand:
            voorstel = besluiten.decode_voorstel(besluit)
            ingetrokken = msgspec.structs.replace(
                voorstel,
                soort=Besluitsoort.TOELATING_INGETROKKEN,
                producten=(),
                afgewezen_producten=(*voorstel.producten, *voorstel.afgewezen_producten),
                grond=grond,
            )
            if toets is not None:
                besluiten.add_besluit(huis, eenheid, rij, ingetrokken, toets, door, vervangt=besluit)
    return tuple(besluit.perceel or "" for besluit in staand)


def _require_zonder_contract(sessie: Session, rij: AanmeldingRow, geraakt: list[BesluitRow]) -> None:
    beletselen = _list_contract(sessie, rij) if any(b.soort in INTREKBAAR for b in geraakt) else []
    if beletselen:
        raise BeletselenError(f"Het besluit over {rij.kenmerk} kan niet worden herzien.", beletselen)


def _list_contract(sessie: Session, rij: AanmeldingRow) -> list[Beletsel]:
    overeenkomst = overeenkomsten.find_by_aanmelding(sessie, rij)
    if overeenkomst is None or overeenkomst.status in ZONDER_CONTRACT:
        return []
    tekst = (
        f"Overeenkomst {overeenkomst.contractnummer} is getekend. Wat u vond, is nu een tekortkoming onder die "
        "overeenkomst: zeg haar op of ontbind haar."
    )
    return [Beletsel("contract", tekst)]
