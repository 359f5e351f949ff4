"""A round in numbers: what came in, what happened to it, how long it took, and who has how much to do.

Bron: M20-43 (stocktaking); B.9; project default for what is counted.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Besluitstatus
from inkoop.services import aanmeldingen, besluiten, geschillen, herstel, rondes, taken, toetsen
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.tabellen.ronde import RondeRow


class Rondestatistiek(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a round. Days run from closing to sending; None while nothing was sent.

    `falend` counts per criterium how many applications fail it by their last toets; `werklast` per role how many
    tasks are open and the first last day among them; `handelingen` per person how many acts.
    """

    ronde: str
    aanmeldingen: dict[str, int]
    percelen: dict[str, dict[str, int]]
    falend: dict[str, int]
    herstelverzoeken: int
    hersteld: int
    heroverwogen: int
    geschillen: dict[str, int]
    dagen_tot_verzending: int | None
    werklast: dict[str, int]
    handelingen: dict[str, int]


def read_statistiek(huis: Huis, door: Optreden, ronde: str) -> Rondestatistiek:
    """The numbers of a round after its opening."""
    with rondes.lees(huis, door, Handeling.BESLUIT_LEZEN) as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        rondes.require_geopend(sessie, rij.id, door)
        return count_ronde(huis, sessie, rij, door.nu)


def count_ronde(huis: Huis, sessie: Session, ronde: RondeRow, nu: datetime) -> Rondestatistiek:
    """Count everything from the records."""
    alle = aanmeldingen.list_aanmeldingen(sessie, ronde)
    percelen: dict[str, Counter[str]] = {}
    falend: Counter[str] = Counter()
    verzonden, punten, heroverwogen = [], [], 0
    for rij in alle:
        for besluit in besluiten.list_besluiten(sessie, rij):
            if besluit.verzonden_op is not None:
                verzonden.append(besluit.verzonden_op)
            heroverwogen += 1 if besluit.volgnummer > 1 and besluit.status is Besluitstatus.VERZONDEN else 0
        for besluit in besluiten.list_geldig(sessie, rij):
            percelen.setdefault(besluit.perceel or "", Counter())[besluit.soort] += 1
        toets = toetsen.find_laatste(sessie, rij)
        if toets is not None:
            bevindingen = toetsen.decode_resultaat(toets).bevindingen
            falend.update({b.criterium for b in bevindingen if b.uitkomst is Uitkomst.VOLDOET_NIET})
        if herstel.find_verzoek(sessie, rij) is not None:
            punten.append([punt.stand for punt in herstel.list_puntstanden(sessie, rij)])
    open_taken = taken.list_rondetaken(huis, sessie, ronde.kenmerk, nu)
    namen = [rij.kenmerk for rij in alle] + [ronde.kenmerk]
    regels = sessie.exec(select(AuditRow.persoon).where(col(AuditRow.onderwerp).in_(namen)))
    eerste = min(verzonden, default=None)
    return Rondestatistiek(
        ronde=ronde.kenmerk,
        aanmeldingen=dict(sorted(Counter(str(rij.status) for rij in alle).items())),
        percelen={perceel: dict(sorted(telling.items())) for perceel, telling in sorted(percelen.items())},
        falend=dict(sorted(falend.items())),
        herstelverzoeken=len(punten),
        hersteld=sum(1 for standen in punten if standen and all(stand == "hersteld" for stand in standen)),
        heroverwogen=heroverwogen,
        geschillen=dict(Counter(str(een.soort) for een in geschillen.list_geschillen(sessie, ronde))),
        dagen_tot_verzending=None if eerste is None else (local_date(eerste) - local_date(ronde.sluiting)).days,
        werklast=dict(sorted(Counter(str(taak.rol) for taak in open_taken).items())),
        handelingen=dict(sorted(Counter(regels).items())),
    )
