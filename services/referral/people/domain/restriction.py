"""Restricted records: only named colleagues may open them, and others in an emergency, in words and for an hour.

Source: reference 8.1 (H18) and 8.2, break-glass: reason, 60 minutes, review within five working days.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.calendar import moment_words
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken

OPEN_FOR = timedelta(minutes=60)
REVIEW_WORKING_DAYS = 5


class RestrictionReason(Code):
    COLLEAGUE = "colleague", "The family of someone who works here, or is known to them"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse: someone must not learn where they are"
    LOOKED_AFTER = "looked_after", "A looked-after or adopted child whose record needs more protection"
    PUBLIC_INTEREST = "public_interest", "The family is in the public eye"
    FAMILY_ASKED = "family_asked", "The family asked for it"


class BreakGlassFinding(Code):
    JUSTIFIED = "justified", "It was right to open the record"
    NOT_JUSTIFIED = "not_justified", "It was not right to open the record"


@dataclass(frozen=True)
class Restriction:
    """In force from the moment it is stored until someone lifts it."""

    id: UUID
    family_id: UUID
    reason: RestrictionReason
    note: str
    colleagues: frozenset[UUID]
    """Who may see the record: whoever restricted it is always among them."""
    restricted_by: UUID
    restricted_at: datetime


@dataclass
class GlassOpening:
    """One opening of a restricted record by someone who was not named."""

    id: UUID
    family_id: UUID
    reason: str
    opened_by: UUID
    opened_at: datetime
    until: datetime
    review_due_on: date
    finding: BreakGlassFinding | None = None
    reviewed_by: UUID | None = None
    reviewed_at: datetime | None = None
    review_note: str = ""
    version: int = 1

    def review(self, finding: BreakGlassFinding, note: str, by: UUID, at: datetime) -> None:
        """Someone else says whether it was right.

        Raises:
            NotAllowed: it is the actor's own.
            Conflict: it was reviewed already.
            RuleBroken: the review says nothing.
        """
        if by == self.opened_by:
            raise NotAllowed("break_glass_own", "You opened this record yourself. Ask another team lead to review it.")
        if self.reviewed_at is not None:
            raise Conflict("break_glass_reviewed", f"This was reviewed on {moment_words(self.reviewed_at)}.")
        if not note.strip():
            raise RuleBroken("break_glass_note", "Write what you found, and what was done about it.", field="note")
        self.finding, self.review_note, self.reviewed_by, self.reviewed_at = finding, note, by, at
        self.version += 1


def check_reason(reason: str) -> None:
    """Raises RuleBroken unless someone said in words why a restricted record must be opened."""
    if len(reason.split()) < 3:
        raise RuleBroken("break_glass_reason", "Say in a sentence why you need to see this record now.", field="reason")
