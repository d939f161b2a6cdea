import pytest

from services.referral.governance.commands.lift_restriction import LiftRestriction, lift_restriction
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import LEAD, OTHER, PRACTITIONER, restrict, sees


async def test_the_whole_team_may_open_the_record_again(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    seen = await restrict(team, family_id)

    async with team.begin(LEAD) as work:
        await lift_restriction(LiftRestriction(family_id, seen, "She works elsewhere now."), work)

    assert await sees(team, family_id, OTHER)
    assert (await team.audited())[-1] == ("family.lift_restriction", family_id)


async def test_a_restriction_is_lifted_once(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    seen = await restrict(team, family_id)
    async with team.begin(LEAD) as work:
        await lift_restriction(LiftRestriction(family_id, seen, "Not needed."), work)

    with pytest.raises(Conflict):
        async with team.begin(LEAD) as work:
            await lift_restriction(LiftRestriction(family_id, seen, "Not needed."), work)


async def test_only_the_lead_lifts_it_and_says_why(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    seen = await restrict(team, family_id, PRACTITIONER.id)

    with pytest.raises(NotAllowed):
        async with team.begin(PRACTITIONER) as work:
            await lift_restriction(LiftRestriction(family_id, seen, "Not needed."), work)
    with pytest.raises(RuleBroken):
        async with team.begin(LEAD) as work:
            await lift_restriction(LiftRestriction(family_id, seen, " "), work)
