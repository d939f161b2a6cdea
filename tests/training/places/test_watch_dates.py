"""Somebody leaves an address on the public page of a course, and hears of new dates once."""

from datetime import datetime, timedelta

import pytest

from services.training.database.date_watch_tables import date_watch
from services.training.places.commands.watch_dates import WatchDates, watch_dates
from services.training.places.timers.tell_new_dates import tell_new_dates
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.actor import public_form
from shared.kernel.clock import LONDON
from shared.kernel.identifiers import new_id
from tests.training.a_course import TeachingTeam
from tests.training.places.test_place_emails import leaves

COURSE = TrainingCourse.VIG


@pytest.fixture
async def watched(teaching: TeachingTeam) -> TeachingTeam:
    """Twice by the same address, when there was one time already."""
    await teaching.plan(course=COURSE)
    for email in ("jo@nursery.example", "Jo@nursery.example"):
        async with teaching.work(public_form()) as work:
            await watch_dates(WatchDates(new_id(), COURSE, email), work)
    return teaching


async def test_one_email_leaves_when_there_are_dates_that_were_not_there_before(watched: TeachingTeam) -> None:
    [confirmed] = await leaves(watched)
    assert "/book/dates/" in confirmed.body
    assert await tell_new_dates(watched.units) == 0

    await watched.plan(course=TrainingCourse.NBO, starts=datetime(2026, 9, 1, tzinfo=LONDON))
    assert await tell_new_dates(watched.units) == 0
    await watched.plan(course=COURSE, starts=datetime(2026, 9, 1, tzinfo=LONDON))
    assert [await tell_new_dates(watched.units) for _ in range(2)] == [1, 0]
    [told] = await leaves(watched)

    assert told.to == "jo@nursery.example"
    assert "Tue 1 and Tue 8 September" in told.body
    assert [row.email for row in await watched.rows(date_watch.select())] == [""]


async def test_an_address_is_forgotten_after_a_year_without_new_dates(watched: TeachingTeam) -> None:
    await leaves(watched)
    watched.now += timedelta(366)

    assert await tell_new_dates(watched.units) == 1

    assert [row.email for row in await watched.rows(date_watch.select())] == [""]
    assert [one.subject for one in await leaves(watched)] == []
