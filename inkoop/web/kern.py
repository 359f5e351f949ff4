"""What a request works with: the house, the clock, the templates; and the visit of one person.

Bron: ontwerp 2.7, 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from fastapi import Request
from jinja2 import Environment

from inkoop.domain.fouten import InkoopError
from inkoop.domain.inlog import Inlogkeuzes
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError, Handeling, check_toegang
from inkoop.exchange.oidc import Oidc
from inkoop.services.gezien import Gezien, Kijk, Stand
from inkoop.services.huis import Huis, Optreden
from inkoop.services.websessies import Ingelogde
from inkoop.web.bijwerken import Bijwerker
from inkoop.web.controle import Controle
from inkoop.web.klok import Webklok
from inkoop.web.langwerk import Langwerk
from inkoop.web.tempo import Tempo


class NietIngelogdError(InkoopError):
    """A page that asks who you are, asked for by nobody."""


class NietTeVindenError(InkoopError):
    """What is asked for is not there, or not for this person; which of the two is not said."""


class BladVerbodenError(GeenToegangError):
    """A page that is not for this role, whatever it is about: nothing was looked up yet."""


@dataclass(frozen=True, kw_only=True)
class Kern:
    """Everything around the pages, wired once (app)."""

    huis: Huis
    klok: Webklok
    omgeving: Environment
    tempo: Tempo
    bijwerker: Bijwerker
    controle: Controle
    langwerk: Langwerk
    huisstijl: str
    veilig: bool
    inloggen: Inlogkeuzes
    bronnen: Mapping[str, Oidc]


@dataclass(frozen=True, kw_only=True)
class Bezoek:
    """One request: who asks (None: nobody signed in), and when."""

    kern: Kern
    request: Request
    ingelogde: Ingelogde | None
    nu: datetime

    @property
    def huis(self) -> Huis:
        """The house."""
        return self.kern.huis

    @property
    def wie(self) -> Ingelogde:
        """Who is signed in; NietIngelogdError when nobody is."""
        if self.ingelogde is None:
            raise NietIngelogdError("Log eerst in.")
        return self.ingelogde

    @property
    def door(self) -> Optreden:
        """The person as actor, for a service."""
        return Optreden(persoon=self.wie.persoon, rol=self.wie.rol, nu=self.nu)

    def zie(self, kijk: Kijk) -> Stand:
        """What stands there now, for the mark of a form on a page that this person may open."""
        with self.huis.winkel.lezen() as sessie:
            return kijk(sessie)

    def na(self, merk: str, kijk: Kijk) -> Optreden:
        """The person as actor who saw what `merk` is the mark of: refused when something else stands there now."""
        return replace(self.door, gezien=Gezien(merk, kijk))

    def mag(self, *handelingen: Handeling) -> bool:
        """Whether the role of this person carries one of these acts; what is on a page follows from it."""
        if self.ingelogde is None:
            return False
        return any(not check_toegang(self.ingelogde.persoon, self.ingelogde.rol, h) for h in handelingen)


def is_verborgen(request: Request, fout: Exception) -> bool:
    """Whether who asks may not know that what is asked for is there.

    Numbers follow on each other: an aanbieder to whom "not yours" is said of one and "not there" of another would
    learn what others have. Only a page that is not for its role at all says so.
    """
    bezoek = getattr(request.state, "bezoek", None)
    buiten = isinstance(bezoek, Bezoek) and bezoek.ingelogde is not None and bezoek.ingelogde.rol is Rol.AANBIEDER
    return buiten and isinstance(fout, GeenToegangError) and not isinstance(fout, BladVerbodenError)


def find_kern(request: Request) -> Kern:
    """The wiring of the application that serves this request."""
    return cast(Kern, request.app.state.kern)


Waarden = dict[str, Any]
"""What a template is given."""
