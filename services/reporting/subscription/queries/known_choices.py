"""What there is to subscribe to."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.reporting.facts.queries.freshness import freshness
from services.reporting.indicators.packs.catalogue import INDICATORS
from services.reporting.publication.domain.reach import Remit
from services.reporting.subscription.domain.terms_check import Known


async def known_choices(session: AsyncSession, remit: Remit) -> Known:
    """All figures of the catalogue, and those teams that the region reads of which somebody with the remit is told."""
    reach = remit.reach(0)
    teams = {one.team for one in await freshness(session) if reach.sees(one.team)}
    return Known(tuple(one.number for one in INDICATORS), tuple(sorted(teams)), remit)
