"""The tasks of a team that works with families: each is about one of them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, update

from services.referral.database.contact_tables import task as table
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from services.referral.staff.domain.task import SAFETY, TASK_RULES
from shared.contracts.pathway import TaskAnswered, TaskHandedOn, TaskRaised
from shared.contracts.pathway_codes import TaskKind
from shared.staff.task import Task
from shared.staff.tasks import TasksAbout


class Tasks(TasksAbout[TaskKind]):
    """Those of one team."""

    table, subject = table, "family_id"
    kinds, rules = TaskKind, TASK_RULES

    def raised(self, task: Task[TaskKind]) -> TaskRaised:
        return TaskRaised(task_id=task.id, family_id=task.subject_id, kind=task.kind)

    def answered(self, task: Task[TaskKind]) -> TaskAnswered:
        return TaskAnswered(task_id=task.id, family_id=task.subject_id, kind=task.kind)

    async def check_subject(self, task: Task[TaskKind]) -> None:
        """The lead reviews an opening without seeing the record."""
        is_review = task.kind is TaskKind.BREAK_GLASS_REVIEW
        if not (is_review and CAPABILITIES.holds(self.work.actor.roles, LEAD_RECORDS)):
            await check_family(self.work, task.subject_id)

    async def hand_on_safety(self, families: Collection[UUID], to: UUID) -> None:
        """What nobody has answered about the safety of these families is that colleague's from now on."""
        asks = (table.c.family_id.in_(families), table.c.kind.in_(SAFETY), table.c.answered_at.is_(None))
        found = await self.work.session.execute(select(table).where(*asks).order_by(table.c.id).with_for_update())
        for task in map(self.read, found):
            event = TaskHandedOn(task_id=task.id, family_id=task.subject_id, kind=task.kind)
            self.work.publish(event, about=task)
            change = update(table).where(table.c.id == task.id)
            await self.work.session.execute(change.values(version=task.version, assigned_to=to))
            self.work.record("task.hand_on", task.subject_id)
