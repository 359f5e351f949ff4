"""An electronic signature in a PDF: who, when, and whether anything changed since.

Nothing is ever fetched: the certificates that are trusted stand in a folder of the organisation, and whether a
certificate was withdrawn is only known when the file carries that itself. So no long-term validity is claimed.
pyHanko is imported when a signed PDF is at hand and not before: it costs more than a second.

Bron: issue contract years (PAdES: who, when, unchanged); metingen (pyHanko); docs/adr/0027.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from inkoop.domain.fouten import Beletsel, InkoopError
from inkoop.domain.ondertekening import Handtekeningniveau

MAX_GROOTTE: Final = 25 * 1024 * 1024
"""The largest signed PDF in bytes (project default), as for evidence."""
MAX_HANDTEKENINGEN: Final = 40
MAX_REVISIES: Final = 120
"""Every signature adds a revision, and a service may add one of its own."""
PROEF_ORGANISATIE: Final = "Proefondertekening zonder rechtsgevolg"
"""The organisation in every certificate that the local signer makes."""

_ZWAK: Final = frozenset({"md2", "md5", "sha1"})
_QC_NALEVING = bytes.fromhex("060604008e460101")
_QC_APPARAAT = bytes.fromhex("060604008e460104")
"""The statements that a certificate is qualified and that its key lives in a qualified device (ETSI EN 319 412-5)."""

# Its remarks name whoever signed, and personal data never reaches a log (ontwerp 8).
for _naam in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_naam).setLevel(logging.CRITICAL + 1)


class Vertrouwensfout(InkoopError):  # noqa: N818 - a Dutch compound
    """The folder with trusted certificates cannot be used."""


class Zegel(msgspec.Struct, frozen=True, kw_only=True):
    """One signature as it was found.

    `moment` is what the signer's computer said, unless `tijdstempel` (then a trusted service said it). `vertrouwd`
    None = there is no list of trusted certificates to compare with. `kenmerk` is the sha256 of the signature.
    """

    veld: str
    houder: str
    organisatie: str
    uitgever: str
    serienummer: str
    moment: datetime | None
    tijdstempel: bool
    vertrouwd: bool | None
    niveau: Handtekeningniveau
    proef: bool
    kenmerk: str


class Padesverslag(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a signed PDF. With `beletselen` it counts for nothing."""

    zegels: tuple[Zegel, ...]
    beletselen: tuple[Beletsel, ...]


def load_vertrouwd(map_: Path | None) -> tuple[bytes, ...] | None:
    """The trusted certificates (DER) in a folder of .pem, .crt, .cer and .der files; None without a folder.

    Raises Vertrouwensfout with every file that is no certificate, and for a folder without any.
    """
    if map_ is None:
        return None
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    gevonden: list[bytes] = []
    fouten: list[str] = []
    for pad in sorted(map_.iterdir()) if map_.is_dir() else ():
        if pad.suffix.lower() not in {".pem", ".crt", ".cer", ".der"}:
            continue
        ruw = pad.read_bytes()
        try:
            lijst = (
                x509.load_pem_x509_certificates(ruw) if b"-----BEGIN" in ruw else [x509.load_der_x509_certificate(ruw)]
            )
        except ValueError:
            fouten.append(f"{pad} is geen certificaat.")
            continue
        gevonden += [een.public_bytes(Encoding.DER) for een in lijst]
    if not gevonden and not fouten:
        fouten.append(f"In {map_} staat geen enkel certificaat (.pem, .crt, .cer of .der).")
    if fouten:
        raise Vertrouwensfout(
            "De vertrouwde certificaten zijn niet te lezen.\n" + "\n".join(f"  - {f}" for f in fouten)
        )
    return tuple(gevonden)


def check_pades(inhoud: bytes, vertrouwd: Sequence[bytes] | None, nu: datetime) -> Padesverslag:
    """Verify every signature in a PDF, and that nothing but signatures was added since the first. Never raises.

    `vertrouwd` are certificates in DER, None = trust is not asked.
    """
    if beletselen := _check_buitenkant(inhoud):
        return Padesverslag(zegels=(), beletselen=tuple(beletselen))
    try:
        return _verify(inhoud, vertrouwd, nu)
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception:  # noqa: BLE001 - whatever a hostile PDF does to its reader, it is refused
        tekst = "De PDF is anders opgebouwd dan een getekende PDF hoort te zijn en kan niet worden gecontroleerd."
        return Padesverslag(zegels=(), beletselen=(Beletsel("pdf-vreemd", tekst),))


