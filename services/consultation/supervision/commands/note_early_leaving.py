"""Somebody left supervision before its end: their own minutes count."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.supervision.database.rules import supervision_rules
from services.consultation.supervision.database.sessions import SupervisionSessions
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class NoteEarlyLeaving:
    session_id: UUID
    supervisee_id: UUID
    minutes: int
    """That they were there."""
    expected_version: int
    """Of the session."""


async def note_early_leaving(command: NoteEarlyLeaving, work: UnitOfWork) -> None:
    """Publish SupervisionGiven anew.

    Raises:
        NotFound: the team has no such session.
        NotSeen: the actor is not there, and not the team lead.
        Conflict: it was changed since it was seen.
        RuleBroken: they were not there, it was not held, or the minutes are more than it lasted.
    """
    sessions = SupervisionSessions(work)
    session = await sessions.get_to_change(command.session_id)
    before = session.written()
    session.note_early_leaving(command.supervisee_id, command.minutes, seen=command.expected_version)
    await keep_earlier_version(work, "supervision_session", session.id, command.expected_version, before)
    for event in session.said(await supervision_rules(work)):
        work.publish(event, about=session)
    await sessions.save(session)
    work.record("supervision.note_early_leaving", session.id)
