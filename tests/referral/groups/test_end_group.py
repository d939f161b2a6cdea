from datetime import date

import pytest

from services.referral.groups.commands.end_group import EndGroup, end_group
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.groups.builders import AGroup, a_group


async def ends(group: AGroup, on: date = TODAY, seen: int = 1, actor: Actor | None = None) -> None:
    async with group.team.begin(actor or group.practitioner) as work:
        await end_group(EndGroup(group.id, seen, on), work)


async def test_nobody_joins_a_group_that_has_ended(team: ATeam) -> None:
    group = await a_group(team)

    await ends(group)

    assert (await group.stored()).ended_on == TODAY
    assert (await team.audited())[-1] == ("group.end", group.id)
    with pytest.raises(RuleBroken) as refusal:
        await group.adds(group.families[0])
    assert refusal.value.code == "group_ended"


async def test_a_group_ends_once_and_as_it_was_seen(team: ATeam) -> None:
    group = await a_group(team)

    with pytest.raises(Conflict):
        await ends(group, seen=2)
    await ends(group)
    with pytest.raises(Conflict):
        await ends(group, seen=2)


async def test_it_does_not_end_before_it_began(team: ATeam) -> None:
    group = await a_group(team)

    with pytest.raises(RuleBroken) as refusal:
        await ends(group, date(2026, 2, 28))

    assert refusal.value.field == "ended_on"


async def test_the_team_administrator_ends_none_and_an_unknown_one_is_not_found(team: ATeam) -> None:
    group = await a_group(team)

    with pytest.raises(NotAllowed):
        await ends(group, actor=an_actor(Role.TEAM_ADMINISTRATOR))
    group.id = new_id()
    with pytest.raises(NotFound):
        await ends(group)
