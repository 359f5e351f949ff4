"""Seeded mutants of the single keys: each rule is broken on purpose, and the check at its boundary must see it.

The mutants of the engine as a whole stand in `test_mutanten`.

Bron: ontwerp 4 (seeded mutants, all killed).
"""

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
import pytest

from inkoop.domain.criteria import aanbodplan, eenheden, toets, toetsdossier
from inkoop.domain.criteria.eenheden import list_partijen
from inkoop.domain.criteria.soorten import (
    certificaat,
    certificaatdekking,
    certificaatgroepen,
    document,
    documentonderdelen,
    ervaring,
    getal,
    partijen,
    personeel,
    registercontrole,
    verklaring,
)
from inkoop.domain.criteria.soorten import register as registersoort
from tests.domain.criteria import grenzen
from tests.domain.criteria import grenzen_certificaat as grenzen_c


@dataclass(frozen=True)
class Grensmutant:
    """One broken rule: what is replaced by what, and the boundary check that must see it."""

    waar: object
    naam: str
    door: object
    check: object


def _without(veld, waarde):
    """A kind that forgets one key of its toets."""

    def change(klasse):
        echt = klasse.assess
        return lambda self, t, zicht: echt(self, msgspec.structs.replace(t, **{veld: waarde}), zicht)

    return change


def _forget(klasse, veld, waarde, check):
    return Grensmutant(klasse, "assess", _without(veld, waarde)(klasse), check)


_GAP_OF_A_DAY = certificaatdekking.list_gaten
_GRENS = registercontrole.find_grens
_GEBREK = verklaring._list_gebreken

