import pytest
from sqlalchemy import select

from services.referral.database.family_tables import family_member
from services.referral.people.commands.end_membership import EndMembership, end_membership
from services.referral.people.domain.person import MemberKind
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import ADMINISTRATOR, accepted, adds, does, family_of, person_named


async def test_somebody_who_leaves_is_not_deleted(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")

    await does(team, end_membership, EndMembership(family_id, dan.id))

    async with team.engine.connect() as connection:
        until = await connection.scalar(select(family_member.c.until_on).where(family_member.c.person_id == dan.id))
    family = await family_of(team, family_id)
    assert until == TODAY
    assert [one.person.name for one in family.members] == ["Shannon Example", "Leonie Example"]
    assert len(family.dyads) == 1
    assert ("person.leave", family_id) in await team.audited()


async def test_a_baby_keeps_a_primary_carer_and_the_record_its_baby(team: ATeam) -> None:
    family_id = await accepted(team)
    family = await family_of(team, family_id)

    with pytest.raises(RuleBroken, match="primary_carer"):
        await does(team, end_membership, EndMembership(family_id, family.carers[0].id))
    with pytest.raises(RuleBroken, match="last_baby"):
        await does(team, end_membership, EndMembership(family_id, family.babies[0].id))


async def test_whoever_left_cannot_leave_again(team: ATeam) -> None:
    family_id = await accepted(team)
    sam = await adds(team, family_id, MemberKind.SIBLING, name="Sam Example")
    await does(team, end_membership, EndMembership(family_id, sam))

    with pytest.raises(NotFound):
        await does(team, end_membership, EndMembership(family_id, sam))


async def test_an_administrator_takes_nobody_out(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")

    with pytest.raises(NotAllowed):
        await does(team, end_membership, EndMembership(family_id, dan.id), ADMINISTRATOR)
