"""An email about a place that failed is on a page with its reason, and is sent again by a press."""

import pytest
from sqlalchemy import select

from services.consultation.database.tables import message
from services.consultation.diary.commands.retry_message import retry_message
from shared.kernel.actor import public_form
from shared.kernel.errors import Conflict, NotAllowed
from shared.staff.message import RetryMessage
from shared.staff.message_sending import send_next
from tests.consultation.conftest import PRIYA, AskedTeam
from tests.consultation.diary.test_book_meeting import booked_by_email
from tests.consultation.diary.test_give_up_meeting import leaves
from tests.consultation.diary.test_plan_meeting import plans
from tests.consultation.every_page import MEETING_MESSAGES, refuses


async def test_it_is_on_the_page_with_its_reason_and_leaves_once_when_somebody_of_the_team_tries_again(
    asked: AskedTeam,
) -> None:
    await booked_by_email(asked, await plans(asked))
    await send_next(asked.units, MEETING_MESSAGES, refuses)
    page = (await asked.priya.get("/messages")).text
    async with asked.engine.connect() as connection:
        failed = (await connection.execute(select(message))).one()
    again = RetryMessage(failed.id, failed.version)

    with pytest.raises(NotAllowed):
        async with asked.units.begin(public_form()) as work:
            await retry_message(again, work)
    async with asked.begin(PRIYA) as work:
        await retry_message(again, work)
    with pytest.raises(Conflict):
        async with asked.begin(PRIYA) as work:
            await retry_message(again, work)

    assert "Ruth" in page
    assert "The mail server refused the address" in page
    assert [one.to for one in await leaves(asked)] == ["ruth@grange.example"]
