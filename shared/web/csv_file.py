"""Tables as CSV files that a spreadsheet opens as they are, and that cannot make it calculate."""

import csv
import io
import unicodedata
from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Sequence
from tempfile import SpooledTemporaryFile

from starlette.responses import StreamingResponse

_STARTS_A_FORMULA = frozenset("=+-@\u2212")
_NEW_CELL = ("\t", "\r", "\n")
_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own code page."""
_IN_MEMORY = 1024 * 1024
_SENT_AT_ONCE = 64 * 1024

Cell = str | int | float | None


async def csv_download(
    file_name: str, columns: Sequence[str], pieces: AsyncIterable[Iterable[Sequence[Cell]]]
) -> StreamingResponse:
    """A download. The pieces are all read before the answer begins, and only one of them is in memory at a time.

    So what is read from the database is read at once, and not as slowly as someone's line takes it; and what goes
    wrong is told, instead of cutting off a file that looks whole. A long file waits on disk, without a name.

    Args:
        file_name: ours, e.g. `families-by-month.csv`; never what someone typed.
    """
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it is closed when it is sent
    file.write(csv_text(columns, ()).encode())
    async for rows in pieces:
        file.write(_lines(rows).encode())
    length = file.tell()
    file.seek(0)
    return StreamingResponse(
        _sent(file),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"', "Content-Length": str(length)},
    )


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """RFC 4180 with a byte order mark. A text that would be a formula gets an apostrophe in front; numbers stay."""
    return _BYTE_ORDER_MARK + _lines([columns]) + _lines(rows)


def _lines(rows: Iterable[Sequence[Cell]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_inert(cell) for cell in row] for row in rows)
    return text.getvalue()


def _inert(cell: Cell) -> Cell:
    """A spreadsheet sees through spaces in front, and through the width of a character: `＝` is `=`."""
    if not isinstance(cell, str):
        return cell
    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if first in _STARTS_A_FORMULA or cell.startswith(_NEW_CELL) else cell


async def _sent(file: SpooledTemporaryFile[bytes]) -> AsyncGenerator[bytes]:
    with file:
        while part := file.read(_SENT_AT_ONCE):
            yield part
