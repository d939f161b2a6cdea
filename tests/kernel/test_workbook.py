"""A workbook is read for what it holds, and one that would take all memory is refused while the process goes on."""

import io
import resource
from collections.abc import Callable

import pytest
import xlsxwriter

from shared.kernel.errors import RuleBroken
from shared.kernel.table_file import TableFile, read_table

LAST_CORNER = (1_048_575, 16_383)


def workbook(*cells: tuple[int, int, str], rows: int = 0) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, column, text in cells:
        sheet.write(row, column, text)
    for row in range(1, rows):
        sheet.write_row(row, 0, [f"{row} {column}" for column in range(20)])
    book.close()
    return packed.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(RuleBroken) as error:
        read_table(content)
    return error.value.sentence


@pytest.mark.parametrize(
    "content",
    [
        lambda: workbook((0, 0, "name"), (*LAST_CORNER, "x")),
        lambda: workbook((0, 0, "name"), (LAST_CORNER[0], 100, "x")),
        lambda: b"PK\x03\x04" + b"nonsense" * 100,
        lambda: b"\xd0\xcf\x11\xe0" + b"nonsense" * 100,
    ],
    ids=["the last corner", "the last row, far out", "no zip", "no old workbook"],
)
def test_a_workbook_that_cannot_be_read_is_refused_and_costs_us_nothing(content: Callable[[], bytes]) -> None:
    given = content()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert "cannot be read" in refused(given)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


def test_ten_thousand_people_in_twenty_columns_are_read() -> None:
    table: TableFile = read_table(workbook((0, 0, "name"), (0, 1, "town"), rows=10_001))

    assert len(table.rows) == 10_000
    assert (table.rows[-1].line, table.rows[-1].cells[:2]) == (10_001, ["10000 0", "10000 1"])
