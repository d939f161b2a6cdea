"""A completion was recorded by mistake: it counts for nothing, and its certificates say that they are withdrawn."""

from dataclasses import dataclass
from uuid import UUID

from services.training.certificates.database.certificates import Certificates
from services.training.certificates.database.completions import Completions
from services.training.courses.packs.courses import COURSES
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS


@dataclass(frozen=True)
class WithdrawCompletion:
    completion_id: UUID
    expected_version: int
    why: str


async def withdraw_completion(command: WithdrawCompletion, work: TrainingWork) -> None:
    """Publish TrainingWithdrawn, where others were told. Why is for the team; whoever checks it learns the day only.

    Raises:
        NotAllowed: the actor is not the team lead.
        NotFound: the team has no such completion.
        Conflict: it was withdrawn before, or changed after the page was opened.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    completions = Completions(work)
    one = await completions.get_to_change(command.completion_id)
    colleague_id = await completions.colleague_of(one.person_id)
    withdrawn = one.withdraw(work.actor.id, command.why, colleague_id, work.now, seen=command.expected_version)
    if COURSES[one.course].leads_to_accreditation:
        one.version += 1  # others never heard of it
    else:
        work.publish(withdrawn, about=one)
    await completions.save(one)
    await Certificates(work).withdraw(one.id)
    work.record("training.withdraw", one.id)
