"""One round of the Meierij at one screen: who sits there, what the clock says, and what is done beside it."""

from __future__ import annotations

from datetime import datetime

from inkoop.cli.demo.personen import BEHEERDER, PER_ROL
from inkoop.cli.demo.voorbereidingsspel import record_checklist, record_stukken
from inkoop.domain.fasen import STAPUITKOMSTEN
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Stap
from inkoop.services import accounts, procedures
from inkoop.services.taaksoort import Taaksoort
from tests.services.proefspel import PROCEDURE, Proef
from tests.web.conftest import WACHTWOORD, Bezoeker, Webspel
from tests.web.scherm import Scherm, Zetklok


class Schermspel:
    """One store, one application, and a screen at which everybody does their work."""

    def __init__(self, spel: Webspel, proef: Proef, klok: Zetklok, browser: Bezoeker, scherm: Scherm) -> None:
        self.spel, self.proef, self.klok, self.browser, self.scherm = spel, proef, klok, browser, scherm
        self.rollen: set[str] = set()

    def als(self, wie: str) -> Scherm:
        """The screen with somebody at it, signed in by the form the first time; with no name it is anybody."""
        if wie and wie not in self.scherm.koekjes:
            accounts.set_wachtwoord(self.proef.huis, self.proef.act_as(BEHEERDER), wie, WACHTWOORD)
            self.klok.set(self.proef.klok.nu)
        self.scherm.seat(wie)
        return self.scherm

    def perform_alle(self, soort: Taaksoort) -> None:
        """What is left of these tasks is done beside the screen."""
        self.set(self.klok.read_nu())
        self.proef.perform_alle(soort)
        self.set(self.proef.klok.nu)

    def perform_zaken(self, *soorten: Taaksoort) -> None:
        """What the tasks of these kinds ask about the worked cases is done beside the screen."""
        self.set(self.klok.read_nu())
        for taak in self.proef.list_taken(*soorten):
            if taak.onderwerp in self.proef.zaken:
                self.proef.perform(taak)
        self.set(self.proef.klok.nu)

    def set(self, moment: datetime) -> None:
        """Go on to a later moment, on the pages and beside them."""
        self.proef.klok.set(max(moment, self.klok.read_nu()))
        self.klok.set(self.proef.klok.nu)

    def tick(self, fase: Fase) -> None:
        """What the flow of a fase does, a minute after the last act on a page."""
        self.set(self.klok.read_nu())
        self.proef.tick(fase)
        self.set(self.proef.klok.nu)

    def take_taak(self, wie: str, onderwerp: str, knop: str) -> Scherm:
        """Somebody looks what there is to do and goes to the page of it."""
        scherm = self.als(wie)
        scherm.go("/taken")
        taak = scherm.pagina.locator(f'a.utrecht-button-link[href*="{onderwerp}"]', has_text=knop)
        assert taak.count(), f"{wie}: {knop} about {onderwerp} is not among:\n{scherm.tekst}"
        scherm.press(f'a.utrecht-button-link[href="{taak.first.get_attribute("href")}"]')
        return scherm

    def record_stappen(self, fase: Fase, ronde: str = "") -> None:
        """Every open step: on a page the first of each role, the others beside it."""
        huis, proef = self.proef.huis, self.proef
        while True:
            with huis.winkel.lezen() as sessie:
                open_ = procedures.list_openstaand(sessie, PROCEDURE, fase, ronde)
            if not open_:
                record_stukken(huis, proef.act_as, PROCEDURE, fase)
                self.set(proef.klok.nu)
                return
            stap = open_[0].stap
            if stap.uiterlijk is not None:
                self.set(proef.at(stap.uiterlijk, 10))
            record_checklist(huis, proef.act_as, PROCEDURE, stap, ronde)
            self.set(proef.klok.nu)
            for orgaan in open_[0].organen:
                self._record_stap(stap, orgaan, ronde)

    def _record_stap(self, stap: Stap, orgaan: str, ronde: str) -> None:
        wie, uitkomst = PER_ROL[Rol(stap.rol)], STAPUITKOMSTEN[stap.soort].door
        if stap.rol in self.rollen:
            procedures.record_stap(
                self.proef.huis, self.proef.act_as(wie), PROCEDURE, stap.id,
                orgaan=orgaan, uitkomst=uitkomst, grond="verslag van die dag", ronde=ronde,
            )  # fmt: skip
            self.set(self.proef.klok.nu)
            return
        self.rollen.add(stap.rol)
        scherm = self.take_taak(wie, f"/{stap.id}", "Stap vastleggen")
        scherm.fill({"orgaan": orgaan, "uitkomst": uitkomst, "grond": "verslag van die dag"})
        scherm.press("main form button")
        self.set(self.klok.read_nu())

    def approve_stukken(self, wie: str, hoogstens: int) -> int:
        """Read and approve the first documents that wait for somebody; how many."""
        aantal, scherm = 0, self.als(wie)
        while aantal < hoogstens:
            scherm.go("/documenten?stand=te_controleren")
            if not scherm.pagina.locator("main tbody a").count():
                return aantal
            scherm.press("main tbody a")
            if not scherm.pagina.locator('form[action$="/goedkeuren"] button').count():
                return aantal
            scherm.press('form[action$="/goedkeuren"] button')
            aantal += 1
        return aantal
