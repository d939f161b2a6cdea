"""Tables as CSV files that a spreadsheet opens as they are, and that cannot make it calculate."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from starlette.responses import Response

_STARTS_A_FORMULA = frozenset("=+-@\u2212")
_NEW_CELL = ("\t", "\r", "\n")
_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own code page."""

Cell = str | int | float | None


def csv_download(file_name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A download.

    Args:
        file_name: ours, e.g. `families-by-month.csv`; never what somebody typed.
    """
    return Response(
        csv_text(columns, rows).encode(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """RFC 4180 with a byte order mark. A text that would be a formula gets an apostrophe in front; numbers stay."""
    text = io.StringIO(_BYTE_ORDER_MARK, newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow([_inert(column) for column in columns])
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return text.getvalue()


def _inert(cell: Cell) -> Cell:
    """A spreadsheet sees through spaces in front, and through the width of a character: `＝` is `=`."""
    if not isinstance(cell, str):
        return cell
    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if first in _STARTS_A_FORMULA or cell.startswith(_NEW_CELL) else cell
