"""A file of people is sent."""

from datetime import timedelta

import pytest

from services.training.database.workforce_tables import person, workforce_import
from services.training.staff.database.training_work import TrainingUnits
from services.training.staff.domain.training_team import TrainingTeam
from services.training.workforce.commands.send_people import SendPeople, send_people
from services.training.workforce.timers.forget_imports import forget_imports
from shared.kernel.clock import Clock
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.conftest import ANN, NOW, PRIYA, TODAY, TrainedTeam
from tests.training.workforce.importing import a_file, people, sends

TEAM = TrainingTeam("team-one", 80)


async def test_it_is_kept_as_it_came_and_the_register_is_as_it_was(trained: TrainedTeam) -> None:
    before = await trained.rows(person)
    import_id = await sends(trained, *people(3))

    assert (await trained.row(workforce_import, id=import_id)).content == a_file(*people(3))
    assert await trained.rows(person) == before


async def test_one_that_is_no_table_of_a_day_to_come_of_nowhere_or_of_a_practitioner_is_refused(
    trained: TrainedTeam,
) -> None:
    good = a_file(*people(1))
    for who, command, kind in (
        (ANN, SendPeople(new_id(), b"name\nRuth"), RuleBroken),
        (ANN, SendPeople(new_id(), good, None, TODAY + timedelta(1)), RuleBroken),
        (ANN, SendPeople(new_id(), good, new_id()), NotFound),
        (PRIYA, SendPeople(new_id(), good), NotAllowed),
    ):
        with pytest.raises(kind):
            async with trained.begin(who) as work:
                await send_people(command, work)
    assert [row.id for row in await trained.rows(workforce_import)] == [trained.import_id]


async def test_one_that_nobody_saves_is_thrown_away_after_thirty_days(trained: TrainedTeam) -> None:
    units = [TrainingUnits(TEAM, trained.engine, region_key=bytes(32), clock=at(days)) for days in (29, 31)]

    assert [await forget_imports(one) for one in (*units, units[-1])] == [0, 1, 0]
    assert (await trained.row(workforce_import, id=trained.import_id)).content == b""


def at(days: int) -> Clock:
    return lambda: NOW + timedelta(days)
