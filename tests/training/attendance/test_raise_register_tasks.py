"""A register that nobody closed is a task of its trainer, until it is closed."""

from datetime import UTC, datetime

from sqlalchemy import insert, select

from services.training.attendance.commands.close_register import CloseRegister, close_register
from services.training.attendance.timers.raise_register_tasks import raise_register_tasks
from services.training.database.task_tables import task
from shared.kernel.clock import LONDON
from shared.staff.tables import colleague
from tests.training.a_course import TRAINER, TeachingTeam


async def test_it_is_raised_once_more_than_a_working_day_later_and_closing_it_answers(teaching: TeachingTeam) -> None:
    async with teaching.engine.begin() as connection:
        await connection.execute(insert(colleague).values(id=TRAINER.id, name=TRAINER.name, roles=[]))
    friday = await teaching.plan(starts=datetime(2026, 6, 5, tzinfo=LONDON))
    found: list[int] = []
    for day in (5, 8, 9, 10):
        teaching.now = datetime(2026, 6, day, 20, tzinfo=UTC)
        found.append(await raise_register_tasks(teaching.units))
    assert found == [0, 0, 1, 0]
    [raised] = await teaching.rows(select(task))
    assert (raised.assigned_to, raised.answered_at) == (TRAINER.id, None)

    await teaching.does(close_register, CloseRegister(friday.id, 1, 360))

    [answered] = await teaching.rows(select(task))
    assert (answered.answer, answered.answered_by) == ("The register was closed.", TRAINER.id)
