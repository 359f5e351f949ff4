"""Lines of `inkoop start`: a sentence, or an object with the same fields each time."""

import json

from inkoop.cli.logregel import make_schrijver
from inkoop.settings import Logvorm


def test_a_line_is_a_sentence_for_a_person(capsys):
    make_schrijver(Logvorm.TEKST)("gestart", "Gestart: selecteren M-2020-2", flow="selecteren")
    assert capsys.readouterr().out == "Gestart: selecteren M-2020-2\n"


def test_a_line_is_one_object_for_a_log_store_however_many_lines_the_sentence_has(capsys):
    make_schrijver(Logvorm.JSON)("fout", "De schijf is vol.\n  - maak ruimte", niveau="fout", over="M-2020-2")
    (regel,) = capsys.readouterr().out.splitlines()
    velden = json.loads(regel)
    assert list(velden) == ["tijd", "niveau", "gebeurtenis", "tekst", "over"]
    assert velden["tijd"].endswith("Z")
    assert (velden["niveau"], velden["gebeurtenis"]) == ("fout", "fout")
