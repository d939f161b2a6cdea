from datetime import date, timedelta

import pytest

from services.referral.people.commands.add_known_person import AddKnownPerson, add_known_person
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.people.domain.person import MemberKind
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.people.builders import (
    ADMINISTRATOR,
    OUTSIDER,
    accepted,
    does,
    events,
    expecting,
    family_of,
    person_named,
    unborn_of,
)


@pytest.mark.parametrize(("name", "is_baby"), [("Shannon Example", True), ("Dan Example", False)])
async def test_the_death_of_a_baby_or_a_carer_stops_every_message(team: ATeam, name: str, is_baby: bool) -> None:
    family_id = await accepted(team)
    person = await person_named(team, family_id, name)

    await does(team, record_death, RecordDeath(family_id, person.id, 1, TODAY), ADMINISTRATOR)

    assert (await family_of(team, family_id)).messages_stopped_at == NOW
    assert (await person_named(team, family_id, name)).died_on == TODAY
    assert await events(team, "person.died") == [
        {"family_id": str(family_id), "person_id": str(person.id), "is_baby": is_baby}
    ]
    assert ("death.record", family_id) in await team.audited()


async def test_somebody_in_two_families_silences_both(team: ATeam) -> None:
    family_id, other = await accepted(team), await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")
    await does(team, add_known_person, AddKnownPerson(other, dan.id, MemberKind.OTHER))

    await does(team, record_death, RecordDeath(family_id, dan.id, 1, TODAY))

    assert (await family_of(team, other)).messages_stopped_at == NOW
    assert {event["family_id"] for event in await events(team, "person.died")} == {str(family_id), str(other)}


async def test_a_death_is_recorded_once(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")
    await does(team, record_death, RecordDeath(family_id, dan.id, 1, TODAY))

    with pytest.raises(Conflict):
        await does(team, record_death, RecordDeath(family_id, dan.id, 1, TODAY))
    with pytest.raises(RuleBroken, match="death_known"):
        await does(team, record_death, RecordDeath(family_id, dan.id, 2, TODAY))


@pytest.mark.parametrize("on", [TODAY + timedelta(1), date(2025, 10, 19)])
async def test_a_day_that_cannot_be_right_is_refused(team: ATeam, on: date) -> None:
    family_id = await accepted(team)
    shannon = await person_named(team, family_id, "Shannon Example")

    with pytest.raises(RuleBroken, match="died_on"):
        await does(team, record_death, RecordDeath(family_id, shannon.id, 1, on))
    assert (await family_of(team, family_id)).messages_stopped_at is None


async def test_an_unborn_baby_has_a_page_of_its_own_for_this(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)

    with pytest.raises(RuleBroken, match="death_unborn"):
        await does(team, record_death, RecordDeath(family_id, baby.id, 1, TODAY))


async def test_only_the_team_records_a_death(team: ATeam) -> None:
    family_id = await accepted(team)
    dan = await person_named(team, family_id, "Dan Example")

    with pytest.raises(NotAllowed):
        await does(team, record_death, RecordDeath(family_id, dan.id, 1, TODAY), OUTSIDER)
