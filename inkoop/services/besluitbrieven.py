"""The documents that go with taken besluiten: a letter per aanbieder, the besluit on the round.

Bron: domein C.15, C.16; B.2.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import msgspec
from sqlmodel import Session, col, select

from inkoop.documents.gegevens import Auditverwijzing, Behandelaars, Ondertekenaar, OverigeAanmelding
from inkoop.domain.besluit import Besluitsoort, Besluitvoorstel
from inkoop.domain.criteria.bevinding import Toetsresultaat
from inkoop.domain.criteria.dossier import Oordeelrol
from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.verloop import Aanmeldingsstatus, Documentstatus
from inkoop.services import aanmeldingen, documenten, personen, procedures
from inkoop.services.brieven import besluit as brieven
from inkoop.services.brieven.besluit import Besluitbasis
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis
from inkoop.storage.auditregel import read_kop
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.bewijs import FeitRow, VaststellingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.oordeel import OordeelRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.toets import ToetsRow
from inkoop.storage.vraagdelen import split_vraag

Tedoen = Sequence[tuple[AanmeldingRow, BesluitRow]]

AFDOENINGEN = {
    Aanmeldingsstatus.TE_LAAT: Besluitsoort.BUITEN_BEHANDELING,
    Aanmeldingsstatus.VERVANGEN: Besluitsoort.VERVANGEN,
    Aanmeldingsstatus.INGETROKKEN: Besluitsoort.INGETROKKEN,
}
"""How an aanmelding that is not assessed is dealt with in the besluit on the round."""


@dataclass(frozen=True, kw_only=True)
class Uitgifte:
    """One taking of besluiten: under which kenmerk, by whom, in which transaction."""

    huis: Huis
    eenheid: Eenheid
    ronde: RondeRow
    definitie: Proceduredefinitie
    kenmerk: str
    ondertekenaar: Ondertekenaar

    @property
    def datum(self) -> date:
        """The day on which the besluiten are taken, and their letters go out."""
        return local_date(self.eenheid.op)

    @property
    def auditverwijzing(self) -> Auditverwijzing:
        """The last row of the log before this besluit."""
        kop = read_kop(self.eenheid.sessie.connection())
        return Auditverwijzing(nummer=kop.aantal if kop else 0, hash=kop.hash if kop else "")


def request_brieven(uitgifte: Uitgifte, te_doen: Tedoen) -> None:
    """Ask for one letter per aanbieder about everything on which is decided for the first time."""
    for _, groep in groupby(te_doen, key=lambda paar: paar[0].id):
        paren = list(groep)
        rij = paren[0][0]
        zaak = load_zaak(uitgifte.eenheid.sessie, uitgifte.huis.feestdagen, rij)
        eerste = [besluit for _, besluit in paren if besluit.vervangt_id is None]
        if eerste:
            basis = load_basis(zaak, eerste, uitgifte)
            soort = brieven.choose_soort(basis.voorstellen)
            request(uitgifte, rij, "besluit", soort, _besluitbrief(zaak, basis, uitgifte.datum))


def _besluitbrief(zaak: Zaak, basis: Besluitbasis, datum: date) -> Callable[[str], msgspec.Struct]:
    return lambda kenmerk: brieven.compose_besluitbrief(zaak, basis, kenmerk, datum)


def request(
    uitgifte: Uitgifte, rij: AanmeldingRow, wat: str, sjabloon: str, compose: Callable[[str], msgspec.Struct]
) -> None:
    """Ask for a letter that goes out with the besluiten that are taken now."""
    documenten.request_document(
        uitgifte.huis,
        uitgifte.eenheid,
        f"{PREFIX}{rij.kenmerk}:{uitgifte.kenmerk}:{wat}",
        sjabloon,
        rij.kenmerk,
        uitgifte.ronde.kenmerk,
        compose,
    )


PREFIX = "besluit:"
"""How the keys of letters about besluiten begin; then come aanmelding, kenmerk of the besluit and kind."""


def list_brieven(sessie: Session, te_doen: Tedoen) -> list[DocumentRow]:
    """The letters that go out with these besluiten, by kenmerk."""
    begin: dict[str, set[str]] = {}
    for rij, besluit in te_doen:
        begin.setdefault(rij.kenmerk, set()).add(f"{PREFIX}{rij.kenmerk}:{besluit.kenmerk}:")
    brieven: list[DocumentRow] = []
    for kenmerken in split_vraag(list(begin)):
        vraag = select(DocumentRow).where(
            col(DocumentRow.onderwerp).in_(kenmerken),
            col(DocumentRow.status).not_in((Documentstatus.VERZONDEN, Documentstatus.VERVALLEN)),
        )
        brieven += [
            rij
            for rij in sessie.exec(vraag)
            if "@" not in rij.sleutel and rij.sleutel.startswith(tuple(begin[rij.onderwerp]))
        ]
    return sorted(brieven, key=lambda rij: rij.kenmerk)


def check_samen(ronde: str, te_doen: Tedoen) -> list[Beletsel]:
    """Why first besluiten cannot go on while others of the round are not proposed: nobody hears earlier (C.15)."""
    if not any(besluit.volgnummer == 1 for _, besluit in te_doen):
        return []
    tekst = (
        f"Nog niet over elke aanmelding in ronde {ronde} ligt een voorstel. De besluiten van een ronde worden samen "
        "gecontroleerd, genomen en verzonden."
    )
    return [Beletsel("niet-compleet", tekst)]


def check_compleet(brieven: Sequence[DocumentRow], te_doen: Tedoen) -> list[Beletsel]:
    """Nobody's besluit counts as sent while no letter goes out to that aanbieder."""
    met = {brief.onderwerp for brief in brieven}
    zonder = dict.fromkeys(rij.kenmerk for rij, _ in te_doen if rij.kenmerk not in met)
    return [Beletsel("brief-ontbreekt", f"Er is geen brief klaar over het besluit op {wie}.") for wie in zonder]


