"""The policy behind a purchase: goals, principles, choices, risks, and who worked on it.

It decides nothing in the engine: it is what the strategy and the leidraad say, so that a region writes it once
and every paper says the same. Each part may be absent; a paper that needs it is refused and says so.

Bron: S3 1-7 (M20-08, M20-13..M20-16, M20-28, M20-50, M20-52, M20-56..M20-59); S4 2 (H19-22, H19-23); C.4.
"""

from __future__ import annotations

from datetime import date

import msgspec


class Beleidsdoel(msgspec.Struct, frozen=True, kw_only=True):
    """A goal of policy on the list from which percelen pick; `tekst` says more where its name does not (M20-59)."""

    code: str
    naam: str
    tekst: str | None = None


class Beleidspunt(msgspec.Struct, frozen=True, kw_only=True):
    """A subject with what is said about it: a principle, a role, a way of steering (M20-13, M20-50, H19-22)."""

    onderwerp: str
    tekst: str
    bron: str


class Beleidskeuze(msgspec.Struct, frozen=True, kw_only=True):
    """A choice of the strategy, with what else was looked at and why (C.31)."""

    onderwerp: str
    gekozen: str
    alternatieven: tuple[str, ...]
    argument: str
    bron: str


class Beleidsrisico(msgspec.Struct, frozen=True, kw_only=True):
    """A risk with what it would do, what is done about it and who sees to that (M20-28, M20-43)."""

    risico: str
    gevolg: str
    maatregel: str
    eigenaar: str
    bron: str


class Werkgroeplid(msgspec.Struct, frozen=True, kw_only=True):
    """A role that takes part in the working group, and for what (M20-58)."""

    rol: str
    taak: str


class Gesprek(msgspec.Struct, frozen=True, kw_only=True):
    """A talk that was held while the strategy was made (M20-57); `aantal` is how many took part, where known."""

    doelgroep: str
    datum: date
    aantal: int | None = None


class Beleid(msgspec.Struct, frozen=True, kw_only=True):
    """What the strategy and the leidraad tell beyond the rules of the procedure.

    `buiten_strategie` are subjects that the paper leaves out although they belong to the work (M20-08);
    `terugval` is what happens on NO-GO; `toegang` how a resident comes to support. `uitsluitingsgronden` are printed
    in the leidraad beside criteria of that groep: the declaration of the applicant is about them.
    """

    aanleiding: str | None = None
    totstandkoming: str | None = None
    werkgroep: tuple[Werkgroeplid, ...] = ()
    gesprekken: tuple[Gesprek, ...] = ()
    samenvatting: tuple[str, ...] = ()
    buiten_strategie: tuple[str, ...] = ()
    gevolgen_clienten: str | None = None
    doelen: tuple[Beleidsdoel, ...] = ()
    inkoopdoelen: tuple[str, ...] = ()
    principes: tuple[Beleidspunt, ...] = ()
    randvoorwaarden: tuple[str, ...] = ()
    toegang: str | None = None
    perceelindeling: str | None = None
    markt: str | None = None
    tarieven: str | None = None
    kwaliteit: str | None = None
    keuzes: tuple[Beleidskeuze, ...] = ()
    marktconsultatie: str | None = None
    terugval: str | None = None
    sturing: tuple[Beleidspunt, ...] = ()
    communicatie: tuple[Beleidspunt, ...] = ()
    risicos: tuple[Beleidsrisico, ...] = ()
    uitsluitingsgronden: tuple[str, ...] = ()
