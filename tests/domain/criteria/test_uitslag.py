"""An outcome of which nothing is written yet: what a sentence may look at, and when it is written."""

import msgspec
import pytest

from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.criterium import Moment
from inkoop.domain.criteria.dossier import Documentfeit
from inkoop.domain.criteria.feiten import Feiten
from inkoop.domain.criteria.gangbaar import document
from inkoop.domain.criteria.invoer import ToetsinvoerError
from inkoop.domain.criteria.toets import assess, weigh, weigh_criteria
from inkoop.domain.criteria.toetsdossier import prepare_dossier
from inkoop.domain.criteria.uitkomst import Uitkomst
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
    echt = document.write_aanwezig
    monkeypatch.setattr(document, "write_aanwezig", lambda *wat, **hoe: geschreven.append(wat) or echt(*wat, **hoe))
    uitslag = weigh(editie, dossier, b.PEILDATUMS, **EERST)
    assert [conclusie.uitkomst for _, _, conclusie in uitslag] == [Uitkomst.VOLDOET]
    assert [eenheid.uitkomst for eenheid in uitslag.eenheden] == [Uitkomst.VOLDOET]
    assert not geschreven
    eerste = uitslag.write()
    assert len(geschreven) == 1
    assert eerste == uitslag.write() == assess(editie, dossier, b.PEILDATUMS, **EERST)


@pytest.mark.parametrize(
    "read", [lambda z: z.eenheid, lambda z: z.find(Documentfeit, "plan"), lambda z: z.weigh(("x",))]
)
def test_a_sentence_cannot_look_at_what_its_verdict_did_not_look_at(read, geval):
    editie, dossier = geval
    (gewogen,) = weigh_criteria(editie, dossier, b.PEILDATUMS, **EERST)
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
