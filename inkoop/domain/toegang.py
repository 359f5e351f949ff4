"""May this person do this: one policy, asked by every service, command, route and flow.

Three questions. `check_toegang`: does the role carry the act (the matrix of domein D)?
`check_vier_ogen`: did this person do something earlier on the same object that excludes them now?
`check_leesmoment` and `check_blind`: may this be read yet? What stands in no table is refused.

Where each four-eyes rule is held: FE-1, FE-2, FE-4 and FE-9 in VIER_OGEN below (FE-1's blindness in
check_blind), FE-3 in the course of besluiten and documents (domain/verloop: nothing is taken or sent
that was not checked), the mandate of FE-4 and FE-5 in domain/mandaat, FE-6 in the lock on published
editions, FE-7 in check_belang, FE-8 in check_leesmoment, FE-10 in storage/audit.

Bron: domein D (matrix, FE-1..FE-10); ontwerp 8.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec

from inkoop.domain.bevoegdheid import MATRIX
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.handeling import Handeling
from inkoop.domain.persoon import Persoon, Rol

__all__ = [
    "AANTAL_BEOORDELAARS",
    "MATRIX",
    "VIER_OGEN",
    "GeenToegangError",
    "Handeling",
    "Uitsluiting",
    "check_belang",
    "check_blind",
    "check_leesmoment",
    "check_toegang",
    "check_vier_ogen",
    "require_toegang",
]


class Uitsluiting(msgspec.Struct, frozen=True):
    """Who did `eerdere` on the same object may not do the act; `reden` is said to that person."""

    eerdere: Handeling
    bron: str
    reden: str


VIER_OGEN: Mapping[Handeling, tuple[Uitsluiting, ...]] = {
    Handeling.PUBLICEREN: (
        Uitsluiting(Handeling.GO_BESLUIT_VASTLEGGEN, "C.10, FE-4", "u hebt het GO-besluit vastgelegd"),
    ),
    Handeling.RONDE_OPENEN: (
        Uitsluiting(Handeling.OPENING_VERZOEKEN, "D openen na sluiting", "u hebt zelf om de opening gevraagd"),
        Uitsluiting(Handeling.RONDE_OPENEN, "D openen na sluiting", "u bent zelf al een van de twee openers"),
    ),
    Handeling.STORING_BESLISSEN: (
        Uitsluiting(Handeling.STORING_REGISTREREN, "FE-9", "u hebt deze storing zelf vastgelegd"),
    ),
    Handeling.OORDELEN: (
        Uitsluiting(Handeling.OORDELEN, "FE-1", "u hebt dit al beoordeeld; de tweede beoordelaar is een ander"),
        Uitsluiting(Handeling.OORDEEL_BESLECHTEN, "FE-1", "u hebt het verschil in oordeel al beslecht"),
    ),
    Handeling.OORDEEL_BESLECHTEN: (
        Uitsluiting(Handeling.OORDELEN, "FE-1", "u hebt dit zelf beoordeeld; een ander beslecht het verschil"),
    ),
    Handeling.HERSTELVERZOEK_CONTROLEREN: (
        Uitsluiting(Handeling.HERSTELVERZOEK_OPSTELLEN, "FE-2", "u hebt dit herstelverzoek zelf opgesteld"),
    ),
    Handeling.HERSTELVERZOEK_VERZENDEN: (
        Uitsluiting(
            Handeling.HERSTELVERZOEK_CONTROLEREN,
            "FE-2, project default: two people behind every letter",
            "u hebt dit herstelverzoek gecontroleerd; een ander verzendt het",
        ),
    ),
    Handeling.BESLUIT_CONTROLEREN: (
        Uitsluiting(Handeling.BESLUIT_VOORBEREIDEN, "FE-2", "u hebt dit besluit zelf voorbereid"),
        Uitsluiting(Handeling.OORDELEN, "FE-2", "u hebt deze aanmelding zelf beoordeeld"),
        Uitsluiting(Handeling.SCORE_GEVEN, "FE-2", "u hebt deze aanmelding zelf gescoord"),
        Uitsluiting(Handeling.AANMELDING_HEROPENEN, "FE-2", "u hebt deze aanmelding zelf heropend"),
        Uitsluiting(Handeling.SAMENLOOP_BESLISSEN, "FE-9", "u hebt zelf beslist welke aanmelding meetelt"),
    ),
    Handeling.BESLUIT_NEMEN: (
        Uitsluiting(Handeling.BESLUIT_VOORBEREIDEN, "FE-4", "u hebt dit besluit zelf voorbereid"),
        Uitsluiting(Handeling.BESLUIT_CONTROLEREN, "FE-4", "u hebt dit besluit zelf gecontroleerd"),
        Uitsluiting(Handeling.OORDELEN, "FE-4", "u hebt deze aanmelding zelf beoordeeld"),
        Uitsluiting(Handeling.SCORE_GEVEN, "FE-4", "u hebt deze aanmelding zelf gescoord"),
        Uitsluiting(Handeling.AANMELDING_HEROPENEN, "FE-4", "u hebt deze aanmelding zelf heropend"),
        Uitsluiting(Handeling.SAMENLOOP_BESLISSEN, "FE-9", "u hebt zelf beslist welke aanmelding meetelt"),
    ),
    Handeling.SCORE_GEVEN: (
        Uitsluiting(Handeling.SCORE_BESLECHTEN, "FE-1", "u hebt het verschil in score al beslecht"),
    ),
    Handeling.SCORE_BESLECHTEN: (
        Uitsluiting(Handeling.SCORE_GEVEN, "FE-1", "u hebt dit zelf gescoord; een ander beslecht het verschil"),
    ),
    Handeling.VOORWAARDE_VASTSTELLEN: (
        Uitsluiting(Handeling.BESLUIT_NEMEN, "FE-9", "u hebt het voorwaardelijke besluit zelf genomen"),
    ),
    Handeling.DOCUMENT_GOEDKEUREN: (
        Uitsluiting(Handeling.DOCUMENT_OPSTELLEN, "FE-2", "u hebt dit document zelf opgesteld"),
        Uitsluiting(Handeling.BESLUIT_VOORBEREIDEN, "FE-2", "u hebt het besluit van dit document zelf voorbereid"),
        Uitsluiting(Handeling.HERSTELVERZOEK_OPSTELLEN, "FE-2", "u hebt dit herstelverzoek zelf opgesteld"),
        Uitsluiting(Handeling.OVEREENKOMST_OPSTELLEN, "FE-2", "u hebt deze overeenkomst zelf opgesteld"),
        Uitsluiting(Handeling.ADDENDUM_OPSTELLEN, "FE-2", "u hebt dit addendum zelf opgesteld"),
    ),
    Handeling.NOTA_GOEDKEUREN: (
        Uitsluiting(Handeling.NOTA_OPSTELLEN, "FE-2, FE-3", "u hebt deze nota zelf opgesteld"),
    ),
    Handeling.NOTA_PUBLICEREN: (
        Uitsluiting(Handeling.NOTA_GOEDKEUREN, "FE-3", "u hebt deze nota goedgekeurd; een ander publiceert haar"),
    ),
    Handeling.OVEREENKOMST_CONTROLEREN: (
        Uitsluiting(Handeling.OVEREENKOMST_OPSTELLEN, "FE-2", "u hebt deze overeenkomst zelf opgesteld"),
        Uitsluiting(Handeling.ADDENDUM_OPSTELLEN, "FE-2", "u hebt dit addendum zelf opgesteld"),
    ),
    Handeling.OVEREENKOMST_TEKENEN: (
        Uitsluiting(Handeling.OVEREENKOMST_OPSTELLEN, "FE-4", "u hebt deze overeenkomst zelf opgesteld"),
        Uitsluiting(Handeling.OVEREENKOMST_CONTROLEREN, "FE-4", "u hebt deze overeenkomst zelf gecontroleerd"),
        Uitsluiting(Handeling.ADDENDUM_OPSTELLEN, "FE-4", "u hebt dit addendum zelf opgesteld"),
    ),
    Handeling.HANDTEKENING_CONTROLEREN: (
        Uitsluiting(Handeling.ONDERTEKENING_REGISTREREN, "FE-9", "u hebt dit getekende stuk zelf vastgelegd"),
    ),
    Handeling.MAATREGEL_BESLUITEN: (
        Uitsluiting(Handeling.MAATREGEL_VOORNEMEN, "FE-4", "u hebt deze maatregel zelf voorgenomen"),
    ),
    Handeling.AANHAAK_BESLUITEN: (
        Uitsluiting(Handeling.AANHAAK_VASTLEGGEN, "FE-4", "u hebt dit verzoek zelf vastgelegd"),
    ),
    Handeling.ARCHIEFLIJST_GOEDKEUREN: (
        Uitsluiting(
            Handeling.ARCHIEFLIJST_VOORSTELLEN, "D dossier vernietigen; B.7", "u hebt deze lijst zelf voorgesteld"
        ),
    ),
    Handeling.WIJZIGING_VASTSTELLEN: (
        Uitsluiting(Handeling.WIJZIGING_VOORSTELLEN, "FE-3", "u hebt deze wijziging zelf voorgesteld"),
    ),
    Handeling.TARIEF_VASTSTELLEN: (Uitsluiting(Handeling.INDEX_BEREKENEN, "FE-4", "u hebt deze index zelf berekend"),),
}
"""Per act the earlier acts on the same object that exclude a person, each with its source."""


AANTAL_BEOORDELAARS = 2
"""Each point is judged by two people (FE-1)."""


class GeenToegangError(BeletselenError):
    """This person may not do this; every reason at once."""


def check_toegang(persoon: Persoon, rol: Rol, handeling: Handeling) -> list[Beletsel]:
    """Why this person may not do this act in this role; empty = allowed.

    Bron: domein D; ontwerp 8 (deny by default).
    """
    beletselen = []
    if rol not in persoon.rollen:
        rollen = ", ".join(sorted(persoon.rollen)) or "geen"
        beletselen.append(Beletsel("rol-niet-toegekend", f"{persoon.naam} heeft de rol {rol} niet (wel: {rollen})."))
    bevoegdheid = MATRIX.get(handeling)
    if bevoegdheid is None:
        beletselen.append(Beletsel("handeling-onbekend", f"Voor {_lees(handeling)} is geen enkele rol aangewezen."))
    elif rol not in bevoegdheid.rollen:
        wel = ", ".join(sorted(bevoegdheid.rollen))
        beletselen.append(Beletsel("rol-niet-bevoegd", f"De rol {rol} mag dit niet: {_lees(handeling)}. Wel: {wel}."))
    return beletselen


def check_vier_ogen(handeling: Handeling, persoon: str, eerdere: Mapping[str, Collection[str]]) -> list[Beletsel]:
    """Why this person may not do this act after what they did before; empty = allowed.

    `eerdere` maps acts (values of Handeling) on the same object to the ids of who did them. An act
    that does not exist is a ValueError: a spelling mistake would switch the rule off.

    Bron: FE-1, FE-2, FE-4, FE-9 (see VIER_OGEN).
    """
    gedaan = {Handeling(naam): set(personen) for naam, personen in eerdere.items()}
    return [
        Beletsel("vier-ogen", f"Dit moet iemand anders doen ({_lees(handeling)}): {uitsluiting.reden}.")
        for uitsluiting in VIER_OGEN.get(handeling, ())
        if persoon in gedaan.get(uitsluiting.eerdere, set())
    ]


def require_toegang(
    persoon: Persoon, rol: Rol, handeling: Handeling, eerdere: Mapping[str, Collection[str]] | None = None
) -> None:
    """Refuse an act with every reason of role and four eyes at once, or return.

    Raises GeenToegangError.
    """
    beletselen = [
        *check_toegang(persoon, rol, handeling),
        *check_vier_ogen(handeling, persoon.id, eerdere or {}),
    ]
    if beletselen:
        raise GeenToegangError(f"{persoon.naam} mag dit niet: {_lees(handeling)}.", beletselen)


def check_leesmoment(op: datetime, sluiting: datetime, *, eigen: bool) -> list[Beletsel]:
    """Why an aanmelding may not be read now: before closing only by who handed it in.

    Both instants are aware; the closing second itself still counts as before closing.

    Bron: FE-8; domein D, aanmelding lezen voor sluiting.
    """
    if eigen or op > sluiting:
        return []
    return [
        Beletsel(
            "voor-sluiting",
            "Aanmeldingen zijn pas te lezen als de ronde is gesloten.",
        )
    ]


def check_belang(geen_belang: bool | None) -> list[Beletsel]:
    """Why somebody may not judge in this round: no statement about interests (None), or an interest.

    Bron: FE-7.
    """
    if geen_belang is None:
        tekst = "U hebt voor deze ronde nog geen belangenverklaring afgelegd. Doe dat eerst."
        return [Beletsel("geen-belangenverklaring", tekst)]
    if not geen_belang:
        return [
            Beletsel("belang", "U hebt een belang bij deze ronde verklaard. Een andere beoordelaar neemt het over.")
        ]
    return []


def check_blind(persoon: str, oordeelaars: Collection[str], van: str) -> list[Beletsel]:
    """Why `persoon` may not read the judgement of `van` yet: it is blind until two people are final.

    `oordeelaars` are the ids of who gave a final judgement on this point.

    Bron: FE-1.
    """
    if persoon == van or len(set(oordeelaars)) >= AANTAL_BEOORDELAARS:
        return []
    return [
        Beletsel("blind", "Dit oordeel is pas te lezen als beide beoordelaars hun oordeel definitief hebben gegeven.")
    ]


def _lees(handeling: Handeling) -> str:
    """The act as people read it: `besluit nemen`."""
    return str(handeling).replace("_", " ")
