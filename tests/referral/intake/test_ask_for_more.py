from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.referral.intake.commands.ask_for_more import AskForMore, ask_for_more
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral import Referral, ReferralState
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.support.builders import told_to_the_region

ADMINISTRATOR = an_actor(Role.TEAM_ADMINISTRATOR)
MISSING = "The family's phone number."


async def ask(team: ATeam, referral_id: UUID, actor: Actor = ADMINISTRATOR, seen: int = 1, **changes: Any) -> None:
    usual: dict[str, Any] = {"asked_for": MISSING, "chase_on": date(2026, 3, 16)}
    async with team.begin(actor) as work:
        await ask_for_more(AskForMore(referral_id, seen, **(usual | changes)), work)


async def stored(team: ATeam, referral_id: UUID) -> Referral:
    async with team.begin(ADMINISTRATOR) as work:
        return await Referrals(work).get(referral_id)


async def test_the_administrator_asks_and_the_referral_waits_on_from_its_first_receipt(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id
    team.now = NOW.replace(day=4)

    await ask(team, referral_id)

    referral = await stored(team, referral_id)
    assert referral.state is ReferralState.INCOMPLETE
    assert referral.received_on == TODAY
    assert referral.enquiry
    assert (referral.enquiry.asked_for, referral.enquiry.chases) == (MISSING, 0)
    assert (await team.published())[1] == (
        "uk.pairs.referral.incomplete.v1",
        {
            "referral_id": str(referral_id),
            "asked_on": "2026-03-04",
            "received_on": "2026-03-02",
            "is_asked_again": False,
        },
    )
    assert ("referral.ask", referral_id) in await team.audited()


async def test_to_ask_again_counts_as_a_chase(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id
    await ask(team, referral_id)
    team.now = NOW.replace(day=16)

    await ask(team, referral_id, seen=2, asked_for="Still the number.", chase_on=date(2026, 3, 30))

    enquiry = (await stored(team, referral_id)).enquiry
    assert enquiry
    assert (enquiry.asked_for, enquiry.asked_on, enquiry.chases) == ("Still the number.", TODAY, 1)
    assert await told_to_the_region(team, "referral_incomplete") == [{"month": "2026-03-01"}], "each is counted once"


async def test_a_referral_of_a_family_in_danger_is_a_worry_by_itself(team: ATeam) -> None:
    referral_id = (await team.receives(in_danger=True)).referral_id

    await ask(team, referral_id)

    enquiry = (await stored(team, referral_id)).enquiry
    assert enquiry
    assert enquiry.safety_worry


async def test_the_region_does_not_ask(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id

    with pytest.raises(NotAllowed):
        await ask(team, referral_id, an_actor(Role.REGIONAL_LEAD))


async def test_a_second_press_is_no_second_chase(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id
    await ask(team, referral_id)

    with pytest.raises(Conflict):
        await ask(team, referral_id)


@pytest.mark.parametrize(
    "wrong", [{"asked_for": " "}, {"chase_on": TODAY}, {"chase_on": TODAY + timedelta(61)}], ids=str
)
async def test_what_is_missing_and_when_to_ask_again_are_said(team: ATeam, wrong: dict[str, Any]) -> None:
    referral_id = (await team.receives()).referral_id

    with pytest.raises(RuleBroken):
        await ask(team, referral_id, **wrong)

    assert len(await team.published()) == 1
