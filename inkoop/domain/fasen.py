"""The six fasen and what must be there before one goes over into the next.

Which bodies decide, and in which order, is data of the procedure (`stappen`); what each transition
asks besides is the table OVERGANGEN, each guard with its source. A guard returns reasons, a refusal
carries all of them.

Bron: ontwerp 2.6 and 5; M20-43, M20-45, BP-24; domein D.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import msgspec

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.procedure import Fase, Proceduredefinitie, Rondedefinitie, Stap, Stapsoort


class Stapstand(msgspec.Struct, frozen=True, kw_only=True):
    """What one body decided on one step, on which day."""

    stap: str
    orgaan: str
    uitkomst: str
    op: date


class Uitkomstpaar(msgspec.Struct, frozen=True):
    """The two ways in which a step can end: `door` lets the procedure go on, `stop` does not."""

    door: str
    stop: str | None


STAPUITKOMSTEN: Mapping[Stapsoort, Uitkomstpaar] = {
    Stapsoort.BESLUIT: Uitkomstpaar("akkoord", "niet_akkoord"),
    Stapsoort.GO_NO_GO: Uitkomstpaar("go", "no_go"),
    Stapsoort.CONSULTATIE: Uitkomstpaar("gehouden", None),
    Stapsoort.VASTSTELLING: Uitkomstpaar("vastgesteld", "niet_vastgesteld"),
    Stapsoort.CONTROLE: Uitkomstpaar("akkoord", "niet_akkoord"),
    Stapsoort.PUBLICATIE: Uitkomstpaar("gepubliceerd", None),
}
"""The outcomes that each kind of step knows (project default, after C and M20-43)."""


class OvergangRefusedError(BeletselenError):
    """A procedure or ronde may not go to the next fase yet; every reason at once."""

    def __init__(self, van: Fase, naar: Fase, beletselen: Sequence[Beletsel]) -> None:
        self.van, self.naar = van, naar
        super().__init__(f"De fase '{van}' kan nog niet overgaan in '{naar}'.", list(beletselen))


def find_stap(definitie: Proceduredefinitie, stap_id: str) -> Stap | None:
    """The step with this id, or None when the procedure has none."""
    return next((stap for stap in definitie.stappen if stap.id == stap_id), None)


def list_stoppers(stap: Stap, standen: Sequence[Stapstand], op: date) -> list[Stapstand]:
    """The outcomes that stand on a day and stop the procedure: the last of a body counts."""
    laatste = _find_laatste(stap, standen, op)
    return [stand for stand in laatste.values() if stand.uitkomst != STAPUITKOMSTEN[stap.soort].door]


def is_afgerond(stap: Stap, standen: Sequence[Stapstand], op: date) -> bool:
    """Whether each body of a step has said yes on or before a day."""
    laatste = _find_laatste(stap, standen, op)
    door = STAPUITKOMSTEN[stap.soort].door
    return all(orgaan in laatste and laatste[orgaan].uitkomst == door for orgaan in stap.organen)


def list_open_stappen(
    definitie: Proceduredefinitie, fase: Fase, standen: Sequence[Stapstand], *, op: date = date.max
) -> tuple[Stap, ...]:
    """The steps of a fase that are not done yet, in the order of the definition."""
    return tuple(stap for stap in definitie.stappen if stap.fase is fase and not is_afgerond(stap, standen, op))


def check_stap(
    definitie: Proceduredefinitie,
    stap_id: str,
    orgaan: str,
    standen: Sequence[Stapstand],
    op: date,
    *,
    uitkomst: str | None = None,
) -> list[Beletsel]:
    """Every reason why a body cannot record this step on this day; empty = it can.

    A deadline that has passed is no reason: plans slip (domein 0.11). With `uitkomst`, an outcome that
    the kind of step does not know is one.

    Bron: M20-45 (order); ontwerp 5.
    """
    stap = find_stap(definitie, stap_id)
    if stap is None:
        bekend = ", ".join(stap.id for stap in definitie.stappen)
        return [Beletsel("stap-onbekend", f"De stap '{stap_id}' bestaat niet in {definitie.naam}. Wel: {bekend}.")]
    beletselen = []
    if orgaan not in stap.organen:
        tekst = f"'{orgaan}' gaat niet over de stap '{stap.naam}'. Wel: {', '.join(stap.organen)}."
        beletselen.append(Beletsel("stap-orgaan", tekst))
    stand = _find_laatste(stap, standen, op).get(orgaan)
    if stand is not None and stand.uitkomst == STAPUITKOMSTEN[stap.soort].door:
        tekst = f"'{orgaan}' heeft de stap '{stap.naam}' al vastgelegd op {format_dag(stand.op)}: {stand.uitkomst}."
        beletselen.append(Beletsel("stap-al-vastgelegd", tekst))
    beletselen.extend(_check_eerdere(definitie, stap, standen, op))
    if uitkomst is not None and uitkomst not in (uitkomsten := _list_uitkomsten(stap)):
        tekst = f"De uitkomst '{uitkomst}' past niet bij de stap '{stap.naam}'. Kies uit: {', '.join(uitkomsten)}."
        beletselen.append(Beletsel("stap-uitkomst", tekst))
    return beletselen


def check_overgang(
    definitie: Proceduredefinitie,
    van: Fase,
    naar: Fase,
    standen: Sequence[Stapstand],
    *,
    op: date,
    ronde: Rondedefinitie | None = None,
) -> list[Beletsel]:
    """Every reason why a fase cannot go over into another on a day; empty = it can.

    The last four fasen belong to a ronde: with `ronde`, its dates count as well.

    Bron: ontwerp 2.6; see OVERGANGEN for each guard.
    """
    wachten = OVERGANGEN.get((van, naar))
    if wachten is None:
        volgende = ", ".join(f"'{later}'" for eerder, later in OVERGANGEN if eerder is van) or "geen andere fase"
        return [Beletsel("volgorde", f"Na de fase '{van}' volgt {volgende}, niet '{naar}'.")]
    stand = Overgangsstand(definitie=definitie, van=van, standen=tuple(standen), op=op, ronde=ronde)
    return [beletsel for wacht in wachten for beletsel in wacht.check(stand)]


def require_overgang(
    definitie: Proceduredefinitie,
    van: Fase,
    naar: Fase,
    standen: Sequence[Stapstand],
    *,
    op: date,
    ronde: Rondedefinitie | None = None,
) -> None:
    """Refuse a transition with every reason at once (OvergangRefusedError), or return."""
    if beletselen := check_overgang(definitie, van, naar, standen, op=op, ronde=ronde):
        raise OvergangRefusedError(van, naar, beletselen)


class Overgangsstand(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a guard may look at."""

    definitie: Proceduredefinitie
    van: Fase
    standen: tuple[Stapstand, ...]
    op: date
    ronde: Rondedefinitie | None


