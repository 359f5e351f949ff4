"""Whether term, options, transition and older agreements hold together.

Bron: BP-03, BP-08, domein 0.12; B.1.8; H19-56, M20-05, J21-xx-02.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inkoop.definitions.naamcontrole import Melding, check_bekend, check_uniek
from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.archief import check_regels
from inkoop.domain.contractprofiel import check_profiel
from inkoop.domain.looptijd import Verlengingswijze, check_duur, check_looptijd
from inkoop.domain.overeenkomstdelen import Contract
from inkoop.domain.overgang import check_overgang_regel, check_voorganger
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Kwalificatie, Proceduredefinitie

RAAMOVEREENKOMST = "raamovereenkomst"
OVEREENKOMSTSOORTEN = (RAAMOVEREENKOMST, "overeenkomst van opdracht")
"""The kinds of agreement; a framework agreement is no assignment by itself (B.1.8)."""


def check_termijn(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """The term has no contradiction, and extensions fit the maximum (BP-03, domein 0.12)."""
    looptijd, contract = definitie.looptijd, definitie.contract
    woorden = [str(wijze) for wijze in Verlengingswijze]
    yield from check_bekend(("looptijd", "verlenging"), looptijd.verlenging, woorden, "verlenging")
    if looptijd.verlenging in woorden:
        for beletsel in check_looptijd(looptijd):
            yield ("looptijd",), beletsel.tekst
    soort = contract.overeenkomstsoort
    yield from check_bekend(("contract", "overeenkomstsoort"), soort, OVEREENKOMSTSOORTEN, "soort overeenkomst")
    raam = soort == RAAMOVEREENKOMST
    aanbesteed = definitie.kwalificatie is Kwalificatie.SAS
    for beletsel in check_duur(looptijd, raamovereenkomst=raam, aanbesteed=aanbesteed):
        yield ("looptijd", "max_einddatum"), beletsel.tekst
    wijzen = {p.bekostiging_van(product) for p in definitie.percelen for product in p.producten}
    if raam and wijzen == {Bekostiging.LUMPSUM}:
        tekst = (
            "Een lumpsum is de opdracht voor een heel gebied, dus geen raamovereenkomst. Schrijf "
            f"'{OVEREENKOMSTSOORTEN[1]}'."
        )
        yield ("contract", "overeenkomstsoort"), tekst
    for i, ronde in enumerate(definitie.instroom.rondes):
        optie = ronde.alleen_bij_optie
        if optie is not None and not 1 <= optie <= (looptijd.aantal_opties or 0):
            tekst = f"Ronde {ronde.kenmerk} wacht op optie {optie}, maar er zijn {looptijd.aantal_opties or 0} opties."
            yield ("instroom", "rondes", i, "alleen_bij_optie"), tekst


def check_overgangen(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """The transition and the older agreements."""
    if definitie.overgang is not None:
        for beletsel in check_overgang_regel(definitie.overgang):
            yield ("overgang",), beletsel.tekst
    yield from check_uniek((("voorgangers", i, "code"), v.code) for i, v in enumerate(definitie.voorgangers))
    for i, voorganger in enumerate(definitie.voorgangers):
        for beletsel in check_voorganger(voorganger):
            yield ("voorgangers", i), beletsel.tekst


def check_bewaarregels(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """One term for each class of files, of whole years, with who set it (B.7)."""
    for beletsel in check_regels(definitie.bewaarregels):
        yield ("bewaarregels", *beletsel.plaats), beletsel.tekst


def check_contractdelen(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """A ladder of sanctions only where the contract has one; pieces and duties stand once (H19-42, H19-58)."""
    contract = definitie.contract
    yield from check_uniek((("contract", "onderdelen", i, "code"), o.code) for i, o in enumerate(contract.onderdelen))
    if contract.sanctiestappen and not contract.sanctieladder:
        yield ("contract", "sanctiestappen"), "Er staan stappen, maar 'sanctieladder' is nee. Kies één van beide."
    for i, stap in enumerate(contract.sanctiestappen):
        if stap.zienswijze_dagen < 0:
            yield ("contract", "sanctiestappen", i, "zienswijze_dagen"), "Dit kan geen negatief getal zijn."
    yield from check_uniek((("contract", "plichten", i, "code"), een.code) for i, een in enumerate(contract.plichten))
    percelen = [perceel.code for perceel in definitie.percelen]
    for i, plicht in enumerate(contract.plichten):
        if plicht.elke_maanden < 1:
            yield ("contract", "plichten", i, "elke_maanden"), "Meet ten minste om de 1 maand."
        if plicht.waarde < 0:
            yield ("contract", "plichten", i, "waarde"), "Dit kan geen negatief getal zijn."
        for j, code in enumerate(plicht.percelen):
            yield from check_bekend(("contract", "plichten", i, "percelen", j), code, percelen, "perceel")
    yield from _check_implementatie(contract, percelen)
    for beletsel in check_profiel(definitie):
        yield ("contract", "profiel"), beletsel.tekst
    for i, onderdeel in enumerate(contract.onderdelen):
        if not onderdeel.verplicht and not onderdeel.wanneer.strip():
            tekst = "Zeg onder 'wanneer' in welk geval dit onderdeel erbij hoort."
            yield ("contract", "onderdelen", i), tekst


_UITVOERDERS = (Rol.CONTRACTMANAGER, Rol.INKOPER, Rol.JURIST, Rol.FINANCIEN, Rol.AANBIEDER)
"""Who may be named with a point of the implementation (domain/bevoegdheid: implementatie_vastleggen)."""


def _check_implementatie(contract: Contract, percelen: Sequence[str]) -> Iterator[Melding]:
    """Points that stand once, for somebody who can tick them, on a day that can be (C.15)."""
    yield from check_uniek(
        (("contract", "implementatie", i, "code"), p.code) for i, p in enumerate(contract.implementatie)
    )
    for i, punt in enumerate(contract.implementatie):
        plek = ("contract", "implementatie", i)
        if punt.rol not in _UITVOERDERS:
            wel = ", ".join(_UITVOERDERS)
            yield (*plek, "rol"), f"Deze rol kan geen punt afvinken. Wel: {wel}."
        if punt.dagen_voor_ingang < 0:
            yield (*plek, "dagen_voor_ingang"), "Dit kan geen negatief getal zijn."
        for j, code in enumerate(punt.percelen):
            yield from check_bekend((*plek, "percelen", j), code, percelen, "perceel")
