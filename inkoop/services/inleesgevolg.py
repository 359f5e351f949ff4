"""What an officer sees in a dry run beside the rows themselves: who takes part for a perceel too often.

As far as it can be seen: among the rows of the export, and what was handed in before in a round that is open
already, and in other rounds of the procedure. What is sealed shows nothing until the opening (FE-8), which looks
at everything.

Bron: B.4 (`max_deelname_per_perceel`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.samenloop import find_samenlopen, keep_elders, list_deelnemingen
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, procedures, rondes, samenlopen, verzegeling

_STAAND = (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING, Aanmeldingsstatus.BESLOTEN)


def warn_samenloop(
    sessie: Session, ronde: str, rijen: Sequence[tuple[int, str, Aanmeldingsopgave]]
) -> dict[int, tuple[str, ...]]:
    """Per row (number, reference, aanmelding) that counts what it shares with others; rows without it are absent.

    Rows of one applicant are no case of this: the last of them counts.
    """
    rij = rondes.find_ronde(sessie, ronde)
    maximum = procedures.read_definitie(sessie, rij.procedure_id).max_deelname_per_perceel
    laatste = {opgave.penvoerder.kvk: nummer for nummer, _, opgave in rijen}
    telt = [
        (nummer, f"rij {nummer}", opgave) for nummer, _, opgave in rijen if laatste[opgave.penvoerder.kvk] == nummer
    ]
    er_al = [
        (0, eerder.kenmerk, aanmeldingen.read_opgave(eerder))
        for eerder in aanmeldingen.list_aanmeldingen(sessie, rij, *_STAAND)
        if not verzegeling.is_verzegeld(eerder)
    ]
    namen = {naam: nummer for nummer, naam, _ in telt}
    deelnemingen = [een for _, naam, opgave in (*er_al, *telt) for een in list_deelnemingen(naam, opgave)]
    elders = keep_elders(deelnemingen, samenlopen.list_elders(sessie, rij))
    gevonden: dict[int, list[str]] = {}
    for een in find_samenlopen([*elders, *deelnemingen], maximum):
        for naam in een.aanmeldingen:
            if naam in namen:
                anderen = ", ".join(ander for ander in een.aanmeldingen if ander != naam)
                tekst = (
                    f"{een.naam} (KvK {een.kvk}) doet voor perceel {een.perceel} ook mee in {anderen}; na de opening"
                    " beslist een medewerker wat meetelt"
                )
                gevonden.setdefault(namen[naam], []).append(tekst)
    return {nummer: tuple(zinnen) for nummer, zinnen in gevonden.items()}
