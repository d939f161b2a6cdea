from uuid import UUID

import pytest

from services.referral.support.commands.set_capacity import SetCapacity, set_capacity
from services.referral.support.queries.colleague_trainings import colleague_capacity_of
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.support.builders import LEAD
from tests.referral.worklists.builders import a_colleague


async def sets(team: ATeam, colleague_id: UUID, families: int, actor: Actor = LEAD) -> int | None:
    async with team.begin(actor) as work:
        await set_capacity(SetCapacity(colleague_id, families), work)
    async with team.begin(actor) as work:
        return await colleague_capacity_of(work.session, colleague_id)


async def test_the_lead_says_how_many_families_somebody_can_carry_and_changes_it(team: ATeam) -> None:
    priya = await a_colleague(team)

    assert [await sets(team, priya, families) for families in (12, 8, 0)] == [12, 8, 0]
    assert ("capacity.set", priya) in await team.audited()


@pytest.mark.parametrize("families", [-1, 101])
async def test_a_number_that_nobody_can_carry_is_refused(team: ATeam, families: int) -> None:
    with pytest.raises(RuleBroken, match="capacity_range"):
        await sets(team, await a_colleague(team), families)


async def test_only_the_lead_says_it(team: ATeam) -> None:
    with pytest.raises(NotAllowed):
        await sets(team, await a_colleague(team), 12, an_actor(Role.PRACTITIONER))


async def test_nobody_of_the_team_has_a_limit_who_is_not_known_to_it(team: ATeam) -> None:
    with pytest.raises(NotFound):
        await sets(team, new_id(), 12)
