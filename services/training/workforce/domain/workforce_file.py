"""A file of people as it was sent: a table of any kind that `shared.kernel.table_file` reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.kernel.errors import RuleBroken
from shared.kernel.table_file import TableRow, read_table

MOST_ROWS = 20_000
MOST_BYTES = 5 * 1024 * 1024
_LONGEST_CELL = 1000


@dataclass(frozen=True)
class FileRow:
    line: int
    """As a spreadsheet counts: the headings are line 1."""
    cells: Sequence[str]


@dataclass(frozen=True)
class WorkforceFile:
    headings: Sequence[str]
    rows: Sequence[FileRow]
    """Without empty ones."""
    read_as: str
    """What was assumed of the file, for whoever sent it."""


def read_file(content: bytes) -> WorkforceFile:
    """The first row is the headings.

    Raises:
        RuleBroken: it is empty, too large, or not a table.
    """
    if len(content) > MOST_BYTES:
        raise RuleBroken("import_large", "The file is larger than 5 MB. Send it in parts.", field="file")
    table = read_table(content)
    if len(table.rows) > MOST_ROWS:
        raise RuleBroken("import_large", f"The file has more than {MOST_ROWS:,} rows. Send it in parts.", field="file")
    return WorkforceFile(_in_one_line(table.heading), [_row(one) for one in table.rows], table.read_as)


def _row(row: TableRow) -> FileRow:
    return FileRow(row.line, _in_one_line(row.cells))


def _in_one_line(cells: Sequence[str]) -> list[str]:
    return [" ".join(cell.split())[:_LONGEST_CELL] for cell in cells]
