from uuid import UUID

import pytest

from services.referral.intake.commands.prioritise_referral import PrioritiseReferral, prioritise_referral
from services.referral.intake.database.referrals import Referrals
from shared.contracts.vocabulary import Role, Urgency
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor

PRACTITIONER = an_actor(Role.PRACTITIONER)


async def prioritise(team: ATeam, referral_id: UUID, actor: Actor = PRACTITIONER, seen: int = 1) -> None:
    async with team.begin(actor) as work:
        await prioritise_referral(PrioritiseReferral(referral_id, seen, Urgency.URGENT), work)


async def test_a_practitioner_says_that_a_referral_is_urgent_before_it_is_decided_on(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id

    await prioritise(team, referral_id)
    await prioritise(team, referral_id)

    async with team.begin(PRACTITIONER) as work:
        referral = await Referrals(work).get(referral_id)
    assert (referral.urgency, referral.decision) == (Urgency.URGENT, None)
    assert ("referral.prioritise", referral_id) in await team.audited()


async def test_an_administrator_sets_no_priority(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id

    with pytest.raises(NotAllowed):
        await prioritise(team, referral_id, an_actor(Role.TEAM_ADMINISTRATOR))


async def test_a_page_of_another_version_is_a_conflict(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id

    with pytest.raises(Conflict):
        await prioritise(team, referral_id, seen=4)


async def test_a_referral_of_another_team_is_not_found(team: ATeam, other_team: ATeam) -> None:
    referral_id = (await other_team.receives()).referral_id

    with pytest.raises(NotFound):
        await prioritise(team, referral_id)
