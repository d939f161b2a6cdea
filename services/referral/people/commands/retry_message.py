"""Try a message again that failed."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.messages import Messages
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RetryMessage:
    message_id: UUID
    expected_version: int
    """Of the message on the page."""


async def retry_message(command: RetryMessage, work: UnitOfWork) -> None:
    """It leaves with the next run of the timer.

    Raises:
        NotFound: this team has no such message.
        NotAllowed: the actor does not work in the team.
        Conflict: it left, was stopped or was tried again since the page was opened.
        RuleBroken: it would come too late.
    """
    messages = Messages(work)
    message = await messages.get_to_change(command.message_id)
    message.retry(work.now, work.actor.roles, seen=command.expected_version)
    await messages.save(message)
    work.record("message.retry", message.family_id)
