"""Move a supervision session, or correct what is recorded of it."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.supervision.database.agreements import check_colleagues
from services.consultation.supervision.database.rules import supervision_rules
from services.consultation.supervision.database.sessions import SupervisionSessions
from services.consultation.supervision.domain.supervision_session import SupervisionMeeting
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ChangeSupervision:
    session_id: UUID
    expected_version: int
    meeting: SupervisionMeeting


async def change_supervision(command: ChangeSupervision, work: UnitOfWork) -> None:
    """What it replaces is kept. Publish SupervisionGiven for each who had it, and 0 minutes for who no longer did.

    Raises:
        NotFound: the team has no such session.
        NotSeen: the actor is not there, and not the team lead.
        Conflict: it was changed since it was seen.
        RuleBroken: something is missing or wrong.
    """
    sessions = SupervisionSessions(work)
    session = await sessions.get_to_change(command.session_id)
    before, told = session.written(), session.told
    session.change(command.meeting, work.now, seen=command.expected_version)
    await check_colleagues(work, {"supervisor": command.meeting.supervisor_id})
    await keep_earlier_version(work, "supervision_session", session.id, command.expected_version, before)
    for event in session.said(await supervision_rules(work), told):
        work.publish(event, about=session)
    await sessions.save(session)
    work.record("supervision.change", session.id)
