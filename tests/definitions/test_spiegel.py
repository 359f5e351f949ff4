import msgspec
import pytest

from inkoop.definitions.spiegel import Bestandsvorm, build_model, convert, fill
from inkoop.definitions.yamlbron import DefinitieError, read_yaml


class Kast(msgspec.Struct, frozen=True, kw_only=True):
    register: str
    copy: bool
    hoogte: int | None


def read(tmp_path, tekst, vorm=None):
    pad = tmp_path / "kast.yaml"
    pad.write_text(tekst)
    return convert(fill(read_yaml(pad), build_model(Kast, vorm or Bestandsvorm())), Kast)


def test_fields_named_like_attributes_of_the_model_stay_mandatory(tmp_path):
    assert read(tmp_path, "register: KvK\ncopy: ja\n") == Kast(register="KvK", copy=True, hoogte=None)
    with pytest.raises(DefinitieError) as gevangen:
        read(tmp_path, "hoogte: 3\n")
    assert [fout.tekst for fout in gevangen.value.fouten] == [
        "De verplichte sleutel 'copy' ontbreekt.",
        "De verplichte sleutel 'register' ontbreekt.",
    ]


def test_a_form_can_leave_out_and_rename_keys(tmp_path):
    vorm = Bestandsvorm(zonder={Kast: frozenset({"hoogte"})}, namen={Kast: {"copy": "dubbel"}})
    with pytest.raises(DefinitieError) as gevangen:
        read(tmp_path, "register: KvK\ndubbel: nee\ncopy: nee\nhoogte: 1\n", vorm)
    assert [fout.regel for fout in gevangen.value.fouten] == [3, 4]
