import pytest

from inkoop.storage.bsn import passes_elfproef, suspects_bsn

# 111222333 and 123456782 are the examples that software makers use: both pass the elfproef, neither is given out.


@pytest.mark.parametrize("nummer", ["111222333", "123456782", "10000008"])
def test_a_number_that_passes_the_elfproef_may_be_a_bsn(nummer):
    assert passes_elfproef(nummer)


@pytest.mark.parametrize("nummer", ["111222334", "000000000", "12345678", "1234567820", "", "12345678a", "١٢٣٤٥٦٧٨٢"])
def test_a_number_that_does_not_pass_is_no_bsn(nummer):
    assert not passes_elfproef(nummer)


@pytest.mark.parametrize(
    "tekst",
    [
        "123456782",
        "cliënt 123456782 ontvangt zorg",
        "BSN: 1234.56.782",
        "bsn 123 456 782",
        "Burgerservicenummer van de bestuurder:\n123456782",
        "burger service nummer 123-456-782",
        "sofinummer 10000008",
        "(123456782)",
        "123456782.",
        "123456782, en verder",
    ],
)
def test_a_text_that_may_hold_a_bsn_is_suspected(tekst):
    assert suspects_bsn(tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "KvK 90000001",
        "123456789",
        "NL123456782B01",
        "rekening 1234567820",
        "€ 123456782,50",
        "123 456 782",
        "BSN wordt niet gevraagd",
        "BSN " + "." * 61 + " 123 456 782",
        "het kenmerk is A123456782",
    ],
)
def test_a_text_without_a_bsn_is_left_alone(tekst):
    assert not suspects_bsn(tekst)
