"""A link as it arrives: mail programs and people take what stands behind it along, a full stop, a bracket, a quote.

Or they cut off the last part of it: what is left leads to the page that tells where to begin.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

_BEHIND = "/.,;:!?)>]}'\"\u2019\u201d\u00bb \u00a0"


class PastedLinks:
    """ASGI middleware. Inside it no path ends with what stood behind a link, or with a slash; no path of ours does."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["path"] = scope["path"].rstrip(_BEHIND) or "/"
        await self._app(scope, receive, send)
