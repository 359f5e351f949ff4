"""OpenID Connect with a source outside: the way there, and what it says of who comes back.

Authorization code with PKCE, state and nonce (RFC 6749, 7636, 9207, 9700; OpenID Connect Core 1.0 and Discovery 1.0).
Only what the source signed counts: the ID token, and what it gives at its own address for the same subject. Nothing
is fetched from an address that the settings or the signed-in source did not name, and no redirect is followed.

Bron: ontwerp 8; docs/adr/0026.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeGuard
from urllib.parse import quote, urlencode, urlsplit

import httpx
import msgspec
from joserfc import jwk, jwt
from joserfc.errors import JoseError

from inkoop.domain.fouten import InkoopError
from inkoop.domain.inlog import Identiteitsbron

HANDTEKENINGEN: Final = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512")
"""Signatures that are accepted: by a private key of the source. Never `none`, never a secret that we share."""

SPELING: Final = 60
"""Seconds by which clocks may differ (project default)."""

OUDST: Final = 600
"""The oldest token, in seconds since it was issued (project default)."""

MAX_ANTWOORD: Final = 1_000_000
"""Bytes of an answer of a source that are read (project default)."""

METAGEGEVENS: Final = 3600
"""Seconds for which addresses and keys of a source are kept (project default)."""

NIEUWE_SLEUTELS: Final = 60
"""The fewest seconds between two times that keys are fetched because one is not known (project default)."""


class InlogMislukteError(InkoopError):
    """Somebody came back from a source, and what came along cannot be relied on. `reden` is for the log: no names."""

    def __init__(self, reden: str, tekst: str = "Inloggen is niet gelukt. Probeer het opnieuw.") -> None:
        self.reden = reden
        super().__init__(tekst)


class BronWegError(InlogMislukteError):
    """The source does not answer, or not as a source does."""

    def __init__(self, reden: str) -> None:
        super().__init__(reden, "De inlogdienst antwoordt niet goed. Probeer het over een paar minuten opnieuw.")


@dataclass(frozen=True, kw_only=True)
class Poging:
    """One attempt to sign in: what must come back (`state`, `nonce`) and what proves that it is ours (`verifier`)."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass
class _Bekend:
    """What a source said of itself, and when (seconds)."""

    gegevens: Mapping[str, Any]
    sleutels: jwk.KeySet
    op: float
    sleutels_op: float


def make_poging() -> Poging:
    """A new attempt: 256 bits each, so that none can be guessed."""
    return Poging(state=secrets.token_urlsafe(32), nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(48))


