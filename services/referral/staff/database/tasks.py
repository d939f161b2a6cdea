"""Tasks as stored."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from services.referral.database.contact_tables import task as table
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.task import AskedOfColleague, Task, TaskAnswer
from shared.contracts.pathway_codes import TaskKind
from shared.database.mapping import columns_of, read_row
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


class Tasks:
    """The tasks of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def add(self, task: Task) -> bool:
        """Store a new task, unless there is one of its kind about the same thing; says whether it was stored."""
        values = insert(table).values(
            # The first event about it is published when, and only when, it was stored.
            **columns_of(task, without="asked answer") | {"version": task.version + 1},
            asked_by=task.asked.by if task.asked else None,
            asked_for=task.asked.page if task.asked else None,
        )
        stored = await self._session.scalar(values.on_conflict_do_nothing().returning(table.c.id))
        return stored is not None

    async def get(self, task_id: UUID) -> Task:
        """Raises NotFound when this team has no such task."""
        return await self._get(task_id, to_change=False)

    async def get_to_change(self, task_id: UUID) -> Task:
        """As `get`, and locked until the transaction ends."""
        return await self._get(task_id, to_change=True)

    async def save_answer(self, task: Task, answer: TaskAnswer) -> None:
        await self._session.execute(
            update(table)
            .where(table.c.id == task.id)
            .values(version=task.version, answer=answer.words, answered_by=answer.by, answered_at=answer.at)
        )

    async def _get(self, task_id: UUID, *, to_change: bool) -> Task:
        query = select(table).where(table.c.id == task_id)
        found = await self._session.execute(query.with_for_update() if to_change else query)
        if (row := found.one_or_none()) is None:
            raise NotFound("task_not_found", "This team has no such task. Look for it in the list of tasks.")
        if row.kind != TaskKind.BREAK_GLASS_REVIEW:  # about the opening, which the lead reviews without the record
            await check_family(self._work, row.family_id)
        return _task(row)


def _task(row: Any) -> Task:
    asked = AskedOfColleague(row.asked_by, row.asked_for) if row.asked_by else None
    answer = TaskAnswer(row.answer, row.answered_by, row.answered_at) if row.answered_at else None
    return read_row(Task, row, asked=asked, answer=answer)
