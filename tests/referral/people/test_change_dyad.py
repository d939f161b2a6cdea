from dataclasses import replace

import pytest

from services.referral.people.commands.change_dyad import ChangeDyad, change_dyad
from services.referral.people.commands.change_person import ChangePerson, change_person
from services.referral.people.domain.dyad import DyadDetails, Involvement
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import Known
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.people.builders import ADMINISTRATOR, accepted, does, family_of, person_named

DAD = DyadDetails(Relationship.FATHER, Involvement.INVOLVED, Known.YES, Known.NO, "Every Saturday.", is_primary=False)
MOTHER = DyadDetails(Relationship.BIRTH_PARENT, Involvement.INVOLVED, Known.YES, Known.YES, "", is_primary=True)


async def test_what_dad_is_to_the_baby_is_said_in_full(team: ATeam) -> None:
    family_id = await accepted(team)
    before = (await family_of(team, family_id)).dyads[1]
    assert before.involvement is Involvement.NOT_KNOWN

    await does(team, change_dyad, ChangeDyad(family_id, before.id, 1, DAD))

    after = (await family_of(team, family_id)).dyad(before.id)
    assert (after.involvement, after.parental_responsibility, after.lives_together) == (
        Involvement.INVOLVED,
        Known.YES,
        Known.NO,
    )
    assert (after.contact_note, after.version) == ("Every Saturday.", 2)
    assert ("dyad.change", family_id) in await team.audited()


async def test_a_baby_has_a_primary_carer_always_and_may_have_two(team: ATeam) -> None:
    family_id = await accepted(team)
    mother, dad = (await family_of(team, family_id)).dyads

    with pytest.raises(RuleBroken, match="primary_carer"):
        await does(team, change_dyad, ChangeDyad(family_id, mother.id, 1, replace(MOTHER, is_primary=False)))
    await does(team, change_dyad, ChangeDyad(family_id, dad.id, 1, replace(DAD, is_primary=True)))
    await does(team, change_dyad, ChangeDyad(family_id, mother.id, 1, replace(MOTHER, is_primary=False)))

    assert [one.is_primary for one in (await family_of(team, family_id)).dyads] == [False, True]


async def test_a_carer_who_is_not_safe_to_contact_is_marked_wherever_they_are_on_record(team: ATeam) -> None:
    family_id = await accepted(team)
    dad = (await family_of(team, family_id)).dyads[1]

    await does(team, change_dyad, ChangeDyad(family_id, dad.id, 1, replace(DAD, involvement=Involvement.UNSAFE)))

    dan = await person_named(team, family_id, "Dan Example")
    assert dan.contact_unsafe
    safe = replace(dan.details, contact_unsafe=False)
    with pytest.raises(RuleBroken, match="contact_unsafe"):
        await does(team, change_person, ChangePerson(family_id, dan.id, dan.version, safe))


async def test_the_second_change_of_one_version_is_told(team: ATeam) -> None:
    family_id = await accepted(team)
    dad = (await family_of(team, family_id)).dyads[1]
    await does(team, change_dyad, ChangeDyad(family_id, dad.id, 1, DAD))

    with pytest.raises(Conflict):
        await does(team, change_dyad, ChangeDyad(family_id, dad.id, 1, DAD))


async def test_an_administrator_does_not_judge_and_a_stranger_is_not_found(team: ATeam) -> None:
    family_id = await accepted(team)

    with pytest.raises(NotAllowed):
        await does(team, change_dyad, ChangeDyad(family_id, new_id(), 1, DAD), ADMINISTRATOR)
    with pytest.raises(NotFound):
        await does(team, change_dyad, ChangeDyad(family_id, new_id(), 1, DAD))
