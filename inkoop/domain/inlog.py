"""Signing in through somebody else: a gemeente says in which groups an official is, a broker for which company.

What a source says is a claim; what follows from it is decided here. Roles come from groups by a table and by
nothing else: a group that does not stand in it gives nothing. An aanbieder is let in only for the legal person
and at the level of assurance that the source signed for.

Bron: ontwerp 8 (deny by default); the levels are those of the Afsprakenstelsel Elektronische Toegangsdiensten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.persoon import Rol, is_kvk


class Bronsoort(StrEnum):
    """Who signs in through a source: officials of a gemeente, or aanbieders through a broker for eHerkenning."""

    GEMEENTE = "gemeente"
    EHERKENNING = "eherkenning"


class Zekerheid(StrEnum):
    """How sure a broker is of who acts for a company; the lowest first."""

    EH2 = "eh2"
    EH2PLUS = "eh2plus"
    EH3 = "eh3"
    EH4 = "eh4"


NIVEAUS: Final[Mapping[str, Zekerheid]] = {
    "urn:etoegang:core:assurance-class:loa2": Zekerheid.EH2,
    "urn:etoegang:core:assurance-class:loa2plus": Zekerheid.EH2PLUS,
    "urn:etoegang:core:assurance-class:loa3": Zekerheid.EH3,
    "urn:etoegang:core:assurance-class:loa4": Zekerheid.EH4,
    **{niveau.value: niveau for niveau in Zekerheid},
}
"""How brokers write the levels, in small letters. What does not stand here or in the settings is no level."""

NIET_UIT_GROEPEN: Final = frozenset({Rol.AANBIEDER, Rol.SYSTEEM})
"""Roles that no group gives: an aanbieder signs in for a company, the system does not sign in."""


class Identiteitsbron(msgspec.Struct, frozen=True, kw_only=True):
    """A source through which people sign in, and how its claims are read.

    `uitgever` is the issuer, exactly as its tokens write it. Of `geheim_bestand` (a client secret) and
    `sleutel_bestand` (a private key in PEM) one is named. `persoon`, `weergavenaam`, `groepen`, `kvk` and `niveau`
    are names of claims. `rollen` maps a group to roles, `functies` to the post of whoever is new: without a post
    nobody becomes known here. `niveaus` adds ways of writing a level.
    """

    id: str
    soort: Bronsoort
    naam: str
    uitgever: str
    client: str
    geheim_bestand: str | None = None
    sleutel_bestand: str | None = None
    scopes: tuple[str, ...] = ("openid", "profile")
    gegevensadres: bool = False
    weergavenaam: str = "name"
    persoon: str = "preferred_username"
    groepen: str = "groups"
    rollen: Mapping[str, tuple[Rol, ...]] = {}
    functies: Mapping[str, str] = {}
    kvk: str = "kvk"
    niveau: str = "acr"
    minimaal: Zekerheid = Zekerheid.EH3
    niveaus: Mapping[str, Zekerheid] = {}


class Inlogkeuzes(msgspec.Struct, frozen=True, kw_only=True):
    """How people may sign in: with an account of our own, and through these sources, in the order of the page."""

    lokale_accounts: bool = True
    bronnen: tuple[Identiteitsbron, ...] = ()

    def find(self, id: str) -> Identiteitsbron | None:
        """The source with this id, if any."""
        return next((bron for bron in self.bronnen if bron.id == id), None)


class Namens(msgspec.Struct, frozen=True, kw_only=True):
    """The legal person for whom somebody signed in, and how sure the broker is."""

    kvk: str
    zekerheid: Zekerheid


def find_claim(claims: Mapping[str, Any], naam: str) -> Any:
    """The claim of this name; `realm_access.roles` looks inside a claim when none has the whole name. None = absent."""
    if naam in claims:
        return claims[naam]
    eerste, punt, rest = naam.partition(".")
    dieper = claims.get(eerste)
    return find_claim(dieper, rest) if punt and isinstance(dieper, Mapping) else None


def find_tekst(claims: Mapping[str, Any], naam: str) -> str:
    """A claim that is a text, without spaces around it; empty when it is absent or something else."""
    waarde = find_claim(claims, naam)
    return waarde.strip() if isinstance(waarde, str) and waarde.isprintable() and len(waarde) <= 200 else ""


def map_rollen(bron: Identiteitsbron, claims: Mapping[str, Any]) -> frozenset[Rol]:
    """The roles that the groups in these claims give; none when no group stands in the table.

    Bron: ontwerp 8; project default.
    """
    rollen = {rol for groep in _list_groepen(bron, claims) for rol in bron.rollen.get(groep, ())}
    return frozenset(rollen - NIET_UIT_GROEPEN)


def map_functies(bron: Identiteitsbron, claims: Mapping[str, Any]) -> tuple[str, ...]:
    """The posts that the groups in these claims give, each once; an account takes exactly one.

    A mandate belongs to a post, so nobody gets one by default.

    Bron: ontwerp 8 (deny by default); FE-4; project default.
    """
    functies = (bron.functies.get(groep, "") for groep in _list_groepen(bron, claims))
    return tuple(sorted({functie for functie in functies if functie}))


def _list_groepen(bron: Identiteitsbron, claims: Mapping[str, Any]) -> list[str]:
    waarde = find_claim(claims, bron.groepen)
    groepen = [waarde] if isinstance(waarde, str) else waarde if isinstance(waarde, list | tuple) else []
    return [groep for groep in groepen if isinstance(groep, str)]


def read_namens(bron: Identiteitsbron, claims: Mapping[str, Any]) -> tuple[Namens | None, list[Beletsel]]:
    """For which company somebody signed in, or every reason why not.

    Bron: project default (KvK-nummer, acting person, level of assurance).
    """
    beletselen = []
    kvk = find_tekst(claims, bron.kvk)
    if not is_kvk(kvk):
        tekst = "De inlogdienst noemde geen KvK-nummer. Log in namens een onderneming die in het handelsregister staat."
        beletselen.append(Beletsel("kvk", tekst))
    geschreven = find_tekst(claims, bron.niveau)
    zekerheid = {**NIVEAUS, **bron.niveaus}.get(geschreven) or NIVEAUS.get(geschreven.lower())
    if zekerheid is None:
        nodig = lees_zekerheid(bron.minimaal)
        tekst = f"De inlogdienst noemde geen betrouwbaarheidsniveau dat wij kennen. Nodig is {nodig} of hoger."
        beletselen.append(Beletsel("niveau-onbekend", tekst))
    elif list(Zekerheid).index(zekerheid) < list(Zekerheid).index(bron.minimaal):
        tekst = (
            f"U logde in met niveau {lees_zekerheid(zekerheid)}; nodig is {lees_zekerheid(bron.minimaal)} of hoger."
            " Vraag een hoger niveau aan bij uw leverancier van eHerkenning."
        )
        beletselen.append(Beletsel("niveau-te-laag", tekst))
    if beletselen or zekerheid is None:
        return None, beletselen
    return Namens(kvk=kvk, zekerheid=zekerheid), []


def lees_zekerheid(zekerheid: Zekerheid) -> str:
    """A level as people write it: EH2+."""
    return zekerheid.value.upper().replace("PLUS", "+")


def mark_onderwerp(bron: Identiteitsbron, onderwerp: str, kvk: str = "") -> str:
    """The mark under which somebody is known at a source, for one company: a hash, so that the store holds no names.

    The issuer is in it: when the settings point at another one, nobody is taken for somebody else.
    """
    delen = (bron.soort.value, bron.uitgever, onderwerp, kvk)
    return hashlib.sha256("\x00".join(delen).encode()).hexdigest()


def mark_naam(bron: Identiteitsbron, naam: str) -> str:
    """The mark of a name that the beheerder tied to a person before anybody signed in with it."""
    return hashlib.sha256("\x00".join(("naam", bron.uitgever, naam.strip().lower())).encode()).hexdigest()


def make_korte_naam(naam: str) -> str:
    """A short name from what a source calls somebody: i.dekker@gemeente.example becomes i.dekker; else empty."""
    voor = naam.split("@", maxsplit=1)[0].strip().lower()
    return "".join(teken for teken in voor if (teken.isascii() and teken.isalnum()) or teken in "-.")[:60]
