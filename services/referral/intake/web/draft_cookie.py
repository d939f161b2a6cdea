"""The cookie by which a browser finds its draft of the public form again: a random token, and nothing about anybody."""

import secrets
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from services.referral.intake.database.drafts import LASTS, LINK_LASTS, Draft, Drafts
from services.referral.staff.web.work import settings_of
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork
from shared.web.sessions import cookie_name


async def find_draft(request: Request, work: UnitOfWork) -> Draft | None:
    """The browser's draft; None when it has none, or no longer."""
    token = request.cookies.get(_cookie(request))
    return await Drafts(work.session, work.now).find(token) if token else None


async def start_draft(request: Request, work: UnitOfWork, response: Response) -> None:
    """A new draft, also for a browser that had one."""
    token = secrets.token_urlsafe(32)
    await Drafts(work.session, work.now).start(new_id(), token)
    _set(request, response, token, LASTS)


async def come_back(request: Request, work: UnitOfWork, response: Response, link_token: str) -> bool:
    """The draft of a link, in this browser from now on and in no other; False when there is none, or no longer."""
    token = secrets.token_urlsafe(32)
    found = await Drafts(work.session, work.now).come_back(link_token, token)
    if found:
        _set(request, response, token, LINK_LASTS)
    return found


def keep_longer(request: Request, response: Response) -> None:
    """The browser keeps its cookie for as long as the link leads to the draft."""
    token = request.cookies.get(_cookie(request))
    if token:
        _set(request, response, token, LINK_LASTS)


def _set(request: Request, response: Response, token: str, lasts: timedelta) -> None:
    response.set_cookie(
        _cookie(request),
        token,
        max_age=int(lasts.total_seconds()),
        secure=settings_of(request).is_https,
        httponly=True,
        samesite="lax",
    )


def _cookie(request: Request) -> str:
    return f"{cookie_name(settings_of(request))}-refer"
