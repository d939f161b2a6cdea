"""Who may work with families?"""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from shared.staff.colleagues import Colleague, Colleagues


async def practitioner_list(session: AsyncSession) -> Sequence[Colleague]:
    """Those of the team who have signed in, by name."""
    return await Colleagues(session).with_one_of(CAPABILITIES.roles_with(RECORD_CONTACT))
