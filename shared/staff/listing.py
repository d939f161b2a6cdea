"""What a list finds: one page of it to look at, or all of it, piece by piece, to take along."""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func
from sqlalchemy.ext.asyncio import AsyncSession

from shared.staff.page_of import ROWS_ON_A_PAGE, Cut, PageOf

Row = TypeVar("Row")

ROWS_IN_A_PIECE = 500
"""So many are in memory at once, however long the list is."""


class Listing(ABC, Generic[Row]):
    """Rows in an order that does not change between one page and the next."""

    @abstractmethod
    async def page(self, session: AsyncSession, number: int = 1, rows: int = ROWS_ON_A_PAGE) -> PageOf[Row]:
        """One page; without rows where the number is beyond the last."""

    @abstractmethod
    def pieces(self, session: AsyncSession) -> AsyncGenerator[Sequence[Row]]:
        """All rows as they are at one moment."""

    async def whole(self, session: AsyncSession) -> list[Row]:
        """All rows at once, where they are known to be few."""
        return [row async for piece in self.pieces(session) for row in piece]


@dataclass(frozen=True)
class Found(Listing[Row]):
    """What a statement finds."""

    query: Callable[[Cut | None], Select[Any]]
    """The statement; of a cut, each of its rows has the `total` of the list."""
    line: Callable[[Any], Row | None]
    """What a row says; None leaves it out."""
    known: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The values of the statement's parameters."""

    async def page(self, session: AsyncSession, number: int = 1, rows: int = ROWS_ON_A_PAGE) -> PageOf[Row]:
        found = (await session.execute(self.query(Cut(number, rows)), self.known)).all()
        return PageOf(self._lines(found), found[0].total if found else 0, number, rows)

    async def pieces(self, session: AsyncSession) -> AsyncGenerator[Sequence[Row]]:
        """By a cursor of the database's own, which sees what one statement sees."""
        found = await session.stream(self.query(None).execution_options(yield_per=ROWS_IN_A_PIECE), self.known)
        async for rows in found.partitions():
            yield self._lines(rows)

    def _lines(self, rows: Sequence[Any]) -> list[Row]:
        return [line for row in rows if (line := self.line(row)) is not None]


def found_by(query: Select[*tuple[Any, ...]], line: Callable[[Any], Row | None]) -> Found[Row]:
    """What a statement finds that is sorted already and says everything in one go."""
    return Found(partial(cut_to, query), line)


def cut_to(query: Select[*tuple[Any, ...]], cut: Cut | None) -> Select[Any]:
    """A page of what such a statement finds; of None, all of it."""
    return cut.of(query.add_columns(func.count().over().label("total"))) if cut else query


@dataclass(frozen=True)
class Lines(Listing[Row]):
    """Lines that are there already: few, or not in the database."""

    lines: Sequence[Row]

    async def page(self, session: AsyncSession, number: int = 1, rows: int = ROWS_ON_A_PAGE) -> PageOf[Row]:  # noqa: ARG002 - nothing is read
        first = (number - 1) * rows
        return PageOf(self.lines[first : first + rows], len(self.lines), number, rows)

    async def pieces(self, session: AsyncSession) -> AsyncGenerator[Sequence[Row]]:  # noqa: ARG002 - nothing is read
        yield self.lines
