from datetime import date

import pytest

from services.referral.support.commands.pause_episode import PauseEpisode, pause_episode
from shared.contracts.pathway_codes import PauseReason
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.support.builders import ADMINISTRATOR, told


async def pause(family: AFamily, day: date = TODAY, actor: Actor | None = None) -> None:
    async with family.team.begin(actor or family.practitioner) as work:
        await pause_episode(PauseEpisode(family.episode_id, PauseReason.FAMILY_ASKED, day), work)


async def test_a_family_can_ask_to_wait(team: ATeam) -> None:
    family = await a_family(team)

    await pause(family)

    assert [(one["reason"], one["paused_on"]) for one in await told(team, "episode.paused")] == [
        ("family_asked", "2026-03-02")
    ]


async def test_what_is_paused_is_not_paused_again(team: ATeam) -> None:
    family = await a_family(team)
    await pause(family)

    with pytest.raises(Conflict, match="episode_paused"):
        await pause(family)


async def test_a_pause_is_not_before_the_work_nor_to_come(team: ATeam) -> None:
    family = await a_family(team)

    for day in (date(2026, 3, 1), date(2026, 3, 3)):
        with pytest.raises(RuleBroken):
            await pause(family, day)


async def test_an_administrator_does_not_pause(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotAllowed):
        await pause(family, actor=ADMINISTRATOR)
