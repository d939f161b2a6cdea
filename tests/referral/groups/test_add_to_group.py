import pytest

from services.referral.groups.commands.add_to_group import AddToGroup, add_to_group
from shared.contracts.vocabulary import Role
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.contacts.builders import a_family
from tests.referral.groups.builders import a_group
from tests.referral.people.builders import family_of


async def test_a_baby_and_a_carer_take_part_from_today(team: ATeam) -> None:
    group = await a_group(team)
    (family,) = group.families

    place_id = await group.adds(family)

    (place,) = (await group.stored()).places
    assert (place.id, place.baby_id, place.carer_id) == (place_id, family.shannon, family.leonie)
    assert (place.joined_on, place.left_on) == (TODAY, None)
    assert (await team.audited())[-1] == ("group.join", family.family_id)


async def test_nobody_takes_part_twice(team: ATeam) -> None:
    group = await a_group(team)
    await group.adds(group.families[0])

    with pytest.raises(Conflict):
        await group.adds(group.families[0])
    await group.adds(group.families[0], carer=group.families[0].dan)

    assert len((await group.stored()).places) == 2


async def test_a_full_group_takes_nobody_in(team: ATeam) -> None:
    group, other = await a_group(team, capacity=1), await a_family(team, request={"nhs_number": None})
    await group.adds(group.families[0])

    with pytest.raises(RuleBroken) as refusal:
        await group.adds(other)

    assert refusal.value.sentence == "The group is full. Someone must leave it first."


async def test_an_unknown_baby_and_carer_and_an_unknown_group_are_not_found(team: ATeam) -> None:
    group = await a_group(team)
    (dyad, *_) = (await family_of(team, group.families[0].family_id)).dyads
    async with team.begin(group.practitioner) as work:
        for command in (AddToGroup(group.id, new_id()), AddToGroup(new_id(), dyad.id)):
            with pytest.raises(NotFound):
                await add_to_group(command, work)


async def test_the_team_administrator_adds_nobody(team: ATeam) -> None:
    group = await a_group(team)

    with pytest.raises(NotAllowed):
        await group.adds(group.families[0], actor=an_actor(Role.TEAM_ADMINISTRATOR))
