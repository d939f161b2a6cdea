"""A champion did something."""

from datetime import date, timedelta

import pytest

from services.training.coverage.commands.record_champion_activity import (
    RecordChampionActivity,
    record_champion_activity,
)
from services.training.coverage.domain.champion import COURSE, ChampionState
from services.training.coverage.queries.champion_list import champion_list
from shared.contracts.training_codes import ChampionWork
from shared.contracts.workforce import RegionalChampionActivityRecorded
from shared.kernel.errors import NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import PRIYA, TODAY, TrainedTeam
from tests.training.coverage.trained_people import Filled


async def test_she_is_active_from_then_on_and_it_is_told_once(trained: TrainedTeam) -> None:
    await Filled(trained).hold([trained.person_id], course=COURSE)
    command = RecordChampionActivity(new_id(), trained.person_id, ChampionWork.TAUGHT, TODAY, 12)
    published: list[object] = []
    async with trained.begin() as work:
        [before] = await champion_list(work)
    for _ in range(2):
        async with trained.begin(PRIYA) as work:
            await record_champion_activity(command, work)
            published += [one.event.for_region() for one in work.published]
    async with trained.begin() as work:
        [now] = await champion_list(work)

    assert (before.today.state, now.today.state, now.in_a_year) == (ChampionState.QUIET, ChampionState.ACTIVE, 1)
    assert published == [RegionalChampionActivityRecorded(month=date(2026, 3, 1), kind=ChampionWork.TAUGHT)]


async def test_of_somebody_who_is_no_champion_of_nobody_and_of_a_day_to_come_it_is_refused(
    trained: TrainedTeam,
) -> None:
    await Filled(trained).hold([trained.person_id], course=COURSE)
    for who, day, kind in (
        (trained.other_id, TODAY, RuleBroken),
        (new_id(), TODAY, NotFound),
        (trained.person_id, TODAY + timedelta(1), RuleBroken),
    ):
        with pytest.raises(kind):
            async with trained.begin() as work:
                await record_champion_activity(RecordChampionActivity(new_id(), who, ChampionWork.TAUGHT, day), work)
