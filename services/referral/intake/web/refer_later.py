"""Save the public form and come back to it by a link, which goes to the email address that was given."""

import hashlib
from datetime import datetime, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.database.drafts import Draft, Drafts
from services.referral.intake.web.draft_cookie import DraftGone, come_back, find_draft, link_token_of, unsent_draft
from services.referral.intake.web.journey import Path
from services.referral.people.commands.queue_message import queue_message
from services.referral.people.database.messages import Messages
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import referral_link_words
from services.referral.staff.web.work import begin, circumstances_of, settings_of, team_of
from services.referral.team.database.team_work import TeamWork
from shared.kernel.actor import public_form
from shared.staff.message import QueueMessage, ToAddress
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/refer", dependencies=[PUBLIC])

LINKS_PER_HOUR = 60
"""That leave by email."""


@router.get("/{draft_id:uuid}/save")
async def show_save(request: Request) -> Response:
    async with begin(request, public_form()) as work:
        draft = await unsent_draft(request, work)
    form = f"/refer/{draft.id}"
    return render(request, "intake/save.html", email=_email(request, draft), form=form, back=f"{form}/go-on")


@router.post("/{draft_id:uuid}/save")
async def save(request: Request) -> Response:
    """The page that follows shows the link too: whoever gave no address, or gets no email, can keep it.

    Pressed again, it is the same link, and no second email.
    """
    async with begin(request, public_form()) as work:
        draft = await unsent_draft(request, work)
        until = await Drafts(work.session, work.now).add_link(draft, link_token_of(request, draft))
        if email := _email(request, draft):
            await _send_link(work, draft, _link(request, draft), email, until)
    return RedirectResponse(f"/refer/{draft.id}/saved", 303)


@router.get("/{draft_id:uuid}/saved")
async def show_saved(request: Request) -> Response:
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
        link, email = _link(request, draft), _email(request, draft)
        is_mailed = email and await Messages(work).is_queued(MessageKind.REFERRAL_LINK, _about(draft, link, email))
    if draft.reference is not None or not draft.leads_to(link_token_of(request, draft)):
        return RedirectResponse(f"/refer/{draft.id}/save", 303)
    return render(
        request,
        "intake/saved.html",
        link=link,
        until=draft.kept_until,
        email=email if is_mailed else None,
        form=f"/refer/{draft.id}",
        back=f"/refer/{draft.id}/go-on",
    )


@router.get("/come-back/{link_token}")
async def show_come_back(request: Request, link_token: str) -> Response:
    """A page with a button, because programs that look through e-mails open every link."""
    async with begin(request, public_form()) as work:
        found = await Drafts(work.session, work.now).has_link(link_token)
    if not found:
        raise DraftGone
    return render(request, "intake/come-back.html")


@router.post("/come-back/{link_token}")
async def go_on(request: Request, link_token: str) -> Response:
    response = RedirectResponse("/refer", 303)
    async with begin(request, public_form()) as work:
        draft_id = await come_back(request, work, response, link_token)
    if draft_id is None:
        raise DraftGone
    response.headers["location"] = f"/refer/{draft_id}/go-on"
    return response


async def _send_link(work: TeamWork, draft: Draft, link: str, email: str, until: datetime) -> None:
    """Unless a script has someone's mail sent to others: whoever saves is then shown the link alone."""
    recent = await Messages(work).queued_since(MessageKind.REFERRAL_LINK, work.now - timedelta(hours=1))
    if recent < LINKS_PER_HOUR:
        words, about = referral_link_words(work.team.phone, link, until), _about(draft, link, email)
        message = QueueMessage(MessageKind.REFERRAL_LINK, ToAddress(email), about, words, expires_at=until)
        await queue_message(message, work)


def _about(draft: Draft, link: str, email: str) -> str:
    """One message of each link to each address."""
    return f"{draft.id}:{hashlib.sha256(f'{link} {email}'.encode()).hexdigest()}"


def _link(request: Request, draft: Draft) -> str:
    return f"{settings_of(request).public_url}/refer/come-back/{link_token_of(request, draft)}"


def _email(request: Request, draft: Draft) -> str | None:
    """That whoever fills it in gave, if they were asked for it already and email leaves at all."""
    return Path(draft.given, circumstances_of(request)).email if team_of(request).mail_server else None
