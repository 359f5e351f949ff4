"""Where everything stands and how this process behaves, read once from the environment.

The names of the variables start with `INKOOP_`; a `.env` file is not read, so that a procedure never
depends on a forgotten file.

Bron: ontwerp 7 (embedded default, other places by settings alone) and 9.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from inkoop.domain.fouten import InkoopError
from inkoop.domain.post import check_postadres
from inkoop.exchange.mailserver import STANDAARDPOORT, Beveiliging, Mailserver

CHECKOUT: Final = Path(__file__).resolve().parent.parent
"""The folder that holds `criteria/`, `procedures/` and `sjablonen/` when the product runs from its checkout."""

STANDAARD_WEBADRES: Final = "http://127.0.0.1:8000"


class Logvorm(StrEnum):
    """How log lines are written: for a person at a terminal, or as JSON for a log store."""

    TEKST = "tekst"
    JSON = "json"


class InstellingenError(InkoopError):
    """One or more settings cannot be used; every fault at once."""

    def __init__(self, fouten: tuple[str, ...]) -> None:
        self.fouten = fouten
        super().__init__("De instellingen kloppen niet.\n" + "\n".join(f"  - {fout}" for fout in fouten))


class Instellingen(msgspec.Struct, frozen=True, kw_only=True):
    """The configuration of one process; every path is absolute.

    `winkel` is the folder of the store (database, evidence, documents), `uitvoer` the folder under
    which exports and the demo are written. `standaarden` is the folder with third-party validation
    kits; only tests use it, and None means that it was not given. `database` is the address of the
    PostgreSQL database in which the records of the store stand, a secret; None is the file in its folder.
    `bestanden` is the address of the evidence and documents; None is the folder.
    `sleutels` and `sleutelkopie` hold the keys of rounds and their recovery copy; None = beside the store.
    `web_adres` is the address under which
    people reach the web application; with https cookies are sent over a secure connection only.
    `inloggen` is the file that says through which sources people sign in; None = accounts of our own only.
    `mailserver` is by whom mail goes out; None = mail stays in the outbox. `vertrouwd` is the folder with the
    certificates of the issuers of signatures that are trusted; None = not asked. `proefondertekening`: whether an
    exercise signature counts in a store of a real organisation.
    """

    winkel: Path
    uitvoer: Path
    criteria: Path
    procedures: Path
    sjablonen: Path
    standaarden: Path | None
    logvorm: Logvorm
    database: str | None = None
    bestanden: str | None = None
    sleutels: Path | None = None
    sleutelkopie: Path | None = None
    web_adres: str = STANDAARD_WEBADRES
    inloggen: Path | None = None
    mailserver: Mailserver | None = None
    vertrouwd: Path | None = None
    proefondertekening: bool = False

    def find_sleutelmappen(self, winkel: Path) -> tuple[Path, Path]:
        """The folders with the keys of a store and their recovery copy: those named, or two beside it, never in it."""
        naast = winkel.resolve()
        return (
            self.sleutels or naast.with_name(f"{naast.name}-sleutels"),
            self.sleutelkopie or naast.with_name(f"{naast.name}-sleutelkopie"),
        )


_VAN_HET_STARTSCRIPT: Final = frozenset({"INKOOP_INSTALL", "INKOOP_PYTHON", "INKOOP_BEELDEN"})
"""Variables that only `./run` reads, and the one by which `inkoop start` tells runs that people can follow them."""

_VARIABELEN: Final[Mapping[str, str]] = {
    "winkel": "INKOOP_WINKEL",
    "uitvoer": "INKOOP_UITVOER",
    "criteria": "INKOOP_CRITERIA",
    "procedures": "INKOOP_PROCEDURES",
    "sjablonen": "INKOOP_SJABLONEN",
    "standaarden": "INKOOP_STANDAARDEN",
    "logvorm": "INKOOP_LOG",
    "database": "INKOOP_DATABASE_URL",
    "bestanden": "INKOOP_BESTANDEN_URL",
    "sleutels": "INKOOP_SLEUTELS",
    "sleutelkopie": "INKOOP_SLEUTELKOPIE",
    "web_adres": "INKOOP_WEB_ADRES",
    "inloggen": "INKOOP_INLOGGEN",
    "vertrouwd": "INKOOP_VERTROUWDE_CERTIFICATEN",
    "proefondertekening": "INKOOP_PROEFONDERTEKENING",
}


_MAIL: Final[Mapping[str, str]] = {
    "host": "INKOOP_SMTP_HOST",
    "poort": "INKOOP_SMTP_POORT",
    "beveiliging": "INKOOP_SMTP_BEVEILIGING",
    "gebruiker": "INKOOP_SMTP_GEBRUIKER",
    "wachtwoord": "INKOOP_SMTP_WACHTWOORD",
    "bestand": "INKOOP_SMTP_WACHTWOORD_BESTAND",
    "afzender": "INKOOP_SMTP_AFZENDER",
}


def _explain_onbekend(naam: str) -> str:
    """Say which variable was probably meant: a misspelled one would silently do nothing."""
    bekend = sorted([*_VARIABELEN.values(), *_MAIL.values()])
    if lijkt_op := difflib.get_close_matches(naam, bekend, n=1, cutoff=0.8):
        return f"De instelling {naam} bestaat niet. Bedoelt u {lijkt_op[0]}?"
    return f"De instelling {naam} bestaat niet. Bekend zijn: {', '.join(bekend)}."


def read_instellingen(omgeving: Mapping[str, str], werkmap: Path, checkout: Path = CHECKOUT) -> Instellingen:
    """Read the settings from `omgeving`; relative paths count from `werkmap`.

    The store and the output stand in the working folder unless told otherwise; definitions and
    templates come with the checkout. Raises InstellingenError with every wrong or unknown variable.

    Bron: project default.
    """
    bekend = {*_VARIABELEN.values(), *_MAIL.values(), *_VAN_HET_STARTSCRIPT}
    onbekend = sorted(naam for naam in omgeving if naam.startswith("INKOOP_") and naam not in bekend)
    fouten = [_explain_onbekend(naam) for naam in onbekend]

    def find_opgegeven(veld: str) -> Path | None:
        waarde = omgeving.get(_VARIABELEN[veld], "").strip()
        return (werkmap / Path(waarde).expanduser()).resolve() if waarde else None

    def find_map(veld: str, standaard: Path) -> Path:
        return find_opgegeven(veld) or standaard

    logvorm = omgeving.get(_VARIABELEN["logvorm"], "").strip() or Logvorm.TEKST.value
    if logvorm not in {vorm.value for vorm in Logvorm}:
        keuzes = " of ".join(vorm.value for vorm in Logvorm)
        fouten.append(f"{_VARIABELEN['logvorm']} is '{logvorm}'. Kies {keuzes}.")
    database = omgeving.get(_VARIABELEN["database"], "").strip() or None
    if database is not None and not _is_postgres(database):
        fouten.append(
            f"{_VARIABELEN['database']} is geen adres van een PostgreSQL-database."
            " Schrijf bijvoorbeeld postgresql://gebruiker@server:5432/inkoop."
        )
    bestanden = omgeving.get(_VARIABELEN["bestanden"], "").strip() or None
    if bestanden is not None and not re.fullmatch(
        r"s3://[a-z0-9][a-z0-9.-]*(/[\w.-]+)*/?|file://(/[^/]+)+/?", bestanden
    ):
        fouten.append(
            f"{_VARIABELEN['bestanden']} is geen adres voor bestanden. Schrijf s3://emmer/map (de sleutels staan in"
            " AWS_ACCESS_KEY_ID en AWS_SECRET_ACCESS_KEY) of file:///gedeelde/map."
        )
    web_adres = omgeving.get(_VARIABELEN["web_adres"], "").strip().rstrip("/") or STANDAARD_WEBADRES
    if not re.fullmatch(r"https?://[^/\s]+", web_adres):
        fouten.append(f"{_VARIABELEN['web_adres']} is '{web_adres}'. Schrijf bijvoorbeeld https://inkoop.example.nl.")
    proef = omgeving.get(_VARIABELEN["proefondertekening"], "").strip() or "nee"
    if proef not in {"ja", "nee"}:
        fouten.append(f"{_VARIABELEN['proefondertekening']} is '{proef}'. Kies ja of nee.")
    for veld in ("criteria", "procedures", "sjablonen", "standaarden", "vertrouwd"):
        naam = _VARIABELEN[veld]
        if omgeving.get(naam, "").strip() and not find_map(veld, checkout).is_dir():
            fouten.append(f"{naam} wijst naar {find_map(veld, checkout)}, en die map is er niet.")
    inloggen = find_opgegeven("inloggen")
    if inloggen is not None and not inloggen.is_file():
        fouten.append(f"{_VARIABELEN['inloggen']} wijst naar {inloggen}, en dat bestand is er niet.")
    mailserver = _read_mailserver(omgeving, werkmap, fouten)
    if fouten:
        raise InstellingenError(tuple(fouten))

    return Instellingen(
        winkel=find_map("winkel", werkmap / "winkel"),
        uitvoer=find_map("uitvoer", werkmap / "uitvoer"),
        criteria=find_map("criteria", checkout / "criteria"),
        procedures=find_map("procedures", checkout / "procedures"),
        sjablonen=find_map("sjablonen", checkout / "sjablonen"),
        standaarden=find_opgegeven("standaarden"),
        logvorm=Logvorm(logvorm),
        database=database,
        bestanden=bestanden,
        sleutels=find_opgegeven("sleutels"),
        sleutelkopie=find_opgegeven("sleutelkopie"),
        web_adres=web_adres,
        inloggen=inloggen,
        mailserver=mailserver,
        vertrouwd=find_opgegeven("vertrouwd"),
        proefondertekening=proef == "ja",
    )


def _read_mailserver(omgeving: Mapping[str, str], werkmap: Path, fouten: list[str]) -> Mailserver | None:
    """The mail server; None when none is named. Every fault comes in `fouten`; a password is never repeated."""
    gegeven = {veld: omgeving.get(naam, "").strip() for veld, naam in _MAIL.items()}
    if not any(gegeven.values()):
        return None
    begin = len(fouten)
    fouten += [f"{_MAIL[veld]} ontbreekt." for veld in ("host", "afzender") if not gegeven[veld]]
    if gegeven["host"] and not re.fullmatch(r"[A-Za-z0-9.:-]+", gegeven["host"]):
        fouten.append(f"{_MAIL['host']} is geen naam van een server. Schrijf bijvoorbeeld mail.gemeente.example.")
    if gegeven["afzender"] and check_postadres(gegeven["afzender"]):
        fouten.append(f"{_MAIL['afzender']} is geen e-mailadres. Schrijf bijvoorbeeld inkoop@gemeente.example.")
    soort = gegeven["beveiliging"] or Beveiliging.STARTTLS.value
    if soort not in {een.value for een in Beveiliging}:
        fouten.append(f"{_MAIL['beveiliging']} is '{soort}'. Kies {', '.join(een.value for een in Beveiliging)}.")
        soort = Beveiliging.STARTTLS.value
    if soort == Beveiliging.GEEN and gegeven["host"] not in {"127.0.0.1", "localhost", "::1", ""}:
        fouten.append(f"{_MAIL['beveiliging']} is geen: dat kan alleen met een mailserver op deze computer.")
    poort = gegeven["poort"] or str(STANDAARDPOORT[Beveiliging(soort)])
    if not (poort.isascii() and poort.isdigit() and 1 <= int(poort) <= 65535):
        fouten.append(f"{_MAIL['poort']} is '{poort}'. Schrijf een getal van 1 tot en met 65535.")
    wachtwoord = gegeven["wachtwoord"] or None
    if gegeven["bestand"]:
        if wachtwoord:
            fouten.append(f"Geef {_MAIL['wachtwoord']} of {_MAIL['bestand']}, niet allebei.")
        try:
            wachtwoord = (werkmap / Path(gegeven["bestand"]).expanduser()).read_text(encoding="utf-8").strip() or None
        except (OSError, UnicodeDecodeError):
            fouten.append(f"{_MAIL['bestand']} wijst naar een bestand dat niet te lezen is.")
    if bool(gegeven["gebruiker"]) != bool(wachtwoord) and not fouten[begin:]:
        fouten.append(f"Geef {_MAIL['gebruiker']} en een wachtwoord allebei, of geen van beide.")
    if fouten[begin:]:
        return None
    return Mailserver(
        host=gegeven["host"],
        poort=int(poort),
        beveiliging=Beveiliging(soort),
        afzender=gegeven["afzender"],
        gebruiker=gegeven["gebruiker"] or None,
        wachtwoord=wachtwoord,
    )


def _is_postgres(adres: str) -> bool:
    """Whether this names a PostgreSQL database; the address itself is never repeated, it may hold a password."""
    try:
        delen = urlsplit(adres)
    except ValueError:
        return False
    return delen.scheme in {"postgresql", "postgresql+psycopg"} and len(delen.path) > 1
