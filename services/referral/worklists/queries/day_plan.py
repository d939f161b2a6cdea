"""What has one practitioner booked today and next, and which earlier appointments still need their outcome?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, DateTime, Select, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.contact_tables import contact
from services.referral.staff.queries.asking import Asking
from services.referral.worklists.queries.family_shown import FamilyShown, family_shown, people_of
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue
from shared.database.built_once import READER, built_once
from shared.database.mapping import read_row
from shared.kernel.calendar import add_working_days
from shared.kernel.clock import LONDON

MOST_APPOINTMENTS = 100
"""Of two working days and the open ones before them; nobody holds more."""


@dataclass(frozen=True)
class AppointmentLine:
    """One appointment of the practitioner."""

    contact_id: UUID
    family: FamilyShown
    starts_at: datetime
    """UTC."""
    kind: ContactKind
    mode: ContactMode
    venue: Venue
    interpreter: str | None
    attendance: Attendance | None
    """None until someone says what happened."""

    @property
    def on(self) -> date:
        """In London."""
        return self.starts_at.astimezone(LONDON).date()

    @property
    def time(self) -> str:
        """In London, such as 10:30."""
        return f"{self.starts_at.astimezone(LONDON):%H:%M}"


@dataclass(frozen=True)
class DayPlan:
    """Appointments in the order of their times."""

    today: Sequence[AppointmentLine]
    without_outcome: Sequence[AppointmentLine]
    """Of earlier days, the oldest first."""
    next: Sequence[AppointmentLine]
    """After today, up to the end of the next working day."""


async def day_plan(session: AsyncSession, asking: Asking) -> DayPlan:
    """Appointments of days in London, and earlier ones of which nobody said what happened."""
    begins, ends = _midnight(asking.today), _midnight(asking.today + timedelta(1))
    until = _midnight(add_working_days(asking.today, 1) + timedelta(1))
    found = (await session.execute(_appointments(), {**asking.known, _BEGINS.key: begins, _UNTIL.key: until})).all()
    lines = [_line(row, asking) for row in found]
    return DayPlan(
        today=[line for line in lines if begins <= line.starts_at < ends],
        without_outcome=[line for line in lines if line.starts_at < begins],
        next=[line for line in lines if line.starts_at >= ends],
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


_BEGINS: BindParameter[datetime] = bindparam("begins", type_=DateTime(timezone=True))
_UNTIL: BindParameter[datetime] = bindparam("until", type_=DateTime(timezone=True))


@built_once
def _appointments() -> Select[Any]:
    to_come = and_(contact.c.starts_at >= _BEGINS, contact.c.starts_at < _UNTIL)
    earlier = and_(contact.c.starts_at < _BEGINS, contact.c.attendance.is_(None))
    return (
        select(contact, people_of(contact.c.family_id))
        .where(contact.c.practitioner_id == READER, or_(to_come, earlier))
        .order_by(contact.c.starts_at, contact.c.id)
        .limit(MOST_APPOINTMENTS)
    )


def _line(row: Any, asking: Asking) -> AppointmentLine:
    family = family_shown(row.family_id, row.people, asking.today)
    return read_row(AppointmentLine, row, contact_id=row.id, family=family)
