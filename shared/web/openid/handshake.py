"""What a browser carries from the moment when it leaves for the provider until it comes back: signed, for ten minutes.

Each sign-in that is begun has a cookie of its own, so two that are begun side by side both end well.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from joserfc.jwt import decode, encode
from starlette.requests import Request
from starlette.responses import Response

from shared.kernel.settings import Settings

LASTS_SECONDS = 600
_PATH = "/sign-in"


@dataclass(frozen=True)
class Handshake:
    """One sign-in that was begun."""

    next: str
    """Where it leads, on this site."""
    again_since: int = 0
    """When someone who is signed in was asked to prove it once more, in seconds since 1970; 0: they were not."""
    state: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)

    @property
    def challenge(self) -> str:
        """Of PKCE, method S256 (RFC 7636)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Handshakes:
    """Those of one service; the key is made of the secret that it shares with the provider."""

    def __init__(self, settings: Settings) -> None:
        self._is_https = settings.is_https
        self._name = f"{'__Secure-' if self._is_https else ''}pairs-sign-in-{settings.port}"
        made_of = f"handshake of {settings.public_url}".encode()
        key = hmac.new(settings.openid_client_secret.encode(), made_of, hashlib.sha256).digest()
        self._key = OctKey.import_key(key)

    def keep(self, response: Response, one: Handshake, now: int) -> None:
        """In the browser that goes to the provider with this answer."""
        claims: dict[str, Any] = {
            "next": one.next,
            "again_since": one.again_since,
            "state": one.state,
            "nonce": one.nonce,
            "verifier": one.verifier,
            "exp": now + LASTS_SECONDS,
        }
        response.set_cookie(
            self._cookie(one.state),
            encode({"alg": "HS256"}, claims, self._key),
            max_age=LASTS_SECONDS,
            path=_PATH,
            secure=self._is_https,
            httponly=True,
            samesite="lax",
        )

    def find(self, request: Request, state: str, now: int) -> Handshake | None:
        """The one that this browser began and that has this state, within ten minutes."""
        try:
            claims = decode(request.cookies.get(self._cookie(state), ""), self._key, algorithms=["HS256"]).claims
        except (JoseError, ValueError, TypeError):
            return None
        if not hmac.compare_digest(claims["state"].encode(), state.encode()) or claims.pop("exp") <= now:
            return None
        return Handshake(**claims)

    def forget(self, response: Response, state: str) -> None:
        """An answer is taken once."""
        response.delete_cookie(self._cookie(state), path=_PATH, secure=self._is_https, httponly=True, samesite="lax")

    def _cookie(self, state: str) -> str:
        return f"{self._name}-{hashlib.sha256(state.encode()).hexdigest()[:12]}"
