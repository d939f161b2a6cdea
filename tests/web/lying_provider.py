"""A provider that says what a test wants it to say, true or not."""

import base64
import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc.jwk import ECKey, OctKey
from joserfc.jwt import encode

from shared.kernel.identifiers import new_id
from shared.web.openid.fetch import Ask, ProviderSilent, Told

ISSUER = "https://login.trust.example/tenant"
CLIENT = "pairs-blackpool"
SECRET = "a-secret-of-the-client"
ENDED = "http://schemas.openid.net/event/backchannel-logout"
Claims = dict[str, Any]


def new_key(kid: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})


@dataclass
class LyingProvider:
    """Honest until a test changes what it says."""

    now: Callable[[], float] = time.time
    subject: str = field(default_factory=lambda: f"S-{new_id()}")
    roles: tuple[str, ...] = ("pairs-team-lead",)
    key: ECKey = field(default_factory=lambda: new_key("first"))
    lies: Claims = field(default_factory=dict[str, Any])
    """Claims of the ID token in place of the true ones; None: left out."""
    userinfo: Claims | None = None
    signs: Callable[["LyingProvider", Claims], str] | None = None
    """How it signs, if not as it should."""
    metadata_lies: Claims = field(default_factory=dict[str, Any])
    token_status: int = 200
    is_down: bool = False
    asked: list[Ask] = field(default_factory=list[Ask])
    nonce: str = ""
    begun: Mapping[str, str] = field(default_factory=dict[str, str])
    """What it was asked when the browser came."""

    async def fetch(self, ask: Ask) -> Told:
        self.asked.append(ask)
        if self.is_down:
            raise ProviderSilent("it was not to be reached")
        match ask.url.removeprefix(ISSUER):
            case "/.well-known/openid-configuration":
                return Told(200, self._metadata())
            case "/keys":
                return Told(200, {"keys": [self.key.as_dict(private=False), {"kty": "unheard-of"}]})
            case "/token":
                return Told(self.token_status, {"access_token": "opaque", "id_token": self._sign(self.id_claims())})
            case "/userinfo":
                return Told(200, self.userinfo or {})
            case other:
                raise AssertionError(other)

    def meets(self, location: str) -> str:
        """A browser comes with this address; where it goes then."""
        self.begun = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.nonce = self.begun["nonce"]
        return f"/sign-in/answer?code=c0de&state={self.begun['state']}"

    def id_claims(self) -> Claims:
        now = int(self.now())
        true: Claims = {
            "iss": ISSUER,
            "aud": CLIENT,
            "sub": self.subject,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "auth_time": now,
            "name": "Priya Sample",
            "sid": "sid-1",
            "roles": list(self.roles),
        }
        return {name: value for name, value in (true | self.lies).items() if value is not None}

    def logout_token(self, **lies: Any) -> str:
        now = int(self.now())
        true: Claims = {
            "iss": ISSUER,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "jti": "said-1",
            "sid": "sid-1",
            "sub": self.subject,
            "events": {ENDED: {}},
        }
        return self._sign({name: value for name, value in (true | lies).items() if value is not None})

    def _sign(self, claims: Claims) -> str:
        if self.signs:
            return self.signs(self, claims)
        return encode({"alg": "ES256", "kid": self.key.kid or ""}, claims, self.key)

    def _metadata(self) -> Claims:
        told = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
            "end_session_endpoint": f"{ISSUER}/end",
            "id_token_signing_alg_values_supported": ["none", "HS256", "ES256"],
        }
        return {name: value for name, value in (told | self.metadata_lies).items() if value is not None}


def by_nobody(_provider: LyingProvider, claims: Claims) -> str:
    """`alg: none`."""
    whole = encode({"alg": "HS256"}, claims, OctKey.generate_key())
    return "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0." + whole.split(".")[1] + "."


def by_the_secret(_provider: LyingProvider, claims: Claims) -> str:
    """HS256, with what the client knows too."""
    return encode({"alg": "HS256", "kid": "first"}, claims, OctKey.import_key(SECRET))


def by_the_public_key(provider: LyingProvider, claims: Claims) -> str:
    """HS256, with a key that everybody knows; no library signs so by itself."""
    unsigned = ".".join(encode({"alg": "HS256", "kid": "first"}, claims, OctKey.generate_key()).split(".")[:2])
    signature = hmac.digest(provider.key.as_pem(private=False), unsigned.encode(), "sha256")
    return f"{unsigned}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def by_another(_provider: LyingProvider, claims: Claims) -> str:
    """The right name of a key, and not the key."""
    return encode({"alg": "ES256", "kid": "first"}, claims, new_key("first"))


def by_a_key_that_nobody_has(_provider: LyingProvider, claims: Claims) -> str:
    return encode({"alg": "ES256", "kid": "unheard-of"}, claims, new_key("unheard-of"))
