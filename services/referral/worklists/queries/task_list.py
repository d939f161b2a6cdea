"""What must somebody of the team answer? Safety first, then what is due first."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, select

from services.referral.database.contact_tables import task
from services.referral.database.tables import episode, referral
from services.referral.staff.database.tasks import Tasks
from services.referral.staff.queries.asking import Asking
from services.referral.worklists.queries.family_shown import FamilyShown, family_shown, people_of
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Level
from shared.staff.listing import Listing
from shared.staff.task_list import TaskFilter, TaskLine, TaskList
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class FamilyTaskLine(TaskLine[TaskKind]):
    """One task of one family; of a family that the reader may not see it says no words."""

    family: FamilyShown
    reference: str | None
    """Of the work that goes on with the family; None when there is none."""


def task_list(asking: Asking, chosen: TaskFilter) -> Listing[FamilyTaskLine]:
    """Open tasks by how pressing they are, or answered ones, the newest first."""
    return _FamilyTasks(asking).find(chosen)


async def one_task(work: UnitOfWork, asking: Asking, task_id: UUID) -> FamilyTaskLine:
    """The task, for somebody who may see its family; the lead reviews an opening without seeing it.

    Raises:
        NotFound: this team has no such task.
        RestrictedRecord: only named colleagues may see the family, and the actor is none of them.
    """
    return await _FamilyTasks(asking).one(work, task_id)


class _FamilyTasks(TaskList[TaskKind, FamilyTaskLine]):
    """Whoever leads the work with the family is responsible."""

    tasks = Tasks
    responsible = episode.c.lead_id

    def __init__(self, asking: Asking) -> None:
        super().__init__(asking.actor, asking.today)
        self._asking = asking

    def found(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """A family has at most one episode that goes on, so a task has one line."""
        goes_on = (
            (episode.c.family_id == task.c.family_id)
            & episode.c.ended_on.is_(None)
            & (episode.c.level != Level.COMMUNITY)
        )
        return select(*columns, episode.c.referral_id).outerjoin_from(task, episode, goes_on)

    def shown(self, lines: Select[Any], found: FromClause) -> Select[Any]:
        said = lines.add_columns(referral.c.reference, people_of(task.c.family_id, self._asking))
        return said.outerjoin(referral, referral.c.id == found.c.referral_id)

    def line(self, row: Any, said: dict[str, Any]) -> FamilyTaskLine:
        family = family_shown(row.family_id, row.people, self.today)
        if family.is_restricted:
            said |= {"detail": "", "asked_for": None, "answer": ""}
        return FamilyTaskLine(**said, family=family, reference=row.reference)
