"""What the manual of the API shows can be typed as it stands; and no request makes the API fall over."""

from __future__ import annotations

import re
import shlex
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inkoop.cli.app import load_opdracht
from inkoop.services.tokens import DAGEN, MAX_DAGEN
from inkoop.web.api.antwoord import MAX_AANTAL
from inkoop.web.api.toegang import PER_TOKEN
from tests.cli.handleidingtekst import HANDLEIDING, list_opdrachten
from tests.web.conftest import Start
from tests.web.test_api import STAND, call, give_token

PAGINA = HANDLEIDING / "api.md"
HIER = "http://127.0.0.1:8000"


def test_every_curl_of_the_manual_gets_an_answer(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "i.dekker")
    regels = [woorden for woorden in list_opdrachten(PAGINA) if woorden[0] == "curl"]
    assert len(regels) >= 16
    for woorden in regels:
        (adres,) = [woord for woord in woorden if woord.startswith(HIER)]
        kop = [woord for woord in woorden if woord.startswith("Authorization:")]
        methode = "POST" if "POST" in woorden else "GET"
        inhoud = woorden[woorden.index("-d") + 1] if "-d" in woorden else None
        koppen = {"authorization": kop[0].split(": ")[1].replace("$TOKEN", token)} if kop else {}
        browser.cookies.clear()
        antwoord = browser.request(methode, adres.removeprefix(HIER), headers=koppen, content=inhoud)
        assert antwoord.status_code == (202 if methode == "POST" else 200), shlex.join(woorden)


@pytest.mark.parametrize("woorden", [w for w in list_opdrachten(PAGINA) if w[0] == "inkoop"], ids=" ".join)
def test_every_command_of_the_manual_can_be_typed(woorden: list[str]):
    groep: Any = load_opdracht(woorden[1])
    assert groep.commands[woorden[2]].make_context(woorden[2], woorden[3:]).params


def test_the_manual_names_the_limits_that_hold():
    tekst = re.sub(r"\s+", " ", PAGINA.read_text("utf-8"))
    assert f"ten hoogste {MAX_DAGEN} dagen. Zonder deze optie {DAGEN} dagen" in tekst
    assert f"hoeveel regels u krijgt, ten hoogste {MAX_AANTAL}" in tekst
    assert f"meer dan {PER_TOKEN.amount} keer per minuut" in tekst


def test_whatever_is_asked_gets_an_answer_as_described_and_never_a_500(bezoek: Start):
    browser, proef = bezoek(STAND)
    token = give_token(proef, "i.dekker")
    geheel = browser.get("/api/v1/openapi.json").json()
    bekend = ["M-2020-2", "M-2020-2-A001", "M-2020-2-D001", proef.definitie.naam, "selecteren", "publiceren", "pdf"]
    woord = st.one_of(st.sampled_from(bekend), st.text(min_size=1, max_size=30), st.integers().map(str))
    werkingen = [(pad, m, w) for pad, per in geheel["paths"].items() for m, w in per.items()]

    def walk(werking: tuple[str, str, dict[str, Any]], data: st.DataObject) -> None:
        pad, methode, wat = werking
        vragen = {}
        for veld in wat.get("parameters", []):
            waarde = data.draw(woord, label=veld["name"])
            if veld["in"] == "path":
                pad = pad.replace("{" + veld["name"] + "}", quote(waarde, safe=""))
            elif data.draw(st.booleans()):
                vragen[veld["name"]] = waarde
        meer: dict[str, Any] = {"params": vragen}
        if methode == "post":
            velden = st.dictionaries(st.sampled_from(["procedure", "ronde", "x"]), st.one_of(st.none(), woord))
            meer["json"] = data.draw(velden)
        antwoord = call(browser, token, pad.removeprefix("/api/v1"), methode.upper(), **meer)
        assert antwoord.status_code != 500
        if antwoord.status_code == 404 and antwoord.json()["instance"].count("/") != pad.count("/"):
            return  # a slash or a point in a name leads to another address
        vorm = wat["responses"][str(antwoord.status_code)]["content"]
        soort = antwoord.headers["content-type"]
        if "json" in soort:
            schema = {**vorm[soort]["schema"], "components": geheel["components"]}
            jsonschema.validate(antwoord.json(), schema, jsonschema.Draft202012Validator)

    assert len(werkingen) >= 20
    for werking in werkingen:
        settings(max_examples=7, deadline=None, derandomize=True)(given(st.just(werking), st.data())(walk))()
