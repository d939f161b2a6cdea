"""A column of a list, declared once: its heading, what the file says, and how the page shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from shared.contracts.vocabulary import Code
from shared.kernel.calendar import date_words, moment_words
from shared.web.csv_file import Cell
from shared.web.excel_file import ExcelCell

Row = TypeVar("Row")
Value = str | int | float | date | Code | None

PLAIN = "plain"
"""The cell of a page that shows a value in words, and nothing else."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column, in the file if it has a value, on the page if it has a cell."""

    heading: str
    value: Callable[[Row], Value] | None = None
    """What a row says in it."""
    cell: str = ""
    """The macro that shows it, by the name under which the list's template has it in `cells`; or `PLAIN`."""
    heads_row: bool = False
    """What it shows is what the row is about."""
    is_number: bool = False
    """On the page its figures stand below each other."""
    order: Code | None = None
    """The choice that sorts the list by this column."""
    is_falling: bool = False
    """What is most comes first where the list is sorted by it."""
    drawn: Callable[[Row], Markup] | None = None
    """What a plain cell shows in the place of the value's words."""
    place: str = ""
    """What kind of column it is, for its width and its place on a card (staff.css): `who`, `needs`, `tag`, `do` …"""

    def words(self, row: Row) -> str:
        """What the page says of a value that needs no macro."""
        if self.drawn:
            return self.drawn(row)
        match value := self.value(row) if self.value else None:
            case None:
                return ""
            case datetime():
                return moment_words(value)
            case date():
                return date_words(value)
            case _:
                return str(_cell(value))


def headings(columns: Sequence[Column[Row]]) -> list[str]:
    """Of the file."""
    return [column.heading for column in columns if column.value]


def file_row(columns: Sequence[Column[Row]], row: Row) -> list[Cell]:
    """The cells of one line of a file: days and moments as ISO 8601 says them, codes by their words."""
    return [_cell(column.value(row)) for column in columns if column.value]


def excel_row(columns: Sequence[Column[Row]], row: Row) -> list[ExcelCell]:
    """The same line of a workbook, which has days and moments of its own."""
    values = (column.value(row) for column in columns if column.value)
    return [value if isinstance(value, date) else _cell(value) for value in values]


def _cell(value: Value) -> Cell:
    match value:
        case Code():
            return value.label
        case bool():
            return "Yes" if value else "No"
        case datetime():
            return value.isoformat(timespec="minutes")
        case date():
            return value.isoformat()
        case _:
            return value


def in_order(*names: str) -> list[Column[Sequence[Any]]]:
    """Of rows whose values stand in the order of these headings."""
    return [_at(place, name) for place, name in enumerate(names)]


def _at(place: int, heading: str) -> Column[Sequence[Any]]:
    return Column(heading, lambda row: row[place])
