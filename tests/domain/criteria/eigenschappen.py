"""The soundness of the rules as checks on one case each; the property tests and the mutants both use them.

Bron: ontwerp 4 (soundness, held by property tests and by seeded mutants).
"""

from dataclasses import replace
from datetime import timedelta
from random import Random

import msgspec

from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop, encode_resultaat
from inkoop.domain.criteria.conclusie import Bevindingplek, end_zinnen, write_deel
from inkoop.domain.criteria.criterium import AlleVan, EenVan, Getaltoets, Herstelbaarheid, Moment, Per, Toepassing
from inkoop.domain.criteria.dossier import Aanleiding, Herkomst
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.toets import assess, weigh, weigh_criteria
from inkoop.domain.criteria.toetsdossier import prepare_dossier
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria import bouwstenen as b
from tests.domain.criteria import rechttoe
from tests.domain.criteria.generatoren import PERCEEL, enough, short

_GOED = (Uitkomst.VOLDOET, Uitkomst.TE_BEOORDELEN)
# Where people judge all evidence of a kind together, more evidence is another question for them.
_SAMEN_BEOORDEELD = ("beoordeling", "personeel", "uitsluiting")


def _key(bevinding):
    return bevinding.criterium, bevinding.perceel, bevinding.product, bevinding.lid


def check_order(geval, data):
    """The order of arrival changes no byte."""
    omgekeerd = msgspec.structs.replace(
        geval.dossier,
        feiten=geval.dossier.feiten[::-1],
        oordelen=geval.dossier.oordelen[::-1],
        leden=geval.dossier.leden[::-1],
        percelen=geval.dossier.percelen[::-1],
    )
    assert encode_resultaat(geval.run()) == encode_resultaat(geval.run(dossier=omgekeerd))


def check_replay(geval, data):
    """The same input gives the same bytes; no sentence in them ends twice."""
    bon = encode_resultaat(geval.run())
    assert bon == encode_resultaat(geval.run())
    assert b".." not in bon


def check_later(geval, data):
    """A receipt that is written later, from a dossier made ready before, has the bytes of one written at once."""
    keuzes = {"herstelverloop": geval.herstelverloop, "feitenbasis": geval.feitenbasis, "moment": Moment.TOELATING}
    editie = b.make_editie(geval.criterium, msgspec.structs.replace(geval.criterium, id="X-02", per=Per.PERCEEL))
    gereed = prepare_dossier(geval.dossier)
    uitslag = weigh(editie, gereed, b.PEILDATUMS, **keuzes)
    weigh(editie, gereed, b.PEILDATUMS, **keuzes)
    uitkomsten = [conclusie.uitkomst for _, _, conclusie in uitslag]
    eenheden = uitslag.eenheden
    bon = assess(editie, geval.dossier, b.PEILDATUMS, **keuzes)
    assert encode_resultaat(uitslag.write()) == encode_resultaat(bon) == encode_resultaat(uitslag.write())
    assert uitkomsten == [bevinding.uitkomst for bevinding in bon.bevindingen]
    assert eenheden == bon.eenheden


def check_plain(geval, data):
    """No shortcut of the engine changes an outcome: the plain engine of the tests finds the same, everywhere."""
    criterium = geval.criterium
    if data:
        criterium = msgspec.structs.replace(criterium, toets=AlleVan(delen=(b.documenttoets(), criterium.toets)))
    # A second criterion of another kind of party, so that parties and facts are shared.
    ander = b.make_criterium(
        criterium.toets, id="X-02", toepassing=Toepassing.ELK_LID, herstelbaar=criterium.herstelbaar
    )
    check_same(b.make_editie(criterium, ander), geval, geval.dossier)


def check_compiled(geval, data):
    """What is picked from an edition that was compiled is what the plain engine finds, in every ordinary case.

    Ordinary is what most applicants hand in: nothing, any fact once, what is just enough, and what is enough but
    for one detail of it.
    """
    criterium = geval.criterium
    per = (Per.PERCEEL, Per.PRODUCT)[data]
    delen = (b.documenttoets(), criterium.toets)
    editie = b.make_editie(
        criterium,
        b.make_criterium(criterium.toets, id="X-02", per=per, herstelbaar=criterium.herstelbaar),
        b.make_criterium((EenVan, AlleVan)[data](delen=delen), id="X-03", toepassing=Toepassing.ELK_LID),
    )
    eerst = {"aanleiding": Aanleiding.INDIENING, "herkomst": Herkomst.VASTGESTELD}
    vast = [msgspec.structs.replace(feit, **eerst) for feit in geval.dossier.feiten]
    los = {(type(feit), getattr(feit, "product", None)): feit for feit in vast}.values()
    goed = enough(geval)
    open_ = replace(geval, herstelverloop=Herstelverloop.OPEN)
    for feiten in ((), goed, (b.document(), *los)):
        check_same(editie, geval, msgspec.structs.replace(geval.dossier, feiten=tuple(feiten)))
    for feiten in _list_flawed(goed, vast):
        check_same(editie, open_, msgspec.structs.replace(geval.dossier, feiten=tuple(feiten)))


