from datetime import UTC, date, datetime

import pytest

from shared.contracts.vocabulary import Tier
from shared.staff.column import Column, Value, file_row, headings


@pytest.mark.parametrize(
    ("value", "on_the_page", "in_the_file"),
    [
        (date(2026, 3, 2), "2 March 2026", "2026-03-02"),
        (datetime(2026, 7, 2, 10, 30, 5, tzinfo=UTC), "2 July 2026, 11:30am", "2026-07-02T10:30+00:00"),
        (Tier.RISK, "Getting risk support", "Getting risk support"),
        (True, "Yes", "Yes"),
        (False, "No", "No"),
        (3, "3", 3),
        (None, "", None),
    ],
)
def test_a_value_is_in_words_on_the_page_and_as_a_spreadsheet_sorts_it_in_the_file(
    value: Value, on_the_page: str, in_the_file: str | int | None
) -> None:
    column: Column[None] = Column("Something", lambda _: value)

    assert (column.words(None), file_row([column], None)) == (on_the_page, [in_the_file])


def test_a_column_that_only_the_page_has_is_not_in_the_file() -> None:
    columns: list[Column[int]] = [Column("Number", lambda row: row), Column("What you can do", cell="button")]

    assert (headings(columns), file_row(columns, 7)) == (["Number"], [7])
