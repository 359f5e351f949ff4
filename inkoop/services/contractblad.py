"""One agreement with everything that belongs to it, as a page shows it.

Bron: C.17, C.21, C.26, C.27; issue web application (contractmanager: contract page).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.aanmelding import Ondernemer
from inkoop.domain.bewaking import Contractterm
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.overeenkomstdelen import Contractplicht, Sanctiestap
from inkoop.domain.procedure import Perceel, Proceduredefinitie, Tarieftabel
from inkoop.domain.stopsignaal import Stopsignaal
from inkoop.domain.tarief import Tariefregel, list_tariefregels
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import LOPEND, Overeenkomststatus
from inkoop.services import (
    aanmeldingen,
    addenda,
    addendumwerk,
    bewakingstermen,
    bladeren,
    documenten,
    geconsolideerd,
    houders,
    onderdeelstand,
    ondertekeningen,
    overeenkomsten,
    rondes,
    stopsignalen,
)
from inkoop.services.bewakingsvulling import read_vulling
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis, Optreden
from inkoop.services.onderdeelstand import Onderdeelstand
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.bewaking import PlichtmetingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.maatregel import MaatregelRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OndertekeningRow, OvereenkomstRow

VOORUIT = timedelta(days=400)
"""How far ahead the terms on the page go."""


class Contractperceel(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the agreement on the day that is shown: its products and their prices."""

    perceel: Perceel
    producten: tuple[str, ...]
    tarieven: tuple[Tariefregel, ...]


class Addendumregel(msgspec.Struct, frozen=True, kw_only=True):
    """An addendum: what it is about, until when it can be signed, and who still has to."""

    nummer: str
    status: Overeenkomststatus
    ingang: date
    aanleiding: str
    tekenen_uiterlijk: date
    ontbreekt: tuple[str, ...]
    document: str | None


