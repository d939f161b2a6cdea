"""The routes of lists, and the index of all lists that an application has."""

import inspect
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from shared.kernel.actor import Actor
from shared.staff.download import CSV, EXCEL, add_files, in_pieces
from shared.staff.list_page import Asked, Counts, Frame, ListPage, People, ShownList
from shared.staff.page_of import PageOf
from shared.staff.work import begin
from shared.web.pages import render
from shared.web.permissions import prove_first

AnyList = ListPage[Any, Any]

_PAGE = Annotated[int, Query(ge=1, le=10_000)]


class ListEndpoint:
    """What answers a route of a list. Its parameters are those of the list's `opens`, as FastAPI understands them."""

    def __init__(self, listed: AnyList, *, is_file: bool) -> None:
        self.listed = listed
        self.is_file = is_file
        own = [_parameter("request", Request), _parameter("actor", Annotated[Actor, listed.may])]
        of_page = [] if is_file else [_parameter("page", _PAGE, 1), _parameter("done", str, "")]
        at = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in _parameters(listed.opens)[2:]]
        self.__signature__ = inspect.Signature([*own, *of_page, *at], return_annotation=Response)

    async def __call__(self, request: Request, actor: Actor, page: int = 1, done: str = "", **at: Any) -> Response:
        listed = self.listed
        if self.is_file and listed.exports and listed.asks_for_proof:
            prove_first(request, then=_page_of(request))
        async with begin(request, actor) as work:
            people = await listed.people(work)
            chosen = listed.choose(request, actor, people)
            frame = await listed.opens(work, listed.exports if self.is_file else listed.reads, **at)
            asked = Asked(request, work, at, frame, chosen)
            if self.is_file:
                return await self._send(asked)
            found = await (await listed.find(asked)).page(work.session, page, listed.rows_on_a_page)
            more: Frame = await listed.more(asked) if listed.more else {}
            counts: Counts = await listed.counts(asked) if listed.counts else {}
        shown = self._shown(asked, people, found, counts)
        if page > 1 and not found.rows:
            return RedirectResponse(shown.page_address(), 303)
        context: dict[str, Any] = {"list": shown, "chosen": chosen, "done": listed.done.get(done)}
        return render(request, listed.template, **frame, **more, **context)

    def _shown(self, asked: Asked[Any], people: People, page: PageOf[Any], counts: Counts) -> ShownList:
        columns = [column for column in self.listed.columns_for(asked) if column.cell]
        choices = [(one, getattr(asked.chosen, one.name)) for one in self.listed.filters]
        listed, path = self.listed, asked.request.url.path
        return ShownList(page, columns, choices, people, path, counts, listed.marks, listed.calls(asked))

    async def _send(self, asked: Asked[Any]) -> Response:
        found, columns = await self.listed.find(asked), self.listed.columns_for(asked)
        in_file = self.listed.in_file

        async def pieces() -> AsyncGenerator[Iterable[Any]]:
            async for rows in found.pieces(asked.work.session):
                yield (line for row in rows for line in in_file(row)) if in_file else rows

        about = self.listed.about(asked) if self.listed.about else ()
        return await in_pieces(asked.request, self.listed.file_name, columns, pieces(), about)


def _page_of(file: Request) -> str:
    """The page of a file, with what was chosen there."""
    path = file.url.path.removesuffix(CSV).removesuffix(EXCEL)
    return f"{path}?{file.url.query}" if file.url.query else path


def add_list(router: APIRouter, *lists: AnyList) -> None:
    """Routes that show it as a page, and send it as a CSV file and as a workbook."""
    for listed in lists:
        router.add_api_route(listed.path, ListEndpoint(listed, is_file=False))
        add_files(router, f"{listed.path}{CSV}", ListEndpoint(listed, is_file=True))


def lists_of(routes: Sequence[BaseRoute]) -> dict[str, AnyList]:
    """Every list of an application or a router, by the path of its page."""
    return dict(_lists(routes))


def _lists(routes: Sequence[BaseRoute]) -> Iterator[tuple[str, AnyList]]:
    for route in routes:
        if isinstance(route, APIRoute) and isinstance(route.endpoint, ListEndpoint) and not route.endpoint.is_file:
            yield route.path, route.endpoint.listed


def _parameters(function: Any) -> list[inspect.Parameter]:
    return list(inspect.signature(function).parameters.values())


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
