"""Whether somebody is still to be reminded that a training or an accreditation ends: not when they saw to it."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from services.training.database.accreditation_tables import accreditation
from services.training.database.course_tables import booking, cohort, completion
from services.training.places.domain.booking import ACTIVE
from services.training.places.domain.place_message import AboutEnd, PlaceMessage
from shared.unit_of_work import UnitOfWork


async def is_to_refresh(kind: PlaceMessage, about: str, work: UnitOfWork) -> bool:
    """It still counts, nothing renewed it, and no refresher is booked."""
    end = AboutEnd.parse(about)
    if end.until_on <= work.today:
        return False
    table = completion if kind is PlaceMessage.REFRESH else accreditation
    of_it = table.c.person_id == end.person_id, table.c.course == end.course, table.c.until_on == end.until_on
    query = select(table.c.id).where(*of_it, table.c.withdrawn_at.is_(None), is_last(table))
    if kind is PlaceMessage.REFRESH:
        query = query.where(~is_seen_to(table, work))
    return await work.session.scalar(query.limit(1)) is not None


def is_last(table: Any) -> ColumnElement[bool]:
    """Nothing of the same person and course counts longer."""
    other = table.alias("other")
    own = other.c.person_id == table.c.person_id, other.c.course == table.c.course
    longer = or_(other.c.until_on.is_(None), other.c.until_on > table.c.until_on)
    return ~exists(select(other.c.id).where(*own, other.c.withdrawn_at.is_(None), longer))


def is_seen_to(table: Any, work: UnitOfWork) -> ColumnElement[bool]:
    """They have, or wait for, a place in a cohort of the course that is not over; or are accredited, for which a case
    counts and not the course.
    """
    place = booking.c.person_id == table.c.person_id, booking.c.state.in_(ACTIVE)
    comes = cohort.c.course == table.c.course, cohort.c.ends_on >= work.today, cohort.c.called_off_at.is_(None)
    is_booked = exists(select(booking.c.id).join(cohort, cohort.c.id == booking.c.cohort_id).where(*place, *comes))
    own = accreditation.c.person_id == table.c.person_id, accreditation.c.course == table.c.course
    in_date = or_(accreditation.c.until_on.is_(None), accreditation.c.until_on > work.today)
    is_accredited = exists(select(accreditation.c.id).where(*own, accreditation.c.withdrawn_at.is_(None), in_date))
    return or_(is_booked, is_accredited)
