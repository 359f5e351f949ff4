"""Handing mail to a mail server over SMTP: one message at a time, each with the Message-ID it keeps for ever.

A server can take a message and lose the connection before it says so. The message is then offered again
under the same Message-ID, by which the next server or the mail program drops the second copy: at least
once from us, once for the reader.

Bron: RFC 5321, 5322; ontwerp 8 (secrets only from settings; nothing personal in messages).
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from inkoop.domain.fouten import InkoopError
from inkoop.exchange.mailserver import Beveiliging, Mailserver

WACHT_S = 30
"""How long to wait for a mail server that does not answer, in seconds (project default)."""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One message as it goes out. `id_` is its Message-ID without brackets."""

    id_: str
    aan: str
    kop: str
    tekst: str
    datum: datetime


class MailserverOnbereikbaarError(InkoopError):
    """The mail server does not answer, or does not let us in; no message was offered."""


class MailUitgesteldError(InkoopError):
    """The server does not take this message now; it may later."""


class MailGeweigerdError(InkoopError):
    """The server will never take this message; a person looks at it."""


def build_mail(server: Mailserver, mail: Mail) -> EmailMessage:
    """The message with its headers; a value that would begin a header of its own is refused (ValueError)."""
    bericht = EmailMessage(policy=SMTP)
    bericht["Message-ID"] = f"<{mail.id_}>"
    bericht["Date"] = format_datetime(mail.datum)
    bericht["From"] = Address("inkoop", addr_spec=server.afzender)
    bericht["To"] = Address(addr_spec=mail.aan)
    bericht["Subject"] = mail.kop
    # No answer by a machine: an out-of-office reply would come to an address that nobody reads.
    bericht["Auto-Submitted"] = "auto-generated"
    bericht["X-Auto-Response-Suppress"] = "All"
    bericht.set_content(mail.tekst)
    return bericht


@contextmanager
def connect(server: Mailserver) -> Iterator[smtplib.SMTP]:
    """A connection to the server, protected and signed in. Raises MailserverOnbereikbaarError."""
    try:
        verbinding = _open(server)
    except smtplib.SMTPAuthenticationError as fout:
        raise MailserverOnbereikbaarError(
            f"De mailserver {server.host} laat ons niet binnen ({fout.smtp_code}). Controleer"
            " INKOOP_SMTP_GEBRUIKER en het wachtwoord. De post blijft klaarstaan."
        ) from None
    except (OSError, smtplib.SMTPException) as fout:
        raise MailserverOnbereikbaarError(
            f"De mailserver {server.host}:{server.poort} is niet te bereiken ({_name_fout(fout)}). Controleer"
            " INKOOP_SMTP_HOST, INKOOP_SMTP_POORT en INKOOP_SMTP_BEVEILIGING. De post blijft klaarstaan."
        ) from None
    try:
        yield verbinding
    finally:
        with suppress(OSError, smtplib.SMTPException):
            verbinding.quit()


def _open(server: Mailserver) -> smtplib.SMTP:
    if server.beveiliging is Beveiliging.TLS:
        context = ssl.create_default_context()
        verbinding: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.poort, timeout=WACHT_S, context=context)
    else:
        verbinding = smtplib.SMTP(server.host, server.poort, timeout=WACHT_S)
    try:
        if server.beveiliging is Beveiliging.STARTTLS:
            verbinding.starttls(context=ssl.create_default_context())
        if server.gebruiker is not None:
            _login(verbinding, server.gebruiker, server.wachtwoord or "")
    except BaseException:
        verbinding.close()
        raise
    return verbinding


def _login(verbinding: smtplib.SMTP, gebruiker: str, wachtwoord: str) -> None:
    """Sign in; a server that hangs up on a wrong password says the same as one that answers."""
    try:
        verbinding.login(gebruiker, wachtwoord)
    except smtplib.SMTPServerDisconnected:
        raise smtplib.SMTPAuthenticationError(421, "") from None


def send(verbinding: smtplib.SMTP, server: Mailserver, mail: Mail) -> None:
    """Offer one message; returns when the server took it.

    Raises MailUitgesteldError or MailGeweigerdError, or MailserverOnbereikbaarError when the connection broke:
    the server may have taken the message then. What a server says can hold the address, so only its number is kept.
    """
    try:
        bericht = build_mail(server, mail)
    except ValueError:
        raise MailGeweigerdError("het bericht heeft een adres of kop die geen mail mag worden") from None
    try:
        verbinding.send_message(bericht, from_addr=server.afzender, to_addrs=[mail.aan])
    except smtplib.SMTPServerDisconnected:
        raise MailserverOnbereikbaarError(
            f"De mailserver {server.host} verbrak de verbinding. De post wordt later opnieuw aangeboden."
        ) from None
    except smtplib.SMTPRecipientsRefused as fout:
        raise _explain(next(iter(fout.recipients.values()))[0], "het adres") from None
    except smtplib.SMTPResponseException as fout:
        raise _explain(fout.smtp_code, "het bericht") from None
    except (OSError, smtplib.SMTPException) as fout:
        raise MailserverOnbereikbaarError(
            f"De mailserver {server.host} antwoordt niet meer ({_name_fout(fout)}). De post blijft klaarstaan."
        ) from None
    finally:
        with suppress(OSError, smtplib.SMTPException):
            verbinding.rset()


def _explain(code: int, wat: str) -> InkoopError:
    if 400 <= code < 500:
        return MailUitgesteldError(f"de mailserver neemt {wat} nu niet aan (code {code})")
    return MailGeweigerdError(f"de mailserver weigert {wat} (code {code})")


def _name_fout(fout: Exception) -> str:
    if isinstance(fout, ssl.SSLCertVerificationError):
        return "het certificaat van de mailserver klopt niet"
    if isinstance(fout, smtplib.SMTPNotSupportedError):
        return "de mailserver kent deze beveiliging of manier van inloggen niet"
    if isinstance(fout, smtplib.SMTPResponseException):
        return f"code {fout.smtp_code}"
    return getattr(fout, "strerror", None) or type(fout).__name__