_VASTE_VELDEN = {"id", "lid", "bewijs", "aanleiding", "herkomst"}


def _list_flawed(goed, andere, aantal=4):
    """Facts that are enough, of which one detail is that of another fact of its kind."""
    keuzes = [
        (nummer, veld, waarde)
        for nummer, feit in enumerate(goed)
        for ander in andere
        if type(ander) is type(feit)
        for veld in feit.__struct_fields__
        if veld not in _VASTE_VELDEN and (waarde := getattr(ander, veld)) != getattr(feit, veld)
    ]
    # Which details is drawn from what they are, so that the same case gives the same ones again.
    toeval = Random(repr([(nummer, veld, str(waarde)) for nummer, veld, waarde in keuzes]))
    for nummer, veld, waarde in toeval.sample(keuzes, min(aantal, len(keuzes))):
        yield [
            msgspec.structs.replace(feit, **{veld: waarde}) if plaats == nummer else feit
            for plaats, feit in enumerate(goed)
        ]


def check_same(editie, geval, dossier):
    """The engine writes what the plain engine finds, and judges every leaf as it does."""
    keuzes = {"herstelverloop": geval.herstelverloop, "feitenbasis": geval.feitenbasis, "moment": Moment.TOELATING}
    plat = list(rechttoe.weigh(editie, dossier, b.PEILDATUMS, **keuzes))
    snel = weigh_criteria(editie, dossier, b.PEILDATUMS, **keuzes)
    uitslag = weigh(editie, dossier, b.PEILDATUMS, **keuzes)
    bevindingen = uitslag.list_bevindingen()
    for gewogen, bevinding, (_, p, _), (een, eenheid, partij, uitkomst) in zip(
        snel, bevindingen, uitslag, plat, strict=True
    ):
        assert (gewogen.criterium.id, gewogen.eenheid, gewogen.partij) == (een.id, eenheid, partij)
        assert uitkomst is None or gewogen.uitkomst == uitkomst
        assert (uitkomst is None) == (gewogen.uitkomst.grond is Grond.NIET_VAN_TOEPASSING)
        plek = Bevindingplek(een.id, een.bron, eenheid.perceel, eenheid.product)
        assert bevinding == end_zinnen(write_deel(uitkomst or gewogen.uitkomst, p, plek, eenheid.product))


def check_favourable(geval, data):
    """Evidence that is enough by itself never worsens an outcome."""
    if geval.soort in _SAMEN_BEOORDEELD:
        geval = replace(geval, dossier=msgspec.structs.replace(geval.dossier, oordelen=()))
    aanleiding = (Aanleiding.INDIENING, Aanleiding.HERSTEL)[data % 2]
    erbij = geval.with_feiten([*geval.dossier.feiten, *enough(geval, aanleiding=aanleiding)])
    eerst = {_key(bevinding): bevinding for bevinding in geval.run().bevindingen}
    for bevinding in erbij.run().bevindingen:
        assert bevinding.uitkomst.rang >= eerst[_key(bevinding)].uitkomst.rang


def check_cited(geval, data):
    """The evidence that a finding cites gives that outcome without any other evidence."""
    for bevinding in geval.run().bevindingen:
        aangehaald = [f for f in geval.dossier.feiten if set(f.bewijs) <= set(bevinding.bewijs)]
        (zelfde,) = [x for x in geval.with_feiten(aangehaald).run().bevindingen if _key(x) == _key(bevinding)]
        assert zelfde.uitkomst is bevinding.uitkomst


