"""A list, as data: where it is, who may see it, what it finds, and how it is shown, filtered and taken along.

    REVIEWS = ListPage(
        path="/reviews",
        may=STAFF,
        reads="reviews.read",
        exports="reviews.export",
        filters=(Filter("whose", Whose, "Families", usual=Whose.TEAM), Filter("due", ReviewsDue, "Due")),
        chosen=ReviewFilter,
        find=find_reviews,               # async (asked) → a listing
        columns=COLUMNS,
        template="staff/reviews.html",   # extends list.html
        file_name="reviews.csv",
    )
    add_list(router, REVIEWS)

That gives the page with its pager, the addresses that keep the filters, the file with all rows, and the entries of the
audit trail for both. `lists_of` finds all lists of a service.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Query
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shared.contracts.vocabulary import Code
from shared.kernel.actor import Actor
from shared.staff.address import address
from shared.staff.column import Column, file_row, headings
from shared.staff.filter import Filter
from shared.staff.listing import Listing
from shared.staff.page_of import PageOf
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.csv_file import Cell, csv_in_pieces
from shared.web.pages import render

Chosen = TypeVar("Chosen")
Row = TypeVar("Row")

Frame = Mapping[str, Any]
"""What a page shows around its list, by the names that its template uses."""


@dataclass(frozen=True)
class Unfiltered:
    """What is chosen of a list without filters."""


@dataclass(frozen=True)
class Asked(Generic[Chosen]):
    """A list that somebody asks for."""

    request: Request
    work: UnitOfWork
    frame: Frame
    chosen: Chosen


async def of_the_team(request: Request, work: UnitOfWork, action: str) -> Frame:  # noqa: ARG001 - it is about no record
    """A list that everybody sees whom its permission lets in."""
    work.record(action)
    return {}


@dataclass(frozen=True, kw_only=True)
class ListPage(Generic[Chosen, Row]):
    """One list."""

    path: str
    """Of the page, after the router's prefix; that of the file is the same with `.csv`."""
    may: Any
    """The permission, as a route declares it."""
    reads: str
    """What the audit trail calls a look at the page."""
    exports: str
    """What it calls a download."""
    opens: Callable[[Request, UnitOfWork, str], Awaitable[Frame]] = of_the_team
    """Refuses whoever may not see what the list is about, and records who does."""

    filters: Sequence[Filter] = ()
    chosen: Callable[..., Any] = Unfiltered
    """What the filters choose, from their names."""
    find: Callable[[Asked[Chosen]], Awaitable[Listing[Row]]]
    columns: Sequence[Column[Row]] | Callable[[Asked[Chosen]], Sequence[Column[Row]]]
    """Of the page and of the file, in the order of both."""

    template: str
    """Of the page; it extends `list.html`."""
    more: Callable[[Asked[Chosen]], Awaitable[Frame]] | None = None
    """What the page shows besides."""
    done: Mapping[str, str] = field(default_factory=dict[str, str])
    """What it says after something was stored, by the `done` of its address."""
    file_name: str

    def columns_for(self, asked: Asked[Chosen]) -> Sequence[Column[Row]]:
        return self.columns(asked) if callable(self.columns) else self.columns

    def choose(self, request: Request, actor: Actor) -> Chosen:
        """What the address chooses.

        Raises:
            RuleBroken: a list has no such choice.
        """
        given = request.query_params
        return self.chosen(**{one.name: one.read(given.get(one.name, ""), actor) for one in self.filters})


@dataclass(frozen=True)
class Shown:
    """What `list.html` shows of a list."""

    page: PageOf[Any]
    columns: Sequence[Column[Any]]
    choices: Sequence[tuple[Filter, Code | None]]
    """Each filter with what is chosen."""
    path: str

    @property
    def csv_address(self) -> str:
        return address(f"{self.path}.csv", **self._query)

    def page_address(self, page: int | None = None) -> str:
        return address(self.path, **self._query, page=page)

    def is_sorted_by(self, column: Column[Any]) -> bool:
        return column.order is not None and column.order in [code for _, code in self.choices]

    @property
    def _query(self) -> dict[str, Code | None]:
        return {one.name: one.in_address(code) for one, code in self.choices}


_LISTS: dict[Callable[..., Any], ListPage[Any, Any]] = {}
"""What answers at an address → the list that it shows."""


def add_list(router: APIRouter, listed: ListPage[Any, Any]) -> None:
    """Serves the list as a page and as a file."""

    async def show(
        request: Request,
        actor: Annotated[Actor, listed.may],
        page: Annotated[int, Query(ge=1, le=10_000)] = 1,
        done: str = "",
    ) -> Response:
        return await show_list(request, actor, listed, page=page, done=listed.done.get(done))

    async def download(request: Request, actor: Annotated[Actor, listed.may]) -> Response:
        return await _download(request, actor, listed)

    router.add_api_route(listed.path, show)
    router.add_api_route(f"{listed.path}.csv", download)
    _LISTS[show] = listed


def lists_of(routers: Iterable[APIRouter]) -> list[ListPage[Any, Any]]:
    """All lists that a service serves."""
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    return [_LISTS[route.endpoint] for route in routes if route.endpoint in _LISTS]


async def show_list(
    request: Request,
    actor: Actor,
    listed: ListPage[Any, Any],
    *,
    page: int = 1,
    status: int = 200,
    **context: Any,
) -> Response:
    """The page of the list; for a form that stands on it, with what became of that.

    Args:
        context: what the template calls by name, besides what the list declares.
    """
    async with begin(request, actor) as work:
        asked = await _ask(request, work, listed, listed.reads)
        found = await (await listed.find(asked)).page(work.session, page)
        more: Frame = await listed.more(asked) if listed.more else {}
    shown = Shown(
        found,
        [column for column in listed.columns_for(asked) if column.cell],
        [(one, getattr(asked.chosen, one.name)) for one in listed.filters],
        listed.path.format(**request.path_params),
    )
    if page > 1 and not found.rows:
        return RedirectResponse(shown.page_address(), 303)
    context = {**asked.frame, **more, **context, "chosen": asked.chosen, "list": shown}
    return render(request, listed.template, status=status, **context)


async def _download(request: Request, actor: Actor, listed: ListPage[Any, Any]) -> Response:
    async with begin(request, actor) as work:
        asked = await _ask(request, work, listed, listed.exports)
        found, columns = await listed.find(asked), listed.columns_for(asked)

        async def pieces() -> AsyncGenerator[Iterable[Sequence[Cell]]]:
            async for rows in found.pieces(work.session):
                yield (file_row(columns, row) for row in rows)

        return await csv_in_pieces(listed.file_name, headings(columns), pieces())


async def _ask(request: Request, work: UnitOfWork, listed: ListPage[Any, Any], action: str) -> Asked[Any]:
    chosen = listed.choose(request, work.actor)
    return Asked(request, work, await listed.opens(request, work, action), chosen)
