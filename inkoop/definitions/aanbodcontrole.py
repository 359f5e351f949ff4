"""Whether what is bought fits together: how each product is paid, the matrix, optional cells, segments, tariffs.

Bron: M20-21, H19-20, J21-xx-01, W21-BG-02; BP-07, BP-16; B.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from inkoop.definitions.modelpad import Loc
from inkoop.definitions.naamcontrole import Melding, check_bekend, check_bekende_lijst, check_uniek
from inkoop.domain.aanbod import Bekostiging, Schaal, Tariefeenheid
from inkoop.domain.kalender import format_dag
from inkoop.domain.procedure import Perceel, Proceduredefinitie, Product
from inkoop.domain.tarief import check_tarieftabel

_HONDERD = Decimal(100)
_EENHEDEN = [str(eenheid) for eenheid in Tariefeenheid]


def list_productcodes(definitie: Proceduredefinitie) -> list[tuple[Loc, str]]:
    """Every product code with its place."""
    return [
        (("percelen", i, "producten", j, "code"), product.code)
        for i, perceel in enumerate(definitie.percelen)
        for j, product in enumerate(perceel.producten)
    ]


def check_aanbod(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Every contradiction in percelen, products and segments."""
    segmenten = [segment.code for segment in definitie.segmenten]
    yield from check_uniek((("segmenten", i, "code"), code) for i, code in enumerate(segmenten))
    yield from _check_aandelen(definitie)
    for i, perceel in enumerate(definitie.percelen):
        loc: Loc = ("percelen", i)
        yield from check_bekend((*loc, "schaal"), perceel.schaal, [str(schaal) for schaal in Schaal], "schaal")
        if perceel.segment is not None:
            yield from check_bekend((*loc, "segment"), perceel.segment, segmenten, "segment")
        yield from _check_perceel(loc, perceel, definitie)


def _check_perceel(loc: Loc, perceel: Perceel, definitie: Proceduredefinitie) -> Iterator[Melding]:
    wijzen = {perceel.bekostiging_van(product) for product in perceel.producten}
    yield from check_uniek(((*loc, "tredes", j, "code"), trede.code) for j, trede in enumerate(perceel.tredes))
    if perceel.tredes and Bekostiging.RESULTAATTARIEF not in wijzen:
        tekst = f"Tredes horen bij '{Bekostiging.RESULTAATTARIEF}', en geen product in dit perceel wordt zo betaald."
        yield (*loc, "tredes"), tekst
    for j, product in enumerate(perceel.producten):
        if perceel.bekostiging_van(product) is None:
            wijs = ", ".join(Bekostiging)
            tekst = (
                f"Hoe product {product.code} wordt betaald, staat er niet. Zet 'bekostiging' bij het perceel of bij "
                f"het product: {wijs}."
            )
            yield (*loc, "producten", j), tekst
        yield from _check_optioneel((*loc, "producten", j, "optioneel"), product, perceel, definitie)


def _check_optioneel(loc: Loc, product: Product, perceel: Perceel, definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Optional cells name participants and tredes that exist (BP-16)."""
    gemeenten = [gemeente.code for gemeente in definitie.gemeenten]
    treden = [trede.code for trede in perceel.tredes]
    for k, optie in enumerate(product.optioneel):
        if not optie.gemeenten:
            yield (*loc, k, "gemeenten"), "Noem de gemeenten die dit wel inkopen."
        yield from check_bekende_lijst((*loc, k, "gemeenten"), optie.gemeenten, gemeenten, "gemeente")
        yield from check_bekende_lijst((*loc, k, "tredes"), optie.tredes, treden, "trede")


def _check_aandelen(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Shares of segments are percentages that sum to 100 (J21-xx-01)."""
    for naam in ("aandeel_clienten", "aandeel_kosten"):
        aandelen = [getattr(segment, naam) for segment in definitie.segmenten]
        for i, aandeel in enumerate(aandelen):
            if not 0 <= aandeel <= _HONDERD:
                yield ("segmenten", i, naam), f"Een aandeel is een percentage van 0 tot en met 100; er staat {aandeel}."
        if aandelen and sum(aandelen) != _HONDERD:
            tekst = f"De percentages '{naam}' van de segmenten zijn samen {sum(aandelen)}; dat moet precies 100 zijn."
            yield ("segmenten", len(aandelen) - 1, naam), tekst


def check_tarieven(definitie: Proceduredefinitie) -> Iterator[Melding]:
    """Each table has one amount for all that is paid per product, cell or perceel; what is excluded is not offered."""
    producten = [code for _, code in list_productcodes(definitie)]
    for i, tabel in enumerate(definitie.tarieftabellen):
        for beletsel in check_tarieftabel(tabel, definitie.percelen):
            plaats = beletsel.plaats or ("lumpsums" if "lumpsum" in beletsel.code else "tarieven",)
            yield ("tarieftabellen", i, *plaats), beletsel.tekst
        yield from check_bekend(("tarieftabellen", i, "eenheid"), tabel.eenheid, _EENHEDEN, "eenheid")
        for j, toeslag in enumerate(tabel.toeslagen):
            loc: Loc = ("tarieftabellen", i, "toeslagen", j, "eenheid")
            yield from check_bekend(loc, toeslag.eenheid, _EENHEDEN, "eenheid")
    for code in definitie.uitgesloten_producten:
        if code in producten:
            yield ("uitgesloten_producten", code), f"Product {code} staat ook in een perceel. Kies één van beide."
    eerste = min((tabel.ingang for tabel in definitie.tarieftabellen), default=definitie.looptijd.ingang)
    if eerste > definitie.looptijd.ingang:
        tekst = f"De eerste tarieven gaan pas in op {format_dag(eerste)}, na de ingang van de looptijd."
        yield ("tarieftabellen", 0, "ingang"), tekst
    methode = definitie.contract.indexmethode
    if methode is not None and methode.loongewicht + methode.prijsgewicht != _HONDERD:
        som = methode.loongewicht + methode.prijsgewicht
        yield (
            ("contract", "indexmethode"),
            f"De gewichten voor lonen en prijzen zijn samen {som}; dat moet precies 100 zijn.",
        )
