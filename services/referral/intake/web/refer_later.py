"""Save the public form and come back to it by a link, which goes to the e-mail address that was given."""

import secrets

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.database.drafts import Draft, Drafts
from services.referral.intake.web.draft_cookie import come_back, find_draft, keep_longer
from services.referral.intake.web.journey import Path
from services.referral.intake.web.refer import SENDING, expired
from services.referral.people.commands.queue_message import queue_message
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import referral_link_words
from services.referral.people.web.forms.referrer import AboutYouForm, ReferrerForm
from services.referral.staff.web.work import begin, circumstances_of, settings_of
from shared.kernel.actor import public_form
from shared.staff.message import QueueMessage, ToAddress
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/refer", dependencies=[PUBLIC])


@router.get("/save")
async def show_save(request: Request) -> Response:
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
    if draft is None or draft.reference is not None:
        return expired(request)
    return render(request, "intake/save.html", email=_email(request, draft), back="/refer/go-on")


@router.post("/save", dependencies=[SENDING])
async def save(request: Request) -> Response:
    """The page shows the link too: whoever gave no address, or gets no e-mail, can keep it."""
    link_token = secrets.token_urlsafe(32)
    link = f"{settings_of(request).public_url}/refer/come-back/{link_token}"
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
        if draft is None or draft.reference is not None:
            return expired(request)
        until = await Drafts(work.session, work.now).add_link(draft, link_token)
        if email := _email(request, draft):
            words = referral_link_words(work.team.phone, link, until)
            about = f"{draft.id}:{int(work.now.timestamp())}"
            message = QueueMessage(MessageKind.REFERRAL_LINK, ToAddress(email), about, words, expires_at=until)
            await queue_message(message, work)
    response = render(request, "intake/saved.html", link=link, until=until, email=email, back="/refer/go-on")
    keep_longer(request, response)
    return response


@router.get("/come-back/{link_token}")
async def show_come_back(request: Request, link_token: str) -> Response:
    """A page with a button, because programs that look through e-mails open every link."""
    async with begin(request, public_form()) as work:
        found = await Drafts(work.session, work.now).has_link(link_token)
    return render(request, "intake/come-back.html") if found else expired(request)


@router.post("/come-back/{link_token}", dependencies=[SENDING])
async def go_on(request: Request, link_token: str) -> Response:
    response = RedirectResponse("/refer/check", 303)
    async with begin(request, public_form()) as work:
        if await come_back(request, work, response, link_token):
            return response
    return expired(request)


def _email(request: Request, draft: Draft) -> str | None:
    """That the referrer gave, if they were asked for it already."""
    path = Path(draft.answers, circumstances_of(request))
    given = path.answer(ReferrerForm) or path.answer(AboutYouForm)
    return given.email if given else None