class Oidc:
    """A source, spoken with over https. One for each source, for as long as the process lives."""

    def __init__(self, bron: Identiteitsbron, transport: httpx.BaseTransport | None = None) -> None:
        self.bron = bron
        self._client = httpx.Client(transport=transport, timeout=5, follow_redirects=False, trust_env=transport is None)
        self._bekend: _Bekend | None = None
        self._slot = threading.Lock()

    def make_adres(self, poging: Poging, terugkeer: str, op: datetime) -> str:
        """Where to send the browser. `terugkeer` is our address to come back at. Raises BronWegError."""
        uitdaging = hashlib.sha256(poging.verifier.encode()).digest()
        vraag = {
            "response_type": "code",
            "client_id": self.bron.client,
            "redirect_uri": terugkeer,
            "scope": " ".join(self.bron.scopes),
            "state": poging.state,
            "nonce": poging.nonce,
            "code_challenge": base64.urlsafe_b64encode(uitdaging).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        adres = self._find_adres(self._ask_zichzelf(op).gegevens, "authorization_endpoint")
        return f"{adres}{'&' if '?' in adres else '?'}{urlencode(vraag)}"

    def find_uitlogadres(self, naar: str, op: datetime) -> str | None:
        """Where to sign out at the source as well; None when it has no such place."""
        gegevens = self._ask_zichzelf(op).gegevens
        if not gegevens.get("end_session_endpoint"):
            return None
        vraag = urlencode({"client_id": self.bron.client, "post_logout_redirect_uri": naar})
        adres = self._find_adres(gegevens, "end_session_endpoint")
        return f"{adres}{'&' if '?' in adres else '?'}{vraag}"

    def finish(self, poging: Poging, antwoord: Mapping[str, str], terugkeer: str, op: datetime) -> dict[str, Any]:
        """What the source says of who came back with `antwoord` (the query of our address).

        Raises InlogMislukteError when anything is not exactly as it should be, BronWegError when the source fails.
        """
        if not hmac.compare_digest(antwoord.get("state", "").encode(), poging.state.encode()):
            raise InlogMislukteError("state")
        gegevens = self._ask_zichzelf(op).gegevens
        self._check_afzender(gegevens, antwoord)
        if antwoord.get("error"):
            raise InlogMislukteError("afgebroken", "U bent niet ingelogd: het inloggen is afgebroken of geweigerd.")
        code = antwoord.get("code", "")
        if not code or len(code) > 4096:
            raise InlogMislukteError("geen code")
        bewijs = self._change_code(gegevens, code, poging, terugkeer, op)
        token = bewijs.get("id_token")
        if not isinstance(token, str):
            raise BronWegError("geen id_token")
        claims = self._read_token(token, poging, op)
        if self.bron.gegevensadres:
            claims = {**self._ask_gegevens(gegevens, bewijs, claims["sub"]), **claims}
        return claims

    def _check_afzender(self, gegevens: Mapping[str, Any], antwoord: Mapping[str, str]) -> None:
        """Whether the answer is of this source, where the source says so in it (RFC 9207)."""
        afzender = antwoord.get("iss")
        verplicht = gegevens.get("authorization_response_iss_parameter_supported") is True
        if (afzender is None and verplicht) or (afzender is not None and afzender != self.bron.uitgever):
            raise InlogMislukteError("afzender")

    def _change_code(
        self, gegevens: Mapping[str, Any], code: str, poging: Poging, terugkeer: str, op: datetime
    ) -> Mapping[str, Any]:
        adres = self._find_adres(gegevens, "token_endpoint")
        velden = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": terugkeer,
            "code_verifier": poging.verifier,
            "client_id": self.bron.client,
        }
        koppen = {}
        if self.bron.sleutel_bestand:
            velden["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            velden["client_assertion"] = self._sign_client(adres, op)
        else:
            geheim = _read_geheim(self.bron.geheim_bestand)
            if "client_secret_basic" in gegevens.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
                paar = f"{quote(self.bron.client, safe='')}:{quote(geheim, safe='')}"
                koppen["authorization"] = "Basic " + base64.b64encode(paar.encode()).decode()
            else:
                velden["client_secret"] = geheim
        status, antwoord = self._fetch("POST", adres, data=velden, headers=koppen)
        if 400 <= status < 500:
            raise InlogMislukteError(f"code geweigerd ({status})")
        if status != 200:
            raise BronWegError(f"token_endpoint {status}")
        return antwoord

    def _sign_client(self, adres: str, op: datetime) -> str:
        """Who we are, signed with our own key (private_key_jwt)."""
        sleutel = jwk.import_key(_read_geheim(self.bron.sleutel_bestand), "EC" if self._is_ec() else "RSA")
        nu = int(op.timestamp())
        claims = {
            "iss": self.bron.client,
            "sub": self.bron.client,
            "aud": adres,
            "jti": secrets.token_urlsafe(24),
            "iat": nu,
            "exp": nu + 60,
        }
        soort = "ES256" if self._is_ec() else "PS256"
        return jwt.encode({"alg": soort, "kid": sleutel.thumbprint()}, claims, sleutel, algorithms=[soort])

    def _is_ec(self) -> bool:
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            sleutel = load_pem_private_key(_read_geheim(self.bron.sleutel_bestand).encode(), None)
        except (ValueError, TypeError):
            raise BronWegError("eigen sleutel niet te lezen") from None
        return isinstance(sleutel, EllipticCurvePrivateKey)

    def _read_token(self, token: str, poging: Poging, op: datetime) -> dict[str, Any]:
        """The claims of an ID token that this source signed for us, now, in answer to this attempt."""
        claims = self._check_handtekening(token, op)
        nu = op.timestamp()
        publiek = claims.get("aud")
        publiek = publiek if isinstance(publiek, list) else [publiek]
        onderwerp, nonce = claims.get("sub"), claims.get("nonce")
        vervalt, gemaakt, vanaf = claims.get("exp"), claims.get("iat"), claims.get("nbf")
        fouten = {
            "iss": claims.get("iss") != self.bron.uitgever,
            "aud": self.bron.client not in publiek or not all(isinstance(een, str) for een in publiek),
            "azp": (len(publiek) > 1 or "azp" in claims) and claims.get("azp") != self.bron.client,
            "exp": not _is_getal(vervalt) or nu >= vervalt + SPELING,
            "iat": not _is_getal(gemaakt) or not -SPELING <= nu - gemaakt <= OUDST,
            "nbf": vanaf is not None and (not _is_getal(vanaf) or nu < vanaf - SPELING),
            "nonce": not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), poging.nonce.encode()),
            "sub": not isinstance(onderwerp, str) or not 0 < len(onderwerp) <= 255,
        }
        if any(fouten.values()):
            raise InlogMislukteError(", ".join(naam for naam, fout in fouten.items() if fout))
        return claims

    def _check_handtekening(self, token: str, op: datetime) -> dict[str, Any]:
        if len(token) > MAX_ANTWOORD // 4:
            raise InlogMislukteError("token te groot")
        bekend = self._ask_zichzelf(op)
        for laatste in (False, True):
            try:
                gelezen = jwt.decode(token, bekend.sleutels, algorithms=list(HANDTEKENINGEN))
            except (JoseError, ValueError, TypeError, KeyError, AttributeError):
                # Perhaps by a key that the source took into use meanwhile.
                if laatste or op.timestamp() - bekend.sleutels_op < NIEUWE_SLEUTELS:
                    raise InlogMislukteError("handtekening") from None
                bekend = self._ask_zichzelf(op, opnieuw=True)
                continue
            if gelezen.header.get("typ") not in (None, "JWT", "jwt"):
                raise InlogMislukteError("soort token")
            return dict(gelezen.claims)
        raise AssertionError("unreachable")

    def _ask_gegevens(self, gegevens: Mapping[str, Any], bewijs: Mapping[str, Any], sub: str) -> dict[str, Any]:
        """What the source gives at its own address about the same subject."""
        adres = self._find_adres(gegevens, "userinfo_endpoint")
        status, antwoord = self._fetch(
            "GET", adres, headers={"authorization": f"Bearer {bewijs.get('access_token', '')}"}
        )
        if status != 200:
            raise BronWegError(f"userinfo_endpoint {status}")
        if antwoord.get("sub") != sub:
            raise InlogMislukteError("userinfo van een ander")
        return dict(antwoord)

    def _ask_zichzelf(self, op: datetime, *, opnieuw: bool = False) -> _Bekend:
        """Addresses and keys of the source, at most an hour old."""
        with self._slot:
            nu = op.timestamp()
            if self._bekend is not None and not opnieuw and abs(nu - self._bekend.op) < METAGEGEVENS:
                return self._bekend
            status, gegevens = self._fetch("GET", f"{self.bron.uitgever.rstrip('/')}/.well-known/openid-configuration")
            if status != 200 or gegevens.get("issuer") != self.bron.uitgever:
                raise BronWegError("openid-configuration")
            status, sleutels = self._fetch("GET", self._find_adres(gegevens, "jwks_uri"))
            try:
                publiek = [een for een in sleutels["keys"] if een.get("kty") in {"RSA", "EC"}]
                gevonden = [een for een in publiek if een.get("use") != "enc"]
                sleutelbos = jwk.KeySet.import_key_set({"keys": gevonden})
            except (JoseError, KeyError, TypeError, ValueError, AttributeError):
                raise BronWegError("jwks") from None
            self._bekend = _Bekend(gegevens=gegevens, sleutels=sleutelbos, op=nu, sleutels_op=nu)
            return self._bekend

    def _find_adres(self, gegevens: Mapping[str, Any], naam: str) -> str:
        """An address of the source; https, or on this computer when its issuer is."""
        adres = gegevens.get(naam)
        if not isinstance(adres, str) or not adres.isprintable() or " " in adres:
            raise BronWegError(naam)
        delen, uitgever = urlsplit(adres), urlsplit(self.bron.uitgever)
        zelf = delen.scheme == uitgever.scheme == "http" and delen.hostname == uitgever.hostname
        if delen.username or delen.fragment or not (delen.scheme == "https" or zelf):
            raise BronWegError(naam)
        return adres

    def _fetch(self, methode: str, adres: str, **rest: Any) -> tuple[int, dict[str, Any]]:
        """An answer in JSON, at most MAX_ANTWOORD of it."""
        try:
            with self._client.stream(methode, adres, **rest) as antwoord:
                inhoud = b""
                for stuk in antwoord.iter_bytes():
                    inhoud += stuk
                    if len(inhoud) > MAX_ANTWOORD:
                        raise BronWegError("antwoord te groot")
                status = antwoord.status_code
        except httpx.HTTPError as fout:
            raise BronWegError(type(fout).__name__) from None
        try:
            waarde = msgspec.json.decode(inhoud)
        except (msgspec.DecodeError, UnicodeDecodeError):
            waarde = None
        if not isinstance(waarde, dict):
            if status == 200:
                raise BronWegError("geen json")
            waarde = {}
        return status, waarde


def _is_getal(waarde: object) -> TypeGuard[float]:
    return isinstance(waarde, int | float) and not isinstance(waarde, bool)


def _read_geheim(pad: str | None) -> str:
    """A secret from its file; never logged, never kept longer than the request."""
    try:
        return Path(pad or "").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise BronWegError("eigen geheim niet te lezen") from None
