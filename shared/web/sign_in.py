"""Sign-in and sign-out. In a demonstration there is a button for each invented person; otherwise nobody gets in yet.

Sign-in with the organisation's own accounts (OpenID Connect) is not part of this version: `PAIRS_SIGN_IN=none` shows a
page that says so.
"""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from shared.kernel.actor import Actor
from shared.kernel.errors import RuleBroken
from shared.manifest import Person
from shared.web.form_body import read_fields
from shared.web.pages import render
from shared.web.permissions import PUBLIC, QUIET, SIGN_IN_PATH, current_session, need
from shared.web.rate_limit import RateLimit, limit
from shared.web.sessions import Sessions

SESSION_PATH = "/session"
SIGN_IN_RATE = RateLimit(per_minute=20, per_hour=120, per_hour_in_all=1000)


def sign_in_pages(people: Sequence[Person], *, rate: RateLimit = SIGN_IN_RATE) -> APIRouter:
    """`/sign-in` and `/sign-out`, for the people of a demonstration."""
    router = APIRouter(include_in_schema=False)
    by_id = {str(person.id): person for person in people}

    @router.get(SIGN_IN_PATH, dependencies=[PUBLIC])
    async def show_sign_in(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
        open_to_people = request.app.state.settings.sign_in == "demonstration"
        status = 200 if open_to_people else 503
        return render(request, "sign_in.html", status=status, people=people, next=local_path(next))

    @router.post(SIGN_IN_PATH, dependencies=[PUBLIC, limit(rate)])
    async def sign_in(request: Request) -> Response:
        if request.app.state.settings.sign_in != "demonstration":
            raise HTTPException(503)
        fields = await read_fields(request)
        person = by_id.get(fields.get("person", [""])[0])
        if person is None:
            raise RuleBroken("sign_in_person", "Choose who to sign in as from the list.")
        response = RedirectResponse(local_path(fields.get("next", ["/"])[0]), 303)
        sessions: Sessions = request.app.state.sessions
        await sessions.start(request, response, person)
        return response

    @router.get(SESSION_PATH, dependencies=[QUIET])
    async def how_long(request: Request) -> Response:
        """What a page asks before it warns that the session ends."""
        return _seconds_left(request)

    @router.post(SESSION_PATH, dependencies=[PUBLIC])
    async def stay(request: Request) -> Response:
        """The person is still there."""
        return _seconds_left(request)

    @router.post("/sign-out")
    async def sign_out(request: Request, _actor: Annotated[Actor, need()]) -> Response:
        response = RedirectResponse(SIGN_IN_PATH, 303)
        sessions: Sessions = request.app.state.sessions
        await sessions.end(request, response)
        return response

    return router


def _seconds_left(request: Request) -> Response:
    session = current_session(request)
    return JSONResponse({"seconds": session.seconds_left if session else 0})


def local_path(address: str) -> str:
    """The address if it is a path of this site; else the start page, as for `//evil.example`."""
    parts = urlsplit(address)
    is_local = address.startswith("/") and not parts.netloc and not parts.scheme
    is_plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if is_local and is_plain and not address.startswith(("//", SIGN_IN_PATH)) else "/"
