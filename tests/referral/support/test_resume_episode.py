from datetime import timedelta

import pytest

from services.referral.support.commands.resume_episode import ResumeEpisode, resume_episode
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.support.builders import ADMINISTRATOR, told
from tests.referral.support.test_pause_episode import pause


async def resume(family: AFamily, days: int = 0, actor: Actor | None = None) -> None:
    async with family.team.begin(actor or family.practitioner) as work:
        await resume_episode(ResumeEpisode(family.episode_id, TODAY + timedelta(days)), work)


async def test_the_work_goes_on_and_can_be_paused_again(team: ATeam) -> None:
    family = await a_family(team)
    await pause(family)
    team.now = NOW + timedelta(14)

    await resume(family, 14)
    await pause(family, TODAY + timedelta(14))

    assert [one["resumed_on"] for one in await told(team, "episode.resumed")] == ["2026-03-16"]


async def test_what_is_not_paused_does_not_resume(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(Conflict, match="episode_not_paused"):
        await resume(family)


async def test_it_does_not_resume_before_it_was_paused(team: ATeam) -> None:
    family = await a_family(team)
    await pause(family)

    with pytest.raises(RuleBroken, match="day_before"):
        await resume(family, -1)


async def test_an_administrator_does_not_resume(team: ATeam) -> None:
    family = await a_family(team)
    await pause(family)

    with pytest.raises(NotAllowed):
        await resume(family, actor=ADMINISTRATOR)
