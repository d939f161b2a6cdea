"""What is so in one invented family: everything that is written about it agrees with this."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Caregiver, Relationship
from services.referral.people.domain.subject import Baby, Unborn

LOW_FROM, WELL_BELOW = 13, 10
"""Totals of EPDS: what is written is low from the one, well below the other, and mixed between them."""

_AGES = (("newborn", timedelta(84)), ("small", timedelta(182)), ("crawling", timedelta(365)))
"""Each with the age at which it is over."""
_OLDEST = "toddler"
_LATE = 0.75
_WEEKS_OF_PREGNANCY = 40

_CARERS = {Relationship.BIRTH_PARENT: "mother", Relationship.FATHER: "dad"}
"""Anyone else is a carer."""


@dataclass(frozen=True)
class Facts:
    """Of one family.

    Args:
        baby: first name; None until the birth.
        other: first name of a second parent or carer who takes part.
        moods: totals of EPDS at the start and at the end of the work.
        works: the first and the last day of the work.
        risks: times of risk support, each with its first day and the day on which it was over.
    """

    parent: str
    parent_is: Relationship
    other: str | None
    reasons: tuple[str, ...]
    baby: str | None = None
    language: str | None = None
    """For which an interpreter is needed."""
    born_on: date | None = None
    due_on: date | None = None
    moods: tuple[int, int] = (LOW_FROM, WELL_BELOW)
    works: tuple[date, date] | None = None
    risks: Sequence[tuple[date, date]] = ()

    @classmethod
    def of(cls, request: ReferralRequest) -> "Facts":
        """As the referral tells them."""
        subject, other = request.subject, request.other_caregiver
        found = cls(
            request.caregiver.name.split()[0],
            request.caregiver.relationship,
            other.name.split()[0] if isinstance(other, Caregiver) else None,
            tuple(reason.value for reason in request.reasons),
            language=request.talking.language if request.talking else None,
        )
        if isinstance(subject, Unborn):
            return replace(found, due_on=subject.due_on)
        return found.born(subject)

    @property
    def begins_on(self) -> date | None:
        """The day of the first session."""
        return self.works[0] if self.works else None

    def born(self, baby: Baby) -> "Facts":
        return replace(self, baby=baby.name.split()[0], born_on=baby.born_on)

    def true_on(self, day: date) -> frozenset[str]:
        """The words of `texts/` that are true on that day."""
        together = "together" if self.other else "alone"
        about = {"any", "helps", self._age(day), self._mood(day), together, *self.reasons}
        about |= {"unborn"} if self.is_unborn(day) else {"born"}
        about |= {_CARERS.get(self.parent_is, "carer")}
        return frozenset(about | {"late"} if self._far(day) >= _LATE else about)

    def is_unborn(self, day: date) -> bool:
        return self.born_on is None or day < self.born_on

    def is_at_risk(self, day: date) -> bool:
        return any(first <= day < over for first, over in self.risks)

    def weeks_pregnant(self, day: date) -> int:
        """Completed weeks, of a baby who is expected. Raises ValueError when none is."""
        if self.due_on is None:
            raise ValueError("nobody is expected")
        return _WEEKS_OF_PREGNANCY - -(-(self.due_on - day).days // 7)

    def mood(self, day: date) -> float:
        """The total of EPDS on that day, on a straight line between what was measured."""
        start, end = self.moods
        return start + (end - start) * self._far(day)

    def _mood(self, day: date) -> str:
        total = self.mood(day)
        if total >= LOW_FROM:
            return "low"
        return "well" if total < WELL_BELOW and not self.is_at_risk(day) else "mixed"

    def _far(self, day: date) -> float:
        """How far the work has come, from 0 to 1."""
        if self.works is None or self.works[0] == self.works[1]:
            return 0.0
        first, last = self.works
        return min(max((day - first) / (last - first), 0.0), 1.0)

    def _age(self, day: date) -> str:
        if self.born_on is None or day < self.born_on:
            return "unborn"
        return next((name for name, over in _AGES if day - self.born_on < over), _OLDEST)
