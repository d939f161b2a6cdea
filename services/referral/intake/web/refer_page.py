"""The public form's questions, one page at a time."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.database.drafts import Draft, Drafts
from services.referral.intake.web.draft_cookie import find_draft
from services.referral.intake.web.journey import PAGES, Page, Path
from services.referral.intake.web.refer import expired, to_page
from services.referral.people.domain.people import Relationship
from services.referral.people.web.forms.family import OtherCaregiver
from services.referral.people.web.forms.need import REASONS_IN_PARENTS_WORDS
from services.referral.staff.web.work import begin, circumstances_of
from shared.contracts.vocabulary import FamilyAgreement, ReferralReason, SourceGroup
from shared.kernel.actor import public_form
from shared.web.forms import Filled, Form, blank, read_form
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/refer", dependencies=[PUBLIC])

CHANGING = "change"
"""In the query of a link on the check page: back to it as soon as nothing is open."""


@router.get("/danger-now")
async def show_danger(request: Request) -> Response:
    """Whom to call, before the form goes on."""
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
    if draft is None:
        return expired(request)
    path = Path(draft.answers, circumstances_of(request))
    return render(request, "intake/danger-now.html", is_self=path.is_self, back="/refer/danger")


@router.get("/{name}")
async def show_page(request: Request, name: str) -> Response:
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
    path, page = _place(request, name, draft)
    if draft is None:
        return expired(request)
    if page is None or draft.reference is not None:
        return to_page(path) if draft.reference is None else RedirectResponse("/refer/sent", 303)
    return _show(request, path, page, blank(page.form, dict(draft.answers.get(name, {}))))


@router.post("/{name}")
async def answer_page(request: Request, name: str) -> Response:
    """Keep the page's answers if they are right, and ask what comes next."""
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
        path, page = _place(request, name, draft)
        if draft is None:
            return expired(request)
        if page is None or draft.reference is not None:
            return to_page(path) if draft.reference is None else RedirectResponse("/refer/sent", 303)
        filled = await read_form(request, page.form)
        if filled.form is None:
            return _show(request, path, page, filled, status=422)
        await Drafts(work.session, work.now).save(draft, name, filled.posted)
    path = Path({**draft.answers, name: filled.posted}, circumstances_of(request))
    return _next(request, path, page)


def _place(request: Request, name: str, draft: Draft | None) -> tuple[Path, Page | None]:
    """Where in the form a request is. Raises HTTPException 404 when no page has this name."""
    if all(page.name != name for page in PAGES):
        raise HTTPException(404)
    path = Path(draft.answers if draft else {}, circumstances_of(request))
    return path, path.page(name)


def _next(request: Request, path: Path, page: Page) -> Response:
    if page.name == "danger" and path.in_danger:
        return RedirectResponse("/refer/danger-now", 303)
    after = path.after(page)
    if CHANGING in request.query_params or after is None:
        return to_page(path)
    return RedirectResponse(f"/refer/{after.name}", 303)


def _show(request: Request, path: Path, page: Page, filled: Filled[Form], *, status: int = 200) -> Response:
    before = path.before(page)
    back = "/refer/check" if CHANGING in request.query_params else f"/refer/{before.name}" if before else "/refer"
    return render(
        request,
        f"intake/{page.name}.html",
        status=status,
        filled=filled,
        back=back,
        is_self=path.is_self,
        is_born=path.is_born,
        source_groups=[group for group in SourceGroup if group is not SourceGroup.SELF],
        relationships=list(Relationship),
        others=list(OtherCaregiver),
        reasons=_reasons(path),
        agreements=list(FamilyAgreement),
    )


def _reasons(path: Path) -> list[dict[str, str]]:
    words = REASONS_IN_PARENTS_WORDS if path.is_self else {}
    return [{"value": reason.value, "label": words.get(reason, reason.label)} for reason in ReferralReason]
