"""Accounts: who can sign in, and giving somebody a password; for the beheerder."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from inkoop.domain.fouten import InkoopError
from inkoop.domain.toegang import Handeling
from inkoop.services import accounts, personen
from inkoop.services.gezien import IntussenGewijzigdError
from inkoop.web.bladzijde import list_fouten, toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag

router = APIRouter()
Beheerder = Annotated[Bezoek, Depends(mag(Handeling.ACCOUNT_INSTELLEN))]


_OPNIEUW = "Typ het wachtwoord opnieuw: een bladzijde laat het nooit zien."


def _toon(
    bezoek: Bezoek, wie: str = "", fouten: tuple[str, ...] = (), melding: str = "", gezien: str | None = None
) -> Response:
    return toon(
        bezoek,
        "accounts.html",
        "Accounts",
        status=422 if fouten else 200,
        fouten=fouten,
        melding=melding,
        personen=personen.list_personen(bezoek.huis),
        met_account=accounts.list_met_account(bezoek.huis),
        wie=wie,
        gezien=bezoek.zie(accounts.look_accounts).merk if gezien is None else gezien,
    )


@router.get("/accounts")
def toon_accounts(bezoek: Beheerder, wie: str = "") -> Response:
    """Everybody who is known, with or without an account."""
    return _toon(bezoek, wie)


@router.post("/accounts")
def stel_in(bezoek: Beheerder, ingevuld: Ingevuld) -> Response:
    """Give somebody a password; a form never shows one back."""
    wie = ingevuld["wie"]
    try:
        door = bezoek.na(ingevuld["gezien"], accounts.look_accounts)
        accounts.set_wachtwoord(bezoek.huis, door, wie, ingevuld.letterlijk("wachtwoord"))
    except IntussenGewijzigdError as fout:
        (*_, (wat, laatste)) = fout.stand.regels or (("", ""),)
        return _toon(bezoek, wie, (f"{fout}" + (f" {wat}: {laatste}." if laatste else ""), _OPNIEUW))
    except InkoopError as fout:
        return _toon(bezoek, wie, list_fouten(fout), gezien=ingevuld["gezien"])
    return _toon(bezoek, melding=f"{wie} kan nu inloggen met het nieuwe wachtwoord.")
