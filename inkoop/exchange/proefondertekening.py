"""A local signer for tests and the demo: it makes its own authority at run time and signs without legal effect.

Every certificate says what it is (`Proefondertekening zonder rechtsgevolg`), and a store of a real organisation
refuses such a signature (services/getekendestukken).

Bron: issue contract years (a local signer for tests and demo).
"""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import msgspec

from inkoop.exchange.padescontrole import PROEF_ORGANISATIE

_DAGEN = 3650


class Proefsleutel(msgspec.Struct, frozen=True, kw_only=True):
    """A key with its certificate, and that of the authority that gave it out (both DER); made at run time."""

    sleutel: bytes
    certificaat: bytes
    uitgever: bytes


def make_proefsleutel(naam: str, op: datetime, *, organisatie: str = PROEF_ORGANISATIE) -> Proefsleutel:
    """A new authority and a certificate of it for one person, valid from a day before `op`."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    wortelsleutel, eigen = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    wortelnaam = f"{organisatie} - uitgever"
    wortel = _sign_certificaat(wortelnaam, organisatie, wortelsleutel, None, wortelsleutel, op)
    certificaat = _sign_certificaat(naam, organisatie, eigen, wortel, wortelsleutel, op)
    return Proefsleutel(
        sleutel=eigen.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        certificaat=certificaat.public_bytes(Encoding.DER),
        uitgever=wortel.public_bytes(Encoding.DER),
    )


def _sign_certificaat(naam: str, organisatie: str, sleutel: Any, uitgever: Any, met: Any, op: datetime) -> Any:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.x509.oid import NameOID

    wie = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, naam[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisatie[:64]),
        ]
    )
    wortel = uitgever is None
    gebruik = x509.KeyUsage(
        digital_signature=not wortel,
        content_commitment=not wortel,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=wortel,
        crl_sign=wortel,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(wie)
        .issuer_name(wie if wortel else uitgever.subject)
        .public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(op - timedelta(days=1))
        .not_valid_after(op + timedelta(days=_DAGEN))
        .add_extension(x509.BasicConstraints(ca=wortel, path_length=None), critical=True)
        .add_extension(gebruik, critical=True)
        .sign(met, SHA256())
    )


def sign_proef(inhoud: bytes, naam: str, op: datetime, veld: str, sleutel: Proefsleutel | None = None) -> bytes:
    """A PDF with an exercise signature of somebody added, at the instant `op`; the bytes in front stay as they are."""
    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    sleutel = sleutel or make_proefsleutel(naam, op)
    kast = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    kast.register(x509.Certificate.load(sleutel.uitgever))
    ondertekenaar = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(sleutel.certificaat),
        signing_key=keys.PrivateKeyInfo.load(sleutel.sleutel),
        cert_registry=kast,
    )
    gegevens = signers.PdfSignatureMetadata(
        field_name=veld,
        name=naam,
        reason="proefondertekening",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
    )

    class _Opgegeven(signers.PdfSigner):
        """Signs at the instant that was given: a simulated store has its own time."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            sessie = super().init_signing_session(*args, **kwargs)
            sessie.system_time = op
            return sessie

    uit = io.BytesIO()
    _Opgegeven(gegevens, signer=ondertekenaar).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(inhoud)), output=uit, bytes_reserved=16384
    )
    return uit.getvalue()
