"""The outbox: what goes out today, handing it to the mail server, and what became of each mail.

A mail is claimed in one transaction, offered, and marked in another. Who dies in between leaves a claim that
ends by itself; the mail is then offered again under the same Message-ID, so that it arrives at least once and
shows once. What the server puts off is tried again later; what it refuses is set apart with the reason.

Bron: ontwerp 7 (nothing lost, nothing doubled); project default (times); docs/adr/0021.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from sqlmodel import col, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.post import (
    MAX_POGINGEN,
    Postkeuze,
    Postsoort,
    Poststand,
    plan_poging,
    write_tekst,
)
from inkoop.domain.toegang import Handeling
from inkoop.exchange.mailserver import Mailserver
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.postadressen import find_postadres
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.tabellen.post import PostRow
from inkoop.storage.winkelrij import Winkelsoort

if TYPE_CHECKING:
    import smtplib

    from inkoop.exchange.mailverkeer import Mail

CLAIM = timedelta(minutes=10)
"""How long whoever sends a mail has before another may try (project default)."""

GEEN_SERVER = "Er is geen mailserver ingesteld (INKOOP_SMTP_HOST); er ging niets uit."


class Postregel(msgspec.Struct, frozen=True, kw_only=True):
    """A mail as people see it: no address, no text."""

    nummer: UUID
    soort: Postsoort
    persoon: str
    kop: str
    gemaakt_op: datetime
    stand: Poststand
    pogingen: int
    niet_voor: datetime
    verzonden_op: datetime | None
    reden: str


class Postverslag(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one round of sending; `melding` says why nothing (more) goes out now."""

    verzonden: int = 0
    uitgesteld: int = 0
    apart: int = 0
    wacht: int = 0
    melding: str = ""


def list_post(huis: Huis, stand: Poststand | None = None, aantal: int = 50) -> tuple[Postregel, ...]:
    """The mails, newest first."""
    vraag = select(PostRow).order_by(col(PostRow.gemaakt_op).desc(), col(PostRow.sleutel)).limit(aantal)
    if stand is not None:
        vraag = vraag.where(PostRow.stand == stand)
    with huis.winkel.lezen() as sessie:
        return tuple(_to_regel(rij) for rij in sessie.exec(vraag))


def _to_regel(rij: PostRow) -> Postregel:
    waarden = {n: getattr(rij, n) for n in Postregel.__struct_fields__ if n not in {"nummer", "pogingen"}}
    return Postregel(nummer=rij.id, pogingen=rij.poging, **waarden)


def resume_post(huis: Huis, door: Optreden, nummer: UUID | None) -> int:
    """Let a mail that was set apart (None: all of those) go out again; returns how many."""
    with handel(huis, door, Handeling.POST_HERVATTEN) as eenheid:
        vraag = select(PostRow).where(PostRow.stand == Poststand.APART)
        if nummer is not None:
            vraag = vraag.where(PostRow.id == nummer)
        rijen = eenheid.sessie.exec(vraag.order_by(PostRow.sleutel)).all()
        if nummer is not None and not rijen:
            apart = select(PostRow.id).where(PostRow.stand == Poststand.APART)
            raise NietGevondenError("Apart gezette post", str(nummer), [str(een) for een in eenheid.sessie.exec(apart)])
        if not rijen:
            tekst = "Kijk met 'inkoop post lijst' wat er is."
            raise BeletselenError("Er is geen post apart gezet.", [Beletsel("geen", tekst)])
        for rij in rijen:
            rij.stand, rij.poging, rij.niet_voor, rij.reden = Poststand.KLAAR, 0, door.nu, ""
            eenheid.sessie.add(rij)
            eenheid.audit(Handeling.POST_HERVATTEN, str(rij.id), van=Poststand.APART, naar=Poststand.KLAAR)
        return len(rijen)


