from datetime import timedelta
from uuid import UUID

import pytest

from services.referral.groups.commands.leave_group import LeaveGroup, leave_group
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.groups.builders import AGroup, a_group


async def leaves(group: AGroup, place_id: UUID, actor: Actor | None = None) -> None:
    async with group.team.begin(actor or group.practitioner) as work:
        await leave_group(LeaveGroup(group.id, place_id), work)


async def test_today_is_their_last_day_and_they_may_come_back(team: ATeam) -> None:
    group = await a_group(team)
    place_id = await group.adds(group.families[0])

    await leaves(group, place_id)

    (place,) = (await group.stored()).places
    assert place.left_on == TODAY
    assert (await team.audited())[-1] == ("group.leave", group.families[0].family_id)
    await group.adds(group.families[0])
    assert len((await group.stored()).places) == 2


async def test_whoever_left_is_not_expected_afterwards(team: ATeam) -> None:
    group = await a_group(team)
    await leaves(group, await group.adds(group.families[0]))

    stored = await group.stored()

    assert (len(stored.expected(TODAY)), len(stored.expected(TODAY + timedelta(days=1)))) == (1, 0)


async def test_nobody_leaves_twice(team: ATeam) -> None:
    group = await a_group(team)
    place_id = await group.adds(group.families[0])
    await leaves(group, place_id)
    team.now = NOW + timedelta(days=1)

    with pytest.raises(Conflict):
        await leaves(group, place_id)


async def test_an_unknown_place_is_not_found_and_the_team_administrator_ends_none(team: ATeam) -> None:
    group = await a_group(team)
    place_id = await group.adds(group.families[0])

    with pytest.raises(NotFound):
        await leaves(group, new_id())
    with pytest.raises(NotAllowed):
        await leaves(group, place_id, an_actor(Role.TEAM_ADMINISTRATOR))
