"""Say whether it was right to open a restricted record."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.restrictions import BrokenGlass
from services.referral.people.domain.restriction import BreakGlassFinding
from services.referral.staff.database.tasks import Tasks
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ReviewBreakGlass:
    break_glass_id: UUID
    finding: BreakGlassFinding
    note: str
    """What was found and done; stays in the team."""


async def review_break_glass(command: ReviewBreakGlass, work: UnitOfWork) -> None:
    """Publish TaskAnswered, unless someone answered the task already.

    Raises:
        NotFound: this team has no such opening.
        NotAllowed: the actor is not the team lead, or opened the record themselves.
        Conflict: it was reviewed already.
        RuleBroken: the review says nothing.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    openings, tasks = BrokenGlass(work), Tasks(work)
    opening = await openings.get_to_change(command.break_glass_id)
    opening.review(command.finding, command.note, work.actor.id, work.now)
    await openings.save(opening)
    if (task_id := await openings.open_task(opening.id)) is not None:
        task = await tasks.get_to_change(task_id)
        await tasks.answer(task, command.note, seen=task.version)
    work.record("break_glass.review", opening.family_id)
