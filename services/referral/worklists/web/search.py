"""Search for a person or a referral. What is typed is sent in the body, so that no name is in an address or a log."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import begin
from services.referral.worklists.queries.record_search import RecordsFound, record_search
from services.referral.worklists.web.forms.search import SearchForm
from shared.kernel.actor import Actor
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter()


@router.get("/search")
async def show_search(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        work.record("search.read")
    return _page(request, blank(SearchForm), None)


@router.post("/search")
async def search(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, SearchForm)
    if filled.form is None:
        return _page(request, filled, None, status=422)
    async with begin(request, actor) as work:
        found = await record_search(work.session, asking_of(request, work), filled.form.text)
        _record(work, found)
    return _page(request, filled, found)


def _record(work: UnitOfWork, found: RecordsFound) -> None:
    """That somebody searched, and each record that they saw a line of."""
    work.record("search.run")
    shown = dict.fromkeys(one.family.family_id if one.family else one.referral_id for one in found.people)
    for subject in shown:
        work.record("search.show", subject)


def _page(request: Request, filled: Filled[SearchForm], found: RecordsFound | None, *, status: int = 200) -> Response:
    return render(request, "worklists/search.html", status=status, filled=filled, found=found)
