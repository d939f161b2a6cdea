"""Answers about confidence as stored: the first of a moment stays."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.training.confidence.domain.questionnaire import ConfidenceAnswer, Moment
from services.training.database.course_tables import booking
from services.training.database.course_tables import confidence_answer as table
from shared.database.mapping import columns_of, read_row
from shared.unit_of_work import UnitOfWork


class ConfidenceAnswers:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, one: ConfidenceAnswer) -> bool:
        """Says whether it was stored: one that was given before is never written over."""
        stored = insert(table).values(columns_of(one)).on_conflict_do_nothing().returning(table.c.booking_id)
        return await self._session.scalar(stored) is not None

    async def of_cohort(self, cohort_id: UUID) -> Mapping[UUID, Mapping[Moment, ConfidenceAnswer]]:
        """By booking and moment; answers that went along to other dates are there."""
        query = (
            select(table)
            .join(booking, booking.c.id == table.c.booking_id)
            .where(booking.c.cohort_id == cohort_id, booking.c.how.is_distinct_from("moved"))
            .order_by(table.c.answered_at)
        )
        found: dict[UUID, dict[Moment, ConfidenceAnswer]] = {}
        for row in await self._session.execute(query):
            one = read_row(ConfidenceAnswer, row)
            found.setdefault(one.booking_id, {})[one.moment] = one
        return found
