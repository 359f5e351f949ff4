"""What a besluit does to what rested on the one that it replaces.

Bron: domein B.2.2, B.2.3.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import select

from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import VERLOPEN, Overeenkomststatus
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow


def lapse_overeenkomst(
    eenheid: Eenheid, rij: AanmeldingRow, te_doen: Sequence[tuple[AanmeldingRow, BesluitRow]]
) -> None:
    """Let an agreement lapse that was composed and not signed, when what it rests on changes."""
    if all(besluit.vervangt_id is None for aanmelding, besluit in te_doen if aanmelding.id == rij.id):
        return
    overeenkomst = eenheid.sessie.exec(
        select(OvereenkomstRow).where(OvereenkomstRow.aanmelding_id == rij.id)
    ).one_or_none()
    if overeenkomst is None or Overeenkomststatus.VERVALLEN not in VERLOPEN[Overeenkomststatus][overeenkomst.status]:
        return
    reden = "het besluit waarop de overeenkomst rust, is vervangen"
    eenheid.audit(
        Handeling.BESLUIT_NEMEN, overeenkomst.contractnummer, van=overeenkomst.status, naar="vervallen", reden=reden
    )
    overeenkomst.status = Overeenkomststatus.VERVALLEN
    eenheid.sessie.add(overeenkomst)
