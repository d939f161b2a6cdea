"""This service as one that relies on a provider: where a browser is sent, and what its answer is worth.

Source: OpenID Connect Core 1.0, section 3.1, with PKCE (RFC 7636); FAPI's advice on `iss` in the answer (RFC 9207).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import structlog

from shared.contracts.vocabulary import Role
from shared.kernel.clock import Clock, Stopwatch
from shared.kernel.errors import Refusal
from shared.kernel.settings import Settings
from shared.manifest import Person
from shared.web.openid.account import colleague_id
from shared.web.openid.client_proof import token_request
from shared.web.openid.fetch import Ask, Fetch, ProviderSilent
from shared.web.openid.handshake import Handshake, Handshakes
from shared.web.openid.provider import KeyNotKnownYet, Metadata, Provider, TokenRefused
from shared.web.openid.role_mapping import RoleMapping
from shared.web.openid.token import (
    LEEWAY,
    LONGEST_SUBJECT,
    Ended,
    Expected,
    check_id_token,
    check_logout_token,
    moment_in,
)
from shared.web.sessions import Proof

ANSWER_PATH = "/sign-in/answer"
SIGNED_OUT_PATH = "/signed-out"
_HEARD_SECONDS = 600.0
_OF_THE_SIGN_IN = frozenset({"acr", "amr", "auth_time", "sid", "nonce"})
"""What only an ID token can say: userinfo is of the account, not of how somebody signed in just now."""
_log = structlog.get_logger()


class NotSignedIn(Refusal):
    """The provider's answer lets nobody in; the sentence says what to do."""


@dataclass(frozen=True)
class Arrival:
    """Someone whom the provider vouches for; whoever has no role here is not let in."""

    person: Person
    proof: Proof


