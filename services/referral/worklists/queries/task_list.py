"""What must someone of the team answer? Safety first, then what is due first."""

from collections.abc import Mapping
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
from shared.contracts.vocabulary import Level, Role
from shared.staff.task_list import TaskLine, TaskList
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class FamilyTaskLine(TaskLine[TaskKind]):
    """One task of one family; of a family that the reader may not see it says no words."""

    family: FamilyShown
    reference: str | None
    """Of the work that goes on with the family; None when there is none."""


async def one_task(work: UnitOfWork, asking: Asking, task_id: UUID) -> FamilyTaskLine:
    """The task, for someone who may see its family; the lead reviews an opening without seeing it.

    Raises:
        NotFound: this team has no such task.
        RestrictedRecord: only named colleagues may see the family, and the actor is none of them.
    """
    return await FamilyTasks(asking).one(work, task_id)


ABOUT_PAGES: Mapping[TaskKind, str] = {
    TaskKind.SELF_HARM_ANSWER: "/measures/{about}",
    TaskKind.SAFEGUARDING_ANSWER: "/measures/{about}",
    TaskKind.RISK_NOTE: "/risk-notes",
    TaskKind.NON_ATTENDANCE: "/sessions",
    TaskKind.SUPERVISION: "/sessions/{about}",
    TaskKind.YOUNG_PARENT: "/people",
    TaskKind.BIRTH_NOT_RECORDED: "/people",
    TaskKind.HAND_OVER: "/plan",
}
"""Of the family's pages, that on which one reads what a task is about."""


class FamilyTasks(TaskList[TaskKind, FamilyTaskLine]):
    """Whoever leads the work with the family is responsible. Gives open tasks by how pressing they are."""

    tasks = Tasks
    responsible = episode.c.lead_id

    def __init__(self, asking: Asking) -> None:
        super().__init__(asking.actor, asking.now)

    @classmethod
    def found(cls, roles: frozenset[Role], *columns: ColumnElement[Any]) -> Select[Any]:  # noqa: ARG003 - everyone sees them
        """A family has at most one episode that goes on, so a task has one line."""
        goes_on = (
            (episode.c.family_id == task.c.family_id)
            & episode.c.ended_on.is_(None)
            & (episode.c.level != Level.COMMUNITY)
        )
        return select(*columns, episode.c.referral_id).outerjoin_from(task, episode, goes_on)

    @classmethod
    def shown(cls, lines: Select[Any], found: FromClause) -> Select[Any]:
        said = lines.add_columns(referral.c.reference, people_of(task.c.family_id))
        return said.outerjoin(referral, referral.c.id == found.c.referral_id)

    def about_page(self, row: Any) -> str:
        end = ABOUT_PAGES.get(TaskKind(row.kind))
        return f"/families/{row.family_id}{end.format(about=row.about)}" if end else row.asked_for or ""

    def line(self, row: Any, said: dict[str, Any]) -> FamilyTaskLine:
        family = family_shown(row.family_id, row.people, self.today)
        if family.is_restricted:
            said |= {"detail": "", "asked_for": None, "about_page": "", "answer": ""}
        return FamilyTaskLine(**said, family=family, reference=row.reference)
