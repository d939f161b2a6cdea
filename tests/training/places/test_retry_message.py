"""An email that failed is on a page with its reason, and is sent again by a press."""

from typing import Any

import pytest
from sqlalchemy import select

from services.training.database.course_tables import message
from services.training.places.commands.retry_message import retry_message
from services.training.places.database.place_messages import PlaceMessages
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed
from shared.mail import Mail, MailTrouble
from shared.staff.message import RetryMessage
from shared.staff.message_sending import send_next
from tests.training.a_course import TeachingTeam
from tests.training.accreditation.on_the_way import PRIYA
from tests.training.conftest import BETH, TrainedTeam
from tests.training.places.test_place_emails import leaves

PLACE_MESSAGES: Any = PlaceMessages


async def refuses(mail: Mail) -> None:  # noqa: ARG001
    raise MailTrouble("address_refused")


async def test_it_leaves_when_somebody_who_may_tries_again_and_once(teaching: TeachingTeam) -> None:
    await teaching.book(await teaching.plan(), 1)
    await send_next(teaching.units, PLACE_MESSAGES, refuses)
    [failed] = await teaching.rows(select(message))
    asked = RetryMessage(failed.id, failed.version)

    with pytest.raises(NotAllowed):
        async with teaching.work(Actor(PRIYA.id, PRIYA.roles)) as work:
            await retry_message(asked, work)
    await teaching.does(retry_message, asked)
    with pytest.raises(Conflict):
        await teaching.does(retry_message, asked)

    assert [one.to for one in await leaves(teaching)] == ["ada1@bispham.example"]


async def test_the_page_says_to_whom_what_failed_and_why(taught: TrainedTeam) -> None:
    units, queue = taught.walked.app.state.units_of_work, PLACE_MESSAGES
    while await send_next(units, queue, refuses):
        pass

    page = (await taught.walked.clients[BETH].get("/messages")).text

    assert "Ada0 Example" in page
    assert "The mail server refused the address" in page
    assert "Try again" in page
