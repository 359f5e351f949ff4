"""Load a procedure definition from its file.

The file name is the name of the procedure and the sha256 of the bytes its hash: neither stands in the
file, so neither can disagree with it. Form is checked against the strict model of the domain value,
meaning by definitions/procedurecontrole; every fault is reported with its line and column.

Bron: ontwerp 3 and 5 (`procedures/<naam>.yaml`); F.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.fout import DefinitieError, Fout
from inkoop.definitions.invulplaats import list_invulplaatsen, replace_fouten
from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.procedurecontrole import check_procedure
from inkoop.definitions.procedurereeksen import check_reeksen, expand_procedure, trace_herkomst
from inkoop.definitions.spiegel import Bestandsvorm, Tekst, build_model, convert, fill
from inkoop.definitions.suggestie import suggest
from inkoop.definitions.verbodenwoorden import list_verboden
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.kalender import Feestdagen
from inkoop.domain.procedure import Proceduredefinitie, Rechtsbescherming, Rondedefinitie

_GEEN = "geen"

_ROOSTERJAREN = 3
"""How many years before its start a computed round can begin (project default)."""


def _read_geen(waarde: Any) -> Any:
    """`geen` is an explicit choice; leaving the key out could be a slip of the pen."""
    return None if waarde == _GEEN else waarde


@cache
def procedure_model() -> type[Definitiemodel]:
    """The strict model of a procedure file."""
    tekst_of_geen = Annotated[Tekst | None, BeforeValidator(_read_geen)]
    rechtsbescherming = build_model(Rechtsbescherming, Bestandsvorm(vormen={str | None: tekst_of_geen}))
    vorm = Bestandsvorm(
        zonder={Proceduredefinitie: frozenset({"naam", "hash"})},
        verplicht={Rondedefinitie: frozenset({"historisch"})},
        vormen={Rechtsbescherming: rechtsbescherming},
    )
    return build_model(Proceduredefinitie, vorm)


def load_procedure(pad: Path) -> Proceduredefinitie:
    """Read and check a procedure. Raises DefinitieError with every fault, by place."""
    bron = read_yaml(pad)
    # While the form has faults there are no values to look for words in; `fill` reports those with the rest.
    woorden = () if bron.fouten else list_verboden(bron)
    verboden = [bron.fout(loc, tekst, sleutel=sleutel) for loc, tekst, sleutel in woorden]
    open_ = [] if bron.fouten else list_invulplaatsen(bron)
    try:
        waarden = fill(bron, procedure_model())
    except DefinitieError as fouten:
        error = replace_fouten(open_, fouten)
        # A forbidden key is unknown too: the reason why it is forbidden takes the place of "not known".
        plaatsen = {(fout.regel, fout.kolom) for fout in verboden}
        overig = [fout for fout in error.fouten if (fout.regel, fout.kolom) not in plaatsen]
        raise DefinitieError([*overig, *verboden]) from None
    if open_:
        bron.raise_fouten([*verboden, *open_])
    geschreven = convert({**waarden, "naam": pad.stem, "hash": bron.hash}, Proceduredefinitie)
    meldingen = list(check_reeksen(geschreven))
    definitie = geschreven
    if not meldingen:
        definitie = expand_procedure(geschreven, _load_feestdagen(geschreven))
        meldingen = list(check_procedure(definitie, _load_feestdagen(definitie)))
    gevonden = (bron.fout(trace_herkomst(loc, geschreven), tekst) for loc, tekst in meldingen)
    bron.raise_fouten([*verboden, *gevonden])
    return definitie


def find_procedures(map_: Path) -> tuple[Path, ...]:
    """The procedure files in a folder, in order of name."""
    return tuple(sorted(map_.glob("*.yaml")))


def find_procedure(map_: Path, naam: str) -> Path:
    """The file of a procedure. Raises DefinitieError with what there is instead."""
    paden = {pad.stem: pad for pad in find_procedures(map_)}
    if naam in paden:
        return paden[naam]
    tekst = f"Er is geen procedure '{naam}'.{suggest(naam, paden)}"
    raise DefinitieError([Fout(str(map_), 1, 1, tekst)])


def _load_feestdagen(definitie: Proceduredefinitie) -> Feestdagen:
    """The holidays of every year in which a day of the rounds, or a term counted from one, can fall."""
    jaren = [jaar for ronde in definitie.instroom.rondes for jaar in _list_jaren(ronde)]
    if rooster := definitie.instroom.rooster:
        jaren += [max(rooster.eerste_ingang.year - _ROOSTERJAREN, 1), rooster.laatste_ingang.year + 1]
    if not jaren:
        return load_feestdagen(definitie.looptijd.ingang.year, definitie.looptijd.ingang.year)
    marge = 1 + max(definitie.termijnen.herstel_dagen, definitie.termijnen.vervaltermijn_dagen, 0) // 365
    return load_feestdagen(min(jaren), max(jaren) + marge)


def _list_jaren(ronde: Rondedefinitie) -> Iterator[int]:
    yield from (ronde.opening.year, ronde.sluiting.year, ronde.herstelverzoek.year, ronde.herstel_tot.year)
    yield from (ronde.besluit.year, ronde.vervaltermijn.year, ronde.tekenen.year, ronde.ingang.year)
    extra = (ronde.selectiebesluit, ronde.selectie_vervaltermijn, ronde.voorstel_tot, ronde.concept)
    yield from (dag.year for dag in extra if dag is not None)
