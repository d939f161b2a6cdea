"""The public form's questions, one page at a time. What is typed is kept while it is typed, right or wrong."""

from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.database.drafts import Draft, Drafts
from services.referral.intake.web.draft_cookie import find_draft
from services.referral.intake.web.journey import PAGES, Page, Path
from services.referral.intake.web.refer import to_page
from services.referral.intake.web.refer_words import ReferWords
from services.referral.people.domain.people import Relationship, Safeguarding
from services.referral.people.domain.safe_contact import ContactWay, InterpreterNeed, TalkTime, WhenAnswered
from services.referral.people.web.forms.family import OtherCaregiver
from services.referral.staff.web.work import begin, circumstances_of
from shared.contracts.vocabulary import FamilyAgreement, ReferralReason, SourceGroup
from shared.kernel.actor import public_form
from shared.web.form_body import KEEP_FIELD, Fields, number_in, read_fields
from shared.web.forms import AnyForm, Filled, Form, answers_in, fill_in
from shared.web.pages import DRAFT_SHOWN, FormShown, render
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/refer/{draft_id:uuid}", dependencies=[PUBLIC])

CHANGING = "change"
"""In the query of a link on the check page: back to it as soon as nothing is open."""
MOST_KEPT = 5_000
"""How often one page is kept while someone types: hours of writing without a stop. To send it is never refused."""


@router.get("/{name}")
async def show_page(request: Request, name: str) -> Response:
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
    path, page = _place(request, name, draft)
    if page is None or draft.reference is not None:
        return to_page(request, draft)
    return _show(request, path, page, filled_before(request, draft, page.form, name), draft)


@router.post("/{name}")
async def answer_page(request: Request, name: str) -> Response:
    """Keep the page's answers, and ask what comes next; or the same again, when something is wrong with them."""
    fields = await read_fields(request)
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
        _, page = _place(request, name, draft)
        if page is None or draft.reference is not None:
            return to_page(request, draft)
        drafts = Drafts(work.session, work.now)
        if kept := await keep_page(drafts, draft, name, fields):
            return kept
        filled = fill_in(request, page.form, answers_in(fields))
        draft = await drafts.answer(draft, name, filled.posted, is_wrong=filled.form is None)
    if filled.form is None:
        return RedirectResponse(_address(request), 303)
    return _next(request, draft, page)


async def keep_page(drafts: Drafts, draft: Draft, name: str, fields: Fields) -> Response | None:
    """Keep what a page holds that is not sent; None when it is."""
    match fields.get(KEEP_FIELD):
        case None:
            return None
        case ["typing"]:
            number = number_in(fields)
            if number <= draft.number(name):
                return Response(status_code=409)  # another tab went on with this page
            if number > MOST_KEPT:
                return Response(status_code=429)
            await drafts.keep(draft, name, answers_in(fields), number)
            return Response(status_code=204)
        case _:
            await drafts.keep(draft, name, answers_in(fields))
            return RedirectResponse(f"/refer/{draft.id}/save", 303)


def filled_before(request: Request, draft: Draft, form: type[AnyForm], name: str) -> Filled[AnyForm]:
    """What the page held when it was left, and what is wrong with it if it was sent so."""
    setattr(request.state, DRAFT_SHOWN, FormShown(draft.id, request.url.path, draft.number(name)))
    posted = dict(draft.answers.get(name, {}))
    return fill_in(request, form, posted) if name in draft.wrong else Filled(posted)


def _place(request: Request, name: str, draft: Draft) -> tuple[Path, Page | None]:
    """Where in the form a request is. Raises HTTPException 404 when no page has this name."""
    if all(page.name != name for page in PAGES):
        raise HTTPException(404)
    path = Path(draft.given, circumstances_of(request))
    return path, path.page(name)


def _address(request: Request) -> str:
    return request.url.path + (f"?{CHANGING}" if CHANGING in request.query_params else "")


def _next(request: Request, draft: Draft, page: Page) -> Response:
    path = Path(draft.given, circumstances_of(request))
    if page.name == "danger" and path.in_danger:
        return RedirectResponse(f"/refer/{draft.id}/danger-now", 303)
    after = path.after(page)
    if CHANGING in request.query_params or after is None:
        return to_page(request, draft)
    return RedirectResponse(f"/refer/{draft.id}/{after.name}", 303)


def _show(request: Request, path: Path, page: Page, filled: Filled[Form], draft: Draft) -> Response:
    before, form = path.before(page), f"/refer/{draft.id}"
    back = f"{form}/check" if CHANGING in request.query_params else f"{form}/{before.name}" if before else "/refer"
    return render(
        request,
        f"intake/{page.name}.html",
        status=422 if filled.errors else 200,
        filled=filled,
        back=back,
        form=form,
        is_self=path.is_self,
        is_born=path.is_born,
        words=ReferWords(path),
        **_choices(path),
    )


def _choices(path: Path) -> dict[str, Any]:
    words = ReferWords(path)
    asked = list(InterpreterNeed)
    return {
        "source_groups": [group for group in SourceGroup if group is not SourceGroup.SELF],
        "relationships": list(Relationship),
        "others": list(OtherCaregiver),
        "reasons": [{"value": reason.value, "label": words.reason(reason)} for reason in ReferralReason],
        "agreements": list(FamilyAgreement),
        "ways": list(ContactWay),
        "answered": list(WhenAnswered),
        "interpreters": [one for one in asked if not path.is_self or one is not InterpreterNeed.NOT_KNOWN],
        "times": list(TalkTime),
        "safeguardings": list(Safeguarding),
    }
