"""When a delivery that failed is tried again: ten tries in 75 hours, with growing waits.

Source: Standard Webhooks 1.0, "Deliverability and reliability": its schedule, and 410 as a goodbye.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.vocabulary import Code

WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
"""Between one try and the next."""
JITTER = 0.1
"""Of a wait, at most, and more: those that failed together do not all come back at once."""
TOLD_AT_TRY = 3
"""After which its owner is told."""
WITHIN = timedelta(hours=75)
"""Of the first try the last one is made, whatever the receiver asks for."""
LONGEST_ASKED_FOR = timedelta(hours=24)
"""A receiver that asks for more with Retry-After is not waited for longer."""
CLAIMED_FOR = timedelta(minutes=2)
"""Nobody else tries while an attempt may be on its way."""


class Answer(Code):
    """What came of a try."""

    TAKEN = "taken", "Taken"
    REFUSED = "refused", "Answered with an error"
    REDIRECTED = "redirected", "Led elsewhere, which is not followed"
    GONE = "gone", "Answered that nobody wants it any more (410)"
    SILENT = "silent", "No answer within 15 seconds"
    UNREACHABLE = "unreachable", "Could not be reached"
    NOT_PUBLIC = "not_public", "The address is none of the public internet, so nothing was sent"
    NOT_TRUSTED = "not_trusted", "Its certificate is not valid"


@dataclass(frozen=True)
class Outcome:
    """One try."""

    answer: Answer
    status: int | None = None
    """HTTP's; None where there was none."""
    retry_after: timedelta | None = None

    @property
    def words(self) -> str:
        return f"{self.answer.label} ({self.status})" if self.status else self.answer.label


def next_try(delivery_id: UUID, tries: int, outcome: Outcome, now: datetime, *, began_at: datetime) -> datetime | None:
    """None: it was the last, or nobody wants it any more.

    Args:
        tries: that were made, this one included.
        began_at: when the first of them was made.
    """
    left = began_at + WITHIN - now
    if outcome.answer is Answer.GONE or tries > len(WAITS) or left <= timedelta(0):
        return None
    wait = WAITS[tries - 1]
    part = (delivery_id.int + tries * 7919) % 1000 / 1000
    wait += wait * JITTER * part
    if outcome.retry_after:
        wait = max(wait, min(outcome.retry_after, LONGEST_ASKED_FOR))
    return now + min(wait, left)
