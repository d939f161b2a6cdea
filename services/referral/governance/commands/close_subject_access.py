"""Say how a request for a copy of a record ended."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.governance.database.subject_accesses import SubjectAccesses
from services.referral.governance.domain.subject_access import AccessOutcome
from services.referral.staff.domain.capabilities import CAPABILITIES, DECIDE_DISCLOSURE
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CloseSubjectAccess:
    request_id: UUID
    expected_version: int
    """Of the request on the page."""
    outcome: AccessOutcome


async def close_subject_access(command: CloseSubjectAccess, work: UnitOfWork) -> None:
    """The copy itself is not kept.

    Raises:
        NotFound: this team has no such request.
        NotAllowed: the actor is neither a practitioner nor the team lead.
        Conflict: it ended already, or changed after the page was opened.
    """
    CAPABILITIES.check(work.actor.roles, DECIDE_DISCLOSURE)
    requests = SubjectAccesses(work)
    request = await requests.get(command.request_id, to_change=True)
    request.close(command.outcome, work.today, seen=command.expected_version)
    await requests.save(request, work.actor.id)
    work.record("subject_access.close", request.family_id)
