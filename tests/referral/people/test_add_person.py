from datetime import date
from typing import Any

import pytest

from services.referral.people.commands.add_person import AddPerson, add_person
from services.referral.people.domain.dyad import Involvement
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import MemberKind, PersonDetails
from shared.contracts.pathway_codes import TaskKind
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import OUTSIDER, accepted, adds, does, events, expecting, family_of, person_named

SIXTEEN = date(2010, 1, 5)


async def test_a_twin_gets_a_dyad_with_each_carer_who_is_to_it_what_they_are_to_the_other(team: ATeam) -> None:
    family_id = await accepted(team)

    twin = await adds(team, family_id, MemberKind.BABY, name="Shane Example", born_on=date(2025, 10, 20), birth_order=2)

    family = await family_of(team, family_id)
    made = [dyad for dyad in family.dyads if dyad.baby_id == twin]
    assert [(dyad.relationship, dyad.is_primary, dyad.involvement) for dyad in made] == [
        (Relationship.BIRTH_PARENT, True, Involvement.NOT_KNOWN),
        (Relationship.FATHER, False, Involvement.NOT_KNOWN),
    ]
    assert len(family.dyads) == 4
    assert ("person.add", family_id) in await team.audited()


async def test_what_a_carer_is_to_a_new_baby_can_be_chosen(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")

    baby = await adds(team, family_id, MemberKind.BABY, {dan.id: Relationship.PARENT}, due_on=date(2026, 6, 1))

    dyads = (await family_of(team, family_id)).dyads
    assert [one.relationship for one in dyads if one.baby_id == baby and one.carer_id == dan.id] == [
        Relationship.PARENT
    ]


async def test_a_new_carer_gets_a_dyad_with_each_baby(team: ATeam) -> None:
    family_id = await expecting(team)
    await adds(team, family_id, MemberKind.BABY, due_on=date(2026, 4, 20), birth_order=2)
    babies = (await family_of(team, family_id)).babies

    chosen = {baby.id: Relationship.SPECIAL_GUARDIAN for baby in babies}
    grace = await adds(team, family_id, MemberKind.CARER, chosen, name="Grace Example")

    made = [one for one in (await family_of(team, family_id)).dyads if one.carer_id == grace]
    assert [one.relationship for one in made] == [Relationship.SPECIAL_GUARDIAN] * 2
    assert not any(one.is_primary for one in made)


async def test_a_brother_opens_no_record_and_makes_no_dyad(team: ATeam) -> None:
    family_id = await accepted(team)

    await adds(team, family_id, MemberKind.SIBLING, name="Sam Example")

    assert len((await family_of(team, family_id)).dyads) == 2


async def test_a_parent_of_sixteen_raises_a_task_for_the_safeguarding_lead(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = (await family_of(team, family_id)).babies[0]

    await adds(team, family_id, MemberKind.CARER, {baby.id: Relationship.FATHER}, name="Joe Example", born_on=SIXTEEN)
    await adds(team, family_id, MemberKind.SIBLING, name="Sam Example", born_on=SIXTEEN)

    assert [event["kind"] for event in await events(team, "task.raised")] == [TaskKind.YOUNG_PARENT]


async def test_somebody_from_outside_the_team_adds_nobody(team: ATeam) -> None:
    family_id = await accepted(team)

    with pytest.raises(NotAllowed):
        await does(team, add_person, AddPerson(family_id, MemberKind.OTHER, PersonDetails(name="Eve")), OUTSIDER)


async def test_there_is_no_family_to_add_to(team: ATeam) -> None:
    with pytest.raises(NotFound):
        await adds(team, new_id(), MemberKind.OTHER, name="Eve Example")


@pytest.mark.parametrize(
    ("kind", "details", "field"),
    [
        (MemberKind.CARER, {}, "name"),
        (MemberKind.CARER, {"name": "Eve", "born_on": date(2020, 1, 1)}, "born_on"),
        (MemberKind.SIBLING, {"name": "Eve", "born_on": date(2026, 3, 3)}, "born_on"),
        (MemberKind.BABY, {"name": "Eve"}, "born_on"),
        (MemberKind.BABY, {"due_on": date(2027, 3, 3)}, "due_on"),
        (MemberKind.BABY, {"due_on": date(2026, 5, 3), "nhs_number": "9990000026"}, "nhs_number"),
        (MemberKind.BABY, {"born_on": date(2020, 5, 3)}, "born_on"),
        (MemberKind.BABY, {"born_on": TODAY, "nhs_number": "9990000018"}, "nhs_number"),
    ],
)
async def test_what_cannot_be_right_is_refused_and_nobody_is_added(
    team: ATeam, kind: MemberKind, details: dict[str, Any], field: str
) -> None:
    family_id = await accepted(team)

    with pytest.raises(RuleBroken) as refusal:
        await adds(team, family_id, kind, **details)

    assert refusal.value.field == field
    assert len((await family_of(team, family_id)).members) == 3


async def test_a_foster_carer_of_one_twin_makes_no_dyad_with_the_other_and_somebody_needs_one(team: ATeam) -> None:
    family_id = await accepted(team)
    await adds(team, family_id, MemberKind.BABY, name="Shane Example", born_on=date(2025, 10, 20), birth_order=2)
    first, second = (await family_of(team, family_id)).babies

    foster = await adds(
        team, family_id, MemberKind.CARER, {first.id: None, second.id: Relationship.FOSTER}, name="Fay Example"
    )

    dyads = (await family_of(team, family_id)).dyads
    assert [(one.baby_id, one.relationship) for one in dyads if one.carer_id == foster] == [
        (second.id, Relationship.FOSTER)
    ]
    with pytest.raises(RuleBroken) as broken:
        await adds(team, family_id, MemberKind.CARER, {first.id: None, second.id: None}, name="Nobody Example")
    assert broken.value.code == "no_dyad"
