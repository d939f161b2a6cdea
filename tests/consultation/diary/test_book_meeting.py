"""Somebody books a place, without an account."""

import asyncio
from uuid import UUID

import pytest

from services.consultation.diary.commands.book_meeting import BookMeeting, book_meeting
from services.consultation.diary.domain.meeting import MeetingBooking
from services.consultation.diary.queries.meeting_register import meeting_register
from shared.contracts.consultation_codes import Profession
from shared.kernel.actor import public_form
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.consultation.conftest import PRIYA, AskedTeam
from tests.consultation.diary.test_plan_meeting import is_held, plans


async def books(asked: AskedTeam, meeting_id: UUID, name: str = "Ruth", booking_id: UUID | None = None) -> UUID:
    command = BookMeeting(booking_id or new_id(), meeting_id, name, Profession.MIDWIFE, "Grange Park")
    async with asked.units.begin(public_form()) as work:
        await book_meeting(command, work)
    return command.booking_id


async def booked_by_email(asked: AskedTeam, meeting_id: UUID) -> MeetingBooking:
    command = BookMeeting(new_id(), meeting_id, "Ruth", Profession.MIDWIFE, "Grange Park", "ruth@grange.example")
    async with asked.units.begin(public_form()) as work:
        return await book_meeting(command, work)


async def names(asked: AskedTeam, meeting_id: UUID) -> list[str]:
    async with asked.begin(PRIYA) as work:
        return [one.name for one in await meeting_register(work, meeting_id)]


async def test_of_two_places_and_ten_at_once_two_are_given_and_nobody_more(asked: AskedTeam) -> None:
    meeting_id = await plans(asked)

    given = await asyncio.gather(*(books(asked, meeting_id) for _ in range(10)), return_exceptions=True)

    refused = [one for one in given if isinstance(one, RuleBroken)]
    assert {one.code for one in refused} == {"meeting_full"}
    assert (len(refused), len(await names(asked, meeting_id))) == (8, 2)


async def test_the_same_form_sent_twice_is_one_place_also_when_it_was_the_last(asked: AskedTeam) -> None:
    meeting_id, booking_id = await plans(asked, places=1), new_id()

    for _ in range(2):
        await books(asked, meeting_id, booking_id=booking_id)

    assert await names(asked, meeting_id) == ["Ruth"]


async def test_a_name_is_needed_and_a_meeting_that_has_not_begun(asked: AskedTeam) -> None:
    with pytest.raises(RuleBroken):
        await books(asked, await plans(asked), name=" ")
    with pytest.raises(RuleBroken):
        await books(asked, await is_held(asked))
    with pytest.raises(NotFound):
        await books(asked, new_id())
