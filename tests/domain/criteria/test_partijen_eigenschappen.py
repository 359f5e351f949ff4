"""Who is in the application: counted, and asked to satisfy a criterion, for every make-up of members and others."""

from dataclasses import replace
from itertools import product

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop, encode_resultaat
from inkoop.domain.criteria.criterium import AlleVan, Herstelbaarheid, Partijentoets, Per, Toepassing
from inkoop.domain.criteria.dossier import Grootte, Lid, Lidrol
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria import bouwstenen as b
from tests.domain.criteria.eigenschappen import check_same
from tests.domain.criteria.generatoren import ANDER, PERCEEL, Geval

GROOTTES = st.sampled_from([None, *Grootte])
RECHTSVORMEN = st.sampled_from(["bv", "stichting"])
GRENZEN = st.sampled_from([None, 0, 1, 2])


@st.composite
def partijen(draw):
    """A single provider or a combination, with onderaannemers and third parties: none, one or two of each."""
    samen = draw(st.booleans())
    rollen = [Lidrol.PENVOERDER if samen else Lidrol.ENKEL]
    rollen += [Lidrol.LID] * (draw(st.integers(1, 2)) if samen else 0)
    rollen += [rol for rol in (Lidrol.ONDERAANNEMER, Lidrol.DERDE) for _ in range(draw(st.integers(0, 2)))]
    return tuple(
        Lid(
            id=f"p{nummer}",
            naam=f"Partij {nummer} B.V.",
            rol=rol,
            kvk=f"9000020{nummer}",
            rechtsvorm=draw(RECHTSVORMEN),
            grootte=draw(GROOTTES),
        )
        for nummer, rol in enumerate(rollen)
    )


@st.composite
def tellingen(draw):
    """A count with a minimum, a maximum or both, of any roles and sizes."""
    minimum, maximum = draw(GRENZEN), draw(GRENZEN)
    if (minimum is None and maximum is None) or (maximum is not None and maximum < (minimum or 0)):
        minimum, maximum = 1, None
    return Partijentoets(
        rollen=tuple(draw(st.sets(st.sampled_from(list(Lidrol)), min_size=1))),
        groottes=tuple(draw(st.sets(st.sampled_from(list(Grootte)), max_size=2))),
        minimum=minimum,
        maximum=maximum,
    )


def hold(check, *strategies):
    settings(max_examples=60, suppress_health_check=list(HealthCheck))(given(*strategies)(check))()


def judge(toets, leden, **velden):
    return b.judge(b.make_criterium(toets, **velden), leden=leden)


def count_plain(toets, leden):
    """Whether the count is right, where every size is known."""
    aantal = sum(lid.rol in toets.rollen and (not toets.groottes or lid.grootte in toets.groottes) for lid in leden)
    return (toets.minimum or 0) <= aantal <= (len(leden) if toets.maximum is None else toets.maximum)


def test_a_count_is_right_wrong_or_open_exactly_as_every_way_to_fill_in_the_sizes_says():
    def check(toets, leden):
        keuzes = [[lid.grootte] if lid.grootte is not None else list(Grootte) for lid in leden]
        telt = {
            count_plain(
                toets, [msgspec.structs.replace(lid, grootte=g) for lid, g in zip(leden, invulling, strict=True)]
            )
            for invulling in product(*keuzes)
        }
        verwacht = {
            frozenset({True}): Uitkomst.VOLDOET,
            frozenset({False}): Uitkomst.VOLDOET_NIET,
            frozenset({True, False}): Uitkomst.HERSTELBAAR,
        }[frozenset(telt)]
        assert judge(toets, leden).uitkomst is verwacht
        if verwacht is Uitkomst.HERSTELBAAR:
            assert judge(toets, leden, herstelbaar=Herstelbaarheid.NEE).uitkomst is Uitkomst.VOLDOET_NIET

    hold(check, tellingen(), partijen().filter(lambda leden: sum(lid.grootte is None for lid in leden) <= 3))


def test_who_is_asked_is_who_must_satisfy_and_nobody_else():
    """One finding for each party that must satisfy by itself; only those in `alleen` are asked."""

    def check(leden, toepassing, rollen, vormen):
        alleen = msgspec.structs.replace(b.ALLES, rollen=tuple(rollen), rechtsvormen=tuple(vormen))
        criterium = b.make_criterium(b.documenttoets(), toepassing=toepassing, alleen=alleen, per=Per.AANMELDING)
        bevindingen = b.run(criterium, b.make_dossier(leden=leden)).bevindingen
        zelf = {
            Toepassing.ELK_LID: {Lidrol.ENKEL, Lidrol.PENVOERDER, Lidrol.LID},
            Toepassing.PENVOERDER: {Lidrol.ENKEL, Lidrol.PENVOERDER},
            Toepassing.ELKE_UITVOERDER: {Lidrol.ENKEL, Lidrol.PENVOERDER, Lidrol.LID, Lidrol.ONDERAANNEMER},
        }[toepassing]
        moeten = [lid for lid in leden if lid.rol in zelf]
        assert len(bevindingen) == len(moeten)
        gevraagd = [
            lid for lid in moeten if (not rollen or lid.rol in rollen) and (not vormen or lid.rechtsvorm in vormen)
        ]
        assert sum(x.uitkomst is Uitkomst.HERSTELBAAR for x in bevindingen) == len(gevraagd)
        assert sum(x.uitkomst is Uitkomst.NVT for x in bevindingen) == len(moeten) - len(gevraagd)

    hold(
        check,
        partijen(),
        st.sampled_from([Toepassing.ELK_LID, Toepassing.PENVOERDER, Toepassing.ELKE_UITVOERDER]),
        st.sets(st.sampled_from(list(Lidrol)), max_size=2),
        st.sets(st.sampled_from(["bv", "stichting"]), max_size=1),
    )


def test_no_shortcut_and_no_order_of_parties_changes_a_receipt():
    def check(toets, leden, data, herstelverloop):
        geval = Geval(
            soort="partijen",
            criterium=b.make_criterium(toets),
            dossier=b.make_dossier(
                *(b.document(lid=lid.id) for lid in leden[::2]), leden=leden, percelen=(PERCEEL, ANDER)
            ),
            feitenbasis=Feitenbasis.ALS_OPGEGEVEN,
            herstelverloop=herstelverloop,
        )
        anders = b.make_criterium(
            AlleVan(delen=(toets, b.documenttoets())), id="X-02", per=(Per.AANMELDING, Per.PRODUCT)[data]
        )
        los = b.make_criterium(b.documenttoets(op_naam=True), id="X-03", toepassing=Toepassing.ELKE_UITVOERDER)
        check_same(b.make_editie(geval.criterium, anders, los), geval, geval.dossier)
        andersom = replace(geval, dossier=msgspec.structs.replace(geval.dossier, leden=leden[::-1]))
        bon = encode_resultaat(geval.run())
        assert bon == encode_resultaat(andersom.run())
        assert b".." not in bon

    hold(check, tellingen(), partijen(), st.integers(0, 1), st.sampled_from(list(Herstelverloop)))
