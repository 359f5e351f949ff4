"""What a kind sees when it judges: one criterion, one unit, one party, and the facts that count.

The kinds read everything through a Zicht, so none of them can look at evidence of another member
or at evidence that does not count at this point.

Bron: ontwerp 4; B.2.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeVar

from inkoop.domain.criteria.bevinding import Herstelpunt
from inkoop.domain.criteria.criterium import Criterium, Herstelbaarheid, Peilmoment, Regiotabel
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Aanleiding, Feit, Lid, Lidrol, Oordeel
from inkoop.domain.criteria.eenheden import Eenheid, Partij
from inkoop.domain.criteria.feiten import GEEN_FEITEN, Feiten
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.oordelen import Weging, weigh_oordelen
from inkoop.domain.criteria.uitkomst import Uitkomst

FeitT = TypeVar("FeitT", bound=Feit)
Oordelen = Mapping[frozenset[str], Sequence[Oordeel]]
"""The judgements on one criterion, by the evidence on which they were given."""


class Zicht:
    """The view of one leaf; it notes what is read, so that nothing is judged twice on the same input.

    `gelezen` holds, per kind, the facts that were looked at; `leest_eenheid` whether anything of the
    unit was. What was not read cannot have made a difference, since kinds read through the view only.
    """

    __slots__ = (
        "_eenheid",
        "_feiten",
        "_oordelen",
        "criterium",
        "gelezen",
        "leest_eenheid",
        "partij",
        "peildatums",
        "regios",
    )

    def __init__(
        self,
        criterium: Criterium,
        eenheid: Eenheid,
        partij: Partij,
        oordelen: Oordelen,
        peildatums: Mapping[Peilmoment, date],
        regios: Mapping[str, Regiotabel],
    ) -> None:
        self.criterium = criterium
        self.partij = partij
        self.peildatums = peildatums
        self.regios = regios
        self._eenheid = eenheid
        self._oordelen = oordelen
        self._feiten = GEEN_FEITEN
        self.gelezen: dict[type[Feit], tuple[Feit, ...]] = {}
        self.leest_eenheid = False

    def look_at(self, feiten: Feiten) -> None:
        """Begin a leaf: these facts count, and nothing of them was read yet."""
        self._feiten = feiten
        self.gelezen = {}

    @property
    def eenheid(self) -> Eenheid:
        """The unit for which is judged."""
        self.leest_eenheid = True
        return self._eenheid

    @property
    def wie(self) -> str:
        """The party as a letter names it: the member's name, or the applicant as a whole."""
        if self.partij.lid is not None:
            return self.partij.lid.naam
        if len(self.partij.leden) == 1:
            return "de aanbieder"
        aanmelders = [lid for lid in self.partij.leden if lid.rol not in (Lidrol.ONDERAANNEMER, Lidrol.DERDE)]
        return "de combinatie" if len(aanmelders) > 1 else "de aanbieder"

    def peil(self, moment: Peilmoment) -> date:
        """The day to which the round binds a reference moment."""
        return self.peildatums[moment]

    def select(self, soort: type[FeitT]) -> tuple[FeitT, ...]:
        """The facts of one kind that count here, ordered by id."""
        feiten = self._feiten.select(soort)
        self.gelezen[soort] = feiten
        return feiten

    def is_op_tijd(self, feit: Feit, datum: date, peil: date) -> bool:
        """Whether something of `datum` existed on the peildatum.

        Evidence that was asked for in repair may be of later where repair is free (`vrij`).
        """
        return datum <= peil or (
            feit.aanleiding is Aanleiding.HERSTEL and self.criterium.herstelbaar is Herstelbaarheid.VRIJ
        )

    def is_named(self, naam: str) -> bool:
        """Whether a name on a piece of evidence is that of (one of) the legal persons of this party."""
        return any(is_naam_van(naam, lid) for lid in self.partij.leden)

    def weigh(self, bewijs: Iterable[str], *, product: str | None = None) -> Weging:
        """The judgements on this evidence, for this unit (or for one product of it) and this party."""
        verzameling = frozenset(bewijs)
        gegeven = self._oordelen.get(verzameling, ())
        # On which unit the judgements were given matters only where there are any.
        eenheid = self.eenheid if gegeven else self._eenheid
        lid = self.partij.lid.id if self.partij.lid is not None else None
        product = product if product is not None else eenheid.product
        passend = [
            oordeel
            for oordeel in gegeven
            if oordeel.perceel in (None, eenheid.perceel)
            and oordeel.product in (None, product)
            and oordeel.lid in (None, lid)
        ]
        return weigh_oordelen(passend, verzameling)

    def ask(
        self,
        grond: Grond,
        toelichting: str,
        *,
        gevraagd: str,
        peildatums: Mapping[Peilmoment, date],
        bewijs: Iterable[Feit] = (),
        herstelbaar: Herstelbaarheid | None = None,
        gebonden: bool = True,
        product: str | None = None,
    ) -> Deeluitkomst:
        """Something is not there: herstelbaar with what to ask, or voldoet_niet where the file says `nee`.

        `herstelbaar` is the repairability of the part that misses where it differs from the criterion's;
        `gebonden` False where the answer itself need not date from before (a clarification).
        """
        mag = self.criterium.herstelbaar if herstelbaar is None else herstelbaar
        if mag is Herstelbaarheid.NEE:
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET_NIET,
                grond=grond,
                toelichting=toelichting,
                peildatums=dict(peildatums),
                bewijs=cite(bewijs),
                product=product,
            )
        vrij = self.criterium.herstelbaar is Herstelbaarheid.VRIJ
        punt = Herstelpunt(
            gevraagd=gevraagd,
            herstelbaarheid=mag,
            uiterste_bewijsdatum=min(peildatums.values(), default=None) if gebonden and not vrij else None,
        )
        return Deeluitkomst(
            uitkomst=Uitkomst.HERSTELBAAR,
            grond=grond,
            toelichting=toelichting,
            peildatums=dict(peildatums),
            bewijs=cite(bewijs),
            herstelpunten=(punt,),
            product=product,
        )


def cite(feiten: Iterable[Feit]) -> tuple[str, ...]:
    """The evidence ids of facts, each once, sorted."""
    lijst = list(feiten)
    if len(lijst) == 1 and len(lijst[0].bewijs) == 1:
        return lijst[0].bewijs
    return tuple(sorted({bewijs for feit in lijst for bewijs in feit.bewijs}))


def is_naam_van(naam: str, lid: Lid) -> bool:
    """Whether a written name (or KvK number) is that of a legal person; capitals, dots and spaces do not matter."""
    if naam == lid.naam:
        return True
    kaal = _bare(naam)
    return kaal in (_bare(lid.naam), _bare(lid.kvk))


@lru_cache(maxsize=16384)
def is_same_woord(een: str, ander: str) -> bool:
    """Whether two short words are the same, apart from capitals, underscores and hyphens."""
    return _woord(een) == _woord(ander)


def _bare(naam: str) -> str:
    return " ".join(naam.casefold().replace(".", "").split())


def _woord(tekst: str) -> str:
    return " ".join(tekst.casefold().replace("_", " ").replace("-", " ").split())
