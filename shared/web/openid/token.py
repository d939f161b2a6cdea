"""What a token of a provider must say before anything of it is believed.

Sources: OpenID Connect Core 1.0, section 3.1.3.7; OpenID Connect Back-Channel Logout 1.0, sections 2.4 and 2.6.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from authlib.oidc.core import CodeIDToken
from joserfc.errors import JoseError
from joserfc.jwt import JWTClaimsRegistry, Token

from shared.web.openid.provider import TokenRefused

LEEWAY = 120
"""Seconds by which two clocks may differ."""
LONGEST_SUBJECT = 255
_ENDED = "http://schemas.openid.net/event/backchannel-logout"


@dataclass(frozen=True)
class Expected:
    """Of an ID token."""

    issuer: str
    client_id: str
    nonce: str = field(repr=False)
    access_token: str = field(repr=False)


def check_id_token(token: Token, expected: Expected, now: int) -> Mapping[str, Any]:
    """Its claims. Raises TokenRefused; `now` in seconds since 1970."""
    options = {
        "iss": {"essential": True, "value": expected.issuer},
        "aud": {"essential": True, "value": expected.client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
        "iat": {"essential": True},
    }
    params = {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": expected.access_token}
    try:
        CodeIDToken(token.claims, token.header, cast("Any", options), params).validate(now, LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise _refused(wrong) from None
    if len(token.claims["sub"]) > LONGEST_SUBJECT:
        raise TokenRefused("invalid_claim: sub")
    return token.claims


@dataclass(frozen=True)
class Ended:
    """Whose sessions end: those of one sign-in at the provider, or all of one person."""

    jti: str
    sid: str | None
    subject: str | None

    def is_sid(self, sid: str) -> bool:
        return sid == self.sid

    def is_subject(self, subject: str) -> bool:
        return subject == self.subject


def check_logout_token(token: Token, issuer: str, client_id: str, now: int) -> Ended:
    """Raises TokenRefused; `now` in seconds since 1970."""
    registry = JWTClaimsRegistry(
        now,
        LEEWAY,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        iat={"essential": True},
        jti={"essential": True},
        events={"essential": True},
    )
    claims = token.claims
    try:
        registry.validate(claims)
    except (JoseError, ValueError, TypeError) as wrong:
        raise _refused(wrong) from None
    if not isinstance(claims["events"], dict) or not isinstance(claims["events"].get(_ENDED), dict):  # pyright: ignore[reportUnknownMemberType]
        raise TokenRefused("invalid_claim: events")
    if "nonce" in claims:
        raise TokenRefused("invalid_claim: nonce")
    if claims["iat"] < now - LEEWAY:
        raise TokenRefused("expired_token")
    return _ended(claims)


def _ended(claims: Mapping[str, Any]) -> Ended:
    sid, subject = claims.get("sid"), claims.get("sub")
    if not (isinstance(sid, str | None) and isinstance(subject, str | None) and (sid or subject)):
        raise TokenRefused("missing_claim: sid")
    return Ended(claims["jti"], sid or None, subject or None)


def moment_in(claims: Mapping[str, Any], name: str) -> float | None:
    """Seconds since 1970, where a claim says them and they are some that a clock could show."""
    given = claims.get(name)
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given < 1 << 40:
        return None
    return float(given)


def _refused(wrong: Exception) -> TokenRefused:
    claim = getattr(wrong, "claim", "")
    return TokenRefused(f"{getattr(wrong, 'error', '') or type(wrong).__name__}{f': {claim}' if claim else ''}")
