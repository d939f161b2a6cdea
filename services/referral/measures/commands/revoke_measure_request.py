"""Take back a link that a parent or carer has not answered."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.measures.database.measure_requests import MeasureRequests
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RevokeMeasureRequest:
    request_id: UUID
    expected_version: int
    """Of the link on the page that the actor decided on."""


async def revoke_measure_request(command: RevokeMeasureRequest, work: UnitOfWork) -> None:
    """Nobody can answer by it any more.

    Raises:
        NotFound: this team has no such link.
        NotAllowed: the actor does not work in the team.
        Conflict: it was answered or taken back after the page was opened.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    requests = MeasureRequests(work)
    request = await requests.get_to_change(command.request_id)
    request.revoke(work.now, seen=command.expected_version)
    await requests.save(request)
    work.record("measure.revoke_request", request.family_id)
