"""Did the team's consultations help?"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from services.consultation.database.tables import consultation, evaluation
from shared.unit_of_work import UnitOfWork

SINCE_DAYS = 365


@dataclass(frozen=True)
class Usefulness:
    """Of those who were asked about consultations of the last year."""

    asked: int
    answered: int
    useful: float | None
    """Mean from 0 to 10, and likewise below; None while nobody has answered."""
    before: float | None
    now: float | None


async def usefulness(work: UnitOfWork) -> Usefulness:
    said = evaluation.c
    means = (func.avg(said.useful).label("useful"), func.avg(said.before).label("before"), func.avg(said.now))
    query = (
        select(func.count().label("asked"), func.count(said.answered_at).label("answered"), *means)
        .join(consultation, consultation.c.id == said.consultation_id)
        .where(consultation.c.held_on > work.today - timedelta(SINCE_DAYS), consultation.c.withdrawn_why == "")
    )
    asked, answered, *found = (await work.session.execute(query)).one()
    useful, before, now = (None if one is None else float(one) for one in found)
    return Usefulness(asked, answered, useful, before, now)
