"""How many of each organisation and profession are trained and in date, against the headcount."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.training.certificates.commands.withdraw_completion import WithdrawCompletion, withdraw_completion
from services.training.coverage.queries.coverage_table import CoverageTable, coverage_table
from services.training.database.course_tables import completion
from services.training.database.workforce_tables import post
from services.training.workforce.commands.add_leave import AddLeave, add_leave
from services.training.workforce.commands.add_organisation import AddOrganisation, add_organisation
from services.training.workforce.commands.end_post import EndPost, end_post
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.identifiers import new_id
from tests.training.conftest import TODAY, TOM, TrainedTeam
from tests.training.coverage.trained_people import LAPSED, Filled

APRIL = date(2025, 4, 1)
MIDWIFE, GP = Profession.MIDWIFE, Profession.GP


@dataclass
class Places:
    trained: TrainedTeam
    filled: Filled
    x: UUID
    y: UUID

    async def table(self, day: date = TODAY, *, without_leave: bool = False) -> CoverageTable:
        async with self.trained.begin() as work:
            return await coverage_table(work, TrainingCourse.IMH_PIR, day, without_leave=without_leave)

    async def cell(
        self, at: UUID, day: date = TODAY, *, without_leave: bool = False
    ) -> tuple[int, int | None, int | None]:
        table = await self.table(day, without_leave=without_leave)
        [one] = [row.by_profession[MIDWIFE] for row in table.rows if row.organisation_id == at]
        return one.in_date, one.of, one.percent


@pytest.fixture
async def places(trained: TrainedTeam) -> Places:
    x, y = new_id(), new_id()
    async with trained.begin() as work:
        await add_organisation(AddOrganisation(x, "X Maternity", SourceGroup.MATERNITY), work)
        await add_organisation(AddOrganisation(y, "Y Maternity", SourceGroup.MATERNITY), work)
    return Places(trained, Filled(trained), x, y)


async def test_leave_counts_against_the_headcount_and_is_on_neither_side_without_it(places: Places) -> None:
    at_work, away = await places.filled.people(18, places.x), await places.filled.people(2, places.x, away=True)
    await places.filled.hold([*at_work[:15], away[0]])
    await places.filled.hold(at_work[15:], LAPSED)
    await places.filled.headcount(places.x, 20, APRIL)

    assert await places.cell(places.x) == (16, 20, 80)
    assert await places.cell(places.x, without_leave=True) == (15, 18, 83)


async def test_more_than_the_headcount_is_no_percentage_and_none_is_not_known_and_out_of_the_sum(
    places: Places,
) -> None:
    await places.filled.hold(await places.filled.people(22, places.x))
    await places.filled.hold(await places.filled.people(41, places.y))
    await places.filled.headcount(places.x, 20, APRIL)
    table = await places.table()

    assert await places.cell(places.x) == (22, 20, None)
    assert await places.cell(places.y) == (41, None, None)
    assert (table.whole.in_date, table.whole.of, table.whole.percent) == (22, 20, None)
    assert [row.whole.in_words for row in table.rows if row.organisation_id == places.y] == ["41, headcount not known"]


async def test_somebody_with_two_jobs_counts_in_each_and_once_in_the_sum(places: Places) -> None:
    [who] = await places.filled.people(1, places.x)
    await places.filled.work([who], places.y, MIDWIFE)
    await places.filled.hold([who])
    for at in (places.x, places.y):
        await places.filled.headcount(at, 10, APRIL)
    table = await places.table()

    assert [(await places.cell(at))[:2] for at in (places.x, places.y)] == [(1, 10), (1, 10)]
    assert (table.whole.in_date, table.whole.of) == (1, 20)
    assert (table.by_profession[MIDWIFE].in_date, table.by_profession[MIDWIFE].of) == (1, 20)


@pytest.mark.parametrize(("day", "counts"), [(date(2026, 6, 30), 1), (date(2026, 7, 1), 0)])
async def test_the_last_day_of_a_job_counts_and_the_day_after_does_not(places: Places, day: date, counts: int) -> None:
    people = await places.filled.people(1, places.x, GP)
    await places.filled.work(people, places.x, MIDWIFE, date(2026, 7, 1))
    await places.filled.hold(people)
    await places.filled.headcount(places.x, 5, APRIL)

    assert (await places.cell(places.x, day))[:2] == (counts, 5)


@pytest.mark.parametrize(("day", "counts"), [(date(2026, 6, 30), 1), (date(2026, 7, 1), 0)])
async def test_what_runs_out_counts_on_its_last_day_and_no_longer_at_midnight(
    places: Places, day: date, counts: int
) -> None:
    await places.filled.hold(await places.filled.people(1, places.x), (date(2023, 7, 1), date(2026, 7, 1)))
    await places.filled.headcount(places.x, 5, APRIL)

    assert (await places.cell(places.x, day))[:2] == (counts, 5)


async def test_after_each_command_the_next_look_sees_it(places: Places) -> None:
    people = await places.filled.people(2, places.x)
    await places.filled.hold(people)
    await places.filled.headcount(places.x, 5, APRIL)
    [held] = await places.trained.rows(completion, person_id=people[0])
    [job] = await places.trained.rows(post, person_id=people[1])
    seen = [(await places.cell(places.x, without_leave=True))[:2]]
    async with places.trained.begin(TOM) as work:
        await withdraw_completion(WithdrawCompletion(held.id, held.version, "Not theirs."), work)
    seen.append((await places.cell(places.x, without_leave=True))[:2])
    async with places.trained.begin() as work:
        await add_leave(AddLeave(new_id(), people[0], TODAY), work)
    seen.append((await places.cell(places.x, without_leave=True))[:2])
    async with places.trained.begin() as work:
        await end_post(EndPost(job.id, TODAY - timedelta(1), job.version), work)

    assert seen == [(2, 2), (1, 2), (1, 1)]
    assert (await places.cell(places.x))[:2] == (0, 5)


async def test_the_newest_headcount_on_or_before_the_day_counts_whenever_it_was_entered(places: Places) -> None:
    await places.filled.headcount(places.x, 40, date(2026, 1, 1))
    await places.filled.headcount(places.x, 20, APRIL)

    assert [(await places.cell(places.x, day))[1] for day in (date(2025, 12, 31), TODAY)] == [20, 40]
    table = await places.table()
    assert table.counted == (date(2026, 1, 1), date(2026, 1, 1))


async def test_where_nobody_is_on_the_register_the_headcount_says_of_how_many(places: Places) -> None:
    await places.filled.headcount(places.x, 7, APRIL)

    assert await places.cell(places.x) == (0, 7, 0)


async def test_a_course_that_was_withdrawn_or_of_another_kind_is_not_held(places: Places) -> None:
    people = await places.filled.people(2, places.x)
    await places.filled.hold(people, course=TrainingCourse.NBO)
    await places.filled.headcount(places.x, 5, APRIL)

    assert (await places.cell(places.x))[0] == 0
