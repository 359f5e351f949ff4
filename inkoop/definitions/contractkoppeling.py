"""Load a mapping for running contracts: which column of somebody's own list is what.

    blad: Lopend
    kopregel: 2
    contract:
      contractnummer: {kolom: "Contractnr."}
      percelen: {kolom: "Perceel", waarden: {"Perceel 1A": "1A"}}
      rechtsvorm: stichting

Bron: docs/handleiding/contract.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from inkoop.definitions.fout import Fout
from inkoop.definitions.koppeling import Kolomwaarde, read_deel
from inkoop.definitions.suggestie import suggest
from inkoop.definitions.yamlbron import Yamlbron, read_yaml

_SLEUTELS = ("blad", "kopregel", "contract")


class Contractkoppeling(msgspec.Struct, frozen=True, kw_only=True):
    """A mapping: per key of a contract its column, or a value that is the same for all."""

    contract: Mapping[str, Kolomwaarde | str]
    blad: str | None = None
    kopregel: int = 1

    def list_kolommen(self) -> list[Kolomwaarde]:
        """Every column that is asked for."""
        return [een for een in self.contract.values() if isinstance(een, Kolomwaarde)]


def load_contractkoppeling(pad: Path, sleutels: Sequence[str]) -> Contractkoppeling:
    """Read and check a mapping; `sleutels` are the keys of a contract. Raises DefinitieError with every fault."""
    bron = read_yaml(pad)
    waarde = bron.waarde
    if not isinstance(waarde, dict) or not isinstance(waarde.get("contract"), dict):
        bron.raise_fouten([bron.fout((), "Hier hoort de sleutel 'contract', met per gegeven een kolom.")])
    fouten = [*_check_sleutels(bron, waarde, sleutels)]
    contract: dict[str, Kolomwaarde | str] = {}
    for sleutel, deel in waarde["contract"].items():
        gelezen: Any = read_deel(bron, ("contract", sleutel), deel, fouten)
        if isinstance(gelezen, dict | list):
            fouten.append(bron.fout(("contract", sleutel), 'Noem hier een kolom ({kolom: "..."}) of een vaste waarde.'))
        else:
            contract[sleutel] = gelezen if isinstance(gelezen, Kolomwaarde) else str(gelezen)
    kopregel = waarde.get("kopregel", 1)
    if not isinstance(kopregel, int) or kopregel < 1:
        fouten.append(bron.fout(("kopregel",), "Hier hoort het nummer van de regel met de koppen, vanaf 1."))
    bron.raise_fouten(fouten)
    return Contractkoppeling(
        contract=contract, blad=None if "blad" not in waarde else str(waarde["blad"]), kopregel=kopregel
    )


def _check_sleutels(bron: Yamlbron, waarde: Mapping[str, Any], sleutels: Sequence[str]) -> Iterator[Fout]:
    for sleutel in waarde:
        if sleutel not in _SLEUTELS:
            tekst = f"De sleutel '{sleutel}' is hier onbekend.{suggest(sleutel, _SLEUTELS)}"
            yield bron.fout((sleutel,), tekst, sleutel=True)
    for sleutel in waarde["contract"]:
        if sleutel not in sleutels:
            tekst = f"Een contract heeft geen '{sleutel}'.{suggest(str(sleutel), sleutels)}"
            yield bron.fout(("contract", sleutel), tekst, sleutel=True)
