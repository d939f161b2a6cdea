"""Say what was done about a task."""

from services.training.staff.database.tasks import Tasks
from shared.staff.task import AnswerTask
from shared.unit_of_work import UnitOfWork


async def answer_task(command: AnswerTask, work: UnitOfWork) -> None:
    """Raises what `TasksAbout.answer_task` says."""
    await Tasks(work).answer_task(command)
