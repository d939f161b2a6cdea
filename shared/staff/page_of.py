"""One page of a longer list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import CTE, ColumnElement, FromClause, Select, Subquery, func, select

Row = TypeVar("Row")

ROWS_ON_A_PAGE = 25


@dataclass(frozen=True)
class PageOf(Generic[Row]):
    """Some rows, and how many there are in all."""

    rows: Sequence[Row]
    total: int
    number: int = 1
    """Of this page, from 1."""
    most: int = ROWS_ON_A_PAGE
    """Rows on a page."""

    @property
    def last_number(self) -> int:
        """Number of the last page; 1 also when there are no rows."""
        return max(1, -(-self.total // self.most))


@dataclass(frozen=True)
class Cut:
    """Which rows of a longer list: the number of the page, from 1, and how many rows a page has."""

    number: int = 1
    rows: int = ROWS_ON_A_PAGE

    def of(self, query: Select[Any]) -> Select[Any]:
        return query.limit(self.rows).offset((self.number - 1) * self.rows)


Order = Callable[[FromClause], list[ColumnElement[Any]]]
"""How a list is sorted, by the columns of what was found; the last makes it unambiguous."""


def cut_page(found: CTE, order: Order, cut: Cut | None) -> Subquery:
    """The rows of one page, each with the `total` of all that were found.

    What else a line shows is joined to these few rows: what was found is narrow, and is computed once.

    Args:
        cut: None gives all of them.
    """
    total = select(func.count()).select_from(found).scalar_subquery()
    query: Select[Any] = select(found, total.label("total")).order_by(*order(found))
    return (cut.of(query) if cut else query).subquery("cut")
