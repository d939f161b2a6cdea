"""How many months should have been frozen by now and are not, for who looks after the service."""

from collections.abc import Mapping

from services.reporting.publication.queries.overdue_month import overdue_month
from shared.unit_of_work import UnitOfWork


async def month_backlog(work: UnitOfWork) -> Mapping[str, int]:
    """`month_overdue`: 1 while there is one."""
    return {"month_overdue": int(await overdue_month(work.session, work.today) is not None)}
