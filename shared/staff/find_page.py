"""A page on which somebody is looked for. What is typed is sent in the body and kept on the server: no name is in an
address or a log.

    FIND = FindPage(path="/find", may=STAFF, form=FindForm, search=people_search, reads="people.find", template=…)
    add_find(router, FIND)
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.staff.address import draft_in
from shared.staff.draft import NOT_LISTED, Draft, Drafts
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.form_body import read_fields
from shared.web.forms import Form, answers_in, blank, fill_in
from shared.web.pages import render


@dataclass(frozen=True)
class FindPage:
    path: str
    may: Any
    """The permission, as a route declares it."""
    form: type[Form]
    """Its one question is called `text`, as the field in the head of every page."""
    search: Callable[[UnitOfWork, str], Awaitable[Any]]
    reads: str
    """What the audit trail says."""
    template: str
    """It shows `filled`, and `found`: None before anything was looked for."""


def add_find(router: APIRouter, page: FindPage) -> None:
    """Routes that show what was found, and take what is typed."""

    async def show_found(request: Request, actor: Actor = page.may) -> Response:
        find_id = draft_in(request)
        async with begin(request, actor) as work:
            typed = await Drafts(work.session, actor.id, work.now).find(find_id) if find_id else None
            if typed is None or typed.address != page.path:
                return render(request, page.template, filled=blank(page.form), found=None)
            filled = fill_in(request, page.form, typed.fields)
            text: str = getattr(filled.form, "text", "")
            found = await page.search(work, text) if text else None
            work.record(page.reads)
        return render(request, page.template, status=200 if text else 422, filled=filled, found=found)

    async def find(request: Request, actor: Actor = page.may) -> Response:
        answers = answers_in(await read_fields(request))
        typed = Draft(new_id(), page.path, NOT_LISTED, answers, 1, was_sent=True, refused=None)
        async with begin(request, actor) as work:
            await Drafts(work.session, actor.id, work.now).keep(typed)
        return RedirectResponse(typed.page, 303)

    router.add_api_route(page.path, show_found, methods=["GET"])
    router.add_api_route(page.path, find, methods=["POST"])
