"""A verdict without sentences: what a sentence may look at, and what the receipt without them holds."""

import msgspec
import pytest

from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.criterium import Moment
from inkoop.domain.criteria.dossier import Documentfeit
from inkoop.domain.criteria.feiten import Feiten
from inkoop.domain.criteria.invoer import ToetsinvoerError
from inkoop.domain.criteria.soorten import document
from inkoop.domain.criteria.toets import assess, weigh
from inkoop.domain.criteria.toetsdossier import prepare_dossier
from inkoop.domain.criteria.uitslag import encode_kern
from inkoop.domain.criteria.zicht import Dagen, TeLaatGelezenError, Zicht
from tests.domain.criteria import bouwstenen as b

EERST = {"herstelverloop": Herstelverloop.OPEN, "feitenbasis": Feitenbasis.VASTGESTELD, "moment": Moment.TOELATING}


@pytest.fixture
def geval():
    criterium = b.make_criterium(b.documenttoets())
    return b.make_editie(criterium), b.make_dossier(b.document())


def test_no_sentence_is_written_until_it_is_read(geval, monkeypatch):
    editie, dossier = geval
    geschreven = []
    echt = document._write_goed
    monkeypatch.setattr(document, "_write_goed", lambda *args: geschreven.append(args) or echt(*args))
    uitslag = weigh(editie, dossier, b.PEILDATUMS, **EERST)
    encode_kern(uitslag)
    assert not geschreven
    eerste, tweede = uitslag.write(), uitslag.write()
    assert len(geschreven) == 1
    assert eerste == tweede == assess(editie, dossier, b.PEILDATUMS, **EERST)


@pytest.mark.parametrize(
    "read", [lambda z: z.eenheid, lambda z: z.find(Documentfeit, "plan"), lambda z: z.weigh(("x",))]
)
def test_a_sentence_cannot_look_at_what_its_verdict_did_not_look_at(read, geval):
    editie, dossier = geval
    (gewogen,) = weigh(editie, dossier, b.PEILDATUMS, **EERST).gewogen
    oordelen = {("x",): ()}
    zicht = Zicht(gewogen.criterium, gewogen.eenheid, gewogen.partij, oordelen, b.PEILDATUMS, Dagen(b.PEILDATUMS), {})
    zicht.look_at(Feiten(dossier.feiten))
    zicht.close()
    with pytest.raises(TeLaatGelezenError, match=gewogen.criterium.id):
        read(zicht)


def test_a_dossier_made_ready_is_refused_with_the_same_reasons(geval):
    editie, dossier = geval
    kapot = msgspec.structs.replace(dossier, percelen=())
    with pytest.raises(ToetsinvoerError) as los:
        assess(editie, kapot, {}, **EERST)
    with pytest.raises(ToetsinvoerError) as gereed:
        assess(editie, prepare_dossier(kapot), {}, **EERST)
    assert str(gereed.value) == str(los.value)
    assert "peildatum" in str(los.value)
    assert "perceel" in str(los.value)
