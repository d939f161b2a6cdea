"""A course is called off: nobody has a place in it any more, and everybody is told."""

import pytest

from services.training.places.commands.call_off_cohort import CallOffCohort, call_off_cohort
from shared.contracts.training_codes import PlaceEnd
from shared.kernel.errors import Conflict
from tests.training.a_course import TeachingTeam


async def test_who_had_a_place_gets_a_file_that_takes_it_out_and_nobody_moves_up(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=1, capacity=2)

    await teaching.does(call_off_cohort, CallOffCohort(cohort.id, cohort.version))

    assert await teaching.counts(cohort) == (0, 0, 0)
    assert {(await teaching.state(one)).how for one in people} == {PlaceEnd.CALLED_OFF}
    assert await teaching.emails(people[0]) == ["place", "given_up"]
    with pytest.raises(Conflict, match="cohort_called_off"):
        await teaching.book(cohort, 50)


async def test_of_another_version_it_is_not_called_off(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan()

    with pytest.raises(Conflict, match="cohort_changed"):
        await teaching.does(call_off_cohort, CallOffCohort(cohort.id, cohort.version + 1))
