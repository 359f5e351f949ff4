"""What councils, providers and clients bring in on a step, and that each contribution gets an answer.

Wishes and objections of a gemeenteraad, reactions in a market consultation and reactions to the
substantiation of tariffs are one kind of record: who brought in what, what is answered, and which
document changes. A step that waits for a consultation can be taken only when everything is answered.

Bron: PROC-05, Gemeentewet art. 169 lid 4 (B.9); M20-25, M20-42; C.3, C.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.procedure import Proceduredefinitie, Stap, Stapsoort


class Inbrengsoort(StrEnum):
    """What somebody brings in; `geen` records that a body was asked and had nothing to say."""

    WENS = "wens"
    BEDENKING = "bedenking"
    REACTIE = "reactie"
    GEEN = "geen"


class Gevolg(StrEnum):
    """What an answer does: nothing changes, or a document does."""

    GEEN = "geen"
    AANGEPAST = "aangepast"


class Inbreng(msgspec.Struct, frozen=True, kw_only=True):
    """One contribution as it may be published: `tekst` names no persons; without `antwoord` it is open.

    With `gevolg` aangepast, `document` and `artikel` say what changed.
    """

    kenmerk: str
    stap: str
    orgaan: str
    soort: Inbrengsoort
    thema: str
    tekst: str
    ontvangen_op: date
    antwoord: str | None = None
    gevolg: Gevolg | None = None
    document: str | None = None
    artikel: str | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer; who brought in nothing waits for nothing."""
        return self.soort is not Inbrengsoort.GEEN and self.antwoord is None


