"""A completion was recorded by mistake: it counts for nothing, and its certificates say that they are withdrawn."""

from dataclasses import dataclass
from uuid import UUID

from services.training.certificates.commands.take_back_completion import take_back_completion
from services.training.certificates.database.completions import Completions
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS


@dataclass(frozen=True)
class WithdrawCompletion:
    completion_id: UUID
    expected_version: int
    why: str


async def withdraw_completion(command: WithdrawCompletion, work: TrainingWork) -> None:
    """Publish what `take_back_completion` does. Why is for the team; whoever checks it learns the day only.

    Raises:
        NotAllowed: the actor is not the team lead.
        NotFound: the team has no such completion.
        Conflict: it was withdrawn before, or changed after the page was opened.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    one = await Completions(work).get_to_change(command.completion_id)
    await take_back_completion(one, command.why, work, seen=command.expected_version)
