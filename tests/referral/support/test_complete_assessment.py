from typing import Any

import pytest
from sqlalchemy import select

from services.referral.database.tables import episode
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from shared.staff.tables import earlier_version
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.contacts.builders import a_family
from tests.referral.support.builders import ADMINISTRATOR, assess, told


async def test_an_assessment_says_what_the_baby_showed_and_stops_no_wait_by_itself(team: ATeam) -> None:
    family = await a_family(team)
    await family.has()

    await assess(family)

    [completed] = await told(team, "assessment.completed")
    assert (completed["had_baseline"], completed["has_infant_voice"]) == (False, True)
    async with team.engine.connect() as connection:
        assert await connection.scalar(select(episode.c.assessed_on)) == TODAY


async def test_a_change_keeps_what_was_written_before(team: ATeam) -> None:
    family = await a_family(team)
    await family.has()
    await assess(family)

    await assess(family, seen=1, needs="To sleep.")

    async with team.engine.connect() as connection:
        kept = (await connection.execute(select(earlier_version.c.kind, earlier_version.c.content))).one()
    assert (kept.kind, kept.content["needs"]) == ("assessment", "To feel safe enough to be with Shannon.")


async def test_who_opened_the_page_before_a_change_loses_nothing_and_overwrites_nothing(team: ATeam) -> None:
    family = await a_family(team)
    await family.has()
    await assess(family)

    with pytest.raises(Conflict, match="changed_since"):
        await assess(family, seen=0, needs="Something else.")


async def test_nobody_assesses_a_family_that_nobody_has_met(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken, match="assessment_contact"):
        await assess(family)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"infant_voice": " "}, "infant_voice_missing"),
        ({"safety": ""}, "safety_missing"),
        ({"without_baseline": None}, "assessment_baseline"),
        ({"completed_on": TODAY.replace(day=3)}, "day_future"),
        ({"completed_on": TODAY.replace(day=1)}, "day_before"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_missing_is_named(team: ATeam, changes: dict[str, Any], code: str) -> None:
    family = await a_family(team)
    await family.has()

    with pytest.raises(RuleBroken, match=code):
        await assess(family, **changes)


async def test_an_administrator_does_not_assess(team: ATeam) -> None:
    family = await a_family(team)
    await family.has()

    with pytest.raises(NotAllowed):
        await assess(family, actor=ADMINISTRATOR)
