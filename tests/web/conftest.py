"""What the tests of the web application share: a store with a round in it, and somebody who visits."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.testclient import TestClient

from inkoop.cli.demo import bewijs
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.services import accounts, fasewerk, personen, websessies
from inkoop.services.huis import Huis
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.web.app import create_app
from inkoop.web.klok import Webklok
from inkoop.web.tempo import Tempo
from inkoop.web.toegang import COOKIE
from tests.services.proefspel import Proef, Proefspel, create_spel, make_plaatsvervanger

EIGEN = {"sec-fetch-site": "same-origin"}
"""What a browser says of a form on a page of ours."""

WACHTWOORD = "een lang woord om te proeven"


@dataclass
class Webspel(Proefspel):
    """A played group whose ticks are done once: what a second tick does is tested elsewhere."""

    async def _tick(self, fase: Fase) -> fasewerk.Tikverslag:
        gedaan = self._run_tik(fase)
        return fasewerk.Tikverslag(fase=fase, onderwerp=self.groep.ronde, gedaan=gedaan, taken=())


@pytest.fixture(scope="session")
def gespeeld(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proefspel]:
    """The main group of worked examples, played from beginning to end, with copies halfway."""
    groep = group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
        spel = create_spel(tmp_path_factory.mktemp("web"), groep, Webspel)
        spel.play_all()
    yield spel
    spel.huis.winkel.close()
    shutil.rmtree(spel.huis.winkel.map.parent)


class _OpenError(Exception):
    """The round is open, and nobody handed anything in yet."""


@dataclass
class Openspel(Webspel):
    """A group played until its round is published."""

    def _submit(self) -> None:
        raise _OpenError


@pytest.fixture(scope="session")
def gepubliceerd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Openspel]:
    """The main group until publication: a tenth of the time of all of it."""
    groep = group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))[0]
    spel = create_spel(tmp_path_factory.mktemp("open"), groep, Openspel)
    with pytest.raises(_OpenError):
        spel.play_all()
    assert isinstance(spel, Openspel)
    yield spel
    spel.huis.winkel.close()
    shutil.rmtree(spel.huis.winkel.map.parent)


@pytest.fixture
def aanbieder(gepubliceerd: Openspel, tmp_path: Path) -> Iterator[tuple[Bezoeker, Proef]]:
    """A browser of N. Nieuw, who acts for a legal person that nobody knows yet, on the first morning of the round."""
    proef = Proef.open(tmp_path / "winkel", gepubliceerd.standen["gepubliceerd"])
    proef.klok.set(proef.at(proef.definitie.find_ronde(gepubliceerd.groep.ronde).opening, 9))
    for wie, naam in (("nieuw", "N. Nieuw"), ("collega", "C. Collega")):
        proef.add_persoon(wie, "bestuurder", Rol.AANBIEDER, kvk="91234567", naam=naam)
    yield open_browser(proef.huis).log_in("nieuw"), proef
    proef.huis.winkel.close()
    shutil.rmtree(proef.huis.winkel.map)


@pytest.fixture(autouse=True)
def _licht_wachtwoord(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are slow to check on purpose; a test need not wait for that."""
    monkeypatch.setattr(accounts, "_HASHER", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),)))


@pytest.fixture(scope="session", autouse=True)
def _een_draad() -> Iterator[None]:
    """One thread with an event loop for all of these tests: a new one for each request costs more than the request."""
    with start_blocking_portal() as Bezoeker.portal:
        yield
    Bezoeker.portal = None


class Bezoeker(TestClient):
    """A browser on the application; `log_in` takes the short way, past the form.

    What a form of a page carries unseen about what was looked at, goes along when that form is sent, as a browser does.
    """

    huis: Huis

    def __init__(self, *plaats: Any, **naam: Any) -> None:
        super().__init__(*plaats, **naam)
        self.merken: dict[str, str] = {}

    def request(self, method: str, url: Any, **meer: Any) -> Any:
        """Ask for a page or send a form, and remember the marks of the forms on what comes back."""
        velden = meer.get("data")
        if method == "POST" and isinstance(url, str) and url in self.merken and "gezien" not in (velden or {}):
            meer["data"] = {**(velden or {}), "gezien": self.merken[url]}
        antwoord = super().request(method, url, **meer)
        if antwoord.headers.get("content-type", "").startswith("text/html"):
            self.merken |= dict(_MERK.findall(antwoord.text))
        return antwoord

    def log_in(self, wie: str, rol: Rol | None = None) -> Bezoeker:
        """Go on as this person; the same as the form does once the password is right."""
        with self.huis.winkel.lezen() as sessie:
            persoon = personen.find_persoon(sessie, wie)
        rol = rol or min(persoon.rollen, key=list(Rol).index)
        self.cookies.clear()
        self.cookies.set(COOKIE, websessies.begin(self.huis, persoon, rol, datetime.now(UTC)))
        return self


def open_browser(huis: Huis, *, factor: int = 1000) -> Bezoeker:
    """The application on this house, and a browser on it that follows no redirect by itself."""
    app = create_app(huis, read_instellingen({}, CHECKOUT), klok=Webklok(huis), tempo=Tempo(factor), direct=True)
    browser = Bezoeker(app, base_url="http://inkoop.test", follow_redirects=False, headers=EIGEN)
    browser.huis = huis
    return browser


_MERK = re.compile(
    r'<form method="post" action="([^"]+)"[^>]*>\s*<input type="hidden" name="gezien" value="([0-9a-f]+)">'
)


Start = Callable[[str], tuple[Bezoeker, Proef]]


@pytest.fixture
def bezoek(gespeeld: Proefspel, tmp_path: Path) -> Iterator[Start]:
    """Begin a test with a browser on a copy of the store as it stood before a kind of task."""
    geopend: list[Proef] = []

    def start(stand: str) -> tuple[Bezoeker, Proef]:
        proef = Proef.open(tmp_path / f"winkel-{len(geopend)}", gespeeld.standen[stand])
        geopend.append(proef)
        return open_browser(proef.huis), proef

    yield start
    for proef in geopend:
        proef.huis.winkel.close()
        shutil.rmtree(proef.huis.winkel.map)
