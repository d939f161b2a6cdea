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
        template="reviews.html",         # extends list.html
        file_name="reviews.csv",
    )
    add_list(router, REVIEWS)

`shared.staff.list_routes` makes of it the page with its pager, the addresses that keep the filters, the file with all
rows, and the entries of the audit trail for both.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic, TypeVar

from starlette.requests import Request

from shared.contracts.vocabulary import Code
from shared.kernel.actor import Actor
from shared.staff.address import address
from shared.staff.colleagues import Colleague
from shared.staff.column import Column
from shared.staff.filter import Choice, Filter
from shared.staff.listing import Listing
from shared.staff.page_of import ROWS_ON_A_PAGE, PageOf
from shared.unit_of_work import UnitOfWork
from shared.web.excel_file import About

Chosen = TypeVar("Chosen")
Row = TypeVar("Row")

People = Mapping[str, Sequence[Colleague]]
"""Whom a list's filters offer, by the filter's name."""

Frame = Mapping[str, Any]
"""What a page shows around its list, by the names that its template uses."""


@dataclass(frozen=True)
class Unfiltered:
    """What is chosen of a list without filters."""


@dataclass(frozen=True)
class Asked(Generic[Chosen]):
    """A list that someone asks for."""

    request: Request
    work: UnitOfWork
    at: Mapping[str, Any]
    """What the address says, by the names that the list's `opens` gives it."""
    frame: Frame
    """What `opens` gave."""
    chosen: Chosen


class Mark(Code):
    ALARM = "alarm"
    LATE = "late"


Counts = Mapping[Code | None, int]
"""By the code of a chip; None is that which leaves nothing out. What is not in it has no number."""


async def of_the_team(work: UnitOfWork, action: str) -> Frame:
    """A list that everyone sees whom its permission lets in."""
    if action:
        work.record(action)
    return {}


@dataclass(frozen=True, kw_only=True)
class ListPage(Generic[Chosen, Row]):
    """One list."""

    path: str
    """Of the page, after the router's prefix; those of its files are the same with `.csv` and `.xlsx`."""
    may: Any
    """The permission, as a route declares it."""
    reads: str = ""
    """What the audit trail calls a look at the page; nothing where no record of anyone is in it."""
    exports: str = ""
    """What it calls a download."""
    asks_for_proof: bool = True
    """Whether it is taken along only by whoever showed a few minutes ago who they are: a file of people leaves."""
    opens: Callable[Concatenate[UnitOfWork, str, ...], Awaitable[Frame]] = of_the_team
    """Refuses whoever may not see what the list is about, records who does, and says what stands around the list."""

    filters: Sequence[Filter] = ()
    chosen: Callable[..., Any] = Unfiltered
    """What the filters choose, from their names."""
    find: Callable[[Asked[Chosen]], Awaitable[Listing[Row]]]
    columns: Sequence[Column[Row]] | Callable[[Asked[Chosen]], Sequence[Column[Row]]]
    """Of the page and of the file, in the order of both."""
    in_file: Callable[[Row], Iterable[Any]] | None = None
    """The lines of the file that a row makes, where it is not one."""
    rows_on_a_page: int = ROWS_ON_A_PAGE

    counts: Callable[[Asked[Chosen]], Awaitable[Counts]] | None = None
    """How many each chip would show, whatever chip is chosen now."""
    marks: Callable[[Row], Mark | None] = lambda _: None
    """How a row stands out at its edge; a word in it says why."""
    calls: Callable[[Asked[Chosen]], Mapping[Code, str]] = lambda _: {}
    """What chips are called whose words depend on the team's own limits."""

    template: str
    """Of the page; it extends `list.html`."""
    more: Callable[[Asked[Chosen]], Awaitable[Frame]] | None = None
    """What the page shows besides."""
    done: Mapping[str, str] = field(default_factory=dict[str, str])
    """What it says after something was stored, by the `done` of its address."""
    file_name: str
    about: Callable[[Asked[Chosen]], About] | None = None
    """What its workbook says on a sheet before the rows: what it is, whose, and of when."""

    def columns_for(self, asked: Asked[Chosen]) -> Sequence[Column[Row]]:
        return self.columns(asked) if callable(self.columns) else self.columns

    async def people(self, work: UnitOfWork) -> People:
        return {one.name: await one.people(work) for one in self.filters if one.people}

    def choose(self, request: Request, actor: Actor, people: People) -> Chosen:
        """What the address chooses.

        Raises:
            RuleBroken: a list has no such choice.
        """
        given = ((one, request.query_params.get(one.name, "")) for one in self.filters)
        return self.chosen(**{one.name: one.read(text, actor, people.get(one.name, ())) for one, text in given})


@dataclass(frozen=True)
class Chip:
    """A choice as a link."""

    words: str
    href: str
    is_chosen: bool
    count: int | None
    is_alarm: bool = False


@dataclass(frozen=True)
class ShownList:
    """What `list.html` shows of a list."""

    page: PageOf[Any]
    columns: Sequence[Column[Any]]
    choices: Sequence[tuple[Filter, Choice | None]]
    """Each filter with what is chosen."""
    people: People
    path: str
    counts: Counts = field(default_factory=dict[Code | None, int])
    marks: Callable[[Any], Mark | None] = lambda _: None
    calls: Mapping[Code, str] = field(default_factory=dict[Code, str])

    @property
    def offered(self) -> list[tuple[Filter, Sequence[Choice], Choice | None]]:
        """The choices of the form above the list, and which is chosen."""
        shown = [(one, chosen) for one, chosen in self.choices if one.label and not one.is_chips]
        return [(one, [*one.choices, *self.people.get(one.name, ())], chosen) for one, chosen in shown]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What is chosen otherwise, and stays when the form is sent."""
        hidden = [(one, code) for one, code in self.choices if not one.label or one.is_chips]
        return [(one.name, code) for one, chosen in hidden if (code := one.in_address(chosen)) is not None]

    @property
    def chips(self) -> list[Chip]:
        return [chip for one, chosen in self.choices if one.is_chips for chip in self._chips(one, chosen)]

    @property
    def csv_address(self) -> str:
        return address(f"{self.path}.csv", **self._query)

    def page_address(self, page: int | None = None) -> str:
        return address(self.path, **self._query, page=page)

    def sort_address(self, column: Column[Any]) -> str:
        """Nothing where the column sorts nothing."""
        by = next((one for one, _ in self.choices if any(column.order is code for code in one.choices)), None)
        return address(self.path, **{**self._query, by.name: by.in_address(column.order)}) if by else ""

    def is_sorted_by(self, column: Column[Any]) -> bool:
        return column.order is not None and any(column.order is code for _, code in self.choices)

    def _chips(self, one: Filter, chosen: Choice | None) -> list[Chip]:
        codes: list[Code | None] = [*([None] if one.every else []), *one.choices]
        return [self._chip(one, code, is_chosen=code == chosen) for code in codes]

    def _chip(self, one: Filter, code: Code | None, *, is_chosen: bool) -> Chip:
        """What may be chosen or not is taken off again by its own chip."""
        leads_to = None if is_chosen and one.usual is None else one.in_address(code)
        count = self.counts.get(code)
        return Chip(
            self.calls.get(code, code.label) if code else one.every,
            address(self.path, **{**self._query, one.name: leads_to}),
            is_chosen,
            count,
            is_alarm=bool(count) and code in one.alarms,
        )

    @property
    def _query(self) -> dict[str, str | None]:
        return {one.name: one.in_address(code) for one, code in self.choices}
