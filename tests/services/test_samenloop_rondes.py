"""Who takes part for a perceel in one round is seen when he comes back for it, with others, in the next."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from inkoop.cli.demo.personen import INKOPER
from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.services import aanmeldingen, indienen, inleesgevolg, rondes, samenlopen
from tests.services.kleineronde import make_opgave
from tests.services.proefspel import Proef
from tests.services.test_hergebruik import ANDER, EIGEN, NIEUW, act_as, open_ronde, play


def make_combinatie() -> tuple[Aanmeldingsopgave, dict[str, bytes]]:
    """The other one as penvoerder, with as a member who applied alone in the round before."""
    opgave, bestanden = make_opgave(ANDER)
    eigen, _ = make_opgave(EIGEN)
    leden = (
        msgspec.structs.replace(opgave.leden[0], rol=Lidrol.PENVOERDER),
        msgspec.structs.replace(eigen.leden[0], id="lid", rol=Lidrol.LID),
    )
    return msgspec.structs.replace(opgave, naam="Combinatie", leden=leden), bestanden


@pytest.fixture(scope="module")
def spel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Proef, str, str, str]]:
    """Somebody stands alone in K-1; in K-2 he is in a combination, and applies alone once more."""
    proef, eerder = play(tmp_path_factory.mktemp("rondes"))
    opgave, bestanden = make_combinatie()
    samen = indienen.submit_aanmelding(
        proef.huis, act_as(proef, ANDER), ronde=NIEUW, opgave=opgave, bestanden=bestanden
    )
    opnieuw, stukken = make_opgave(EIGEN, percelen=("1B",))
    alleen = indienen.submit_aanmelding(
        proef.huis, act_as(proef, EIGEN), ronde=NIEUW, opgave=opnieuw, bestanden=stukken
    )
    open_ronde(proef, NIEUW, "2020-10-02T09:00:00")
    yield proef, eerder, samen, alleen
    proef.huis.winkel.close()


def test_who_stands_in_an_earlier_round_is_seen_in_the_next_with_other_parties(spel: tuple[Proef, str, str, str]):
    proef, eerder, samen, _ = spel
    with proef.huis.winkel.lezen() as sessie:
        ronde = rondes.find_ronde(sessie, NIEUW)
        (stand,) = samenlopen.list_samenlopen(sessie, ronde)
        dubbel = inleesgevolg.warn_samenloop(sessie, NIEUW, [(2, "R-2", make_combinatie()[0])])
    assert (stand.samenloop.kvk, stand.samenloop.perceel) == (EIGEN, "1A")
    assert (stand.samenloop.aanmeldingen, stand.elders) == ((eerder, samen), (eerder,))
    assert eerder in dubbel[2][0]


def test_what_stands_in_the_earlier_round_goes_first(spel: tuple[Proef, str, str, str]):
    proef, eerder, samen, _ = spel

    def decide(*geldt: str) -> tuple[str, ...]:
        door = proef.act_as(INKOPER)
        return samenlopen.decide(proef.huis, door, NIEUW, kvk=EIGEN, perceel="1A", geldt=geldt, reden="Deed al mee.")

    with proef.refuses("geldt-te-veel"):
        decide(samen)
    assert decide() == (samen,)
    with proef.huis.winkel.lezen() as sessie:
        weg = samenlopen.list_uitgesloten(sessie, aanmeldingen.find_aanmelding(sessie, samen))
        blijft = samenlopen.list_uitgesloten(sessie, aanmeldingen.find_aanmelding(sessie, eerder))
    assert eerder in weg["1A"]
    assert blijft == {}


def test_there_is_nothing_to_decide_any_more_once_the_earlier_one_is_withdrawn(spel: tuple[Proef, str, str, str]):
    proef, eerder, _, _ = spel
    aanmeldingen.withdraw_aanmelding(proef.huis, act_as(proef, EIGEN), eerder, "Wij gaan verder in de combinatie.")
    with proef.huis.winkel.lezen() as sessie:
        assert samenlopen.list_samenlopen(sessie, rondes.find_ronde(sessie, NIEUW)) == []
