"""Letters and the besluit document for what is decided after the first besluit.

A condition that was met or not, an admission that is withdrawn, a besluit that was looked at again: each
has a letter of its own, and all that is taken at one time stands in one formal besluit.

Bron: domein B.2.2, C.15, C.16; Awb 10:10.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

import msgspec
from sqlmodel import col, select

from inkoop.documents.gegevens import Behandelaars, Vervangenbesluit
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.kalender import local_date
from inkoop.domain.rangschikking import Rangregel
from inkoop.domain.verloop import Besluitstatus
from inkoop.services import documenten, procedures, scores
from inkoop.services.besluitbrieven import Tedoen, Uitgifte, load_basis, request
from inkoop.services.brieven import besluit as brieven
from inkoop.services.brieven import selectie, vervolg
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow

Opsteller = Callable[[Uitgifte, Zaak, Sequence[BesluitRow]], None]


def request_eerste_selectie(uitgifte: Uitgifte, te_doen: Tedoen) -> None:
    """With selection: one letter per candidate about everything on which is decided for the first time."""
    for _, groep in groupby(te_doen, key=lambda paar: paar[0].id):
        paren = [paar for paar in groep if paar[1].vervangt_id is None]
        if paren:
            zaak = load_zaak(uitgifte.eenheid.sessie, uitgifte.huis.feestdagen, paren[0][0])
            request_selectiebrief(uitgifte, zaak, [besluit for _, besluit in paren])


def request_vervolgbrieven(uitgifte: Uitgifte, te_doen: Tedoen) -> None:
    """Ask for one letter per aanbieder and kind of follow-up."""
    for _, groep in groupby(te_doen, key=lambda paar: paar[0].id):
        paren = [paar for paar in groep if paar[1].vervangt_id is not None]
        if not paren:
            continue
        zaak = load_zaak(uitgifte.eenheid.sessie, uitgifte.huis.feestdagen, paren[0][0])
        per_soort: dict[str, list[BesluitRow]] = {}
        kiest = scores.chooses(zaak.definitie)
        for _, besluit in paren:
            per_soort.setdefault(_name_vervolg(besluit, kiest=kiest), []).append(besluit)
        for naam, besluiten in per_soort.items():
            VERVOLG[naam](uitgifte, zaak, besluiten)


def _name_vervolg(besluit: BesluitRow, *, kiest: bool) -> str:
    """Which kind of follow-up this is; in a selection a rejection too is told by the letter on the selection."""
    if besluit.soort in (Besluitsoort.TOELATING_VERVALLEN, Besluitsoort.TOELATING_INGETROKKEN):
        return besluit.soort
    if besluit.soort in SELECTIEBESLUITEN or (kiest and besluit.soort is Besluitsoort.AFGEWEZEN):
        return SELECTIE
    return HERZIEN if brieven.decode(besluit.voorstel).aanleiding else Besluitsoort.TOEGELATEN


def _vervuld(uitgifte: Uitgifte, zaak: Zaak, besluiten: Sequence[BesluitRow]) -> None:
    was, wordt = load_basis(zaak, _list_eerdere(uitgifte, besluiten), uitgifte), load_basis(zaak, besluiten, uitgifte)
    compose = partial(brieven.compose_voorwaarde_vervuld, zaak, was, wordt, datum=uitgifte.datum)
    request(uitgifte, zaak.rij, Besluitsoort.TOEGELATEN, "brief-voorwaarde-vervuld", compose)


def _vervallen(uitgifte: Uitgifte, zaak: Zaak, besluiten: Sequence[BesluitRow]) -> None:
    was, wordt = load_basis(zaak, _list_eerdere(uitgifte, besluiten), uitgifte), load_basis(zaak, besluiten, uitgifte)
    compose = partial(brieven.compose_vervalt, zaak, was, wordt, datum=uitgifte.datum)
    request(uitgifte, zaak.rij, Besluitsoort.TOELATING_VERVALLEN, "brief-toelating-vervalt", compose)


def _ingetrokken(uitgifte: Uitgifte, zaak: Zaak, besluiten: Sequence[BesluitRow]) -> None:
    was, wordt = load_basis(zaak, _list_eerdere(uitgifte, besluiten), uitgifte), load_basis(zaak, besluiten, uitgifte)
    compose = partial(vervolg.compose_ingetrokken, zaak, was, wordt, datum=uitgifte.datum)
    request(uitgifte, zaak.rij, Besluitsoort.TOELATING_INGETROKKEN, "brief-toelating-ingetrokken", compose)


def _herzien(uitgifte: Uitgifte, zaak: Zaak, besluiten: Sequence[BesluitRow]) -> None:
    """The whole letter again, with what it replaces and why: a complete motivation and a new term (B.2.2)."""
    basis = load_basis(zaak, besluiten, uitgifte)
    vervangt = _describe_vervangen(uitgifte, besluiten, basis.voorstellen[0].aanleiding)

    def compose(kenmerk: str) -> msgspec.Struct:
        brief = brieven.compose_besluitbrief(zaak, basis, kenmerk, uitgifte.datum)
        return msgspec.structs.replace(brief, vervangt=vervangt)

    request(uitgifte, zaak.rij, HERZIEN, brieven.choose_soort(basis.voorstellen), compose)


def _describe_vervangen(uitgifte: Uitgifte, besluiten: Sequence[BesluitRow], aanleiding: str) -> Vervangenbesluit:
    eerder = _list_eerdere(uitgifte, besluiten)
    genomen = eerder[0].genomen_op
    return Vervangenbesluit(
        besluit=eerder[0].kenmerk or "",
        datum=uitgifte.datum if genomen is None else local_date(genomen),
        aanleiding=aanleiding,
    )


HERZIEN = "herzien"
SELECTIE = "selectie"

SELECTIEBESLUITEN = frozenset(
    {
        Besluitsoort.GESELECTEERD,
        Besluitsoort.RESERVE,
        Besluitsoort.NIET_GESELECTEERD,
        Besluitsoort.GUNNINGSVOORNEMEN,
        Besluitsoort.NIET_GEGUND,
    }
)
"""Besluiten that only a procedure with selection knows."""


def request_selectiebrief(uitgifte: Uitgifte, zaak: Zaak, besluiten: Sequence[BesluitRow]) -> None:
    """The letter on all percelen of one candidate, with who was chosen instead and in what they were better."""
    basis = load_basis(zaak, besluiten, uitgifte)
    gekozen = _list_gekozen(uitgifte, [besluit.perceel or "" for besluit in besluiten])

    herzien = [besluit for besluit in besluiten if besluit.soort is Besluitsoort.AFGEWEZEN and besluit.vervangt_id]
    waarom = brieven.decode(herzien[0].voorstel).aanleiding if herzien else ""
    vervangt = _describe_vervangen(uitgifte, herzien, waarom) if herzien else None

    def compose(kenmerk: str) -> msgspec.Struct:
        brief = selectie.compose_selectiebrief(zaak, basis, kenmerk, uitgifte.datum, gekozen)
        return msgspec.structs.replace(brief, vervangt=vervangt)

    request(uitgifte, zaak.rij, SELECTIE, "selectiebrief", compose)


def _list_gekozen(uitgifte: Uitgifte, percelen: Sequence[str]) -> selectie.Anderen:
    """Who is chosen on these percelen by a besluit that is taken now, or that stands."""
    sessie = uitgifte.eenheid.sessie
    vraag = (
        select(AanmeldingRow, BesluitRow)
        .join(BesluitRow, col(BesluitRow.aanmelding_id) == AanmeldingRow.id)
        .where(
            AanmeldingRow.ronde_id == uitgifte.ronde.id,
            col(BesluitRow.perceel).in_(percelen),
            col(BesluitRow.soort).in_(selectie.GEKOZEN),
            col(BesluitRow.status).in_((Besluitstatus.GENOMEN, Besluitstatus.VERZONDEN)),
        )
        .order_by(AanmeldingRow.kenmerk)
    )
    gevonden: dict[str, list[tuple[str, Rangregel | None]]] = {}
    for rij, besluit in sessie.exec(vraag):
        gevonden.setdefault(besluit.perceel or "", []).append((rij.naam, brieven.decode(besluit.voorstel).rang))
    return gevonden


VERVOLG: dict[str, Opsteller] = {
    Besluitsoort.TOEGELATEN: _vervuld,
    Besluitsoort.TOELATING_VERVALLEN: _vervallen,
    Besluitsoort.TOELATING_INGETROKKEN: _ingetrokken,
    HERZIEN: _herzien,
    SELECTIE: request_selectiebrief,
}
"""How each kind of follow-up is told to an aanbieder."""


def _list_eerdere(uitgifte: Uitgifte, besluiten: Sequence[BesluitRow]) -> list[BesluitRow]:
    return [uitgifte.eenheid.sessie.get_one(BesluitRow, besluit.vervangt_id) for besluit in besluiten]


def request_vervolgbesluit(uitgifte: Uitgifte, te_doen: Tedoen) -> None:
    """Ask for the formal besluit on everything that is taken now, with what it replaces and its motivation."""
    sessie, ronde = uitgifte.eenheid.sessie, uitgifte.ronde
    editie = procedures.read_editie(sessie, ronde)
    regels, behandelaars = [], Behandelaars(beoordelaars=(), jurist="")
    for _, groep in groupby(te_doen, key=lambda paar: paar[0].id):
        paren = list(groep)
        zaak = load_zaak(sessie, uitgifte.huis.feestdagen, paren[0][0])
        nu = [besluit for _, besluit in paren]
        basis = load_basis(zaak, nu, uitgifte)
        eerder = [sessie.get_one(BesluitRow, b.vervangt_id) for b in nu if b.vervangt_id is not None]
        regels.append(vervolg.vervolgregel(zaak, basis, eerder))
        behandelaars = Behandelaars(
            beoordelaars=tuple(sorted({*behandelaars.beoordelaars, *basis.behandelaars.beoordelaars})),
            jurist=basis.behandelaars.jurist,
        )
    stadium = _name_stadium(uitgifte, te_doen)
    documenten.request_document(
        uitgifte.huis,
        uitgifte.eenheid,
        f"vervolgbesluit:{uitgifte.kenmerk}",
        "vervolgbesluit",
        ronde.kenmerk,
        ronde.kenmerk,
        lambda kenmerk: vervolg.compose_vervolgbesluit(
            uitgifte.definitie,
            uitgifte.definitie.find_ronde(ronde.kenmerk),
            editie,
            uitgifte.huis.feestdagen,
            kenmerk=kenmerk,
            datum=uitgifte.datum,
            behandelaars=behandelaars,
            ondertekenaar=uitgifte.ondertekenaar,
            regels=tuple(regels),
            audit=uitgifte.auditverwijzing,
            stadium=stadium,
        ),
        kenmerk=uitgifte.kenmerk,
    )


def _name_stadium(uitgifte: Uitgifte, te_doen: Tedoen) -> str:
    """In a procedure with selection: what these besluiten are about."""
    if not scores.chooses(uitgifte.definitie):
        return ""
    return selectie.name_stadium([brieven.decode(besluit.voorstel) for _, besluit in te_doen])
