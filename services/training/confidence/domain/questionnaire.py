"""What people are asked before and after a course, in our own words, and when. Source: reference section 6."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from uuid import UUID

from services.training.confidence.domain.confidence import check_confidence
from shared.contracts.vocabulary import Code
from shared.kernel.calendar import add_months
from shared.kernel.clock import LONDON
from shared.kernel.errors import Conflict, RuleBroken

FOLLOW_UP_MONTHS = 3
FOLLOW_UP_LASTS = timedelta(weeks=6)
REMIND_AFTER = (timedelta(0), timedelta(weeks=2), timedelta(weeks=4))
"""The first email of the follow-up, and two reminders."""


class Stem(Code):
    """How sure somebody is that they can do this, from 0 to 10."""

    NOTICE = "notice", "Notice when a parent and baby find it hard together"
    TALK = "talk", "Talk with parents about how they and their baby get on"
    DADS = "dads", "Include dads and partners"
    VOICE = "voice", "Say and write what the baby shows us"
    WHERE = "where", "Know where to refer, and whom to ask"


class Moment(Code):
    BEFORE = "before", "Before"
    AFTER = "after", "After"
    THEN = "then", "Before, as they see it afterwards"
    THREE_MONTHS = "three_months", "Three months on"


@dataclass(frozen=True)
class ConfidenceAnswer:
    booking_id: UUID
    moment: Moment
    points: tuple[int, ...]
    """In the order of the stems."""
    words: str
    """In their own words; kept in the team."""
    answered_at: datetime

    def check(self) -> None:
        """Raises RuleBroken when it is not five numbers from 0 to 10."""
        if len(self.points) != len(Stem):
            raise RuleBroken("confidence_number", "Answer each of the questions.")
        for stem, value in zip(Stem, self.points, strict=True):
            check_confidence(value, field=stem)

    @property
    def mean(self) -> Fraction:
        return Fraction(sum(self.points), len(self.points))


@dataclass(frozen=True)
class CourseTimes:
    """When a course begins and ends; UTC."""

    starts_at: datetime
    ends_at: datetime

    @property
    def follow_up_on(self) -> date:
        """Three months after the last day."""
        return add_months(self.ends_at.astimezone(LONDON).date(), FOLLOW_UP_MONTHS)

    @property
    def follow_up_at(self) -> datetime:
        return datetime.combine(self.follow_up_on, time(9), LONDON)

    def check_open(self, moment: Moment, now: datetime) -> None:
        """Raises Conflict when this is not asked now."""
        opens, closes = {
            Moment.BEFORE: (datetime.min.replace(tzinfo=LONDON), self.ends_at),
            Moment.THREE_MONTHS: (self.follow_up_at, self.follow_up_at + FOLLOW_UP_LASTS),
        }.get(moment, (self.starts_at, self.follow_up_at))
        if now < opens:
            raise Conflict("questions_early", "It is too early for these questions. We email you when it is time.")
        if now >= closes:
            raise Conflict("questions_late", "These questions are closed now. Thank you for coming back.")
