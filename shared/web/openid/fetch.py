"""Asks a provider something over HTTP: JSON or a form there, JSON back.

By the standard library, in a thread: a process asks two or three times for each sign-in, and a client library would
cost each of a region's processes 6 MB. Proxies of the environment are used; a redirect is not followed.
"""

import asyncio
import base64
import json
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.parse import quote, urlencode

SECONDS = 5.0
_THREADS = ThreadPoolExecutor(4, "provider")
"""Of its own: a provider that is slow holds up those who sign in, and nothing else."""
_LARGEST = 1 << 20
"""Bytes; what describes a provider, or its keys, has a few thousand."""


class ProviderSilent(Exception):
    """It could not be reached, or what it answered was no answer; its sentence is for the log and names nobody."""


@dataclass(frozen=True)
class Ask:
    """One request."""

    url: str
    form: Mapping[str, str] | None = field(default=None, repr=False)
    """What is posted; none: it is a GET."""
    authorization: str = field(default="", repr=False)


@dataclass(frozen=True)
class Told:
    """One answer."""

    status: int
    content: Mapping[str, Any] = field(repr=False)


Fetch = Callable[[Ask], Awaitable[Told]]
"""Raises ProviderSilent. The tests pass another one."""


def basic(client_id: str, secret: str) -> str:
    """The header by which a client names itself (RFC 6749, section 2.3.1)."""
    pair = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


async def fetch(ask: Ask) -> Told:
    """What the provider says, whatever its status. Raises ProviderSilent."""
    return read(*await asyncio.get_running_loop().run_in_executor(_THREADS, _fetch, ask))


def read(status: int, body: bytes) -> Told:
    """Raises ProviderSilent when it is not a JSON object, or the provider says that it is in trouble."""
    if status >= 500 or status == 429:
        raise ProviderSilent(f"it answered {status}")
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise ProviderSilent(f"it answered {status} with something that is no JSON object")
    return Told(status, content)  # pyright: ignore[reportUnknownArgumentType]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """What is asked carries a secret: it goes where it was meant to go, and nowhere else."""


def _fetch(ask: Ask) -> tuple[int, bytes]:
    data = None if ask.form is None else urlencode(ask.form).encode("ascii")
    request = urllib.request.Request(ask.url, data, {"Accept": "application/json"})  # noqa: S310 - settings say http(s)
    if ask.authorization:
        request.add_unredirected_header("Authorization", ask.authorization)
    opener = urllib.request.build_opener(_NoRedirect())
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            return answer.status, answer.read(_LARGEST)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read(_LARGEST)
    except (OSError, HTTPException) as trouble:
        raise ProviderSilent(type(trouble).__name__) from None
