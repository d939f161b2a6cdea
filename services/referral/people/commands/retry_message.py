"""Try a message again that failed."""

from services.referral.people.database.messages import Messages
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.staff.message import RetryMessage
from shared.unit_of_work import UnitOfWork


async def retry_message(command: RetryMessage, work: UnitOfWork) -> None:
    """It leaves with the next run of the timer.

    Raises:
        NotAllowed: the actor does not work in the team.
        NotFound: this team has no such message.
        Conflict: it left, was stopped or was tried again since the page was opened.
        RuleBroken: it would come too late.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    await Messages(work).retry(command)
