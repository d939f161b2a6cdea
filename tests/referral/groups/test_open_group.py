from typing import Any

import pytest

from services.referral.groups.commands.open_group import open_group
from services.referral.groups.database.groups import Groups
from shared.contracts.pathway_codes import Venue
from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.groups.builders import a_group, an_opening_of


async def test_a_group_is_open_and_nobody_takes_part_yet(team: ATeam) -> None:
    group = await a_group(team)

    stored = await group.stored()
    assert (stored.name, stored.capacity, stored.venue, stored.places) == (
        "Circle on Tuesdays",
        8,
        Venue.FAMILY_HUB,
        [],
    )
    assert (await team.audited())[-1] == ("group.open", group.id)


async def test_a_form_that_was_sent_twice_is_one_group(team: ATeam) -> None:
    group = await a_group(team)

    async with team.begin(group.practitioner) as work:
        await open_group(an_opening_of(group.id, group.practitioner, name="Another"), work)

    assert (await group.stored()).name == "Circle on Tuesdays"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 101}, "capacity"),
        ({"venue": Venue.REMOTE}, "venue"),
        ({"practitioner_id": new_id()}, "practitioner"),
    ],
)
async def test_what_is_missing_is_asked_for(team: ATeam, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        await a_group(team, **changes)

    assert refusal.value.field == field


async def test_the_team_administrator_opens_none_and_an_unknown_one_is_not_found(team: ATeam) -> None:
    group = await a_group(team)
    async with team.begin(an_actor(Role.TEAM_ADMINISTRATOR)) as work:
        with pytest.raises(NotAllowed):
            await open_group(an_opening_of(new_id(), group.practitioner), work)
        with pytest.raises(NotFound):
            await Groups(work).get(new_id())
