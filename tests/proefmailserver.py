"""A mail server on the loopback that answers as a test tells it to."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from inkoop.exchange.mailserver import Beveiliging, Mailserver

GOED = "250 OK"


class Proefmailserver:
    """What came in, and what is answered: `adres` after RCPT, `bericht` after DATA."""

    def __init__(self) -> None:
        self.binnen: list[EmailMessage] = []
        self.aan: list[str] = []
        self.adres: Callable[[str], str] = lambda _: GOED
        self.bericht: Callable[[EmailMessage], str] = lambda _: GOED
        self.poort = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 - named by aiosmtpd
        antwoord = self.adres(address)
        if antwoord == GOED:
            envelope.rcpt_tos.append(address)
        return antwoord

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        bericht = BytesParser(EmailMessage, policy=default).parsebytes(envelope.content)
        antwoord = self.bericht(bericht)
        if antwoord == GOED:
            self.binnen.append(bericht)
            self.aan += envelope.rcpt_tos
        return antwoord

    def instelling(self, **anders) -> Mailserver:
        """How the program would be told of this server."""
        gegevens = {"host": "127.0.0.1", "poort": self.poort, "beveiliging": Beveiliging.GEEN}
        return Mailserver(**{**gegevens, "afzender": "inkoop@regio.example", **anders})


def make_certificaat(map_: Path) -> Path:
    """A certificate of `localhost` with its key, in one file, that nobody trusts by itself."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    nu = datetime.now(UTC)
    bouwer = x509.CertificateBuilder().subject_name(naam).issuer_name(naam).public_key(sleutel.public_key())
    bouwer = bouwer.serial_number(1).not_valid_before(nu - timedelta(days=1)).not_valid_after(nu + timedelta(days=1))
    bouwer = bouwer.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    certificaat = bouwer.sign(sleutel, hashes.SHA256())
    pad = map_ / "localhost.pem"
    vormen = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pad.write_bytes(sleutel.private_bytes(*vormen) + certificaat.public_bytes(serialization.Encoding.PEM))
    return pad


@contextmanager
def run_mailserver(wachtwoord: str | None = None, certificaat: Path | None = None) -> Iterator[Proefmailserver]:
    """A server that runs inside the block; with a password only who gives it may send, with a certificate by TLS."""
    proef = Proefmailserver()
    with socket.socket() as bus:
        bus.bind(("127.0.0.1", 0))
        proef.poort = bus.getsockname()[1]

    def _check(server, session, envelope, mechanism, auth_data):
        return AuthResult(success=auth_data.password == (wachtwoord or "").encode(), handled=False)

    keuzes = {"authenticator": _check, "auth_required": True, "auth_require_tls": False} if wachtwoord else {}
    if certificaat is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificaat)
        keuzes |= {"tls_context": context, "require_starttls": True}
    controller = Controller(proef, hostname="127.0.0.1", port=proef.poort, **keuzes)
    controller.start()
    try:
        yield proef
    finally:
        controller.stop()
