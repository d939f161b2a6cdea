"""Decide whether one part of a record goes into the copy that someone asked for."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.governance.database.subject_accesses import SubjectAccesses
from services.referral.governance.domain.subject_access import DisclosureDecision
from services.referral.staff.domain.capabilities import CAPABILITIES, DECIDE_DISCLOSURE
from shared.kernel.errors import Conflict, RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DecideDisclosure:
    request_id: UUID
    item: str
    """`table:id`, or `table:id:others` for the part of it that is about other people."""
    decision: DisclosureDecision
    reason: str
    """Why, in words; stays in the team."""


async def decide_disclosure(command: DecideDisclosure, work: UnitOfWork) -> None:
    """A later decision on the same part replaces this one; both stay in the history.

    Raises:
        NotFound: this team has no such request.
        NotAllowed: the actor is neither a practitioner nor the team lead.
        Conflict: the request ended.
        RuleBroken: no reason is given.
    """
    CAPABILITIES.check(work.actor.roles, DECIDE_DISCLOSURE)
    if not command.reason.strip():
        raise RuleBroken("disclosure_reason", "Write why.", field="reason")
    requests = SubjectAccesses(work)
    request = await requests.get(command.request_id, to_change=True)
    if request.closed_on is not None:
        raise Conflict("subject_access_closed", "This request has ended, so nothing more can be decided.")
    await requests.decide(request.id, command.item, command.decision, command.reason, work.actor.id, work.now)
    work.record("disclosure.decide", request.family_id)