def _check_buitenkant(inhoud: bytes) -> list[Beletsel]:
    """What can be seen without opening: size, kind, a second file glued before or after, a password."""
    if len(inhoud) > MAX_GROOTTE:
        return [Beletsel("pdf-te-groot", f"De PDF is groter dan {MAX_GROOTTE // 1024**2} MB. Vraag een kleinere.")]
    if not inhoud.startswith(b"%PDF-"):
        return [Beletsel("geen-pdf", "Dit bestand is geen PDF, of er staat iets vóór de PDF.")]
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(inhoud), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                tekst = "De PDF is versleuteld of beveiligd. Vraag het getekende stuk zonder beveiliging."
                return [Beletsel("pdf-versleuteld", tekst)]
    except pikepdf.PasswordError:
        return [Beletsel("pdf-versleuteld", "De PDF heeft een wachtwoord. Vraag het stuk zonder wachtwoord.")]
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError, AttributeError):
        return [Beletsel("pdf-beschadigd", "De PDF is beschadigd en kan niet worden geopend.")]
    return []


def _verify(inhoud: bytes, vertrouwd: Sequence[bytes] | None, nu: datetime) -> Padesverslag:
    from pyhanko.pdf_utils.reader import PdfFileReader

    lezer = PdfFileReader(io.BytesIO(inhoud), strict=True)
    gevonden = list(lezer.embedded_regular_signatures)
    beletselen: list[Beletsel] = []
    if not gevonden:
        tekst = "In de PDF zit geen elektronische handtekening. Een plaatje van een handtekening telt niet."
        return Padesverslag(zegels=(), beletselen=(Beletsel("geen-handtekening", tekst),))
    if len(gevonden) > MAX_HANDTEKENINGEN or lezer.xrefs.total_revisions > MAX_REVISIES:
        tekst = f"De PDF heeft te veel handtekeningen of versies (hooguit {MAX_HANDTEKENINGEN} en {MAX_REVISIES})."
        return Padesverslag(zegels=(), beletselen=(Beletsel("pdf-te-veel", tekst),))
    beletselen += _find_verborgen(inhoud, len(list(lezer.embedded_signatures)))
    zegels = []
    for een in gevonden:
        zegel, redenen = _judge(een, vertrouwd, nu)
        zegels.append(zegel)
        beletselen += redenen
    if not any(een.coverage.name == "ENTIRE_FILE" for een in gevonden) and not beletselen:
        beletselen += _check_staart(gevonden[-1])
    return Padesverslag(zegels=tuple(zegels), beletselen=tuple(dict.fromkeys(beletselen)))


def _find_verborgen(inhoud: bytes, aantal: int) -> Iterator[Beletsel]:
    """A signature that stands in no field of the form is one that no reader shows."""
    import pikepdf

    with pikepdf.open(io.BytesIO(inhoud), suppress_warnings=True) as pdf:
        los = sum(1 for een in pdf.objects if isinstance(een, pikepdf.Dictionary) and "/ByteRange" in een)
    if los > aantal:
        tekst = "In de PDF zit een handtekening die in geen enkel veld staat. Vraag een schone getekende PDF."
        yield Beletsel("handtekening-verborgen", tekst)


def _check_staart(laatste: Any) -> Iterator[Beletsel]:
    """After the last signature only what proves it later may have been added (DSS, time stamps)."""
    from pyhanko.sign.diff_analysis import ModificationLevel

    if (
        laatste.diff_result is None
        or getattr(laatste.diff_result, "modification_level", None) is None
        or laatste.diff_result.modification_level > ModificationLevel.LTA_UPDATES
    ):
        yield _gewijzigd(laatste.field_name)


def _gewijzigd(veld: str) -> Beletsel:
    tekst = f"Na handtekening '{veld}' is de PDF gewijzigd. Wat er nu staat, is niet wat is getekend."
    return Beletsel("gewijzigd-na-tekenen", tekst)


