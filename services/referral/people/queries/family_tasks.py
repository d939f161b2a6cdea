"""What must someone still answer about one family?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, bindparam, case, select

from services.referral.database.contact_tables import task
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.task import SAFETY
from shared.contracts.pathway_codes import TaskKind
from shared.database.built_once import written_out
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OpenTask:
    """The page at `/tasks/<task_id>` shows it, and takes the answer."""

    task_id: UUID
    kind: TaskKind
    detail: str
    due_on: date
    about: UUID | None
    """What of the family's it is about, e.g. a measure."""


async def open_tasks(work: UnitOfWork, family_id: UUID) -> Sequence[OpenTask]:
    """Safety first, then what is due first."""
    await check_family(work, family_id)
    rows = await work.session.execute(_OPEN, {"tasks_of": family_id})
    return [OpenTask(row.id, TaskKind(row.kind), row.detail, row.due_on, row.about) for row in rows]


_OPEN = (
    select(task)
    .where(task.c.family_id == bindparam("tasks_of", type_=Uuid()), task.c.answered_at.is_(None))
    .order_by(case((task.c.kind.in_(written_out(SAFETY)), 0), else_=1), task.c.due_on, task.c.raised_at, task.c.id)
)
