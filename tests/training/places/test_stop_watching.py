"""Whoever left an address takes it out by the link in our email, and opening the link does nothing."""

import re
from datetime import datetime

import httpx

from services.training.database.date_watch_tables import date_watch
from services.training.places.timers.tell_new_dates import tell_new_dates
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.clock import LONDON
from shared.testing.visitor import hidden_in
from tests.training.a_course import TeachingTeam
from tests.training.places.test_booking_pages import sends, visitor  # pyright: ignore[reportUnusedImport] - a fixture
from tests.training.places.test_place_emails import leaves

__all__ = ["visitor"]


async def test_an_address_is_left_and_taken_out_again(
    teaching: TeachingTeam,
    visitor: httpx.AsyncClient,
) -> None:
    await sends(visitor, "/book/VIG/new-dates", email="jo@nursery.example")
    [confirmed] = await leaves(teaching)
    match = re.search(r"(/book/dates/\S+)", confirmed.body)
    assert match
    await teaching.plan(course=TrainingCourse.VIG, starts=datetime(2026, 9, 1, tzinfo=LONDON))
    await tell_new_dates(teaching.units)  # it waits to leave

    await visitor.get(match[1])
    assert [row.is_stopped for row in await teaching.rows(date_watch.select())] == [False]
    form = hidden_in((await visitor.get(match[1])).text)
    assert [(await visitor.post(match[1], data=form)).status_code for _ in range(2)] == [303, 303]

    assert await leaves(teaching) == []
    assert "We don’t have your address any more" in (await visitor.get(match[1])).text
