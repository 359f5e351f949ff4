"""The boundary of each key of a certificate and of a look into a register, as a check.

The tests of the kinds run these checks, and each seeded mutant must make one of them fail.

Bron: F.0 (B-01, B-02, D-01, J-01); B.3.7, B.3.9, B.4.
"""

from datetime import date

from inkoop.domain.criteria.criterium import (
    Herstelbaarheid,
    Naambeleid,
    Peilmoment,
    Registercontrole,
)
from inkoop.domain.criteria.dossier import (
    Aanleiding,
)
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import (
    LINDEHOF,
    certificaat,
    certificaattoets,
    judge,
    locatie,
    make_criterium,
    oordelen,
    registertoets,
    registratie,
)

TWEE_DAGEN = (Peilmoment.SLUITING, Peilmoment.INGANG)
VROEGE_DAGEN = (Peilmoment.SLUITING, Peilmoment.BESLUIT)


def uitkomst(toets, *feiten, **keuzes):
    """The outcome and its ground of one toets on these facts."""
    velden = {
        naam: keuzes.pop(naam) for naam in ("toepassing", "beroep_op_derden", "per", "herstelbaar") if naam in keuzes
    }
    bevinding = judge(make_criterium(toets, **velden), *feiten, **keuzes)
    return bevinding.uitkomst.value, bevinding.grond


def check_register_look_of_a_certificate():
    """Thirty days before closing (2020-03-31) is 2020-03-01; a day earlier the register must be looked into again."""
    toets = certificaattoets(registercontrole=Registercontrole(peilmoment=Peilmoment.SLUITING, maximaal_dagen=30))
    for gezien, verwacht in (
        (date(2020, 3, 1), ("voldoet", "voldoet")),
        (date(2020, 2, 29), ("te_beoordelen", "register-opnieuw-bekijken")),
        (None, ("te_beoordelen", "register-opnieuw-bekijken")),
        (date(2020, 6, 30), ("voldoet", "voldoet")),
    ):
        assert uitkomst(toets, certificaat(register_gezien_op=gezien)) == verwacht


def check_register_look_since_a_day():
    """On the day itself is enough, a day earlier is not."""
    toets = certificaattoets(registercontrole=Registercontrole(vanaf=date(2020, 3, 1)))
    assert uitkomst(toets, certificaat(register_gezien_op=date(2020, 3, 1)))[0] == "voldoet"
    assert uitkomst(toets, certificaat(register_gezien_op=date(2020, 2, 29)))[0] == "te_beoordelen"


def check_register_look_of_a_registration():
    """The same for a registration; a look that is too old never closes the door on the applicant."""
    toets = registertoets(
        registers=("AGB",), registercontrole=Registercontrole(peilmoment=Peilmoment.INGANG, maximaal_dagen=90)
    )
    assert uitkomst(toets, registratie(gezien_op=date(2020, 4, 2))) == ("voldoet", "voldoet")
    for herstelbaar in (Herstelbaarheid.NEE, Herstelbaarheid.VRIJ):
        oud = uitkomst(toets, registratie(gezien_op=date(2020, 4, 1)), herstelbaar=herstelbaar)
        assert oud == ("te_beoordelen", "register-opnieuw-bekijken")


def check_accreditation():
    """Yes is enough, unknown is asked, no goes to people; where it is not asked, unknown is enough."""
    toets = certificaattoets(accreditatie_vereist=True)
    assert uitkomst(toets, certificaat(geaccrediteerd=True))[0] == "voldoet"
    assert uitkomst(toets, certificaat()) == ("herstelbaar", "accreditatie-onbekend")
    assert uitkomst(toets, certificaat(geaccrediteerd=False)) == ("te_beoordelen", "instelling-niet-geaccrediteerd")
    assert uitkomst(certificaattoets(), certificaat())[0] == "voldoet"


def check_issuing_body():
    """One of the bodies named is enough, unknown is asked, another goes to people with their own question."""
    toets = certificaattoets(instellingen=("Keurder",))
    assert uitkomst(toets, certificaat(instelling="keurder"))[0] == "voldoet"
    assert uitkomst(toets, certificaat()) == ("herstelbaar", "instelling-onbekend")
    assert uitkomst(toets, certificaat(instelling="Ander")) == ("te_beoordelen", "andere-instelling")
    ander = certificaat(instelling="Ander")
    assert uitkomst(toets, ander, oordelen=oordelen(True, ander)) == ("voldoet", "voldoet")
    assert uitkomst(toets, ander, oordelen=oordelen(False, ander)) == ("voldoet_niet", "andere-instelling")


