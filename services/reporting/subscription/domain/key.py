"""The key of a subscription: it is kept nowhere.

It is reckoned from a key of the service, which is no part of the database or its backups, from the subscription and
from a number that grows when it is changed. So a webhook can be signed and a program's key checked for as long as it
holds, and whoever has the database alone can do neither.
"""

import base64
import hashlib
import hmac
from uuid import UUID

from shared.contracts.vocabulary import Code


def key_of(service_key: bytes, channel: Code, subscription_id: UUID, number: int) -> str:
    """`whsec_` and base64, as Standard Webhooks writes it, or `pairs_` and as much; 256 bits.

    Args:
        channel: that of a webhook, or of the API.
        number: which of the subscription's keys it is; from 1.

    Raises:
        ValueError: the service has no key.
    """
    if len(service_key) < hashlib.sha256().digest_size:
        raise ValueError("reporting has no key from which those of subscriptions are made")
    said = f"{channel.value}:{subscription_id}:{number}".encode()
    made = hmac.digest(service_key, said, "sha256")
    if channel.value == "webhook":
        return f"whsec_{base64.b64encode(made).decode()}"
    return f"pairs_{base64.urlsafe_b64encode(made).decode().rstrip('=')}"
