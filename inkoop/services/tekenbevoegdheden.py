"""Establishing who may sign for an aanbieder: from the register, or from a power of attorney; never from its word.

The aanmelding names one person for each legal person. Who must sign together with another, who came later and who
may not sign any more is established here, with the evidence.

Bron: B.3.4 (alone or jointly); ontwerp 2.9 (facts are established); issue contract years (KvK authority).
"""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, select

from inkoop.domain.aanmelding import Ondernemer, Tekenwijze
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.services import overeenkomsten
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.gezien import Kijk, Stand
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.ondertekeningen import list_partijen
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.tabellen.ondertekening import TekenbevoegdheidRow


def establish_bevoegdheid(
    huis: Huis,
    door: Optreden,
    nummer: str,
    *,
    lid: str,
    naam: str,
    functie: str,
    wijze: Tekenwijze,
    grond: str,
    bewijs: Bestandsbron,
    geldig_van: date | None = None,
    geldig_tot: date | None = None,
) -> None:
    """Record who may sign for a legal person of the aanbieder of an agreement; the last record of a person counts.

    `lid` is its name or short name, `bewijs` the extract or power of attorney. Refused with
    every reason.
    """
    with handel(huis, door, Handeling.TEKENBEVOEGDHEID_VASTSTELLEN) as eenheid:
        sessie = eenheid.sessie
        rij_van = overeenkomsten.find_overeenkomst(sessie, nummer)
        zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij_van))
        wie = _find_lid(list_partijen(zaak), lid)
        beletselen = [
            Beletsel(code, tekst)
            for code, waarde, tekst in (
                ("naam", naam, "Noem wie mag tekenen."),
                ("functie", functie, "Noem de functie van wie mag tekenen."),
                ("grond", grond, "Noem waaruit dat blijkt, bijvoorbeeld 'uittreksel handelsregister van 12 mei 2020'."),
            )
            if not waarde.strip()
        ]
        if geldig_van is not None and geldig_tot is not None and geldig_tot < geldig_van:
            beletselen.append(Beletsel("periode", "De bevoegdheid eindigt voordat zij begint."))
        if beletselen:
            raise BeletselenError("De tekenbevoegdheid is niet vastgelegd.", beletselen)
        rij = TekenbevoegdheidRow(
            id=huis.nieuw_id(),
            aanmelding_id=zaak.rij.id,
            lid=wie.id,
            naam=naam.strip(),
            volgnummer=len(_list_eerdere(sessie, zaak.rij.id, wie.id, naam.strip())) + 1,
            functie=functie.strip(),
            wijze=wijze,
            grond=grond.strip(),
            bewijs_sha256=huis.winkel.bewijs.add(bewijs).sha256,
            geldig_van=geldig_van,
            geldig_tot=geldig_tot,
            vastgesteld_door=door.wie,
            vastgesteld_op=door.nu,
        )
        sessie.add(rij)
        eenheid.audit(
            Handeling.TEKENBEVOEGDHEID_VASTSTELLEN,
            nummer,
            naar=wijze,
            reden=rij.grond,
            gegevens={"lid": wie.id, "van": geldig_van, "tot": geldig_tot, "bewijs": rij.bewijs_sha256},
        )


def look_bevoegdheden(nummer: str) -> Kijk:
    """Who may sign for the aanbieder of an agreement as recorded until now, for who records it beside somebody."""

    def kijk(sessie: Session) -> Stand:
        aanmelding = overeenkomsten.find_aanmelding(sessie, overeenkomsten.find_overeenkomst(sessie, nummer)).id
        vraag = select(TekenbevoegdheidRow).where(TekenbevoegdheidRow.aanmelding_id == aanmelding)
        rijen = sorted(sessie.exec(vraag), key=lambda rij: (rij.vastgesteld_op, rij.lid, rij.naam, rij.volgnummer))
        regels = tuple((rij.naam, f"{rij.functie}, {format_woord(rij.wijze)}: {rij.grond}") for rij in rijen)
        if not rijen:
            return Stand(regels=())
        laatste = rijen[-1]
        sleutel = str(len(rijen))
        return Stand(regels=regels, door=laatste.vastgesteld_door, op=laatste.vastgesteld_op, sleutel=sleutel)

    return kijk


def _find_lid(leden: list[Ondernemer], lid: str) -> Ondernemer:
    gevonden = next((een for een in leden if lid.strip().lower() in (een.id.lower(), een.naam.lower())), None)
    if gevonden is None:
        raise NietGevondenError("Rechtspersoon", lid, (een.naam for een in leden))
    return gevonden


def _list_eerdere(sessie: Session, aanmelding_id: object, lid: str, naam: str) -> list[TekenbevoegdheidRow]:
    vraag = select(TekenbevoegdheidRow).where(
        TekenbevoegdheidRow.aanmelding_id == aanmelding_id,
        TekenbevoegdheidRow.lid == lid,
        TekenbevoegdheidRow.naam == naam,
    )
    return list(sessie.exec(vraag))
