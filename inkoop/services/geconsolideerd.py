"""An agreement as it is on a day: the signed text with what addenda in force by then changed, and nothing else.

An addendum that was not signed by all changed nothing, whatever the procedure says by now. The text is made anew from
the data of the signed agreement, so it says what was agreed then and not what a template or a file says today.

Bron: C.21; H19-55 (not signed: unchanged); issue contract years (consolidated text).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
from sqlmodel import Session, col, select

from inkoop.documents.afwijkingen import Afwijking
from inkoop.documents.artikelen import Artikeltekst, read_artikelen
from inkoop.documents.boom import Document
from inkoop.documents.clausules import list_clausules
from inkoop.documents.gegevens import to_gegevens
from inkoop.documents.maken import Gemaakt, build_document, make_document
from inkoop.documents.metagegevens import read_metagegevens
from inkoop.documents.sjabloon import Sjabloonbron, open_bundel
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.geografie import describe_gebied, gebied_op
from inkoop.domain.kalender import format_dag
from inkoop.domain.procedure import Proceduredefinitie, Tarieftabel
from inkoop.domain.verloop import Documentstatus, Overeenkomststatus
from inkoop.services import addenda, documenten, overeenkomsten, verlengingen
from inkoop.services.brieven import blokken
from inkoop.services.brieven import overeenkomst as brieven
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.documentboom import decode_afwijkingen, encode_afwijkingen, open_sjabloon
from inkoop.services.drukkerij import Drukopdracht
from inkoop.services.huis import Huis
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow

_GELDEND = (Overeenkomststatus.GETEKEND, Overeenkomststatus.ACTIEF, Overeenkomststatus.BEEINDIGD)


class Contractstand(msgspec.Struct, frozen=True, kw_only=True):
    """What an agreement is on a day. `wijzigingen` are (number of the addendum, day, what was, what is)."""

    contractnummer: str
    op: date
    ingang: date
    einddatum: date
    producten: dict[str, tuple[str, ...]]
    tarieftabel: str
    gemeenten: tuple[str, ...]
    gebied: tuple[str, ...]
    wijzigingen: tuple[tuple[str, date, str, str], ...]


def read_stand(huis: Huis, sessie: Session, contractnummer: str, op: date) -> Contractstand:
    """What an agreement is on a day. Raises BeletselenError for a day before it began, and for an addendum."""
    rij, zaak = _find(huis, sessie, contractnummer, op)
    return describe_stand(zaak, rij, op, list_geldend(sessie, rij, op))


def describe_stand(
    zaak: Zaak, rij: OvereenkomstRow, op: date, geldend: Sequence[tuple[AddendumRow, addenda.Wijziging]]
) -> Contractstand:
    """The same of an agreement of which the addenda in force are known, from its first day on."""
    inhoud = overeenkomsten.decode_inhoud(rij)
    tabel, vanaf, wijzigingen = inhoud.tarieftabel, rij.ingang, []
    aanbod = inhoud.producten
    for een, wijziging in geldend:
        vanaf = een.ingang
        if wijziging.tarieven is not None:
            was, tabel = tabel, wijziging.tarieven.nieuw.versie
            wijzigingen.append((een.nummer, een.ingang, f"tarieven {was}", f"tarieven {tabel}"))
        if wijziging.aanbod is not None:
            eerst, aanbod = aanbod, wijziging.aanbod.apply(aanbod)
            wijzigingen.append((een.nummer, een.ingang, _describe_aanbod(eerst), _describe_aanbod(aanbod)))
        if wijziging.gebied is not None:
            was, wordt = (", ".join(namen) for namen in (wijziging.gebied.was, wijziging.gebied.wordt))
            wijzigingen.append((een.nummer, een.ingang, f"gebied: {was}", f"gebied: {wordt}"))
        wijzigingen += [
            (een.nummer, een.ingang, f"{regel.artikel}: {regel.was}", f"{regel.artikel}: {regel.wordt}")
            for regel in map(addenda.describe_tekst, wijziging.teksten)
        ]
    return Contractstand(
        contractnummer=rij.contractnummer,
        op=op,
        ingang=rij.ingang,
        einddatum=verlengingen.find_einddatum(zaak.sessie, zaak.ronderij.procedure_id, op),
        producten=aanbod,
        tarieftabel=tabel,
        gemeenten=tuple(gemeente.naam for gemeente in zaak.definitie.gemeenten_op(vanaf)),
        gebied=tuple(describe_gebied(gebied) for gebied in gebied_op(zaak.definitie.geografie, vanaf)),
        wijzigingen=tuple(wijzigingen),
    )


def _describe_aanbod(producten: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{perceel}: {', '.join(codes)}" for perceel, codes in sorted(producten.items()))


def find_tarieftabel(sessie: Session, definitie: Proceduredefinitie, rij: OvereenkomstRow, op: date) -> Tarieftabel:
    """The tariff table by which an agreement is paid on a day: that of its last addendum in force, else its first."""
    return choose_tarieftabel(definitie, rij, list_geldend(sessie, rij, op))


def choose_tarieftabel(
    definitie: Proceduredefinitie, rij: OvereenkomstRow, geldend: Sequence[tuple[AddendumRow, addenda.Wijziging]]
) -> Tarieftabel:
    """The same of an agreement of which the addenda in force are known."""
    versies = [wijziging.tarieven.nieuw.versie for _, wijziging in geldend if wijziging.tarieven is not None]
    versie = versies[-1] if versies else overeenkomsten.decode_inhoud(rij).tarieftabel
    return next(tabel for tabel in definitie.tarieftabellen if tabel.versie == versie)


@dataclass(frozen=True, kw_only=True)
class Contracttekst:
    """The text of an agreement, or of a piece that was signed with it, on a day: its template, data and changes.

    `eigen` when articles were changed for this provider alone, before it was signed.
    """

    bron: Sjabloonbron
    soort: str
    gegevens: msgspec.Struct
    afwijkingen: tuple[tuple[Afwijking, ...], ...]
    kenmerk: str
    eigen: bool = False

    @property
    def velden(self) -> dict[str, object]:
        """The data as the template reads them."""
        return to_gegevens(self.gegevens)

    def order(self) -> Drukopdracht:
        """The order to make it in another process; this value keeps its template in place until then."""
        return Drukopdracht(
            sjablonen=str(self.bron.map),
            soort=self.soort,
            gegevens=msgspec.json.encode(self.gegevens).decode(),
            kenmerk=self.kenmerk,
            afwijkingen=encode_afwijkingen(self.afwijkingen),
        )

    def build(self) -> Document:
        """The numbered tree."""
        return build_document(
            self.bron, self.soort, self.velden, read_metagegevens(self.bron, self.soort), self.afwijkingen
        )

    def make(self) -> Gemaakt:
        """The text as files."""
        return make_document(self.bron, self.soort, self.velden, kenmerk=self.kenmerk, afwijkingen=self.afwijkingen)


def order_tekst(
    huis: Huis,
    sessie: Session,
    contractnummer: str,
    op: date,
    *,
    onderdeel: str = "",
    met: AddendumRow | None = None,
) -> Contracttekst:
    """The consolidated text on a day, from the template that was signed and the addenda that all signed.

    `onderdeel` is the kind of a piece that was signed with the agreement; `met` an addendum that counts as signed, to
    see what it would change. Refused when the signed text is not in the store.
    """
    rij, zaak = _find(huis, sessie, contractnummer, op)
    document = _find_document(sessie, contractnummer, onderdeel, op)
    geldend = [(een, wat) for een, wat in list_geldend(sessie, rij, op) if met is None or een.id != met.id]
    if met is not None:
        geldend.append((met, msgspec.json.decode(met.inhoud, type=addenda.Wijziging)))
    gegevens = _fill(document, rij, zaak, geldend, onderdeel)
    vorm = [plek for plek, (_, wat) in enumerate(geldend) if onderdeel in wat.bundels]
    if vorm:
        # A new standard version replaced the whole text; only what changed since counts.
        laatste = geldend[vorm[-1]][1].bundels[onderdeel]
        bron = open_bundel(huis.winkel.documenten.read(laatste))
        tekst = Contracttekst(
            bron=bron, soort=document.soort, gegevens=gegevens, afwijkingen=(), kenmerk=_name(document, op)
        )
        geldend = geldend[vorm[-1] + 1 :]
    else:
        tekst = _carry_over(
            document,
            Contracttekst(
                bron=open_sjabloon(huis, document),
                soort=document.soort,
                gegevens=gegevens,
                afwijkingen=(),
                kenmerk=_name(document, op),
            ),
        )
    for _, wijziging in geldend:
        eigen = [regel for regel in wijziging.teksten if regel.onderdeel == onderdeel]
        if eigen:
            tekst = _change(tekst, [to_artikeltekst(regel) for regel in eigen])
    return tekst


def to_artikeltekst(regel: addenda.Tekstregel) -> Artikeltekst:
    """A change of an article as texts know it."""
    return Artikeltekst(artikel=regel.artikel, was=regel.was, wordt=regel.wordt, nieuw_na=regel.nieuw_na)


def _change(tekst: Contracttekst, wijzigingen: Sequence[Artikeltekst]) -> Contracttekst:
    ronde = tuple(afwijking for _, afwijking in read_artikelen(tekst.build(), wijzigingen))
    return replace(tekst, afwijkingen=(*tekst.afwijkingen, ronde))


def _carry_over(document: DocumentRow, tekst: Contracttekst) -> Contracttekst:
    """What was changed in the text before it was signed, found again where the data moved the clauses."""
    rondes = decode_afwijkingen(document.afwijkingen)
    tekst = replace(tekst, eigen=any(rondes))
    toen = replace(tekst, gegevens=documenten.decode_gegevens(document))
    if toen.gegevens == tekst.gegevens:
        return replace(tekst, afwijkingen=rondes)
    for ronde in rondes:
        clausules = {clausule.merk: clausule for clausule in list_clausules(toen.build())}
        tekst = _change(
            tekst,
            [
                Artikeltekst(
                    artikel=clausules[een.merk or een.na].aanduiding,
                    was=een.oud if een.merk else "",
                    wordt=een.nieuw,
                    nieuw_na=not een.merk,
                )
                for een in ronde
            ],
        )
        toen = replace(toen, afwijkingen=(*toen.afwijkingen, ronde))
    return tekst


def _name(document: DocumentRow, op: date) -> str:
    return f"{document.kenmerk} geconsolideerd op {op.isoformat()}"


def _find_document(sessie: Session, contractnummer: str, onderdeel: str, op: date) -> DocumentRow:
    """The signed document of an agreement, or of a piece of it by its kind."""
    if onderdeel:
        vraag = select(DocumentRow).where(
            DocumentRow.onderwerp == contractnummer,
            DocumentRow.soort == onderdeel,
            DocumentRow.status == Documentstatus.GETEKEND,
        )
        document = sessie.exec(vraag.order_by(col(DocumentRow.kenmerk).desc())).first()
    else:
        document = documenten.find_by_sleutel(sessie, f"overeenkomst:{contractnummer}")
    if document is None:
        wat = (
            f"Er is geen getekend stuk '{onderdeel}' bij {contractnummer}."
            if onderdeel
            else (f"{contractnummer} is ingelezen; het getekende stuk zelf zit niet in het programma.")
        )
        tekst = f"{wat} Bekijk bij overeenkomst {contractnummer} wat er geldt op {format_dag(op)}."
        raise BeletselenError("Er is geen tekst om bij te werken.", [Beletsel("geen-tekst", tekst)])
    return document


def _fill(
    document: DocumentRow,
    rij: OvereenkomstRow,
    zaak: Zaak,
    geldend: Sequence[tuple[AddendumRow, addenda.Wijziging]],
    onderdeel: str,
) -> Any:
    """The data of the signed text with what addenda changed in them."""
    gegevens: Any = documenten.decode_gegevens(document)
    if not geldend or onderdeel:
        return gegevens
    versies = [wat.tarieven.nieuw.versie for _, wat in geldend if wat.tarieven is not None]
    versie = versies[-1] if versies else overeenkomsten.decode_inhoud(rij).tarieftabel
    tabel = next(een for een in zaak.definitie.tarieftabellen if een.versie == versie)
    producten: Mapping[str, Sequence[str]] = overeenkomsten.decode_inhoud(rij).producten
    for _, wat in geldend:
        if wat.aanbod is not None:
            producten = wat.aanbod.apply(dict(producten))  # type: ignore[arg-type]
    vanaf = geldend[-1][0].ingang
    return msgspec.structs.replace(
        gegevens,
        percelen=tuple(
            blokken.tariefperceel(zaak.definitie.find_perceel(perceel), codes, tabel)
            for perceel, codes in producten.items()
        ),
        tarief=blokken.tariefversie(tabel),
        gemeenten=brieven.gemeentepartijen(zaak.definitie, vanaf),
        gebied=brieven.gebiedsregels(gebied_op(zaak.definitie.geografie, vanaf)),
    )


def _find(huis: Huis, sessie: Session, contractnummer: str, op: date) -> tuple[OvereenkomstRow, Zaak]:
    rij = overeenkomsten.find_overeenkomst(sessie, contractnummer)
    if not isinstance(rij, OvereenkomstRow):
        tekst = f"{contractnummer} is een addendum. Noem het nummer van de overeenkomst zelf."
        raise BeletselenError("Dit is geen overeenkomst.", [Beletsel("addendum", tekst)])
    if rij.status not in _GELDEND or op < rij.ingang:
        ingang = format_dag(rij.ingang)
        tekst = f"Overeenkomst {contractnummer} geldt niet op {format_dag(op)} (status {rij.status}, ingang {ingang})."
        raise BeletselenError("Er geldt dan nog niets.", [Beletsel("overeenkomst-status", tekst)])
    return rij, load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))


def list_geldend(sessie: Session, rij: OvereenkomstRow, op: date) -> Sequence[tuple[AddendumRow, addenda.Wijziging]]:
    """The addenda that all signed and that are in force by a day, in order of their day."""
    return choose_geldend(addenda.list_addenda(sessie, rij), op)


def choose_geldend(gemaakt: Sequence[AddendumRow], op: date) -> Sequence[tuple[AddendumRow, addenda.Wijziging]]:
    """The same of all addenda on an agreement."""
    geldend = [een for een in gemaakt if een.status in _GELDEND and een.ingang <= op]
    return [
        (een, msgspec.json.decode(een.inhoud, type=addenda.Wijziging))
        for een in sorted(geldend, key=lambda een: (een.ingang, een.nummer))
    ]
