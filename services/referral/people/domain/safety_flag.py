"""Safety flags: what a colleague must know before they visit, call or write. Source: reference 3.4 and 8.1 (H6, H7).

A flag is ended and never removed; one whose review date has passed still counts, and says so. That nobody asked is
not the same as that there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken, changed_meanwhile

LONGEST_REVIEW_DAYS = 366
"""A proposal: no flag goes unread for more than a year."""


class FlagKind(Code):
    CHILD_PROTECTION_PLAN = "child_protection_plan", "Child protection plan"
    CHILD_IN_NEED = "child_in_need", "Child in need"
    LOOKED_AFTER = "looked_after", "Looked after"
    PRE_BIRTH_ASSESSMENT = "pre_birth_assessment", "Pre-birth assessment"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    UNSAFE_ADDRESS = "unsafe_address", "The address must not be given to anyone"
    TWO_TO_VISIT = "two_to_visit", "Visit in twos"
    NO_VOICEMAIL = "no_voicemail", "Leave no voicemail"
    PERPETRATOR_MUST_NOT_KNOW = "perpetrator_must_not_know", "Someone must not know that the family comes to us"
    SUBSTANCE_USE = "substance_use", "Substance use"
    SELF_HARM_RISK = "self_harm_risk", "Risk of self-harm"


CONTACT_FLAGS = frozenset({FlagKind.UNSAFE_ADDRESS, FlagKind.TWO_TO_VISIT, FlagKind.NO_VOICEMAIL})
"""They say how to reach a family, and nothing of why: the head of each of its pages shows them."""


@dataclass(frozen=True)
class FlagDetails:
    """A new flag as someone enters it."""

    kind: FlagKind
    person_id: UUID | None
    """Whom it is about; None: the whole family."""
    from_on: date
    review_on: date
    source: str
    """Who says so, e.g. the social worker by telephone."""
    note: str = ""


@dataclass
class SafetyFlag:
    id: UUID
    family_id: UUID
    person_id: UUID | None
    kind: FlagKind
    from_on: date
    review_on: date
    source: str
    note: str
    version: int = 1
    ended_on: date | None = None
    ending: str | None = None
    """Why it ended; stays in the team."""

    @classmethod
    def begin(cls, flag_id: UUID, family_id: UUID, details: FlagDetails, today: date) -> "SafetyFlag":
        """Raises RuleBroken when a date cannot be right or nobody says where it comes from."""
        if details.from_on > today:
            raise RuleBroken("flag_from", "The flag must begin today or in the past.", field="from_on")
        _check_review(details.review_on, today)
        if not details.source.strip():
            raise RuleBroken("flag_source", "Write who told you, and how.", field="source")
        return cls(
            flag_id,
            family_id,
            details.person_id,
            details.kind,
            details.from_on,
            details.review_on,
            details.source,
            details.note,
        )

    def is_overdue(self, today: date) -> bool:
        """Its review date has passed: it still counts, and nobody has looked since."""
        return self.ended_on is None and self.review_on < today

    def review(self, review_on: date | None, note: str, today: date, *, seen: int) -> None:
        """Keep it until another date, or end it today.

        Args:
            review_on: the next review; None ends the flag.
            note: what is known now; why it ends.

        Raises:
            Conflict: someone reviewed it since.
            RuleBroken: it has ended, the date cannot be right, or nobody says why it ends.
        """
        if seen != self.version:
            raise changed_meanwhile("flag_changed", "Someone reviewed this flag", then="decide again")
        if self.ended_on is not None:
            raise RuleBroken("flag_ended", "This flag has ended. Add a new one if the worry is back.")
        if review_on is None:
            if not note.strip():
                raise RuleBroken("flag_ending", "Write why the flag ends, and who says so.", field="note")
            self.ended_on, self.ending = today, note
        else:
            _check_review(review_on, today)
            self.review_on, self.note = review_on, note or self.note
        self.version += 1


def check_no_flags(flags: Sequence[SafetyFlag]) -> None:
    """Raises RuleBroken when a flag counts, so that "none" would be wrong."""
    if any(flag.ended_on is None for flag in flags):
        raise RuleBroken("flags_known", "A safety flag is on record. Review it, or end it, first.")


def _check_review(review_on: date, today: date) -> None:
    if not today < review_on <= today + timedelta(LONGEST_REVIEW_DAYS):
        raise RuleBroken("flag_review", "The review must be after today and within a year.", field="review_on")
