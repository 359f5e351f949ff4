"""The dialogue with chosen candidates, and their final proposals.

Only the candidate itself and the buyers read what was said to one candidate: a candidate never sees
another's agenda, report or proposal.

Bron: B.1.7; E.3; S2 proces, stap 4; FE-8 for proposals.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from inkoop.domain.aanmelding import Bewijsstuk
from inkoop.domain.dialoog import Dialoogronde, check_dialoogplan, check_gelijke_dialoog
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import is_tijdig
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError, Handeling
from inkoop.services import aanmeldingen, bewijzen, procedures, rondes, selecties
from inkoop.services.gezien import Kijk, Stand, format_moment, search_log
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.bestandsbron import as_bron
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.selectie import DialoogRow, VoorstelRow


def plan_dialoog(
    huis: Huis,
    door: Optreden,
    kenmerk: str,
    perceel: str,
    nummer: int,
    *,
    gepland_op: datetime,
    agenda: Sequence[str],
    deelnemers: Sequence[str],
) -> None:
    """Invite a chosen candidate to a talk with an agenda of published subjects."""
    with handel(huis, door, Handeling.DIALOOG_VASTLEGGEN) as eenheid:
        sessie = eenheid.sessie
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        selecties.require_selectie(definitie)
        regels = definitie.selectieregels
        eerdere = [_as_ronde(rij, een) for een in list_gesprekken(sessie, rij) if een.perceel == perceel]
        beletselen = [
            *_check_deelnemer(sessie, ronde, kenmerk, perceel),
            *check_dialoogplan(
                None if regels is None else regels.dialoog,
                definitie.find_ronde(ronde.kenmerk),
                eerdere,
                nummer=nummer,
                gepland_op=gepland_op,
                agenda=agenda,
            ),
        ]
        if not [naam for naam in deelnemers if naam.strip()]:
            beletselen.append(Beletsel("deelnemers", "Noem wie er namens de gemeenten bij zijn."))
        if beletselen:
            raise BeletselenError(f"Deze dialoogronde met {kenmerk} kan niet worden gepland.", beletselen)
        sessie.add(
            DialoogRow(
                id=huis.nieuw_id(),
                aanmelding_id=rij.id,
                perceel=perceel,
                nummer=nummer,
                gepland_op=gepland_op,
                agenda=list(agenda),
                deelnemers=list(deelnemers),
                opgesteld_door=door.wie,
            )
        )
        gegevens = {"perceel": perceel, "nummer": nummer, "op": gepland_op, "agenda": list(agenda)}
        eenheid.audit(Handeling.DIALOOG_VASTLEGGEN, kenmerk, naar="gepland", gegevens=gegevens)


def report_dialoog(
    huis: Huis,
    door: Optreden,
    kenmerk: str,
    perceel: str,
    nummer: int,
    *,
    verslag: str,
    vertrouwelijk: Sequence[str] = (),
) -> None:
    """Set the report of a talk that was held, once; `vertrouwelijk` names what stays with this candidate."""
    with handel(huis, door, Handeling.DIALOOG_VASTLEGGEN) as eenheid:
        rij = aanmeldingen.find_aanmelding(eenheid.sessie, kenmerk)
        gevonden = [
            een for een in list_gesprekken(eenheid.sessie, rij) if (een.perceel, een.nummer) == (perceel, nummer)
        ]
        if not gevonden:
            raise NietGevondenError("Dialoogronde", f"{kenmerk}, perceel {perceel}, nummer {nummer}")
        (talk,) = gevonden
        beletselen = []
        if talk.vastgesteld_op is not None:
            beletselen.append(Beletsel("vastgesteld", "Het verslag van deze dialoogronde is al vastgesteld."))
        if door.nu < talk.gepland_op:
            beletselen.append(Beletsel("nog-niet", "Deze dialoogronde is nog niet geweest."))
        if not verslag.strip():
            beletselen.append(Beletsel("verslag", "Schrijf het verslag."))
        if beletselen:
            raise BeletselenError("Het verslag kan niet worden vastgesteld.", beletselen)
        talk.verslag, talk.vertrouwelijk = verslag.strip(), list(vertrouwelijk)
        talk.vastgesteld_op = door.nu
        eenheid.sessie.add(talk)
        gegevens = {"perceel": perceel, "nummer": nummer}
        eenheid.audit(Handeling.DIALOOG_VASTLEGGEN, kenmerk, van="gepland", naar="vastgesteld", gegevens=gegevens)


def _check_deelnemer(sessie: Session, ronde: RondeRow, kenmerk: str, perceel: str) -> list[Beletsel]:
    if perceel in selecties.list_deelnemers(sessie, ronde).get(kenmerk, ()):
        return []
    return [Beletsel("niet-gekozen", f"{kenmerk} is voor perceel {perceel} niet geselecteerd, of nog niet bericht.")]


def read_dialogen(huis: Huis, door: Optreden, kenmerk: str) -> list[DialoogRow]:
    """The talks with one candidate, for the buyers and for that candidate only."""
    with huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        _require_vertrouwen(sessie, door, rij)
        return list_gesprekken(sessie, rij)


def _require_vertrouwen(sessie: Session, door: Optreden, rij: AanmeldingRow) -> None:
    """Confidentiality: an aanbieder sees only what is its own (B.1.7)."""
    if door.rol is Rol.AANBIEDER:
        aanmeldingen.require_namens(sessie, door, rij)
    elif door.rol not in _LEZERS:
        tekst = f"De rol {door.rol} leest geen verslagen van de dialoog."
        raise GeenToegangError("Dit is vertrouwelijk.", [Beletsel("rol-niet-bevoegd", tekst)])


_LEZERS = frozenset({Rol.INKOPER, Rol.JURIST, Rol.BEOORDELAAR, Rol.ARCHIVARIS, Rol.SYSTEEM})


def list_gevoerd(sessie: Session, ronde: RondeRow) -> list[Dialoogronde]:
    """Every talk in a round as the rules read it."""
    return [
        _as_ronde(rij, een)
        for rij in aanmeldingen.list_aanmeldingen(sessie, ronde)
        for een in list_gesprekken(sessie, rij)
    ]


def check_afgerond(sessie: Session, ronde: RondeRow) -> list[Beletsel]:
    """Why the dialogue of a round is not finished; empty = it is, or there is none."""
    regels = procedures.read_definitie(sessie, ronde.procedure_id).selectieregels
    dialoog = None if regels is None else regels.dialoog
    return check_gelijke_dialoog(dialoog, selecties.list_deelnemers(sessie, ronde), list_gevoerd(sessie, ronde))


def _as_ronde(rij: AanmeldingRow, een: DialoogRow) -> Dialoogronde:
    return Dialoogronde(
        kandidaat=rij.kenmerk,
        perceel=een.perceel,
        nummer=een.nummer,
        agenda=tuple(een.agenda),
        vastgesteld=een.vastgesteld_op is not None,
    )


def list_gesprekken(sessie: Session, rij: AanmeldingRow) -> list[DialoogRow]:
    """The talks with one candidate, by perceel and number; who may read them is asked by who calls."""
    vraag = select(DialoogRow).where(DialoogRow.aanmelding_id == rij.id)
    return list(sessie.exec(vraag.order_by(col(DialoogRow.perceel), col(DialoogRow.nummer))))


def submit_voorstel(
    huis: Huis,
    door: Optreden,
    kenmerk: str,
    bestanden: bewijzen.Bestanden,
    *,
    ontvangen_op: datetime,
    toelichting: str = "",
) -> bool:
    """Receive the final proposal of a chosen candidate; whether it is in time. The last one in time counts."""
    stukken = [
        Bewijsstuk(bestand=naam, omschrijving="definitief voorstel", lid=None, feiten=()) for naam in sorted(bestanden)
    ]
    gekeurd = bewijzen.examine_bestanden(huis, stukken, bestanden)
    with handel(huis, door, Handeling.VOORSTEL_INDIENEN) as eenheid:
        sessie = eenheid.sessie
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.require_namens(sessie, door, rij)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        selecties.require_selectie(definitie)
        tot = definitie.find_ronde(ronde.kenmerk).voorstel_tot
        beletselen = []
        if kenmerk not in selecties.list_deelnemers(sessie, ronde):
            beletselen.append(Beletsel("niet-gekozen", f"{kenmerk} is niet geselecteerd."))
        if not bestanden:
            beletselen.append(Beletsel("bestanden", "Een voorstel heeft ten minste één bestand."))
        if ontvangen_op > door.nu:
            beletselen.append(Beletsel("toekomst", "Het tijdstip van ontvangst ligt in de toekomst."))
        if tot is None:
            beletselen.append(Beletsel("geen-voorstel", "Deze ronde vraagt geen definitief voorstel."))
        if beletselen or tot is None:
            raise BeletselenError("Het voorstel kan niet worden ontvangen; er is niets bewaard.", beletselen)
        tijdig = is_tijdig(ontvangen_op, tot)
        for naam in sorted(bestanden):
            huis.winkel.bewijs.store_bron(as_bron(naam, bestanden[naam]))
        vorige = list_voorstellen(sessie, rij)
        sessie.add(
            VoorstelRow(
                id=huis.nieuw_id(),
                aanmelding_id=rij.id,
                volgnummer=len(vorige) + 1,
                ontvangen_op=ontvangen_op,
                tijdig=tijdig,
                bestanden=[[naam, gekeurd[naam].sha256, gekeurd[naam].mediatype] for naam in sorted(bestanden)],
                toelichting=toelichting,
            )
        )
        eenheid.audit(
            Handeling.VOORSTEL_INDIENEN,
            kenmerk,
            naar="tijdig" if tijdig else "te laat",
            gegevens={"bestanden": {naam: gekeurd[naam].sha256 for naam in sorted(bestanden)}},
        )
    return tijdig


def find_voorstel(sessie: Session, rij: AanmeldingRow) -> VoorstelRow | None:
    """The final proposal that counts: the last one that came in time."""
    op_tijd = [een for een in list_voorstellen(sessie, rij) if een.tijdig]
    return max(op_tijd, key=lambda een: (een.ontvangen_op, een.volgnummer), default=None)


def look_voorstellen(kenmerk: str) -> Kijk:
    """Which proposals a candidate handed in until now, for who hands one in beside somebody else."""

    def kijk(sessie: Session) -> Stand:
        rijen = list_voorstellen(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk))
        regels = tuple(
            (
                f"Voorstel {rij.volgnummer}",
                f"{format_moment(rij.ontvangen_op)}: {', '.join(b[0] for b in rij.bestanden)}",
            )
            for rij in rijen
        )
        return Stand(regels=regels, zoek=search_log(kenmerk, Handeling.VOORSTEL_INDIENEN))

    return kijk


def list_voorstellen(sessie: Session, rij: AanmeldingRow) -> list[VoorstelRow]:
    """Every final proposal of a candidate in order of arrival; who may read them is asked by who calls."""
    vraag = select(VoorstelRow).where(VoorstelRow.aanmelding_id == rij.id)
    return list(sessie.exec(vraag.order_by(col(VoorstelRow.volgnummer))))
