"""Record supervision that was held, or plan one that is to come."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.supervision.database.agreements import check_colleagues
from services.consultation.supervision.database.rules import supervision_rules
from services.consultation.supervision.database.sessions import SupervisionSessions
from services.consultation.supervision.domain.supervision_session import SupervisionMeeting, SupervisionSession
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordSupervision:
    session_id: UUID
    """The same for the same form sent twice, which is stored once."""
    meeting: SupervisionMeeting


async def record_supervision(command: RecordSupervision, work: UnitOfWork) -> None:
    """Publish SupervisionGiven for each who had it; of one that is to come, nothing.

    Raises:
        NotSeen: the actor is not there, and not the team lead.
        RuleBroken: something is missing or wrong.
    """
    session = SupervisionSession.of(command.session_id, command.meeting, work.now)
    await check_colleagues(work, {"supervisor": command.meeting.supervisor_id})
    sessions = SupervisionSessions(work)
    if not await sessions.add(session):
        return
    for event in session.said(await supervision_rules(work)):
        work.publish(event, about=session)
    await sessions.save(session)
    work.record("supervision.record", session.id)
