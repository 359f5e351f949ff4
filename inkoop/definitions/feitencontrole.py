"""Whether the facts in a file are asked for: a name that is written otherwise than in the criteria counts for nobody.

It is a warning and never a fault: who hands in more than was asked does nothing wrong.

Bron: conventies "Errors"; project default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from inkoop.definitions.fout import Fout
from inkoop.definitions.modelpad import Loc
from inkoop.definitions.suggestie import suggest
from inkoop.definitions.yamlbron import Yamlbron
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.criteria.dossier import EenFeit, Feit
from inkoop.domain.criteria.gevraagd import asks_for, find_naamveld, list_gevraagd

_SOORTEN: Final[Mapping[str, type[Feit]]] = {str(struct.__struct_config__.tag): struct for struct in get_args(EenFeit)}


def list_ongevraagd(bron: Yamlbron, editie: Criteriaset) -> Iterator[Fout]:
    """A warning for every fact in a checked file that no criterium of the edition looks at, at its name."""
    for loc, feit in _find_feiten(bron.waarde):
        soort = _SOORTEN[feit["soort"]]
        veld = find_naamveld(soort)
        naam = None if veld is None else str(feit[veld])
        if asks_for(editie, soort, naam):
            continue
        gevraagd = () if veld is None else list_gevraagd(editie, soort)
        wat = f"een feit van soort '{feit['soort']}'" if not gevraagd else f"{veld} '{naam}'"
        tekst = (
            f"Geen enkel criterium van editie {editie.editie} vraagt {wat}, dus dit telt niet mee."
            f"{suggest(naam, gevraagd) if naam is not None else ''}"
        )
        plaats = bron.fout((*loc, veld) if gevraagd and veld else (*loc, "soort"), tekst)
        yield Fout(plaats.bestand, plaats.regel, plaats.kolom, plaats.tekst, let_op=True)


def _find_feiten(waarde: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Mapping[str, Any]]]:
    """Every fact in a file with its place, wherever evidence stands in it."""
    if isinstance(waarde, Mapping):
        for sleutel, deel in waarde.items():
            if sleutel == "feiten":
                yield from (((*loc, sleutel, i), feit) for i, feit in enumerate(deel))
            else:
                yield from _find_feiten(deel, (*loc, sleutel))
    elif isinstance(waarde, list):
        for i, deel in enumerate(waarde):
            yield from _find_feiten(deel, (*loc, i))
