"""What the region hears of who is trained: people of a sector and profession, and nobody's organisation."""

from datetime import date, timedelta
from typing import Any

from services.training.coverage.commands.record_champion_activity import (
    RecordChampionActivity,
    record_champion_activity,
)
from services.training.coverage.timers.reckon_coverage import reckon_coverage
from services.training.workforce.commands.add_organisation import AddOrganisation, add_organisation
from shared.contracts.training_codes import ChampionWork, TrainingCourse
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.identifiers import new_id
from tests.training.a_course import TeachingTeam
from tests.training.conftest import NOW, TODAY, TrainedTeam
from tests.training.coverage.trained_people import Filled


async def reckons(trained: TrainedTeam) -> int:
    return await reckon_coverage(TeachingTeam(trained.engine, now=NOW).units)


async def told(trained: TrainedTeam, fact: str) -> list[dict[str, Any]]:
    events = await TeachingTeam(trained.engine).told(audience="region")
    return [one.body for one in events if one.type == f"uk.pairs.regional.{fact}.v1"]


async def test_the_region_hears_how_many_of_a_sector_and_profession_are_in_date_when_a_month_ended(
    trained: TrainedTeam,
) -> None:
    known, unknown = new_id(), new_id()
    async with trained.begin() as work:
        await add_organisation(AddOrganisation(known, "X Maternity", SourceGroup.MATERNITY), work)
        await add_organisation(AddOrganisation(unknown, "Y Maternity", SourceGroup.MATERNITY), work)
    filled = Filled(trained)
    await filled.hold([*(await filled.people(3, known)), *(await filled.people(2, unknown))])
    await filled.headcount(known, 20, date(2026, 2, 2))

    changed = await reckons(trained)
    assert (changed > 0, await reckons(trained)) == (True, 0)

    cell = {"month": "2026-02-01", "course": "IMH_PIR", "sector": "maternity", "profession": "midwife"}
    assert {**cell, "in_date": 3, "headcount": 20} in await told(trained, "coverage_reckoned")


async def test_the_region_hears_how_many_champions_did_something_in_the_six_months_before(trained: TrainedTeam) -> None:
    place = new_id()
    async with trained.begin() as work:
        await add_organisation(AddOrganisation(place, "X Maternity", SourceGroup.MATERNITY), work)
    filled = Filled(trained)
    people = await filled.people(3, place)
    await filled.hold(people, (date(2025, 9, 1), None), course=TrainingCourse.IHV_PIMH_CHAMPION)
    async with trained.begin() as work:
        for person, days in zip(people, (10, 400), strict=False):
            done = RecordChampionActivity(new_id(), person, ChampionWork.TAUGHT, TODAY - timedelta(days), 4)
            await record_champion_activity(done, work)

    await reckons(trained)

    assert (await told(trained, "champions_reckoned"))[-1] == {"month": "2026-02-01", "champions": 3, "active": 1}
