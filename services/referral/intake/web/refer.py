"""The public form's first and last pages: start, check your answers, sent."""

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.commands.receive_referral import ReceiveReferral, receive_referral
from services.referral.intake.database.drafts import Drafts
from services.referral.intake.web.answers_shown import answers_shown
from services.referral.intake.web.draft_cookie import find_draft, start_draft
from services.referral.intake.web.draft_request import request_of
from services.referral.intake.web.journey import Path
from services.referral.staff.web.work import begin, circumstances_of
from shared.kernel.actor import public_form
from shared.web.pages import render
from shared.web.permissions import PUBLIC
from shared.web.rate_limit import Limiter

router = APIRouter(prefix="/refer", dependencies=[PUBLIC])


async def _limit_sending(request: Request) -> None:
    limiter: Limiter = request.app.state.sending_limiter
    await limiter(request)


SENDING = Depends(_limit_sending)
"""Raises HTTPException 429 when one address starts or sends too many forms."""

KEPT_AFTER_SENDING = ("who", "danger")
"""Pages whose answers name nobody; they decide what the last page says."""


@router.get("")
async def show_start(request: Request) -> Response:
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
    begun = draft is not None and bool(draft.answers) and draft.reference is None
    return render(request, "intake/start.html", begun=begun)


@router.post("", dependencies=[SENDING])
async def start(request: Request) -> Response:
    response = RedirectResponse("/refer/who", 303)
    async with begin(request, public_form()) as work:
        await start_draft(request, work, response)
    return response


@router.get("/go-on")
async def go_on(request: Request) -> Response:
    """To the first question without an answer."""
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
    if draft is None:
        return expired(request)
    return to_page(Path(draft.answers, circumstances_of(request)))


@router.get("/check")
async def show_check(request: Request) -> Response:
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
    if draft is None:
        return expired(request)
    if draft.reference is not None:
        return RedirectResponse("/refer/sent", 303)
    path = Path(draft.answers, circumstances_of(request))
    if path.first_open is not None:
        return to_page(path)
    back = f"/refer/{path.pages[-1].name}"
    return render(request, "intake/check.html", parts=answers_shown(path), is_self=path.is_self, back=back)


@router.post("/check", dependencies=[SENDING])
async def send(request: Request) -> Response:
    """Make the draft a referral. A second press, and a press of Back and Send, find that it is one."""
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
        if draft is None:
            return expired(request)
        if draft.reference is None:
            path = Path(draft.answers, circumstances_of(request))
            if path.first_open is not None:
                return to_page(path)
            receipt = await receive_referral(ReceiveReferral(draft.id, request_of(path)), work)
            await Drafts(work.session, work.now).send(draft, receipt.reference, KEPT_AFTER_SENDING)
    return RedirectResponse("/refer/sent", 303)


@router.get("/sent")
async def show_sent(request: Request) -> Response:
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
    if draft is None:
        return expired(request)
    path = Path(draft.answers, circumstances_of(request))
    if draft.reference is None:
        return to_page(path)
    return render(
        request, "intake/sent.html", reference=draft.reference, is_self=path.is_self, in_danger=path.in_danger
    )


def to_page(path: Path) -> Response:
    """To the first question without an answer, or to the check page."""
    return RedirectResponse(f"/refer/{path.first_open.name if path.first_open else 'check'}", 303)


def expired(request: Request) -> Response:
    """The browser has no draft: it was a day ago, or it keeps no cookies."""
    return render(request, "intake/expired.html", status=410)
