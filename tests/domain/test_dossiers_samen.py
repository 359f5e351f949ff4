"""Who has an agreement and changed it: one dossier of what came with each aanmelding, for what is held now."""

from __future__ import annotations

import msgspec

from inkoop.definitions.procedure import load_procedure
from inkoop.domain.criteria.dossier import Dossier, Herkomst
from inkoop.domain.criteria.invoer import check_dossier
from inkoop.domain.dossierbouw import build_dossier, join_dossiers, list_feiten
from inkoop.settings import CHECKOUT
from tests.services.proefspel import find_scenario

PROCEDURE = load_procedure(CHECKOUT / "procedures" / "meierij-2020.yaml")


def build(kenmerk: str, naam: str) -> Dossier:
    """The dossier of M1 under another kenmerk, in which the applicant has this short name."""
    opgave = find_scenario("M1").aanmelding
    assert opgave.ontvangen_op is not None
    dossier = build_dossier(
        opgave,
        PROCEDURE,
        aanmelding=kenmerk,
        ingediend_op=opgave.ontvangen_op,
        feiten=list_feiten(opgave.bewijsstukken, Herkomst.VASTGESTELD),
    )
    oud = dossier.leden[0].id
    return msgspec.structs.replace(
        dossier,
        leden=tuple(msgspec.structs.replace(lid, id=naam) for lid in dossier.leden),
        feiten=tuple(
            msgspec.structs.replace(feit, lid=naam if feit.lid == oud else feit.lid) for feit in dossier.feiten
        ),
    )


def test_all_evidence_is_of_one_legal_person_for_what_is_held_now():
    eerste, later = build("A001", "zelf"), build("A009", "anders")
    samen = join_dossiers(eerste, [later], {"1A": ("IB-basis",), "1C": ("KDV-basis",), "1B": ()}, PROCEDURE)
    assert [lid.id for lid in samen.leden] == ["zelf"]
    assert len(samen.feiten) == 2 * len(eerste.feiten)
    assert {feit.lid for feit in samen.feiten} <= {None, "zelf"}
    assert {p.code: tuple(product.code for product in p.producten) for p in samen.percelen} == {
        "1A": ("IB-basis",),
        "1C": ("KDV-basis",),
    }
    assert list(check_dossier(samen)) == []


def test_a_party_that_only_the_change_names_comes_along_under_a_name_of_its_own():
    eerste, later = build("A001", "zelf"), build("A009", "zelf")
    ander = msgspec.structs.replace(later.leden[0], kvk="90000999")
    samen = join_dossiers(eerste, [msgspec.structs.replace(later, leden=(ander,))], {"1A": ("IB-basis",)}, PROCEDURE)
    assert [lid.id for lid in samen.leden] == ["zelf", "A009:zelf"]
    assert {feit.lid for feit in samen.feiten[len(eerste.feiten) :]} <= {None, "A009:zelf"}
