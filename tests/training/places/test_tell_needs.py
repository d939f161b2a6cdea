"""What somebody needs is asked once the place is theirs."""

import pytest

from services.training.places.commands.tell_needs import TellNeeds, tell_needs
from shared.kernel.errors import Conflict
from tests.training.a_course import TeachingTeam


async def test_it_can_be_said_and_taken_back(teaching: TeachingTeam) -> None:
    one = await teaching.book(await teaching.plan(), 1)

    await teaching.does(tell_needs, TellNeeds(one.id, "Large print"))
    said = (await teaching.state(one)).needs
    await teaching.does(tell_needs, TellNeeds(one.id, ""))

    assert (said, (await teaching.state(one)).needs) == ("Large print", "")


async def test_who_waits_is_not_asked_yet(teaching: TeachingTeam) -> None:
    _, people = await teaching.full(waiting=1, capacity=1)

    with pytest.raises(Conflict, match="booking_ended"):
        await teaching.does(tell_needs, TellNeeds(people[1].id, "Large print"))
