"""How long each file is kept, from when that is counted, and what happens after: destruction or transfer.

The terms of the Selectielijst gemeenten were not verified for this product, so every term here is a project default
until the archivaris set it in the procedure (`bewaarregels`). Nothing is destroyed by a rule alone: a list is drawn
up, a second person approves it, and what is in dispute or not known yet stays.

Bron: B.7 (bewaartermijn, Archiefwet); C.30; domein D (dossier sluiten/vernietigen).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.maanden import add_maanden

MAX_JAREN = 100
"""Longer than any term of a list; a larger number is a slip."""


class Dossiersoort(StrEnum):
    """The class of a file. Evidence, judgements, letters and contact belong to the file that they are about."""

    TOELATING = "toelating"
    AFWIJZING = "afwijzing"
    INTREKKING = "intrekking"
    OVEREENKOMST = "overeenkomst"
    PROCEDURE = "procedure"
    PERSOON = "persoon"


class Waardering(StrEnum):
    """What happens to a file after its term: it is destroyed, or kept for ever and transferred."""

    VERNIETIGEN = "vernietigen"
    BEWAREN = "bewaren"


class Bewaarregel(msgspec.Struct, frozen=True, kw_only=True):
    """How long one class of files is kept: whole years after `VANAF`; then destroyed, or transferred.

    `bron` is who set it and where that stands; `categorie` the number in the selection list, empty when not set.
    """

    soort: Dossiersoort
    waardering: Waardering
    jaren: int
    bron: str
    categorie: str = ""


VANAF = {
    Dossiersoort.TOELATING: "het einde van de overeenkomst en van de zorg die daarna doorloopt",
    Dossiersoort.AFWIJZING: "de dag waarop het besluit bekend was",
    Dossiersoort.INTREKKING: "de sluiting van de ronde, of de intrekking als die later was",
    Dossiersoort.OVEREENKOMST: "het einde van de overeenkomst en van de zorg die daarna doorloopt",
    Dossiersoort.PROCEDURE: "het einde van de laatste overeenkomst en van de zorg die daarna doorloopt",
    Dossiersoort.PERSOON: "de laatste handeling van deze persoon, als er geen dossier van de aanbieder meer is",
}
"""From which day the years are counted."""

_BRON = "B.7; standaard van het systeem: de archivaris stelt de termijn vast"


def _maak(soort: Dossiersoort, jaren: int) -> Bewaarregel:
    return Bewaarregel(soort=soort, waardering=Waardering.VERNIETIGEN, jaren=jaren, bron=_BRON)


STANDAARD = {
    regel.soort: regel
    for regel in (
        _maak(Dossiersoort.TOELATING, 7),
        _maak(Dossiersoort.AFWIJZING, 5),
        _maak(Dossiersoort.INTREKKING, 1),
        _maak(Dossiersoort.OVEREENKOMST, 7),
        _maak(Dossiersoort.PROCEDURE, 7),
        _maak(Dossiersoort.PERSOON, 1),
    )
}
"""What counts where a procedure sets nothing (B.7: 7 years, 1-5 years, short; project default)."""


def find_regel(regels: Iterable[Bewaarregel], soort: Dossiersoort) -> Bewaarregel:
    """The rule that a procedure has for a class, else the default."""
    return next((regel for regel in regels if regel.soort is soort), STANDAARD[soort])


def is_standaard(regel: Bewaarregel) -> bool:
    """Whether nobody set this term: it is the default of the product."""
    return STANDAARD[regel.soort] == regel


def check_regels(regels: Sequence[Bewaarregel]) -> list[Beletsel]:
    """Why these rules cannot be: two for one class, no term or source, an agreement kept longer than its file.

    An agreement refers to the application that it came of (C.17 article 3), so that file is kept at least as long.
    """
    beletselen = []
    gezien: set[Dossiersoort] = set()
    for nummer, regel in enumerate(regels):
        if regel.soort in gezien:
            tekst = f"Voor '{regel.soort}' staan twee regels. Laat er één staan."
            beletselen.append(Beletsel("bewaarregel-dubbel", tekst, (nummer, "soort")))
        gezien.add(regel.soort)
        if not 0 <= regel.jaren <= MAX_JAREN:
            tekst = f"{regel.jaren} is geen bewaartermijn. Geef een aantal jaren van 0 tot en met {MAX_JAREN}."
            beletselen.append(Beletsel("bewaarregel-jaren", tekst, (nummer, "jaren")))
        if not regel.bron.strip():
            tekst = "Zeg wie deze termijn vaststelde en waar dat staat."
            beletselen.append(Beletsel("bewaarregel-bron", tekst, (nummer, "bron")))
    lang, kort = (find_regel(regels, soort) for soort in (Dossiersoort.OVEREENKOMST, Dossiersoort.TOELATING))
    if kort.waardering is Waardering.VERNIETIGEN and (kort.jaren < lang.jaren or lang.waardering is Waardering.BEWAREN):
        tekst = (
            "Een overeenkomst verwijst naar de aanmelding waaruit zij komt. Bewaar 'toelating' daarom minstens zo lang"
            " als 'overeenkomst'."
        )
        beletselen.append(Beletsel("bewaarregel-toelating", tekst))
    return beletselen


class Archiefdossier(msgspec.Struct, frozen=True, kw_only=True):
    """A file with its class, from which day its term is counted, and what stands in the way of its end.

    `vanaf` None: the event has not taken place, or is not known yet (`open` says why). `vast` are holds: what keeps
    the file whatever its term. `naam` is the kenmerk by which people know it, never a name of somebody. `lijst` is
    the list by which it was transferred, empty when it was not.
    """

    naam: str
    soort: Dossiersoort
    procedure: str
    ronde: str
    regel: Bewaarregel
    vanaf: date | None
    open: str = ""
    vast: tuple[str, ...] = ()
    lijst: str = ""

    @property
    def tot(self) -> date | None:
        """The last day on which it is kept; None while that is not known."""
        return None if self.vanaf is None else add_maanden(self.vanaf, 12 * self.regel.jaren)

    @property
    def vrij_op(self) -> date | None:
        """The first day on which it may be destroyed or transferred, when nothing holds it."""
        return None if self.tot is None else self.tot + timedelta(days=1)

    def is_vrij(self, op: date) -> bool:
        """Whether its term is over on a day and nothing holds it."""
        return self.vrij_op is not None and self.vrij_op <= op and not self.vast and not self.lijst

    def list_beletselen(self, op: date) -> list[Beletsel]:
        """Why it cannot be destroyed or transferred on a day; empty when it can."""
        beletselen = [Beletsel("archief-vast", f"{self.naam}: {reden}") for reden in self.vast]
        if self.lijst:
            beletselen.append(Beletsel("archief-overgebracht", f"{self.naam} is al overgebracht met {self.lijst}."))
        if self.vrij_op is None:
            beletselen.append(Beletsel("archief-open", f"{self.naam}: {self.open}"))
        elif op < self.vrij_op and self.tot is not None:
            tekst = f"{self.naam} moet worden bewaard tot en met {format_dag(self.tot)}."
            beletselen.append(Beletsel("archief-termijn", tekst))
        return beletselen

    def describe_grond(self) -> str:
        """Why its term ends when it ends, in a sentence that names its source."""
        if self.vanaf is None:
            return self.open
        eigen = "" if not is_standaard(self.regel) else " (standaard van het systeem, niet vastgesteld)"
        categorie = f", categorie {self.regel.categorie}" if self.regel.categorie else ""
        return (
            f"{self.regel.jaren} jaar na {VANAF[self.soort]} ({format_dag(self.vanaf)}){eigen}"
            f"; bron: {self.regel.bron}{categorie}"
        )


class Lijstsoort(StrEnum):
    """What a list asks for: destruction, or transfer to an archive."""

    VERNIETIGING = "vernietiging"
    OVERBRENGING = "overbrenging"


class Lijststatus(StrEnum):
    """A list: proposed by the archivaris, approved by a second person, carried out; or withdrawn."""

    VOORGESTELD = "voorgesteld"
    GOEDGEKEURD = "goedgekeurd"
    UITGEVOERD = "uitgevoerd"
    INGETROKKEN = "ingetrokken"


class Regelstand(StrEnum):
    """One file on a list: to be done, done, or left out with a reason."""

    OPEN = "open"
    UITGEVOERD = "uitgevoerd"
    UITGEZONDERD = "uitgezonderd"


LIJST_WAARDERING = {
    Lijstsoort.VERNIETIGING: Waardering.VERNIETIGEN,
    Lijstsoort.OVERBRENGING: Waardering.BEWAREN,
}
"""Which files a list can hold."""

VOLGORDE = (
    Dossiersoort.INTREKKING,
    Dossiersoort.AFWIJZING,
    Dossiersoort.OVEREENKOMST,
    Dossiersoort.TOELATING,
    Dossiersoort.PROCEDURE,
    Dossiersoort.PERSOON,
)
"""In which order files go: an agreement before the application that it came of, a procedure after all of it."""


def begin_na(dagen: Iterable[date | None]) -> date | None:
    """The last of these days; None when one of them is not known."""
    alle = list(dagen)
    bekend = [dag for dag in alle if dag is not None]
    return max(bekend) if bekend and len(bekend) == len(alle) else None
