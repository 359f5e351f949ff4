"""Who may call which route of the API: a token in the header, its scope, and then the policy of the pages.

Cookies are not looked at, so another site can do nothing with somebody who is signed in here.

Bron: ontwerp 8; domein D; docs/adr/0025.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from limits import RateLimitItemPerMinute

from inkoop.domain.fouten import Beletsel, InkoopError
from inkoop.domain.toegang import Handeling
from inkoop.services import tokens
from inkoop.services.tokens import Bereik
from inkoop.services.websessies import Ingelogde
from inkoop.web.kern import Bezoek, BladVerbodenError, find_kern
from inkoop.web.tempo import PER_ADRES
from inkoop.web.toegang import Eis

PER_TOKEN: Final = RateLimitItemPerMinute(600)
"""Requests with one token (project default)."""

SCHEMA: Final = "bearer"


class TokenFoutError(InkoopError):
    """No token, or one that is worth nothing; which of the reasons is not said."""


@dataclass(frozen=True)
class Tokeneis(Eis):
    """What a route of the API asks: one of these scopes, and a role that carries one of the acts."""

    bereik: tuple[Bereik, ...] = (Bereik.LEZEN,)

    def __call__(self, request: Request) -> Bezoek:
        """The visit of who holds the token, or TokenFoutError, BladVerbodenError with every reason, TeVaakError."""
        kern = find_kern(request)
        soort, _, token = request.headers.get("authorization", "").partition(" ")
        op = kern.klok.read_echt()
        houder = tokens.find(kern.huis, token.strip(), op) if soort.casefold() == SCHEMA else None
        if houder is None:
            if token:
                kern.tempo.require(PER_ADRES, "token", request.client.host if request.client else "onbekend")
            raise TokenFoutError(GEEN_TOKEN)
        kern.tempo.require(PER_TOKEN, "api", houder.kenmerk)
        ingelogde = Ingelogde(persoon=houder.persoon, rol=houder.rol, kvk=None, begonnen_op=op)
        bezoek = Bezoek(kern=kern, request=request, ingelogde=ingelogde, nu=kern.klok.read_nu())
        request.state.bezoek = bezoek
        request.state.houder = houder
        redenen = []
        if not houder.bereik & set(self.bereik):
            tekst = f"Dit token is niet voor {' of '.join(self.bereik)}. Vraag de beheerder om een ander token."
            redenen.append(Beletsel("bereik", tekst))
        if self.handelingen and not bezoek.mag(*self.handelingen):
            namen = " of ".join(str(handeling).replace("_", " ") for handeling in self.handelingen)
            redenen.append(Beletsel("rol-niet-bevoegd", f"De rol {houder.rol} van dit token mag dit niet: {namen}."))
        if redenen:
            raise BladVerbodenError("Dit is niet voor dit token.", redenen)
        return bezoek


GEEN_TOKEN = "Stuur een geldig token mee: Authorization: Bearer inkoop_... Een token kan verlopen of ingetrokken zijn."  # noqa: S105 - a message


def lezen(*handelingen: Handeling) -> Tokeneis:
    """A token to read with, of a role that carries one of these acts."""
    return Tokeneis(handelingen)


IEDER = Tokeneis(bereik=tuple(Bereik))
"""Any token that is worth something."""

FLOWS = Tokeneis((Handeling.FLOW_STARTEN,), bereik=(Bereik.FLOWS,))
"""A token for flows, of a role that may start them."""
