from datetime import date
from typing import Any

import pytest

from services.referral.people.commands.record_birth import RecordBirth, record_birth
from services.referral.people.domain.person import Birth, MemberKind
from services.referral.people.queries.family_banner import family_banner
from shared.contracts.pathway_codes import PregnancyOutcome
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import (
    ADMINISTRATOR,
    OUTSIDER,
    PRACTITIONER,
    accepted,
    adds,
    does,
    events,
    expecting,
    family_of,
    unborn_of,
)

BORN = Birth(date(2026, 2, 20), "Max Example", "9990000026")


async def test_the_baby_stays_the_same_person_with_a_name_a_number_and_both_ages(team: ATeam) -> None:
    family_id = await expecting(team)
    before = await unborn_of(team, family_id)

    await does(team, record_birth, RecordBirth(family_id, before.id, 1, BORN), ADMINISTRATOR)

    baby = (await family_of(team, family_id)).babies[0]
    async with team.begin(PRACTITIONER) as work:
        line = (await family_banner(work, family_id, TODAY)).babies[0]
    assert (baby.id, baby.name, baby.nhs_number) == (before.id, "Max Example", "9990000026")
    # Due on 20 April, born 59 days before: 280 - 59 days.
    assert (baby.days_of_pregnancy, baby.pregnancy_outcome) == (221, PregnancyOutcome.LIVE_BIRTH)
    assert (line.age, line.corrected_age) == ("10 days", "49 days before the due date")
    assert await events(team, "person.born") == [{"family_id": str(family_id), "person_id": str(baby.id)}]
    assert ("birth.record", family_id) in await team.audited()


async def test_weeks_that_the_unit_counted_win_over_the_due_date(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)

    await does(team, record_birth, RecordBirth(family_id, baby.id, 1, Birth(TODAY, days_of_pregnancy=30 * 7 + 2)))

    assert (await family_of(team, family_id)).babies[0].days_of_pregnancy == 212


async def test_of_twins_each_birth_is_recorded_by_itself(team: ATeam) -> None:
    family_id = await expecting(team)
    first = await unborn_of(team, family_id)
    await adds(team, family_id, MemberKind.BABY, due_on=date(2026, 4, 20), birth_order=2)

    await does(team, record_birth, RecordBirth(family_id, first.id, 1, BORN))

    assert [baby.is_unborn for baby in (await family_of(team, family_id)).babies] == [False, True]


async def test_a_birth_is_recorded_once(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)
    await does(team, record_birth, RecordBirth(family_id, baby.id, 1, BORN))

    with pytest.raises(Conflict):
        await does(team, record_birth, RecordBirth(family_id, baby.id, 1, BORN))
    with pytest.raises(RuleBroken, match="birth_known"):
        await does(team, record_birth, RecordBirth(family_id, baby.id, 2, Birth(TODAY)))
    assert len(await events(team, "person.born")) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"born_on": date(2026, 3, 3)}, "born_on_future"),
        ({"born_on": date(2025, 10, 1)}, "birth_gestation"),
        ({"born_on": TODAY, "days_of_pregnancy": 311}, "birth_gestation"),
        ({"born_on": TODAY, "nhs_number": "9990000018"}, "nhs_number_taken"),
    ],
)
async def test_a_birth_that_cannot_be_right_is_refused(team: ATeam, changes: dict[str, Any], code: str) -> None:
    await accepted(team)
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)

    with pytest.raises(RuleBroken, match=code):
        await does(team, record_birth, RecordBirth(family_id, baby.id, 1, Birth(**changes)))
    assert await unborn_of(team, family_id)


async def test_only_the_team_records_a_birth(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)

    with pytest.raises(NotAllowed):
        await does(team, record_birth, RecordBirth(family_id, baby.id, 1, BORN), OUTSIDER)