class Wacht(msgspec.Struct, frozen=True):
    """A guard of a transition: what it checks, and why it is there."""

    check: Callable[[Overgangsstand], list[Beletsel]]
    bron: str


def needs_afgeronde_stappen(stand: Overgangsstand) -> list[Beletsel]:
    """Each step of the fase is done by each of its bodies; what was refused is said as such."""
    beletselen = []
    for stap in list_open_stappen(stand.definitie, stand.van, stand.standen, op=stand.op):
        if stap.soort is Stapsoort.GO_NO_GO and list_stoppers(stap, stand.standen, stand.op):
            continue  # needs_geen_no_go says it
        laatste = _find_laatste(stap, stand.standen, stand.op)
        door = STAPUITKOMSTEN[stap.soort].door
        wachten_op = [orgaan for orgaan in stap.organen if orgaan not in laatste]
        tegen = [orgaan for orgaan in stap.organen if orgaan in laatste and laatste[orgaan].uitkomst != door]
        delen = [f"er is nog niets vastgelegd door {', '.join(wachten_op)}"] if wachten_op else []
        delen += [
            f"{orgaan} besloot op {format_dag(laatste[orgaan].op)}: {laatste[orgaan].uitkomst}" for orgaan in tegen
        ]
        beletselen.append(Beletsel("stap-open", f"De stap '{stap.naam}' is niet afgerond: {'; '.join(delen)}."))
    return beletselen


def needs_geen_no_go(stand: Overgangsstand) -> list[Beletsel]:
    """No NO-GO stands: it moves the whole planning a year (domain/uitstel)."""
    return [
        Beletsel(
            "no-go",
            f"{no_go.orgaan} besloot op {format_dag(no_go.op)} NO-GO bij '{stap.naam}'. De inkoop schuift een jaar op; "
            "ga verder met de verschoven planning en een nieuw besluit.",
        )
        for stap in stand.definitie.stappen
        if stap.soort is Stapsoort.GO_NO_GO
        for no_go in list_stoppers(stap, stand.standen, stand.op)
    ]


def needs_verplichte_keuzes(stand: Overgangsstand) -> list[Beletsel]:
    """Each mandatory choice that the seeds leave open is made before anything is published."""
    return [
        Beletsel("keuze-ontbreekt", f"De verplichte keuze {keuze} is nog niet ingevuld. Vul die in onder 'keuzes'.")
        for keuze in list_lege_keuzes(stand.definitie)
    ]


