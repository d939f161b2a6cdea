"""Every hour: whoever holds a training or an accreditation that ends within 90 days, or within 30, gets an email.

Each leaves once. None leaves any more when they renewed it, or booked a refresher; that is asked again as it leaves.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from services.training.accreditation.database.accreditations import accreditation_page
from services.training.database.accreditation_tables import accreditation
from services.training.database.course_tables import booking, completion
from services.training.database.workforce_tables import person
from services.training.places.database.place_messages import PlaceMessages
from services.training.places.database.refreshing import is_last, is_seen_to
from services.training.places.domain.booking import Booking
from services.training.places.domain.place_message import AboutEnd, PlaceMessage
from services.training.places.domain.place_words import refresh_words, renew_words
from services.training.staff.database.training_work import TrainingUnits, TrainingWork
from shared.contracts.training_codes import TrainingCourse
from shared.database.mapping import read_row
from shared.kernel.actor import system
from shared.kernel.clock import LONDON

BEFORE_DAYS = (30, 90)
"""Of each, the email of the nearest alone."""


async def remind_to_refresh(units: TrainingUnits) -> int:
    """Gives how many emails were queued."""
    async with units.begin(system()) as work:
        refresh = [await _remind(PlaceMessage.REFRESH, row, work) for row in await _ending(completion, work)]
        renew = [await _remind(PlaceMessage.RENEW, row, work) for row in await _ending(accreditation, work)]
        return sum([*refresh, *renew])


async def _ending(table: Any, work: TrainingWork) -> list[Any]:
    """With the account of whose it is, and a booking by which they came to the course."""
    near = table.c.until_on > work.today, table.c.until_on <= work.today + timedelta(max(BEFORE_DAYS))
    taught = completion.alias("taught")
    own = taught.c.person_id == table.c.person_id, taught.c.course == table.c.course
    newest = select(taught.c.booking_id).where(*own).order_by(taught.c.held_from.desc()).limit(1)
    query = (
        select(table.c.person_id, table.c.course, table.c.until_on, person.c.colleague_id, booking)
        .join_from(table, person, person.c.id == table.c.person_id)
        .join(booking, booking.c.id == newest.scalar_subquery())
        .where(*near, table.c.withdrawn_at.is_(None), person.c.erased_on.is_(None), person.c.email != "")
        .where(is_last(table))
    )
    query = query.where(~is_seen_to(table, work)) if table is completion else query
    return list(await work.session.execute(query))


async def _remind(kind: PlaceMessage, row: Any, work: TrainingWork) -> bool:
    until_on, course = row.until_on, TrainingCourse(row.course)
    days = next(days for days in BEFORE_DAYS if until_on <= work.today + timedelta(days))
    about, messages = AboutEnd(row.person_id, course, until_on, days), PlaceMessages(work)
    last = until_on - timedelta(1)
    if kind is PlaceMessage.REFRESH:
        words = refresh_words(course.label, last, f"{work.team.address}/book/{course.value}", work.team)
    else:
        page = accreditation_page(row.person_id, course) if row.colleague_id else f"/book/{course.value}"
        words = renew_words(course.label, last, f"{work.team.address}{page}", work.team)
    booked = read_row(Booking, row)
    return await messages.about(kind, booked, str(about), words, expires_at=_is_of_use_until(until_on, days))


def _is_of_use_until(until_on: date, days: int) -> datetime:
    """Until the next reminder, or the end."""
    next_one = max((fewer for fewer in BEFORE_DAYS if fewer < days), default=0)
    return datetime.combine(until_on - timedelta(next_one), time(0), LONDON)
