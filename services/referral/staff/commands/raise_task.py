"""Ask someone of the team to answer something; other commands, and timers, do this."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.staff.database.tasks import Tasks
from shared.contracts.pathway_codes import TaskKind
from shared.staff.task import AskedOfColleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RaiseTask:
    family_id: UUID
    kind: TaskKind
    about: UUID | None = None
    """What it is about: a task of the same kind about the same thing is not raised twice, not even once answered."""
    episode_id: UUID | None = None
    detail: str = ""
    """More than the kind says, in the team's words."""
    assigned_to: UUID | None = None
    """None: whoever leads the work with the family, and the team while nobody does."""
    asked: AskedOfColleague | None = None


async def raise_task(command: RaiseTask, work: UnitOfWork) -> UUID | None:
    """Publish TaskRaised; gives the task's id, or None when there is one already."""
    return await Tasks(work).raise_task(
        command.family_id,
        command.kind,
        about=command.about,
        detail=command.detail,
        assigned_to=command.assigned_to,
        asked=command.asked,
        more={"episode_id": command.episode_id},
    )
