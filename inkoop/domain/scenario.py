"""A worked example of a criteria set: an application, what people judge, what must come out.

The same files are read by officers and lawyers, run by `inkoop criteria scenarios`, and played in
the demo through the real services.

Bron: ontwerp 3 (`criteria/<set>/scenarios`), domein F.
"""

from __future__ import annotations

import msgspec

from inkoop.domain.aanmelding import Aanmeldingsopgave, Aanvulling
from inkoop.domain.criteria.criterium import Ervaringsbereik, Groep
from inkoop.domain.criteria.dossier import Antwoord
from inkoop.domain.criteria.uitkomst import Uitkomst


class Scenariooordeel(msgspec.Struct, frozen=True, kw_only=True):
    """What one person judges: yes or no, with a reason and the answers to published questions."""

    ja: bool
    reden: str
    antwoorden: tuple[Antwoord, ...] = ()


class Scenariobeoordeling(msgspec.Struct, frozen=True, kw_only=True):
    """What the two beoordelaars (and, where they differ, the jurist) judge on one criterion.

    `percelen` and `producten` empty = every perceel and product for which it is asked; `lid` None = every member.
    """

    criterium: str
    percelen: tuple[str, ...] = ()
    producten: tuple[str, ...] = ()
    lid: str | None = None
    b1: Scenariooordeel
    b2: Scenariooordeel
    jurist: Scenariooordeel | None = None


class VerwachteUitkomst(msgspec.Struct, frozen=True, kw_only=True):
    """What one criterion must yield in the last toets; None = not checked."""

    criterium: str
    uitkomst: Uitkomst
    percelen: tuple[str, ...] = ()
    product: str | None = None
    lid: str | None = None
    grond: str | None = None


class VerwachtBesluit(msgspec.Struct, frozen=True, kw_only=True):
    """What must be decided on one perceel (None = on the application as a whole).

    `vervallen`: the products that a mutatie drops in it.
    """

    perceel: str | None
    besluit: str
    producten: tuple[str, ...] = ()
    vervallen: tuple[str, ...] = ()


class Verwachting(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that must come out; `eerste_toets` is what the first toets (repair open) must yield."""

    besluiten: tuple[VerwachtBesluit, ...]
    uitkomsten: tuple[VerwachteUitkomst, ...] = ()
    eerste_toets: tuple[VerwachteUitkomst, ...] = ()


class Criteriumafwijking(msgspec.Struct, frozen=True, kw_only=True):
    """Another published choice for a criterion, so that the other setting can be shown (BP-01, BP-09).

    `ervaring_bereik` for a criterion that asks experience; `groep` for one that is counted otherwise, such as
    `informatief` for a demand that is let go. At least one of the two.
    """

    criterium: str
    ervaring_bereik: Ervaringsbereik | None = None
    groep: Groep | None = None


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """One case in one variant ("a" is the main one), with everything filled in.

    `houdt` is what the agreement that a mutatie changes (`aanmelding.wijzigt`) holds before it: products by perceel.
    """

    zaak: str
    variant: str
    titel: str
    toelichting: str
    bron: str
    procedure: str
    ronde: str
    aanmelding: Aanmeldingsopgave
    beoordelingen: tuple[Scenariobeoordeling, ...]
    aanvullingen: tuple[Aanvulling, ...]
    afwijkingen: tuple[Criteriumafwijking, ...]
    verwacht: Verwachting
    houdt: dict[str, tuple[str, ...]] = {}
