"""An identity provider of our own in one process: it signs real tokens, and can be told to misbehave."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwk, jwt
from joserfc.errors import JoseError


@cache
def make_sleutel(naam: str) -> jwk.RSAKey:
    return jwk.RSAKey.generate_key(2048, parameters={"kid": naam, "use": "sig", "alg": "RS256"})


@dataclass
class Inlogdienst:
    """One issuer. `claims` go into every token; `verdraai` changes the claims of the next one, `teken` the signing."""

    uitgever: str
    client: str
    geheim: str = "een gedeeld geheim"
    claims: dict[str, Any] = field(default_factory=dict)
    verdraai: dict[str, Any] = field(default_factory=dict)
    alg: str = "RS256"
    sleutel: str = "eerste"
    noemt_afzender: bool = False
    gegevens: dict[str, Any] | None = None
    sleutel_klant: jwk.RSAKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    verzoeken: list[httpx.Request] = field(default_factory=list)

    def let_inloggen(self, adres: str) -> dict[str, str]:
        """What a person who signs in here takes back to us: the query of our address."""
        vraag = {naam: waarden[0] for naam, waarden in parse_qs(urlsplit(adres).query).items()}
        assert adres.startswith(f"{self.uitgever}/inloggen?")
        assert vraag["response_type"] == "code"
        assert vraag["code_challenge_method"] == "S256"
        assert vraag["client_id"] == self.client
        code = secrets.token_urlsafe(16)
        self.codes[code] = vraag
        return {"code": code, "state": vraag["state"]} | ({"iss": self.uitgever} if self.noemt_afzender else {})

    def answer(self, verzoek: httpx.Request) -> httpx.Response:
        self.verzoeken.append(verzoek)
        match urlsplit(str(verzoek.url)).path.rpartition("/")[2]:
            case "openid-configuration":
                return httpx.Response(
                    200,
                    json={
                        "issuer": self.uitgever,
                        "authorization_endpoint": f"{self.uitgever}/inloggen",
                        "token_endpoint": f"{self.uitgever}/token",
                        "jwks_uri": f"{self.uitgever}/sleutels",
                        "userinfo_endpoint": f"{self.uitgever}/gegevens",
                        "end_session_endpoint": f"{self.uitgever}/uitloggen",
                        "authorization_response_iss_parameter_supported": self.noemt_afzender,
                    },
                )
            case "sleutels":
                return httpx.Response(200, json={"keys": [make_sleutel(self.sleutel).as_dict(private=False)]})
            case "gegevens":
                return httpx.Response(200, json=self.gegevens or {})
            case "token":
                return self._answer_token(verzoek)
        return httpx.Response(404)

    def _answer_token(self, verzoek: httpx.Request) -> httpx.Response:
        velden = {naam: waarden[0] for naam, waarden in parse_qs(verzoek.content.decode()).items()}
        vraag = self.codes.pop(velden.get("code", ""), None)
        uitdaging = base64.urlsafe_b64encode(hashlib.sha256(velden["code_verifier"].encode()).digest())
        goed = (
            vraag is not None
            and self._knows_klant(verzoek, velden)
            and uitdaging.rstrip(b"=").decode() == vraag["code_challenge"]
            and velden["redirect_uri"] == vraag["redirect_uri"]
        )
        if not goed or vraag is None:
            return httpx.Response(400, json={"error": "invalid_grant"})
        return httpx.Response(
            200, json={"access_token": "toegang", "token_type": "Bearer", "id_token": self.sign(vraag["nonce"])}
        )

    def _knows_klant(self, verzoek: httpx.Request, velden: dict[str, str]) -> bool:
        if self.sleutel_klant is not None:
            try:
                claims = jwt.decode(velden["client_assertion"], self.sleutel_klant, algorithms=["PS256"]).claims
            except (JoseError, KeyError):
                return False
            return (claims["iss"], claims["sub"], claims["aud"]) == (self.client, self.client, str(verzoek.url))
        paar = base64.b64decode(verzoek.headers.get("authorization", "Basic ").removeprefix("Basic ")).decode()
        return paar == f"{self.client}:{self.geheim}".replace(" ", "%20")

    def sign(self, nonce: str) -> str:
        nu = int(datetime.now(UTC).timestamp())
        claims = {
            "iss": self.uitgever,
            "aud": self.client,
            "exp": nu + 300,
            "iat": nu,
            "nonce": nonce,
            "sub": "persoon-1",
            **self.claims,
            **self.verdraai,
        }
        claims = {naam: waarde for naam, waarde in claims.items() if waarde is not None}
        if self.alg == "none":
            delen = [{"alg": "none", "typ": "JWT"}, claims]
            return ".".join(_encode(json.dumps(deel).encode()) for deel in delen) + "."
        if self.alg == "HS256":
            # The public key as if it were a secret: what a library that trusts the header would accept.
            delen = [{"alg": "HS256", "typ": "JWT", "kid": self.sleutel}, claims]
            voor = ".".join(_encode(json.dumps(deel).encode()) for deel in delen)
            merk = hmac.digest(make_sleutel(self.sleutel).as_pem(private=False), voor.encode(), "sha256")
            return f"{voor}.{_encode(merk)}"
        return jwt.encode({"alg": self.alg, "kid": self.sleutel}, claims, make_sleutel(self.sleutel))


def _encode(octetten: bytes) -> str:
    return base64.urlsafe_b64encode(octetten).rstrip(b"=").decode()


def connect(*diensten: Inlogdienst) -> httpx.MockTransport:
    """The way to these providers, each at its own host."""

    def answer(verzoek: httpx.Request) -> httpx.Response:
        for dienst in diensten:
            if verzoek.url.host == urlsplit(dienst.uitgever).hostname:
                return dienst.answer(verzoek)
        raise httpx.ConnectError("nobody there", request=verzoek)

    return httpx.MockTransport(answer)
