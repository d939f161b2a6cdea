"""One cohort with everybody who has a place in it, is offered one, or waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select

from services.training.courses.domain.cohort import Cohort, Filling
from services.training.database.course_tables import booking, confidence_answer
from services.training.database.workforce_tables import organisation, person
from services.training.places.database.bookings import Bookings
from services.training.places.domain.booking import ACTIVE, Booking, BookingState
from services.training.places.domain.list_sentence import ListSentence, ListState, list_sentence
from services.training.places.domain.places import offer_until
from shared.database.mapping import read_row
from shared.staff.colleagues import Colleagues
from shared.unit_of_work import UnitOfWork

BEFORE = "before"


@dataclass(frozen=True)
class BookingLine:
    booking: Booking
    name: str
    given_name: str
    email: str
    organisation: str
    has_answered: bool
    """The questions before the course."""

    @property
    def is_held(self) -> bool:
        return self.booking.state is BookingState.OFFERED


@dataclass(frozen=True)
class CohortRecord:
    cohort: Cohort
    placed: Sequence[BookingLine]
    """By first name; those who are offered a place first."""
    waiting: Sequence[BookingLine]
    """In their order."""
    sentence: ListSentence
    trainer: str
    reserved_for: str
    """The organisation for which places are kept; empty: none."""


async def cohort_record(work: UnitOfWork, cohort_id: UUID) -> CohortRecord:
    """Raises NotFound when the team has no such cohort."""
    lines = await booking_lines(work, cohort_id)
    places = await Bookings(work).places(cohort_id)
    cohort, queue = places.cohort, places.queue(work.today)
    names = {line.booking.id: line.name for line in lines}
    held = [line for line in lines if line.is_held]
    until = max((line.booking.offered_until for line in held if line.booking.offered_until), default=None)
    state = ListState(
        queue,
        held_for=" and ".join(line.name for line in held),
        held_until=until,
        next_one=names[queue.waiting[0]] if queue.waiting else "",
        is_offered=cohort.filling is Filling.OFFER,
        is_too_late=offer_until(work.now, cohort.starts_at) is None,
        has_begun=cohort.starts_at <= work.now,
    )
    waiting = [line for line in lines if line.booking.state is BookingState.WAITING]
    return CohortRecord(
        cohort,
        [*held, *(line for line in lines if line.booking.state is BookingState.BOOKED)],
        sorted(waiting, key=lambda line: line.booking.line),
        list_sentence(state),
        await Colleagues(work.session).name(cohort.trainer_id) or "A colleague",
        await _organisation(work, cohort.reserved.reserved_for),
    )


async def booking_lines(work: UnitOfWork, cohort_id: UUID) -> list[BookingLine]:
    """Everybody who is active in a cohort, by first name."""
    has_answered = exists(
        select(confidence_answer.c.booking_id).where(
            confidence_answer.c.booking_id == booking.c.id, confidence_answer.c.moment == BEFORE
        )
    )
    query = (
        select(
            booking,
            person.c.given_name,
            person.c.family_name,
            person.c.email,
            func.coalesce(organisation.c.name, "").label("organisation"),
            has_answered.label("has_answered"),
        )
        .join_from(booking, person, person.c.id == booking.c.person_id)
        .outerjoin(organisation, organisation.c.id == booking.c.organisation_id)
        .where(booking.c.cohort_id == cohort_id, booking.c.state.in_(ACTIVE))
        .order_by(func.lower(person.c.given_name), func.lower(person.c.family_name), booking.c.id)
    )
    rows = await work.session.execute(query)
    return [
        BookingLine(
            read_row(Booking, row),
            f"{row.given_name} {row.family_name}".strip(),
            row.given_name,
            row.email,
            row.organisation,
            row.has_answered,
        )
        for row in rows
    ]


async def _organisation(work: UnitOfWork, organisation_id: UUID | None) -> str:
    if organisation_id is None:
        return ""
    name = await work.session.scalar(select(organisation.c.name).where(organisation.c.id == organisation_id))
    return name or ""
