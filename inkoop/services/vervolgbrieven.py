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

from inkoop.documents.gegevens import Behandelaars, Vervangenbesluit
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.kalender import local_date
from inkoop.services import documenten, procedures
from inkoop.services.besluitbrieven import Tedoen, Uitgifte, load_basis, request
from inkoop.services.brieven import besluit as brieven
from inkoop.services.brieven import vervolg
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.storage.tabellen.besluit import BesluitRow

Opsteller = Callable[[Uitgifte, Zaak, Sequence[BesluitRow]], None]


def request_vervolgbrieven(uitgifte: Uitgifte, te_doen: Tedoen) -> None:
    """Ask for one letter per aanbieder and kind of follow-up."""
    for _, groep in groupby(te_doen, key=lambda paar: paar[0].id):
        paren = [paar for paar in groep if paar[1].vervangt_id is not None]
        if not paren:
            continue
        zaak = load_zaak(uitgifte.eenheid.sessie, uitgifte.huis.feestdagen, paren[0][0])
        per_soort: dict[str, list[BesluitRow]] = {}
        for _, besluit in paren:
            per_soort.setdefault(_name_vervolg(besluit), []).append(besluit)
        for naam, besluiten in per_soort.items():
            VERVOLG[naam](uitgifte, zaak, besluiten)


def _name_vervolg(besluit: BesluitRow) -> str:
    """Which kind of follow-up this is."""
    if besluit.soort in (Besluitsoort.TOELATING_VERVALLEN, Besluitsoort.TOELATING_INGETROKKEN):
        return besluit.soort
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
    eerder = _list_eerdere(uitgifte, besluiten)
    basis = load_basis(zaak, besluiten, uitgifte)
    genomen = eerder[0].genomen_op
    vervangt = Vervangenbesluit(
        besluit=eerder[0].kenmerk or "",
        datum=uitgifte.datum if genomen is None else local_date(genomen),
        aanleiding=basis.voorstellen[0].aanleiding,
    )

    def compose(kenmerk: str) -> msgspec.Struct:
        brief = brieven.compose_besluitbrief(zaak, basis, kenmerk, uitgifte.datum)
        return msgspec.structs.replace(brief, vervangt=vervangt)

    request(uitgifte, zaak.rij, HERZIEN, brieven.choose_soort(basis.voorstellen), compose)


HERZIEN = "herzien"

VERVOLG: dict[str, Opsteller] = {
    Besluitsoort.TOEGELATEN: _vervuld,
    Besluitsoort.TOELATING_VERVALLEN: _vervallen,
    Besluitsoort.TOELATING_INGETROKKEN: _ingetrokken,
    HERZIEN: _herzien,
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
        ),
        kenmerk=uitgifte.kenmerk,
    )
