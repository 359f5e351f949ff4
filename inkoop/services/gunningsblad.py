"""The award of a round as a page shows it: each intention, until when its term runs, and what holds it up.

Bron: B.2.3, B.2.4; F.3.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.services import geschillen, gunningen, procedures, rondes, selecties
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees


class Gunningsregel(msgspec.Struct, frozen=True, kw_only=True):
    """One intention. `wacht` says what is in the way today; empty and not `definitief_op`: it can be made final."""

    aanmelding: str
    aanbieder: str
    perceel: str
    termijn_tot: date | None
    wacht: tuple[str, ...]
    definitief_op: datetime | None
    definitief_door: str


class Gunningsblad(msgspec.Struct, frozen=True, kw_only=True):
    """The award of a round; `verlaten` are percelen whose winner withdrew and that nobody else can get."""

    ronde: str
    procedure: str
    titel: str
    vergelijkt: bool
    regels: tuple[Gunningsregel, ...]
    verlaten: tuple[str, ...]

    @property
    def is_iets_te_doen(self) -> bool:
        """Whether anything can be made final now."""
        return bool(self.verlaten) or any(not r.wacht and r.definitief_op is None for r in self.regels)


def read_blad(huis: Huis, door: Optreden, kenmerk: str) -> Gunningsblad:
    """Every intention that was sent in a round, by perceel and aanbieder."""
    with lees(huis, door, Handeling.BESLUIT_LEZEN) as sessie:
        ronde = rondes.find_ronde(sessie, kenmerk)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        op = local_date(door.nu)
        regels = []
        for aanmelding, besluit in selecties.list_staand(sessie, ronde):
            if besluit.soort is not Besluitsoort.GUNNINGSVOORNEMEN:
                continue
            gunning = gunningen.find_gunning(sessie, besluit)
            in_de_weg = () if gunning else geschillen.check_vrij(sessie, ronde, [besluit.perceel or ""], op)
            regels.append(
                Gunningsregel(
                    aanmelding=aanmelding.kenmerk,
                    aanbieder=aanmelding.naam,
                    perceel=besluit.perceel or "",
                    termijn_tot=besluit.vervaldatum,
                    wacht=tuple(beletsel.tekst for beletsel in in_de_weg),
                    definitief_op=None if gunning is None else gunning.definitief_op,
                    definitief_door="" if gunning is None else gunning.door,
                )
            )
        verlaten = sorted({besluit.perceel or "" for _, besluit in gunningen.list_verlaten(sessie, ronde)})
    return Gunningsblad(
        ronde=kenmerk,
        procedure=definitie.naam,
        titel=definitie.titel,
        vergelijkt=definitie.selectie,
        regels=tuple(sorted(regels, key=lambda r: (r.perceel, r.aanbieder))),
        verlaten=tuple(verlaten),
    )
