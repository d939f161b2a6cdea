"""What was written of a family's last sessions, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from services.referral.database.contact_tables import contact
from services.referral.staff.database.record_access import check_family
from shared.contracts.pathway_codes import Attendance
from shared.database.mapping import read_row
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork

MOST_NOTES = 10


@dataclass(frozen=True)
class RecentNote:
    """One session with words."""

    held_on: date
    practitioner_id: UUID
    practitioner_name: str
    attendance: Attendance
    infant_voice: str
    note: str


async def recent_notes(work: UnitOfWork, family_id: UUID) -> Sequence[RecentNote]:
    """One statement; of appointments that are open, nothing."""
    await check_family(work, family_id)
    return [read_row(RecentNote, row) for row in await work.session.execute(_NOTES, {"notes_of": family_id})]


_NOTES = (
    select(contact, colleague.c.name.label("practitioner_name"))
    .join(colleague, colleague.c.id == contact.c.practitioner_id)
    .where(
        contact.c.family_id == bindparam("notes_of", type_=Uuid()),
        contact.c.attendance.is_not(None),
        (contact.c.note != "") | (contact.c.infant_voice != ""),
    )
    .order_by(contact.c.held_on.desc(), contact.c.recorded_at.desc())
    .limit(MOST_NOTES)
)
