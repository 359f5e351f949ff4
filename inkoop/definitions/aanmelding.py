"""Load an aanmeldingsbestand: an application as an applicant or an officer writes it down.

Bron: issue intake; ontwerp 9 (file formats in docs/handleiding).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.opgavevorm import AANMELDVORM, check_opgave, complete_opgave
from inkoop.definitions.spiegel import build_model, convert, fill
from inkoop.definitions.yamlbron import Yamlbron, read_yaml
from inkoop.domain.aanmelding import Aanmeldingsopgave


@cache
def aanmelding_model() -> type[Definitiemodel]:
    """The strict model of an aanmeldingsbestand."""
    return build_model(Aanmeldingsopgave, AANMELDVORM)


def load_aanmelding(pad: Path) -> Aanmeldingsopgave:
    """Read and check an aanmeldingsbestand. Raises DefinitieError with every fault, by place.

    `ontvangen_op` is None and every fact is `opgegeven`, received on no day yet (NOG_NIET_ONTVANGEN):
    who receives the application fills that in with `receive_opgave`.
    """
    return build_aanmelding(read_yaml(pad))


def build_aanmelding(bron: Yamlbron) -> Aanmeldingsopgave:
    """The same from values that were read already, from a file or a table. Raises DefinitieError."""
    opgave = convert(complete_opgave(fill(bron, aanmelding_model())), Aanmeldingsopgave)
    bron.raise_fouten(bron.fout(loc, tekst) for loc, tekst in check_opgave(opgave))
    return opgave
