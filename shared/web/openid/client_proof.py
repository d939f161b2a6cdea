"""How a service proves to the provider that it is the client: by a secret that both have, or by a key that only it has.

Source: OpenID Connect Core 1.0, section 9 (`client_secret_basic`, `client_secret_post`, `private_key_jwt`); RFC 7523.
"""

from collections.abc import Mapping

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.jwt import encode

from shared.kernel.identifiers import new_id
from shared.web.openid.fetch import Ask, basic
from shared.web.openid.provider import Metadata

BEGINS = "-----BEGIN "
_BITS = 2048
"""Of an RSA key, at least: RFC 7518, section 3.3."""
_SECONDS = 60
"""For how long the provider may take its time."""
_BY_KEY = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class NotAKey(ValueError):
    """It begins as one and is none that can sign."""


def token_request(metadata: Metadata, client_id: str, secret: str, form: Mapping[str, str], now: int) -> Ask:
    """Asks for tokens.

    Args:
        secret: of both, or the private key as PEM.
        now: seconds since 1970.
    """
    if secret.startswith(BEGINS):
        signed = _signed(secret, client_id, metadata.token_endpoint, now)
        proof = {"client_id": client_id, "client_assertion_type": _BY_KEY, "client_assertion": signed}
        return Ask(metadata.token_endpoint, {**form, **proof})
    if metadata.takes_secret_in_form:
        return Ask(metadata.token_endpoint, {**form, "client_id": client_id, "client_secret": secret})
    return Ask(metadata.token_endpoint, form, basic(client_id, secret))


def key_of(secret: str) -> tuple[RSAKey | ECKey, str]:
    """The key and the algorithm that it signs by. Raises NotAKey."""
    for kind, algorithm in ((ECKey, "ES256"), (RSAKey, "RS256")):
        try:
            key = kind.import_key(secret)
        except (JoseError, ValueError, TypeError):
            continue
        is_strong = key.curve_name == "P-256" if isinstance(key, ECKey) else key.raw_value.key_size >= _BITS
        if key.is_private and is_strong:
            return key, algorithm
    raise NotAKey


def _signed(secret: str, client_id: str, audience: str, now: int) -> str:
    key, algorithm = key_of(secret)
    header = {"alg": algorithm, "kid": key.thumbprint(), "typ": "JWT"}
    claims = {"iss": client_id, "sub": client_id, "aud": audience, "jti": str(new_id()), "iat": now}
    return encode(header, claims | {"exp": now + _SECONDS}, key)
