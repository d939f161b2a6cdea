"""Ask a colleague who may do it for something that the actor's own role does not include."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from services.referral.staff.domain.task import TASK_RULES
from shared.kernel.capability import Capability
from shared.kernel.errors import RuleBroken
from shared.staff.task import AskedOfColleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AskColleague:
    family_id: UUID
    needed: Capability
    """What whoever does it holds."""
    what: str
    """What the form is called that does it."""
    page: str
    """Its address."""
    words: str
    """What is needed, and why, in the words of whoever asks; stays in the team."""


async def ask_colleague(command: AskColleague, work: UnitOfWork) -> None:
    """Publish TaskRaised: it is a task of those who may.

    Raises:
        NotAllowed: the actor does not work in the team.
        RestrictedRecord: only named colleagues may see the family, and the actor is none of them.
        RuleBroken: it is not said what is needed.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    await check_family(work, command.family_id)
    if not command.words.strip():
        raise RuleBroken("ask_words", "Write what you need, and why.", field="words")
    asked = AskedOfColleague(work.actor.id, command.page)
    detail = f"{command.what}: {command.words}"
    kind = TASK_RULES.asks_whom(command.needed)
    await raise_task(RaiseTask(command.family_id, kind, detail=detail, asked=asked), work)
    work.record("task.ask", command.family_id)
