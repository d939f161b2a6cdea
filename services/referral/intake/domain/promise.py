"""What a page promised to someone who asked for help: a moment by which one of the team has done it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from services.referral.team.domain.opening_hours import OpeningHours
from shared.contracts.pathway_codes import PromiseKind
from shared.contracts.promise import PromiseMade
from shared.kernel.calendar import add_working_days
from shared.kernel.clock import LONDON, london_date

DANGER_ANSWERED_WITHIN = timedelta(hours=1)
"""Of the team's opening hours; a proposal of ours, for the clinical leads to confirm."""
HEARD_AFTER_READING = 1
"""Working days from the day on which a referral is read at the latest until whoever sent it has heard from the team."""


@dataclass
class Promise:
    """One promise of one team."""

    id: UUID
    kind: PromiseKind
    about: UUID
    """The referral, or the number that someone left."""
    due_at: datetime
    made_at: datetime
    """UTC."""
    version: int = 0

    def made(self) -> PromiseMade:
        """The event that says so."""
        local = self.due_at.astimezone(LONDON)
        return PromiseMade(
            promise_id=self.id,
            about_id=self.about,
            kind=self.kind,
            until_on=local.date(),
            until_minute=local.hour * 60 + local.minute,
        )


def promised(
    sent_at: datetime, working_days: int, hours: OpeningHours, *, in_danger: bool
) -> Mapping[PromiseKind, datetime]:
    """By when whoever sends the public form is answered.

    Args:
        working_days: within which the team decides, 0 or more.
    """
    if in_danger:
        return {PromiseKind.DANGER_SAID: danger_answered_by(sent_at, hours)}
    day = london_date(sent_at)
    return {
        PromiseKind.READ_BY: read_by(day, working_days, hours),
        PromiseKind.HEARD_BY: heard_by(day, working_days, hours),
    }


def danger_answered_by(said_at: datetime, hours: OpeningHours) -> datetime:
    """By when someone who says that there is danger is called or texted, in London."""
    return hours.after(said_at, DANGER_ANSWERED_WITHIN)


def read_by(received_on: date, working_days: int, hours: OpeningHours) -> datetime:
    """By when a referral has been read: the end of that day.

    Args:
        working_days: within which the team decides, 0 or more.
    """
    return datetime.combine(add_working_days(received_on, working_days), hours.closes, LONDON)


def heard_by(received_on: date, working_days: int, hours: OpeningHours) -> datetime:
    """By when whoever sent it has heard from the team; arguments as those of `read_by`."""
    return read_by(received_on, working_days + HEARD_AFTER_READING, hours)
