"""What was said in supervision: the supervisor and the one supervised read and write it, and nobody else, ever.

No role is enough. Whose note it is is settled when it is first written: a session that is corrected afterwards, so that
somebody else supervised it, opens no note to them.
"""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.supervision.domain.supervision_session import SupervisionSession
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotFound, NotSeen, RuleBroken


@dataclass
class SupervisionNote:
    session_id: UUID
    supervisee_id: UUID
    supervisor_id: UUID | None
    """None among peers, and where it is somebody outside the team: then it is the supervisee's own."""
    words: str = ""
    version: int = 0
    """0: nothing is written yet."""

    @classmethod
    def blank(cls, session: SupervisionSession, supervisee_id: UUID) -> "SupervisionNote":
        """Raises NotFound when that colleague is not supervised in the session."""
        if supervisee_id not in session.meeting.supervisees:
            raise NotFound("supervision_note_unknown", "There is no such note. Go back to the session.")
        return cls(session.id, supervisee_id, session.meeting.supervisor_id)

    def is_open_to(self, actor: Actor) -> bool:
        return actor.id in {self.supervisee_id, self.supervisor_id}

    def check_open_to(self, actor: Actor) -> None:
        """Raises NotSeen for everyone but the two."""
        if not self.is_open_to(actor):
            raise NotSeen("supervision_notes", "Only the two whose notes these are can open them.")

    def write(self, words: str, *, seen: int) -> None:
        """Raises Conflict when the other one wrote since it was seen, and RuleBroken when it says nothing."""
        if seen != self.version:
            raise Conflict("note_changed", "The other one of you has changed these notes. Read them again.")
        if not words.strip():
            raise RuleBroken("note_words", "Write something, or go back without saving.", field="words")
        self.words = words
        self.version += 1