def _judge(een: Any, vertrouwd: Sequence[bytes] | None, nu: datetime) -> tuple[Zegel, list[Beletsel]]:
    """One signature: the arithmetic, what it covers, what came after, whose certificate, from when."""
    from asn1crypto import x509
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    gezegd = een.self_reported_timestamp
    moment = gezegd if gezegd is not None and gezegd.tzinfo is not None else None
    wortels = [x509.Certificate.load(ruw) for ruw in vertrouwd or ()]
    kring = ValidationContext(trust_roots=wortels, allow_fetching=False, moment=moment or nu, retroactive_revinfo=True)
    stand = validate_pdf_signature(
        een,
        kring,
        ts_validation_context=ValidationContext(trust_roots=wortels, allow_fetching=False, moment=nu),
        key_usage_settings=KeyUsageConstraints(
            key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
        ),
    )
    veld = str(een.field_name)
    beletselen: list[Beletsel] = []
    if not (stand.intact and stand.valid):
        tekst = f"Handtekening '{veld}' klopt niet: de inhoud is veranderd nadat er is getekend."
        beletselen.append(Beletsel("handtekening-gebroken", tekst))
    if stand.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        tekst = f"Handtekening '{veld}' gaat maar over een deel van het bestand. De rest is niet getekend."
        beletselen.append(Beletsel("dekt-deel", tekst))
    niveau = stand.modification_level
    if niveau is None or niveau > ModificationLevel.FORM_FILLING or not stand.docmdp_ok:
        beletselen.append(_gewijzigd(veld))
    if (stand.md_algorithm or "").lower() in _ZWAK:
        tekst = f"Handtekening '{veld}' gebruikt {stand.md_algorithm}; dat is te zwak. Vraag een nieuwe handtekening."
        beletselen.append(Beletsel("te-zwak", tekst))
    stempel = stand.timestamp_validity
    if stempel is not None and stempel.valid and stempel.intact and stempel.trusted:
        moment = stempel.timestamp
    certificaat = stand.signing_cert
    if moment is not None and moment > nu:
        tekst = f"Handtekening '{veld}' noemt een moment dat nog moet komen."
        beletselen.append(Beletsel("moment-toekomst", tekst))
    if moment is not None and not certificaat.not_valid_before <= moment <= certificaat.not_valid_after:
        tekst = f"Het certificaat van handtekening '{veld}' was niet geldig toen ermee is getekend."
        beletselen.append(Beletsel("certificaat-verlopen", tekst))
    onderwerp = certificaat.subject.native
    organisatie = str(onderwerp.get("organization_name") or "")
    proef = organisatie == PROEF_ORGANISATIE
    eigen = bool(stand.trusted) if vertrouwd is not None else None
    if eigen is False and not proef:
        tekst = (
            f"Het certificaat van handtekening '{veld}' ({_noem(certificaat.issuer.native)}) komt niet van een "
            "uitgever in uw lijst van vertrouwde certificaten."
        )
        beletselen.append(Beletsel("niet-vertrouwd", tekst))
    zegel = Zegel(
        veld=veld,
        houder=_noem(onderwerp),
        organisatie=organisatie,
        uitgever=_noem(certificaat.issuer.native),
        serienummer=format(certificaat.serial_number, "x"),
        moment=None if moment is None else moment.astimezone(UTC),
        tijdstempel=stempel is not None and moment == stempel.timestamp,
        vertrouwd=eigen,
        niveau=_find_niveau(certificaat, vertrouwd=eigen),
        proef=proef,
        kenmerk=_hash(bytes(een.pkcs7_content)),
    )
    return zegel, beletselen


def _noem(naam: dict[str, Any]) -> str:
    for sleutel in ("common_name", "organization_name"):
        if waarde := naam.get(sleutel):
            return str(waarde if isinstance(waarde, str) else ", ".join(waarde))
    return "zonder naam"


def _find_niveau(certificaat: Any, *, vertrouwd: bool | None) -> Handtekeningniveau:
    """What the certificate says of itself; of one that nobody vouches for that proves nothing."""
    if vertrouwd is not True:
        return Handtekeningniveau.NIET_VASTGESTELD
    verklaringen = next(
        (bytes(een["extn_value"]) for een in certificaat["tbs_certificate"]["extensions"]
         if een["extn_id"].native in {"qc_statements", "1.3.6.1.5.5.7.1.3"}),
        b"",
    )  # fmt: skip
    if _QC_NALEVING in verklaringen and _QC_APPARAAT in verklaringen:
        return Handtekeningniveau.GEKWALIFICEERD
    return Handtekeningniveau.GEAVANCEERD


def _hash(ruw: bytes) -> str:
    import hashlib

    return hashlib.sha256(ruw).hexdigest()