def send_post(huis: Huis, aantal: int = 200) -> Postverslag:
    """Offer what is due to the mail server, at most this many. Nothing goes out without a server, or in a rehearsal."""
    wacht = _count_wachtend(huis)
    if huis.winkel.soort is Winkelsoort.SIMULATIE:
        return Postverslag(wacht=wacht, melding="Een winkel van de soort simulatie verstuurt geen post.")
    if huis.mailserver is None:
        return Postverslag(wacht=wacht, melding=GEEN_SERVER)
    if not wacht:
        return Postverslag()
    from inkoop.exchange import mailverkeer  # the libraries for mail take time to load, and most commands send none

    telling = dict.fromkeys((Poststand.VERZONDEN, Poststand.MISLUKT, Poststand.APART), 0)
    melding = ""
    try:
        with mailverkeer.connect(huis.mailserver) as verbinding:
            while sum(telling.values()) < aantal and (stand := _send_volgende(huis, verbinding, huis.mailserver)):
                telling[stand] += 1
    except mailverkeer.MailserverOnbereikbaarError as fout:
        melding = str(fout)
    return Postverslag(
        verzonden=telling[Poststand.VERZONDEN],
        uitgesteld=telling[Poststand.MISLUKT],
        apart=telling[Poststand.APART],
        wacht=_count_wachtend(huis),
        melding=melding,
    )


def _te_doen(nu: datetime) -> object:
    """What may be offered now: waiting or put off until now, or claimed by who died."""
    wachtend = col(PostRow.stand).in_([Poststand.KLAAR, Poststand.MISLUKT]) & (col(PostRow.niet_voor) <= nu)
    return wachtend | ((col(PostRow.stand) == Poststand.BEZIG) & (col(PostRow.bezig_tot) <= nu))


def _count_wachtend(huis: Huis) -> int:
    with huis.winkel.lezen() as sessie:
        return len(sessie.exec(select(PostRow.id).where(_te_doen(huis.winkel.read_klok()))).all())  # type: ignore[arg-type]


def _send_volgende(huis: Huis, verbinding: smtplib.SMTP, server: Mailserver) -> Poststand | None:
    """Claim the oldest mail that is due and offer it; None when there is none."""
    from inkoop.exchange import mailverkeer

    geclaimd = _claim(huis, server)
    if geclaimd is None:
        return None
    id_, mail = geclaimd
    if isinstance(mail, str):
        return _end(huis, id_, Poststand.APART, mail)
    try:
        mailverkeer.send(verbinding, server, mail)
    except mailverkeer.MailUitgesteldError as fout:
        return _end(huis, id_, Poststand.MISLUKT, str(fout))
    except mailverkeer.MailGeweigerdError as fout:
        return _end(huis, id_, Poststand.APART, str(fout))
    except mailverkeer.MailserverOnbereikbaarError as fout:
        _end(huis, id_, Poststand.MISLUKT, str(fout))
        raise
    return _end(huis, id_, Poststand.VERZONDEN, "")


def _claim(huis: Huis, server: Mailserver) -> tuple[UUID, Mail | str] | None:
    """The next mail with its id, or with why it cannot go out."""
    from inkoop.exchange.mailverkeer import Mail

    nu = huis.winkel.read_klok()
    with huis.winkel.machinekamer() as sessie:
        vraag = select(PostRow).where(_te_doen(nu)).order_by(col(PostRow.niet_voor), col(PostRow.sleutel)).limit(1)  # type: ignore[arg-type]
        rij = sessie.exec(vraag).first()
        if rij is None:
            return None
        rij.stand, rij.bezig_tot, rij.poging = Poststand.BEZIG, nu + CLAIM, rij.poging + 1
        sessie.add(rij)
        adres, persoon = find_postadres(sessie, rij.persoon), sessie.get(PersoonRow, rij.persoon)
        if adres is None or persoon is None or not persoon.actief or adres.keuze is Postkeuze.GEEN:
            return rij.id, "de ontvanger heeft geen adres meer, of wil geen post"
        if rij.poging > MAX_POGINGEN:
            return rij.id, "het verzenden is te vaak afgebroken"
        return rij.id, Mail(
            id_=f"{rij.id}@{server.afzender.partition('@')[2]}",
            aan=adres.adres,
            kop=rij.kop,
            tekst=write_tekst(rij.soort, rij.regels, f"{huis.web_adres}{rij.pad}"),
            datum=rij.gemaakt_op,
        )


def _end(huis: Huis, id_: UUID, stand: Poststand, reden: str) -> Poststand:
    nu = huis.winkel.read_klok()
    with huis.winkel.machinekamer() as sessie:
        rij = sessie.get_one(PostRow, id_)
        opnieuw = plan_poging(rij.poging, nu) if stand is Poststand.MISLUKT else nu
        rij.stand, rij.bezig_tot, rij.reden = stand if opnieuw else Poststand.APART, None, reden
        rij.niet_voor = opnieuw or nu
        rij.verzonden_op = nu if stand is Poststand.VERZONDEN else None
        sessie.add(rij)
        return rij.stand
