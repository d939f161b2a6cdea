from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.referral.people.commands.add_safety_flag import AddSafetyFlag, add_safety_flag
from services.referral.people.domain.safety_flag import FlagDetails, FlagKind
from services.referral.people.queries.family_banner import family_banner
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.people.builders import ADMINISTRATOR, PRACTITIONER, accepted, does, person_named

FLAG = FlagDetails(FlagKind.DOMESTIC_ABUSE, None, TODAY, date(2026, 5, 1), "Social worker, by telephone", "Never ring.")


async def test_a_flag_stands_in_the_banner_with_its_source_and_says_when_nobody_looked(team: ATeam) -> None:
    family_id = await accepted(team)
    leonie = await person_named(team, family_id, "Leonie Example")

    await does(team, add_safety_flag, AddSafetyFlag(family_id, replace(FLAG, person_id=leonie.id)))

    async with team.begin(PRACTITIONER) as work:
        now = (await family_banner(work, family_id, TODAY)).flags[0]
        later = (await family_banner(work, family_id, date(2026, 5, 2))).flags[0]
    assert (now.kind, now.about, now.source) == (FlagKind.DOMESTIC_ABUSE, "Leonie Example", FLAG.source)
    assert (now.is_overdue, later.is_overdue) == (False, True)
    assert ("safety_flag.add", family_id) in await team.audited()
    assert "Never ring" not in str(await team.published())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"from_on": TODAY + timedelta(1)}, "flag_from"),
        ({"review_on": TODAY}, "flag_review"),
        ({"review_on": date(2028, 1, 1)}, "flag_review"),
        ({"source": " "}, "flag_source"),
    ],
)
async def test_what_cannot_be_right_is_refused(team: ATeam, changes: dict[str, Any], code: str) -> None:
    family_id = await accepted(team)

    with pytest.raises(RuleBroken, match=code):
        await does(team, add_safety_flag, AddSafetyFlag(family_id, replace(FLAG, **changes)))


async def test_a_flag_is_about_somebody_of_the_family_and_judged_by_a_practitioner(team: ATeam) -> None:
    family_id = await accepted(team)

    with pytest.raises(NotFound):
        await does(team, add_safety_flag, AddSafetyFlag(family_id, replace(FLAG, person_id=new_id())))
    with pytest.raises(NotAllowed):
        await does(team, add_safety_flag, AddSafetyFlag(family_id, FLAG), ADMINISTRATOR)
