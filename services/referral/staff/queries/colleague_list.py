"""Who works in the team, as far as the record knows?"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.tables import colleague
from services.referral.staff.database.colleagues import Practitioner


async def colleague_list(session: AsyncSession) -> Sequence[Practitioner]:
    """Everybody of the team who has signed in, by name."""
    rows = await session.execute(select(colleague.c.id, colleague.c.name).order_by(colleague.c.name, colleague.c.id))
    return [Practitioner(row.id, row.name) for row in rows]
