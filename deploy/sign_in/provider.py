"""The provider's pages and answers, under `/<organisation>`: OpenID Connect Core 1.0 as far as our services ask for it.

Authorization code with PKCE, one sign-in for all services of an organisation, `prompt=login`, sign-out from a service
(RP-Initiated Logout 1.0) and to all of them (Back-Channel Logout 1.0).
"""

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import jinja2
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from deploy.sign_in.organisation import Organisation, Organisations, SignInPlace
from deploy.sign_in.sign_ins import Code, PersonSignedIn, Signer, now
from deploy.sign_in.telling import tell
from shared.kernel.settings import is_loopback
from shared.web.headers import SecurityHeaders
from shared.web.static_files import static_route, static_url

_COOKIE = "pairs-demonstration"
_ASKED = ("client_id", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method", "prompt", "max_age")
_PAGE = jinja2.Environment(autoescape=True).from_string(
    Path(__file__).with_name("choose.html").read_text(encoding="utf-8")
)
_PATHS = {
    "/.well-known/openid-configuration": "describe",
    "/keys": "keys",
    "/authorize": "authorize",
    "/end": "end",
}


def create_provider(organisations: Organisations, public_url: str) -> Starlette:
    """The application.

    Args:
        public_url: where browsers find it; services may ask it elsewhere.

    Raises:
        ValueError: browsers find it at a name that others than this machine can have.
    """
    if not is_loopback(urlsplit(public_url).hostname or ""):
        raise ValueError("It asks nobody for a password, so its address ends in .localhost or is this machine's.")
    provider = _Provider(organisations, public_url)
    routes = [Route(f"/{{name}}{path}", getattr(provider, what)) for path, what in _PATHS.items()]
    posted = [Route(f"/{{name}}/{what}", getattr(provider, what), methods=["POST"]) for what in ("choose", "token")]
    # Its forms lead back to whichever service asked, so they may lead anywhere.
    headers = Middleware(SecurityHeaders, is_https=public_url.startswith("https:"), forms_lead_to="http: https:")
    return Starlette(routes=[static_route(), Route("/readyz", _ready), *routes, *posted], middleware=[headers])


async def _ready(_: Request) -> Response:
    """It keeps nothing anywhere else: whoever is answered can sign in."""
    return JSONResponse({"ready": True})


class _Provider:
    def __init__(self, organisations: Organisations, public_url: str) -> None:
        self._organisations = organisations
        self._public_url = public_url
        self._signer = Signer()
        self._signed_in: dict[str, PersonSignedIn] = {}
        self._codes: dict[str, Code] = {}
        self._telling: set[asyncio.Task[Any]] = set()

    async def describe(self, request: Request) -> Response:
        organisation = self._of(request)
        issuer, here = self._issuer(organisation), f"{str(request.base_url).rstrip('/')}/{organisation.name}"
        return JSONResponse(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "end_session_endpoint": f"{issuer}/end",
                "token_endpoint": f"{here}/token",
                "jwks_uri": f"{here}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["ES256"],
                "code_challenge_methods_supported": ["S256"],
                "backchannel_logout_supported": True,
                "backchannel_logout_session_supported": True,
                "authorization_response_iss_parameter_supported": True,
            }
        )

    async def keys(self, request: Request) -> Response:
        self._of(request)
        return JSONResponse(self._signer.keys())

    async def authorize(self, request: Request) -> Response:
        organisation = self._of(request)
        asked = _asked(organisation, request.query_params)
        who = self._who(request, organisation)
        is_again = asked.get("max_age") == "0"
        if who and not is_again and asked.get("prompt") != "login":
            return self._back(organisation, who, asked)
        page = _PAGE.render(organisation=organisation, asked=asked, is_again=is_again, static=static_url)
        return HTMLResponse(page)

    async def choose(self, request: Request) -> Response:
        organisation = self._of(request)
        form = await request.form()
        asked = _asked(organisation, form)
        person = next((one for one in organisation.people if one.id == form.get("person")), None)
        if person is None:
            raise HTTPException(400, "Choose who to sign in as from the list.")
        before = self._who(request, organisation)
        who = PersonSignedIn(person, now())
        if before and before.person == person:
            who.sid, who.places = before.sid, before.places
        response = self._back(organisation, who, asked)
        token = secrets.token_urlsafe(32)
        self._signed_in[token] = who
        is_https = self._public_url.startswith("https:")
        path = f"/{organisation.name}"
        response.set_cookie(_COOKIE, token, path=path, secure=is_https, httponly=True, samesite="lax")
        return response

    async def token(self, request: Request) -> Response:
        organisation, form = self._of(request), await request.form()
        code = self._codes.pop(str(form.get("code")), None)
        if not _is_client(request, organisation):
            return JSONResponse({"error": "invalid_client"}, 401)
        if code is None or code.is_stale or not _fits(code, form):
            return JSONResponse({"error": "invalid_grant"}, 400)
        id_token = self._signer.id_token(self._issuer(organisation), organisation.name, code)
        return JSONResponse({"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": id_token})

    async def end(self, request: Request) -> Response:
        """Everywhere that this sign-in led to."""
        organisation = self._of(request)
        where = request.query_params.get("post_logout_redirect_uri", "")
        if where.removesuffix("/signed-out") not in {place.url for place in organisation.places}:
            raise HTTPException(400, "No service of this organisation is there.")
        sid = self._signer.sid_in(request.query_params.get("id_token_hint", ""))
        over = {token: who for token, who in self._signed_in.items() if who.sid == sid}
        for token, who in over.items():
            del self._signed_in[token]
            for place in who.places:
                self._tell(organisation, who, place)
        return RedirectResponse(where, 303)

    def _tell(self, organisation: Organisation, who: PersonSignedIn, place: SignInPlace) -> None:
        logout_token = self._signer.logout_token(self._issuer(organisation), organisation.name, who)
        task = asyncio.create_task(asyncio.to_thread(tell, place, logout_token))
        self._telling.add(task)
        task.add_done_callback(self._told)

    def _told(self, task: asyncio.Task[Any]) -> None:
        """A service that does not listen keeps its session until that ends by itself."""
        self._telling.discard(task)
        task.exception()

    def _back(self, organisation: Organisation, who: PersonSignedIn, asked: Mapping[str, str]) -> Response:
        """To the service, with a code."""
        place = organisation.place_of(asked["redirect_uri"])
        assert place is not None  # noqa: S101 - `_asked` made sure
        who.places.add(place)
        code = secrets.token_urlsafe(24)
        self._codes = {key: kept for key, kept in self._codes.items() if not kept.is_stale} | {code: Code(who, asked)}
        answer = {"code": code, "state": asked.get("state", ""), "iss": self._issuer(organisation)}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", 303)

    def _who(self, request: Request, organisation: Organisation) -> PersonSignedIn | None:
        who = self._signed_in.get(request.cookies.get(_COOKIE, ""))
        return who if who and not who.is_over and who.person in organisation.people else None

    def _of(self, request: Request) -> Organisation:
        organisation = self._organisations.find(request.path_params["name"])
        if organisation is None:
            raise HTTPException(404, "There is no such organisation here.")
        return organisation

    def _issuer(self, organisation: Organisation) -> str:
        return f"{self._public_url}/{organisation.name}"


def _asked(organisation: Organisation, given: Any) -> dict[str, str]:
    """What a browser was sent with, if one of the organisation's services sent it."""
    asked = {name: str(given[name]) for name in _ASKED if name in given}
    if asked.get("client_id") != organisation.name or not organisation.place_of(asked.get("redirect_uri", "")):
        raise HTTPException(400, "No service of this organisation asked for this.")
    return asked


def _is_client(request: Request, organisation: Organisation) -> bool:
    kind, _, pair = request.headers.get("authorization", "").partition(" ")
    try:
        name, _, secret = base64.b64decode(pair, validate=True).decode().partition(":")
    except ValueError:
        return False
    return kind == "Basic" and unquote(name) == organisation.name and organisation.is_secret(unquote(secret))


def _fits(code: Code, form: FormData) -> bool:
    """That who brings the code is who began, and came back to where they began (RFC 7636, section 4.6)."""
    digest = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return code.asked.get("code_challenge") == challenge and form.get("redirect_uri") == code.asked["redirect_uri"]
