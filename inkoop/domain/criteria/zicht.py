"""What a kind sees when it judges: one criterion, one unit, one party, and the facts that count.

The kinds read everything through a Zicht, so none of them can look at evidence of another member
or at evidence that does not count at this point.

Bron: ontwerp 4; B.2.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TypeVar

import msgspec

from inkoop.domain.criteria.bevinding import Herstelpunt
from inkoop.domain.criteria.criterium import Criterium, Herstelbaarheid, Peilmoment, Regiotabel
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Aanleiding, EenFeit, Feit, Lid, Lidrol, Oordeel
from inkoop.domain.criteria.eenheden import Eenheid, Partij
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.oordelen import Weging, weigh_oordelen
from inkoop.domain.criteria.uitkomst import Uitkomst

FeitT = TypeVar("FeitT", bound=Feit)


class Zicht(msgspec.Struct, frozen=True, kw_only=True):
    """The view of one leaf. `feiten` are those that count, ordered by id; `oordelen` those on this criterion."""

    criterium: Criterium
    eenheid: Eenheid
    partij: Partij
    feiten: tuple[EenFeit, ...]
    oordelen: tuple[Oordeel, ...]
    peildatums: Mapping[Peilmoment, date]
    regios: Mapping[str, Regiotabel]

    @property
    def wie(self) -> str:
        """The party as a letter names it: the member's name, or the applicant as a whole."""
        if self.partij.lid is not None:
            return self.partij.lid.naam
        aanmelders = [lid for lid in self.partij.leden if lid.rol not in (Lidrol.ONDERAANNEMER, Lidrol.DERDE)]
        return "de combinatie" if len(aanmelders) > 1 else "de aanbieder"

    def peil(self, moment: Peilmoment) -> date:
        """The day to which the round binds a reference moment."""
        return self.peildatums[moment]

    def select(self, soort: type[FeitT]) -> list[FeitT]:
        """The facts of one kind that count here."""
        return [feit for feit in self.feiten if isinstance(feit, soort)]

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
        lid = self.partij.lid.id if self.partij.lid is not None else None
        product = product if product is not None else self.eenheid.product
        passend = [
            oordeel
            for oordeel in self.oordelen
            if oordeel.perceel in (None, self.eenheid.perceel)
            and oordeel.product in (None, product)
            and oordeel.lid in (None, lid)
        ]
        return weigh_oordelen(passend, bewijs)

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
    return tuple(sorted({bewijs for feit in feiten for bewijs in feit.bewijs}))


def is_naam_van(naam: str, lid: Lid) -> bool:
    """Whether a written name (or KvK number) is that of a legal person; capitals, dots and spaces do not matter."""
    return _bare(naam) in {_bare(lid.naam), _bare(lid.kvk)}


def is_same_woord(een: str, ander: str) -> bool:
    """Whether two short words are the same, apart from capitals, underscores and hyphens."""
    return _woord(een) == _woord(ander)


def _bare(naam: str) -> str:
    return " ".join(naam.casefold().replace(".", "").split())


@lru_cache(maxsize=4096)
def _woord(tekst: str) -> str:
    return " ".join(tekst.casefold().replace("_", " ").replace("-", " ").split())
