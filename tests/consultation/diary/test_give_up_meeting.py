"""Whoever books a place is written to, and gives it up by the link in the email."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.consultation.database.tables import meeting_booking, message
from services.consultation.diary.commands.give_up_meeting import GiveUpMeeting, give_up_meeting
from services.consultation.diary.database.meeting_messages import MeetingMessages
from services.consultation.diary.timers.forget_emails import forget_emails
from services.consultation.staff.database.consultation_work import ConsultationUnits
from shared.kernel.actor import public_form
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.mail import Mail
from shared.staff.message_sending import send_next
from shared.testing.visitor import client_of, hidden_in
from tests.consultation.conftest import SENDER, AskedTeam
from tests.consultation.diary.test_book_meeting import booked_by_email, books, names
from tests.consultation.diary.test_cancel_meeting import cancels
from tests.consultation.diary.test_plan_meeting import TOMORROW, plans


async def leaves(asked: AskedTeam) -> list[Mail]:
    """All that is due."""
    sent: list[Mail] = []

    async def send(mail: Mail) -> None:
        sent.append(mail)

    queue: Any = MeetingMessages
    while await send_next(asked.units, queue, send):
        pass
    return sent


async def test_they_get_the_calendar_file_and_the_link_and_whoever_gave_no_address_nothing(asked: AskedTeam) -> None:
    meeting_id = await plans(asked)
    one = await booked_by_email(asked, meeting_id)
    await books(asked, meeting_id)

    [mail] = await leaves(asked)

    file = mail.attachments[0].content.decode().replace("\r\n ", "")
    assert mail.to == "ruth@grange.example"
    assert f"https://consultation.example/book/places/{one.secret}" in mail.body
    assert "What we carry home" in mail.subject
    assert "METHOD:REQUEST" in file
    assert f"DTSTART;TZID=Europe/London:{TOMORROW:%Y%m%dT%H%M%S}" in file


async def test_by_the_link_they_give_it_up_once_and_it_is_free_for_the_next(asked: AskedTeam) -> None:
    meeting_id = await plans(asked, places=1)
    one = await booked_by_email(asked, meeting_id)
    where = f"/book/places/{one.secret}"

    async with client_of(asked.walked.app) as visitor:
        page = await visitor.get(f"{where}/give-up")
        file = await visitor.get(f"{where}/meeting.ics")
        kept = await names(asked, meeting_id)
        answers = [await visitor.post(f"{where}/give-up", data=hidden_in(page.text)) for _ in range(2)]
        after, asked_again = [await visitor.get(page) for page in (where, f"{where}/give-up")]
        gone = await visitor.get(f"{where}/meeting.ics")

    assert "METHOD:PUBLISH" in file.text
    assert kept == ["Ruth"], "opening a link changes nothing"
    assert [one.headers["location"] for one in answers] == [where, where]
    assert "Give up your place?" in page.text
    assert "You gave up your place" in after.text
    assert "You have no place here now" in asked_again.text
    assert gone.status_code == 404
    assert await names(asked, meeting_id) == []
    await books(asked, meeting_id, "Meg")
    assert [b"METHOD:CANCEL" in one.attachments[0].content for one in await leaves(asked)] == [True]


async def test_when_the_team_cancels_it_they_get_the_file_that_takes_it_out_and_no_confirmation(
    asked: AskedTeam,
) -> None:
    meeting_id = await plans(asked)
    one = await booked_by_email(asked, meeting_id)
    await cancels(asked, meeting_id)

    [mail] = await leaves(asked)

    assert b"SEQUENCE:1" in mail.attachments[0].content
    assert mail.subject.startswith("Cancelled: ")
    with pytest.raises(RuleBroken):
        await gives_up(asked, one.id)


async def test_an_address_that_was_cut_off_tells_nothing_and_there_is_no_place_of_no_address(asked: AskedTeam) -> None:
    await books(asked, await plans(asked))
    async with client_of(asked.walked.app) as visitor:
        answers = [(await visitor.get(f"/book/places/{secret}")).status_code for secret in ("x", "%20")]

    assert answers == [404, 404]
    with pytest.raises(NotFound):
        await gives_up(asked, new_id())


async def test_the_day_after_where_they_were_written_to_is_forgotten_and_who_came_is_not(asked: AskedTeam) -> None:
    meeting_id = await plans(asked)
    one = await booked_by_email(asked, meeting_id)
    the_day_after = ConsultationUnits(SENDER, asked.engine, region_key=b"k" * 32, clock=lambda: TOMORROW + timedelta(2))

    assert [await forget_emails(units) for units in (asked.units, the_day_after, the_day_after)] == [0, 1, 0]

    async with asked.engine.connect() as connection:
        left = select(meeting_booking.c.email, message.c.address, message.c.link)
        its = left.where(message.c.booking_id == meeting_booking.c.id)
        addresses = (await connection.execute(its)).all()
    assert [tuple(row) for row in addresses] == [("", "", "")]
    assert await names(asked, meeting_id) == ["Ruth"]
    async with client_of(asked.walked.app) as visitor:
        assert (await visitor.get(f"/book/places/{one.secret}")).status_code == 404


async def gives_up(asked: AskedTeam, booking_id: Any) -> None:
    async with asked.units.begin(public_form()) as work:
        await give_up_meeting(GiveUpMeeting(booking_id), work)
