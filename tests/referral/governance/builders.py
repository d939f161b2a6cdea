"""A restricted family, and those who may and may not see it."""

from uuid import UUID

from services.referral.governance.commands.restrict_family import RestrictFamily, restrict_family
from services.referral.people.domain.restriction import RestrictionReason
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.restricted_record import RestrictedRecord
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor

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


async def sees(team: ATeam, family_id: UUID, actor: Actor) -> bool:
    """Whether the actor may see the record."""
    async with team.begin(actor) as work:
        try:
            await check_family(work, family_id)
        except RestrictedRecord:
            return False
    return True
