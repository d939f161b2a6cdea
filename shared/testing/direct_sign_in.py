"""A sign-in that asks no provider: a button for each person of a test, who has a session at once.

What a real one does is tested where it is written; everything else needs somebody who is signed in, and no time for it.
"""

from collections.abc import Sequence

from fastapi import APIRouter
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from shared.kernel.settings import Settings
from shared.manifest import Person
from shared.web.form_body import read_fields
from shared.web.permissions import PUBLIC, SIGN_IN_PATH
from shared.web.sessions import Sessions
from shared.web.sign_in import SignIn, local_path
from shared.web.sign_in_pages import session_pages

_PAGE = Markup(
    '<!DOCTYPE html><html lang="en"><title>Sign in</title><main><h1>Sign in</h1>{note}<ul>{buttons}</ul></main></html>'
)
_KEPT = Markup("<p>What you typed is kept.</p>")
_BUTTON = Markup(
    '<li><form action="/sign-in" method="post"><input type="hidden" name="next" value="{next}">'
    '<input type="hidden" name="person" value="{id}"><button>Sign in as {name}</button></form>'
)


def direct_sign_in(settings: Settings, people: Sequence[Person]) -> APIRouter:
    """In place of `shared.web.sign_in_pages`."""
    router = APIRouter(include_in_schema=False)
    by_id = {str(person.id): person for person in people}

    @router.get(SIGN_IN_PATH, dependencies=[PUBLIC])
    async def show(next: str = "/") -> Response:  # noqa: A002 - the name in the address
        where = local_path(next)
        buttons = Markup("").join(_BUTTON.format(next=where, id=one.id, name=one.name) for one in people)
        return HTMLResponse(_PAGE.format(note=_KEPT if "draft=" in where else "", buttons=buttons))

    @router.post(SIGN_IN_PATH, dependencies=[PUBLIC])
    async def sign_in(request: Request) -> Response:
        fields = await read_fields(request)
        person = by_id.get(fields.get("person", [""])[0])
        if person is None:
            raise HTTPException(422)
        response = RedirectResponse(local_path(fields.get("next", ["/"])[0]), 303)
        sessions: Sessions = request.app.state.sessions
        await sessions.start(request, response, person)
        return response

    router.routes.extend(session_pages(SignIn(settings, None, frozenset())).routes)
    return router
