"""Say what became of damaged books."""

from shared.staff.task import AnswerTask
from shared.unit_of_work import UnitOfWork
from tests.services.lending.database.tasks import Tasks


async def answer_task(command: AnswerTask, work: UnitOfWork) -> None:
    await Tasks(work).answer_task(command)
