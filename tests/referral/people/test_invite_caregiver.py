from datetime import timedelta

import pytest

from services.referral.people.commands.change_person import ChangePerson, change_person
from services.referral.people.commands.invite_caregiver import InviteCaregiver, invite_caregiver
from services.referral.people.domain.person import PersonDetails
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import ADMINISTRATOR, OUTSIDER, accepted, does, events, family_of, person_named


async def test_dad_is_invited_in_his_own_right_once(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")
    assert (await family_of(team, family_id)).member(dan.id).invited_on is None

    await does(team, invite_caregiver, InviteCaregiver(family_id, dan.id, TODAY), ADMINISTRATOR)

    with pytest.raises(Conflict, match="invited"):
        await does(team, invite_caregiver, InviteCaregiver(family_id, dan.id, TODAY))
    assert (await family_of(team, family_id)).member(dan.id).invited_on == TODAY
    assert await events(team, "caregiver.invited") == [{"family_id": str(family_id), "group": "dad_or_partner"}]
    assert ("carer.invite", family_id) in await team.audited()


async def test_nobody_invites_a_baby_or_somebody_who_is_not_safe_to_contact_or_tomorrow(team: ATeam) -> None:
    family_id = await accepted(team)
    shannon, dan = [await person_named(team, family_id, f"{name} Example") for name in ("Shannon", "Dan")]

    with pytest.raises(RuleBroken, match="invite_carer"):
        await does(team, invite_caregiver, InviteCaregiver(family_id, shannon.id, TODAY))
    with pytest.raises(RuleBroken, match="invited_on"):
        await does(team, invite_caregiver, InviteCaregiver(family_id, dan.id, TODAY + timedelta(1)))
    unsafe = PersonDetails(name="Dan Example", contact_unsafe=True)
    await does(team, change_person, ChangePerson(family_id, dan.id, 1, unsafe))
    with pytest.raises(RuleBroken, match="invite_unsafe"):
        await does(team, invite_caregiver, InviteCaregiver(family_id, dan.id, TODAY))


async def test_only_the_team_invites(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")

    with pytest.raises(NotAllowed):
        await does(team, invite_caregiver, InviteCaregiver(family_id, dan.id, TODAY), OUTSIDER)
