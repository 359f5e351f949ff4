"""Every example in the manual is read by the product, and the manual names every key, kind and choice."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from inkoop.definitions.aanmelding import load_aanmelding
from inkoop.definitions.aanvulling import load_aanvulling
from inkoop.definitions.correctie import load_correctie
from inkoop.definitions.criteriaset import load_criteriaset
from inkoop.definitions.dossier import load_dossier
from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.scenario import load_scenario
from inkoop.definitions.yamlbron import DefinitieError
from inkoop.domain.aanmelding import Aanmeldingsopgave, Aanvulling, Bewijsstuk, Ondernemer, Tekenbevoegde, Tekenwijze
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria import criterium, dossier
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.scenario import (
    Criteriumafwijking,
    Scenario,
    Scenariobeoordeling,
    Scenariooordeel,
    VerwachtBesluit,
    VerwachteUitkomst,
    Verwachting,
)
from inkoop.domain.scenariospel import play_scenario
from tests.definitions.voorbeeldaanmelding import AANMELDING
from tests.definitions.voorbeeldset import SET

WORTEL = Path(__file__).resolve().parent.parent.parent
HANDLEIDING = WORTEL / "docs" / "handleiding"
BLOK = re.compile(r"^```(?P<soort>[^\n]+)\n(?P<tekst>.*?)^```$", re.MULTILINE | re.DOTALL)


class Voorbeeld(msgspec.Struct, frozen=True):
    naam: str
    soort: str
    tekst: str
    melding: str


def list_voorbeelden() -> Iterator[Voorbeeld]:
    for bestand in ("criteria.md", "aanmelding.md"):
        blokken = list(BLOK.finditer((HANDLEIDING / bestand).read_text()))
        for nummer, blok in enumerate(blokken):
            volgend = blokken[nummer + 1] if nummer + 1 < len(blokken) else None
            melding = volgend["tekst"].strip() if volgend and volgend["soort"] == "melding" else ""
            yield Voorbeeld(f"{bestand}-{nummer}", blok["soort"], blok["tekst"], melding)


def indent(tekst: str, spaties: int) -> str:
    return "".join(f"{' ' * spaties}{regel}\n" for regel in tekst.splitlines())


def wrap_toets(tekst: str) -> str:
    per = "product" if "per_categorie" in tekst else "perceel"
    kop = SET[: SET.index("      soort: certificaat")].replace("per: perceel", f"per: {per}")
    return kop + indent(tekst, 6)


def wrap_feit(tekst: str) -> str:
    kop = AANMELDING[: AANMELDING.index("      - soort: document")]
    return kop + "      - " + indent(tekst, 8).lstrip()


def wrap_alleen(tekst: str) -> str:
    return SET.replace("    alleen: alles\n", indent(tekst, 4))


def wrap_mutatie(tekst: str) -> str:
    return tekst + "".join(regel for regel in AANMELDING.splitlines(keepends=True) if not regel.startswith("percelen:"))


def wrap_hergebruik(tekst: str) -> str:
    return AANMELDING[: AANMELDING.index("bewijsstukken:")] + tekst


LEZERS: dict[str, Callable[[Path, str], Any]] = {
    "yaml criteriaset": lambda pad, tekst: load_criteriaset(write(pad, tekst)),
    "yaml alleen": lambda pad, tekst: load_criteriaset(write(pad, wrap_alleen(tekst))),
    "yaml toets": lambda pad, tekst: load_criteriaset(write(pad, wrap_toets(tekst))),
    "yaml feit": lambda pad, tekst: load_aanmelding(write(pad, wrap_feit(tekst))),
    "yaml aanmelding": lambda pad, tekst: load_aanmelding(write(pad, tekst)),
    "yaml mutatie": lambda pad, tekst: load_aanmelding(write(pad, wrap_mutatie(tekst))),
    "yaml hergebruik": lambda pad, tekst: load_aanmelding(write(pad, wrap_hergebruik(tekst))),
    "yaml aanvulling": lambda pad, tekst: load_aanvulling(
        write(pad, tekst), ["een"], datetime(2020, 4, 16, tzinfo=UTC)
    ),
    "yaml correctie": lambda pad, tekst: load_correctie(write(pad, tekst)),
    "yaml dossier": lambda pad, tekst: load_dossier(write(pad, tekst)),
    "yaml scenario": lambda pad, tekst: load_scenario(write(pad, tekst)),
}
VOORBEELDEN = list(list_voorbeelden())


def write(map_: Path, tekst: str) -> Path:
    pad = map_ / "voorbeeld.yaml"
    pad.write_text(tekst)
    return pad


def select(soort: str) -> list[Any]:
    return [
        pytest.param(v, id=v.naam) for v in VOORBEELDEN if v.soort == soort or (soort == "alle" and v.soort in LEZERS)
    ]


@pytest.mark.parametrize("voorbeeld", select("alle"))
def test_an_example_in_the_manual_is_read_without_fault(voorbeeld, tmp_path):
    assert LEZERS[voorbeeld.soort](tmp_path, voorbeeld.tekst)


@pytest.mark.parametrize("voorbeeld", select("yaml toets fout"))
def test_a_mistake_in_the_manual_gives_the_message_that_stands_there(voorbeeld, tmp_path):
    assert voorbeeld.melding
    with pytest.raises(DefinitieError) as gevangen:
        load_criteriaset(write(tmp_path, wrap_toets(voorbeeld.tekst)))
    assert [fout.tekst for fout in gevangen.value.fouten] == [voorbeeld.melding]


def test_every_block_in_the_manual_is_executed_or_is_no_yaml():
    soorten = {voorbeeld.soort for voorbeeld in VOORBEELDEN}
    assert soorten == {*LEZERS, "yaml toets fout", "melding", "text"}


def test_the_scenario_of_the_manual_comes_out_as_it_says(tmp_path):
    (set_,) = [v for v in VOORBEELDEN if v.soort == "yaml criteriaset"]
    (zaak,) = [v for v in VOORBEELDEN if v.soort == "yaml scenario"]
    editie = load_criteriaset(write(tmp_path, set_.tekst))
    procedure = load_procedure(WORTEL / "procedures" / "meierij-2020.yaml")
    scenarios = load_scenario(write(tmp_path, zaak.tekst))
    assert len(scenarios) == 2
    for scenario in scenarios:
        assert play_scenario(scenario, editie, procedure).verschillen == ()


def list_namen(structs: list[type[msgspec.Struct]], zonder: set[str]) -> set[str]:
    hernoemd = {"ja"}
    return {v.name for struct in structs for v in msgspec.structs.fields(struct)} - zonder - hernoemd


def list_structs(module: Any) -> list[type[msgspec.Struct]]:
    return [lid for lid in vars(module).values() if isinstance(lid, type) and issubclass(lid, msgspec.Struct)]


def list_keuzes(*enums: type[StrEnum]) -> set[str]:
    return {lid.value for enum in enums for lid in enum}


GEERFD = {"id", "lid", "bewijs", "herkomst", "ontvangen_op", "aanleiding"}
TAGS = {lid.__struct_config__.tag for lid in get_args(criterium.EenToets)}
FEITTAGS = {lid.__struct_config__.tag for lid in get_args(dossier.EenFeit)}
ENUMS = [e for e in vars(criterium).values() if isinstance(e, type) and issubclass(e, StrEnum) and e is not StrEnum]
SCENARIODELEN = [Scenario, Scenariobeoordeling, Scenariooordeel, VerwachtBesluit, VerwachteUitkomst, Verwachting]
SCENARIODELEN += [Criteriumafwijking, Aanvulling]


def find_genoemd(bestand: str) -> set[str]:
    """Every word that stands between backticks, or before a colon in an example."""
    tekst = (HANDLEIDING / bestand).read_text()
    woorden = set(re.findall(r"`([^`\n]+)`", tekst)) | set(re.findall(r"^#+ (.+)$", tekst, re.MULTILINE))
    return {deel for woord in woorden for deel in re.split(r"[\s,:]+", woord)}


def test_the_manual_names_every_key_and_choice_of_a_criterium():
    sleutels = list_namen(list_structs(criterium), {"set", "editie", "hash"})
    assert sleutels | list_keuzes(*ENUMS, Uitkomst) | TAGS <= find_genoemd("criteria.md")


def test_the_manual_names_every_key_and_choice_of_a_scenario():
    assert list_namen(SCENARIODELEN, set()) - {"bestand"} | list_keuzes(Besluitsoort) <= find_genoemd("criteria.md")


def test_the_manual_names_every_key_and_choice_of_an_aanmelding():
    opgave = [Aanmeldingsopgave, Ondernemer, Tekenbevoegde, Bewijsstuk, dossier.Documentonderdeel, dossier.Oordeel]
    opgave += [dossier.Handtekening]
    feiten = set()
    for lid in get_args(dossier.EenFeit):
        feiten |= list_namen([lid], GEERFD)
    keuzes = list_keuzes(dossier.Grootte, dossier.Lidrol, Tekenwijze, dossier.Registerstatus)
    keuzes |= list_keuzes(dossier.Herkomst, dossier.Oordeelrol)
    tekst = (HANDLEIDING / "aanmelding.md").read_text()
    in_voorbeeld = set(re.findall(r"^[ {-]*([a-z_]+):", tekst, re.MULTILINE))
    genoemd = find_genoemd("aanmelding.md")
    assert list_namen(opgave, {"ontvangen_op"}) | keuzes | FEITTAGS <= genoemd
    assert feiten <= genoemd | in_voorbeeld