class RelyingParty:
    """One service of one team.

    Args:
        roles: of those who work with the service; whoever has none of them has nothing to do here.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        mapping: RoleMapping,
        roles: frozenset[Role],
        clock: Clock,
        stopwatch: Stopwatch,
        fetch: Fetch,
    ) -> None:
        self._settings = settings
        self._roles = roles
        self._clock = clock
        self.mapping = mapping
        self.provider = Provider(
            settings.openid_issuer,
            fetch,
            stopwatch,
            reached_at=settings.openid_reached_at,
            pages_at=settings.openid_pages_at,
        )
        self.handshakes = Handshakes(settings)
        self._stopwatch = stopwatch
        self._heard: dict[str, float] = {}
        """Ids of what the provider said in the last ten minutes: it says a thing once."""

    @property
    def now(self) -> int:
        """Seconds since 1970."""
        return int(self._clock().timestamp())

    async def begin(self, handshake: Handshake, *, as_other: bool = False) -> str:
        """The provider's address for a browser that signs in. Raises ProviderSilent.

        Args:
            as_other: whoever is signed in there wants to be someone else.
        """
        asked = {
            "response_type": "code",
            "client_id": self._settings.openid_client_id,
            "redirect_uri": self._address(ANSWER_PATH),
            "scope": self.mapping.scopes,
            "state": handshake.state,
            "nonce": handshake.nonce,
            "code_challenge": handshake.challenge,
            "code_challenge_method": "S256",
        }
        if self.mapping.acr:
            asked["acr_values"] = " ".join(self.mapping.acr)
        if handshake.again_since:
            asked |= {"prompt": "login", "max_age": "0"}
        elif as_other:
            asked["prompt"] = "login"
        return _with((await self.provider.metadata()).authorization_endpoint, asked)

    async def arrive(self, handshake: Handshake, code: str) -> Arrival:
        """Who it is that comes back with this code.

        Raises:
            NotSignedIn: the provider's answer is not to be believed, or is not enough.
            ProviderSilent: it cannot be asked.
        """
        try:
            claims, id_token = await self._claims(handshake, code)
            return self._arrival(handshake, claims, id_token)
        except TokenRefused as refused:
            _log.warning("sign_in_refused", why=str(refused))
            raise NotSignedIn(
                "answer_refused",
                "What your organisation’s sign-in answered cannot be trusted, so nobody was signed in. Start again. If "
                f"it happens again, tell the people who run this service: {refused}.",
            ) from None
        except KeyNotKnownYet:
            _log.warning("sign_in_refused", why="key_not_known_yet")
            raise NotSignedIn(
                "key_not_known_yet",
                "Your organisation’s sign-in has changed the key by which we know it, and nobody was signed in. "
                "Start again in a minute: the new one is looked for then.",
            ) from None

    async def end_address(self, id_token: str | None) -> str | None:
        """Where the provider ends its own sign-in too; None when it has no such place. Raises ProviderSilent."""
        end = (await self.provider.metadata()).end_session_endpoint
        if not end or not id_token:
            return None
        asked = {"client_id": self._settings.openid_client_id, "id_token_hint": id_token}
        return _with(end, asked | {"post_logout_redirect_uri": self._address(SIGNED_OUT_PATH)})

    async def hear_of_end(self, logout_token: str) -> Ended | None:
        """Which sign-in is over; None when it was not the provider that says so, or it has said so before.

        Raises:
            ProviderSilent: its keys cannot be had.
            KeyNotKnownYet: it names a key that we have not got; the provider may say it again in a minute.
        """
        issuer, client_id, now = self._settings.openid_issuer, self._settings.openid_client_id, self._stopwatch()
        try:
            ended = check_logout_token(await self.provider.open(logout_token), issuer, client_id, self.now)
        except TokenRefused as refused:
            _log.warning("logout_token_refused", why=str(refused))
            return None
        self._heard = {jti: at for jti, at in self._heard.items() if now - at < _HEARD_SECONDS}
        return None if ended.jti in self._heard else ended

    def note_heard(self, ended: Ended) -> None:
        """What it said was done: said once more, it is refused. Before that the provider may try again."""
        self._heard[ended.jti] = self._stopwatch()

    async def _claims(self, handshake: Handshake, code: str) -> tuple[Mapping[str, Any], str]:
        metadata = await self.provider.metadata()
        told = await self._exchange(metadata, handshake, code)
        id_token, access_token = told.get("id_token"), told.get("access_token")
        if not isinstance(id_token, str) or not isinstance(access_token, str):
            raise TokenRefused("no_id_token")
        opened = await self.provider.open(id_token)
        issuer, client_id = self._settings.openid_issuer, self._settings.openid_client_id
        expected = Expected(issuer, client_id, handshake.nonce, access_token)
        claims = check_id_token(opened, expected, self.now)
        if not self.mapping.userinfo:
            return claims, id_token
        told = await self._userinfo(metadata, access_token, claims["sub"])
        return {name: value for name, value in told.items() if name not in _OF_THE_SIGN_IN} | {**claims}, id_token

    async def _exchange(self, metadata: Metadata, handshake: Handshake, code: str) -> Mapping[str, Any]:
        settings = self._settings
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._address(ANSWER_PATH),
            "code_verifier": handshake.verifier,
        }
        ask = token_request(metadata, settings.openid_client_id, settings.openid_client_secret, form, self.now)
        told = await self.provider.fetch(ask)
        if told.status != 200:
            raise TokenRefused("code_refused")
        return told.content

    async def _userinfo(self, metadata: Metadata, access_token: str, subject: str) -> Mapping[str, Any]:
        if not metadata.userinfo_endpoint:
            raise ProviderSilent("no_userinfo")
        told = await self.provider.fetch(Ask(metadata.userinfo_endpoint, authorization=f"Bearer {access_token}"))
        if told.status != 200 or told.content.get("sub") != subject:
            raise TokenRefused("userinfo_of_another")
        return told.content

    def _arrival(self, handshake: Handshake, claims: Mapping[str, Any], id_token: str) -> Arrival:
        self._check_how(handshake, claims)
        subject, name = claims.get(self.mapping.subject), _name(claims, self.mapping.name)
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise TokenRefused(f"missing_claim: {self.mapping.subject}")
        if not name:
            raise TokenRefused(f"missing_claim: {self.mapping.name}")
        roles = self.mapping.roles(claims) & self._roles
        proved_at = moment_in(claims, "auth_time")
        proof = Proof(
            self._settings.openid_issuer,
            subject,
            datetime.fromtimestamp(min(proved_at, self.now), UTC) if proved_at else None,
            _text(claims.get("sid")),
            _text(claims.get("acr")),
            id_token,
        )
        return Arrival(Person(self._reckoned(subject), name, roles, localities=self.mapping.localities(claims)), proof)

    def _check_how(self, handshake: Handshake, claims: Mapping[str, Any]) -> None:
        if self.mapping.acr and claims.get("acr") not in self.mapping.acr:
            raise NotSignedIn(
                "too_weak",
                "This service needs a stronger sign-in, such as a smartcard or a security key. Start again with that.",
            )
        proved_at = moment_in(claims, "auth_time")
        if handshake.again_since and (proved_at is None or proved_at < handshake.again_since - LEEWAY):
            raise TokenRefused("not_proved_again")

    def _reckoned(self, subject: str) -> UUID:
        if self._settings.sign_in == "demonstration":
            return _uuid(subject)  # its people are known by their ids, as in the history that was invented with them
        return colleague_id(self._settings.openid_issuer, subject, self._settings.team or "")

    def _address(self, path: str) -> str:
        return f"{self._settings.public_url}{path}"


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def _name(claims: Mapping[str, Any], claim: str) -> str:
    parts = [claims.get(claim)] if claims.get(claim) else [claims.get("given_name"), claims.get("family_name")]
    words = " ".join(part for part in parts if isinstance(part, str))
    return " ".join(word for word in words.split() if word.isprintable())[:200]


def _text(value: Any) -> str | None:
    return value[:1000] if isinstance(value, str) and value else None


def _uuid(subject: str) -> UUID:
    try:
        return UUID(subject)
    except ValueError:
        raise TokenRefused("invalid_claim: sub") from None
