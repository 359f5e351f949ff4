"""Electronic signatures: who, when, unchanged since; and what a hostile file is refused for."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from inkoop.exchange import padescontrole
from inkoop.exchange.padescontrole import Vertrouwensfout, check_pades, load_vertrouwd
from inkoop.exchange.proefondertekening import make_proefsleutel, sign_proef
from tests.exchange import getekendepdf as pdf


def _codes(inhoud: bytes, vertrouwd: tuple[bytes, ...] | None = None, nu: datetime = pdf.NU) -> set[str]:
    return {een.code for een in check_pades(inhoud, vertrouwd, nu).beletselen}


def test_a_good_signature_says_who_signed_and_when():
    verslag = check_pades(pdf.getekend(), (pdf.sleutel().uitgever,), pdf.NU)
    assert verslag.beletselen == ()
    (zegel,) = verslag.zegels
    assert (zegel.houder, zegel.moment, zegel.vertrouwd, zegel.tijdstempel) == (pdf.WIE, pdf.GETEKEND, True, False)
    assert zegel.proef is False


def test_a_second_signature_leaves_the_first_one_whole():
    verslag = check_pades(pdf.twee_keer(), None, pdf.NU)
    assert verslag.beletselen == ()
    assert [zegel.houder for zegel in verslag.zegels] == [pdf.WIE, "W. Verbeek"]


def test_without_a_list_of_trusted_certificates_trust_is_not_said():
    assert check_pades(pdf.getekend(), None, pdf.NU).zegels[0].vertrouwd is None


def test_a_certificate_of_another_issuer_than_those_on_the_list_is_refused():
    ander = make_proefsleutel("Iemand", pdf.GETEKEND, organisatie="Andere uitgever")
    assert _codes(pdf.getekend(), (ander.uitgever,)) == {"niet-vertrouwd"}


def test_an_exercise_signature_is_known_as_one():
    inhoud = sign_proef(pdf.aangeboden(), pdf.WIE, pdf.GETEKEND, "Handtekening1")
    verslag = check_pades(inhoud, (pdf.sleutel().uitgever,), pdf.NU)
    assert verslag.zegels[0].proef is True
    assert verslag.beletselen == ()


@pytest.mark.parametrize(
    ("maak", "codes"),
    [
        (pdf.aangeboden, {"geen-handtekening"}),
        (lambda: pdf.change_bytes(pdf.getekend()), {"handtekening-gebroken"}),
        (lambda: pdf.add_revisie(pdf.getekend(), pdf.replace_tekst), {"gewijzigd-na-tekenen"}),
        (lambda: pdf.add_revisie(pdf.getekend(), pdf.add_notitie), {"gewijzigd-na-tekenen"}),
        (lambda: pdf.add_revisie(pdf.getekend(), pdf.rename_veld), {"gewijzigd-na-tekenen"}),
        (lambda: pdf.encrypt(pdf.aangeboden()), {"pdf-versleuteld"}),
        (lambda: b"GIF89a" + pdf.getekend(), {"geen-pdf"}),
        (lambda: pdf.getekend()[: len(pdf.aangeboden()) + 400], {"pdf-beschadigd", "pdf-vreemd", "geen-handtekening"}),
    ],
    ids=["unsigned", "changed in place", "text replaced", "note added", "field renamed", "encrypted", "glued", "cut"],
)
def test_a_file_that_was_touched_is_refused_with_the_reason(maak, codes):
    gevonden = _codes(maak())
    assert gevonden
    assert gevonden <= codes


def test_a_signature_over_a_part_of_the_file_is_refused():
    assert _codes(pdf.shrink_bereik(pdf.getekend())) & {"dekt-deel", "handtekening-gebroken", "pdf-vreemd"}


def test_a_signature_that_the_form_does_not_show_is_refused():
    assert _codes(pdf.add_revisie(pdf.getekend(), pdf.hide_veld)) & {"handtekening-verborgen", "geen-handtekening"}


def test_text_after_the_last_signature_is_refused():
    """Bytes after the signed file, with a revision of their own."""
    assert "gewijzigd-na-tekenen" in _codes(pdf.add_revisie(pdf.twee_keer(), pdf.replace_tekst))


def test_a_huge_file_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(padescontrole, "MAX_GROOTTE", len(pdf.getekend()) - 1)
    assert _codes(pdf.getekend()) == {"pdf-te-groot"}


def test_a_file_with_too_many_versions_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(padescontrole, "MAX_REVISIES", 2)
    assert _codes(pdf.twee_keer()) == {"pdf-te-veel"}


def test_a_signature_from_the_future_is_refused():
    assert _codes(pdf.getekend(), nu=datetime(2020, 5, 25, 9, 59, 59, tzinfo=UTC)) == {"moment-toekomst"}
    assert _codes(pdf.getekend(), nu=pdf.GETEKEND) == set()


def test_a_certificate_that_had_ended_on_the_day_of_signing_is_refused():
    oud = make_proefsleutel(pdf.WIE, datetime(2005, 1, 1, tzinfo=UTC), organisatie="Voorbeelddienst B.V.")
    inhoud = sign_proef(pdf.aangeboden(), pdf.WIE, pdf.GETEKEND, "Handtekening1", oud)
    assert "certificaat-verlopen" in _codes(inhoud)


@pytest.mark.parametrize("inhoud", [b"", b"%PDF-", b"%PDF-1.7\n" + b"<<" * 5000, b"\x00" * 50])
def test_rubbish_is_refused_and_never_raises(inhoud: bytes):
    assert check_pades(inhoud, None, pdf.NU).beletselen


def test_trusted_certificates_are_read_from_a_folder(tmp_path):
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    uitgever = pdf.sleutel().uitgever
    (tmp_path / "een.der").write_bytes(uitgever)
    (tmp_path / "een.pem").write_bytes(x509.load_der_x509_certificate(uitgever).public_bytes(Encoding.PEM))
    (tmp_path / "lees mij.txt").write_text("niets")
    assert load_vertrouwd(tmp_path) == (uitgever, uitgever)
    assert load_vertrouwd(None) is None


def test_a_folder_with_a_file_that_is_no_certificate_is_refused_by_name(tmp_path):
    (tmp_path / "kapot.pem").write_text("-----BEGIN niets")
    with pytest.raises(Vertrouwensfout, match=r"kapot\.pem"):
        load_vertrouwd(tmp_path)


def test_an_empty_folder_of_trusted_certificates_is_refused(tmp_path):
    with pytest.raises(Vertrouwensfout, match="geen enkel certificaat"):
        load_vertrouwd(tmp_path)


def test_the_command_line_starts_without_the_library_for_signatures():
    zwaar = "('pyhanko', 'aiohttp', 'asn1crypto')"
    vraag = f"import sys, inkoop.cli.ondertekening; print([n for n in {zwaar} if n in sys.modules])"
    uit = subprocess.run([sys.executable, "-c", vraag], capture_output=True, text=True, check=True)
    assert uit.stdout.strip() == "[]"
