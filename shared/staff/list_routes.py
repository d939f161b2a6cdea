"""The routes of lists, and the index of all lists that an application has."""

from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from shared.kernel.actor import Actor
from shared.staff.column import file_row, headings
from shared.staff.list_page import Asked, Frame, ListPage, ShownList
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.csv_file import Cell, csv_in_pieces
from shared.web.pages import render

AnyList = ListPage[Any, Any]
Number = Annotated[int, Query(ge=1, le=10_000)]

_PAGES: dict[Any, AnyList] = {}
"""What answers at the address of a page → the list that it shows."""


def add_list(router: APIRouter, listed: AnyList) -> None:
    """Routes that show it as a page and send it as a file."""

    async def show(request: Request, actor: Annotated[Actor, listed.may], page: Number = 1, done: str = "") -> Response:
        return await _show(request, actor, listed, page, done)

    async def send(request: Request, actor: Annotated[Actor, listed.may]) -> Response:
        return await _send(request, actor, listed)

    router.add_api_route(listed.path, show)
    router.add_api_route(f"{listed.path}.csv", send)
    _PAGES[show] = listed


def lists_of(routes: Sequence[BaseRoute]) -> dict[str, AnyList]:
    """Every list of an application or a router, by the path of its page."""
    return dict(_lists(routes))


def _lists(routes: Sequence[BaseRoute]) -> Iterator[tuple[str, AnyList]]:
    for route in routes:
        included = getattr(route, "original_router", None)  # how FastAPI keeps a router that was included
        if included is not None:
            yield from _lists(included.routes)
        elif isinstance(route, APIRoute) and route.endpoint in _PAGES:
            yield route.path, _PAGES[route.endpoint]


async def _show(request: Request, actor: Actor, listed: AnyList, page: int, done: str) -> Response:
    async with begin(request, actor) as work:
        asked = await _ask(request, work, listed, listed.reads)
        found = await (await listed.find(asked)).page(work.session, page)
        more: Frame = await listed.more(asked) if listed.more else {}
    shown = ShownList(
        found,
        [column for column in listed.columns_for(asked) if column.cell],
        [(one, getattr(asked.chosen, one.name)) for one in listed.filters],
        request.url.path,
    )
    if page > 1 and not found.rows:
        return RedirectResponse(shown.page_address(), 303)
    context: dict[str, Any] = {
        **asked.frame,
        **more,
        "chosen": asked.chosen,
        "list": shown,
        "done": listed.done.get(done),
    }
    return render(request, listed.template, **context)


async def _send(request: Request, actor: Actor, listed: AnyList) -> Response:
    async with begin(request, actor) as work:
        asked = await _ask(request, work, listed, listed.exports)
        found, columns = await listed.find(asked), listed.columns_for(asked)

        async def pieces() -> AsyncGenerator[Iterable[Sequence[Cell]]]:
            async for rows in found.pieces(work.session):
                yield (file_row(columns, row) for row in rows)

        return await csv_in_pieces(listed.file_name, headings(columns), pieces())


async def _ask(request: Request, work: UnitOfWork, listed: AnyList, action: str) -> Asked[Any]:
    chosen = listed.choose(request, work.actor)
    return Asked(request, work, await listed.opens(request, work, action), chosen)