class Sessie(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting of a consultation: with whom, when, and where that stands."""

    doelgroep: str
    op: date
    grond: str


class Consultatieverslag(msgspec.Struct, frozen=True, kw_only=True):
    """The public report of a consultation: meetings, and per theme what was said, answered and changed (C.6)."""

    procedure: str
    stap: str
    naam: str
    sessies: tuple[Sessie, ...]
    inbreng: tuple[Inbreng, ...]

    @property
    def themas(self) -> tuple[str, ...]:
        """The themes in the order in which they came up."""
        return tuple(dict.fromkeys(inbreng.thema for inbreng in self.inbreng))


class Verslagvraag(msgspec.Struct, frozen=True, kw_only=True):
    """A question that was put to those who were consulted."""

    thema: str
    vraag: str


class Verslagopgave(msgspec.Struct, frozen=True, kw_only=True):
    """What a consultation report says besides the records: how it was set up, who came, what was asked.

    `aantallen` holds for each body how many took part; `namen` only who agreed to be named; `tariefstap` is the
    consultation about the tariffs, when that was another step.
    """

    opzet: str
    aantallen: dict[str, int]
    schriftelijk: int
    deelnemers: tuple[str, ...]
    vragen: tuple[Verslagvraag, ...]
    namen: tuple[str, ...] = ()
    tariefstap: str | None = None


def check_verslag(
    definitie: Proceduredefinitie, stap: Stap, verslag: Consultatieverslag, opgave: Verslagopgave
) -> list[Beletsel]:
    """Every reason why the public report of a consultation cannot be made; empty = it can.

    Bron: M20-42; C.6, C.31 (sessies, aantal, reactie, gevolg).
    """
    beletselen = []
    if stap.soort is not Stapsoort.CONSULTATIE:
        beletselen.append(Beletsel("verslag-stap", f"Stap '{stap.naam}' is geen consultatie."))
    gehouden = {sessie.doelgroep for sessie in verslag.sessies}
    if ontbreekt := [orgaan for orgaan in stap.organen if orgaan not in gehouden]:
        tekst = f"Leg eerst vast dat de consultatie is gehouden met: {', '.join(ontbreekt)}."
        beletselen.append(Beletsel("verslag-niet-gehouden", tekst))
    if zonder := [orgaan for orgaan in stap.organen if orgaan not in opgave.aantallen]:
        tekst = f"Noem onder 'aantallen' hoeveel deelnemers er waren bij: {', '.join(zonder)}."
        beletselen.append(Beletsel("verslag-aantallen", tekst))
    if vreemd := [orgaan for orgaan in opgave.aantallen if orgaan not in stap.organen]:
        tekst = f"Onder 'aantallen' staat {', '.join(vreemd)}; met hen is bij deze stap niet gesproken."
        beletselen.append(Beletsel("verslag-aantallen", tekst))
    if fout := [orgaan for orgaan, aantal in opgave.aantallen.items() if aantal < 0]:
        beletselen.append(Beletsel("verslag-aantallen", f"Een aantal is 0 of meer: {', '.join(fout)}."))
    if opgave.schriftelijk < 0:
        beletselen.append(Beletsel("verslag-aantallen", "Het aantal schriftelijke reacties is 0 of meer."))
    tarief = next((een for een in definitie.stappen if een.id == opgave.tariefstap), None)
    if opgave.tariefstap is not None and (tarief is None or tarief.soort is not Stapsoort.CONSULTATIE):
        wel = ", ".join(een.id for een in definitie.stappen if een.soort is Stapsoort.CONSULTATIE)
        tekst = f"'{opgave.tariefstap}' is geen consultatie van deze procedure. Wel: {wel}."
        beletselen.append(Beletsel("verslag-tariefstap", tekst))
    return beletselen


def needs_verslag(stap: Stap, definitie: Proceduredefinitie, inbreng: Sequence[Inbreng]) -> tuple[Stap, ...]:
    """The consultations whose report a publication step makes public: right before it, and something was brought in.

    Bron: M20-42 (the outcome of a market consultation is published); C.6.
    """
    if stap.soort is not Stapsoort.PUBLICATIE:
        return ()
    met = {een.stap for een in inbreng if een.soort is not Inbrengsoort.GEEN}
    return tuple(
        een for een in definitie.stappen if een.id in stap.na and een.soort is Stapsoort.CONSULTATIE and een.id in met
    )


def check_inbreng(stap: Stap, orgaan: str, soort: Inbrengsoort, thema: str, tekst: str) -> list[Beletsel]:
    """Every reason why a contribution cannot be recorded on this step; empty = it can."""
    beletselen = []
    if stap.soort is not Stapsoort.CONSULTATIE:
        tekst_stap = f"Stap '{stap.naam}' is geen consultatie; inbreng hoort bij een stap van die soort."
        beletselen.append(Beletsel("inbreng-stap", tekst_stap))
    if orgaan not in stap.organen:
        tekst_orgaan = f"'{orgaan}' wordt bij stap '{stap.naam}' niet gevraagd. Wel: {', '.join(stap.organen)}."
        beletselen.append(Beletsel("inbreng-orgaan", tekst_orgaan))
    if not tekst.strip():
        beletselen.append(
            Beletsel("inbreng-tekst", "Schrijf op wat is ingebracht, of waaruit blijkt dat er niets was.")
        )
    if soort is not Inbrengsoort.GEEN and not thema.strip():
        beletselen.append(Beletsel("inbreng-thema", "Noem het thema: het verslag is per thema ingedeeld."))
    return beletselen


def check_antwoord(
    inbreng: Inbreng, antwoord: str, gevolg: Gevolg, document: str | None, artikel: str | None
) -> list[Beletsel]:
    """Every reason why a contribution cannot be answered like this.

    Bron: C.6 (reaction and consequence: yes or no, and which article).
    """
    beletselen = []
    if inbreng.antwoord is not None:
        beletselen.append(
            Beletsel("antwoord-dubbel", f"{inbreng.kenmerk} is al beantwoord; dat antwoord blijft staan.")
        )
    if inbreng.soort is Inbrengsoort.GEEN:
        tekst = f"Bij {inbreng.kenmerk} is niets ingebracht; er valt niets te beantwoorden."
        beletselen.append(Beletsel("antwoord-niets", tekst))
    if not antwoord.strip():
        beletselen.append(Beletsel("antwoord-leeg", "Schrijf wat u met de inbreng doet en waarom."))
    if gevolg is Gevolg.AANGEPAST and not (document and artikel):
        tekst = "Noem het document en het artikel of de paragraaf die verandert."
        beletselen.append(Beletsel("antwoord-document", tekst))
    if gevolg is Gevolg.GEEN and (document or artikel):
        tekst = "Zonder gevolg verandert er geen document; kies 'aangepast' of laat document en artikel weg."
        beletselen.append(Beletsel("antwoord-document", tekst))
    return beletselen


def check_beantwoord(stappen: Sequence[Stap], inbreng: Sequence[Inbreng]) -> list[Beletsel]:
    """What still waits for an answer on these steps, step by step, each contribution by its kenmerk.

    Bron: PROC-05; Gemeentewet art. 169 lid 4.
    """
    beletselen = []
    for stap in stappen:
        open_ = [een.kenmerk for een in inbreng if een.stap == stap.id and een.open]
        if open_:
            tekst = f"Bij stap '{stap.naam}' wacht inbreng nog op antwoord: {', '.join(open_)}."
            beletselen.append(Beletsel("inbreng-open", tekst))
    return beletselen


def list_vooraf(definitie: Proceduredefinitie, stap: Stap) -> tuple[Stap, ...]:
    """The steps that must be done before this one, those before them as well.

    A step that itself collects the answers (a vaststelling right after the consultation) waits for it too.
    """
    per_id = {een.id: een for een in definitie.stappen}
    gevonden: dict[str, Stap] = {}
    te_doen = list(stap.na)
    while te_doen:
        naam = te_doen.pop()
        if naam in per_id and naam not in gevonden:
            gevonden[naam] = per_id[naam]
            te_doen += per_id[naam].na
    return tuple(een for een in definitie.stappen if een.id in gevonden)
