"""What leaves by email about a place: with its calendar file, once, and only while it is so."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Cohort
from services.training.places.commands.change_cohort import ChangeCohort, change_cohort
from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.database.place_messages import PlaceMessages
from shared.contracts.training_codes import TrainingCourse
from shared.mail import Mail, as_message
from shared.staff.message_sending import send_next
from tests.training.a_course import TeachingTeam


async def leaves(team: TeachingTeam) -> list[Mail]:
    """All that is due."""
    sent: list[Mail] = []

    async def send(mail: Mail) -> None:
        sent.append(mail)

    queue: Any = PlaceMessages
    while await send_next(team.units, queue, send):
        pass
    return sent


async def test_a_place_of_two_days_is_two_emails_with_a_file_each(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan(course=TrainingCourse.IHV_PIMH_CHAMPION)
    booked = await teaching.book(cohort, 1)

    first, second = await leaves(teaching)

    assert first.to == "ada1@bispham.example"
    assert [one.attachments[0].name for one in (first, second)] == ["day-1.ics", "day-2.ics"]
    assert f"https://training.example/place/{booked.secret}" in first.body
    assert b"METHOD:REQUEST" in first.attachments[0].content


async def test_the_method_is_in_the_file_and_in_the_content_type(teaching: TeachingTeam) -> None:
    await teaching.book(await teaching.plan(), 1)
    [mail] = await leaves(teaching)

    whole = message_from_bytes(as_message(mail, "t@one.example").as_bytes(), policy=default)
    [file] = list(whole.iter_attachments())

    assert file.get_content_type() == "text/calendar"
    parameters = file["content-type"].params
    assert (parameters["method"], parameters["charset"]) == ("REQUEST", "utf-8")
    assert "BEGIN:VCALENDAR" in file.get_content()


async def test_who_cancels_before_the_email_leaves_gets_only_the_file_that_takes_it_out(teaching: TeachingTeam) -> None:
    booked = await teaching.book(await teaching.plan(), 1)
    async with teaching.work() as work:
        await give_up_place(GiveUpPlace(booked.id), work)

    [mail] = await leaves(teaching)

    assert b"METHOD:CANCEL" in mail.attachments[0].content
    assert b"SEQUENCE:1" in mail.attachments[0].content


async def test_a_day_that_is_moved_is_sent_again_and_another_trainer_is_not(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan()
    await teaching.book(cohort, 1)
    await leaves(teaching)
    day = cohort.days[0]
    later = replace(day, starts_at=day.starts_at + timedelta(1), ends_at=day.ends_at + timedelta(1))

    await changes(teaching, cohort, co_trainer="Sam Rowe")
    unchanged = await leaves(teaching)
    await changes(teaching, cohort, days=(later,))
    [moved] = await leaves(teaching)

    assert unchanged == []
    assert b"SEQUENCE:1" in moved.attachments[0].content
    assert moved.subject.startswith("New time or place")


async def changes(team: TeachingTeam, cohort: Cohort, **entered: Any) -> None:
    async with team.work() as work:
        stored = await Cohorts(work).get(cohort.id)
        await change_cohort(ChangeCohort(replace(stored, **entered)), work)
