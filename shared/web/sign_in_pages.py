"""The pages of signing in and out.

/sign-in          to the provider, or a page first where something was typed and is kept
/sign-in/begin    to the provider
/sign-in/answer   back from it, with a code that is worth something once
/sign-in/by-link  by what an operator made while the provider is down
/sign-in/ended    the provider says that a sign-in is over
/sign-out         and /signed-out, where it leads unless the provider has a page of its own
"""

import asyncio
from typing import TYPE_CHECKING, Annotated

import structlog
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal
from shared.web.form_body import read_fields
from shared.web.openid.ended_sign_ins import NotPassedOn
from shared.web.openid.fetch import ProviderSilent
from shared.web.pages import render
from shared.web.permissions import PUBLIC, QUIET, SIGN_IN_PATH, SIGN_OUT_PATH, current_session, need
from shared.web.rate_limit import Rate, crowd_limit
from shared.web.sessions import BY_LINK, Sessions
from shared.web.sign_in import SignIn, begin_address, local_path
from shared.web.sign_in_link import LINK_PATH

if TYPE_CHECKING:
    from shared.web.openid.handshake import Handshake
    from shared.web.openid.relying_party import RelyingParty

SESSION_PATH = "/session"
SIGNED_OUT_PATH = "/signed-out"
ANSWER_RATE = Rate(per_minute=120, per_hour=2000)
ENDED_RATE = Rate(per_minute=600, per_hour=6000)
"""Of everybody together. A trust's people come from one address and its provider from one more: whoever fills it with
nonsense is slowed down, and nobody else."""
_ENDING_SECONDS = 2
_log = structlog.get_logger()


def sign_in_pages(sign_in: SignIn, *, rate: Rate = ANSWER_RATE) -> APIRouter:
    """`/sign-in`, what is under it, and what `session_pages` has."""
    pages = _SignInPages(sign_in)
    router = APIRouter(include_in_schema=False)
    router.add_api_route(SIGN_IN_PATH, pages.show, dependencies=[PUBLIC])
    router.add_api_route(f"{SIGN_IN_PATH}/begin", pages.begin, dependencies=[PUBLIC])
    router.add_api_route(f"{SIGN_IN_PATH}/answer", pages.answer, dependencies=[PUBLIC, crowd_limit(rate)])
    router.add_api_route(LINK_PATH, pages.show_link, dependencies=[PUBLIC])
    router.add_api_route(LINK_PATH, pages.follow_link, methods=["POST"], dependencies=[PUBLIC, crowd_limit(rate)])
    router.add_api_route(
        f"{SIGN_IN_PATH}/ended", pages.hear_of_end, methods=["POST"], dependencies=[PUBLIC, crowd_limit(ENDED_RATE)]
    )
    router.routes.extend(session_pages(sign_in).routes)
    return router


def session_pages(sign_in: SignIn) -> APIRouter:
    """What someone does who is signed in already, however they did it."""
    router = APIRouter(include_in_schema=False)

    @router.get(SESSION_PATH, dependencies=[QUIET])
    async def how_long(request: Request) -> Response:
        """What a page asks before it warns that the session ends."""
        return _seconds_left(request)

    @router.post(SESSION_PATH, dependencies=[PUBLIC])
    async def stay(request: Request) -> Response:
        """The person is still there."""
        return _seconds_left(request)

    @router.post(SIGN_OUT_PATH)
    async def sign_out(request: Request, _actor: Annotated[Actor, need()]) -> Response:
        response = RedirectResponse(await _where_provider_ends(request, sign_in) or SIGNED_OUT_PATH, 303)
        sessions: Sessions = request.app.state.sessions
        await sessions.end(request, response)
        return response

    @router.get(SIGNED_OUT_PATH, dependencies=[PUBLIC])
    async def signed_out(request: Request) -> Response:
        return render(request, "signed_out.html")

    return router


