import asyncio

import pytest

from services.referral.governance.commands.restrict_family import RestrictFamily, restrict_family
from services.referral.people.database.restrictions import Restrictions
from services.referral.people.domain.restriction import RestrictionReason
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.governance.builders import LEAD, OTHER, OTHER_LEAD, PRACTITIONER, restrict, sees


async def test_only_named_colleagues_and_the_lead_who_restricted_it_may_see_the_record(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id

    await restrict(team, family_id, PRACTITIONER.id)

    seen = [await sees(team, family_id, actor) for actor in (LEAD, PRACTITIONER, OTHER, OTHER_LEAD)]
    assert seen == [True, True, False, False]
    assert (await team.audited())[-1] == ("family.restrict", family_id)


async def test_a_family_that_nobody_restricted_is_open_to_the_team(team: ATeam) -> None:
    restricted = (await team.accepts()).family_id
    family_id = (await team.accepts()).family_id
    await restrict(team, restricted)

    assert await sees(team, family_id, OTHER)


async def test_the_names_can_be_changed_and_the_one_before_stays_in_the_history(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    first = await restrict(team, family_id, PRACTITIONER.id)

    second = await restrict(team, family_id, OTHER.id, seen=first)

    async with team.begin(LEAD) as work:
        restriction = await Restrictions(work).read(family_id)
    assert restriction is not None
    assert (restriction.id, restriction.colleagues) == (second, {OTHER.id, LEAD.id})


async def test_only_the_lead_restricts(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id

    command = RestrictFamily(family_id, RestrictionReason.COLLEAGUE, "Why")
    with pytest.raises(NotAllowed):
        async with team.begin(PRACTITIONER) as work:
            await restrict_family(command, work)


async def test_a_page_of_before_is_a_conflict(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)

    with pytest.raises(Conflict):
        await restrict(team, family_id)


async def test_of_two_who_restrict_at_once_one_is_told(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id

    results = await asyncio.gather(restrict(team, family_id), restrict(team, family_id), return_exceptions=True)

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "UUID"]


async def test_a_reason_is_needed_in_words(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id

    with pytest.raises(RuleBroken):
        async with team.begin(LEAD) as work:
            await restrict_family(RestrictFamily(family_id, RestrictionReason.COLLEAGUE, "  "), work)


async def test_there_must_be_such_a_family(team: ATeam) -> None:
    with pytest.raises(NotFound):
        await restrict(team, new_id())
