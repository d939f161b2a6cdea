"""A restricted family, and those who may and may not see it."""

from uuid import UUID

from services.referral.commands.restrict_family import RestrictFamily, restrict_family
from services.referral.domain.restriction import RestrictionReason
from shared.contracts.vocabulary import Role
from tests.referral.builders import an_actor
from tests.referral.conftest import ATeam

LEAD = an_actor(Role.TEAM_LEAD)
OTHER_LEAD = an_actor(Role.TEAM_LEAD)
PRACTITIONER = an_actor(Role.PRACTITIONER)
OTHER = an_actor(Role.PRACTITIONER)


async def restrict(team: ATeam, family_id: UUID, *colleagues: UUID, seen: UUID | None = None) -> UUID:
    async with team.begin(LEAD) as work:
        command = RestrictFamily(
            family_id, RestrictionReason.COLLEAGUE, "Leonie works here.", frozenset(colleagues), seen
        )
        return await restrict_family(command, work)
