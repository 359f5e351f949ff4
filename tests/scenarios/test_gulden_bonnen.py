"""The receipts of every worked example, byte for byte as they were when they were laid down.

A receipt that was kept must come out the same after any change of the engine (ontwerp 2.3). What stands in
`gulden_bonnen.json` is the hash of each receipt by the hash of what went in: an edition or a scenario that is
edited is another input, and is left out until the file is written again:

    .venv/bin/python -m tests.scenarios.test_gulden_bonnen

They are receipts of engine number 2, which every later engine must still give (`MOTOREN`). Write it again only
where an older receipt need no longer be replayed.
"""

import json
import sys
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from inkoop.domain import scenariospel
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop, encode_resultaat
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.criteria.dossier import Dossier, Herkomst
from inkoop.domain.criteria.invoer import ToetsinvoerError
from inkoop.domain.criteria.motor import MOTOREN
from inkoop.domain.criteria.toets import assess
from tests.scenarios.spelers import SCENARIOS, SETS, WORTEL, play

pytestmark = pytest.mark.slow

BESTAND = Path(__file__).with_name("gulden_bonnen.json")
GULDEN = json.loads(BESTAND.read_text(encoding="utf-8")) if BESTAND.exists() else {}


def _hash(waarde: object) -> str:
    return sha256(msgspec.json.encode(waarde, order="deterministic")).hexdigest()


def _bon(editie: Criteriaset, dossier: Dossier, peildatums, **keuzes) -> tuple[str, str]:
    """The hash of what goes in, and of the receipt that comes out (or of the reasons why there is none)."""
    erin = _hash([_hash(editie), _hash(dossier), dict(peildatums), keuzes])
    try:
        uit = sha256(encode_resultaat(assess(editie, dossier, peildatums, motor=MOTOREN[0], **keuzes))).hexdigest()
    except ToetsinvoerError as error:
        uit = _hash(str(error))
    return erin[:24], uit[:24]


def list_bonnen(namen):
    """Every toets in these plays: as played, with repair open and closed, and with facts that are only stated."""
    gespeeld = []
    echt = scenariospel.assess
    try:
        scenariospel.assess = lambda *wat, **keuzes: gespeeld.append((wat, keuzes)) or echt(*wat, **keuzes)
        for naam in namen:
            play(naam)
    finally:
        scenariospel.assess = echt
    for (editie, dossier, peildatums), keuzes in gespeeld:
        half = msgspec.structs.replace(
            dossier,
            feiten=tuple(
                msgspec.structs.replace(feit, herkomst=Herkomst.OPGEGEVEN) if nummer % 3 == 0 else feit
                for nummer, feit in enumerate(dossier.feiten)
            ),
        )
        for herstelverloop in Herstelverloop:
            for welk in (dossier, half):
                anders = keuzes | {"herstelverloop": herstelverloop}
                yield _bon(editie, welk, peildatums, **anders)
        yield _bon(editie, half, peildatums, **(keuzes | {"feitenbasis": Feitenbasis.ALS_OPGEGEVEN}))


def list_gemaakt():
    """Receipts of generated dossiers with every kind of flaw: those of the measurement."""
    sys.path.insert(0, str(WORTEL / "benchmarks"))
    try:
        from toetsmeting.dossiers import make_dossiers
        from toetsmeting.editie import PEILDATUMS, build_editie
    finally:
        sys.path.pop(0)
    editie = build_editie()
    keuzes = partial(dict, feitenbasis=Feitenbasis.VASTGESTELD, moment="toelating")
    for gebrek in (0.03, 0.15):
        for dossier in make_dossiers(60, gebrek=gebrek):
            for herstelverloop in Herstelverloop:
                yield _bon(editie, dossier, PEILDATUMS, **keuzes(herstelverloop=herstelverloop))


def check(bonnen, minstens):
    gezien = dict(bonnen)
    bekend = {erin for erin in gezien if erin in GULDEN}
    assert len(bekend) >= minstens * len(gezien), "schrijf de gulden bonnen opnieuw: de voorbeelden zijn veranderd"
    assert {erin: gezien[erin] for erin in bekend} == {erin: GULDEN[erin] for erin in bekend}


@pytest.mark.parametrize("set_", SETS)
def test_every_receipt_of_a_scenario_has_the_bytes_that_were_laid_down(set_):
    namen = [naam for naam, (eigen, _) in SCENARIOS.items() if eigen == set_]
    check(list_bonnen(namen), 0.5)


def test_every_receipt_of_a_generated_dossier_has_the_bytes_that_were_laid_down():
    check(list_gemaakt(), 1)


def main() -> None:
    """Lay the receipts down anew."""
    alle = dict(sorted({**dict(list_bonnen(SCENARIOS)), **dict(list_gemaakt())}.items()))
    BESTAND.write_text(json.dumps(alle, indent=0) + "\n", encoding="utf-8")
    print(f"{len(alle)} bonnen")  # noqa: T201 - run by hand


if __name__ == "__main__":
    main()
