"""Let messages leave to a family again after a loss: never by itself, always someone's decision with a reason."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.domain.loss import check_reason, check_stopped
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from shared.contracts.family import MessagesResumed
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ResumeMessages:
    family_id: UUID
    reason: str
    """Why it is right now, e.g. the parents asked for reminders; stays in the team."""


async def resume_messages(command: ResumeMessages, work: UnitOfWork) -> None:
    """Publish MessagesResumed; what was stopped stays stopped, and only new messages leave.

    Raises:
        NotFound: this team has no such family.
        NotAllowed: the actor neither practises nor leads the team.
        RuleBroken: messages are not stopped, or nobody says why.
    """
    CAPABILITIES.check(work.actor.roles, JUDGE)
    check_reason(command.reason)
    families = Families(work)
    family = await families.get_to_change(command.family_id)
    stopped_at = check_stopped(family.messages_stopped_at)
    content = {"messages_stopped_at": stopped_at.isoformat(), "reason": command.reason}
    await keep_earlier_version(work, "messages", family.id, family.version, content)
    family.messages_stopped_at = None
    work.publish(MessagesResumed(family_id=family.id), about=family)
    await families.save(family)
    work.record("messages.resume", family.id)
