"""Load the file that says through which sources people may sign in (INKOOP_INLOGGEN).

Bron: ontwerp 8; project default.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field

from inkoop.definitions.fout import Fout
from inkoop.definitions.model import Definitiemodel, JaNee
from inkoop.definitions.yamlbron import Yamlbron, read_yaml, validate
from inkoop.domain.inlog import NIET_UIT_GROEPEN, Bronsoort, Identiteitsbron, Inlogkeuzes, Zekerheid
from inkoop.domain.persoon import Rol

_ID = re.compile(r"[a-z][a-z0-9-]{0,30}")
_ALLEEN_GEMEENTE = ("persoon", "groepen", "rollen", "functies")
_ALLEEN_EHERKENNING = ("kvk", "niveau", "minimaal", "niveaus")


class Bronmodel(Definitiemodel):
    """One source as it stands in the file; what is left out gets the value of `Identiteitsbron`."""

    soort: Bronsoort
    naam: str
    uitgever: str
    client: str
    geheim_bestand: str | None = None
    sleutel_bestand: str | None = None
    scopes: tuple[str, ...] | None = None
    gegevensadres: JaNee | None = None
    weergavenaam: str | None = None
    persoon: str | None = None
    groepen: str | None = None
    rollen: dict[str, tuple[Rol, ...]] | None = None
    functies: dict[str, str] | None = None
    kvk: str | None = None
    niveau: str | None = None
    minimaal: Zekerheid | None = None
    niveaus: dict[str, Zekerheid] | None = None


class Inlogmodel(Definitiemodel):
    """The whole file."""

    lokale_accounts: JaNee = True
    bronnen: dict[str, Bronmodel] = Field(default_factory=dict)


def load_inlogkeuzes(pad: Path) -> Inlogkeuzes:
    """Read the file; paths of secrets count from its folder. Raises DefinitieError with every fault, by place.

    A secret is never in the file itself, and is read only when it is needed.
    """
    bron = read_yaml(pad)
    model = validate(bron, Inlogmodel)
    fouten: list[Fout] = []
    if not model.lokale_accounts and not model.bronnen:
        tekst = "Zonder bron kan niemand meer inloggen. Noem een bron, of laat lokale accounts toe."
        fouten.append(bron.fout(("lokale_accounts",), tekst))
    for id_, een in model.bronnen.items():
        fouten += _check_bron(bron, id_, een, pad.parent)
    gezien: dict[str, str] = {}
    for id_, een in model.bronnen.items():
        if (ander := gezien.setdefault(een.uitgever, id_)) != id_:
            tekst = f"Deze uitgever staat ook bij '{ander}'. Elke bron heeft een eigen uitgever."
            fouten.append(bron.fout(("bronnen", id_, "uitgever"), tekst))
    bron.raise_fouten(fouten)
    return Inlogkeuzes(
        lokale_accounts=model.lokale_accounts,
        bronnen=tuple(_to_bron(id_, een, pad.parent) for id_, een in model.bronnen.items()),
    )


def _to_bron(id_: str, model: Bronmodel, map_: Path) -> Identiteitsbron:
    waarden = {naam: waarde for naam in Bronmodel.model_fields if (waarde := getattr(model, naam)) is not None}
    for naam in ("geheim_bestand", "sleutel_bestand"):
        if naam in waarden:
            waarden[naam] = str((map_ / Path(waarden[naam]).expanduser()).resolve())
    return Identiteitsbron(id=id_, **waarden)


def _check_bron(bron: Yamlbron, id_: str, een: Bronmodel, map_: Path) -> list[Fout]:
    def fout(tekst: str, *waar: str) -> Fout:
        return bron.fout(("bronnen", id_, *waar), tekst, sleutel=not waar)

    fouten = []
    if not _ID.fullmatch(id_):
        fouten.append(fout("De naam van een bron bestaat uit kleine letters, cijfers en streepjes."))
    if not een.naam.strip():
        fouten.append(fout("Geef de naam die op de inlogpagina staat.", "naam"))
    if not is_uitgever(een.uitgever):
        fouten.append(fout("Schrijf het adres van de uitgever met https://, zonder ? of #.", "uitgever"))
    if (een.geheim_bestand is None) == (een.sleutel_bestand is None):
        fouten.append(fout("Geef geheim_bestand of sleutel_bestand, een van de twee."))
    for naam in ("geheim_bestand", "sleutel_bestand"):
        waarde = getattr(een, naam)
        if waarde is not None and not (map_ / Path(waarde).expanduser()).is_file():
            fouten.append(fout("Dit bestand is er niet.", naam))
    if een.scopes is not None and "openid" not in een.scopes:
        fouten.append(fout("Zonder de scope openid zegt de bron niet wie er inlogt.", "scopes"))
    vreemd = _ALLEEN_EHERKENNING if een.soort is Bronsoort.GEMEENTE else _ALLEEN_GEMEENTE
    fouten += [
        fout(f"Dit hoort niet bij een bron van de soort {een.soort}.", naam)
        for naam in vreemd
        if getattr(een, naam) is not None
    ]
    return fouten + _check_rollen(bron, id_, een)


def _check_rollen(bron: Yamlbron, id_: str, een: Bronmodel) -> list[Fout]:
    def fout(tekst: str, *waar: str) -> Fout:
        return bron.fout(("bronnen", id_, *waar), tekst, sleutel=not waar)

    fouten = []
    if een.soort is Bronsoort.GEMEENTE and not een.rollen:
        fouten.append(fout("Geef bij rollen welke groep welke rol krijgt: zonder krijgt niemand toegang."))
    for groep, rollen in (een.rollen or {}).items():
        if verboden := sorted(NIET_UIT_GROEPEN & set(rollen)):
            fouten.append(fout(f"De rol {verboden[0]} komt nooit uit een groep.", "rollen", groep))
        if not rollen:
            fouten.append(fout("Noem ten minste één rol.", "rollen", groep))
    fouten += [
        fout("Schrijf de functie op, of haal de regel weg.", "functies", groep)
        for groep, functie in (een.functies or {}).items()
        if not functie.strip()
    ]
    return fouten


def is_uitgever(adres: str) -> bool:
    """Whether this can be an issuer: https, or http on this computer (to practise with)."""
    try:
        delen = urlsplit(adres)
        _ = delen.port
    except ValueError:
        return False
    lokaal = delen.scheme == "http" and delen.hostname in {"127.0.0.1", "localhost", "::1"}
    return bool(
        (delen.scheme == "https" or lokaal)
        and delen.hostname
        and not (delen.query or delen.fragment or delen.username or delen.password)
        and adres.isprintable()
        and " " not in adres
    )
