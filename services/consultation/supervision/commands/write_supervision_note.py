"""Write the notes of supervision, which the two alone read."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.supervision.database.notes import SupervisionNotes
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class WriteSupervisionNote:
    session_id: UUID
    supervisee_id: UUID
    words: str
    expected_version: int
    """0: nothing was written yet."""


async def write_supervision_note(command: WriteSupervisionNote, work: UnitOfWork) -> None:
    """Nobody else hears of it; what it replaces is kept.

    Raises:
        NotFound: the team has no such session, or that colleague is not supervised in it.
        NotSeen: the actor is not one of the two.
        Conflict: the other one changed it since it was seen.
        RuleBroken: it says nothing.
    """
    notes = SupervisionNotes(work)
    note = await notes.get(command.session_id, command.supervisee_id)
    note.write(command.words, seen=command.expected_version)
    await notes.save(note)
    work.record("supervision_note.write", command.session_id)
