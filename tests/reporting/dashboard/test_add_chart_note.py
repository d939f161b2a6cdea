"""A note on a month of a figure."""

from datetime import date, timedelta

import pytest

from services.reporting.dashboard.commands.add_chart_note import AddChartNote, add_chart_note
from services.reporting.dashboard.queries.chart_remarks import chart_remarks
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork
from tests.reporting.dashboard.conftest import AT


def a_note(month: date = date(2026, 2, 1), words: str = "The clinic was shut.") -> AddChartNote:
    return AddChartNote(new_id(), 9, "preston", month, words)


async def test_a_note_says_who_wrote_it_when_and_of_which_month(work: UnitOfWork) -> None:
    await add_chart_note(a_note(), work)

    [note] = (await chart_remarks(work.session)).notes_of(9, "preston")

    assert (note.month, note.words) == (date(2026, 2, 1), "The clinic was shut.")
    assert (note.written_by, note.written_at) == ("Maya Sample", AT)
    assert work.recorded == [("chart_note.add", note.id)]


async def test_a_note_is_of_one_figure_and_one_place(work: UnitOfWork) -> None:
    await add_chart_note(a_note(), work)

    remarks = await chart_remarks(work.session)

    assert remarks.notes_of(9, "") == remarks.notes_of(10, "preston") == []


async def test_a_page_as_at_an_earlier_day_does_not_have_a_later_note(work: UnitOfWork) -> None:
    await add_chart_note(a_note(), work)

    assert (await chart_remarks(work.session, until=AT - timedelta(days=1))).notes == []


async def test_a_month_that_has_not_begun_has_no_note(work: UnitOfWork) -> None:
    with pytest.raises(RuleBroken) as refused:
        await add_chart_note(a_note(date(2026, 4, 1)), work)

    assert refused.value.code == "month_to_come"