class Contractblad(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement on a day, for a page; `profiel` names the layout of its articles."""

    contractnummer: str
    aanbieder: str
    kvk: str
    aanmelding: str
    ronde: str
    procedure: str
    titel: str
    status: Overeenkomststatus
    ingang: date
    einddatum: date
    getekend_op: date | None
    op: date
    partijen: tuple[Ondernemer, ...]
    gemeenten: tuple[str, ...]
    percelen: tuple[Contractperceel, ...]
    tarieftabel: str
    wijzigingen: tuple[tuple[str, date, str, str], ...]
    addenda: tuple[Addendumregel, ...]
    volgend_addendum: str
    ondertekeningen: tuple[OndertekeningRow, ...]
    ontbreekt: tuple[str, ...]
    termen: tuple[Contractterm, ...]
    plichten: tuple[Contractplicht, ...]
    metingen: tuple[PlichtmetingRow, ...]
    maatregelen: tuple[MaatregelRow, ...]
    ladder: tuple[Sanctiestap, ...]
    documenten: tuple[DocumentRow, ...]
    kwartaalthemas: tuple[str, ...]
    toegangsvragen: tuple[str, ...]
    heeft_tekst: bool
    stopsignalen: tuple[Stopsignaal, ...]
    profiel: str
    onderdelen: tuple[Onderdeelstand, ...]

    @property
    def lopend(self) -> bool:
        """Whether it was signed and has not ended."""
        return self.status in LOPEND


def read_blad(huis: Huis, door: Optreden, nummer: str) -> Contractblad:
    """The agreement with this number, or the one under the addendum with this number, as it stands now."""
    with lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        return _read(huis, sessie, find_hoofd(sessie, nummer), door)


def find_hoofd(sessie: Session, nummer: str) -> OvereenkomstRow:
    """The agreement with this number, or under the addendum with this number."""
    rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    return sessie.get_one(OvereenkomstRow, rij.overeenkomst_id) if isinstance(rij, AddendumRow) else rij


def find_ronde(sessie: Session, nummer: str) -> str:
    """The kenmerk of the round in which an agreement came about."""
    aanmelding = overeenkomsten.find_aanmelding(sessie, find_hoofd(sessie, nummer))
    return rondes.get_ronde(sessie, aanmelding.ronde_id).kenmerk


def draft_addendum(huis: Huis, door: Optreden, nummer: str) -> bool:
    """Draft the addendum of the running cycle; False when there is nothing to change, or not now."""
    with lees(huis, door, Handeling.ADDENDUM_OPSTELLEN) as sessie:
        rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    if not isinstance(rij, OvereenkomstRow):
        reden = f"{nummer} is zelf een addendum. Noem het nummer van de overeenkomst."
        raise BeletselenError("Er is geen addendum opgesteld.", [Beletsel("addendum", reden)])
    return addendumwerk.compose_addendum(huis, door, nummer)


def _read(huis: Huis, sessie: Session, rij: OvereenkomstRow, door: Optreden) -> Contractblad:
    nummer, op = rij.contractnummer, max(rij.ingang, local_date(door.nu))
    aanmelding = overeenkomsten.find_aanmelding(sessie, rij)
    zaak = load_zaak(sessie, huis.feestdagen, aanmelding)
    definitie = zaak.definitie
    document = documenten.find_by_sleutel(sessie, f"overeenkomst:{nummer}")
    geldend = rij.status in (*LOPEND, Overeenkomststatus.BEEINDIGD)
    vulling = read_vulling(sessie, [rij])
    gemaakt = vulling.addenda.get(rij.id, ())
    in_werking = geconsolideerd.choose_geldend(gemaakt, op) if geldend else ()
    stand = geconsolideerd.describe_stand(zaak, rij, op, in_werking) if geldend else None
    inhoud = overeenkomsten.decode_inhoud(rij)
    aanbod = houders.apply_addenda(rij, gemaakt, op)
    tabel = geconsolideerd.choose_tarieftabel(definitie, rij, geconsolideerd.choose_geldend(gemaakt, op))
    bekend = addenda.Bekend(gemaakt, vulling.wijzigingen.get(zaak.ronderij.procedure_id, ()))
    plichten = [p for p in definitie.contract.plichten if not p.percelen or set(aanbod) & set(p.percelen)]
    return Contractblad(
        contractnummer=nummer,
        aanbieder=aanmelding.naam,
        kvk=aanmelding.kvk,
        aanmelding=aanmelding.kenmerk,
        ronde=zaak.ronde.kenmerk,
        procedure=definitie.naam,
        titel=definitie.titel,
        status=rij.status,
        ingang=rij.ingang,
        einddatum=rij.einddatum,
        getekend_op=inhoud.getekend_op,
        op=op,
        partijen=tuple(aanmeldingen.read_opgave(aanmelding).leden),
        gemeenten=stand.gemeenten if stand else tuple(g.naam for g in definitie.gemeenten_op(op)),
        percelen=tuple(_list_percelen(definitie, aanbod, tabel)),
        tarieftabel=stand.tarieftabel if stand else inhoud.tarieftabel,
        wijzigingen=stand.wijzigingen if stand else (),
        addenda=tuple(_describe_addendum(sessie, zaak, een) for een in gemaakt),
        volgend_addendum=_describe_volgend(zaak, rij, local_date(door.nu), bekend),
        ondertekeningen=tuple(ondertekeningen.list_ondertekeningen(sessie, document)) if document else (),
        ontbreekt=_list_ontbrekend(sessie, zaak, nummer, rij.status),
        termen=bewakingstermen.list_van(sessie, [rij], local_date(door.nu), VOORUIT, vulling),
        plichten=tuple(plichten),
        metingen=_sort_metingen(vulling.metingen.get(nummer, ())),
        maatregelen=tuple(vulling.maatregelen.get(nummer, ())),
        ladder=definitie.contract.sanctiestappen if definitie.contract.sanctieladder else (),
        documenten=tuple(list_documenten(sessie, nummer)),
        kwartaalthemas=definitie.contract.kwartaalthemas,
        toegangsvragen=definitie.contract.toegangsvragen,
        heeft_tekst=geldend and document is not None,
        profiel=definitie.contract.profiel,
        stopsignalen=tuple(map(stopsignalen.to_signaal, vulling.signalen.get(nummer, ()))),
        onderdelen=onderdeelstand.describe_standen(sessie, rij, document, in_werking),
    )


def _list_percelen(
    definitie: Proceduredefinitie, aanbod: dict[str, tuple[str, ...]], tabel: Tarieftabel
) -> Iterator[Contractperceel]:
    for code, producten in sorted(aanbod.items()):
        perceel = definitie.find_perceel(code)
        regels = [r for r in list_tariefregels(tabel, perceel) if r.product is None or r.product in producten]
        yield Contractperceel(perceel=perceel, producten=producten, tarieven=tuple(regels))


def _describe_addendum(sessie: Session, zaak: Zaak, rij: AddendumRow) -> Addendumregel:
    document = documenten.find_by_sleutel(sessie, f"overeenkomst:{rij.nummer}")
    wijziging = msgspec.json.decode(rij.inhoud, type=addenda.Wijziging)
    return Addendumregel(
        nummer=rij.nummer,
        status=rij.status,
        ingang=rij.ingang,
        aanleiding=_name_delen(wijziging, "tarieven", "gebied"),
        tekenen_uiterlijk=addenda.end_of_addendum(zaak.definitie.contract.addendumcyclus, rij),
        ontbreekt=_list_ontbrekend(sessie, zaak, rij.nummer, rij.status),
        document=None if document is None else document.kenmerk,
    )


def _list_ontbrekend(sessie: Session, zaak: Zaak, nummer: str, status: Overeenkomststatus) -> tuple[str, ...]:
    if status not in (Overeenkomststatus.CONCEPT, Overeenkomststatus.TER_ONDERTEKENING):
        return ()
    return tuple(ondertekeningen.list_ontbrekend(sessie, zaak, nummer))


def _describe_volgend(zaak: Zaak, rij: OvereenkomstRow, op: date, bekend: addenda.Bekend) -> str:
    """What the cycle that comes changes, in words; empty when nothing does, or it was said already."""
    if rij.status is not Overeenkomststatus.ACTIEF:
        return ""
    wijziging = addenda.find_open_wijziging(zaak, rij, op, bekend)
    if wijziging is None:
        return ""
    return f"{_name_delen(wijziging, 'de tarieven', 'het gebied')} per {format_dag(wijziging.ingang)}"


def _name_delen(wijziging: addenda.Wijziging, tarieven: str, gebied: str) -> str:
    """What a change is about, in words; texts by their subject, or by the change for all that they will come from."""
    delen = {tarieven: wijziging.tarieven, gebied: wijziging.gebied, "aanbod": wijziging.aanbod}
    namen = [naam for naam, deel in delen.items() if deel is not None]
    teksten = dict.fromkeys(regel.onderwerp for regel in wijziging.teksten) or wijziging.bronnen
    return write_opsomming([*namen, *teksten])


def _sort_metingen(metingen: Sequence[PlichtmetingRow]) -> tuple[PlichtmetingRow, ...]:
    """The last period first, and of one period by duty."""
    op_plicht = sorted(metingen, key=lambda een: een.plicht)
    return tuple(sorted(op_plicht, key=lambda een: een.peildatum, reverse=True))


def list_documenten(sessie: Session, nummer: str) -> list[DocumentRow]:
    """Every paper about an agreement, its addenda and its measures, the newest first."""
    vraag = select(DocumentRow).where(
        (col(DocumentRow.onderwerp) == nummer) | bladeren.begins_with(sessie, col(DocumentRow.onderwerp), f"{nummer}-")
    )
    return list(sessie.exec(vraag.order_by(col(DocumentRow.gevraagd_op).desc(), col(DocumentRow.kenmerk).desc())))
