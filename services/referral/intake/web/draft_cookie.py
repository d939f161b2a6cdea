"""The cookie by which a browser finds its drafts of the public form again: a random token, nothing about anyone.

Which draft a page is of, its address says.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.database.drafts import LINK_LASTS, Draft, Drafts
from services.referral.staff.web.work import settings_of
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork
from shared.web.form_body import read_fields
from shared.web.forms import answers_in
from shared.web.pages import render
from shared.web.sessions import cookie_name
from shared.web.typed_text import shown_again

_LEFT = "left"
"""In place of a token: someone pressed "Leave this page", so a page that they go back to says nothing of it."""
_LEFT_LASTS = timedelta(hours=24)


class DraftGone(Exception):
    """The browser has no such draft: it was a day ago, it keeps no cookies, or someone pressed "Leave this page"."""


async def find_draft(request: Request, work: UnitOfWork) -> Draft:
    """The draft of the page's address, as long as it is this browser's; raises DraftGone."""
    token = _token(request)
    draft_id: UUID = request.path_params["draft_id"]
    draft = await Drafts(work.session, work.now).find(token, draft_id) if token else None
    if draft is None:
        raise DraftGone
    return draft


async def unsent_draft(request: Request, work: UnitOfWork) -> Draft:
    """The same; whoever has sent it is led to its last page."""
    draft = await find_draft(request, work)
    if draft.reference is not None:
        raise HTTPException(303, headers={"Location": f"/refer/{draft.id}/sent"})
    return draft


async def drafts_of(request: Request, work: UnitOfWork) -> Sequence[Draft]:
    """Those of this browser, the newest first."""
    token = _token(request)
    return await Drafts(work.session, work.now).of_browser(token) if token else ()


async def start_draft(request: Request, work: UnitOfWork, response: Response) -> UUID:
    """A new draft beside those that the browser has; gives its id."""
    draft_id = new_id()
    await Drafts(work.session, work.now).start(draft_id, _set(request, response))
    return draft_id


async def come_back(request: Request, work: UnitOfWork, response: Response, link_token: str) -> UUID | None:
    """The draft of a link, in this browser from now on and in no other; None when there is none, or no longer."""
    return await Drafts(work.session, work.now).come_back(link_token, _set(request, response))


async def leave(request: Request, work: UnitOfWork, response: Response) -> None:
    """Close what this browser has begun."""
    if token := _token(request):
        await Drafts(work.session, work.now).leave(token)
    _set_cookie(request, response, _LEFT, _LEFT_LASTS)


def link_token_of(request: Request, draft: Draft) -> str:
    """Of the link to the draft: the same as often as this browser asks, and known to nobody else."""
    token = _token(request) or ""
    return hmac.new(token.encode(), f"link {draft.id}".encode(), hashlib.sha256).hexdigest()


async def show_gone(request: Request, _gone: Exception) -> Response:
    """What came with the request is shown to whoever wrote it."""
    if request.cookies.get(_cookie(request)) == _LEFT:
        return RedirectResponse("/refer", 303)
    answers = answers_in(await read_fields(request))
    typed = [shown_again(words) for values in answers.values() for words in values if words]
    return render(request, "intake/expired.html", status=410, typed=typed)


def _token(request: Request) -> str | None:
    token = request.cookies.get(_cookie(request))
    return None if token == _LEFT else token


def _set(request: Request, response: Response) -> str:
    """Give the browser its token, which it may have already."""
    token = _token(request) or secrets.token_urlsafe(32)
    _set_cookie(request, response, token, LINK_LASTS)
    return token


def _set_cookie(request: Request, response: Response, value: str, lasts: timedelta) -> None:
    response.set_cookie(
        _cookie(request),
        value,
        max_age=int(lasts.total_seconds()),
        secure=settings_of(request).is_https,
        httponly=True,
        samesite="lax",
    )


def _cookie(request: Request) -> str:
    return f"{cookie_name(settings_of(request))}-refer"
