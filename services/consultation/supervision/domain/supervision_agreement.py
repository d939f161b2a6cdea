"""Who is supervised by whom, for which share of full time: from a day on, until the next agreement or a last day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from services.consultation.supervision.domain.supervision_owed import Agreement, Stretch
from shared.kernel.errors import Conflict, RuleBroken

_EARLIEST = date(2000, 1, 1)
_FURTHEST = timedelta(days=366)
OUTSIDE = "Someone outside the team"


@dataclass(frozen=True)
class Terms:
    """What is agreed."""

    from_on: date
    share: Decimal
    """Of a full-time post."""
    supervisor_id: UUID | None
    """None: somebody outside the team."""
    manager_id: UUID | None = None
    """Line manager. Supervision is apart from line management: where they are the same person, pages say so."""
    last_on: date | None = None
    """None: it goes on."""

    def check(self, supervisee_id: UUID, today: date) -> None:
        """Raises RuleBroken for the first thing that is wrong."""
        self.owes()
        if not _EARLIEST <= self.from_on <= today + _FURTHEST:
            raise RuleBroken("agreement_from", "Enter a day since 2000, at most a year ahead.", field="from_on")
        if self.supervisor_id == supervisee_id:
            raise RuleBroken(
                "agreement_own", "Choose another supervisor: nobody supervises themselves.", field="supervisor"
            )
        if self.manager_id == supervisee_id:
            raise RuleBroken("agreement_manager", "Choose another line manager.", field="manager")

    def owes(self) -> Agreement:
        """Raises RuleBroken as that does."""
        return Agreement(self.from_on, Fraction(self.share), self.last_on)

    @property
    def is_managed_by_supervisor(self) -> bool:
        return self.supervisor_id is not None and self.supervisor_id == self.manager_id


@dataclass
class SupervisionAgreement:
    id: UUID
    supervisee_id: UUID
    terms: Terms
    version: int = 1

    def written(self) -> dict[str, object]:
        """As JSON, for what a correction replaced."""
        terms = self.terms
        return {
            "from_on": terms.from_on.isoformat(),
            "last_on": terms.last_on.isoformat() if terms.last_on else None,
            "share": str(terms.share),
            "supervisor_id": str(terms.supervisor_id) if terms.supervisor_id else None,
            "manager_id": str(terms.manager_id) if terms.manager_id else None,
        }

    def correct(self, terms: Terms, today: date, *, seen: int) -> None:
        """Raises Conflict when it was changed since it was seen, and RuleBroken as `Terms.check`."""
        if seen != self.version:
            raise Conflict("agreement_changed", "Someone has changed this agreement. Look at it again.")
        terms.check(self.supervisee_id, today)
        self.terms = terms
        self.version += 1


def terms_on(agreements: Sequence[SupervisionAgreement], today: date) -> Terms | None:
    """What holds on a day, of agreements with the earliest first; None before the first and after the last day."""
    newest = next((one.terms for one in reversed(agreements) if one.terms.from_on <= today), None)
    return None if newest is None or (newest.last_on is not None and newest.last_on < today) else newest


def check_experience(experience_from: date, today: date) -> None:
    """Raises RuleBroken when the day on which somebody's work with babies under two began is none that can be meant."""
    if not date(1950, 1, 1) <= experience_from <= today + _FURTHEST:
        raise RuleBroken("experience_from", "Enter a day since 1950, at most a year ahead.", field="experience_from")


@dataclass
class Leave:
    """Days on which somebody is away; 7 whole days or more count out of what is owed."""

    id: UUID
    supervisee_id: UUID
    first_on: date
    last_on: date | None
    """None: it is not known yet."""
    was_withdrawn: bool = False
    version: int = 1

    def check(self, today: date) -> None:
        """Raises RuleBroken for the first thing that is wrong."""
        if not _EARLIEST <= self.first_on <= today + 2 * _FURTHEST:
            raise RuleBroken("leave_first", "Enter a day since 2000, at most two years ahead.", field="first_on")
        if self.last_on is not None and self.last_on < self.first_on:
            raise RuleBroken("leave_last", "The last day must not be before the first.", field="last_on")

    def change(self, days: Stretch, today: date, *, seen: int, was_withdrawn: bool) -> None:
        """Raises Conflict when it was changed since it was seen, and RuleBroken as `check`."""
        if seen != self.version:
            raise Conflict("leave_changed", "Someone has changed this leave. Look at it again.")
        replace(self, first_on=days.first, last_on=days.last).check(today)
        self.first_on, self.last_on, self.was_withdrawn = days.first, days.last, was_withdrawn
        self.version += 1

    @property
    def days(self) -> Stretch:
        return Stretch(self.first_on, self.last_on)

    def written(self) -> dict[str, object]:
        """As JSON, for what a change replaced."""
        last = self.last_on.isoformat() if self.last_on else None
        return {"first_on": self.first_on.isoformat(), "last_on": last, "was_withdrawn": self.was_withdrawn}
