"""The first sheet of a workbook, read in a process of its own, which may not take more than its share.

What a workbook says of its size is whatever its sender wrote: one cell in the last corner makes a reader ask for half
a terabyte, and it then ends its whole process. So it is this one that ends.
"""

import json
import resource
import subprocess
import sys
from datetime import date, datetime
from typing import Any

_MEMORY = 512 * 1024 * 1024
"""Bytes of addresses, of which the interpreter takes a tenth."""
_SECONDS = 20
"""Of the processor, and by the clock."""

Line = tuple[int, list[str]]
"""As a spreadsheet counts it, and its cells."""


def first_sheet(content: bytes) -> list[Line] | None:
    """Its rows that are not empty; None if it is no workbook, or takes too much to read."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", __file__], input=content, capture_output=True, check=True, timeout=_SECONDS
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return [(int(number), [str(cell) for cell in cells]) for number, cells in json.loads(done.stdout)]


def _read() -> None:
    """What the process of its own does."""
    from io import BytesIO  # noqa: PLC0415 - only here

    import python_calamine  # noqa: PLC0415 - only here

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    filled = [
        (number, [_shown(cell) for cell in row]) for number, row in enumerate(rows, 1) if any(map(_is_filled, row))
    ]
    sys.stdout.write(json.dumps(filled))


def _is_filled(cell: Any) -> bool:
    return cell is not None and cell != ""


def _shown(cell: Any) -> str:
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


if __name__ == "__main__":
    _read()
