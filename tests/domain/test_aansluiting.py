import msgspec
import pytest

from inkoop.domain.criteria.aansluiting import check_aansluiting
from inkoop.domain.criteria.criterium import Groep, Toepassingsbereik
from tests.domain.test_lezing import CERTIFICAAT
from tests.domain.test_scenariospel import DOCUMENT, make_set
from tests.domain.voorbeeldopgave import PERCELEN
from tests.domain.voorbeeldprocedure import make_procedure

PROCEDURE = make_procedure(percelen=PERCELEN, criteriaset="proef")


def make_editie(**anders):
    editie = make_set(DOCUMENT)
    return msgspec.structs.replace(editie, criteria=(msgspec.structs.replace(editie.criteria[0], **anders),))


@pytest.mark.parametrize(
    ("alleen", "codes"),
    [
        (Toepassingsbereik(percelen=("1A",), producten=("IB-basis",), kenmerken=("verblijf",)), []),
        (Toepassingsbereik(percelen=("1Q",)), ["perceel-onbekend"]),
        (Toepassingsbereik(producten=("IB-bassis",)), ["product-onbekend"]),
        (Toepassingsbereik(kenmerken=("verblijven",)), ["kenmerk-onbekend"]),
    ],
)
def test_a_part_of_the_offer_that_the_procedure_lacks_is_named(alleen, codes):
    assert [beletsel.code for beletsel in check_aansluiting(make_editie(alleen=alleen), PROCEDURE)] == codes


def test_a_scope_for_an_unknown_perceel_is_named():
    toets = msgspec.structs.replace(CERTIFICAAT, scope_per_perceel={"1A": ("zorg",), "9Z": ("zorg",)})
    (beletsel,) = check_aansluiting(make_set(toets), PROCEDURE)
    assert "noemt perceel '9Z'" in beletsel.tekst


def test_another_set_another_law_and_selection_without_selectie_are_refused():
    editie = msgspec.structs.replace(make_editie(groep=Groep.SELECTIECRITERIUM), set="andere", wet="jeugdwet")
    codes = [beletsel.code for beletsel in check_aansluiting(editie, PROCEDURE)]
    assert codes == ["andere-criteriaset", "andere-wet", "selectie-niet-toegestaan"]
    assert PROCEDURE.selectie is False
