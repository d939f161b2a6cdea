"""Search for a person or a referral.

What is typed is sent in the body and kept on the server; the address of what was found has its id only. So no name is
in an address or a log, and Back leads to what was found without asking to send anything again.
"""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import begin
from services.referral.worklists.queries.record_search import RecordsFound, record_search
from services.referral.worklists.web.forms.search import SearchForm
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.staff.address import draft_in
from shared.staff.draft import NOT_LISTED, Draft, Drafts
from shared.unit_of_work import UnitOfWork
from shared.web.form_body import read_fields
from shared.web.forms import Filled, answers_in, blank, fill_in
from shared.web.pages import render

PATH = "/search"

router = APIRouter()


@router.get(PATH)
async def show_search(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    search_id = draft_in(request)
    async with begin(request, actor) as work:
        typed = await Drafts(work.session, actor.id, work.now).find(search_id) if search_id else None
        if typed is None or typed.address != PATH:
            work.record("search.read")
            return _page(request, blank(SearchForm), None)
        filled = fill_in(request, SearchForm, typed.fields)
        if filled.form is None:
            return _page(request, filled, None, status=422)
        found = await record_search(work.session, asking_of(request, work), filled.form.text)
        _record(work, found)
    return _page(request, filled, found)


@router.post(PATH)
async def search(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    typed = Draft(new_id(), PATH, NOT_LISTED, answers_in(await read_fields(request)), 1, was_sent=True, refused=None)
    async with begin(request, actor) as work:
        await Drafts(work.session, actor.id, work.now).keep(typed)
    return RedirectResponse(typed.page, 303)


def _record(work: UnitOfWork, found: RecordsFound) -> None:
    """That someone searched, and each record that they saw a line of."""
    work.record("search.run")
    shown = dict.fromkeys(one.family.family_id if one.family else one.referral_id for one in found.people)
    for subject in shown:
        work.record("search.show", subject)


def _page(request: Request, filled: Filled[SearchForm], found: RecordsFound | None, *, status: int = 200) -> Response:
    return render(request, "worklists/search.html", status=status, filled=filled, found=found)
