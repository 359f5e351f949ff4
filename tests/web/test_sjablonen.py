"""The templates and their styles hang together."""

from __future__ import annotations

import re

from tests.web.maak_nlds import WEB, list_gebruikt


def test_every_class_of_nl_design_system_in_a_template_stands_in_the_stylesheet():
    css = (WEB / "statisch" / "nlds.css").read_text("utf-8") + (WEB / "statisch" / "inkoop.css").read_text("utf-8")
    met_stijl = set(re.findall(r"\.((?:utrecht|nl)-[a-z0-9_-]+)", css))
    assert {k for k in list_gebruikt() if not k.endswith("-")} <= met_stijl


def test_every_class_of_our_own_in_a_template_stands_in_our_stylesheet():
    css = (WEB / "statisch" / "inkoop.css").read_text("utf-8")
    gebruikt = {
        klasse
        for pad in (WEB / "sjablonen").glob("*.html")
        for lijst in re.findall(r'class="([^"]*)"', pad.read_text("utf-8"))
        for klasse in re.findall(r"\bink-[a-z-]+(?![a-z-]*\{)", lijst)
    }
    met_stijl = set(re.findall(r"\.(ink-[a-z-]+)", css))
    assert {k for k in gebruikt if not k.endswith("-")} <= met_stijl


_VERBODEN = re.compile(
    r"<style|\sstyle=|<script(?! src=)|javascript:|\|\s*safe\b"
    r"|\son(?:click|load|error|change|submit|focus|input|key[a-z]*|mouse[a-z]*)="
)


def test_no_template_holds_a_style_or_a_script_of_its_own():
    for pad in (WEB / "sjablonen").glob("*.html"):
        assert not _VERBODEN.search(pad.read_text("utf-8")), pad.name


def test_every_field_in_a_template_has_a_label_or_is_hidden():
    for pad in (WEB / "sjablonen").glob("*.html"):
        tekst = pad.read_text("utf-8")
        for veld in re.findall(r"<(?:input|select|textarea)\b[^>]*?>", tekst):
            if 'type="hidden"' in veld:
                continue
            (naam,) = re.findall(r'\bid="([^"]*)"', veld) or [""]
            assert naam, (pad.name, veld)
            assert f'for="{naam}"' in tekst, (pad.name, veld)
