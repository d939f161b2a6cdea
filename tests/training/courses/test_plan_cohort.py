"""A course gets dates."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.training.courses.commands.plan_cohort import PlanCohort, plan_cohort
from services.training.courses.domain.cohort import Cohort
from services.training.courses.packs.courses import COURSES
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.a_course import TeachingTeam, a_cohort

CHAMPION = a_cohort(TrainingCourse.IHV_PIMH_CHAMPION)
DAY_1, DAY_2 = CHAMPION.days


async def test_sent_twice_it_is_one_cohort_with_its_days(teaching: TeachingTeam) -> None:
    for _ in range(2):
        await teaching.does(plan_cohort, PlanCohort(CHAMPION))

    assert [day.number for day in (await teaching.stored(CHAMPION)).days] == [1, 2]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(CHAMPION, capacity=0), "cohort_capacity"),
        (replace(CHAMPION, days=(DAY_1,)), "cohort_days"),
        (replace(CHAMPION, days=(DAY_2, DAY_1)), "cohort_order"),
        (
            replace(CHAMPION, days=(DAY_1, replace(DAY_2, ends_at=DAY_2.starts_at + timedelta(minutes=179)))),
            "cohort_length",
        ),
    ],
    ids=["no place", "a day is missing", "the second day first", "too short for its content"],
)
async def test_what_cannot_be_taught_is_refused(teaching: TeachingTeam, wrong: Cohort, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        await teaching.does(plan_cohort, PlanCohort(wrong))


async def test_a_practitioner_is_told_who_sets_up_courses(teaching: TeachingTeam) -> None:
    with pytest.raises(NotAllowed, match="course_role"):
        async with teaching.work(Actor(new_id(), frozenset({Role.PRACTITIONER}))) as work:
            await plan_cohort(PlanCohort(CHAMPION), work)


def test_every_course_says_where_it_comes_from_and_how_long_it_is() -> None:
    assert set(COURSES) == set(TrainingCourse)
    assert all(one.source.startswith("reference 6") and sum(one.newest.days) for one in COURSES.values())
