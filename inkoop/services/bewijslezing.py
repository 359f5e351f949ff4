"""The evidence beside each stated fact: the file, the page, the text found, another value if one stands there.

Bron: ontwerp 2.9; F.0 `beoordelaars`.
"""

from __future__ import annotations

import msgspec
from sqlmodel import select

from inkoop.domain.bewijslezing import Leesregel, read_beside
from inkoop.domain.criteria.dossier import EenFeit
from inkoop.domain.toegang import Handeling
from inkoop.services import aanmeldingen, feiten, rondes
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.keuring_pdf import read_paginas
from inkoop.storage.tabellen.bewijs import BewijsstukRow

PDF = "application/pdf"


class Bewijsblad(msgspec.Struct, frozen=True, kw_only=True):
    """One fact with its evidence beside it; `wijze` is what was found about it, None = nothing yet."""

    feit: str
    inhoud: EenFeit
    bestand: str
    sha256: str
    paginas: int
    wijze: str | None
    regels: tuple[Leesregel, ...]


def read_bewijsbladen(huis: Huis, door: Optreden, kenmerk: str, *, alleen_open: bool = False) -> list[Bewijsblad]:
    """Every fact of an aanmelding beside its evidence, by file; for somebody who may see it now.

    A file that is set apart because a BSN is suspected in it is not read by the machine.
    """
    with rondes.lees(huis, door, Handeling.AANMELDING_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, door)
        rondes.require_geopend(sessie, rij.ronde_id, door)
        stukken = {
            stuk.sha256: stuk
            for stuk in sessie.exec(select(BewijsstukRow).where(BewijsstukRow.aanmelding_id == rij.id))
        }
        regels = feiten.list_feiten(sessie, rij)
    teksten: dict[str, tuple[str, ...]] = {}
    bladen = []
    for regel in regels:
        if alleen_open and regel.wijze is not None and regel.wijze is not feiten.ONDUIDELIJK:
            continue
        sha256 = regel.feit.bewijs[0]
        stuk = stukken[sha256]
        if sha256 not in teksten:
            leesbaar = stuk.mediatype == PDF and not stuk.apart_gezet
            teksten[sha256] = _read(huis, sha256) if leesbaar else ()
        bladen.append(
            Bewijsblad(
                feit=regel.id,
                inhoud=regel.feit,
                bestand=regel.bestand,
                sha256=sha256,
                paginas=len(teksten[sha256]),
                wijze=regel.wijze,
                regels=read_beside(regel.feit, teksten[sha256]),
            )
        )
    return bladen


def _read(huis: Huis, sha256: str) -> tuple[str, ...]:
    with huis.winkel.bewijs.open(sha256) as bestand:
        return read_paginas(bestand)
