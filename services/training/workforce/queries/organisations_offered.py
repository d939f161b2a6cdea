"""The organisations that a form offers, by name."""

from sqlalchemy import func, select

from services.training.database.workforce_tables import organisation
from shared.staff.answer_words import Offered
from shared.unit_of_work import UnitOfWork


async def organisations_offered(work: UnitOfWork) -> list[Offered]:
    """Those that are open."""
    query = select(organisation.c.id, organisation.c.name).where(organisation.c.closed_on.is_(None))
    rows = await work.session.execute(query.order_by(func.lower(organisation.c.name)))
    return [Offered(str(row.id), row.name) for row in rows]
