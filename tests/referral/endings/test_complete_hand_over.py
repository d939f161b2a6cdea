import pytest

from services.referral.endings.commands.complete_hand_over import CompleteHandOver, complete_hand_over
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.endings.test_plan_hand_over import plan
from tests.referral.support.builders import ADMINISTRATOR, told


async def complete(family: AFamily, actor: Actor | None = None) -> None:
    async with family.team.begin(actor or family.practitioner) as work:
        await complete_hand_over(CompleteHandOver(family.episode_id), work)


async def test_the_next_service_takes_over_once(team: ATeam) -> None:
    family = await a_family(team)
    await plan(family)

    await complete(family)

    assert [one["handed_over_on"] for one in await told(team, "episode.handed_over")] == ["2026-03-02"]
    with pytest.raises(Conflict, match="hand_over_complete"):
        await complete(family)


async def test_what_is_not_planned_is_not_complete(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotFound):
        await complete(family)


async def test_an_administrator_does_not_complete_it(team: ATeam) -> None:
    family = await a_family(team)
    await plan(family)

    with pytest.raises(NotAllowed):
        await complete(family, ADMINISTRATOR)