MUTANTEN = {
    "an old look into the register counts": Grensmutant(
        certificaatgroepen, "is_recent", lambda *_: True, grenzen_c.check_register_look_of_a_certificate
    ),
    "the first day of the register counts as too early": Grensmutant(
        registercontrole,
        "find_grens",
        lambda controle, zicht: (_GRENS(controle, zicht) or date.min) + timedelta(days=1),
        grenzen_c.check_register_look_since_a_day,
    ),
    "an old look at a registration counts": Grensmutant(
        registersoort, "is_recent", lambda *_: True, grenzen_c.check_register_look_of_a_registration
    ),
    "accreditation is not asked": _forget(
        certificaat.Certificaat, "accreditatie_vereist", False, grenzen_c.check_accreditation
    ),
    "the issuing body is not asked": _forget(certificaat.Certificaat, "instellingen", (), grenzen_c.check_issuing_body),
    "another body counts without judgement": Grensmutant(
        certificaatgroepen, "is_other_instelling", lambda *_: False, grenzen_c.check_issuing_body
    ),
    "locations on the certificate are not asked": _forget(
        certificaat.Certificaat, "locaties_functie", None, grenzen_c.check_locations_on_a_certificate
    ),
    "any location on the certificate will do": Grensmutant(
        certificaatgroepen, "names_plaats", lambda *_: True, grenzen_c.check_locations_on_a_certificate
    ),
    "locations that are not in use yet are asked": Grensmutant(
        certificaat, "_is_in_use", lambda *_: True, grenzen_c.check_locations_on_a_certificate
    ),
    "certificates need not join up": _forget(
        certificaat.Certificaat, "aaneengesloten", False, grenzen_c.check_joined_certificates
    ),
    "a gap of one day is no gap": Grensmutant(
        certificaatdekking,
        "list_gaten",
        lambda c, eerste, laatste: [g for g in _GAP_OF_A_DAY(c, eerste, laatste) if g[0] != g[1]],
        grenzen_c.check_joined_certificates,
    ),
    "a gap before the start is forgotten": _forget(
        certificaat.Certificaat, "aaneengesloten", False, grenzen_c.check_a_gap_before_the_start_is_a_condition
    ),
    "a certificate of others may always be judged": _forget(
        certificaat.Certificaat, "onbekende_entiteit", None, grenzen_c.check_name_of_others
    ),
    "age is measured on the day that it must exist": _forget(
        document.Document, "leeftijd_op", None, grenzen.check_age_on_its_own_moment
    ),
    "any version counts": _forget(document.Document, "versies", (), grenzen.check_version),
    "anybody may provide a part": _forget(document.Document, "onderdelen_door", (), grenzen.check_who_provides_a_part),
    "who is not in the application may provide a part": Grensmutant(
        documentonderdelen,
        "keep_allowed",
        lambda t, zicht, tijdig: [(f, o) for f, o in tijdig if o.door is not None],
        grenzen.check_who_provides_a_part,
    ),
    "only the applicant must sign": _forget(
        verklaring.Verklaring, "ondertekend_door", (), grenzen.check_signatures_of_parties
    ),
    "one signature is enough": Grensmutant(
        verklaring,
        "_list_gebreken",
        lambda t, f: gebreken if len(gebreken := _GEBREK(t, f)) == len(t.ondertekend_door or ("een",)) else [],
        grenzen.check_signatures_of_parties,
    ),
    "a prefilled answer counts": Grensmutant(
        verklaring.Verklaring,
        "_assess_one",
        lambda self, t, zicht, f, peil, echt=verklaring.Verklaring._assess_one: echt(
            self, t, zicht, msgspec.structs.replace(f, vooringevuld=()), peil
        ),
        grenzen.check_prefilled_answers,
    ),
    "any answer satisfies": Grensmutant(verklaring, "_is_wrong", lambda *_: False, grenzen.check_answers),
    "the total is asked of each product": Grensmutant(
        ervaring,
        "count_totaal",
        lambda feiten: max((f.clienten for f in feiten), default=0),
        grenzen.check_experience_in_total,
    ),
    "a share is rounded": Grensmutant(
        personeel,
        "is_enough",
        lambda t, g, a, *, bekend=True: (
            round(100 * personeel.count_people(g) / max(1, personeel.count_totaal(a)[0])) >= 66
        ),
        grenzen.check_share_of_staff,
    ),
    "an unknown total is no more than who was stated": Grensmutant(
        personeel,
        "count_totaal",
        lambda aanwezig, echt=personeel.count_totaal: (echt(aanwezig)[0], True),
        grenzen.check_share_of_staff,
    ),
    "the number is forgotten where a share is asked": _forget(
        personeel.Personeel, "minimum", None, grenzen.check_number_and_share_of_staff
    ),
    "any register will do": Grensmutant(
        personeel, "_names_register", lambda *_: True, grenzen.check_one_of_several_registers
    ),
    "the demand always holds": _forget(getal.Getal, "als", None, grenzen.check_quantity_above_another),
    "what was too small may be mended": Grensmutant(
        getal.Getal,
        "assess",
        lambda self, t, zicht: (
            u
            if (u := self._compare(t, zicht, zicht.find(getal.Getalfeit, t.grootheid))).uitkomst == "voldoet"
            else self._weigh_voorwaarde(t, t.als, zicht, u)
        ),
        grenzen.check_what_was_too_small_stays_too_small,
    ),
    "the offer does not matter": Grensmutant(getal, "count_aanbod", lambda *_: 1, grenzen.check_quantity_per_offer),
    "any size counts": _forget(partijen.Partijtelling, "groottes", (), grenzen.check_parties_by_size),
    "an unknown size counts": Grensmutant(
        partijen,
        "counts",
        lambda t, lid: lid.grootte is None or lid.grootte in t.groottes,
        grenzen.check_parties_by_size,
    ),
    "the maximum is forgotten": _forget(partijen.Partijtelling, "maximum", None, grenzen.check_number_of_parties),
    "onderaannemers need not satisfy it": Grensmutant(
        toetsdossier,
        "list_partijen",
        lambda toepassing, beroep, leden: [
            p for p in list_partijen(toepassing, beroep, leden) if p.lid != grenzen.ZUID
        ],
        grenzen.check_executors,
    ),
    "evidence of others always counts": Grensmutant(
        toetsdossier,
        "list_partijen",
        lambda toepassing, _, leden: list_partijen(toepassing, True, leden),
        grenzen.check_lent_evidence,
    ),
    "a size that was not stated takes the demand away": Grensmutant(
        toets,
        "covers_partij",
        lambda alleen, partij, **hoe: (
            eenheden.covers_partij(alleen, partij, **hoe) and all(lid.grootte is not None for lid in partij.leden)
        ),
        grenzen.check_reach_by_size,
    ),
    "a later location is forgotten": Grensmutant(
        certificaat.Certificaat,
        "_assess_locaties",
        lambda self, t, zicht, c, functie: self._assess_plaats(t, zicht, c, None),
        grenzen_c.check_a_later_location_ends_what_a_certificate_carries,
    ),
}


def is_killed(mutant):
    try:
        mutant.check()
    except (AssertionError, ValueError):
        return True
    return False


@pytest.fixture(autouse=True)
def nothing_compiled(monkeypatch):
    """Every leaf is judged by the rule that is broken; what is compiled has its mutants in `test_gangbaar`."""
    monkeypatch.setattr(aanbodplan, "GANGBAAR", {})


@pytest.mark.parametrize("naam", MUTANTEN)
def test_a_broken_key_is_seen(naam, monkeypatch):
    mutant = MUTANTEN[naam]
    monkeypatch.setattr(mutant.waar, mutant.naam, mutant.door)
    assert is_killed(mutant)


def test_every_boundary_check_kills_a_mutant():
    gebruikt = {mutant.check.__name__ for mutant in MUTANTEN.values()}
    assert gebruikt == {f"check_{naam}" for naam in grenzen.GRENZEN}
