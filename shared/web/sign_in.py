"""How staff of a service sign in: with an organisation's own accounts (OpenID Connect), or nobody can.

A demonstration does the same with a provider that asks nobody for a password.
"""

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

from shared.contracts.vocabulary import Role
from shared.kernel.settings import Settings, WrongSettings
from shared.web.openid.fetch import Fetch, fetch
from shared.web.openid.role_mapping import RoleMapping, read_mapping
from shared.web.permissions import SIGN_IN_PATH

if TYPE_CHECKING:
    from shared.web.openid.relying_party import RelyingParty


LONGEST_NEXT = 2000


class SignIn:
    """How staff of one service sign in.

    Args:
        mapping: none when nobody can.
        roles: of those who work with the service.
    """

    def __init__(
        self, settings: Settings, mapping: RoleMapping | None, roles: frozenset[Role], *, fetch: Fetch = fetch
    ) -> None:
        self._settings = settings
        self._mapping = mapping
        self._roles = roles
        self._fetch = fetch
        self._relying_party: RelyingParty | None = None

    @property
    def is_open(self) -> bool:
        return self._mapping is not None

    def relying_party(self, request: Request) -> "RelyingParty":
        """Made when the first one signs in: what checks signatures takes 4 MB, in each process of a region.

        Raises:
            HTTPException: 503 where nobody can sign in.
        """
        if self._mapping is None:
            raise HTTPException(503)
        if self._relying_party is None:
            from shared.web.openid.relying_party import RelyingParty  # noqa: PLC0415 - as it says above

            state = request.app.state
            self._relying_party = RelyingParty(
                settings=self._settings,
                mapping=self._mapping,
                roles=self._roles,
                clock=state.clock,
                stopwatch=state.stopwatch,
                fetch=self._fetch,
            )
        return self._relying_party


def sign_in_of(settings: Settings, roles: frozenset[Role]) -> SignIn:
    """As the settings say. Raises WrongSettings when something that it needs is missing, or the mapping is wrong."""
    if settings.sign_in == "none":
        return SignIn(settings, None, roles)
    for name in ("openid_issuer", "openid_client_id", "openid_client_secret", "openid_mapping"):
        if not getattr(settings, name):
            raise WrongSettings(
                f"PAIRS_{name.upper()} is missing: PAIRS_SIGN_IN={settings.sign_in} needs it (docs/identity.md)"
            )
    if settings.openid_client_secret.startswith("-----BEGIN "):
        from shared.web.openid.client_proof import NotAKey, key_of  # noqa: PLC0415 - what signs takes 4 MB

        try:
            key_of(settings.openid_client_secret)
        except NotAKey:
            raise WrongSettings(
                "PAIRS_OPENID_CLIENT_SECRET begins as a private key and is none that can sign: it must be EC P-256 or "
                "RSA, as PEM, without a password"
            ) from None
    assert settings.openid_mapping is not None  # noqa: S101
    return SignIn(settings, read_mapping(settings.openid_mapping), roles)


def begin_address(where: str, how: str = "") -> str:
    """Where a sign-in begins that leads there."""
    return f"{SIGN_IN_PATH}/begin?next={quote(where, safe='/')}{f'&how={how}' if how else ''}"


def local_path(address: str) -> str:
    """The address if it is a path of this site; else the start page, as for `//evil.example`.

    Also for one that is longer than a cookie can carry.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    is_local = address.startswith("/") and not parts.netloc and not parts.scheme
    is_plain = address.isascii() and address.isprintable() and "\\" not in address
    is_carried = len(address) <= LONGEST_NEXT and not address.startswith(("//", SIGN_IN_PATH))
    return address if is_local and is_plain and is_carried else "/"
