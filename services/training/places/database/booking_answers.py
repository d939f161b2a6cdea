"""What somebody answered before a course goes with them when they move to other dates of it."""

from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.dialects.postgresql import insert

from services.training.database.course_tables import confidence_answer as table
from shared.unit_of_work import UnitOfWork


async def take_answers_along(from_booking_id: UUID, to_booking_id: UUID, work: UnitOfWork) -> None:
    """Copies them; what was answered for the new booking already stays."""
    answered = select(literal(to_booking_id), table.c.moment, table.c.points, table.c.words, table.c.answered_at)
    copied = insert(table).from_select(
        ["booking_id", "moment", "points", "words", "answered_at"],
        answered.where(table.c.booking_id == from_booking_id),
    )
    await work.session.execute(copied.on_conflict_do_nothing())
