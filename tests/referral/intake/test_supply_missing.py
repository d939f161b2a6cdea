from uuid import UUID

import pytest

from services.referral.intake.commands.ask_for_more import AskForMore, ask_for_more
from services.referral.intake.commands.supply_missing import SupplyMissing, supply_missing
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral import ReferralState
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor

ADMINISTRATOR = an_actor(Role.TEAM_ADMINISTRATOR)


async def asked(team: ATeam) -> UUID:
    referral_id = (await team.receives()).referral_id
    async with team.begin(ADMINISTRATOR) as work:
        await ask_for_more(AskForMore(referral_id, 1, "The phone number.", TODAY.replace(day=16)), work)
    return referral_id


async def supply(
    team: ATeam, referral_id: UUID, actor: Actor = ADMINISTRATOR, seen: int = 2, said: str = "Got it."
) -> None:
    async with team.begin(actor) as work:
        await supply_missing(SupplyMissing(referral_id, seen, said), work)


async def test_what_came_puts_the_referral_back_to_triage_with_its_first_receipt(team: ATeam) -> None:
    referral_id = await asked(team)
    team.now = NOW.replace(day=10)

    await supply(team, referral_id)

    async with team.begin(ADMINISTRATOR) as work:
        referral = await Referrals(work).get(referral_id)
    assert referral.state is ReferralState.RECEIVED
    assert referral.received_on == TODAY
    assert (await team.published())[2] == (
        "uk.pairs.referral.completed.v1",
        {"referral_id": str(referral_id), "completed_on": "2026-03-10"},
    )
    assert ("referral.supply", referral_id) in await team.audited()


async def test_nothing_comes_that_nobody_asked_for(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id

    with pytest.raises(RuleBroken):
        await supply(team, referral_id, seen=1)


async def test_it_is_said_what_came(team: ATeam) -> None:
    referral_id = await asked(team)

    with pytest.raises(RuleBroken):
        await supply(team, referral_id, said="  ")


async def test_a_second_press_changes_nothing(team: ATeam) -> None:
    referral_id = await asked(team)
    await supply(team, referral_id)

    with pytest.raises(Conflict):
        await supply(team, referral_id)


async def test_the_region_answers_nothing(team: ATeam) -> None:
    referral_id = await asked(team)

    with pytest.raises(NotAllowed):
        await supply(team, referral_id, an_actor(Role.REGIONAL_LEAD))