def needs_vaste_looptijd(stand: Overgangsstand) -> list[Beletsel]:
    """The term is settled before anything is published (J21-xx-04, BP-08, BP-10)."""
    if not stand.definitie.looptijd.nader_te_bepalen:
        return []
    tekst = (
        "De looptijd is nog nader te bepalen: de datums zijn een werkaanname. Stel ze vast en haal 'nader_te_bepalen' "
        "weg."
    )
    return [Beletsel("looptijd-nader-te-bepalen", tekst)]


def list_lege_keuzes(definitie: Proceduredefinitie) -> list[str]:
    """The mandatory choices that are still empty; BP-04 is always one, for the publication prints its condition.

    Bron: ontwerp 5; BP-01..25.
    """
    verplicht = dict.fromkeys((*definitie.verplichte_keuzes, KEUZE_VOORWAARDE))
    return [keuze for keuze in verplicht if not definitie.keuzes.get(keuze, "").strip()]


KEUZE_VOORWAARDE = "BP-04"
"""The choice that completes the sentence which the strategy leaves open (S3 6)."""


def needs_open_ronde(stand: Overgangsstand) -> list[Beletsel]:
    """A ronde starts on its published opening, not before."""
    ronde = stand.ronde
    if ronde is None or stand.op >= ronde.opening:
        return []
    return [Beletsel("ronde-niet-open", f"Ronde {ronde.kenmerk} gaat pas open op {format_dag(ronde.opening)}.")]


def needs_gesloten_ronde(stand: Overgangsstand) -> list[Beletsel]:
    """Nothing is decided while applications can still come in: the whole day of closing counts."""
    ronde = stand.ronde
    if ronde is None or stand.op > local_date(ronde.sluiting):
        return []
    dag = format_dag(local_date(ronde.sluiting))
    return [Beletsel("ronde-niet-gesloten", f"Ronde {ronde.kenmerk} sluit pas op {dag}; daarna kan dit.")]


_STAPPEN = Wacht(needs_afgeronde_stappen, "M20-45; ontwerp 5")
_GEEN_NO_GO = Wacht(needs_geen_no_go, "M20-43, BP-24")

OVERGANGEN: Mapping[tuple[Fase, Fase], tuple[Wacht, ...]] = {
    (Fase.VOORBEREIDEN, Fase.PUBLICEREN): (
        _GEEN_NO_GO,
        _STAPPEN,
        Wacht(needs_verplichte_keuzes, "ontwerp 5; BP-01..25"),
        Wacht(needs_vaste_looptijd, "J21-xx-04; BP-08, BP-10"),
    ),
    (Fase.PUBLICEREN, Fase.SELECTEREN): (_GEEN_NO_GO, _STAPPEN, Wacht(needs_open_ronde, "E.5; B.1.3")),
    (Fase.SELECTEREN, Fase.CONCRETISEREN): (_STAPPEN, Wacht(needs_gesloten_ronde, "FE-8; E.5")),
    (Fase.CONCRETISEREN, Fase.CONTRACTEREN): (_STAPPEN,),
    (Fase.CONTRACTEREN, Fase.IMPLEMENTEREN): (_STAPPEN,),
}
"""Each allowed transition with its guards; what does not stand here is refused."""


def _find_laatste(stap: Stap, standen: Sequence[Stapstand], op: date) -> dict[str, Stapstand]:
    """The last outcome of each body on a step, on or before a day; of two on one day the later given counts."""
    tot_nu = [stand for stand in standen if stand.stap == stap.id and stand.op <= op]
    return {stand.orgaan: stand for stand in sorted(tot_nu, key=lambda stand: stand.op)}


def _check_eerdere(definitie: Proceduredefinitie, stap: Stap, standen: Sequence[Stapstand], op: date) -> list[Beletsel]:
    """The steps that must be done before this one, and are not."""
    eerdere = [find_stap(definitie, eerdere_id) for eerdere_id in stap.na]
    return [
        Beletsel("stap-te-vroeg", f"Eerst moet de stap '{eerder.naam}' zijn afgerond, dan pas '{stap.naam}'.")
        for eerder in eerdere
        if eerder is not None and not is_afgerond(eerder, standen, op)
    ]


def _list_uitkomsten(stap: Stap) -> list[str]:
    """The outcomes that a step can have."""
    paar = STAPUITKOMSTEN[stap.soort]
    return [uitkomst for uitkomst in (paar.door, paar.stop) if uitkomst is not None]
