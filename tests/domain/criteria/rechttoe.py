"""The engine without any shortcut: every leaf judged afresh, for every unit, party and round.

What the rules say, as plainly as possible; the real engine must give the same receipts (docs/adr/0009).
"""

from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.dossier import Aanleiding, Herkomst
from inkoop.domain.criteria.eenheden import covers_partij, list_bladen, list_eenheden, list_partijen
from inkoop.domain.criteria.feiten import Feiten
from inkoop.domain.criteria.soorten import find_soort
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.weging import _compare, _meet, _mend, close, fold
from inkoop.domain.criteria.zicht import Dagen, Zicht

VAST = (Herkomst.VASTGESTELD, Herkomst.REGISTER)


def weigh(editie, dossier, peildatums, *, herstelverloop, feitenbasis, moment):
    """Per criterion of the moment, unit and party: its leaves combined, or None where it does not apply."""
    for criterium in editie.criteria:
        if moment not in criterium.momenten:
            continue
        for eenheid in list_eenheden(criterium, dossier.percelen):
            for partij in list_partijen(criterium.toepassing, criterium.beroep_op_derden, dossier.leden):
                if not eenheid.geldt or not covers_partij(criterium.alleen, partij):
                    yield criterium, eenheid, partij, None
                    continue
                feiten = sorted((f for f in dossier.feiten if partij.has_feit(f)), key=lambda f: f.id)

                def judge(counts, alle, criterium=criterium, eenheid=eenheid, partij=partij):
                    bladen = []
                    for blad in list_bladen(criterium.toets):
                        soort = find_soort(blad)
                        mag = soort.accepts_herstel(blad, criterium)
                        zicht = _make_zicht(editie, dossier, peildatums, criterium, eenheid, partij)
                        zicht.look_at(Feiten(f for f in alle if counts(f, mag)))
                        deel = soort.assess(blad, zicht)
                        assert deel.toelichting  # written at once, as plainly as possible
                        bladen.append(deel)
                    return bladen

                bladen = _weigh_rounds(criterium, judge, feiten)
                if feitenbasis is Feitenbasis.VASTGESTELD and any(f.herkomst not in VAST for f in feiten):
                    vast = _weigh_rounds(criterium, judge, [f for f in feiten if f.herkomst in VAST])
                    bladen = [_compare(v, a) for v, a in zip(vast, bladen, strict=True)]
                if herstelverloop is Herstelverloop.GESLOTEN:
                    bladen = [close(blad) for blad in bladen]
                yield criterium, eenheid, partij, fold(criterium.toets, bladen)


def _make_zicht(editie, dossier, peildatums, criterium, eenheid, partij):
    oordelen = {}
    for oordeel in dossier.oordelen:
        if oordeel.criterium == criterium.id:
            oordelen.setdefault(tuple(sorted(set(oordeel.bewijs))), []).append(oordeel)
    return Zicht(
        criterium,
        eenheid,
        partij,
        oordelen,
        peildatums,
        Dagen(peildatums),
        {regio.naam: regio for regio in editie.regios},
    )


def _weigh_rounds(criterium, judge, feiten):
    ronde = judge(lambda f, _: f.aanleiding is Aanleiding.INDIENING, feiten)
    if any(f.aanleiding is Aanleiding.HERSTEL for f in feiten):
        gevraagd = fold(criterium.toets, ronde).uitkomst is Uitkomst.HERSTELBAAR
        dan = judge(
            lambda f, mag: f.aanleiding is Aanleiding.INDIENING or (mag and f.aanleiding is Aanleiding.HERSTEL), feiten
        )
        ronde = [_mend(een, twee, gevraagd=gevraagd) for een, twee in zip(ronde, dan, strict=True)]
    if any(f.aanleiding is Aanleiding.VOORWAARDE for f in feiten):
        dan = judge(lambda f, mag: mag or f.aanleiding is not Aanleiding.HERSTEL, feiten)
        ronde = [_meet(een, twee) for een, twee in zip(ronde, dan, strict=True)]
    return ronde
