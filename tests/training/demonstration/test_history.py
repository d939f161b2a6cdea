"""A demonstration's workforce goes through the real commands."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.training.confidence.timers.reckon_confidence import reckon_confidence
from services.training.contents import SERVICE
from services.training.coverage.timers.reckon_coverage import reckon_coverage
from services.training.database.course_tables import booking, certificate, cohort, completion
from services.training.database.workforce_tables import champion_activity, headcount, leave, organisation, person, post
from services.training.demonstration.carry_out import TrainingDemonstration
from services.training.demonstration.history import history
from services.training.demonstration.organisations import EMPLOYERS
from services.training.staff.domain.training_team import TrainingTeam
from shared.testing.recycled import KeptEngine, RecycledService
from shared.testing.told_region import untold_kinds
from tests.training.a_course import TeachingTeam
from tests.training.conftest import NOW

NOT_IN_A_HISTORY = {"training_completed_corrected", "training_expired"}
"""No certificate is withdrawn in a history, and none is old enough to run out: the shortest counts for two years."""


@dataclass(frozen=True)
class Carried:
    engine: AsyncEngine

    async def count(self, table: object, *where: object) -> int:
        async with self.engine.connect() as connection:
            query = select(func.count()).select_from(table)  # pyright: ignore[reportArgumentType]
            return (await connection.scalar(query.where(*where))) or 0  # pyright: ignore[reportArgumentType]


@pytest.fixture
async def carried(recycled_service: RecycledService, kept_engine: KeptEngine) -> Carried:
    engine = await kept_engine(await recycled_service("team-one", "training"))
    demonstration = TrainingDemonstration(engine, TrainingTeam("team-one", 80, certificate_key="11" * 32), bytes(32))
    happenings = history("team-one", NOW)
    await demonstration.introduce(happenings[0].at)
    for one in happenings:
        await demonstration.carry_out(one)
    return Carried(engine)


async def test_people_of_many_places_join_move_leave_and_are_away_and_their_courses_were_held_and_completed(
    carried: Carried,
) -> None:
    assert 110 <= await carried.count(person) <= 140
    assert await carried.count(organisation) == len(EMPLOYERS)
    assert await carried.count(post) > await carried.count(person)
    assert await carried.count(post, post.c.until_on.is_not(None)) >= 8
    assert await carried.count(leave) >= 4
    assert await carried.count(champion_activity) >= 3
    assert await carried.count(headcount) >= 20
    assert await carried.count(person, person.c.is_shared_email) == 9
    assert await carried.count(person, person.c.colleague_id.is_not(None)) == len(SERVICE.people)

    assert await carried.count(cohort) >= 15
    assert await carried.count(booking, booking.c.state == "waiting") >= 3
    assert await carried.count(booking, booking.c.how == "did_not_attend") >= 5
    assert await carried.count(completion) >= 100
    assert await carried.count(certificate) == await carried.count(completion)
    ours = select(completion.c.id).join(person, person.c.id == completion.c.person_id)
    assert await carried.count(ours.where(person.c.colleague_id.is_not(None)).subquery()) >= 2
    units = TeachingTeam(carried.engine, now=NOW).units
    await reckon_coverage(units)
    await reckon_confidence(units)
    assert await untold_kinds(SERVICE, carried.engine) == NOT_IN_A_HISTORY


def test_it_is_the_same_each_time_and_another_for_another_team() -> None:
    assert history("team-one", NOW) == history("team-one", NOW)
    assert history("team-one", NOW) != history("team-two", NOW)


def test_a_short_one_has_everybody_and_fewer_changes() -> None:
    whole, short = (Counter(type(one.action).__name__ for one in history("a", NOW, months=m)) for m in (None, 3))

    assert short["Joins"] < whole["Joins"] < short["Joins"] + 15
    assert short["Leaves"] < whole["Leaves"]
    assert min(one.at for one in history("a", NOW, months=3)) > NOW - timedelta(100)
