"""Who holds which course, until when, and whose certificate was withdrawn?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from services.training.database.course_tables import completion
from services.training.database.workforce_tables import person
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code
from shared.staff.listing import Listing, found_by
from shared.unit_of_work import UnitOfWork

ENDS_WITHIN = timedelta(days=90)


class CompletionChip(Code):
    IN_DATE = "in_date", "In date"
    ENDS_SOON = "ends_soon", "Ends within 90 days"
    EXPIRED = "expired", "No longer in date"
    WITHDRAWN = "withdrawn", "Withdrawn"


@dataclass(frozen=True)
class CompletionFilter:
    chip: CompletionChip = CompletionChip.IN_DATE
    course: TrainingCourse | None = None


@dataclass(frozen=True)
class CompletionLine:
    completion_id: UUID
    person_id: UUID
    name: str
    course: TrainingCourse
    level: int
    profession: Profession
    held_from: date
    until_on: date | None
    withdrawn_at: datetime | None

    @property
    def valid_until(self) -> date | None:
        """The last day that counts."""
        return self.until_on - timedelta(1) if self.until_on else None


def completion_list(work: UnitOfWork, chosen: CompletionFilter) -> Listing[CompletionLine]:
    """Those that end first come first; of what has ended, the last first."""
    is_past = chosen.chip in (CompletionChip.EXPIRED, CompletionChip.WITHDRAWN)
    until = completion.c.until_on.desc() if is_past else completion.c.until_on.asc().nulls_last()
    query = (
        select(completion, person.c.given_name, person.c.family_name)
        .join(person, person.c.id == completion.c.person_id)
        .where(*_conditions(work.today, chosen))
        .order_by(until, completion.c.id)
    )
    return found_by(query, _line)


async def completion_counts(work: UnitOfWork, chosen: CompletionFilter) -> dict[Code | None, int]:
    """How many each chip shows, by one statement."""
    of = {chip: and_(*_conditions(work.today, CompletionFilter(chip, chosen.course))) for chip in CompletionChip}
    counted = [func.count().filter(condition).label(chip.value) for chip, condition in of.items()]
    joined = completion.join(person, person.c.id == completion.c.person_id)
    row = (await work.session.execute(select(*counted).select_from(joined))).one()
    return {chip: getattr(row, chip.value) for chip in CompletionChip}


def _conditions(today: date, chosen: CompletionFilter) -> list[ColumnElement[bool]]:
    until, counts = completion.c.until_on, completion.c.withdrawn_at.is_(None)
    chips = {
        CompletionChip.IN_DATE: and_(counts, or_(until.is_(None), until > today)),
        CompletionChip.ENDS_SOON: and_(counts, until > today, until <= today + ENDS_WITHIN),
        CompletionChip.EXPIRED: and_(counts, until <= today),
        CompletionChip.WITHDRAWN: ~counts,
    }
    own = [completion.c.course == chosen.course] if chosen.course else []
    return [person.c.erased_on.is_(None), chips[chosen.chip], *own]


def _line(row: Any) -> CompletionLine:
    return CompletionLine(
        row.id,
        row.person_id,
        f"{row.given_name} {row.family_name}".strip(),
        TrainingCourse(row.course),
        row.level,
        Profession(row.profession),
        row.held_from,
        row.until_on,
        row.withdrawn_at,
    )
