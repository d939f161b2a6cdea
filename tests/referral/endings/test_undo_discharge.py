from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from services.referral.database.tables import episode
from services.referral.endings.commands.undo_discharge import UndoDischarge, undo_discharge
from shared.contracts.vocabulary import Level
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.endings.test_discharge_family import discharge
from tests.referral.support.builders import LEAD, episode_of, told, told_to_the_region


async def undo(family: AFamily, actor: Actor = LEAD, reason: str = "The wrong family was chosen.") -> None:
    async with family.team.begin(actor) as work:
        await undo_discharge(UndoDischarge(family.episode_id, reason), work)


async def test_the_work_goes_on_with_the_support_that_the_family_had(team: ATeam) -> None:
    family = await a_family(team)
    await discharge(family)

    await undo(family)

    episode = await episode_of(family)
    assert (episode.ended_on, episode.support.level, episode.support.direct_work) == (None, Level.TARGETED, True)
    assert [one["reason"] for one in await told(team, "tier.changed")] == ["discharged", "discharge_undone"]
    await discharge(family)


async def test_the_region_counts_a_discharge_that_was_undone_no_more(team: ATeam) -> None:
    family = await a_family(team)
    await discharge(family)
    [told] = await told_to_the_region(team, "episode_discharged")

    await undo(family)

    assert await told_to_the_region(team, "episode_discharged_corrected") == [{"was": told, "instead": None}]
    assert (told["ending"], told["length"], told["tier"]) == ("planned", 0, "targeted")


async def test_after_28_days_a_new_referral_is_needed(team: ATeam) -> None:
    family = await a_family(team)
    await discharge(family)
    team.now = NOW + timedelta(29)

    with pytest.raises(RuleBroken, match="discharge_old"):
        await undo(family)


async def test_only_the_lead_undoes_it_with_a_reason_and_once(team: ATeam) -> None:
    family = await a_family(team)
    await discharge(family)

    with pytest.raises(NotAllowed):
        await undo(family, family.practitioner)
    with pytest.raises(RuleBroken, match="reason_missing"):
        await undo(family, reason=" ")
    await undo(family)
    with pytest.raises(Conflict, match="episode_open"):
        await undo(family)


async def test_it_is_not_undone_once_new_work_with_the_family_has_begun(team: ATeam) -> None:
    family = await a_family(team)
    await discharge(family)
    async with team.engine.begin() as connection:
        ended = (await connection.execute(select(episode))).mappings().one()
        begun = {"id": new_id(), "level": "targeted", "review_on": TODAY, "ended_on": None, "ending": None}
        await connection.execute(insert(episode).values({**ended, **begun}))

    with pytest.raises(Conflict, match="episode_newer"):
        await undo(family)
