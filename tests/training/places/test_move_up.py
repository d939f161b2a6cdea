"""Somebody who waits comes first, for a reason."""

from datetime import UTC, datetime

import pytest

from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.commands.move_up import MoveUp, move_up
from services.training.places.domain.booking import BookingState
from shared.kernel.actor import public_form
from shared.kernel.errors import NotAllowed
from tests.training.a_course import TeachingTeam

LAST_MINUTE = datetime(2026, 3, 27, 16, tzinfo=UTC)


async def test_to_be_moved_up_needs_a_reason_and_a_trainer_and_costs_nobody_a_place(teaching: TeachingTeam) -> None:
    _cohort, people = await teaching.full(waiting=2)

    with pytest.raises(NotAllowed):
        async with teaching.work(public_form()) as work:
            await move_up(MoveUp(people[15].id, "Leads the ward’s training"), work)
    await teaching.does(move_up, MoveUp(people[15].id, "Leads the ward’s training"))
    await teaching.does(give_up_place, GiveUpPlace(people[0].id))

    first, last = await teaching.state(people[15]), await teaching.state(people[14])
    assert (first.state, last.state) == (BookingState.OFFERED, BookingState.WAITING)
    assert first.why_moved_up == "Leads the ward’s training"
