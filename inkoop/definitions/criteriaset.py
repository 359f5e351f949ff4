"""Load one edition of a criteria set from its file.

The folder is the name of the set, the file name the edition, and the sha256 of the bytes its hash: none of
the three stands in the file, so none can disagree with it.

Bron: ontwerp 3 and 4 (`criteria/<set>/<editie>.yaml`, one immutable file per edition).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from inkoop.definitions.criteriacontrole import check_criteriaset
from inkoop.definitions.fout import DefinitieError, Fout
from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.spiegel import Bestandsvorm, build_model, convert, fill
from inkoop.definitions.suggestie import suggest
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.criteria.criterium import Criteriaset, Toepassingsbereik
from inkoop.domain.procedure import Wet


@cache
def criteriaset_model() -> type[Definitiemodel]:
    """The strict model of a file with an edition."""
    bereik: Any = build_model(Toepassingsbereik, Bestandsvorm())
    alleen = Annotated[
        Annotated[Literal["alles"], Tag("soort=alles")] | Annotated[bereik, Tag("soort=deel")],
        Discriminator(_read_alleensoort),
    ]
    vorm = Bestandsvorm(
        zonder={Criteriaset: frozenset({"set", "editie", "hash"})},
        vormen={Toepassingsbereik: alleen},
    )
    return build_model(Criteriaset, vorm)


def _read_alleensoort(waarde: Any) -> str:
    """`alles` is an explicit word, because an empty mapping could be a slip of the pen."""
    return "soort=alles" if isinstance(waarde, str) else "soort=deel"


def load_criteriaset(pad: Path) -> Criteriaset:
    """Read and check an edition. Raises DefinitieError with every fault, by place."""
    bron = read_yaml(pad)
    waarden = fill(bron, criteriaset_model())
    fouten = []
    for i, criterium in enumerate(waarden["criteria"]):
        if criterium["alleen"] == "alles":
            criterium["alleen"] = {}
        elif not any(criterium["alleen"].values()):
            tekst = "Schrijf 'alles', of noem percelen, producten, kenmerken, rechtsvormen, groottes of rollen."
            fouten.append(bron.fout(("criteria", i, "alleen"), tekst))
    naam = {"set": pad.resolve().parent.name, "editie": pad.stem, "hash": bron.hash}
    editie = convert({**waarden, **naam}, Criteriaset)
    fouten += [bron.fout(loc, tekst) for loc, tekst in check_criteriaset(editie)]
    if editie.wet not in [wet.value for wet in Wet]:
        fouten.append(bron.fout(("wet",), f"De wet '{editie.wet}' is niet bekend.{suggest(editie.wet, Wet)}"))
    bron.raise_fouten(fouten)
    return editie


def list_edities(map_: Path, naam: str) -> tuple[str, ...]:
    """The editions of a set, in order of name."""
    return tuple(sorted(pad.stem for pad in (map_ / naam).glob("*.yaml")))


def find_editie(map_: Path, naam: str, editie: str) -> Path:
    """The file of an edition under the criteria folder. Raises DefinitieError with what there is instead."""
    pad = map_ / naam / f"{editie}.yaml"
    if pad.parent.parent == map_ and pad.is_file():
        return pad
    sets = sorted(kind.name for kind in map_.iterdir() if kind.is_dir()) if map_.is_dir() else []
    if naam not in sets:
        raise DefinitieError([Fout(str(map_), 1, 1, f"Er is geen criteriaset '{naam}'.{suggest(naam, sets)}")])
    bekend = list_edities(map_, naam)
    tekst = f"De criteriaset '{naam}' heeft geen editie '{editie}'.{suggest(editie, bekend)}"
    raise DefinitieError([Fout(str(map_ / naam), 1, 1, tekst)])
