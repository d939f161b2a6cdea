"""A table as people send it: CSV as Excel, LibreOffice, Numbers and old exports write it, or a workbook of either.

What a cell holds is text, whatever it looks like: `00123` is not 123. A cell that a download of ours made inert is read
as what it was, and a row that ends before its last, empty columns is as long as its heading.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.kernel.errors import RuleBroken
from shared.kernel.workbook import first_sheet

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\n', re.IGNORECASE)
"""What Excel takes for a hint, and some programs write first."""
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DAY_ONE = date(1899, 12, 30)
"""From which Excel counts its days: the 29 February 1900 that it believes in is before all that are read."""
_SERIALS = range(20_000, 80_000)
"""1954 to 2119."""


@dataclass(frozen=True)
class TableRow:
    line: int
    """As a spreadsheet counts: the heading is line 1, and a cell of several lines is one."""
    cells: Sequence[str]


@dataclass(frozen=True)
class TableFile:
    heading: Sequence[str]
    rows: Sequence[TableRow]
    """Without empty ones."""
    read_as: str
    """What was assumed of the file, for whoever sent it."""


def read_table(content: bytes) -> TableFile:
    """The first row that is not empty is the heading.

    Raises:
        RuleBroken: it is empty, too large, or not a table.
    """
    if not content.strip():
        raise _refused("table_empty", "Choose a file.")
    lines, read_as = _workbook(content) if content.startswith(_WORKBOOKS) else _text(content)
    filled = [row for row in lines if any(row.cells)]
    if not filled:
        raise _refused("table_empty", "The file has no rows. Choose another.")
    heading = _without_empty_end(filled[0].cells)
    return TableFile(heading, [_as_long(row, len(heading)) for row in filled[1:]], read_as)


def serial_day(cell: str) -> date | None:
    """The day that a spreadsheet keeps as a number, `46108` or `46108.0`; None where it is none of our time."""
    whole = re.fullmatch(r"([0-9]{5})(?:\.[0-9]+)?", cell)
    return _DAY_ONE + timedelta(days=int(whole[1])) if whole and int(whole[1]) in _SERIALS else None


def _as_long(row: TableRow, columns: int) -> TableRow:
    cells = [*row.cells[:columns], *_without_empty_end(row.cells[columns:])]
    return TableRow(row.line, [*cells, *[""] * (columns - len(cells))])


def _without_empty_end(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _text(content: bytes) -> tuple[list[TableRow], str]:
    text, encoding = _decoded(content)
    if hint := _SEPARATOR_LINE.match(text):
        text = text[hint.end() :]
    first = re.sub(r'"[^"]*"', "", text.lstrip("\n").partition("\n")[0])
    separator = hint[1] if hint and hint[1] in _SEPARATORS else max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[list[str]] = []
    try:
        lines += ([_cell(cell) for cell in cells] for cells in reader)
    except csv.Error:
        line = len(lines) + 1
        sentence = f"Line {line} cannot be read: a field is too long, or a quotation mark is not closed."
        raise _refused("table_unreadable", f"{sentence} Save it as CSV again.") from None
    first_line = 2 if hint else 1
    return [
        TableRow(number, cells) for number, cells in enumerate(lines, first_line)
    ], f"CSV with {_SEPARATORS[separator]}, {encoding}"


def _decoded(content: bytes) -> tuple[str, str]:
    """Excel writes UTF-8 with a mark, UTF-16 as "Unicode text", or Windows-1252; old Macs end lines by CR."""
    old_mac = b"\r" in content and b"\n" not in content
    for encoding, name in (*_unicode(content), *([("mac_roman", "Mac Roman")] if old_mac else []), _WINDOWS):
        try:
            return _one_line_end(content.decode(encoding)), name
        except UnicodeDecodeError:
            continue
    raise _refused("table_encoding", "The file has characters of another encoding. Save it as CSV UTF-8.")


_WINDOWS = ("cp1252", "Windows-1252")


def _unicode(content: bytes) -> list[tuple[str, str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [("utf-16", "UTF-16")]
    start = content[:200]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if len(zeros) > 1 and zeros.count(0) > len(zeros) * 0.9:
            return [(encoding, "UTF-16")]
    return [("utf-8-sig", "UTF-8")]


def _one_line_end(text: str) -> str:
    if "\x00" in text:
        raise _refused("table_encoding", "The file has characters of another encoding. Save it as CSV UTF-8.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _workbook(content: bytes) -> tuple[list[TableRow], str]:
    """The first sheet."""
    if (lines := first_sheet(content)) is None:
        mend = "Take out what is far below or right of its table, or save its first sheet as CSV, and choose that."
        raise _refused("table_unreadable", f"The workbook cannot be read. {mend}")
    return [TableRow(number, [_cell(cell) for cell in cells]) for number, cells in lines], "Excel workbook, first sheet"


def _cell(text: str) -> str:
    text = text.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@", "−"} else text


def _refused(code: str, sentence: str) -> RuleBroken:
    return RuleBroken(code, sentence, field="file")
