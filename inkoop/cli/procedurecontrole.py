"""Does a procedure fit the criteria that its rounds name?

A procedure file can be right in itself (definitions/procedure) and still name an edition that does
not exist, or an edition that speaks of a perceel which the procedure does not have: such a criterion
would silently apply to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inkoop.cli.regelkast import Regelkast
from inkoop.definitions.criteriaset import find_editie, list_edities
from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.suggestie import find_naaste, suggest
from inkoop.definitions.verbodenwoorden import list_citaten
from inkoop.definitions.yamlbron import DefinitieError, Fout, Yamlbron, read_yaml
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.kwalificeren import list_ritmevragen
from inkoop.domain.mandaat import list_mandaatvragen
from inkoop.domain.procedure import Proceduredefinitie


def load_procedurebestand(pad: Path, kast: Regelkast) -> Proceduredefinitie:
    """Read a procedure file and its criteria. Raises DefinitieError with every fault of the procedure."""
    definitie = load_procedure(pad)
    fouten = list(_check_edities(read_yaml(pad), definitie, kast))
    if fouten:
        raise DefinitieError(fouten)
    return definitie


def list_opmerkingen(pad: Path, definitie: Proceduredefinitie) -> Iterator[Fout]:
    """What is no fault and asks for a look: mandates to explain (BP-22), another rhythm, quotations (BP-12)."""
    bron = read_yaml(pad)
    vragen = [(("mandaten", vraag.nummer, "namens"), vraag.tekst) for vraag in list_mandaatvragen(definitie)]
    ritme = [(("kwalificatietoets", "toetreding"), tekst) for tekst in list_ritmevragen(definitie)]
    for loc, tekst in (*vragen, *ritme, *list_citaten(bron)):
        fout = bron.fout(loc, tekst)
        yield Fout(fout.bestand, fout.regel, fout.kolom, fout.tekst, let_op=True)


def _check_edities(bron: Yamlbron, definitie: Proceduredefinitie, kast: Regelkast) -> Iterator[Fout]:
    """Every edition exists and speaks only of what the procedure has."""
    sets = kast.list_sets()
    if definitie.criteriaset not in sets:
        tekst = f"Er is geen criteriaset '{definitie.criteriaset}'.{suggest(definitie.criteriaset, sets)}"
        if find_naaste(definitie.criteriaset, sets) is None:
            tekst += f" Of schrijf haar eerst, in criteria/{definitie.criteriaset}/."
        yield bron.fout(("criteriaset",), tekst)
        return
    edities = list_edities(kast.omgeving.criteria, definitie.criteriaset)
    gebruikt: set[str] = set()
    for i, ronde in enumerate(definitie.instroom.rondes):
        if ronde.criteria_editie not in edities:
            tekst = f"Er is geen editie '{ronde.criteria_editie}'.{suggest(ronde.criteria_editie, edities)}"
            yield bron.fout(("instroom", "rondes", i, "criteria_editie"), tekst)
        elif ronde.criteria_editie not in gebruikt:
            gebruikt.add(ronde.criteria_editie)
            pad = find_editie(kast.omgeving.criteria, definitie.criteriaset, ronde.criteria_editie)
            editie = kast.find_editie(str(pad))
            if editie.wet != definitie.wet:
                tekst = (
                    f"De procedure valt onder '{definitie.wet}', maar editie {editie.editie} van de criteria is "
                    f"geschreven voor '{editie.wet}'."
                )
                yield bron.fout(("wet",), tekst)
            for tekst in _list_onbekend(editie, definitie):
                yield bron.fout(("instroom", "rondes", i, "criteria_editie"), tekst)


def _list_onbekend(editie: Criteriaset, definitie: Proceduredefinitie) -> Iterator[str]:
    """Every perceel, product or feature that a criterion names and the procedure does not have."""
    producten = [product for perceel in definitie.percelen for product in perceel.producten]
    bekend = {
        "perceel": {perceel.code for perceel in definitie.percelen},
        "product": {product.code for product in producten},
        "kenmerk": {kenmerk for product in producten for kenmerk in product.kenmerken},
    }
    for criterium in editie.criteria:
        genoemd = {
            "perceel": criterium.alleen.percelen,
            "product": criterium.alleen.producten,
            "kenmerk": criterium.alleen.kenmerken,
        }
        for wat, namen in genoemd.items():
            for naam in namen:
                if naam not in bekend[wat]:
                    yield (
                        f"Criterium {criterium.id} van editie {editie.editie} geldt alleen voor {wat} '{naam}', "
                        f"en dat heeft deze procedure niet.{suggest(naam, sorted(bekend[wat]))}"
                    )
