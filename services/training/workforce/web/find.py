"""Find a person. What is typed is sent in the body and kept on the server: no name is in an address or a log."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.training.staff.web.access import STAFF
from services.training.workforce.queries.people_search import people_search
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.staff.address import draft_in
from shared.staff.draft import NOT_LISTED, Draft, Drafts
from shared.staff.work import begin
from shared.web.form_body import read_fields
from shared.web.forms import Form, answers_in, blank, fill_in
from shared.web.pages import render
from shared.web.questions import Line

PATH = "/find"

router = APIRouter()


class FindForm(Form):
    text: Annotated[str, Line(missing="Enter a name, an email or a staff number")]


@router.get(PATH)
async def show_found(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    find_id = draft_in(request)
    async with begin(request, actor) as work:
        typed = await Drafts(work.session, actor.id, work.now).find(find_id) if find_id else None
        if typed is None or typed.address != PATH:
            return render(request, "workforce/find.html", filled=blank(FindForm), found=None)
        filled = fill_in(request, FindForm, typed.fields)
        found = await people_search(work, filled.form.text) if filled.form else None
        work.record("people.find")
    return render(request, "workforce/find.html", status=200 if found else 422, filled=filled, found=found)


@router.post(PATH)
async def find(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    typed = Draft(new_id(), PATH, NOT_LISTED, answers_in(await read_fields(request)), 1, was_sent=True, refused=None)
    async with begin(request, actor) as work:
        await Drafts(work.session, actor.id, work.now).keep(typed)
    return RedirectResponse(typed.page, 303)
