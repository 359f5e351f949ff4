"""Read a YAML file that people write, with the place of every value, and check it against a model.

The dialect is small on purpose (YAML 1.2, block or flow, no anchors, no tags, one document): what reads
differently in another program is refused. Form is checked here and in the model; what the file means is
checked by the module that loads it.

Bron: ontwerp 4; metingen, Criteria.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from inkoop.definitions.boom import Plaats, read_boom
from inkoop.definitions.fout import DefinitieError, Fout
from inkoop.definitions.foutvertaling import translate_errors
from inkoop.definitions.modelpad import Loc

__all__ = ["DefinitieError", "Fout", "Yamlbron", "read_yaml", "validate"]

MAXIMALE_GROOTTE = 1_000_000
"""Bytes; the largest definition is some 100 kB (project default)."""

Model = TypeVar("Model", bound=BaseModel)


class Yamlbron:
    """A file as read: its values, where each stands, the faults of its form, and its hash (sha256 of the bytes)."""

    def __init__(
        self,
        pad: Path,
        waarde: Any,
        waardeplaatsen: Mapping[Loc, Plaats],
        sleutelplaatsen: Mapping[Loc, Plaats],
        fouten: tuple[Fout, ...],
        hash_: str,
    ) -> None:
        self.pad = pad
        self.fouten = fouten
        self.hash = hash_
        self._waarde = waarde
        self._waardeplaatsen = waardeplaatsen
        self._sleutelplaatsen = sleutelplaatsen

    @property
    def waarde(self) -> Any:
        """The values (dict, list, str, int, Decimal); raises DefinitieError while the form has faults."""
        self.raise_fouten(())
        return self._waarde

    def plaats(self, loc: Loc, *, sleutel: bool = False) -> Plaats:
        """Line and column (from 1) of the value at `loc`, or of its key; of the nearest parent when it is not there."""
        tabel = self._sleutelplaatsen if sleutel else self._waardeplaatsen
        for lengte in range(len(loc), 0, -1):
            deel = loc[:lengte]
            if deel in tabel:
                return tabel[deel]
            if deel in self._waardeplaatsen:
                return self._waardeplaatsen[deel]
        return self._waardeplaatsen.get((), (1, 1))

    def fout(self, loc: Loc, tekst: str, *, sleutel: bool = False) -> Fout:
        """A fault at the value (or the key) at `loc`."""
        regel, kolom = self.plaats(loc, sleutel=sleutel)
        return Fout(str(self.pad), regel, kolom, tekst)

    def raise_fouten(self, fouten: Iterable[Fout]) -> None:
        """Raise DefinitieError with these faults and those of the form; nothing when there are none."""
        if alle := (*self.fouten, *fouten):
            raise DefinitieError(alle)

    def to_json(self) -> bytes:
        """The values as JSON, the form in which a strict model reads lists, dates and enums."""
        return json.dumps(self._waarde, default=_to_text, ensure_ascii=False).encode()


def _to_text(waarde: object) -> str:
    """A Decimal goes as text, so that no digit is lost."""
    if isinstance(waarde, Decimal):
        return str(waarde)
    raise TypeError(type(waarde).__name__)


def read_yaml(pad: Path) -> Yamlbron:
    """Read a file. Raises DefinitieError when it cannot be read at all.

    Faults that leave the rest readable (a duplicate key, `no`, 31 februari) stay in `.fouten`, so that
    `validate` reports them together with the faults against the model.
    """
    bestand = str(pad)
    try:
        inhoud = pad.read_bytes() if pad.stat().st_size <= MAXIMALE_GROOTTE else None
    except OSError:
        tekst = "Dit bestand bestaat niet of is niet te lezen."
        if pad.is_dir():
            tekst = "Dit is een map. Noem het bestand dat erin staat."
        raise DefinitieError([Fout(bestand, 1, 1, tekst)]) from None
    if inhoud is None:
        tekst = f"Dit bestand is te groot: meer dan {MAXIMALE_GROOTTE:,} bytes.".replace(",", ".")
        raise DefinitieError([Fout(bestand, 1, 1, tekst)])
    boom = read_boom(bestand, inhoud)
    hash_ = hashlib.sha256(inhoud).hexdigest()
    return Yamlbron(pad, boom.waarde, boom.waardeplaatsen, boom.sleutelplaatsen, tuple(boom.fouten), hash_)


def validate(bron: Yamlbron, model: type[Model]) -> Model:
    """Check the values against a strict pydantic model, and return it filled.

    Values are read as JSON: give fields plain types (`date`, `Decimal`, `tuple[X, ...]`, a StrEnum, another
    model), use `JaNee` of definitions/model for ja/nee and AwareDatetime for instants, and derive from
    `Definitiemodel`. Raises DefinitieError with every fault of form and model, sorted by place.
    """
    gevuld: Model | None = None
    gevonden: list[Fout] = []
    try:
        gevuld = model.model_validate_json(bron.to_json())
    except ValidationError as error:
        al_gemeld = {(fout.regel, fout.kolom) for fout in bron.fouten}
        vertaald = translate_errors(error, model, bron)
        gevonden = [fout for fout in vertaald if (fout.regel, fout.kolom) not in al_gemeld]
    bron.raise_fouten(gevonden)
    assert gevuld is not None  # every error is a fault, and every fault was raised
    return gevuld
