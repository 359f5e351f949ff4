"""Drafting addenda: everything that changes for one agreement on one day goes into one addendum.

Tariffs, area, gemeenten and changes for all agreements come together here; a mutatie brings them along in its own.
What is decided while an addendum is still a concept is added to it; once it was offered it gets one of its own.

Bron: C.21; H19-55; issue contract years (addendum cycle, bulk).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
from sqlmodel import Session, col, select

from inkoop.documents.artikelen import Artikeltekst, compare_artikelen, read_artikelen
from inkoop.documents.gegevens import Tariefherziening
from inkoop.documents.sjabloon import open_bundel
from inkoop.domain.contractwijziging import Contractwijziging, Wijzigingsoort
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.mutatie import Aanbod
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus, Overeenkomststatus
from inkoop.services import addenda, documenten, geconsolideerd, houders, overeenkomsten
from inkoop.services.addenda import Tekstregel, Termijn, Wijziging
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.contractwijziging import ContractwijzigingRow
from inkoop.storage.tabellen.overeenkomst import CYCLUS, AddendumRow, OvereenkomstRow


def compose_addendum(huis: Huis, door: Optreden, contractnummer: str) -> bool:
    """Draft what is due for one running agreement, or add it to what is a concept still; False when nothing is."""
    gedaan = False
    while _compose_een(huis, door, contractnummer):
        gedaan = True
    return gedaan


def _compose_een(huis: Huis, door: Optreden, contractnummer: str) -> bool:
    with huis.winkel.lezen() as sessie:
        if _find_te_maken(huis, sessie, contractnummer, local_date(door.nu)) is None:
            return False
    with handel(huis, door, Handeling.ADDENDUM_OPSTELLEN) as eenheid:
        gevonden = _find_te_maken(huis, eenheid.sessie, contractnummer, local_date(door.nu))
        if gevonden is None:
            return False
        zaak, rij, wijziging = gevonden
        wijziging = fill_teksten(huis, zaak, rij, wijziging)
        concept = _find_concept(eenheid.sessie, rij, wijziging.ingang)
        if concept is not None:
            _extend(huis, eenheid, door, rij, concept, wijziging)
            return True
        addenda.add_addendum(
            huis,
            eenheid,
            door,
            zaak,
            rij,
            wijziging,
            sleutel=_name_sleutel(eenheid.sessie, rij, wijziging),
            aanleiding=addenda.describe_cyclus(wijziging),
            termijn=plan_termijn(zaak, wijziging),
            ronde=zaak.ronde.kenmerk,
        )
    return True


def _name_sleutel(sessie: Session, rij: OvereenkomstRow, wijziging: Wijziging) -> str:
    """What an addendum comes of: the cycle, or the changes that come when its addendum was offered already."""
    gebruikt = {een.aanleiding for een in addenda.list_addenda(sessie, rij) if een.ingang == wijziging.ingang}
    if CYCLUS not in gebruikt:
        return CYCLUS
    return "+".join(wijziging.bronnen) or f"{CYCLUS}-{len(gebruikt) + 1}"


def _find_te_maken(
    huis: Huis, sessie: Session, contractnummer: str, op: date
) -> tuple[Zaak, OvereenkomstRow, Wijziging] | None:
    """What an agreement's next addendum says, when it is due and no addendum says it: the cycle first.

    While a mutatie of the same agreement waits for its besluit, the addendum waits too, so that both come in one
    (H19-55); not longer than the day on which the concept is due.
    """
    rij = overeenkomsten.find_overeenkomst(sessie, contractnummer)
    if not isinstance(rij, OvereenkomstRow) or rij.status is not Overeenkomststatus.ACTIEF:
        return None
    zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
    for wijziging in (find_cyclus(zaak, rij, op), *_list_buiten_cyclus(zaak, rij, op)):
        if wijziging is not None:
            return zaak, rij, wijziging
    return None


def find_cyclus(zaak: Zaak, rij: OvereenkomstRow, op: date) -> Wijziging | None:
    """What the cycle that runs changes and no addendum says yet; None before it begins and after its last day."""
    cyclus = zaak.definitie.contract.addendumcyclus
    if op < addenda.begin_cyclus(cyclus, op):
        return None
    wijziging = addenda.find_open_wijziging(zaak, rij, op)
    if wijziging is None or op > addenda.end_of_tekenen(cyclus, wijziging.ingang):
        return None
    wacht = op < addenda.plan_cyclus(cyclus, wijziging.ingang).concept_uiterlijk
    if wacht and overeenkomsten.has_open_mutatie(zaak.sessie, rij, wijziging.ingang):
        return None
    return wijziging


def _list_buiten_cyclus(zaak: Zaak, rij: OvereenkomstRow, op: date) -> Iterator[Wijziging]:
    """Changes of the law on a day of their own."""
    cyclus = zaak.definitie.contract.addendumcyclus
    for bron in addenda.list_bronnen(zaak, rij):
        eigen_dag = bron.ingang.strftime("%m-%d") != cyclus.ingang
        if eigen_dag and op <= bron.tekenen_uiterlijk and bron.ingang <= rij.einddatum:
            alleen = Wijziging(ingang=bron.ingang, tarieven=None, gebied=None, bronnen=(bron.kenmerk,))
            if (over := addenda.leave_gezegd(zaak.sessie, rij, alleen)) is not None:
                yield over


def plan_termijn(zaak: Zaak, wijziging: Wijziging) -> Termijn:
    """When the concept and the signatures are due: as in the cycle, or as a change of the law says itself."""
    cyclus = zaak.definitie.contract.addendumcyclus
    if addenda.on_jaar(cyclus.ingang, wijziging.ingang.year) == wijziging.ingang:
        return addenda.plan_cyclus(cyclus, wijziging.ingang)
    dagen = [een.tekenen_uiterlijk for een in _find_bronnen(zaak.sessie, wijziging.bronnen)]
    return Termijn(concept_uiterlijk=min(dagen), tekenen_uiterlijk=min(dagen))


def _find_bronnen(sessie: Session, kenmerken: Sequence[str]) -> list[ContractwijzigingRow]:
    vraag = select(ContractwijzigingRow).where(col(ContractwijzigingRow.kenmerk).in_(kenmerken))
    return list(sessie.exec(vraag.order_by(col(ContractwijzigingRow.kenmerk))))


def fill_teksten(huis: Huis, zaak: Zaak, rij: OvereenkomstRow, wijziging: Wijziging) -> Wijziging:
    """The same change with what its sources change in the text of this agreement.

    Raises BeletselenError with the reason when its text cannot take a change over; the others go on.
    """
    teksten: list[Tekstregel] = []
    bundels: dict[str, str] = {}
    for bron in _find_bronnen(zaak.sessie, wijziging.bronnen):
        inhoud = msgspec.json.decode(bron.inhoud, type=Contractwijziging)
        if inhoud.soort is Wijzigingsoort.STANDAARDVERSIE and bron.bundel_sha256 is not None:
            nieuw = _compare_standaard(huis, zaak, rij, wijziging.ingang, inhoud, bron.bundel_sha256)
            bundels[inhoud.onderdeel] = bron.bundel_sha256
        else:
            nieuw = _read_huidig(huis, zaak, rij, wijziging.ingang, inhoud)
        teksten += [
            Tekstregel(
                artikel=een.artikel,
                was=een.was or "",
                wordt=een.wordt,
                onderwerp=inhoud.onderwerp,
                reden=inhoud.reden,
                onderdeel=inhoud.onderdeel,
                nieuw_na=een.nieuw_na,
            )
            for een in nieuw
        ]
    return msgspec.structs.replace(wijziging, teksten=tuple(teksten), bundels=bundels)


def _read_huidig(
    huis: Huis, zaak: Zaak, rij: OvereenkomstRow, ingang: date, inhoud: Contractwijziging
) -> Sequence[Artikeltekst]:
    """The articles with what they say in this agreement just before; of one without a text what the file says."""
    gevraagd = [
        Artikeltekst(artikel=een.artikel, wordt=een.wordt, was=een.was or None, nieuw_na=een.nieuw_na)
        for een in inhoud.artikelen
    ]
    if not inhoud.onderdeel and documenten.find_by_sleutel(zaak.sessie, f"overeenkomst:{rij.contractnummer}") is None:
        zonder = [een.artikel for een in gevraagd if een.was is None and not een.nieuw_na]
        if zonder:
            tekst = (
                f"Het getekende stuk van {rij.contractnummer} zit niet in het programma. Zet onder 'was' wat daar nu "
                f"staat: {', '.join(zonder)}."
            )
            raise BeletselenError("Er is geen tekst om te wijzigen.", [Beletsel("geen-tekst", tekst)])
        return gevraagd
    tekst_nu = geconsolideerd.order_tekst(huis, zaak.sessie, rij.contractnummer, ingang, onderdeel=inhoud.onderdeel)
    return [een for een, _ in read_artikelen(tekst_nu.build(), gevraagd)]


def _compare_standaard(
    huis: Huis, zaak: Zaak, rij: OvereenkomstRow, ingang: date, inhoud: Contractwijziging, bundel: str
) -> Sequence[Artikeltekst]:
    """What the new version says otherwise, made with the data of this agreement."""
    nu = geconsolideerd.order_tekst(huis, zaak.sessie, rij.contractnummer, ingang, onderdeel=inhoud.onderdeel)
    if nu.eigen:
        tekst = (
            f"In {rij.contractnummer} zijn artikelen apart afgesproken. Die zouden met de nieuwe standaardversie "
            "vervallen. Spreek met de aanbieder af wat blijft, en leg dat vast als een wijziging van die artikelen."
        )
        raise BeletselenError("De nieuwe versie past niet zomaar.", [Beletsel("eigen-afspraken", tekst)])
    straks = replace(nu, afwijkingen=(), bron=open_bundel(huis.winkel.documenten.read(bundel)))
    anders = compare_artikelen(nu.build(), straks.build())
    if not anders:
        tekst = f"De nieuwe versie zegt voor {rij.contractnummer} hetzelfde als wat is getekend."
        raise BeletselenError("Er verandert niets.", [Beletsel("standaard-gelijk", tekst)])
    return anders


def keep_tarieven(herziening: Tariefherziening | None, wordt: Aanbod) -> Tariefherziening | None:
    """The new amounts without those of what is dropped on the same day; None when none is left."""
    if herziening is None:
        return None
    blijft = {*wordt, *(code for producten in wordt.values() for code in producten)}
    regels = tuple(regel for regel in herziening.regels if regel.product in blijft)
    return msgspec.structs.replace(herziening, regels=regels) if regels else None


def _find_concept(sessie: Session, rij: OvereenkomstRow, ingang: date) -> AddendumRow | None:
    """The addendum of that day that is not offered yet and whose document can still change."""
    for een in addenda.list_addenda(sessie, rij):
        if een.ingang == ingang and een.status is Overeenkomststatus.CONCEPT:
            document = documenten.find_by_sleutel(sessie, f"overeenkomst:{een.nummer}")
            if document is not None and document.status is not Documentstatus.GETEKEND:
                return een
    return None


def _extend(
    huis: Huis, eenheid: Eenheid, door: Optreden, rij: OvereenkomstRow, concept: AddendumRow, erbij: Wijziging
) -> None:
    """Add a change to a concept; its document is made anew and checked again."""
    was = msgspec.json.decode(concept.inhoud, type=Wijziging)
    aanbod = houders.find_aanbod(eenheid.sessie, rij, concept.ingang)
    blijft = was.aanbod.apply(aanbod) if was.aanbod is not None else aanbod
    samen = msgspec.structs.replace(
        was,
        tarieven=keep_tarieven(erbij.tarieven, blijft) or was.tarieven,
        gebied=erbij.gebied or was.gebied,
        bronnen=(*was.bronnen, *erbij.bronnen),
        teksten=(*was.teksten, *erbij.teksten),
        bundels={**was.bundels, **erbij.bundels},
    )
    concept.inhoud = msgspec.json.encode(samen).decode()
    eenheid.sessie.add(concept)
    eenheid.audit(
        Handeling.ADDENDUM_OPSTELLEN,
        concept.nummer,
        van=concept.status,
        naar=concept.status,
        reden="aangevuld met wat daarna is vastgesteld",
        gegevens={"bronnen": samen.bronnen},
    )
    document = documenten.find_by_sleutel(eenheid.sessie, f"overeenkomst:{concept.nummer}")
    if document is None:
        raise LookupError("an addendum has a document")
    oud: Any = documenten.decode_gegevens(document)
    delen = ["de verandering van het gebied"] if erbij.gebied is not None else []
    delen += dict.fromkeys(regel.onderwerp for regel in erbij.teksten)
    gegevens = msgspec.structs.replace(
        oud,
        datum=local_date(door.nu),
        tarieven=samen.tarieven,
        gebied=samen.gebied,
        wijzigingen=tuple(map(addenda.describe_tekst, samen.teksten)),
        aanleiding=write_opsomming([oud.aanleiding, *delen]),
    )
    documenten.renew(huis, eenheid, document, gegevens)
