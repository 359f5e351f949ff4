"""Building blocks for criteria tests: one applicant, one criterion, and facts with every field filled in.

The days are those of round M-2020-2 (E.1), with submission on 2020-03-12.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.criterium import (
    Beoordelingtoets,
    Certificaattoets,
    Criteriaset,
    Criterium,
    Documenttoets,
    Ervaringsbereik,
    Ervaringtoets,
    Gebied,
    Getaltoets,
    Groep,
    Herstelbaarheid,
    Locatietoets,
    Moment,
    Partijentoets,
    Peilmoment,
    Per,
    Personeeltoets,
    Regiotabel,
    Registertoets,
    Toepassing,
    Toepassingsbereik,
    Uitsluitingtoets,
    Verklaringtoets,
    Vraag,
)
from inkoop.domain.criteria.dossier import (
    AangebodenPerceel,
    AangebodenProduct,
    Aanleiding,
    Antwoord,
    Certificaatfeit,
    Documentfeit,
    Documentonderdeel,
    Dossier,
    Ervaringfeit,
    Getalfeit,
    Grootte,
    Handtekening,
    Herkomst,
    Lid,
    Lidrol,
    Locatiefeit,
    Oordeel,
    Oordeelrol,
    Personeelfeit,
    Registerstatus,
    Registratiefeit,
    Uitsluitingfeit,
    Verklaringfeit,
)
from inkoop.domain.criteria.motor import MOTOR
from inkoop.domain.criteria.toets import assess

INDIENING = date(2020, 3, 12)
SLUITING = date(2020, 3, 31)
INGANG = date(2020, 7, 1)
PEILDATUMS = {
    Peilmoment.INDIENING: INDIENING,
    Peilmoment.SLUITING: SLUITING,
    Peilmoment.BESLUIT: date(2020, 5, 15),
    Peilmoment.INGANG: INGANG,
    Peilmoment.LOOPTIJD: date(2021, 12, 31),
}

LINDEHOF = Lid(id="lindehof", naam="Stichting De Lindehof", rol=Lidrol.ENKEL, kvk="90000101", rechtsvorm="stichting")
WILGENPAD = Lid(id="wilgenpad", naam="Stichting Het Wilgenpad", rol=Lidrol.PENVOERDER, kvk="90000104")
ANKER = Lid(id="anker", naam="Anker Thuis B.V.", rol=Lidrol.LID, kvk="90000105")
NOOR = Lid(id="noor", naam="Noor Begeleidt", rol=Lidrol.LID, kvk="90000106")
ZUID = Lid(id="zuid", naam="Zuid Zorg", rol=Lidrol.ONDERAANNEMER, kvk="90000199", grootte=Grootte.KLEIN)
BORG = Lid(id="borg", naam="Borg Holding N.V.", rol=Lidrol.DERDE, kvk="90000188", grootte=Grootte.GROOT)
COMBINATIE = (WILGENPAD, ANKER, NOOR)

PERCEEL_1A = AangebodenPerceel(
    code="1A", producten=tuple(AangebodenProduct(code=c) for c in ("IB-waakvlam", "IB-basis", "IB-extra"))
)
PERCEEL_1B = AangebodenPerceel(code="1B", producten=tuple(AangebodenProduct(code=c) for c in ("DB-basis", "DB-extra")))
PERCEEL_1C = AangebodenPerceel(
    code="1C",
    producten=tuple(AangebodenProduct(code=c, kenmerken=frozenset({"verblijf"})) for c in ("KDV-basis", "KDV-extra")),
)

MEIERIJ = Regiotabel(
    naam="meierij",
    bron="M20-02",
    gebieden=(
        Gebied(gemeente="'s-Hertogenbosch"),
        Gebied(gemeente="Vught"),
        Gebied(gemeente="Meierijstad"),
        Gebied(plaats="Helvoirt", van=date(2021, 1, 1)),
    ),
)

VRAGEN = (Vraag(id="v1", tekst="Is er een externe toets?"), Vraag(id="v2", tekst="Past de scope?"))
ALLES = Toepassingsbereik()
_nummers = count(1)


def make_criterium(toets, **velden):
    """A criterion around a toets: per perceel, for everything, all together, repairable if it existed."""
    standaard = {
        "id": "X-01",
        "titel": "Eis",
        "eis": "De aanbieder voldoet.",
        "bron": "S3 6.1",
        "groep": Groep.GESCHIKTHEIDSEIS,
        "per": Per.PERCEEL,
        "alleen": ALLES,
        "toepassing": Toepassing.GEZAMENLIJK,
        "momenten": (Moment.TOELATING,),
        "herstelbaar": Herstelbaarheid.BEWIJS_BESTOND_AL,
        "motivering": "Nodig.",
        "bewijs": "Een stuk.",
    }
    return Criterium(toets=toets, **(standaard | velden))


def make_editie(*criteria):
    return Criteriaset(
        set="proef",
        editie="1",
        titel="Proef",
        wet="wmo",
        bron="S3",
        criteria=criteria,
        regios=(MEIERIJ,),
        hash="e" * 64,
    )


def make_dossier(*feiten, leden=(LINDEHOF,), percelen=(PERCEEL_1A,), oordelen=()):
    return Dossier(
        aanmelding="a1",
        ingediend_op=datetime(2020, 3, 12, 9, 41, tzinfo=UTC),
        leden=tuple(leden),
        percelen=tuple(percelen),
        feiten=tuple(feiten),
        oordelen=tuple(oordelen),
    )


def run(
    criteria,
    dossier,
    *,
    herstelverloop=Herstelverloop.OPEN,
    feitenbasis=Feitenbasis.ALS_OPGEGEVEN,
    moment=Moment.TOELATING,
    peildatums=PEILDATUMS,
    motor=MOTOR,
):
    """Test a dossier against one criterion or several."""
    editie = criteria if isinstance(criteria, Criteriaset) else make_editie(*_several(criteria))
    return assess(
        editie,
        dossier,
        peildatums,
        herstelverloop=herstelverloop,
        feitenbasis=feitenbasis,
        moment=moment,
        motor=motor,
    )


def judge(criterium, *feiten, leden=(LINDEHOF,), percelen=(PERCEEL_1A,), oordelen=(), **keuzes):
    """The one finding that a criterion gives on these facts."""
    resultaat = run(criterium, make_dossier(*feiten, leden=leden, percelen=percelen, oordelen=oordelen), **keuzes)
    (bevinding,) = resultaat.bevindingen
    return bevinding


def _several(criteria):
    return criteria if isinstance(criteria, tuple | list) else (criteria,)


def _feit(velden):
    nummer = next(_nummers)
    aanleiding = velden.get("aanleiding", Aanleiding.INDIENING)
    dagen = {
        Aanleiding.INDIENING: INDIENING,
        Aanleiding.HERSTEL: date(2020, 4, 16),
        Aanleiding.VOORWAARDE: date(2020, 6, 15),
    }
    return {
        "id": f"f{nummer:05}",
        "lid": None,
        "bewijs": (f"b{nummer:05}",),
        "herkomst": Herkomst.VASTGESTELD,
        "ontvangen_op": dagen[aanleiding],
        "aanleiding": aanleiding,
    }


def certificaat(norm="HKZ", van=date(2018, 5, 1), tot=date(2021, 4, 30), **velden):
    vast = {"scope": ("begeleiding",), "registerstatus": Registerstatus.ACTIEF}
    return Certificaatfeit(norm=norm, van=van, tot=tot, **(vast | _feit(velden) | velden))


def onderdeel(naam, datum, door=None):
    return Documentonderdeel(naam=naam, datum=datum, door=door)


def document(naam="stuk", datum=date(2020, 2, 1), **velden):
    return Documentfeit(document=naam, datum=datum, **(_feit(velden) | velden))


def verklaring(naam="akkoord", datum=date(2020, 3, 10), **velden):
    vast = {"ondertekend": True, "ondertekenaar": "A. Bakker", "bevoegd": True}
    return Verklaringfeit(verklaring=naam, datum=datum, **(vast | _feit(velden) | velden))


def ervaring(product, clienten=1, van=date(2018, 1, 1), tot=date(2020, 3, 31), **velden):
    return Ervaringfeit(product=product, clienten=clienten, van=van, tot=tot, **(_feit(velden) | velden))


def locatie(plaats, gemeente, van=date(2019, 1, 1), **velden):
    vast = {"functie": "verblijf"}
    return Locatiefeit(plaats=plaats, gemeente=gemeente, van=van, **(vast | _feit(velden) | velden))


def personeel(product="IB-basis", aantal=1, kwalificatie="hbo", van=date(2019, 1, 1), **velden):
    return Personeelfeit(product=product, aantal=aantal, kwalificatie=kwalificatie, van=van, **(_feit(velden) | velden))


def getal(waarde, van=date(2020, 1, 1), grootheid="plaatsen", **velden):
    return Getalfeit(grootheid=grootheid, waarde=Decimal(waarde), van=van, **(_feit(velden) | velden))


def registratie(register="AGB", status=Registerstatus.ACTIEF, van=date(2015, 1, 1), **velden):
    vast = {"nummer": "98001234", "gezien_op": date(2020, 4, 2)}
    return Registratiefeit(register=register, status=status, van=van, **(vast | _feit(velden) | velden))


def uitsluiting(van_toepassing, datum=date(2020, 3, 10), **velden):
    return Uitsluitingfeit(
        uitsluitingsgrond="faillissement", van_toepassing=van_toepassing, datum=datum, **(_feit(velden) | velden)
    )


def oordeel(ja, persoon, bewijs, *, criterium="X-01", rol=Oordeelrol.BEOORDELAAR, neen=(), **velden):
    vast = {"perceel": None, "product": None, "lid": None, "op": datetime(2020, 4, 20, 10, 0, tzinfo=UTC)}
    return Oordeel(
        criterium=criterium,
        bewijs=tuple(bewijs),
        persoon=persoon,
        rol=rol,
        ja=ja,
        reden=velden.pop("reden", f"Reden van {persoon}"),
        antwoorden=tuple(Antwoord(vraag=vraag, ja=False) for vraag in neen),
        **(vast | velden),
    )


def oordelen(ja, *feiten, criterium="X-01", **velden):
    """The judgements of two different beoordelaars that agree, on exactly these facts' evidence."""
    bewijs = sorted({b for feit in feiten for b in feit.bewijs})
    return [oordeel(ja, persoon, bewijs, criterium=criterium, **velden) for persoon in ("b1", "b2")]


