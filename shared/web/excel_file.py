"""Tables as Excel workbooks: days are days and numbers numbers, and no text can make a spreadsheet calculate."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any

from starlette.responses import StreamingResponse

from shared.kernel.clock import LONDON

About = Sequence[tuple[str, str]]
"""What a file is of, in words: the lines of its first sheet."""

ExcelCell = str | int | float | date | datetime | None

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_TEXT = 32_767
"""Characters in a cell; Excel's own limit."""
_WIDEST = 60
_SENT_AT_ONCE = 64 * 1024


@dataclass(frozen=True)
class Sheet:
    """A table of a workbook of several."""

    name: str
    """Ours, at most 31 characters; no two of a workbook are alike."""
    columns: Sequence[str]
    rows: Iterable[Sequence[ExcelCell]]


def about_sheet(about: About) -> Sheet:
    """The first of a workbook that says what it is."""
    return Sheet("About", ("What", "Words"), about)


async def excel_download(
    file_name: str, columns: Sequence[str], pieces: AsyncIterable[Iterable[Sequence[ExcelCell]]], about: About = ()
) -> StreamingResponse:
    """A download, made as `csv_download` makes one: all is read before the answer begins, a row at a time.

    Args:
        file_name: ours, e.g. `families-by-month.xlsx`; never what someone typed.
        about: what stands on a sheet before it; none, and there is no such sheet.
    """
    book = _Book()
    if about:
        book.add(about_sheet(about))
    sheet = book.sheet(None, columns)
    async for rows in pieces:
        for row in rows:
            sheet.add(row)
    sheet.close()
    return await book.answer(file_name)


async def workbook_download(file_name: str, sheets: Sequence[Sheet]) -> StreamingResponse:
    """A download of several tables, the first of which is seen when it is opened."""
    book = _Book()
    for one in sheets:
        book.add(one)
    return await book.answer(file_name)


class _Book:
    """A workbook; its sheets are written one after the other, a row at a time."""

    def __init__(self) -> None:
        import xlsxwriter  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] - 10 MB, for whoever downloads one

        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - it is closed when it is sent
        self._book: Any = xlsxwriter.Workbook(self._file, {"constant_memory": True, "in_memory": False})
        self.heading = self._book.add_format({"bold": True, "quote_prefix": True})
        self.text = self._book.add_format({"quote_prefix": True})
        self.day = self._book.add_format({"num_format": "dd mmm yyyy"})
        self.moment = self._book.add_format({"num_format": "dd mmm yyyy hh:mm"})

    def add(self, one: Sheet) -> None:
        """A whole one."""
        sheet = self.sheet(one.name, one.columns)
        for row in one.rows:
            sheet.add(row)
        sheet.close()

    def sheet(self, name: str | None, columns: Sequence[str]) -> "_Sheet":
        return _Sheet(self, self._book.add_worksheet(name), columns)

    async def answer(self, file_name: str) -> StreamingResponse:
        length = await asyncio.to_thread(self._close)
        return StreamingResponse(
            _sent(self._file),
            media_type=_MEDIA_TYPE,
            headers={"Content-Disposition": f'attachment; filename="{file_name}"', "Content-Length": str(length)},
        )

    def _close(self) -> int:
        """Gives the length of the file, which then stands at its beginning."""
        self._book.close()
        length = self._file.seek(0, 2)
        self._file.seek(0)
        return length


class _Sheet:
    """A sheet whose first row stays in sight and can be filtered."""

    def __init__(self, book: _Book, sheet: Any, columns: Sequence[str]) -> None:
        self._book, self._sheet = book, sheet
        self._rows = 0
        for at, heading in enumerate(columns):
            self._sheet.set_column(at, at, min(max(len(heading) + 4, 14), _WIDEST))
        self._sheet.freeze_panes(1, 0)
        self._columns = len(columns)
        self._write([*columns], book.heading)

    def add(self, row: Sequence[ExcelCell]) -> None:
        self._write(row, self._book.text)

    def close(self) -> None:
        if self._columns:
            self._sheet.autofilter(0, 0, max(self._rows - 1, 0), self._columns - 1)

    def _write(self, row: Sequence[ExcelCell], text: Any) -> None:
        for at, cell in enumerate(row):
            self._write_cell(at, cell, text)
        self._rows += 1

    def _write_cell(self, at: int, cell: ExcelCell, text: Any) -> None:
        """A text stays one also for whoever opens its cell and leaves it again: `quote_prefix` is Excel's own mark."""
        match cell:
            case None:
                return
            case datetime():
                here = cell.astimezone(LONDON).replace(tzinfo=None) if cell.tzinfo else cell
                self._sheet.write_datetime(self._rows, at, here, self._book.moment)
            case date():
                self._sheet.write_datetime(self._rows, at, cell, self._book.day)
            case str():
                self._sheet.write_string(self._rows, at, cell[:_LONGEST_TEXT], text)
            case _:
                self._sheet.write_number(self._rows, at, cell)


async def _sent(file: IO[bytes]) -> AsyncGenerator[bytes]:
    with file:
        while part := file.read(_SENT_AT_ONCE):
            yield part