def check_locations_on_a_certificate():
    """Each location with the function that is in use on one of the days must be named, on any certificate."""
    toets = certificaattoets(locaties_functie="verblijf")
    vught, boxtel = locatie("Vught", "Vught"), locatie("Boxtel", "Boxtel")
    beide = certificaat(locaties=("Vught", "Boxtel"))
    een = certificaat(locaties=("Vught",))
    assert uitkomst(toets, beide, vught, boxtel) == ("voldoet", "voldoet")
    assert uitkomst(toets, een, vught) == ("voldoet", "voldoet")
    assert uitkomst(toets, een, vught, boxtel) == ("voldoet_niet", "locatie-niet-op-certificaat")
    assert uitkomst(toets, een, certificaat(locaties=("Boxtel",)), vught, boxtel) == ("voldoet", "voldoet")
    assert uitkomst(toets, certificaat(), vught) == ("herstelbaar", "certificaatlocaties-onbekend")
    assert uitkomst(toets, een) == ("herstelbaar", "certificaatlocaties-onbekend")
    assert uitkomst(toets, een, vught, locatie("Boxtel", "Boxtel", functie="kantoor"))[0] == "voldoet"
    assert uitkomst(toets, een, vught, locatie("Boxtel", "Boxtel", van=date(2020, 7, 2)))[0] == "voldoet"
    assert uitkomst(toets, een, vught, locatie("Boxtel", "Boxtel", van=date(2020, 7, 1)))[0] == "voldoet_niet"


def check_a_later_location_ends_what_a_certificate_carries():
    """A location that opens on 2020-08-01 and is not on the certificate ends the outcome on the day before."""
    toets = certificaattoets(locaties_functie="verblijf")
    feiten = (certificaat(locaties=("Vught",)), locatie("Vught", "Vught"))
    later = locatie("Boxtel", "Boxtel", van=date(2020, 8, 1))
    assert judge(make_criterium(toets), *feiten, later).houdbaar_tot == date(2020, 7, 31)


def check_joined_certificates():
    """Certificates that meet on consecutive days join up; one day between them does not."""
    los, vast = (certificaattoets(geldig_op=VROEGE_DAGEN, aaneengesloten=ja) for ja in (False, True))
    eerste = certificaat(tot=date(2020, 4, 10))
    aansluitend, later = (certificaat(van=date(2020, 4, dag)) for dag in (11, 12))
    assert uitkomst(vast, eerste, aansluitend) == ("voldoet", "voldoet")
    assert uitkomst(vast, eerste, later) == ("voldoet_niet", "niet-aaneengesloten")
    assert uitkomst(los, eerste, later) == ("voldoet", "voldoet")
    keten = (eerste, certificaat(van=date(2020, 4, 5), tot=date(2020, 4, 20)), certificaat(van=date(2020, 4, 21)))
    assert set(judge(make_criterium(vast), *keten).bewijs) == {b for f in keten for b in f.bewijs}


def check_a_gap_before_the_start_is_a_condition():
    """Between closing and the start a gap is a condition with the days that miss, and meeting it is enough."""
    toets = certificaattoets(geldig_op=TWEE_DAGEN, aaneengesloten=True)
    feiten = (certificaat(tot=date(2020, 6, 9)), certificaat(van=date(2020, 6, 12)))
    bevinding = judge(make_criterium(toets), *feiten)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOORWAARDELIJK, "verloopt-voor-ingang")
    (voorwaarde,) = bevinding.voorwaarden
    assert voorwaarde.geldig_op == date(2020, 6, 11)
    assert "van 10 juni 2020 tot en met 11 juni 2020" in voorwaarde.tekst
    tussen = certificaat(van=date(2020, 6, 10), tot=date(2020, 6, 11), aanleiding=Aanleiding.VOORWAARDE)
    assert uitkomst(toets, *feiten, tussen) == ("voldoet", "voldoet")


def check_name_of_others():
    """A certificate that names only others goes to people, unless the criterion says that it does not count."""
    ander = certificaat(entiteiten=("Holding B.V.",))
    samen = certificaat(entiteiten=("Holding B.V.", LINDEHOF.naam))
    for beleid in (None, Naambeleid.BEOORDELEN):
        assert uitkomst(certificaattoets(onbekende_entiteit=beleid), ander) == ("te_beoordelen", "andere-entiteit")
    streng = certificaattoets(onbekende_entiteit=Naambeleid.TELT_NIET)
    assert uitkomst(streng, ander) == ("voldoet_niet", "andere-entiteit")
    assert uitkomst(streng, certificaat("Keurmerk", entiteiten=("Holding B.V.",)))[0] == "voldoet_niet"
    assert uitkomst(streng, samen)[0] == "voldoet"
