"""Somebody may give an intervention by themselves: they were taught, worked under supervision, and someone granted it.

Others hear of it as of any training that was completed, expired or was withdrawn; of the taught days alone, not.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.training.certificates.domain.completion import ANNIVERSARY_WITHIN
from services.training.certificates.domain.refresh import Held
from services.training.courses.domain.course import Course
from shared.contracts.consultation_codes import Profession
from shared.contracts.training import TrainingCompleted, TrainingExpired, TrainingHolderChanged, TrainingWithdrawn
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.errors import Conflict, RuleBroken, changed_meanwhile

RENEWS_WITHIN = ANNIVERSARY_WITHIN
"""Before its end; earlier, there is nothing to renew."""


@dataclass
class Accreditation:
    id: UUID
    person_id: UUID
    course: TrainingCourse
    level: int
    sector: SourceGroup
    profession: Profession
    from_on: date
    until_on: date | None
    """The first day on which it no longer counts; None: it never ends."""
    granted_at: datetime
    granted_by: UUID
    expired_told_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: UUID | None = None
    withdrawn_why: str = ""
    told_to: UUID | None = None
    """Of whose account the team’s other services were told."""
    version: int = 0

    @property
    def held(self) -> Held:
        return Held(self.from_on, self.until_on)

    def granted(self, colleague_id: UUID | None, *, home_team: str | None = None) -> TrainingCompleted:
        """Args: home_team: in whose area they work, where that is another team's."""
        self.told_to = colleague_id
        return TrainingCompleted(**self._told(colleague_id), home_team=home_team)

    def tell_holder(self, colleague_id: UUID | None) -> TrainingHolderChanged:
        self.told_to = colleague_id
        return TrainingHolderChanged(
            completion_id=self.id,
            colleague_id=colleague_id,
            course=self.course,
            held_from=self.from_on,
            until_on=self.until_on,
        )

    def expire(self, colleague_id: UUID | None, now: datetime) -> TrainingExpired:
        """Told once. Raises RuleBroken when it never ends."""
        if self.until_on is None:
            raise RuleBroken("training_endless", "This training does not have to be refreshed.")
        self.expired_told_at = now
        return TrainingExpired(**self._told(colleague_id))

    def withdraw(
        self, who: UUID, why: str, colleague_id: UUID | None, now: datetime, *, seen: int
    ) -> TrainingWithdrawn:
        """Raises Conflict when it was withdrawn before, or changed after the page was opened."""
        if self.withdrawn_at:
            raise Conflict("accreditation_withdrawn", "This was withdrawn before.")
        if seen != self.version:
            raise changed_meanwhile("accreditation_changed", "Someone changed this accreditation")
        self.withdrawn_at, self.withdrawn_by, self.withdrawn_why = now, who, why
        return TrainingWithdrawn(**self._told(colleague_id))

    def _told(self, colleague_id: UUID | None) -> dict[str, Any]:
        """What others hear of it, whatever became of it."""
        return {
            "completion_id": self.id,
            "colleague_id": colleague_id,
            "course": self.course,
            "level": self.level,
            "sector": self.sector,
            "profession": self.profession,
            "held_from": self.from_on,
            "until_on": self.until_on,
        }


@dataclass(frozen=True)
class Standing:
    """Where somebody is on the way to an accreditation, or to its renewal, on a day."""

    course: Course
    today: date
    taught: Held | None
    """Of the taught days, what counts longest; None: they did not complete them."""
    held: Held | None
    """Of accreditations, likewise."""
    signed: int
    """Cases signed off that led to no accreditation yet."""
    asked: int

    @property
    def counts(self) -> bool:
        """They hold it today."""
        return self.held is not None and self.held.counts_on(self.today)

    @property
    def needed(self) -> int:
        """Of one that has ended everything is needed once more."""
        return self.course.renewal_cases if self.counts else self.course.supervised_cases

    @property
    def renews_from(self) -> date | None:
        """The first day on which what they hold may be renewed; None: they hold none, or it never ends."""
        return self.held.until_on - RENEWS_WITHIN if self.counts and self.held and self.held.until_on else None

    @property
    def missing(self) -> list[str]:
        """What stands in the way of granting it today, a sentence each."""
        return [sentence for sentence in (self._taught(), self._cases(), self._early()) if sentence]

    def check(self) -> None:
        """Raises RuleBroken when it may not be granted today."""
        if missing := self.missing:
            raise RuleBroken("accreditation_missing", " ".join(missing))

    def _taught(self) -> str:
        if self.counts or (self.taught and self.taught.counts_on(self.today)):
            return ""
        return (
            "The taught days are over their date: they go to the course again."
            if self.taught
            else ("The taught days are not completed.")
        )

    def _cases(self) -> str:
        to_go = self.needed - self.signed
        if to_go <= 0:
            return ""
        asked = f" {self.asked} {'waits' if self.asked == 1 else 'wait'} for a signature." if self.asked else ""
        return f"{to_go} supervised {'case is' if to_go == 1 else 'cases are'} still to be signed off.{asked}"

    def _early(self) -> str:
        if not self.counts:
            return ""
        if self.renews_from is None:
            return "It never ends: there is nothing to renew."
        days = (self.renews_from - self.today).days
        return f"It can be renewed within {RENEWS_WITHIN.days} days of its end." if days > 0 else ""
