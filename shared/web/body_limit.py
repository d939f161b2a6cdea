"""How much a request may send, and for how long: its headers, and its body as it arrives, whatever it said before.

Forms may have 64 KiB; `by_prefix` gives the paths of an API more. A compressed body is refused, because what it would
become is not known. A body that has not come after 30 seconds is given up.
"""

import asyncio
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KIB = 1024
FORM_LIMIT = 64 * KIB
API_LIMIT = 1024 * KIB
HEADER_LIMIT = 32 * KIB
BODY_SECONDS = 30
_MOST_DIGITS = 19
"""Of a length; Python refuses to read thousands of them."""


class BodyLimit:
    """ASGI middleware. Raises HTTPException 408, 413, 415 or 431; `shared.web.problems` answers.

    Args:
        by_prefix: bytes for the paths that start so, e.g. `{"/fhir/": API_LIMIT}`; all others have `FORM_LIMIT`.
    """

    def __init__(self, app: ASGIApp, *, by_prefix: Mapping[str, int]) -> None:
        self._app = app
        self._by_prefix = by_prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        _check_headers(scope, limit)
        await self._app(scope, _Counted(receive, limit), send)

    def _limit(self, path: str) -> int:
        return max((size for prefix, size in self._by_prefix.items() if path.startswith(prefix)), default=FORM_LIMIT)


class _Counted:
    """`receive` that counts what comes, because a Content-Length may be absent or wrong."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit
        self._ended = False
        self._deadline = asyncio.get_running_loop().time() + BODY_SECONDS

    async def __call__(self) -> Message:
        if self._ended:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408) from None
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413)
        self._ended = not message.get("more_body", False)
        return message


def _check_headers(scope: Scope, limit: int) -> None:
    if sum(len(name) + len(value) for name, value in scope["headers"]) > HEADER_LIMIT:
        raise HTTPException(431)
    headers = Headers(scope=scope)
    if headers.get("content-encoding", "identity") != "identity":
        raise HTTPException(415)
    if "content-length" in headers and "transfer-encoding" in headers:
        raise HTTPException(400, headers={"Connection": "close"})  # two servers could see two ends of the request
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise HTTPException(400)
    if len(length) > _MOST_DIGITS or int(length) > limit:
        raise HTTPException(413)
