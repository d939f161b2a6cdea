"""Who is signed in at the demonstration's provider, and what it signs about them; it is forgotten with the process."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from joserfc.jwt import decode, encode

from deploy.sign_in.organisation import InventedPerson, SignInPlace
from shared.kernel.clock import machine_clock

CODE_SECONDS = 60
TOKEN_SECONDS = 300
LASTS_SECONDS = 12 * 3600
_ENDED = "http://schemas.openid.net/event/backchannel-logout"


def now() -> int:
    """Seconds since 1970."""
    return int(machine_clock().timestamp())


@dataclass
class PersonSignedIn:
    """Someone in one browser, who goes from service to service."""

    person: InventedPerson
    at: int
    """When they chose; in seconds since 1970."""
    sid: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    places: set[SignInPlace] = field(default_factory=set[SignInPlace])
    """Where they are signed in, and are signed out when this ends."""

    @property
    def is_over(self) -> bool:
        return now() - self.at >= LASTS_SECONDS


@dataclass(frozen=True)
class Code:
    """What a service gets tokens for, once."""

    who: PersonSignedIn
    asked: Mapping[str, str]
    made_at: int = field(default_factory=now)

    @property
    def is_stale(self) -> bool:
        return now() - self.made_at > CODE_SECONDS


class Signer:
    """Signs with a key of its own, made anew with the process."""

    def __init__(self) -> None:
        self._key = ECKey.generate_key("P-256", {"kid": secrets.token_hex(4), "use": "sig", "alg": "ES256"})

    def keys(self) -> dict[str, Any]:
        return {"keys": [self._key.as_dict(private=False)]}

    def id_token(self, issuer: str, client_id: str, code: Code) -> str:
        """Source: OpenID Connect Core 1.0, section 2."""
        who = code.who
        return self._sign(
            {
                "iss": issuer,
                "aud": client_id,
                "sub": who.person.id,
                "name": who.person.name,
                "roles": list(who.person.roles),
                "sid": who.sid,
                "auth_time": who.at,
                "nonce": code.asked.get("nonce", ""),
                "iat": now(),
                "exp": now() + TOKEN_SECONDS,
            }
        )

    def logout_token(self, issuer: str, client_id: str, who: PersonSignedIn) -> str:
        """Source: OpenID Connect Back-Channel Logout 1.0, section 2.4."""
        return self._sign(
            {
                "iss": issuer,
                "aud": client_id,
                "sub": who.person.id,
                "sid": who.sid,
                "jti": secrets.token_urlsafe(16),
                "events": {_ENDED: {}},
                "iat": now(),
                "exp": now() + TOKEN_SECONDS,
            }
        )

    def sid_in(self, id_token: str) -> str | None:
        """Of a token that we signed, however long ago."""
        try:
            return decode(id_token, self._key, algorithms=["ES256"]).claims.get("sid")
        except (JoseError, ValueError):
            return None

    def _sign(self, claims: dict[str, Any]) -> str:
        return encode({"alg": "ES256", "kid": self._key.kid or ""}, claims, self._key)
