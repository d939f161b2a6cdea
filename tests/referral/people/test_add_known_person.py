from datetime import date

import pytest

from services.referral.people.commands.add_known_person import AddKnownPerson, add_known_person
from services.referral.people.commands.end_membership import EndMembership, end_membership
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import MemberKind
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.people.builders import OUTSIDER, accepted, adds, does, events, expecting, family_of, person_named

PARENT = Relationship.BIRTH_PARENT


async def test_olivia_is_a_child_in_one_family_and_a_parent_in_another_and_one_person(team: ATeam) -> None:
    earlier, family_id = await accepted(team), await expecting(team)
    olivia = await adds(team, earlier, MemberKind.SIBLING, name="Olivia Example", born_on=date(2010, 1, 5))

    await does(team, add_known_person, AddKnownPerson(family_id, olivia, MemberKind.CARER, PARENT))

    family = await family_of(team, family_id)
    assert family.member(olivia).kind is MemberKind.CARER
    assert (await family_of(team, earlier)).member(olivia).kind is MemberKind.SIBLING
    assert [one.relationship for one in family.dyads if one.carer_id == olivia] == [PARENT]
    assert [event["kind"] for event in await events(team, "task.raised")] == ["young_parent"]


async def test_whoever_left_can_come_back(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")
    await does(team, end_membership, EndMembership(family_id, dan.id))

    await does(team, add_known_person, AddKnownPerson(family_id, dan.id, MemberKind.CARER, Relationship.FATHER))

    family = await family_of(team, family_id)
    assert family.member(dan.id).person.name == "Dan Example"
    assert len([one for one in family.dyads if one.carer_id == dan.id]) == 1


async def test_nobody_is_twice_in_one_family(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")

    with pytest.raises(RuleBroken, match="person_in_family"):
        await does(team, add_known_person, AddKnownPerson(family_id, dan.id, MemberKind.CARER, PARENT))


async def test_a_carer_needs_a_relationship_and_a_baby_a_date(team: ATeam) -> None:
    earlier, family_id = await accepted(team), await accepted(team)
    dan = await person_named(team, earlier, "Dan Example")

    with pytest.raises(RuleBroken, match="carer_relationship"):
        await does(team, add_known_person, AddKnownPerson(family_id, dan.id, MemberKind.CARER))
    with pytest.raises(RuleBroken, match="baby_date"):
        await does(team, add_known_person, AddKnownPerson(family_id, dan.id, MemberKind.BABY))


async def test_only_people_on_record_and_only_by_the_team(team: ATeam) -> None:
    family_id = await accepted(team)

    with pytest.raises(NotFound):
        await does(team, add_known_person, AddKnownPerson(family_id, new_id(), MemberKind.OTHER))
    with pytest.raises(NotAllowed):
        await does(team, add_known_person, AddKnownPerson(family_id, new_id(), MemberKind.OTHER), OUTSIDER)
