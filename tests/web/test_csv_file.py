import csv
import io
import tracemalloc
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from shared.web.csv_file import csv_download, csv_text


@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\n"])
@pytest.mark.parametrize("first", [*"=+-@−＝＋－＠﹦﹢﹣﹫"])
def test_a_text_that_a_spreadsheet_would_run_is_only_text(before: str, first: str) -> None:
    assert read_back(f'{before}{first}HYPERLINK("x")') == f'\'{before}{first}HYPERLINK("x")'


@pytest.mark.parametrize("text", ["\tx", "\rx", "\nx"])
def test_a_text_that_a_spreadsheet_would_put_into_another_cell_stays_in_its_own(text: str) -> None:
    assert read_back(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "Leonie", "two - three", "a=b", "†"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert read_back(text) == text


def read_back(text: str) -> str:
    [_, [cell]] = csv.reader(io.StringIO(csv_text(["Name"], [[text]])[1:], newline=""))
    return cell


def test_numbers_stay_numbers_and_commas_and_quotes_survive() -> None:
    text = csv_text(["a", "b"], [[-1, 'He said "no", twice\nand left'], [2.5, None]])

    assert list(csv.reader(io.StringIO(text[1:], newline=""))) == [
        ["a", "b"],
        ["-1", 'He said "no", twice\nand left'],
        ["2.5", ""],
    ]


async def test_a_download_opens_in_excel_with_its_letters_right(client: httpx.AsyncClient) -> None:
    answer = await client.get("/families.csv")

    assert answer.content.startswith(b"\xef\xbb\xbfMonth,Blackpool\r\n")
    assert answer.headers["content-disposition"] == 'attachment; filename="families.csv"'
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


async def test_a_long_file_is_never_whole_in_memory(tmp_path: Path) -> None:
    async def pieces() -> AsyncGenerator[list[list[str]]]:
        for piece in range(200):
            yield [[f"{piece}-{row}", "x" * 100] for row in range(500)]

    tracemalloc.start()
    answer = await csv_download("long.csv", ["Number", "Words"], pieces())
    with (tmp_path / "long.csv").open("wb") as file:
        async for part in answer.body_iterator:
            file.write(part)  # type: ignore[arg-type]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    with (tmp_path / "long.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 100_001
    assert int(answer.headers["content-length"]) == (tmp_path / "long.csv").stat().st_size > 10_000_000
    assert most < 4_000_000


async def test_what_goes_wrong_while_a_list_is_read_is_told_and_gives_no_file_that_looks_whole() -> None:
    async def pieces() -> AsyncGenerator[list[list[str]]]:
        yield [["Leonie"]]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await csv_download("families.csv", ["Name"], pieces())
