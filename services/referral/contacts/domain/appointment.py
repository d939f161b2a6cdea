"""Booking an appointment, by the clocks on the wall in Europe/London. Source: reference 8.1 (H19)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from services.referral.contacts.domain.contact_check import (
    BEFORE,
    Around,
    ContactDetails,
    Interpreter,
    check_kind,
    check_place,
)
from shared.contracts.pathway_codes import ContactMode, Venue
from shared.kernel.clock import LONDON, london_date
from shared.kernel.errors import RuleBroken

FURTHEST_DAYS = 366
"""Further ahead is a slip of the pen."""


@dataclass(frozen=True)
class Booking:
    """What can be changed about an appointment."""

    starts_at: datetime
    """UTC."""
    practitioner_id: UUID
    mode: ContactMode
    venue: Venue
    interpreter: Interpreter | None

    @property
    def changes(self) -> dict[str, Any]:
        """The details that it gives."""
        return {
            "held_on": london_date(self.starts_at),
            "practitioner_id": self.practitioner_id,
            "mode": self.mode,
            "venue": self.venue,
            "interpreter": self.interpreter,
        }


def london_moment(day: date, at: time, *, field: str = "starts_at") -> datetime:
    """The moment (UTC) at which London's clocks show that time; in October's doubled hour the first of the two.

    Args:
        field: of the form in which it was entered.

    Raises:
        RuleBroken: the clocks go forward over that time, so it does not exist.
    """
    moment = datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != datetime.combine(day, at):
        raise RuleBroken(
            "time_skipped", "That time does not exist: the clocks go forward. Choose another time.", field=field
        )
    return moment


def check_booking(details: ContactDetails, starts_at: datetime | None, around: Around, now: datetime) -> None:
    """Raises RuleBroken when nobody could come, or it was not asked about an interpreter who is needed."""
    if starts_at is None or starts_at <= now:
        raise RuleBroken(
            "booking_past", "Choose a time to come. Record what has happened as a session.", field="starts_at"
        )
    if (starts_at - now).days > FURTHEST_DAYS:
        raise RuleBroken("booking_far", "Choose a day within the next year.", field="starts_on")
    around.check_practitioner(details.practitioner_id)
    around.check_people(details.people, around.today)
    check_place(details)
    check_kind(details, around)
    if around.needs_interpreter(details.people) and details.interpreter not in BEFORE:
        raise RuleBroken(
            "booking_interpreter",
            "Someone here needs an interpreter: choose whether a professional one is booked.",
            field="interpreter",
        )
