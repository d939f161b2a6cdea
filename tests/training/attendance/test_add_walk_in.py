"""Somebody is at the door who did not book."""

import pytest

from services.training.attendance.commands.add_walk_in import AddWalkIn, add_walk_in
from shared.contracts.training import PlaceBooked
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.a_course import TeachingTeam, an_asker


async def test_they_are_here_also_when_all_places_are_taken(teaching: TeachingTeam) -> None:
    cohort, _ = await teaching.full(capacity=2)
    teaching.now = cohort.starts_at
    asked = AddWalkIn(new_id(), cohort.id, 1, an_asker(50, email=""))

    await teaching.does(add_walk_in, asked)

    assert await teaching.counts(cohort) == (3, 0, 0)
    assert [one.type for one in await teaching.told()].count(PlaceBooked.type) == 3


async def test_before_the_day_nobody_is_at_the_door(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan()

    with pytest.raises(RuleBroken, match="register_early"):
        await teaching.does(add_walk_in, AddWalkIn(new_id(), cohort.id, 1, an_asker(50, email="")))
