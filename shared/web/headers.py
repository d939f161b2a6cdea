"""Security headers on every answer: nothing inline, nothing from elsewhere, nothing kept by a cache."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CONTENT_SECURITY_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with it browsers send `Origin: null`, and a form from here looks like one from elsewhere.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class SecurityHeaders:
    """ASGI middleware. An answer that sets one of the headers itself, e.g. `Cache-Control`, keeps its own.

    Args:
        is_https: whether browsers come by https; only then do they get Strict-Transport-Security.
        forms_lead_to: other sites, with a space between, to which the answer to a form may send a browser on.
    """

    def __init__(self, app: ASGIApp, *, is_https: bool, forms_lead_to: str = "") -> None:
        self._app = app
        self._headers = _headers(forms_lead_to, is_https=is_https)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _headers(forms_lead_to: str, *, is_https: bool) -> dict[str, str]:
    policy: list[str] = [*_CONTENT_SECURITY_POLICY, " ".join(filter(None, ["form-action 'self'", forms_lead_to]))]
    headers = {**_EVERYWHERE, "Cache-Control": "no-store"}
    if is_https:
        policy.append("upgrade-insecure-requests")
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    return {**headers, "Content-Security-Policy": "; ".join(policy)}
