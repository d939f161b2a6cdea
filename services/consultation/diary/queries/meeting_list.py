"""Which drop-ins and groups are to come, and which were?"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.consultation.database.tables import consultation, meeting, meeting_booking, organisation
from services.consultation.diary.domain.meeting import Meeting
from shared.contracts.vocabulary import Code
from shared.database.mapping import read_row
from shared.kernel.errors import NotFound
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


class MeetingTime(Code):
    TO_COME = "to_come", "To come"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


@dataclass(frozen=True)
class MeetingFilter:
    when: MeetingTime = MeetingTime.TO_COME


@dataclass(frozen=True)
class MeetingLine:
    one: Meeting
    organisation: str
    led_by_name: str | None
    booked: int
    came: int
    is_logged: bool

    @property
    def free(self) -> int:
        """Places; 0 where more came."""
        return max(0, self.one.places - self.booked)


def meeting_list(work: UnitOfWork, chosen: MeetingFilter) -> Listing[MeetingLine]:
    """Those to come by time, and the others the newest first."""
    is_cancelled = meeting.c.cancelled_at.is_not(None)
    is_over = meeting.c.starts_at + func.make_interval(0, 0, 0, 0, 0, meeting.c.minutes) < work.now
    conditions = {
        MeetingTime.TO_COME: ~is_cancelled & ~is_over,
        MeetingTime.HELD: ~is_cancelled & is_over,
        MeetingTime.CANCELLED: is_cancelled,
    }
    is_coming = chosen.when is MeetingTime.TO_COME
    order = meeting.c.starts_at if is_coming else meeting.c.starts_at.desc()
    return found_by(_lines().where(conditions[chosen.when]).order_by(order, meeting.c.id), _line)


async def one_meeting(work: UnitOfWork, meeting_id: UUID) -> MeetingLine:
    """Raises NotFound when the team has no such meeting."""
    row = (await work.session.execute(_lines().where(meeting.c.id == meeting_id))).one_or_none()
    if row is None:
        raise NotFound("meeting_unknown", "There is no such meeting. Go back to the list.")
    return _line(row)


def _lines() -> Any:
    its = (meeting_booking.c.meeting_id == meeting.c.id) & meeting_booking.c.given_up_at.is_(None)
    booked = select(func.count()).select_from(meeting_booking).where(its)
    return (
        select(
            meeting,
            organisation.c.name.label("organisation"),
            colleague.c.name.label("led_by_name"),
            booked.scalar_subquery().label("booked"),
            booked.where(meeting_booking.c.came.is_(True)).scalar_subquery().label("came"),
            consultation.c.id.label("logged_id"),
        )
        .join(organisation, organisation.c.id == meeting.c.organisation_id)
        .outerjoin(colleague, colleague.c.id == meeting.c.led_by)
        .outerjoin(consultation, consultation.c.id == meeting.c.id)
    )


def _line(row: Any) -> MeetingLine:
    one = read_row(Meeting, row)
    return MeetingLine(one, row.organisation, row.led_by_name, row.booked, row.came, row.logged_id is not None)
