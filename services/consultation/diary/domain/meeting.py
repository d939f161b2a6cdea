"""A drop-in or a reflective practice group: when, where, how many places, who comes and who came.

People book for themselves, without an account. Whoever comes unannounced is let in, over the number of places too.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.consultation_codes import Profession
from shared.contracts.vocabulary import Code
from shared.kernel.clock import london_date
from shared.kernel.errors import Conflict, RuleBroken

MOST_PLACES = 100
LONGEST = 480
"""Minutes."""


class MeetingKind(Code):
    DROP_IN = "drop_in", "Drop-in"
    REFLECTIVE_GROUP = "reflective_group", "Reflective practice"


@dataclass
class Meeting:
    id: UUID
    kind: MeetingKind
    organisation_id: UUID
    """Whose people it is for; of a drop-in, where it is held."""
    topic: str
    starts_at: datetime
    """UTC."""
    minutes: int
    place: str
    places: int
    led_by: UUID
    cancelled_at: datetime | None = None
    version: int = 1

    def check(self, now: datetime) -> None:
        """Raises RuleBroken for the first thing that is wrong."""
        if self.starts_at <= now:
            raise RuleBroken("meeting_past", "The day and time must be to come.", field="day")
        if not 0 < self.minutes <= LONGEST:
            raise RuleBroken("meeting_minutes", f"Enter between 1 and {LONGEST} minutes.", field="minutes")
        if not 0 < self.places <= MOST_PLACES:
            raise RuleBroken("meeting_places", f"Enter between 1 and {MOST_PLACES} places.", field="places")
        if not self.place.strip():
            raise RuleBroken("meeting_place", "Enter where it is held.", field="place")

    def cancel(self, now: datetime, *, seen: int) -> None:
        """Raises Conflict when it was changed since it was seen, RuleBroken when it is cancelled or began."""
        if seen != self.version:
            raise Conflict("meeting_changed", "Someone has changed this meeting. Look at it again.")
        self.check_open(now)
        self.cancelled_at = now
        self.version += 1

    def check_open(self, now: datetime) -> None:
        """Raises RuleBroken when nobody can book any more."""
        if self.cancelled_at is not None:
            raise RuleBroken("meeting_cancelled", "This meeting was cancelled.")
        if self.starts_at <= now:
            raise RuleBroken("meeting_began", "This meeting has begun.")

    def has_register(self, now: datetime) -> bool:
        """It is its day, in London, or later."""
        return london_date(self.starts_at) <= london_date(now)

    def check_held(self, now: datetime) -> None:
        """Raises RuleBroken when there is no register yet."""
        if self.cancelled_at is not None:
            raise RuleBroken("meeting_cancelled", "This meeting was cancelled.")
        if not self.has_register(now):
            raise RuleBroken("meeting_to_come", "The register is open on the day itself.")


@dataclass
class MeetingBooking:
    """Somebody's place."""

    id: UUID
    meeting_id: UUID
    name: str
    profession: Profession
    organisation: str
    """As they say it."""
    booked_at: datetime
    """UTC."""
    is_walk_in: bool = False
    came: bool | None = None
    """None: nobody has said yet."""
    marked_at: datetime | None = None
    email: str = ""
    """Where the confirmation goes; whoever came without booking gave none."""
    secret: str = ""
    """Of the address of the booking's page, which is their key to it; empty where there is no email."""
    given_up_at: datetime | None = None

    def check(self) -> None:
        """Raises RuleBroken when it says no name."""
        if not self.name.strip():
            raise RuleBroken("booking_name", "Enter the name.", field="name")
