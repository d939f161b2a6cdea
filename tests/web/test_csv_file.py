import csv
import io

import httpx
import pytest

from shared.web.csv_file import csv_text


@pytest.mark.parametrize("text", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_run_is_only_text(text: str) -> None:
    row = list(csv.reader(io.StringIO(csv_text(["Name"], [[text]])[1:], newline="")))[1]

    assert row == [f"'{text}"]


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
