"""What a YAML parser sees, event by event: once exactly as YAML 1.2 says, and once fast.

The fast reader is libyaml, sixteen times as fast and of an older YAML. It is believed only where the two
cannot differ: a text with nothing unusual in it, about which neither it nor our own rules have anything
to say. Every other text is read by the exact one, so that faults and their places are always those.

Bron: project default; docs/metingen.md (reading definitions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import Event, StreamEndEvent

try:
    from _ruamel_yaml import CParser
except ImportError:  # another Python than CPython has no compiled reader
    CParser = None

_ONGEWOON = re.compile(
    r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"  # line ends, controls
    r"|^%"  # directives
    r"|^ +$"  # a line of spaces, which may say how far a block is indented
    r"|[>|][-+0-9]*[ ]*(?:#|\n *#)",  # a block that seems to begin with a comment
    re.MULTILINE,
)
"""Where versions of YAML differ, or the readers do (tests/definitions/test_gebeurtenissen)."""


class NietSnelTeLezenError(Exception):
    """The fast reader may not be believed about this text."""


def read_precies(tekst: str) -> Iterator[Event]:
    """The events as YAML 1.2 has them. Raises YAMLError at the place of a fault."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    yield from yaml.parse(tekst)


def read_snel(tekst: str) -> Iterator[Event]:
    """The same events (a plain scalar has style "" here), or NietSnelTeLezenError."""
    if CParser is None or _ONGEWOON.search(tekst):
        raise NietSnelTeLezenError
    try:
        parser = CParser(tekst)
        while not isinstance(event := parser.get_event(), StreamEndEvent):
            yield event
    except (YAMLError, ValueError, OverflowError):
        raise NietSnelTeLezenError from None
