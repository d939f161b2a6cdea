"""Answer a task: what was done, or why nothing needs to be done."""

from services.referral.staff.database.tasks import Tasks
from shared.staff.task import AnswerTask
from shared.unit_of_work import UnitOfWork


async def answer_task(command: AnswerTask, work: UnitOfWork) -> None:
    """Publish TaskAnswered.

    Raises:
        NotFound: this team has no such task.
        NotAllowed: it is not this actor's to answer.
        Conflict: it was answered after the page was opened.
        RuleBroken: the answer says nothing.
    """
    await Tasks(work).answer_task(command)
