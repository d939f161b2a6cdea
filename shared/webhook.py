"""Calls a webhook as Standard Webhooks says, on the public internet and nowhere else.

    await call_webhook(Call("01a2…", "https://hook.example/told", body, ["whsec_…"]), now)

The name is looked up first, each address that it has is checked, and one of the checked ones is connected to: a name
that leads elsewhere a moment later changes nothing. A redirect is an answer, and is not followed.
"""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from shared.kernel.traceparent import new_traceparent

TOTAL_SECONDS = 15.0
"""For one call, however slowly its receiver speaks. Source: Standard Webhooks, 15 to 30 seconds."""

_EMBEDS_ANOTHER = tuple(
    map(ipaddress.ip_network, ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)
"""Networks whose addresses lead to an IPv4 address that stands in them."""
_OF_ONE_SITE = tuple(map(ipaddress.ip_network, ("fec0::/10", "5f00::/16")))
"""Networks that are no part of the internet, whatever `is_global` says. Source: RFC 3879 and RFC 9602."""


class NotPublic(Exception):
    """The address is none of the public internet; nothing was sent."""


class NotTrusted(Exception):
    """The receiver could not show that it is who the address says."""


class Silent(Exception):
    """It could not be reached, or did not answer in time. `is_late` tells which."""

    def __init__(self, *, is_late: bool) -> None:
        super().__init__()
        self.is_late = is_late


@dataclass(frozen=True)
class Call:
    """What is sent, and where."""

    id: str
    """The same each time that the same is sent: a receiver keeps it, and does nothing twice."""
    url: str
    body: bytes = field(repr=False)
    secrets: Sequence[str] = field(repr=False)
    """`whsec_…`: each signs, so that a receiver that knows one of them is enough."""


@dataclass(frozen=True)
class Answered:
    """What the receiver said; of its words nothing is read."""

    status: int
    retry_after: timedelta | None = None


Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a name. The tests pass another one."""


def signed_headers(call: Call, now: datetime) -> dict[str, str]:
    """`webhook-id`, `webhook-timestamp` and `webhook-signature`, with a signature for each secret."""
    timestamp = str(int(now.timestamp()))
    content = b".".join((call.id.encode(), timestamp.encode(), call.body))
    return {
        "webhook-id": call.id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(secret, content) for secret in call.secrets),
        "content-type": "application/json",
        "user-agent": "PaIRS-Network",
        "traceparent": new_traceparent(),
    }


def is_public(address: str) -> bool:
    """Whether anyone on the internet has it: none that is private, of this machine or of a link."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if any(ip in network for network in (*_EMBEDS_ANOTHER, *_OF_ONE_SITE) if network.version == ip.version):
        return False
    return ip.is_global and not ip.is_multicast


async def call_webhook(
    call: Call,
    now: datetime,
    *,
    resolve: Resolve | None = None,
    is_allowed: Callable[[str], bool] = is_public,
    trusts: ssl.SSLContext | None = None,
) -> Answered:
    """Send it once.

    Raises:
        NotPublic, NotTrusted, Silent: what became of it otherwise.
    """
    parts = urlsplit(call.url)
    host, port = parts.hostname or "", parts.port or 443
    line = _Line(host, port, trusts or ssl.create_default_context())
    try:
        async with asyncio.timeout(TOTAL_SECONDS):
            found = await (resolve or _resolve)(host, port)
            if not found or not all(map(is_allowed, found)):
                raise NotPublic
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            return await asyncio.to_thread(line.post, found[0], path, call.body, signed_headers(call, now))
    except TimeoutError:
        raise Silent(is_late=True) from None
    except ssl.SSLError:
        raise NotTrusted from None
    except (OSError, http.client.HTTPException, ValueError):  # a name that no host can have is a UnicodeError
        raise Silent(is_late=False) from None
    finally:
        line.cut()


async def _resolve(host: str, port: int) -> Sequence[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return f"v1,{base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()}"


class _Line(http.client.HTTPSConnection):
    """A connection to one address, under the name that it was asked for. Another thread can cut it."""

    def __init__(self, host: str, port: int, trusts: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=TOTAL_SECONDS, context=trusts)
        self._trusts, self._address = trusts, ""
        self._lock, self._is_cut = threading.Lock(), False
        self._held: socket.socket | None = None

    def connect(self) -> None:
        """To the address that was checked, and to no other, unless it was cut meanwhile."""
        opened = socket.create_connection((self._address, self.port), timeout=TOTAL_SECONDS)
        with self._lock:
            if self._is_cut:
                opened.close()
                raise ConnectionAbortedError
            self._held = opened.dup()
        self.sock = self._trusts.wrap_socket(opened, server_hostname=self.host)

    def post(self, address: str, path: str, body: bytes, headers: dict[str, str]) -> Answered:
        self._address = address
        self.request("POST", path, body, headers)
        answer = self.getresponse()
        return Answered(answer.status, _seconds(answer.getheader("Retry-After")))

    def cut(self) -> None:
        """Nothing is said any more, in either direction."""
        with self._lock:
            self._is_cut = True
            if self._held is not None:
                with contextlib.suppress(OSError):
                    self._held.shutdown(socket.SHUT_RDWR)
                self._held.close()
        with contextlib.suppress(OSError):
            self.close()


def _seconds(header: str | None) -> timedelta | None:
    """Of `Retry-After: 120`. A date is not read: the waits are long enough without."""
    return (
        timedelta(seconds=int(header)) if header and header.isascii() and header.isdigit() and len(header) < 8 else None
    )
