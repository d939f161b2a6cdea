"""Forms that someone began and has not sent: where they find them again, or throw them away."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shared.kernel.actor import Actor
from shared.staff.draft import LASTS, Drafts
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render
from shared.web.permissions import need

UNFINISHED = "/unfinished"
NamesOf = Callable[[UnitOfWork, Sequence[UUID]], Awaitable[Mapping[UUID, str]]]
"""How a service's records are called for whoever reads, by their ids: an application's `state.names_of`."""


def unfinished_pages() -> APIRouter:
    """`/unfinished`, for everyone who is signed in."""
    router = APIRouter(prefix=UNFINISHED, include_in_schema=False)

    @router.get("")
    async def show(request: Request, actor: Annotated[Actor, need()], done: str = "") -> Response:
        names_of: NamesOf | None = getattr(request.app.state, "names_of", None)
        async with begin(request, actor) as work:
            drafts = await Drafts(work.session, actor.id, work.now).all()
            about = {one.about for one in drafts if one.about}
            names: Mapping[UUID, str] = await names_of(work, sorted(about)) if about and names_of else {}
        return render(request, "unfinished.html", drafts=drafts, names=names, days=LASTS.days, done=done)

    @router.post("/{draft_id}/discard")
    async def discard(request: Request, draft_id: UUID, actor: Annotated[Actor, need()]) -> Response:
        async with begin(request, actor) as work:
            await Drafts(work.session, actor.id, work.now).forget(draft_id)
        return RedirectResponse(f"{UNFINISHED}?done=discarded", 303)

    return router
