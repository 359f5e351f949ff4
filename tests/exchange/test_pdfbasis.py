"""A signed PDF held against the one that was offered: what came before the signature counts as well."""

from __future__ import annotations

import pytest

from inkoop.exchange.padescontrole import check_pades
from inkoop.exchange.pdfbasis import compare_basis
from inkoop.exchange.proefondertekening import sign_proef
from tests.exchange import getekendepdf as pdf


def _sign(inhoud: bytes) -> bytes:
    return sign_proef(inhoud, pdf.WIE, pdf.GETEKEND, "Handtekening1", pdf.sleutel())


@pytest.mark.parametrize("maak", [pdf.getekend, pdf.twee_keer])
def test_the_offered_file_with_only_signatures_added_is_the_offered_file(maak):
    verslag = compare_basis(maak(), pdf.aangeboden())
    assert verslag.letterlijk is True
    assert (verslag.beletselen, verslag.twijfel) == ((), ())


@pytest.mark.parametrize(
    ("wijzig", "code"),
    [
        (pdf.replace_tekst, "inhoud-gewijzigd"),
        (pdf.add_notitie, "aantekening"),
        (pdf.add_invulveld, "formulierveld"),
    ],
)
def test_what_was_changed_before_signing_is_found_though_the_signature_is_good(wijzig, code):
    """A shadow attack: the signature itself is whole, the text is not what was offered."""
    inhoud = _sign(pdf.add_revisie(pdf.aangeboden(), wijzig))
    assert check_pades(inhoud, None, pdf.NU).beletselen == ()
    assert code in {een.code for een in compare_basis(inhoud, pdf.aangeboden()).beletselen}


def test_a_file_that_was_saved_anew_before_signing_asks_for_a_second_pair_of_eyes():
    verslag = compare_basis(_sign(pdf.rewrite(pdf.aangeboden())), pdf.aangeboden())
    assert verslag.letterlijk is False
    assert verslag.beletselen == ()
    assert "opnieuw opgeslagen" in verslag.twijfel[0]


def test_a_file_with_a_page_more_is_refused():
    import io

    import pikepdf

    uit = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf.aangeboden())) as oud:
        oud.pages.append(oud.pages[0])
        oud.save(uit)
    codes = {een.code for een in compare_basis(_sign(uit.getvalue()), pdf.aangeboden()).beletselen}
    assert codes == {"bladzijden"}


def test_a_visible_signature_over_text_asks_for_eyes_and_one_beside_it_does_not():
    assert compare_basis(_visible((50, 740, 250, 800)), pdf.aangeboden()).twijfel
    assert compare_basis(_visible((50, 100, 250, 160)), pdf.aangeboden()).twijfel == ()


def _visible(rand: tuple[int, int, int, int]) -> bytes:
    """The signature with a picture of itself on the first page."""
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    def _add(schrijver) -> None:
        append_signature_field(schrijver, SigFieldSpec("Handtekening1", on_page=0, box=rand))

    return _sign(pdf.add_revisie(pdf.aangeboden(), _add))


def test_a_script_is_refused():
    from pyhanko.pdf_utils import generic

    def _script(schrijver) -> None:
        actie = generic.DictionaryObject({generic.pdf_name("/S"): generic.pdf_name("/JavaScript")})
        schrijver.root["/OpenAction"] = actie
        schrijver.update_root()

    codes = {een.code for een in compare_basis(pdf.add_revisie(pdf.aangeboden(), _script), pdf.aangeboden()).beletselen}
    assert "pdf-actief" in codes


def test_what_cannot_be_opened_is_refused():
    assert {een.code for een in compare_basis(b"%PDF-1.7 kapot", pdf.aangeboden()).beletselen} == {"pdf-vreemd"}
