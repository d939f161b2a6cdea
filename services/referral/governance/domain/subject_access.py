"""Someone asks for a copy of a record: by when it is due, who may ask, and what is decided about other people's parts.

Source: reference 8.2, right of access: one month, two more where there is a reason; what is about other people is left
out unless someone decides otherwise, and a clinician may withhold what would do serious harm.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.calendar import date_words
from shared.kernel.errors import Conflict, RuleBroken

MONTHS = 1
EXTENDED_MONTHS = 3


class AskerRelation(Code):
    """What whoever asks is to the person whose record it is."""

    SELF = "self", "It is their own record"
    PARENT = "parent", "A parent with parental responsibility, for a child"
    REPRESENTATIVE = "representative", "Someone who acts for them, with written authority"
    PERSONAL_REPRESENTATIVE = "personal_representative", "The representative of someone who died"


class AccessOutcome(Code):
    GIVEN = "given", "The copy was given"
    GIVEN_IN_PART = "given_in_part", "A copy was given, with parts left out"
    REFUSED = "refused", "Refused, with the reason and the way to complain"
    WITHDRAWN = "withdrawn", "They do not want it any more"


class DisclosureDecision(Code):
    """What is decided about one part of a record."""

    INCLUDE = "include", "Give it: they agreed, or it is reasonable without"
    WITHHOLD = "withhold", "Leave it out: it is about someone else, or was told in confidence"
    SERIOUS_HARM = "serious_harm", "Leave it out: it would do serious harm to someone"


def due_after(asked_on: date, months: int) -> date:
    """The same day of a later month, or its last day where it has none."""
    year, month = divmod(asked_on.year * 12 + asked_on.month - 1 + months, 12)
    return date(year, month + 1, min(asked_on.day, monthrange(year, month + 1)[1]))


@dataclass
class SubjectAccess:
    """One request for a copy of one person's record."""

    id: UUID
    family_id: UUID
    subject_id: UUID
    asked_by: str
    relation: AskerRelation
    authority_note: str
    """How it was checked who asks, and that they may."""
    asked_on: date
    due_on: date
    extension_reason: str | None = None
    outcome: AccessOutcome | None = None
    closed_on: date | None = None
    version: int = 1

    def extend(self, reason: str, *, seen: int) -> None:
        """Two months more; said to whoever asks within the first.

        Raises:
            Conflict: it ended, was extended, or changed after the page was opened.
            RuleBroken: no reason is given.
        """
        self._check_open(seen)
        if self.extension_reason is not None:
            raise Conflict("subject_access_extended", f"This was extended already, to {date_words(self.due_on)}.")
        if not reason.strip():
            raise RuleBroken("subject_access_reason", "Write why it takes longer.", field="extension_reason")
        self.extension_reason = reason
        self.due_on = due_after(self.asked_on, EXTENDED_MONTHS)
        self.version += 1

    def close(self, outcome: AccessOutcome, today: date, *, seen: int) -> None:
        """Raises Conflict when it ended already, or changed after the page was opened."""
        self._check_open(seen)
        self.outcome, self.closed_on = outcome, today
        self.version += 1

    def _check_open(self, seen: int) -> None:
        if self.closed_on is not None:
            raise Conflict("subject_access_closed", f"This request ended on {date_words(self.closed_on)}.")
        if seen != self.version:
            raise Conflict("subject_access_changed", "This request was changed after you opened the page.")
