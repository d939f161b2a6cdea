"""One page of a longer list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")

ROWS_ON_A_PAGE = 25


@dataclass(frozen=True)
class PageOf(Generic[Row]):
    """Some rows, and how many there are in all."""

    rows: Sequence[Row]
    total: int
    number: int = 1
    """Of this page, from 1."""

    @property
    def last_number(self) -> int:
        """Number of the last page; 1 also when there are no rows."""
        return max(1, -(-self.total // ROWS_ON_A_PAGE))