class _SignInPages:
    def __init__(self, sign_in: SignIn) -> None:
        self._sign_in = sign_in

    async def show(self, request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
        where = local_path(next)
        if self._sign_in.is_open and "draft=" not in where:
            return RedirectResponse(begin_address(where), 303)
        status = 200 if self._sign_in.is_open else 503
        return render(request, "sign_in.html", status=status, begin=begin_address(where))

    async def begin(self, request: Request, next: str = "/", how: str = "") -> Response:  # noqa: A002
        """`how`: `again` for someone who must prove once more who they are, `other` for another account."""
        from shared.web.openid.handshake import Handshake  # noqa: PLC0415 - with what checks signatures

        party = self._sign_in.relying_party(request)
        handshake = Handshake(local_path(next), again_since=party.now if how == "again" else 0)
        try:
            address = await party.begin(handshake, as_other=how == "other")
        except ProviderSilent as silent:
            return _provider_silent(request, silent)
        response = RedirectResponse(address, 303)
        party.handshakes.keep(response, handshake, party.now)
        return response

    async def answer(self, request: Request, code: str = "", state: str = "", iss: str = "") -> Response:
        """`iss`: who answers, where the provider says so (RFC 9207)."""
        party = self._sign_in.relying_party(request)
        handshake = party.handshakes.find(request, state, party.now)
        if handshake is None:
            return _refused(request, party, _refusal("sign_in_gone"), "/")
        try:
            if not code or iss not in ("", party.provider.issuer):
                raise _refusal("sign_in_denied")
            response = await _let_in(request, party, handshake, code)
        except ProviderSilent as silent:
            response = _provider_silent(request, silent)
        except Refusal as refusal:
            how = "again" if handshake.again_since else ""
            response = _refused(request, party, refusal, handshake.next, how)
        party.handshakes.forget(response, state)
        return response

    async def show_link(self, request: Request, token: str = "") -> Response:
        """A page, as what opens once must not be opened by whatever looks at a message on its way."""
        return render(request, "sign_in_link.html", token=token)

    async def follow_link(self, request: Request) -> Response:
        if not self._sign_in.is_open:
            raise HTTPException(503)
        tokens = (await read_fields(request)).get("token", [""])
        response, sessions = RedirectResponse("/", 303), request.app.state.sessions
        if await sessions.start_by_link(request, response, tokens[0]):
            return response
        session = current_session(request)
        if session and session.proof.acr == BY_LINK:
            return response  # pressed twice
        gone = {"refusal": _refusal("link_gone"), "has_no_role": False, "begin": begin_address("/")}
        return render(request, "sign_in_refused.html", status=400, **gone)

    async def hear_of_end(self, request: Request) -> Response:
        """Back-channel logout: 200 also when there was nothing to end, 400 when it was not the provider that spoke."""
        from shared.web.openid.provider import KeyNotKnownYet  # noqa: PLC0415 - with what checks signatures

        party = self._sign_in.relying_party(request)
        tokens = (await read_fields(request)).get("logout_token", [])
        try:
            over = await party.hear_of_end(tokens[0] if len(tokens) == 1 else "")
        except (ProviderSilent, KeyNotKnownYet):
            raise HTTPException(503, headers={"Retry-After": "60"}) from None
        if over is None:
            return JSONResponse({"error": "invalid_request"}, 400)
        sessions: Sessions = request.app.state.sessions
        await sessions.end_all(party.provider.issuer, over)
        try:
            await request.app.state.pass_on_end(over.sid, over.subject)
        except NotPassedOn:
            raise HTTPException(503, headers={"Retry-After": "60"}) from None
        party.note_heard(over)
        return Response(status_code=200)


async def _let_in(request: Request, party: "RelyingParty", handshake: "Handshake", code: str) -> Response:
    arrival = await party.arrive(handshake, code)
    response, session = RedirectResponse(handshake.next, 303), current_session(request)
    sessions: Sessions = request.app.state.sessions
    if not arrival.person.roles:
        await sessions.note_no_role(arrival.person, arrival.proof)
        raise _refusal("no_role")
    if not handshake.again_since or session is None:
        await sessions.start(request, response, arrival.person, arrival.proof)
    elif session.proof.subject == arrival.proof.subject:
        await sessions.prove(session, arrival.person, arrival.proof)
    else:
        raise _refusal("someone_else")
    return response


async def _where_provider_ends(request: Request, sign_in: SignIn) -> str | None:
    """Where the browser goes so that the provider ends its own sign-in too, if it has such a place and answers."""
    session, sessions = current_session(request), request.app.state.sessions
    if not sign_in.is_open or session is None:
        return None
    try:
        async with asyncio.timeout(_ENDING_SECONDS):
            return await sign_in.relying_party(request).end_address(await sessions.id_token(session))
    except (ProviderSilent, TimeoutError):
        return None


_SENTENCES = {
    "sign_in_gone": "This sign-in was begun in another browser, or more than ten minutes ago, or was finished already. "
    "Start again.",
    "sign_in_denied": "Your organisation’s sign-in did not let you in. Start again, or ask your IT team.",
    "no_role": "Your organisation knows you, and gives your account no role in this service.",
    "link_gone": "This link was used already, or made more than ten minutes ago. Ask whoever made it for another "
    "one, or see whether your organisation’s sign-in works again.",
    "someone_else": "That was another account than the one you are signed in with. Start again with your own.",
}
_NO_ROLE = frozenset({"no_role", "too_many_groups"})


def _refusal(code: str) -> Refusal:
    return Refusal(code, _SENTENCES[code])


def _refused(request: Request, party: "RelyingParty", refusal: Refusal, where: str, how: str = "") -> Response:
    _log.info("nobody_signed_in", code=refusal.code)
    has_no_role = refusal.code in _NO_ROLE
    return render(
        request,
        "sign_in_refused.html",
        status=403 if has_no_role else 400,
        refusal=refusal,
        has_no_role=has_no_role,
        ask=party.mapping.ask,
        begin=begin_address(where, how),
        begin_as_other=begin_address(where, "other"),
    )


def _provider_silent(request: Request, silent: ProviderSilent) -> Response:
    _log.warning("provider_silent", why=str(silent))
    return render(request, "provider_silent.html", status=503)


def _seconds_left(request: Request) -> Response:
    session = current_session(request)
    return JSONResponse({"seconds": session.seconds_left if session else 0})
