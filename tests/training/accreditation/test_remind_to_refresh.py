"""Whoever holds a training that ends gets an email 90 and 30 days before, and none when they saw to it."""

from datetime import UTC, datetime, timedelta

from services.training.accreditation.timers.remind_to_refresh import remind_to_refresh
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.clock import LONDON
from tests.training.a_course import TeachingTeam
from tests.training.accreditation.on_the_way import OnTheWay
from tests.training.places.test_place_emails import leaves

COURSE = TrainingCourse.IG_ANNUAL
HELD = {"course": COURSE, "starts": datetime(2026, 5, 12, tzinfo=LONDON)}
END = datetime(2027, 5, 12, 9, tzinfo=UTC)
"""The first day on which it no longer counts."""


async def subjects(team: TeachingTeam) -> list[str]:
    await remind_to_refresh(team.units)
    return [one.subject for one in await leaves(team) if one.subject.startswith("Time to")]


async def test_two_emails_leave_ninety_and_thirty_days_before_the_end_and_each_once(teaching: TeachingTeam) -> None:
    await teaching.completed(1, **HELD)
    sent: dict[int, list[str]] = {}
    for days in (91, 90, 60, 30, 1, 0):
        teaching.now = END - timedelta(days)
        sent[days] = await subjects(teaching)

    assert [days for days, found in sent.items() if found] == [90, 30]
    assert sent[90] == ["Time to refresh: Information governance"]


async def test_none_leaves_after_a_refresher_was_booked_or_completed(teaching: TeachingTeam) -> None:
    await teaching.completed(1, **HELD)
    refresher = await teaching.plan(course=COURSE, starts=END - timedelta(20))
    teaching.now = END - timedelta(80)
    await remind_to_refresh(teaching.units)
    booked = await teaching.book(refresher, 1)
    assert not [
        one for one in await leaves(teaching) if one.subject.startswith("Time to")
    ]  # it waited, as it was booked

    teaching.now = END - timedelta(25)
    assert await subjects(teaching) == []
    await teaching.held(refresher, [booked])
    await teaching.answers(booked)

    assert await subjects(teaching) == []


async def test_an_accreditation_is_renewed_and_its_taught_days_are_not_refreshed(teaching: TeachingTeam) -> None:
    way = await OnTheWay.begins(teaching)
    await way.signed(3)
    await way.granted()

    teaching.now = datetime(2029, 5, 19, 12, tzinfo=UTC)  # the taught days ended today, and the rest in 76 days
    sent = await subjects(teaching)

    assert sent == ["Time to renew your accreditation: Video Interaction Guidance"]
