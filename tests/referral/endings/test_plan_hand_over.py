from datetime import date
from typing import Any

import pytest

from services.referral.endings.commands.plan_hand_over import PlanHandOver, plan_hand_over
from services.referral.support.database.endings import Endings
from services.referral.support.domain.ending import HandOverDetails
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.support.builders import ADMINISTRATOR


async def plan(family: AFamily, seen: int = 0, actor: Actor | None = None, **changes: Any) -> None:
    usual = {
        "planned_for": date(2027, 9, 1),
        "service": "Health visiting",
        "needs_to_know": "What helps Shannon settle.",
        "family_view": "Leonie knows the health visitor.",
    }
    async with family.team.begin(actor or family.practitioner) as work:
        await plan_hand_over(PlanHandOver(family.episode_id, seen, HandOverDetails(**usual | changes)), work)


async def test_a_hand_over_is_planned_and_changed(team: ATeam) -> None:
    family = await a_family(team)
    await plan(family)

    await plan(family, seen=1, service="Primary mental health workers")

    async with team.begin(family.practitioner) as work:
        stored = await Endings(work).hand_over_of(family.episode_id)
    assert stored
    assert (stored.details.service, stored.version) == ("Primary mental health workers", 2)


async def test_a_change_made_meanwhile_is_not_overwritten(team: ATeam) -> None:
    family = await a_family(team)
    await plan(family)

    with pytest.raises(Conflict):
        await plan(family)


async def test_it_says_who_takes_over_and_what_they_need_to_know(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken, match="service_missing"):
        await plan(family, service=" ")
    with pytest.raises(RuleBroken, match="needs_to_know_missing"):
        await plan(family, needs_to_know="")


async def test_an_administrator_does_not_plan_it(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotAllowed):
        await plan(family, actor=ADMINISTRATOR)
