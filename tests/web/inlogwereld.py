"""A store, an application on it and two identity providers: where people sign in through somebody else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from inkoop.domain.inlog import Bronsoort, Identiteitsbron, Inlogkeuzes, Zekerheid
from inkoop.domain.persoon import Rol
from inkoop.services import personen
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.storage.winkel import Winkel
from inkoop.web.app import create_app
from inkoop.web.tempo import Tempo
from tests.services.proefspel import build_huis
from tests.web.conftest import EIGEN, Bezoeker
from tests.web.inlogdienst import Inlogdienst, connect

NU = datetime(2020, 4, 2, 9, tzinfo=UTC)
GEMEENTE, MAKELAAR = "https://login.gemeente.example/t1", "https://makelaar.example"


@dataclass
class Wereld:
    """A store, an application on it and two providers."""

    browser: Bezoeker
    gemeente: Inlogdienst
    makelaar: Inlogdienst
    keuzes: Inlogkeuzes

    def leave(self, bron: str, terug: str = "") -> str:
        antwoord = self.browser.get(f"/inloggen/bij/{bron}", params={"terug": terug} if terug else None)
        assert antwoord.status_code == 303, antwoord.text
        return antwoord.headers["location"]

    def sign_in(self, bron: str = "gemeente", terug: str = ""):
        dienst = self.gemeente if bron == "gemeente" else self.makelaar
        return self.browser.get(f"/inloggen/terug/{bron}", params=dienst.let_inloggen(self.leave(bron, terug)))

    def open(self, keuzes: Inlogkeuzes | None = None) -> Bezoeker:
        app = create_app(
            self.browser.huis,
            read_instellingen({}, CHECKOUT),
            tempo=Tempo(1000),
            inloggen=keuzes or self.keuzes,
            transport=connect(self.gemeente, self.makelaar),
        )
        browser = Bezoeker(app, base_url="http://inkoop.test", follow_redirects=False, headers=EIGEN)
        browser.huis = self.browser.huis
        return browser

    def rollen(self, wie: str) -> set[Rol]:
        return next((set(p.rollen) for p in personen.list_personen(self.browser.huis) if p.id == wie), set())


@contextmanager
def build_wereld(lege_winkel: Path, tmp_path: Path) -> Iterator[Wereld]:
    shutil.copytree(lege_winkel, tmp_path / "winkel")
    (tmp_path / "geheim").write_text("een gedeeld geheim\n")
    keuzes = Inlogkeuzes(
        bronnen=(
            Identiteitsbron(
                id="gemeente",
                soort=Bronsoort.GEMEENTE,
                naam="Gemeente Boxtel",
                uitgever=GEMEENTE,
                client="inkoop",
                geheim_bestand=str(tmp_path / "geheim"),
                rollen={"inkopers": (Rol.INKOPER,), "juristen": (Rol.JURIST,), "verkeerd": (Rol.AANBIEDER,)},
                functies={"inkopers": "inkoper", "team-zorg": "senior inkoper"},
            ),
            Identiteitsbron(
                id="eherkenning",
                soort=Bronsoort.EHERKENNING,
                naam="eHerkenning",
                uitgever=MAKELAAR,
                client="inkoop-eh",
                geheim_bestand=str(tmp_path / "geheim"),
                minimaal=Zekerheid.EH3,
            ),
        )
    )
    gemeente = Inlogdienst(
        GEMEENTE,
        "inkoop",
        claims={"preferred_username": "i.dekker@boxtel.example", "name": "Iris Dekker", "groups": ["inkopers", "x"]},
    )
    makelaar = Inlogdienst(MAKELAAR, "inkoop-eh", claims={"kvk": "91234567", "acr": "eh3", "name": "N. Nieuw"})
    huis = build_huis(Winkel.open(tmp_path / "winkel"))
    leeg = Bezoeker(lambda *_: None)
    leeg.huis = huis
    wereld = Wereld(leeg, gemeente, makelaar, keuzes)
    wereld.browser = wereld.open()
    yield wereld
    huis.winkel.close()
