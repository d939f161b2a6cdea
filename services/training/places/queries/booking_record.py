"""One booking with who it is, for the team and for the person whose page it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from services.training.courses.domain.cohort import Cohort
from services.training.database.course_tables import completion, confidence_answer, message
from services.training.database.workforce_tables import organisation, person
from services.training.places.database.bookings import Bookings
from services.training.places.domain.booking import Booking
from services.training.places.domain.place_message import PlaceMessage
from services.training.places.queries.coming_dates import ComingDates, coming_dates
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EmailSent:
    kind: PlaceMessage
    queued_at: datetime
    sent_at: datetime | None
    has_failed: bool


@dataclass(frozen=True)
class BookingRecord:
    booking: Booking
    cohort: Cohort
    given_name: str
    family_name: str
    email: str
    organisation: str
    number: int
    """In the line, from 1; 0: they do not wait."""
    answered: frozenset[str]
    """When: before, after and so on."""
    other_dates: Sequence[ComingDates]
    """That they could move to."""
    emails: Sequence[EmailSent]
    completion_id: UUID | None
    """Of what it led to, with its certificate; None: nothing, or it was withdrawn."""
    now: datetime

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_to_come(self) -> bool:
        return self.cohort.starts_at > self.now and not self.cohort.called_off_at

    @property
    def has_ended(self) -> bool:
        """Its last day."""
        return self.cohort.days[-1].ends_at <= self.now


async def booking_record(work: UnitOfWork, booking: Booking) -> BookingRecord:
    places = await Bookings(work).places(booking.cohort_id)
    waiting = places.queue(work.today).waiting
    who = (await work.session.execute(select(person).where(person.c.id == booking.person_id))).one()
    return BookingRecord(
        booking,
        places.cohort,
        who.given_name,
        who.family_name,
        who.email,
        await _organisation(work, booking),
        waiting.index(booking.id) + 1 if booking.id in waiting else 0,
        await _answered(work, booking.id),
        await coming_dates(work, places.cohort.course, but=booking.cohort_id) if booking.is_active else [],
        await _emails(work, booking.id),
        await _completion(work, booking.id),
        work.now,
    )


async def _organisation(work: UnitOfWork, booking: Booking) -> str:
    named = select(organisation.c.name).where(organisation.c.id == booking.organisation_id)
    return await work.session.scalar(named) or ""


async def _answered(work: UnitOfWork, booking_id: UUID) -> frozenset[str]:
    asked = select(confidence_answer.c.moment).where(confidence_answer.c.booking_id == booking_id)
    return frozenset((await work.session.execute(asked)).scalars())


async def _emails(work: UnitOfWork, booking_id: UUID) -> list[EmailSent]:
    query = select(message).where(message.c.booking_id == booking_id).order_by(message.c.queued_at, message.c.id)
    rows = await work.session.execute(query)
    return [EmailSent(PlaceMessage(row.kind), row.queued_at, row.sent_at, row.failed_at is not None) for row in rows]


async def _completion(work: UnitOfWork, booking_id: UUID) -> UUID | None:
    counts = completion.c.booking_id == booking_id, completion.c.withdrawn_at.is_(None)
    return await work.session.scalar(select(completion.c.id).where(*counts))
