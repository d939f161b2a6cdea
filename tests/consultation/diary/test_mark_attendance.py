"""One tap a person."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.consultation.diary.commands.mark_attendance import MarkAttendance, mark_attendance
from services.consultation.diary.queries.meeting_register import meeting_register
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.conftest import ANN, NOW, AskedTeam
from tests.consultation.diary.test_book_meeting import books
from tests.consultation.diary.test_plan_meeting import plans


async def marks(asked: AskedTeam, meeting_id: UUID, booking_id: UUID, *, came: bool = True) -> None:
    async with asked.begin(ANN) as work:
        await mark_attendance(MarkAttendance(meeting_id, booking_id, came), work)


async def test_a_tap_is_saved_a_second_one_changes_nothing_and_the_other_button_takes_it_back(
    asked: AskedTeam,
) -> None:
    meeting_id = await plans(asked, starts_at=NOW + timedelta(hours=1))
    booking_id = await books(asked, meeting_id)

    for came in (True, True, False):
        await marks(asked, meeting_id, booking_id, came=came)

    async with asked.begin(ANN) as work:
        [row] = await meeting_register(work, meeting_id)
    assert (row.came, row.marked_at) == (False, NOW)


async def test_before_the_day_nobody_is_marked_and_no_place_of_another_meeting_is(asked: AskedTeam) -> None:
    later, today = await plans(asked), await plans(asked, starts_at=NOW + timedelta(hours=1))
    booking_id = await books(asked, later)

    with pytest.raises(RuleBroken):
        await marks(asked, later, booking_id)
    with pytest.raises(NotFound):
        await marks(asked, today, booking_id)
    with pytest.raises(NotFound):
        await marks(asked, new_id(), booking_id)
