"""Load an aanvullingsbestand: evidence that comes after submission, for repair or to meet a condition.

Bron: B.2.7, C.13; F.0 `certificaat_verloopt_tussen_sluiting_en_ingang`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec

from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.opgavevorm import OPGAVEVORM, check_stukken, complete_stukken
from inkoop.definitions.spiegel import build_model, convert, fill
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.aanmelding import Aanvulling
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.dossierbouw import receive_aanvulling


@cache
def aanvulling_model() -> type[Definitiemodel]:
    """The strict model of an aanvullingsbestand."""
    zonder = {**OPGAVEVORM.zonder, Aanvulling: frozenset({"ontvangen_op"})}
    return build_model(Aanvulling, msgspec.structs.replace(OPGAVEVORM, zonder=zonder))


def load_aanvulling(pad: Path, leden: Collection[str], ontvangen_op: datetime) -> Aanvulling:
    """Read and check an aanvullingsbestand of an aanmelding with these `leden` (short names).

    The instant of receipt stands in no file: who receives it gives it. Raises DefinitieError with every
    fault, by place.
    """
    bron = read_yaml(pad)
    waarden = fill(bron, aanvulling_model())
    aanleiding = Aanleiding(waarden["aanleiding"])
    stukken = complete_stukken(waarden["bewijsstukken"], aanleiding)
    aanvulling = convert({**waarden, "bewijsstukken": stukken, "ontvangen_op": ontvangen_op.isoformat()}, Aanvulling)
    fouten = [bron.fout(loc, tekst) for loc, tekst in check_stukken(aanvulling.bewijsstukken, list(leden))]
    bron.raise_fouten(fouten)
    return receive_aanvulling(aanleiding, ontvangen_op, aanvulling.bewijsstukken, aanvulling.toelichting)
