"""Evidence files and the facts stated on them.

Every file is examined before any is kept, so a refusal leaves nothing behind. A fact carries the
hash of the file it was read from; a judgement is bound to those hashes.

Bron: ontwerp 2.9, 7, 8; domein B.2.7, F.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.aanmelding import Bewijsstuk
from inkoop.domain.criteria.dossier import Aanleiding, EenFeit, Herkomst
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.services.huis import Huis
from inkoop.storage.bestandsbron import Bestandsbron, as_bron
from inkoop.storage.bewijsopslag import BewijsRefusedError, Opgeslagen
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bewijs import BewijsstukRow, FeitRow, HergebruikRow

Gekeurd = Opgeslagen

Bestanden = Mapping[str, bytes | Bestandsbron]
"""The files that are handed in together, by name; each is taken when it is needed, so they need not fit in memory."""


def examine_bestanden(huis: Huis, stukken: Sequence[Bewijsstuk], bestanden: Bestanden) -> dict[str, Gekeurd]:
    """Examine every file and keep none yet; refuse all of them with every reason at once."""
    genoemd = {stuk.bestand for stuk in stukken}
    beletselen = [
        Beletsel("bestand-ontbreekt", f"Het bestand '{naam}' wordt genoemd, maar is niet meegestuurd.")
        for naam in sorted(genoemd - bestanden.keys())
    ]
    beletselen += [
        Beletsel("bestand-onbekend", f"Het bestand '{naam}' is meegestuurd, maar wordt nergens genoemd.")
        for naam in sorted(bestanden.keys() - genoemd)
    ]
    gekeurd: dict[str, Gekeurd] = {}
    for naam in sorted(genoemd & bestanden.keys()):
        try:
            gekeurd[naam] = huis.winkel.bewijs.inspect(as_bron(naam, bestanden[naam]))
        except BewijsRefusedError as fout:
            beletselen.append(Beletsel("bestand-geweigerd", str(fout)))
    if beletselen:
        raise BeletselenError("De bewijsstukken kunnen niet worden ontvangen; er is niets bewaard.", beletselen)
    return gekeurd


def store_bewijsstukken(
    huis: Huis,
    eenheid: Eenheid,
    aanmelding: AanmeldingRow,
    stukken: Iterable[Bewijsstuk],
    gekeurd: Mapping[str, Gekeurd],
    bestanden: Bestanden,
    *,
    aanleiding: Aanleiding,
    ontvangen_op: datetime,
    aanvulling: UUID | None = None,
) -> None:
    """Keep the files and record what is stated on them; stated is not established.

    Called once everything else was found in order, so that a refusal leaves no file behind.
    """
    for stuk in stukken:
        bestand = gekeurd[stuk.bestand]
        huis.winkel.bewijs.store_bron(as_bron(stuk.bestand, bestanden[stuk.bestand]))
        rij = BewijsstukRow(
            id=huis.nieuw_id(),
            aanmelding_id=aanmelding.id,
            aanvulling_id=aanvulling,
            bestand=stuk.bestand,
            omschrijving=stuk.omschrijving,
            sha256=bestand.sha256,
            mediatype=bestand.mediatype,
            grootte=bestand.grootte,
            lid=stuk.lid,
            aanleiding=aanleiding,
            ontvangen_op=ontvangen_op,
            apart_gezet=bestand.bsn_verdacht,
        )
        eenheid.sessie.add(rij)
        eenheid.sessie.flush()
        if stuk.eerder is not None:
            eenheid.sessie.add(HergebruikRow(bewijsstuk_id=rij.id, eerder=stuk.eerder))
        for nummer, feit in enumerate(stuk.feiten, start=1):
            gesteld = msgspec.structs.replace(
                feit,
                id=f"{bestand.sha256[:12]}#{nummer}",
                bewijs=(bestand.sha256,),
                herkomst=Herkomst.OPGEGEVEN,
                ontvangen_op=local_date(ontvangen_op),
                aanleiding=aanleiding,
            )
            eenheid.sessie.add(
                FeitRow(
                    id=huis.nieuw_id(),
                    aanmelding_id=aanmelding.id,
                    bewijsstuk_id=rij.id,
                    feit=gesteld.id,
                    inhoud=encode_feit(gesteld),
                )
            )


def encode_feit(feit: EenFeit) -> str:
    """A fact as it stands in the database."""
    return msgspec.json.encode(feit, order="deterministic").decode()


def decode_feit(inhoud: str) -> EenFeit:
    """A fact as the rules read it."""
    return msgspec.json.decode(inhoud, type=EenFeit)  # type: ignore[no-any-return]


def list_bewijsstukken(sessie: Session, aanmelding: AanmeldingRow) -> list[BewijsstukRow]:
    """All evidence of an aanmelding, in the order in which it came."""
    return list(
        sessie.exec(
            select(BewijsstukRow)
            .where(BewijsstukRow.aanmelding_id == aanmelding.id)
            .order_by(BewijsstukRow.ontvangen_op, BewijsstukRow.bestand)  # type: ignore[arg-type]
        )
    )


def list_hergebruik(sessie: Session, aanmelding: AanmeldingRow) -> dict[UUID, str]:
    """From which earlier aanmelding each file comes that was used again, by the id of its record."""
    vraag = select(HergebruikRow).join(BewijsstukRow, col(BewijsstukRow.id) == HergebruikRow.bewijsstuk_id)
    return {
        rij.bewijsstuk_id: rij.eerder for rij in sessie.exec(vraag.where(BewijsstukRow.aanmelding_id == aanmelding.id))
    }
