"""What an organisation said of how many work there, the newest day first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.training.database.workforce_tables import headcount
from shared.contracts.consultation_codes import Profession
from shared.staff.listing import Listing, found_by
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class HeadcountLine:
    profession: Profession
    as_of: date
    people: int
    entered_at: datetime
    """Since then the coverage of the days after `as_of` is counted against it."""
    entered_by: str | None


def headcount_list(work: UnitOfWork, organisation_id: UUID) -> Listing[HeadcountLine]:  # noqa: ARG001 - as every list
    query = (
        select(headcount, colleague.c.name.label("entered_by_name"))
        .outerjoin(colleague, colleague.c.id == headcount.c.entered_by)
        .where(headcount.c.organisation_id == organisation_id)
        .order_by(headcount.c.as_of.desc(), headcount.c.entered_at.desc(), headcount.c.id.desc())
    )
    return found_by(query, _line)


def _line(row: Any) -> HeadcountLine:
    return HeadcountLine(Profession(row.profession), row.as_of, row.people, row.entered_at, row.entered_by_name)
