"""Take two more months to answer a request for a copy of a record."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.governance.database.subject_accesses import SubjectAccesses
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ExtendSubjectAccess:
    request_id: UUID
    expected_version: int
    """Of the request on the page."""
    reason: str
    """Why it takes longer; whoever asks is told it."""


async def extend_subject_access(command: ExtendSubjectAccess, work: UnitOfWork) -> None:
    """It is then due three calendar months after it was made.

    Raises:
        NotFound: this team has no such request.
        NotAllowed: the actor is not the team lead.
        Conflict: it ended, was extended, or changed after the page was opened.
        RuleBroken: no reason is given.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    requests = SubjectAccesses(work)
    request = await requests.get(command.request_id, to_change=True)
    request.extend(command.reason, seen=command.expected_version)
    await requests.save(request, work.actor.id)
    work.record("subject_access.extend", request.family_id)
