"""Questions about the documents and the notas van inlichtingen that answer them.

A question that comes in after the term is answered only when the answer matters to everybody. A nota is
published at least ten days before closing, or closing moves; nothing changes after closing. Everybody
reads the same answers, so a question is published without who asked it.

Bron: B.2.11, C.11; FE-3, FE-6; E.5.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.instroom import NOTA_DAGEN, check_ronde
from inkoop.domain.kalender import TIJDZONE, Feestdagen, format_dag, is_tijdig, local_date, roll_forward
from inkoop.domain.procedure import Rondedefinitie, Termijnen
from inkoop.domain.termijnen import end_of_day, end_of_herstel, end_of_vervaltermijn

GESTAND_DAGEN = 90
"""How long an applicant keeps to what was handed in, counted from closing (B.2.12)."""


class Vraagstatus(StrEnum):
    """A question: received, answered, published in a nota; or put aside because it came too late."""

    ONTVANGEN = "ontvangen"
    BEANTWOORD = "beantwoord"
    GEPUBLICEERD = "gepubliceerd"
    TERZIJDE = "terzijde"


class Notastatus(StrEnum):
    """A nota van inlichtingen: drafted, approved by a jurist (FE-3), published; or dropped before that."""

    CONCEPT = "concept"
    AKKOORD = "akkoord"
    GEPUBLICEERD = "gepubliceerd"
    VERVALLEN = "vervallen"


class Documentwijziging(msgspec.Struct, frozen=True, kw_only=True):
    """A document that a nota changes: its version before and after, and what changes."""

    document: str
    oud: str
    nieuw: str
    wat: str


def end_of_vragen(ronde: Rondedefinitie) -> datetime:
    """The last second in which a question is in time: the published day, else so that a nota still fits.

    Without a day in the procedure: ten days for the nota and a week to answer (project default).

    Bron: B.2.11, E.5.
    """
    if ronde.vragen_tot is not None:
        return end_of_day(ronde.vragen_tot)
    return end_of_day(local_date(ronde.sluiting) - timedelta(days=NOTA_DAGEN + 7))


def last_nota(ronde: Rondedefinitie) -> date:
    """The last day on which a nota can be published without moving closing (B.2.11)."""
    return local_date(ronde.sluiting) - timedelta(days=NOTA_DAGEN)


def end_of_gestand(sluiting: datetime) -> date:
    """The last day on which an applicant is bound by what was handed in (B.2.12)."""
    return local_date(sluiting) + timedelta(days=GESTAND_DAGEN)


def check_gestand(ronde: Rondedefinitie) -> list[Beletsel]:
    """A warning when agreements are signed after applicants are no longer bound (B.2.12)."""
    tot = end_of_gestand(ronde.sluiting)
    if ronde.tekenen <= tot:
        return []
    tekst = (
        f"Ronde {ronde.kenmerk}: aanbieders doen hun aanmelding gestand tot en met {format_dag(tot)}, maar er wordt "
        f"getekend tot en met {format_dag(ronde.tekenen)}. Vraag op tijd om verlenging van de gestanddoening."
    )
    return [Beletsel("gestanddoening", tekst)]


def check_vraag(ronde: Rondedefinitie, tekst: str, ontvangen: datetime) -> list[Beletsel]:
    """Every reason why a question cannot be taken in: nothing asked, before the round opens, after closing."""
    beletselen = []
    if not tekst.strip():
        beletselen.append(Beletsel("vraag-leeg", "De vraag is leeg."))
    if local_date(ontvangen) < ronde.opening:
        beletselen.append(
            Beletsel("vraag-te-vroeg", f"Ronde {ronde.kenmerk} gaat pas open op {format_dag(ronde.opening)}.")
        )
    if not is_tijdig(ontvangen, ronde.sluiting):
        tekst_dicht = f"Ronde {ronde.kenmerk} is gesloten; vragen over de stukken kunnen niet meer."
        beletselen.append(Beletsel("vraag-gesloten", tekst_dicht))
    return beletselen


def check_anoniem(tekst: str, namen: Collection[str]) -> list[Beletsel]:
    """Why a text cannot be published: it says who asked (name, KvK-nummer, e-mail address).

    Bron: B.2.11, C.11 (anonymised).
    """
    kaal = tekst.casefold()
    genoemd = [naam for naam in namen if naam.strip() and naam.casefold() in kaal]
    beletselen = [
        Beletsel("niet-anoniem", f"De tekst noemt de vragensteller ('{naam}'). Laat dat weg.") for naam in genoemd
    ]
    if re.search(r"[\w.+-]+@[\w-]+\.\w+", tekst):
        beletselen.append(Beletsel("niet-anoniem", "De tekst noemt een e-mailadres. Laat dat weg."))
    return beletselen


def check_antwoord_vraag(
    status: Vraagstatus, antwoord: str, *, binnen_termijn: bool, voor_allen: str
) -> list[Beletsel]:
    """Every reason why a question cannot be answered like this.

    `voor_allen` says why the answer matters to everybody; a question in time needs no such reason.

    Bron: B.2.11.
    """
    beletselen = []
    if status is Vraagstatus.GEPUBLICEERD:
        beletselen.append(Beletsel("vraag-gepubliceerd", "Deze vraag staat al in een nota; die wijzigt niet meer."))
    if not antwoord.strip():
        beletselen.append(Beletsel("antwoord-leeg", "Het antwoord is leeg."))
    if not binnen_termijn and not voor_allen.strip():
        tekst = (
            "Deze vraag kwam na de vragentermijn. Beantwoord haar alleen als het antwoord voor alle aanbieders van "
            "belang is, en schrijf dan waarom; leg haar anders terzijde."
        )
        beletselen.append(Beletsel("vraag-te-laat", tekst))
    return beletselen


class Notavoorstel(msgspec.Struct, frozen=True, kw_only=True):
    """What a nota would do to its round: how many answers and changed documents, which edition, which closing.

    `zonder_antwoord` are the questions in time that nobody answered or that the nota leaves out.
    """

    nu: datetime
    aantal_antwoorden: int
    editie: str | None
    sluiting: datetime | None
    zonder_antwoord: tuple[str, ...]
    aantal_wijzigingen: int = 0


def check_nota(
    ronde: Rondedefinitie, voorstel: Notavoorstel, termijnen: Termijnen, feestdagen: Feestdagen
) -> list[Beletsel]:
    """Every reason why a nota cannot be published now; empty = it can.

    A new edition or a late nota asks for a longer term: ten days remain between publication and closing.

    Bron: B.2.11; FE-6 (change only by nota with republication and, if late, extension of closing).
    """
    beletselen = []
    if not is_tijdig(voorstel.nu, ronde.sluiting):
        tekst = (
            f"Ronde {ronde.kenmerk} is gesloten op {format_dag(local_date(ronde.sluiting))}. Na de sluiting verandert "
            "er niets meer aan criteria, stukken of termijnen; wacht op de volgende ronde."
        )
        return [Beletsel("nota-gesloten", tekst)]
    if not (voorstel.aantal_antwoorden or voorstel.aantal_wijzigingen or voorstel.editie or voorstel.sluiting):
        tekst = (
            "De nota beantwoordt geen vraag en wijzigt niets. Beantwoord eerst een vraag, of noem wat er wijzigt: een "
            "document, de editie van de criteria of de sluiting."
        )
        beletselen.append(Beletsel("nota-leeg", tekst))
    if voorstel.zonder_antwoord:
        tekst = f"Deze vragen kwamen op tijd en hebben nog geen antwoord: {', '.join(voorstel.zonder_antwoord)}."
        beletselen.append(Beletsel("nota-onbeantwoord", tekst))
    dicht = voorstel.sluiting or ronde.sluiting
    if voorstel.sluiting is not None:
        beletselen += check_verlenging_sluiting(ronde, voorstel.sluiting, termijnen, feestdagen)
    vroegst = local_date(voorstel.nu) + timedelta(days=NOTA_DAGEN)
    if local_date(dicht) < vroegst:
        tekst = (
            f"Tussen de nota en de sluiting liggen ten minste {NOTA_DAGEN} dagen. Verleng de sluiting tot op of na "
            f"{format_dag(roll_forward(vroegst, feestdagen))}; nu is dat {format_dag(local_date(dicht))}."
        )
        beletselen.append(Beletsel("nota-te-laat", tekst))
    return beletselen


def check_verlenging_sluiting(
    ronde: Rondedefinitie, sluiting: datetime, termijnen: Termijnen, feestdagen: Feestdagen
) -> list[Beletsel]:
    """Why closing cannot move to this instant: earlier than it was, or the dates behind it no longer fit."""
    if sluiting <= ronde.sluiting:
        tekst = f"De nieuwe sluiting ligt niet na de huidige ({format_dag(local_date(ronde.sluiting))})."
        return [Beletsel("sluiting-vroeger", tekst)]
    return check_ronde(extend_sluiting(ronde, sluiting, termijnen, feestdagen), termijnen, feestdagen)


def extend_sluiting(
    ronde: Rondedefinitie, sluiting: datetime, termijnen: Termijnen, feestdagen: Feestdagen
) -> Rondedefinitie:
    """The round with a later closing and everything behind it up to the besluit moved as many days.

    The last days for legal remedy and for repair are counted anew; the days of signing and of ingang stay, so
    that a closing that leaves no room for them is refused with the pair that does not fit (check_ronde).

    Bron: FE-6; domein 0.11 (replanning), E.5.
    """
    dagen = local_date(sluiting) - local_date(ronde.sluiting)

    def later(dag: date | None) -> date | None:
        return None if dag is None else roll_forward(dag + dagen, feestdagen)

    verzoek = roll_forward(ronde.herstelverzoek + dagen, feestdagen)
    besluit = roll_forward(ronde.besluit + dagen, feestdagen)
    selectie = later(ronde.selectiebesluit)
    return msgspec.structs.replace(
        ronde,
        sluiting=sluiting.astimezone(TIJDZONE),
        herstelverzoek=verzoek,
        herstel_tot=max(
            roll_forward(ronde.herstel_tot + dagen, feestdagen), end_of_herstel(termijnen, verzoek, feestdagen)
        ),
        selectiebesluit=selectie,
        selectie_vervaltermijn=end_of_vervaltermijn(termijnen, selectie, feestdagen, "selectie_vervaltermijn")
        if selectie
        else None,
        dialoog_van=later(ronde.dialoog_van),
        dialoog_tot=later(ronde.dialoog_tot),
        voorstel_tot=_move(ronde.voorstel_tot, dagen, feestdagen),
        besluit=besluit,
        vervaltermijn=end_of_vervaltermijn(termijnen, besluit, feestdagen),
    )


def _move(instant: datetime | None, dagen: timedelta, feestdagen: Feestdagen) -> datetime | None:
    if instant is None:
        return None
    hier = instant.astimezone(TIJDZONE)
    return datetime.combine(roll_forward(hier.date() + dagen, feestdagen), hier.time(), tzinfo=TIJDZONE)


def check_editie(bevroren: Sequence[tuple[str, str]], editie: str, hash: str) -> list[Beletsel]:
    """Why an edition cannot be bound to a nota: its name was frozen with other contents, or nothing changes.

    `bevroren` are the (edition, hash) that were published.

    Bron: FE-6 (published criteria do not change; a change is a new edition).
    """
    for naam, vast in bevroren:
        if naam == editie and vast != hash:
            tekst = (
                f"Editie {editie} is gepubliceerd en verandert niet meer, maar het bestand is anders dan toen. Zet de "
                "wijziging in een nieuwe editie met een eigen naam."
            )
            return [Beletsel("editie-bevroren", tekst)]
    return []
