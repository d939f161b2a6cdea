"""The public form's first and last pages: start, check your answers, sent. `/refer/{draft}/…` is one of several."""

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.commands.promise_answer import PromiseAnswer, promise_answer
from services.referral.intake.commands.receive_referral import ReceiveReferral, receive_referral
from services.referral.intake.database.callbacks import Callbacks
from services.referral.intake.database.drafts import Draft, Drafts
from services.referral.intake.database.promises import Promises
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.web.answer_times import answer_times
from services.referral.intake.web.answers_shown import answers_shown
from services.referral.intake.web.draft_cookie import DraftGone, drafts_of, find_draft, show_gone, start_draft
from services.referral.intake.web.draft_request import request_of
from services.referral.intake.web.journey import PAGES, Path
from services.referral.intake.web.refer_copy import receipt_copy
from services.referral.staff.web.work import begin, circumstances_of
from shared.contracts.pathway_codes import PromiseKind
from shared.kernel.actor import public_form
from shared.web.body_limit import FORM_LIMIT
from shared.web.pages import render
from shared.web.permissions import PUBLIC
from shared.web.rate_limit import Crowd

router = APIRouter(prefix="/refer", dependencies=[PUBLIC])

STARTS_PER_MINUTE = 120
STARTS_PER_HOUR = 600
"""That all together may ask for before whoever asks for most of it is asked to wait. In all of Lancashire two babies
are born an hour, so the wards of a hospital behind one address never come near half of it."""
MOST_UNSENT = 20_000
"""Forms begun and not sent, where a team gets a thousand referrals a year: what a disk and a query can bear."""

KEPT_AFTER_SENDING = ("who", "danger")
"""Pages whose answers name nobody; they decide what the last page says."""


def prepare(app: FastAPI) -> None:
    app.state.starting = Crowd(per_minute=STARTS_PER_MINUTE, per_hour=STARTS_PER_HOUR)
    app.add_exception_handler(DraftGone, show_gone)
    app.state.body_limits["/refer/"] = max(FORM_LIMIT, *(page.form.most_bytes() for page in PAGES))


@router.get("")
async def show_start(request: Request) -> Response:
    async with begin(request, public_form()) as work:
        drafts = await drafts_of(request, work)
    return render(request, "intake/start.html", drafts=drafts)


@router.post("")
async def start(request: Request) -> Response:
    starting: Crowd = request.app.state.starting
    async with begin(request, public_form()) as work:
        wait = starting.wait(request)
        if wait or await Drafts(work.session, work.now).unsent(MOST_UNSENT) == MOST_UNSENT:
            drafts = await drafts_of(request, work)
            page = render(request, "intake/busy.html", status=429, drafts=drafts)
            page.headers["Retry-After"] = str(wait or 3600)
            return page
        response = RedirectResponse("/refer", 303)
        draft_id = await start_draft(request, work, response)
        response.headers["location"] = f"/refer/{draft_id}/who"
    return response


@router.get("/{draft_id:uuid}/go-on")
async def go_on(request: Request) -> Response:
    """To the first question without an answer."""
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
    return to_page(request, draft)


@router.get("/{draft_id:uuid}/check")
async def show_check(request: Request) -> Response:
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
    path = Path(draft.given, circumstances_of(request))
    if draft.reference is not None or path.first_open is not None:
        return to_page(request, draft)
    return render(
        request,
        "intake/check.html",
        parts=answers_shown(path),
        **answer_times(request),
        in_danger=path.in_danger,
        is_self=path.is_self,
        form=f"/refer/{draft.id}",
        back=f"/refer/{draft.id}/{path.pages[-1].name}",
    )


@router.post("/{draft_id:uuid}/check")
async def send(request: Request) -> Response:
    """Make the draft a referral. A second press, and a press of Back and Send, find that it is one."""
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
        path = Path(draft.given, circumstances_of(request))
        if draft.reference is not None or path.first_open is not None:
            return to_page(request, draft)
        receipt = await receive_referral(ReceiveReferral(draft.id, request_of(path)), work)
        await promise_answer(PromiseAnswer(receipt.referral_id, path.in_danger), work)
        drafts = Drafts(work.session, work.now)
        await drafts.send(draft, receipt.referral_id, receipt.reference, KEPT_AFTER_SENDING)
    return RedirectResponse(f"/refer/{draft.id}/sent", 303)


@router.get("/{draft_id:uuid}/sent")
async def show_sent(request: Request) -> Response:
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
        if draft.sent_id is None:
            return to_page(request, draft)
        left = await Callbacks(work).left_before(draft.id)
        referral = None if left else await Referrals(work).get(draft.sent_id)
        contact = left.left.contact if left else referral and referral.request.contact
        copy = await receipt_copy(work, referral) if referral else None
        promises = {one.kind: one.due_at for one in await Promises(work).about(draft.sent_id)}
        if not work.team.answers_alarms:
            promises.pop(PromiseKind.DANGER_SAID, None)
    path = Path(draft.given, circumstances_of(request))
    return render(
        request,
        "intake/sent.html",
        form=f"/refer/{draft.id}",
        reference=draft.reference,
        copy=copy,
        is_self=path.is_self,
        is_number=left is not None,
        in_danger=path.in_danger,
        due={kind.value: due_at for kind, due_at in promises.items()},
        contact=contact.in_words if contact and (path.is_self or left) else "",
    )


def to_page(request: Request, draft: Draft) -> Response:
    """To the first question without an answer, to the check page, or to the last one."""
    name = "sent" if draft.reference else Path(draft.given, circumstances_of(request)).next_name
    return RedirectResponse(f"/refer/{draft.id}/{name}", 303)
