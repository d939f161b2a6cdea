"""Answer a task: what was done, or why nothing needs to be done."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.staff.database.tasks import Tasks
from services.referral.staff.domain.task import TaskAnswer
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AnswerTask:
    task_id: UUID
    expected_version: int
    """Of the task on the page that the actor answered."""
    answer: str
    """In the practitioner's own words; stays in the team."""


async def answer_task(command: AnswerTask, work: UnitOfWork) -> None:
    """Publish TaskAnswered.

    Raises:
        NotFound: this team has no such task.
        NotAllowed: it is not this actor's to answer.
        Conflict: it was answered after the page was opened.
        RuleBroken: the answer says nothing.
    """
    tasks = Tasks(work)
    task = await tasks.get_to_change(command.task_id)
    answer = TaskAnswer(command.answer, work.actor.id, work.now)
    work.publish(task.give_answer(answer, work.actor.roles, seen=command.expected_version), about=task)
    await tasks.save_answer(task, answer)
    work.record("task.answer", task.family_id)
