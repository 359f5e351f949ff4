"""What a kind sees when it judges: one criterion, one unit, one party, and the facts that count.

The kinds read everything through a Zicht, so none of them can look at evidence of another member
or at evidence that does not count at this point.

Bron: ontwerp 4; B.2.7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeVar, cast

import msgspec

from inkoop.domain.criteria.bevinding import Herstelpunt
from inkoop.domain.criteria.criterium import Criterium, Herstelbaarheid, Peilmoment, Regiotabel
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst, Uitleg
from inkoop.domain.criteria.dossier import Aanleiding, Feit, Lid, Oordeel
from inkoop.domain.criteria.eenheden import Eenheid, Partij
from inkoop.domain.criteria.feiten import Feiten, Sleutel, fold_woord
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.oordelen import WACHT, Weging, weigh_oordelen
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.fouten import InkoopError

FeitT = TypeVar("FeitT", bound=Feit)
Oordelen = Mapping[tuple[str, ...], Sequence[Oordeel]]
"""The judgements on one criterion, by the evidence on which they were given: each id once, sorted."""


class TeLaatGelezenError(InkoopError):
    """A sentence looked at something that its verdict had not looked at: a fault in a kind."""


class Dagen(dict[Peilmoment, dict[Peilmoment, date]]):
    """Per moment that moment with its day, as an outcome reports it; shared by outcomes, so never changed."""

    def __init__(self, peildatums: Mapping[Peilmoment, date]) -> None:
        super().__init__({moment: {moment: dag} for moment, dag in peildatums.items()})


class Zicht(msgspec.Struct, gc=False, eq=False):
    """The view of one leaf; it notes what is read, so that nothing is judged twice on the same input.

    `gelezen` holds, per kind and name, the facts that were looked at; `leest_eenheid` whether anything of
    the unit was. What was not read cannot have made a difference, since kinds read through the view only.
    Sentences are written later: by then the view is closed (`feiten` None), and what was not read stays
    out of sight.
    """

    criterium: Criterium
    waar: Eenheid
    partij: Partij
    oordelen: Oordelen
    peildatums: Mapping[Peilmoment, date]
    dagen: Dagen
    regios: Mapping[str, Regiotabel]
    feiten: Feiten | None = None
    gelezen: dict[Sleutel, tuple[Feit, ...]] = {}
    leest_eenheid: bool = False

    def look_at(self, feiten: Feiten) -> None:
        """Begin a leaf: these facts count, and nothing of them was read yet."""
        self.feiten = feiten
        self.gelezen = {}

    def close(self) -> None:
        """Everything is judged: what comes after can only tell about what was read."""
        self.feiten = None

    @property
    def eenheid(self) -> Eenheid:
        """The unit for which is judged."""
        if not self.leest_eenheid:
            if self.feiten is None:
                raise TeLaatGelezenError(f"De uitleg van {self.criterium.id} leest een eenheid die de toets niet las.")
            self.leest_eenheid = True
        return self.waar

    @property
    def wie(self) -> str:
        """The party as a letter names it: the member's name, or the applicant as a whole."""
        return self.partij.wie

    def peil(self, moment: Peilmoment) -> date:
        """The day to which the round binds a reference moment."""
        return self.peildatums[moment]

    def select(self, soort: type[FeitT]) -> tuple[FeitT, ...]:
        """The facts of one kind that count here, ordered by id."""
        return self.find(soort, None)

    def find(self, soort: type[FeitT], naam: str | None) -> tuple[FeitT, ...]:
        """The facts of one kind that are about one name (of a document, a register, a product), ordered by id."""
        if self.feiten is None:
            raise TeLaatGelezenError(f"De uitleg van {self.criterium.id} leest feiten die de toets niet las.")
        sleutel = (soort, naam)
        gevonden = self.feiten.gevonden.get(sleutel)
        if gevonden is None:
            gevonden = self.feiten.find(sleutel)
        self.gelezen[sleutel] = gevonden
        return cast("tuple[FeitT, ...]", gevonden)

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

    def weigh(self, bewijs: tuple[str, ...], *, product: str | None = None) -> Weging:
        """The judgements on this evidence (as `cite` gives it), for this unit (or one product of it) and this party."""
        gegeven = self.oordelen.get(bewijs)
        if gegeven is None:
            return WACHT
        # On which unit the judgements were given matters only where there are any.
        eenheid = self.eenheid
        lid = self.partij.lid.id if self.partij.lid is not None else None
        product = product if product is not None else eenheid.product
        return weigh_oordelen(keep_oordelen(gegeven, eenheid.perceel, product, lid))

    def ask(
        self,
        grond: Grond,
        uitleg: Uitleg,
        *,
        gevraagd: str,
        peildatums: dict[Peilmoment, date],
        bewijs: Sequence[Feit] = (),
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
                uitleg=uitleg,
                peildatums=peildatums,
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
            uitleg=uitleg,
            peildatums=peildatums,
            bewijs=cite(bewijs),
            herstelpunten=(punt,),
            product=product,
        )


def keep_oordelen(
    oordelen: Sequence[Oordeel], perceel: str | None, product: str | None, lid: str | None
) -> list[Oordeel]:
    """The judgements that were given for this perceel, product and member, or for all of them."""
    return [
        oordeel
        for oordeel in oordelen
        if (oordeel.perceel is None or oordeel.perceel == perceel)
        and (oordeel.product is None or oordeel.product == product)
        and (oordeel.lid is None or oordeel.lid == lid)
    ]


def cite(feiten: Sequence[Feit]) -> tuple[str, ...]:
    """The evidence ids of facts, each once, sorted."""
    if len(feiten) == 1:
        bewijs = feiten[0].bewijs
        return bewijs if len(bewijs) == 1 else tuple(sorted(set(bewijs)))
    return tuple(sorted({bewijs for feit in feiten for bewijs in feit.bewijs}))


def is_naam_van(naam: str, lid: Lid) -> bool:
    """Whether a written name (or KvK number) is that of a legal person; capitals, dots and spaces do not matter."""
    if naam == lid.naam:
        return True
    kaal = _bare(naam)
    return kaal in (_bare(lid.naam), _bare(lid.kvk))


@lru_cache(maxsize=16384)
def is_same_woord(een: str, ander: str) -> bool:
    """Whether two short words are the same, apart from capitals, underscores and hyphens."""
    return fold_woord(een) == fold_woord(ander)


@lru_cache(maxsize=16384)
def _bare(naam: str) -> str:
    return " ".join(naam.casefold().replace(".", "").split())
