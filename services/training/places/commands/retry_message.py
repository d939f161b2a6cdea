"""Try an email again that failed."""

from services.training.places.database.place_messages import PlaceMessages
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_COURSES
from shared.staff.message import RetryMessage


async def retry_message(command: RetryMessage, work: TrainingWork) -> None:
    """It leaves with the next run of the timer.

    Raises:
        NotAllowed: the actor does not look after courses.
        NotFound: this team has no such message.
        Conflict: it left, was stopped or was tried again since the page was opened.
        RuleBroken: it would come too late.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_COURSES)
    await PlaceMessages(work).retry(command)