def load_basis(zaak: Zaak, besluiten: Sequence[BesluitRow], uitgifte: Uitgifte) -> Besluitbasis:
    """What these besluiten of one aanmelding rest on; they rest on one toets."""
    sessie = zaak.sessie
    toets = sessie.get_one(ToetsRow, besluiten[0].toets_id)
    genomen = besluiten[0].genomen_op
    return Besluitbasis(
        editie=procedures.read_editie(sessie, zaak.ronderij),
        resultaat=msgspec.json.decode(toets.resultaat, type=Toetsresultaat),
        toets_hash=toets.hash,
        voorstellen=tuple(msgspec.json.decode(besluit.voorstel, type=Besluitvoorstel) for besluit in besluiten),
        besluit=besluiten[0].kenmerk or uitgifte.kenmerk,
        besluit_datum=uitgifte.datum if genomen is None else local_date(genomen),
        behandelaars=Behandelaars(
            beoordelaars=_list_beoordelaars(sessie, zaak.rij), jurist=_naam(sessie, besluiten[0].gecontroleerd_door)
        ),
        ondertekenaar=uitgifte.ondertekenaar,
    )


def _list_beoordelaars(sessie: Session, rij: AanmeldingRow) -> tuple[str, ...]:
    """The names of who judged, or established facts, on an aanmelding."""
    oordelen = sessie.exec(
        select(OordeelRow.persoon).where(OordeelRow.aanmelding_id == rij.id, OordeelRow.rol == Oordeelrol.BEOORDELAAR)
    )
    feiten = sessie.exec(
        select(VaststellingRow.persoon)
        .join(FeitRow, FeitRow.id == VaststellingRow.feit_id)  # type: ignore[arg-type]
        .where(FeitRow.aanmelding_id == rij.id)
    )
    return tuple(_naam(sessie, wie) for wie in sorted({*oordelen, *feiten}))


def _naam(sessie: Session, wie: str | None) -> str:
    return "" if wie is None else personen.find_persoon(sessie, wie).naam


def request_toelatingsbesluit(uitgifte: Uitgifte, te_doen: Tedoen) -> None:
    """Ask for the besluit on the whole round, with every aanmelding and its complete motivation."""
    sessie, ronde = uitgifte.eenheid.sessie, uitgifte.ronde
    editie = procedures.read_editie(sessie, ronde)
    regels, behandelaars = [], Behandelaars(beoordelaars=(), jurist="")
    for _, groep in groupby(te_doen, key=lambda paar: paar[0].id):
        paren = list(groep)
        zaak = load_zaak(sessie, uitgifte.huis.feestdagen, paren[0][0])
        basis = load_basis(zaak, [besluit for _, besluit in paren], uitgifte)
        regels.append(brieven.aanmeldingsbesluit(zaak, basis))
        behandelaars = Behandelaars(
            beoordelaars=tuple(sorted({*behandelaars.beoordelaars, *basis.behandelaars.beoordelaars})),
            jurist=basis.behandelaars.jurist,
        )
    documenten.request_document(
        uitgifte.huis,
        uitgifte.eenheid,
        f"toelatingsbesluit:{ronde.kenmerk}",
        "toelatingsbesluit",
        ronde.kenmerk,
        ronde.kenmerk,
        lambda kenmerk: brieven.compose_toelatingsbesluit(
            uitgifte.definitie,
            uitgifte.definitie.find_ronde(ronde.kenmerk),
            editie,
            uitgifte.huis.feestdagen,
            kenmerk=kenmerk,
            datum=uitgifte.datum,
            behandelaars=behandelaars,
            ondertekenaar=uitgifte.ondertekenaar,
            aanmeldingen=tuple(regels),
            overige=tuple(_list_overige(sessie, ronde)),
            audit=uitgifte.auditverwijzing,
        ),
        kenmerk=uitgifte.kenmerk,
    )


def _list_overige(sessie: Session, ronde: RondeRow) -> Iterable[OverigeAanmelding]:
    """The applications that were not assessed, and why."""
    for rij in aanmeldingen.list_aanmeldingen(sessie, ronde, *AFDOENINGEN):
        toelichtingen = {
            Aanmeldingsstatus.TE_LAAT: "ontvangen na de sluiting van de ronde",
            Aanmeldingsstatus.VERVANGEN: "vervangen door een latere aanmelding van dezelfde aanbieder",
            Aanmeldingsstatus.INGETROKKEN: "ingetrokken door de aanbieder",
        }
        yield OverigeAanmelding(
            aanmelding=rij.kenmerk,
            aanbieder=rij.naam,
            ontvangen_op=rij.ontvangen_op,
            afdoening=AFDOENINGEN[rij.status],
            toelichting=toelichtingen[rij.status],
        )