def check_keeps(geval, data):
    """Nothing changes before houdbaar_tot, and on that day it still holds; without an end it keeps."""
    if data:
        geval = geval.with_feiten([*geval.dossier.feiten, *enough(geval)])
    for bevinding in geval.run().bevindingen:
        if bevinding.uitkomst is not Uitkomst.VOLDOET:
            continue
        moment, laatste = max(bevinding.peildatums.items(), key=lambda paar: paar[1])
        ver = bevinding.houdbaar_tot or laatste + timedelta(days=900)
        assert ver >= laatste
        for dag in {ver, laatste + (ver - laatste) // 2}:
            later = b.run(
                geval.criterium,
                geval.dossier,
                feitenbasis=geval.feitenbasis,
                herstelverloop=geval.herstelverloop,
                peildatums=b.PEILDATUMS | {moment: dag},
            )
            (dan,) = [x for x in later.bevindingen if _key(x) == _key(bevinding)]
            assert dan.uitkomst is Uitkomst.VOLDOET


def check_independent(geval, data):
    """What is decided for one perceel does not depend on another perceel that is applied for."""
    if geval.criterium.per is Per.AANMELDING:
        geval = replace(geval, criterium=msgspec.structs.replace(geval.criterium, per=Per.PERCEEL))
    alleen = geval.run(dossier=msgspec.structs.replace(geval.dossier, percelen=(PERCEEL,)))
    samen = geval.run()
    assert [x for x in samen.bevindingen if x.perceel == PERCEEL.code] == list(alleen.bevindingen)
    assert [x for x in samen.eenheden if x.perceel == PERCEEL.code] == list(alleen.eenheden)


def check_closed(geval, data):
    """Closing repair turns what was herstelbaar into voldoet_niet and changes nothing else."""
    open_, gesloten = (geval.run(herstelverloop=h).bevindingen for h in Herstelverloop)
    for voor, na in zip(open_, gesloten, strict=True):
        assert na.uitkomst is (Uitkomst.VOLDOET_NIET if voor.uitkomst is Uitkomst.HERSTELBAAR else voor.uitkomst)
        assert not na.herstelpunten


def check_enough(geval, data):
    """Evidence that is just enough is enough, and the same evidence a day or one short is not."""
    kaal = replace(geval, herstelverloop=Herstelverloop.OPEN, feitenbasis=Feitenbasis.VASTGESTELD)
    for bevinding in kaal.with_feiten(enough(kaal)).run().bevindingen:
        assert bevinding.uitkomst in _GOED
    toets = kaal.criterium.toets
    if isinstance(toets, Getaltoets) and toets.minimum is None and toets.maximum is None:
        return
    for feiten in short(kaal):
        for bevinding in kaal.with_feiten(feiten).run().bevindingen:
            assert bevinding.uitkomst not in _GOED


def check_second_chance(geval, data):
    """What is asked in repair can be given: an answer that is in order leaves nothing to ask."""
    geval = replace(geval, herstelverloop=Herstelverloop.OPEN, feitenbasis=Feitenbasis.ALS_OPGEGEVEN)
    ingediend = [f for f in geval.dossier.feiten if f.aanleiding is Aanleiding.INDIENING]
    eerst = geval.with_feiten(ingediend)
    antwoord = enough(geval, aanleiding=Aanleiding.HERSTEL)
    if geval.soort == "uitsluiting":
        uitleg = {x.lid for x in eerst.run().bevindingen if x.grond == "zelfreiniging-niet-toegelicht"}
        antwoord = [
            msgspec.structs.replace(f, van_toepassing=True, zelfreiniging="Nieuw bestuur") if f.lid in uitleg else f
            for f in antwoord
        ]
    met = {_key(x): x for x in eerst.with_feiten([*ingediend, *antwoord]).run().bevindingen}
    for bevinding in eerst.run().bevindingen:
        if bevinding.uitkomst is Uitkomst.HERSTELBAAR:
            assert bevinding.herstelpunten
            assert met[_key(bevinding)].uitkomst in _GOED
        elif bevinding.uitkomst is Uitkomst.VOLDOET_NIET:
            assert met[_key(bevinding)].uitkomst is Uitkomst.VOLDOET_NIET


def check_excluded(geval, data):
    """Where repair is excluded, nothing of after submission counts and nothing is asked."""
    toets = geval.criterium.toets
    if hasattr(toets, "ondertekening_herstelbaar"):
        toets = msgspec.structs.replace(toets, ondertekening_herstelbaar=None)
    criterium = msgspec.structs.replace(geval.criterium, toets=toets, herstelbaar=Herstelbaarheid.NEE)
    geval = replace(geval, criterium=criterium)
    zonder = geval.with_feiten(f for f in geval.dossier.feiten if f.aanleiding is not Aanleiding.HERSTEL)
    assert [x.uitkomst for x in geval.run().bevindingen] == [x.uitkomst for x in zonder.run().bevindingen]
    assert all(x.uitkomst is not Uitkomst.HERSTELBAAR for x in geval.run().bevindingen)


def check_stated(geval, data):
    """On established facts nothing is satisfied, or refused, by what is only stated."""
    gesteld = geval.with_feiten(
        msgspec.structs.replace(feit, herkomst=Herkomst.OPGEGEVEN)
        for feit in [*geval.dossier.feiten, *([enough(geval), short(geval)[0]][data])]
    )
    geval = replace(gesteld, feitenbasis=Feitenbasis.VASTGESTELD, herstelverloop=Herstelverloop.OPEN)
    zonder = {_key(x): x.uitkomst for x in geval.with_feiten([]).run().bevindingen}
    for bevinding in geval.run().bevindingen:
        assert bevinding.grond == "feit-nog-vast-te-stellen" or bevinding.uitkomst is zonder[_key(bevinding)]


def check_all_parts(geval, data):
    """A whole of this toets and one that can never be satisfied is never satisfied; a choice of them may be."""
    nooit = b.documenttoets(document="bestaat-niet")
    for soort, verwacht in ((AlleVan, min), (EenVan, max)):
        deel = msgspec.structs.replace(geval.criterium, toets=soort(delen=(geval.criterium.toets, nooit)))
        for los, samen in zip(geval.run().bevindingen, geval.run(criterium=deel).bevindingen, strict=True):
            leeg = Uitkomst.HERSTELBAAR
            if Herstelverloop.GESLOTEN is geval.herstelverloop or geval.criterium.herstelbaar is Herstelbaarheid.NEE:
                leeg = Uitkomst.VOLDOET_NIET
            assert samen.uitkomst is verwacht(los.uitkomst, leeg, key=lambda uitkomst: uitkomst.rang)


def check_members(geval, data):
    """The finding about one member rests on nothing of another, unless evidence is lent by declared parties."""
    geval = replace(geval, criterium=msgspec.structs.replace(geval.criterium, beroep_op_derden=None))
    for lid in geval.dossier.leden:
        eigen = geval.with_feiten(f for f in geval.dossier.feiten if f.lid in (None, lid.id))
        alleen = [x for x in eigen.run().bevindingen if x.lid == lid.id]
        assert alleen == [x for x in geval.run().bevindingen if x.lid == lid.id]


def check_units(geval, data):
    """A perceel is as low as its lowest finding; where products are decided apart, as good as its best product."""
    resultaat = geval.run()
    producten = {}
    for eenheid in resultaat.eenheden:
        gevonden = [
            x.uitkomst
            for x in resultaat.bevindingen
            if x.perceel in (None, eenheid.perceel) and x.product in (None, eenheid.product)
        ]
        if eenheid.product is not None:
            producten.setdefault(eenheid.perceel, []).append(eenheid.uitkomst)
        if eenheid.product is not None or not any(x.product for x in resultaat.bevindingen):
            assert eenheid.uitkomst is min(gevonden, key=lambda uitkomst: uitkomst.rang)
    for eenheid in resultaat.eenheden:
        if eenheid.product is None and eenheid.perceel in producten:
            assert eenheid.uitkomst is max(producten[eenheid.perceel], key=lambda uitkomst: uitkomst.rang)


def check_condition(geval, data):
    """A condition is met by evidence that is enough, and by nothing that came for repair and was not asked."""
    kaal = replace(geval, herstelverloop=Herstelverloop.GESLOTEN, feitenbasis=Feitenbasis.ALS_OPGEGEVEN)
    for feiten in short(kaal):
        eerst = kaal.with_feiten(feiten)
        met = eerst.with_feiten([*feiten, *enough(kaal, aanleiding=Aanleiding.VOORWAARDE)])
        for voor, na in zip(eerst.run().bevindingen, met.run().bevindingen, strict=True):
            if voor.uitkomst is Uitkomst.VOORWAARDELIJK:
                assert voor.voorwaarden
                assert na.uitkomst in _GOED
            else:
                assert na.uitkomst is voor.uitkomst


CHECKS = (
    check_order,
    check_replay,
    check_later,
    check_plain,
    check_compiled,
    check_favourable,
    check_cited,
    check_keeps,
    check_independent,
    check_closed,
    check_enough,
    check_second_chance,
    check_excluded,
    check_stated,
    check_all_parts,
    check_members,
    check_units,
    check_condition,
)
