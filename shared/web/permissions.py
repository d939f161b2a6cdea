"""Who may use a route. Every route declares it; `create_web` refuses one that does not.

    @router.get("/family/{family_id}")
    async def show_family(request: Request, family_id: UUID, actor: Annotated[Actor, need(Role.PRACTITIONER)]):

    @router.get("/refer", dependencies=[PUBLIC])

Nobody signed in → the sign-in page, and back afterwards. Signed in with another role → 403. A change (POST and the
like) must come from a page of ours, and from a signed-in person's page it must bring that session's token.
"""

import hmac
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor, public_form
from shared.kernel.errors import NotAllowed
from shared.web.form_body import KEEP_FIELD, read_fields
from shared.web.sessions import Session, Sessions

CSRF_FIELD = "csrf_token"
SIGN_IN_PATH = "/sign-in"
SIGN_OUT_PATH = "/sign-out"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"same-origin", "none"})
_STATIC = "/static/"


class Permission(ABC):
    """What a route declares. An API with a sign-in of its own declares a subclass through `Depends`."""

    @abstractmethod
    async def __call__(self, request: Request) -> Actor:
        """Who acts; raises when they may not."""


def need(*roles: Role) -> Any:
    """A person who is signed in and holds one of the roles; none named: any role. Gives the route its Actor."""
    return Depends(_Need(frozenset(roles)))


class _Need(Permission):
    def __init__(self, roles: frozenset[Role]) -> None:
        self.roles = roles

    async def __call__(self, request: Request) -> Actor:
        _check_site(request)
        session = await _find_session(request)
        if session is None:
            raise await _to_sign_in(request)
        await _check_token(request, session)
        if self.roles and not session.actor.has(*self.roles):
            raise NotAllowed("role", "Your role does not include this. If it should, ask your team lead.")
        return session.actor


class _Public(Permission):
    """Anyone. A signed-in person stays themselves only in the page's header: what they send here is the public's."""

    async def __call__(self, request: Request) -> Actor:
        _check_site(request)
        await _find_session(request)
        return public_form()


class _Quiet(Permission):
    """Anyone; and that it is asked is no use of a session."""

    async def __call__(self, request: Request) -> Actor:
        sessions: Sessions = request.app.state.sessions
        request.state.session = await sessions.find(request, is_use=False)
        return public_form()


PUBLIC: Any = Depends(_Public())
QUIET: Any = Depends(_Quiet())

KeepUnsent = Callable[[Request, Actor], Awaitable[str | None]]
"""What a service does with a form that comes when the session of its page has ended: keeps it for whoever opened the
page, and says where they find it; None when there is nothing to keep."""


def current_session(request: Request) -> Session | None:
    """Who is signed in, as far as this request has found out."""
    return getattr(request.state, "session", None)


def is_proved(request: Request) -> bool:
    """They showed a few minutes ago who they are; also where there is no provider that could ask them to."""
    session = current_session(request)
    return not request.app.state.asks_for_proof or (session is not None and session.is_proved)


def proof_address(then: str) -> str:
    """Where someone who is signed in shows once more who they are, and is led on."""
    return f"{SIGN_IN_PATH}/begin?next={quote(then, safe='/')}&how=again"


def prove_first(request: Request, then: str) -> None:
    """For what is taken along out of the service.

    Args:
        then: the page on which they go on, once they have shown who they are.

    Raises:
        HTTPException: 303 to where they do, if it was not a few minutes ago.
    """
    if not is_proved(request):
        raise HTTPException(303, headers={"Location": proof_address(then)})


def check_every_route_declares(app: FastAPI) -> list[str]:
    """The paths of routes that declare no permission, or two."""
    return [path for path, permissions in _declared(app.routes) if permissions != 1 and path != app.openapi_url]


def _declared(routes: Sequence[BaseRoute]) -> Iterator[tuple[str, int]]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route.path, sum(1 for call in _calls(route.dependant) if isinstance(call, Permission))
        elif not (isinstance(route, Route) and route.path.startswith(_STATIC)):
            yield getattr(route, "path", repr(route)), 0


def _calls(dependant: Dependant) -> Iterator[Any]:
    for dependency in dependant.dependencies:
        yield dependency.call
        yield from _calls(dependency)


async def _find_session(request: Request) -> Session | None:
    sessions: Sessions = request.app.state.sessions
    request.state.session = await sessions.find(request)
    return request.state.session


def _check_site(request: Request) -> None:
    """A change must come from a page of ours: browsers say so in Sec-Fetch-Site, older ones in Origin."""
    if request.method in _SAFE_METHODS:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    is_ours = site in _OWN_SITES if site else origin in (None, request.app.state.settings.public_url)
    if not is_ours:
        raise NotAllowed("other_site", "This was sent from another website, so nothing was changed.")


async def _check_token(request: Request, session: Session) -> None:
    if request.method in _SAFE_METHODS:
        return
    given = (await read_fields(request)).get(CSRF_FIELD, [])
    if len(given) == 1 and hmac.compare_digest(given[0].encode(), session.csrf_token.encode()):
        return
    author, kept = await _keep_unsent(request)
    if author == session.actor.id and kept:
        # They signed in again meanwhile. The page shows what they typed; it is theirs to send.
        is_typing = (await read_fields(request)).get(KEEP_FIELD) == ["typing"]
        raise HTTPException(204) if is_typing else HTTPException(303, headers={"Location": kept})
    if author and kept:
        raise NotAllowed(
            "other_author",
            "Someone else was signed in here when this page was opened, so nothing was changed. What was typed is "
            "kept for them: they find it when they sign in.",
        )
    raise NotAllowed("csrf_token", "This page is out of date, so nothing was changed. Go back, reload it, try again.")


async def _to_sign_in(request: Request) -> HTTPException:
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method not in _SAFE_METHODS:
        _, kept = await _keep_unsent(request)
        if (await read_fields(request)).get(KEEP_FIELD) == ["typing"]:
            return HTTPException(401)
        path = kept or path
    return HTTPException(303, headers={"Location": f"{SIGN_IN_PATH}?next={quote(path, safe='/')}"})


async def _keep_unsent(request: Request) -> tuple[UUID | None, str | None]:
    """Who opened the page that was sent, and where they find what they typed."""
    sessions: Sessions = request.app.state.sessions
    keep: KeepUnsent | None = getattr(request.app.state, "keep_unsent", None)
    given = (await read_fields(request)).get(CSRF_FIELD, [])
    author = await sessions.find_author(given[0]) if keep and len(given) == 1 else None
    return (author.id, await keep(request, author)) if keep and author else (None, None)
