"""Facts that are just enough for a toets, or just short of it, with every key of the toets met.

Bron: metingen (Criteria): directed generators.
"""

from datetime import date, timedelta

import msgspec

from inkoop.domain.criteria.criterium import Aandeel, Uitvoering
from inkoop.domain.criteria.dossier import Registerstatus
from inkoop.domain.maanden import add_maanden
from tests.domain.criteria import bouwstenen as b

LEDEN = (b.WILGENPAD, b.NOOR, b.ZUID)
MEER_LEDEN = (*LEDEN, b.ANKER, b.BORG)
"""A combination with one member more, and a third party that lends its evidence."""
PRODUCTEN = ("IB-basis", "IB-extra", "DB-basis")
PLAATSEN = ("Boxtel", "Vught")
EEN_DAG = timedelta(days=1)
LAATST_GEZIEN = date(2020, 12, 1)


def make_per_product(maak):
    return lambda toets, **wie: [maak(toets, product, **wie) for product in PRODUCTEN]


def peil(toets):
    return b.PEILDATUMS[toets.peilmoment]


def make_registers(toets, delta=0, **wie):
    return [
        b.registratie(
            naam,
            van=peil(toets) + delta * EEN_DAG,
            nummer=f"genoeg-{naam}",
            gezien_op=LAATST_GEZIEN,
            **wie,
        )
        for naam in toets.registers
    ]


def make_document(toets, delta=0, versie="2", door=None, **wie):
    dag = peil(toets) + delta * EEN_DAG
    lid = wie.get("lid") or b.WILGENPAD.id
    naam = {lid.id: lid.naam for lid in MEER_LEDEN}[lid]
    delen = tuple(b.onderdeel(o, dag, door or lid) for o in toets.onderdelen)
    return [b.document(datum=dag, op_naam_van=naam, versie=versie, onderdelen=delen, **wie)]


def make_wrong_document(toets, **wie):
    """A version that is not asked, or parts by an onderaannemer where only the applicant may provide them."""
    if toets.versies:
        return make_document(toets, versie="1", **wie)
    alleen_zelf = toets.onderdelen and toets.onderdelen_door == (Uitvoering.EIGEN,)
    return make_document(toets, door=b.ZUID.id, **wie) if alleen_zelf else make_document(toets, 1, **wie)


def make_verklaring(toets, delta=0, partij="werkbedrijf", akkoord="ja", vooringevuld=(), **wie):
    return [
        b.verklaring(
            datum=peil(toets) + delta * EEN_DAG,
            gegevens={"pakket": "Zorg", "akkoord": akkoord},
            handtekeningen=(b.handtekening(partij),),
            vooringevuld=vooringevuld,
            **wie,
        )
    ]


def make_wrong_verklaring(toets, **wie):
    """Another answer than asked, one that was not confirmed, or not signed by the other party."""
    if toets.antwoorden:
        return make_verklaring(toets, akkoord="nee", **wie)
    if toets.gegevens:
        return make_verklaring(toets, vooringevuld=("pakket",), **wie)
    return (
        make_verklaring(toets, partij="iemand", **wie) if toets.ondertekend_door else make_verklaring(toets, 1, **wie)
    )


def make_personeel(toets, product, delta=0, **wie):
    aandeel = toets.minimum_aandeel or Aandeel(deel=1, van=1)
    keer = toets.minimum or 1
    return b.personeel(
        product,
        aandeel.deel * keer + delta,
        totaal=aandeel.van * keer,
        van=peil(toets),
        tot=peil(toets),
        register="BIG",
        registerstatus=Registerstatus.ACTIEF,
        **wie,
    )


def make_ervaring(toets, product, delta=0, **wie):
    begin = add_maanden(peil(toets), -toets.periode_maanden)
    return b.ervaring(product, toets.minimum_clienten, begin - 9 * EEN_DAG, begin + delta * EEN_DAG, **wie)


def make_certificaat(toets, delta=0, plaatsen=PLAATSEN, **wie):
    geldig = [b.PEILDATUMS[m] for m in toets.geldig_op]
    vast = {
        "locaties": plaatsen,
        "instelling": "Keurder",
        "geaccrediteerd": True,
        "register_gezien_op": LAATST_GEZIEN,
    }
    certificaten = [b.certificaat(van=min(geldig), tot=max(geldig) + delta * EEN_DAG, **vast, **wie)]
    if toets.locaties_functie is None:
        return certificaten
    return [*certificaten, *(b.locatie(p, p, van=min(geldig), tot=max(geldig), **wie) for p in PLAATSEN)]


def make_broken_row(toets, **wie):
    """Two certificates that leave one day out between them, where none may be left out."""
    dagen = sorted(b.PEILDATUMS[m] for m in toets.geldig_op)
    if not toets.aaneengesloten or len(dagen) < 2:
        return make_certificaat(toets, -1, **wie)
    een, twee = (
        msgspec.structs.replace(f, id=f"{f.id}-{n}", van=van, tot=tot)
        for n, (f, van, tot) in enumerate(
            [
                (make_certificaat(toets, **wie)[0], dagen[0], dagen[0] + EEN_DAG),
                (make_certificaat(toets, **wie)[0], dagen[0] + 3 * EEN_DAG, dagen[-1]),
            ]
        )
    )
    return [een, twee, *make_certificaat(toets, **wie)[1:]]


def make_getal(toets, waarde, personeel, **wie):
    keer = 3 if toets.maal is not None else 1
    feiten = [b.getal(str(waarde * keer), van=peil(toets), tot=peil(toets), **wie)]
    if toets.als is not None:
        feiten.append(b.getal(str(personeel), grootheid="personeel", van=peil(toets), tot=peil(toets), **wie))
    return feiten
