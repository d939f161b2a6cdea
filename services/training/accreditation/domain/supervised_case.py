"""A case that somebody worked on after the taught days, under supervision, and that their supervisor signs off.

It has a number, dates and a supervisor: nothing in it says whose case it is, and nothing can, as no words fit.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code
from shared.kernel.errors import Conflict, RuleBroken, changed_meanwhile


class CaseState(Code):
    ASKED = "asked", "Waits to be signed off"
    SIGNED = "signed", "Signed off"
    CAME_BACK = "came_back", "Came back"
    REMOVED = "removed", "Removed"


class CameBackWhy(Code):
    NOT_READY = "not_ready", "Not yet: work on it further, and meet again"
    DATES = "dates", "The dates are not right"
    NOT_MINE = "not_mine", "I did not supervise this case"
    LEFT = "left", "The supervisor no longer signs off"


@dataclass(frozen=True)
class CaseSpan:
    """From the first to the last day of work with the case under supervision."""

    from_on: date
    last_on: date

    def check(self, taught_on: date, today: date) -> None:
        """Raises RuleBroken when it was not after the taught days, or is not over."""
        if self.from_on < taught_on:
            sentence = "Cases count from the last taught day on. Enter a day after it."
            raise RuleBroken("case_before_course", sentence, field="from_on")
        if self.last_on < self.from_on:
            raise RuleBroken("case_span", "The last day is before the first one.", field="last_on")
        if self.last_on > today:
            raise RuleBroken("case_future", "A case is signed off when it is over. Enter a past day.", field="last_on")


@dataclass
class SupervisedCase:
    id: UUID
    person_id: UUID
    """Who worked on it."""
    course: TrainingCourse
    number: int
    """Theirs, from 1 in each course."""
    span: CaseSpan
    supervisor_id: UUID
    """Account of the colleague who is asked to sign it off."""
    recorded_by: UUID
    asked_at: datetime
    """UTC, as the other moments."""
    state: CaseState = CaseState.ASKED
    came_back_why: CameBackWhy | None = None
    answered_at: datetime | None = None
    answered_by: UUID | None = None
    counted_by: UUID | None = None
    """The accreditation that it led to: it counts once."""
    version: int = 1

    @property
    def page(self) -> str:
        return f"/cases/{self.id}"

    def sign_off(self, who: UUID, now: datetime, *, seen: int) -> None:
        """Raises Conflict when it does not wait for that any more."""
        self._check_asked(seen)
        self.state, self.answered_by, self.answered_at = CaseState.SIGNED, who, now
        self.version += 1

    def send_back(self, why: CameBackWhy, who: UUID, now: datetime, *, seen: int) -> None:
        """Likewise."""
        self._check_asked(seen)
        self.state, self.came_back_why = CaseState.CAME_BACK, why
        self.answered_by, self.answered_at = who, now
        self.version += 1

    def ask_again(self, span: CaseSpan, supervisor_id: UUID, now: datetime, *, seen: int) -> None:
        """With other dates, or somebody else. Raises Conflict when it was signed off or removed meanwhile."""
        self._check_open(seen)
        self.span, self.supervisor_id, self.asked_at = span, supervisor_id, now
        self.state, self.came_back_why, self.answered_at, self.answered_by = CaseState.ASKED, None, None, None
        self.version += 1

    def remove(self, *, seen: int) -> None:
        """It was recorded by mistake. Raises Conflict when it was signed off, as that is locked."""
        self._check_open(seen)
        self.state, self.came_back_why = CaseState.REMOVED, None
        self.version += 1

    def _check_asked(self, seen: int) -> None:
        if seen != self.version:
            raise changed_meanwhile("case_changed", "Someone changed this case")
        if self.state is not CaseState.ASKED:
            raise Conflict("case_answered", "This case was answered before. Go back to the accreditation.")

    def _check_open(self, seen: int) -> None:
        if seen != self.version:
            raise changed_meanwhile("case_changed", "Someone changed this case")
        if self.state in (CaseState.SIGNED, CaseState.REMOVED):
            raise Conflict("case_locked", "This case is closed: what was signed off stays as it is.")
