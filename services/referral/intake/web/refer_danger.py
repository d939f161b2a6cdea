"""Whom to call when someone is in danger, what the team can promise, and the short way: only a number is left."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.commands.leave_number import LeaveNumber, leave_number
from services.referral.intake.commands.promise_answer import PromiseAnswer, promise_answer
from services.referral.intake.database.drafts import Draft, Drafts
from services.referral.intake.domain.callback import LeftNumber
from services.referral.intake.web.answer_times import answer_times
from services.referral.intake.web.draft_cookie import find_draft, unsent_draft
from services.referral.intake.web.journey import Path
from services.referral.intake.web.refer import KEPT_AFTER_SENDING
from services.referral.intake.web.refer_page import filled_before, keep_page
from services.referral.people.domain.safe_contact import ContactWay, WhenAnswered
from services.referral.people.web.forms.contact import NumberForm
from services.referral.people.web.forms.referrer import WhoForm
from services.referral.staff.web.work import begin, circumstances_of
from shared.kernel.actor import public_form
from shared.web.form_body import read_fields
from shared.web.forms import answers_in, fill_in
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/refer/{draft_id:uuid}", dependencies=[PUBLIC])
PAGE = "number"


@router.get("/danger-now")
async def show_danger(request: Request) -> Response:
    """Whom to call, before the form goes on."""
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
    path, form = Path(draft.given, circumstances_of(request)), f"/refer/{draft.id}"
    is_open = draft.reference is None
    back = f"{form}/danger"
    return render(
        request,
        "intake/danger-now.html",
        **answer_times(request),
        is_self=path.is_self,
        form=form,
        is_open=is_open,
        back=back,
    )


@router.get(f"/{PAGE}")
async def show_number(request: Request) -> Response:
    async with begin(request, public_form()) as work:
        draft = await unsent_draft(request, work)
    filled = filled_before(request, draft, NumberForm, PAGE)
    path, form = Path(draft.given, circumstances_of(request)), f"/refer/{draft.id}"
    return render(
        request,
        "intake/number.html",
        status=422 if filled.errors else 200,
        filled=filled,
        form=form,
        back=_back(path, form),
        in_danger=path.in_danger,
        disagrees=path.disagrees,
        ways=list(ContactWay),
        answered=list(WhenAnswered),
        **answer_times(request),
    )


@router.post(f"/{PAGE}")
async def send_number(request: Request) -> Response:
    fields = await read_fields(request)
    async with begin(request, public_form()) as work:
        draft = await unsent_draft(request, work)
        drafts = Drafts(work.session, work.now)
        if kept := await keep_page(drafts, draft, PAGE, fields):
            return kept
        filled = fill_in(request, NumberForm, answers_in(fields))
        if filled.form is None:
            await drafts.answer(draft, PAGE, filled.posted, is_wrong=True)
            return RedirectResponse(request.url.path, 303)
        left = await leave_number(LeaveNumber(draft.id, _left(request, draft, filled.form)), work)
        await promise_answer(PromiseAnswer(left.id, left.left.in_danger), work)
        await drafts.send(draft, left.id, left.reference, KEPT_AFTER_SENDING)
    return RedirectResponse(f"/refer/{draft.id}/sent", 303)


def _back(path: Path, form: str) -> str:
    return f"{form}/danger-now" if path.in_danger else f"{form}/against-will" if path.disagrees else f"{form}/go-on"


def _left(request: Request, draft: Draft, form: NumberForm) -> LeftNumber:
    path = Path(draft.given, circumstances_of(request))
    who = path.answer(WhoForm)
    return LeftNumber(form.phone, form.contact, who.source_group if who else None, path.in_danger)
