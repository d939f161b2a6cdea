"""Whose families can be listed: whoever may lead the work with a family, and whoever does."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from services.referral.database.tables import episode
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from shared.staff.colleagues import Colleague
from shared.staff.tables import colleague
from shared.unit_of_work import UnitOfWork

_LEADS = exists().where(episode.c.lead_id == colleague.c.id, episode.c.ended_on.is_(None))
_MAY_LEAD = colleague.c.roles.overlap(sorted(CAPABILITIES.roles_with(RECORD_CONTACT)))
_QUERY = select(colleague.c.id, colleague.c.name).where(_LEADS | _MAY_LEAD).order_by(colleague.c.name, colleague.c.id)


async def lead_list(work: UnitOfWork) -> Sequence[Colleague]:
    """By name."""
    return [Colleague(row.id, row.name) for row in await work.session.execute(_QUERY)]
