"""Move one day of the planning, with everything behind it; and let a gemeente withdraw before contracts.

Plans slip and participants drop out: dates and parties are data, with a reason and a check, never constants.

Bron: domein 0.11; BP-17; H19-02; E.5 (invariants).
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from itertools import pairwise

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.instroom import check_periodiciteit, check_ronde, list_dagen
from inkoop.domain.kalender import TIJDZONE, Feestdagen, format_dag, local_date, roll_forward
from inkoop.domain.looptijd import check_looptijd
from inkoop.domain.mandaat import list_gaten
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.domain.samenwerking import Deelname
from inkoop.domain.termijnen import end_of_herstel, end_of_vervaltermijn

_INSTANTEN = frozenset({"sluiting", "voorstel_tot"})
_EEN_DAG = timedelta(days=1)


class Dagwijziging(msgspec.Struct, frozen=True, kw_only=True):
    """A day of a round that moved; `dag` is its key."""

    ronde: str
    dag: str
    was: date
    wordt: date


class Verzetting(msgspec.Struct, frozen=True, kw_only=True):
    """The definition after a move, what moved, and every reason why it cannot stand (then nothing may be kept)."""

    definitie: Proceduredefinitie
    wijzigingen: tuple[Dagwijziging, ...]
    beletselen: tuple[Beletsel, ...]


def move_dag(definitie: Proceduredefinitie, kenmerk: str, dag: str, naar: date, feestdagen: Feestdagen) -> Verzetting:
    """Move one day of a round; what comes behind it moves only where it must.

    A later day keeps its date while order and minimum terms hold, else it goes to the first day on which
    they do. The start of the agreements moves only when it is asked itself; when it is that of the first
    round, the term starts with it and keeps its end date. `dag` is a key of the round (`besluit`).

    Bron: domein 0.11; E.5; BP-17 (start three months later, end date the same).
    """
    ronde = next((r for r in definitie.instroom.rondes if r.kenmerk == kenmerk), None)
    if ronde is None or dag not in dict(list_dagen(ronde)):
        bekend = ", ".join([r.kenmerk for r in definitie.instroom.rondes] if ronde is None else dict(list_dagen(ronde)))
        wat = f"ronde '{kenmerk}'" if ronde is None else f"dag '{dag}' in ronde {kenmerk}"
        onbekend = Beletsel("verzet-onbekend", f"Er is geen {wat}. Wel: {bekend}.")
        return Verzetting(definitie=definitie, wijzigingen=(), beletselen=(onbekend,))
    nieuw = _push(ronde, dag, naar, definitie, feestdagen)
    rondes = tuple(nieuw if r.kenmerk == kenmerk else r for r in definitie.instroom.rondes)
    looptijd = definitie.looptijd
    if dag == "ingang" and ronde.ingang == looptijd.ingang:
        looptijd = msgspec.structs.replace(looptijd, ingang=naar)
    verzet = msgspec.structs.replace(
        definitie,
        instroom=msgspec.structs.replace(definitie.instroom, rondes=rondes),
        looptijd=looptijd,
        hash=hashlib.sha256(f"{definitie.hash} {kenmerk} {dag} {naar.isoformat()}".encode()).hexdigest(),
    )
    was = dict(list_dagen(ronde))
    wijzigingen = tuple(
        Dagwijziging(ronde=kenmerk, dag=naam, was=was[naam], wordt=wordt)
        for naam, wordt in list_dagen(nieuw)
        if was[naam] != wordt
    )
    return Verzetting(
        definitie=verzet, wijzigingen=wijzigingen, beletselen=tuple(_check(definitie, verzet, nieuw, feestdagen))
    )


def _push(
    ronde: Rondedefinitie, dag: str, naar: date, definitie: Proceduredefinitie, feestdagen: Feestdagen
) -> Rondedefinitie:
    """The round with one day moved, and each later day (not the start) no earlier than it can be."""
    termijnen = definitie.termijnen
    dagen = dict(list_dagen(ronde))
    namen = list(dagen)
    dagen[dag] = naar
    for vorige, naam in pairwise(namen):
        if namen.index(naam) <= namen.index(dag) or naam == "ingang":
            continue
        vroegst = dagen[vorige] + _EEN_DAG
        if naam == "herstel_tot":
            vroegst = end_of_herstel(termijnen, dagen["herstelverzoek"], feestdagen)
        elif naam == "vervaltermijn":
            vroegst = end_of_vervaltermijn(termijnen, dagen["besluit"], feestdagen)
        elif naam == "selectie_vervaltermijn" and "selectiebesluit" in dagen:
            vroegst = end_of_vervaltermijn(termijnen, dagen["selectiebesluit"], feestdagen)
        if dagen[naam] < vroegst:
            dagen[naam] = roll_forward(vroegst, feestdagen) if termijnen.doorrollen else vroegst
    velden = {naam: _to_veld(ronde, naam, waarde) for naam, waarde in dagen.items()}
    return msgspec.structs.replace(ronde, **velden)


def _to_veld(ronde: Rondedefinitie, naam: str, dag: date) -> date | datetime:
    """A day as the field of a round; an instant keeps its hour in the Netherlands, also over daylight saving."""
    if naam not in _INSTANTEN:
        return dag
    instant: datetime = getattr(ronde, naam)
    if local_date(instant) == dag:
        return instant
    return datetime.combine(dag, instant.astimezone(TIJDZONE).time(), tzinfo=TIJDZONE)


def _check(
    was: Proceduredefinitie, wordt: Proceduredefinitie, ronde: Rondedefinitie, feestdagen: Feestdagen
) -> list[Beletsel]:
    """Every invariant that does not hold after the move; a gap in mandates only when it is new."""
    beletselen = [*check_ronde(ronde, wordt.termijnen, feestdagen)]
    beletselen += check_periodiciteit(wordt.instroom)
    beletselen += check_looptijd(wordt.looptijd)
    if not wordt.looptijd.ingang <= ronde.ingang <= wordt.looptijd.max_einddatum:
        tekst = f"Ronde {ronde.kenmerk} gaat in op {format_dag(ronde.ingang)}; dat ligt buiten de looptijd."
        beletselen.append(Beletsel("verzet-looptijd", tekst))
    oud = {gat.tekst for gat in list_gaten(was)}
    beletselen += [
        Beletsel("verzet-mandaat", gat.tekst) for gat in list_gaten(wordt) if gat.tekst not in oud and gat.zeker
    ]
    return beletselen


def withdraw_gemeente(definitie: Proceduredefinitie, code: str, op: date) -> Proceduredefinitie | list[Beletsel]:
    """The procedure without a gemeente that reserved its participation, or every reason why it cannot leave.

    It disappears as party, from mandates, arrangements, optional cells, local exceptions, the area and the
    steps in which its college or raad decides. After the first agreements were to be signed nobody leaves.

    Bron: H19-02, BP-17 (Loon op Zand).
    """
    gemeente = next((g for g in definitie.gemeenten if g.code == code), None)
    if gemeente is None:
        bekend = ", ".join(g.code for g in definitie.gemeenten)
        return [Beletsel("uittreden-onbekend", f"Gemeente '{code}' doet niet mee. Wel: {bekend}.")]
    beletselen = []
    if gemeente.deelname is not Deelname.VOORBEHOUD:
        tekst = f"{gemeente.naam} doet mee zonder voorbehoud en kan zich niet terugtrekken."
        beletselen.append(Beletsel("uittreden-vast", tekst))
    if gemeente.naam == definitie.organisatie.centrumgemeente:
        beletselen.append(
            Beletsel("uittreden-centrum", f"{gemeente.naam} is de centrumgemeente. Wijs eerst een andere aan.")
        )
    eerste = min((ronde.tekenen for ronde in definitie.instroom.rondes), default=None)
    if eerste is not None and op >= eerste:
        tekst = f"Uittreden kon tot {format_dag(eerste)}, de dag waarop de eerste overeenkomsten zijn getekend."
        beletselen.append(Beletsel("uittreden-te-laat", tekst))
    if len(definitie.gemeenten) == 1:
        beletselen.append(Beletsel("uittreden-laatste", f"{gemeente.naam} is de enige deelnemer."))
    return beletselen or _without(definitie, code, gemeente.naam)


def _without(definitie: Proceduredefinitie, code: str, naam: str) -> Proceduredefinitie:
    """Every place where a gemeente stands, without it; what only it did disappears."""

    def overig(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(c for c in codes if c != code)

    replace = msgspec.structs.replace
    percelen = tuple(
        replace(
            perceel,
            producten=tuple(
                replace(
                    product,
                    optioneel=tuple(replace(optie, gemeenten=overig(optie.gemeenten)) for optie in product.optioneel),
                )
                for product in perceel.producten
            ),
        )
        for perceel in definitie.percelen
    )
    organen = {f"college van {naam}", f"gemeenteraad van {naam}", f"archief van {naam}"}
    stappen = tuple(
        replace(stap, organen=tuple(orgaan for orgaan in stap.organen if orgaan not in organen))
        for stap in definitie.stappen
    )
    contract = definitie.contract
    return replace(
        definitie,
        gemeenten=tuple(gemeente for gemeente in definitie.gemeenten if gemeente.code != code),
        mandaten=tuple(replace(m, namens=overig(m.namens)) for m in definitie.mandaten if overig(m.namens)),
        regelingen=tuple(replace(r, partijen=overig(r.partijen)) for r in definitie.regelingen),
        geografie=replace(
            definitie.geografie,
            gebieden=tuple(gebied for gebied in definitie.geografie.gebieden if gebied.gemeente != naam),
        ),
        percelen=percelen,
        stappen=tuple(stap for stap in stappen if stap.organen),
        contract=replace(
            contract,
            lokale_uitzonderingen=tuple(u for u in contract.lokale_uitzonderingen if u.gemeente != code),
        ),
        hash=hashlib.sha256(f"{definitie.hash} zonder {code}".encode()).hexdigest(),
    )
