"""A file of people as it was sent: CSV as spreadsheets of all kinds write it, or an Excel workbook.

What a cell holds is text, whatever it looks like: `00123` is not 123. A cell that a download of ours made inert is read
as what it was.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shared.kernel.errors import RuleBroken

MOST_ROWS = 20_000
MOST_BYTES = 5 * 1024 * 1024
_UNPACKED = 20 * MOST_BYTES
"""A workbook that is larger than this is no list of people."""
_LONGEST_CELL = 1000
_SEPARATORS = (",", ";", "\t")


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
    if not content:
        raise RuleBroken("import_empty", "Choose a file.", field="file")
    if len(content) > MOST_BYTES:
        raise RuleBroken("import_large", "The file is larger than 5 MB. Send it in parts.", field="file")
    rows, read_as = _workbook(content) if content.startswith(b"PK\x03\x04") else _text(content)
    filled = [FileRow(number, row) for number, row in enumerate(rows, 1) if any(row)]
    if not filled:
        raise RuleBroken("import_empty", "The file has no rows. Choose another.", field="file")
    if len(filled) > MOST_ROWS + 1:
        raise RuleBroken("import_large", f"The file has more than {MOST_ROWS:,} rows. Send it in parts.", field="file")
    return WorkforceFile(filled[0].cells, filled[1:], read_as)


def _text(content: bytes) -> tuple[list[list[str]], str]:
    text, encoding = _decoded(content)
    first, _, _ = text.partition("\n")
    separator = max(_SEPARATORS, key=first.count)
    try:
        rows = [
            [_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator, strict=True)
        ]
    except csv.Error:
        sentence = "The file cannot be read: a quotation mark is open. Save it as CSV again."
        raise RuleBroken("import_unreadable", sentence, field="file") from None
    names = {",": "commas", ";": "semicolons", "\t": "tabs"}
    return rows, f"CSV with {names[separator]}, {encoding}"


def _decoded(content: bytes) -> tuple[str, str]:
    """Excel writes UTF-8 with a mark, UTF-16 as "Unicode text", or Windows-1252; old Macs end lines by CR."""
    for encoding, name, marks in (("utf-16", "UTF-16", (b"\xff\xfe", b"\xfe\xff")), ("utf-8-sig", "UTF-8", ())):
        if marks and not content.startswith(marks):
            continue
        try:
            return _one_line_end(content.decode(encoding)), name
        except UnicodeDecodeError:
            continue
    return _one_line_end(content.decode("cp1252", errors="replace")), "Windows-1252"


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _workbook(content: bytes) -> tuple[list[list[str]], str]:
    """The first sheet."""
    import python_calamine  # noqa: PLC0415 - a process meets few workbooks

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(one.file_size for one in packed.infolist())
        if size > _UNPACKED:
            raise RuleBroken("import_large", "The workbook is too large. Save its first sheet as CSV.", field="file")
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, IndexError):
        sentence = "The workbook cannot be read. Save its first sheet as CSV, and choose that."
        raise RuleBroken("import_unreadable", sentence, field="file") from None
    return [[_cell(_shown(cell)) for cell in row] for row in rows], "Excel workbook, first sheet"


def _shown(cell: Any) -> str:
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _cell(text: str) -> str:
    text = " ".join(text.split())[:_LONGEST_CELL]
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@", "−"} else text
