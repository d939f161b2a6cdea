"""A provider as it describes itself: where it is asked what, and the keys that it signs with now.

Both are kept for an hour. A token that names a key we do not have is the sign that keys were changed: they are fetched
once more, and then not again for a minute, so that nobody can make us ask for every token that they invent.
"""

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import Token, decode

from shared.kernel.clock import Stopwatch
from shared.web.openid.fetch import Ask, Fetch, ProviderSilent

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Not those that the provider says: one that was broken into would say `none`."""
_KEPT_SECONDS = 3600.0
_COOL_DOWN_SECONDS = 60.0
_SIGNING_KEYS = frozenset({"RSA", "EC"})


class TokenRefused(Exception):
    """The provider did not sign this, or not for us; the code says what was wrong and names nobody."""


class KeyNotKnownYet(Exception):
    """It names a key that was not there when keys were fetched, less than a minute ago: in a minute we look again."""


@dataclass(frozen=True)
class Metadata:
    """OpenID Connect Discovery 1.0, section 3, and RP-Initiated Logout 1.0, section 2.1."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    takes_secret_in_form: bool = False


class Provider:
    """One issuer.

    Args:
        reached_at: where it is asked, if that is not at its issuer's address.
        pages_at: where browsers find its pages, likewise.
    """

    def __init__(
        self, issuer: str, fetch: Fetch, stopwatch: Stopwatch, *, reached_at: str = "", pages_at: str = ""
    ) -> None:
        self.issuer = issuer
        self._own = {origin(issuer), origin(pages_at)}
        self.fetch = fetch
        self._stopwatch = stopwatch
        self._metadata_url = f"{(reached_at or issuer).rstrip('/')}/.well-known/openid-configuration"
        self._metadata: tuple[float, Metadata] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._asking = asyncio.Lock()
        """However many come at once, it is asked once."""
        self._sought_at: float | None = None
        """When keys were fetched last because a token named one that we did not have."""

    async def metadata(self) -> Metadata:
        """Raises ProviderSilent, also when it is another provider that answers there."""
        async with self._asking:
            return await self._own_metadata()

    async def open(self, text: str) -> Token:
        """What a token says, once it is sure that this provider signed it.

        Raises:
            TokenRefused: it did not.
            KeyNotKnownYet: it may have, with a key that it has just begun to use.
            ProviderSilent: its keys cannot be had.
        """
        keys = await self._known_keys()
        try:
            return _opened(text, keys)
        except InvalidKeyIdError:
            self._forget(keys)
        newer = await self._known_keys()
        try:
            return _opened(text, newer)
        except InvalidKeyIdError as unknown:
            if newer is keys:
                raise KeyNotKnownYet from None
            raise TokenRefused(unknown.error) from None

    async def _own_metadata(self) -> Metadata:
        now = self._stopwatch()
        if self._metadata is None or now - self._metadata[0] > _KEPT_SECONDS:
            told = (await self.fetch(Ask(self._metadata_url))).content
            if told.get("issuer") != self.issuer:
                raise ProviderSilent("another issuer answers at its address")
            self._metadata = now, self._read(told)
        return self._metadata[1]

    def _read(self, told: Any) -> Metadata:
        def address(name: str, *, needed: bool = False) -> str:
            given = told.get(name)
            if isinstance(given, str) and given.startswith(self._schemes):
                return given
            if needed:
                raise ProviderSilent(f"it does not say where its {name} is")
            return ""

        ways = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        end = address("end_session_endpoint")
        return Metadata(
            address("authorization_endpoint", needed=True),
            address("token_endpoint", needed=True),
            address("jwks_uri", needed=True),
            address("userinfo_endpoint"),
            # Our pages may send a browser to the provider's own addresses only.
            end if origin(end) in self._own else "",
            takes_secret_in_form="client_secret_basic" not in ways,
        )

    @property
    def _schemes(self) -> tuple[str, ...]:
        return ("https://", "http://") if self._metadata_url.startswith("http:") else ("https://",)

    async def _known_keys(self) -> KeySet:
        async with self._asking:
            now = self._stopwatch()
            if self._keys is None or now - self._keys[0] > _KEPT_SECONDS:
                told = (await self.fetch(Ask((await self._own_metadata()).jwks_uri))).content
                self._keys = now, _key_set(told)
            return self._keys[1]

    def _forget(self, keys: KeySet) -> None:
        """Unless others have been fetched meanwhile, or these were less than a minute ago."""
        now = self._stopwatch()
        is_time = self._sought_at is None or now - self._sought_at >= _COOL_DOWN_SECONDS
        if is_time and self._keys is not None and self._keys[1] is keys:
            self._keys, self._sought_at = None, now


def origin(address: str) -> str:
    """`https://login.example`, also where a port is named that is usual."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.removesuffix(':443' if parts.scheme == 'https' else ':80')}"


def _key_set(told: Any) -> KeySet:
    """Those that can sign: of other kinds a provider may publish what it likes."""
    try:
        usable = [one for one in told["keys"] if one.get("kty") in _SIGNING_KEYS and one.get("use") != "enc"]
        return KeySet.import_key_set({"keys": usable})
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise ProviderSilent("its keys cannot be read") from None


def _opened(text: str, keys: KeySet) -> Token:
    try:
        return decode(text, keys, algorithms=ALGORITHMS)
    except InvalidKeyIdError:
        raise
    except (JoseError, ValueError, TypeError, KeyError) as wrong:
        raise TokenRefused(getattr(wrong, "error", "") or type(wrong).__name__) from None
