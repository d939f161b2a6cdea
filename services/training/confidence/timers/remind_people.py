"""Every few minutes: who has a place is reminded the day before, asked the questions, and asked again three months on.

What is due is decided from the record as it is now, and each is queued once. A reminder that would come too late does
not leave.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy import exists, select

from services.training.confidence.domain.questionnaire import REMIND_AFTER, CourseTimes, Moment
from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Cohort
from services.training.database.course_tables import attendance, cohort, confidence_answer
from services.training.database.course_tables import booking as table
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.domain.booking import Booking, BookingState
from services.training.places.domain.place_message import PlaceMessage
from services.training.places.domain.place_words import before_words, reminder_words, three_months_words
from services.training.staff.database.training_work import TrainingUnits, TrainingWork
from shared.database.mapping import read_row
from shared.kernel.actor import system
from shared.kernel.clock import LONDON
from shared.staff.message import MessageWords

Due = tuple[PlaceMessage, str, MessageWords, datetime | None]
"""Kind, what it is about, what it says, and after when it is of no use."""
AT = time(9)
"""On the clock in London."""
BEFORE_DAYS = 7


async def remind_people(units: TrainingUnits) -> int:
    """Gives how many emails were queued."""
    async with units.begin(system()) as work:
        found = 0
        for one in await _near(work):
            for booking in await _booked(one, work):
                messages = PlaceMessages(work)
                for kind, about, words, until in await _due(booking, one, messages.link(booking), work):
                    found += await messages.about(kind, booking, about, words, expires_at=until)
        return found


async def _near(work: TrainingWork) -> list[Cohort]:
    """Which begin within a week and a day, or ended three to five months ago."""
    today = work.today
    soon = cohort.c.starts_on <= today + timedelta(BEFORE_DAYS + 1), cohort.c.ends_on >= today
    past = cohort.c.ends_on <= today - timedelta(88), cohort.c.ends_on >= today - timedelta(150)
    near = (soon[0] & soon[1]) | (past[0] & past[1])
    ids = await work.session.scalars(select(cohort.c.id).where(near, cohort.c.called_off_at.is_(None)))
    return [await Cohorts(work).get(cohort_id) for cohort_id in ids]


async def _booked(one: Cohort, work: TrainingWork) -> list[Booking]:
    query = select(table).where(table.c.cohort_id == one.id, table.c.state == BookingState.BOOKED)
    return [read_row(Booking, row) for row in await work.session.execute(query)]


async def _due(booking: Booking, one: Cohort, link: str, work: TrainingWork) -> list[Due]:
    due = list(_day_before(booking, one, link, work))
    times = CourseTimes(one.starts_at, one.days[-1].ends_at)
    asks_at = datetime.combine(one.starts_on - timedelta(BEFORE_DAYS), AT, LONDON)
    if asks_at <= work.now < one.starts_at and not await _has_answered(booking, Moment.BEFORE, work):
        due.append((PlaceMessage.BEFORE, str(booking.id), before_words(one, link, work.team), one.starts_at))
    steps = [number for number, after in enumerate(REMIND_AFTER) if times.follow_up_at + after <= work.now]
    if steps and await _came(booking, work) and not await _has_answered(booking, Moment.THREE_MONTHS, work):
        words = three_months_words(one, link, work.team)
        due.append((PlaceMessage.THREE_MONTHS, f"{booking.id}:{steps[-1]}", words, None))
    return due


def _day_before(booking: Booking, one: Cohort, link: str, work: TrainingWork) -> Iterator[Due]:
    for day in one.days:
        if datetime.combine(day.on - timedelta(1), AT, LONDON) <= work.now < day.starts_at:
            words = reminder_words(one, day, link, work.team)
            yield PlaceMessage.REMINDER, f"{booking.id}:{day.number}:{day.sequence}", words, day.starts_at


async def _has_answered(booking: Booking, moment: Moment, work: TrainingWork) -> bool:
    own = confidence_answer.c.booking_id == booking.id, confidence_answer.c.moment == moment
    return bool(await work.session.scalar(select(exists(select(confidence_answer.c.moment).where(*own)))))


async def _came(booking: Booking, work: TrainingWork) -> bool:
    own = attendance.c.booking_id == booking.id, attendance.c.is_here
    return bool(await work.session.scalar(select(exists(select(attendance.c.day).where(*own)))))
