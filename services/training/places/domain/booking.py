"""One person in one cohort: with a place, with an offer of one, or waiting; and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import PlaceEnd
from shared.contracts.vocabulary import Code, SourceGroup


class BookingState(Code):
    BOOKED = "booked", "Has a place"
    OFFERED = "offered", "A place is held"
    WAITING = "waiting", "Waits"
    ENDED = "ended", "Ended"


ACTIVE = (BookingState.BOOKED, BookingState.OFFERED, BookingState.WAITING)


@dataclass
class Booking:
    id: UUID
    cohort_id: UUID
    person_id: UUID
    organisation_id: UUID | None
    """Where they worked when they booked."""
    sector: SourceGroup
    profession: Profession
    state: BookingState
    line: int
    """Their place in the line: the lowest number is the next."""
    asked_at: datetime
    """UTC, as the other moments."""
    secret: str
    """Of the address of the booking's page, which is their key to it. It is kept as it is: later emails hold the
    address too, and whoever could read it here could read all that the page shows."""
    phone: str = ""
    """For the day only; forgotten with the needs."""
    offered_until: datetime | None = None
    ended_at: datetime | None = None
    how: PlaceEnd | None = None
    needs: str = ""
    """On the day; forgotten after it."""
    why_moved_up: str = ""
    is_walk_in: bool = False
    version: int = 0

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    def hold(self, until: datetime) -> None:
        """A place is offered and held until then."""
        self.state, self.offered_until = BookingState.OFFERED, until

    def give(self) -> None:
        """The place is theirs; a late answer may come after the offer lapsed."""
        self.state, self.offered_until = BookingState.BOOKED, None
        self.ended_at, self.how = None, None

    def end(self, how: PlaceEnd, now: datetime) -> None:
        self.state, self.ended_at, self.how, self.offered_until = BookingState.ENDED, now, how, None
