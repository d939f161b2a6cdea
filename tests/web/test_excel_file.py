"""A list as a workbook: days are days, and nothing in it calculates."""

import io
import re
import tracemalloc
from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime
from zipfile import ZipFile

import httpx
import pytest

from shared.testing.workbook import rows_of
from shared.web.excel_file import ExcelCell, excel_download


async def sent(heading: list[str], *rows: list[ExcelCell]) -> httpx.Response:
    async def pieces() -> AsyncGenerator[list[list[ExcelCell]]]:
        yield list(rows)

    answer = await excel_download("families.xlsx", heading, pieces())
    return httpx.Response(200, headers=answer.headers, content=b"".join([part async for part in answer.body_iterator]))  # type: ignore[misc]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+44 1632", "-1", "@SUM(A1)", "\t=1", "{=1}", "https://example.org"])
async def test_a_text_stays_a_text_even_for_who_opens_its_cell_and_leaves_it(text: str) -> None:
    answer = await sent(["Name"], [text])

    sheet = ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml").decode()
    styles = ZipFile(io.BytesIO(answer.content)).read("xl/styles.xml").decode()
    assert rows_of(answer) == [["Name"], [text]]
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    [style] = re.findall(r'r="A2" s="(\d+)"', sheet)
    assert 'quotePrefix="1"' in re.findall(r"<xf [^>]*>", styles.partition("<cellXfs")[2])[int(style)]


async def test_days_moments_and_numbers_are_what_a_spreadsheet_counts_with() -> None:
    summer = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)

    answer = await sent(["Day", "When", "Number", "Nothing"], [date(2026, 3, 27), summer, 4, None])

    assert rows_of(answer)[1] == [date(2026, 3, 27), summer.replace(hour=10, tzinfo=None), 4, ""]
    assert answer.headers["content-disposition"] == 'attachment; filename="families.xlsx"'
    assert int(answer.headers["content-length"]) == len(answer.content)


async def test_a_long_workbook_is_never_whole_in_memory() -> None:
    async def pieces() -> AsyncGenerator[list[list[ExcelCell]]]:
        for piece in range(20):
            yield [[f"{piece}-{row}", "x" * 100] for row in range(500)]

    await sent(["warm"])
    tracemalloc.start()
    answer = await excel_download("long.xlsx", ["Number", "Words"], pieces())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    content = b"".join([part async for part in answer.body_iterator])  # type: ignore[misc]
    assert len(rows_of(httpx.Response(200, content=content))) == 10_001
    assert most < 4_000_000


async def test_what_goes_wrong_while_a_list_is_read_gives_no_workbook() -> None:
    async def pieces() -> AsyncGenerator[list[list[ExcelCell]]]:
        yield [["Leonie"]]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await excel_download("families.xlsx", ["Name"], pieces())


async def test_a_table_that_is_no_list_comes_as_a_workbook_too(client: httpx.AsyncClient) -> None:
    assert rows_of(await client.get("/families.xlsx"))[0] == ["Month", "Blackpool"]
