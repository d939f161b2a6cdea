"""A supervision session is not, or was not, held."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.supervision.database.rules import supervision_rules
from services.consultation.supervision.database.sessions import SupervisionSessions
from services.consultation.supervision.domain.supervision_session import CancelledBy
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CancelSupervision:
    session_id: UUID
    expected_version: int
    by: CancelledBy


async def cancel_supervision(command: CancelSupervision, work: UnitOfWork) -> None:
    """It counts as 0 minutes; of one that was recorded as held, publish that.

    Raises:
        NotFound: the team has no such session.
        NotSeen: the actor is not there, and not the team lead.
        Conflict: it was changed since it was seen.
        RuleBroken: it is cancelled already.
    """
    sessions = SupervisionSessions(work)
    session = await sessions.get_to_change(command.session_id)
    before, told = session.written(), session.told
    session.cancel(command.by, seen=command.expected_version)
    await keep_earlier_version(work, "supervision_session", session.id, command.expected_version, before)
    for event in session.said(await supervision_rules(work), told):
        work.publish(event, about=session)
    await sessions.save(session)
    work.record("supervision.cancel", session.id)
