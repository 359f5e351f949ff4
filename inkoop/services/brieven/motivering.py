"""The motivation in words: reasons, met criteria, conditions, each with its evidence.

A letter must be complete the first time (B.2.2): every failing finding of the voorstellen stands in
it once, with the percelen that it hits.

Bron: domein B.2.2, C.15, C.16, C.31.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlmodel import col, select

from inkoop.documents.gegevens import (
    Bewijsregel,
    Onduidelijkheid,
    Peildatumregel,
    Perceelbesluit,
    Reden,
    VervuldeVoorwaarde,
    Voldaancriterium,
    Voorwaardegegevens,
)
from inkoop.domain.besluit import Besluitsoort, Besluitvoorstel
from inkoop.domain.criteria.bevinding import Bevinding, Herstelverloop, Toetsresultaat
from inkoop.domain.criteria.criterium import Criteriaset, Criterium, Groep
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.raakvlak import looks_at
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen, write_opsomming, write_zin
from inkoop.domain.kalender import local_date
from inkoop.services import feiten
from inkoop.services.brieven import blokken
from inkoop.services.brieven.blokken import Zaak
from inkoop.storage.tabellen.bewijs import AanvullingRow, BewijsstukRow
from inkoop.storage.tabellen.herstel import HerstelverzoekRow
from inkoop.storage.tabellen.toets import ToetsRow

GELIJKWAARDIG = "gelijkwaardig"
"""The ground of a met criterium that deserves an explanation in a letter (F.0)."""


class Puntantwoord(msgspec.Struct, frozen=True, kw_only=True):
    """What came in answer to one point: the day of the last part in time, of the first part after the term."""

    op: date | None
    te_laat_op: date | None
    zonder_stuk: bool = False


class Herstelstand(msgspec.Struct, frozen=True, kw_only=True):
    """Whether repair was asked for and answered, and for which criterium and member.

    `herstelbaar` is what could still be mended when the last toets with open repair was done.
    """

    gevraagd_op: date | None
    antwoord_op: date | None
    punten: frozenset[tuple[str, str | None]]
    herstelbaar: frozenset[tuple[str, str | None]] = frozenset()


def load_herstel(zaak: Zaak) -> Herstelstand:
    """What happened about repair on an aanmelding."""
    verzoek = zaak.sessie.exec(
        select(HerstelverzoekRow).where(HerstelverzoekRow.aanmelding_id == zaak.rij.id)
    ).one_or_none()
    herstelbaar = _list_herstelbaar(zaak)
    if verzoek is None or verzoek.verzonden_op is None:
        return Herstelstand(gevraagd_op=None, antwoord_op=None, punten=frozenset(), herstelbaar=herstelbaar)
    antwoord = zaak.sessie.exec(
        select(AanvullingRow)
        .where(
            AanvullingRow.aanmelding_id == zaak.rij.id,
            AanvullingRow.aanleiding == Aanleiding.HERSTEL,
            col(AanvullingRow.tijdig).is_(True),
        )
        .order_by(AanvullingRow.ontvangen_op)  # type: ignore[arg-type]
    ).first()
    return Herstelstand(
        gevraagd_op=local_date(verzoek.verzonden_op),
        antwoord_op=None if antwoord is None else local_date(antwoord.ontvangen_op),
        punten=frozenset((punt["criterium"], punt["lid"]) for punt in verzoek.punten),
        herstelbaar=herstelbaar,
    )


def _list_herstelbaar(zaak: Zaak) -> frozenset[tuple[str, str | None]]:
    """What the last toets found herstelbaar while repair was open."""
    toets = zaak.sessie.exec(
        select(ToetsRow)
        .where(ToetsRow.aanmelding_id == zaak.rij.id, ToetsRow.herstelverloop == Herstelverloop.OPEN)
        .order_by(col(ToetsRow.volgnummer).desc())
    ).first()
    if toets is None:
        return frozenset()
    resultaat = msgspec.json.decode(toets.resultaat, type=Toetsresultaat)
    return frozenset((b.criterium, b.lid) for b in resultaat.bevindingen if b.uitkomst is Uitkomst.HERSTELBAAR)


def redenen(zaak: Zaak, editie: Criteriaset, voorstellen: Sequence[Besluitvoorstel]) -> tuple[Reden, ...]:
    """Every failing finding, in the order of the criteria, each criterium as few times as its reasons differ.

    Findings on products of one perceel come together; so do percelen with the same reason.
    """
    herstel = load_herstel(zaak)
    per_perceel: dict[tuple[str, str, str], list[Bevinding]] = {}
    for voorstel in voorstellen:
        for b in voorstel.redenen:
            per_perceel.setdefault((b.criterium, b.lid or "", voorstel.perceel), []).append(b)
    gevonden: dict[tuple[str, str, tuple[str, ...], str], tuple[list[Bevinding], list[str]]] = {}
    for (criterium, lid, perceel), bevindingen in per_perceel.items():
        producten = tuple(dict.fromkeys(b.product for b in bevindingen if b.product is not None))
        tekst = join_zinnen(b.toelichting for b in bevindingen)
        samen, percelen = gevonden.setdefault((criterium, lid, producten, tekst), ([], []))
        samen += bevindingen
        percelen.append(perceel)
    return tuple(
        _reden(zaak, criterium, bevindingen, producten, tekst, tuple(percelen), herstel)
        for criterium in editie.criteria
        for (van, _, producten, tekst), (bevindingen, percelen) in sorted(gevonden.items())
        if van == criterium.id
    )


def _reden(
    zaak: Zaak,
    criterium: Criterium,
    bevindingen: Sequence[Bevinding],
    producten: tuple[str, ...],
    tekst: str,
    percelen: tuple[str, ...],
    herstel: Herstelstand,
) -> Reden:
    lid = bevindingen[0].lid
    gevraagd = (criterium.id, lid) in herstel.punten
    antwoord = _find_antwoord(zaak, criterium, lid) if gevraagd else GEEN_ANTWOORD
    return Reden(
        criterium=criterium.id,
        titel=criterium.titel,
        eis=criterium.eis,
        bron=criterium.bron,
        percelen=percelen,
        producten=tuple(blokken.name_producten(zaak, product) for product in producten),
        lid=_lidnaam(zaak, lid),
        toelichting=blokken.name_producten(zaak, tekst),
        peildatums=peildatums(bevindingen),
        bewijs=bewijsregels(zaak, [sha for bevinding in bevindingen for sha in bevinding.bewijs]),
        herstelbaarheid=criterium.herstelbaar,
        herstel_gevraagd_op=herstel.gevraagd_op if gevraagd else None,
        herstel_antwoord_op=antwoord.op,
        herstel_te_laat_op=antwoord.te_laat_op,
        herstel_zonder_stuk=antwoord.zonder_stuk,
        onduidelijk=_list_onduidelijk(zaak, criterium, lid),
        herstel_zinloos=not gevraagd and (criterium.id, lid) in herstel.herstelbaar,
    )


GEEN_ANTWOORD = Puntantwoord(op=None, te_laat_op=None)


def _find_antwoord(zaak: Zaak, criterium: Criterium, lid: str | None) -> Puntantwoord:
    """What came of one point: evidence in answer with a fact that this criterium looks at, each point by itself."""
    vraag = (
        select(BewijsstukRow, AanvullingRow)
        .join(AanvullingRow, col(AanvullingRow.id) == BewijsstukRow.aanvulling_id)
        .where(AanvullingRow.aanmelding_id == zaak.rij.id, AanvullingRow.aanleiding == Aanleiding.HERSTEL)
    )
    stukken = list(zaak.sessie.exec(vraag))
    raakt = {
        sha for regel in feiten.list_feiten(zaak.sessie, zaak.rij) if looks_at(criterium, regel.feit, lid)
        for sha in regel.feit.bewijs
    }  # fmt: skip
    op_tijd = [local_date(a.ontvangen_op) for stuk, a in stukken if a.tijdig and stuk.sha256 in raakt]
    te_laat = [local_date(a.ontvangen_op) for stuk, a in stukken if not a.tijdig and stuk.sha256 in raakt]
    anders = any(a.tijdig for _, a in stukken)
    return Puntantwoord(
        op=max(op_tijd, default=None),
        te_laat_op=None if op_tijd else min(te_laat, default=None),
        zonder_stuk=anders and not op_tijd and not te_laat,
    )


def _list_onduidelijk(zaak: Zaak, criterium: Criterium, lid: str | None) -> tuple[Onduidelijkheid, ...]:
    """Evidence for this criterium on which nobody could establish anything, and why (never: that it falls short)."""
    gevonden = dict.fromkeys(
        (regel.bestand, regel.reden.strip().rstrip("."))
        for regel in feiten.list_feiten(zaak.sessie, zaak.rij)
        if regel.wijze is feiten.ONDUIDELIJK and regel.tijdig and looks_at(criterium, regel.feit, lid)
    )
    return tuple(Onduidelijkheid(bestand=bestand, waarom=waarom) for bestand, waarom in gevonden)


def peildatums(bevindingen: Sequence[Bevinding]) -> tuple[Peildatumregel, ...]:
    """The days on which a criterium was tested, first day first."""
    dagen = {(dag, moment) for bevinding in bevindingen for moment, dag in bevinding.peildatums.items()}
    return tuple(Peildatumregel(moment=moment, datum=dag) for dag, moment in sorted(dagen))


def bewijsregels(zaak: Zaak, hashes: Sequence[str]) -> tuple[Bewijsregel, ...]:
    """Evidence as people know it: by file name."""
    stukken = zaak.sessie.exec(
        select(BewijsstukRow)
        .where(BewijsstukRow.aanmelding_id == zaak.rij.id)
        .order_by(BewijsstukRow.ontvangen_op, BewijsstukRow.bestand)  # type: ignore[arg-type]
    )
    return tuple(
        Bewijsregel(bestand=stuk.bestand, omschrijving=stuk.omschrijving, ontvangen_op=local_date(stuk.ontvangen_op))
        for stuk in stukken
        if stuk.sha256 in set(hashes)
    )


def voldaan(
    zaak: Zaak, editie: Criteriaset, voorstellen: Sequence[Besluitvoorstel], resultaat: Toetsresultaat
) -> tuple[Voldaancriterium, ...]:
    """The criteria that are met, with the percelen; an equivalent, and what is met in part, is explained."""
    regels = []
    for criterium in editie.criteria:
        geheel = [voorstel.perceel for voorstel in voorstellen if criterium.id in voorstel.voldaan]
        goed = [b for b in resultaat.bevindingen if b.criterium == criterium.id and b.uitkomst is Uitkomst.VOLDOET]
        deels = {
            voorstel.perceel: [b.product for b in goed if b.product is not None and b.perceel == voorstel.perceel]
            for voorstel in voorstellen
            if voorstel.perceel not in geheel
        }
        leden = _leden_voldaan(zaak, resultaat, criterium) if not geheel else ()
        percelen = tuple(v.perceel for v in voorstellen if v.perceel in geheel or deels[v.perceel] or leden)
        zinnen = [b.toelichting for b in goed if b.grond == GELIJKWAARDIG and b.perceel in (None, *percelen)]
        zinnen += [f"Voor perceel {perceel} alleen: {write_opsomming(p)}." for perceel, p in deels.items() if p]
        zinnen += [_write_leden(zaak, leden)] if leden else []
        if percelen:
            regels.append(
                Voldaancriterium(
                    criterium=criterium.id,
                    titel=criterium.titel,
                    percelen=percelen,
                    toelichting=blokken.name_producten(zaak, join_zinnen(zinnen)) or None,
                )
            )
    return tuple(regels)


def ter_informatie(editie: Criteriaset, resultaat: Toetsresultaat) -> tuple[str, ...]:
    """The criteria that only ask for information and were looked at: never a reason, and a rejection says so.

    Bron: S4 6.4 voetnoot 5 (H19-50); F.2 H5.
    """
    gezien = {b.criterium for b in resultaat.bevindingen if b.uitkomst is not Uitkomst.NVT}
    return tuple(
        f"{criterium.id} ({criterium.titel})"
        for criterium in editie.criteria
        if criterium.groep is Groep.INFORMATIEF and criterium.id in gezien
    )


def _leden_voldaan(zaak: Zaak, resultaat: Toetsresultaat, criterium: Criterium) -> tuple[str, ...]:
    """The members (by id) that meet a criterium which every member must meet and another member does not meet."""
    per_lid: dict[str, set[Uitkomst]] = {}
    for b in resultaat.bevindingen:
        if b.criterium == criterium.id and b.lid is not None:
            per_lid.setdefault(b.lid, set()).add(b.uitkomst)
    return tuple(lid.id for lid in zaak.opgave.leden if per_lid.get(lid.id) == {Uitkomst.VOLDOET})


def _write_leden(zaak: Zaak, leden: Sequence[str]) -> str:
    """Whom of a combination a met criterium is about; the others stand among the reasons."""
    return write_zin(f"Dit geldt alleen voor {write_opsomming(_lidnaam(zaak, lid) or lid for lid in leden)}")


def voorwaarden(
    zaak: Zaak, editie: Criteriaset, voorstellen: Sequence[Besluitvoorstel], resultaat: Toetsresultaat
) -> tuple[Voorwaardegegevens, ...]:
    """The conditions, each once per criterium, with the percelen and the last day for its evidence."""
    gevonden: dict[tuple[str, str | None, str, date], tuple[list[str], list[Bevinding]]] = {}
    for voorstel in voorstellen:
        for bevinding in resultaat.bevindingen:
            if bevinding.uitkomst is not Uitkomst.VOORWAARDELIJK or bevinding.perceel not in (None, voorstel.perceel):
                continue
            for voorwaarde in bevinding.voorwaarden:
                if voorwaarde in voorstel.voorwaarden:
                    sleutel = (bevinding.criterium, bevinding.lid, voorwaarde.tekst, voorwaarde.geldig_op)
                    percelen, bevindingen = gevonden.setdefault(sleutel, ([], []))
                    percelen.append(voorstel.perceel)
                    bevindingen.append(bevinding)
    titels = {criterium.id: criterium.titel for criterium in editie.criteria}
    return tuple(
        Voorwaardegegevens(
            criterium=criterium,
            titel=titels[criterium],
            tekst=tekst,
            percelen=tuple(dict.fromkeys(percelen)),
            lid=_lidnaam(zaak, lid),
            toelichting=blokken.name_producten(zaak, join_zinnen(dict.fromkeys(b.toelichting for b in bevindingen))),
            bewijs=bewijsregels(zaak, [sha for b in bevindingen for sha in b.bewijs]),
            geldig_op=geldig_op,
            bewijs_uiterlijk=zaak.ronde.tekenen,
        )
        for (criterium, lid, tekst, geldig_op), (percelen, bevindingen) in gevonden.items()
    )


def vervuld(
    zaak: Zaak, eerdere: Sequence[Voorwaardegegevens], resultaat: Toetsresultaat
) -> tuple[VervuldeVoorwaarde, ...]:
    """The conditions of an earlier besluit, each with the finding that now shows that it is met."""
    return tuple(
        VervuldeVoorwaarde(
            voorwaarde=voorwaarde,
            toelichting=blokken.name_producten(zaak, bevinding.toelichting),
            bewijs=bewijsregels(zaak, bevinding.bewijs),
        )
        for voorwaarde in eerdere
        for bevinding in resultaat.bevindingen
        if bevinding.criterium == voorwaarde.criterium and bevinding.perceel in (None, voorwaarde.percelen[0])
    )


def perceelbesluiten(zaak: Zaak, voorstellen: Sequence[Besluitvoorstel]) -> tuple[Perceelbesluit, ...]:
    """The besluit on each perceel."""
    return tuple(
        Perceelbesluit(
            code=perceel.code,
            naam=perceel.naam,
            uitkomst=voorstel.soort,
            toegelaten_producten=blokken.productregels(perceel, voorstel.producten),
            afgewezen_producten=blokken.productregels(perceel, voorstel.afgewezen_producten),
            vervallen_producten=blokken.productregels(perceel, voorstel.vervallen_producten),
            toelichting=voorstel.aanleiding if voorstel.soort is Besluitsoort.BUITEN_BEHANDELING else "",
        )
        for voorstel in voorstellen
        for perceel in [zaak.definitie.find_perceel(voorstel.perceel)]
    )


def _lidnaam(zaak: Zaak, lid: str | None) -> str | None:
    return next((persoon.naam for persoon in zaak.opgave.leden if persoon.id == lid), None)