def certificaattoets(**velden):
    vast = {
        "norm": "HKZ",
        "gelijkwaardig": ("NEN-EN 15224",),
        "geldig_op": (Peilmoment.SLUITING, Peilmoment.INGANG),
        "gelijkwaardigheidsvragen": VRAGEN,
        "registerstatus_vereist": True,
    }
    return Certificaattoets(**(vast | velden))


def documenttoets(**velden):
    return Documenttoets(**({"document": "stuk", "peilmoment": Peilmoment.SLUITING, "op_naam": False} | velden))


def verklaringtoets(**velden):
    return Verklaringtoets(
        **({"verklaring": "akkoord", "peilmoment": Peilmoment.SLUITING, "bevoegd_ondertekend": True} | velden)
    )


def ervaringtoets(bereik=Ervaringsbereik.ALLE_CATEGORIEEN, minimum=1, maanden=36):
    return Ervaringtoets(
        minimum_clienten=minimum, periode_maanden=maanden, peilmoment=Peilmoment.SLUITING, ervaring_bereik=bereik
    )


def locatietoets():
    return Locatietoets(functie="verblijf", regio="meierij", peilmoment=Peilmoment.INGANG)


def personeeltoets(**velden):
    return Personeeltoets(
        **({"kwalificaties": ("mbo-4", "hbo"), "minimum": 1, "peilmoment": Peilmoment.INGANG} | velden)
    )


def getaltoets(minimum=15, maximum=None, **velden):
    return Getaltoets(
        grootheid="plaatsen",
        peilmoment=Peilmoment.SLUITING,
        minimum=Decimal(minimum) if minimum is not None else None,
        maximum=Decimal(maximum) if maximum is not None else None,
        **velden,
    )


def registertoets(alle=False, registers=("VECOZO", "AGB"), **velden):
    return Registertoets(registers=registers, alle=alle, peilmoment=Peilmoment.INGANG, **velden)


def partijentoets(*rollen, **velden):
    return Partijentoets(rollen=rollen or (Lidrol.PENVOERDER, Lidrol.LID, Lidrol.ONDERAANNEMER), **velden)


def handtekening(namens="werkbedrijf", bevoegd=True):
    return Handtekening(namens=namens, bevoegd=bevoegd)


def uitsluitingtoets(zelfreiniging=True):
    return Uitsluitingtoets(
        uitsluitingsgrond="faillissement", peilmoment=Peilmoment.INDIENING, zelfreiniging_mogelijk=zelfreiniging
    )


def beoordelingtoets(**velden):
    return Beoordelingtoets(**({"document": "plan", "peilmoment": Peilmoment.SLUITING, "vragen": VRAGEN} | velden))
