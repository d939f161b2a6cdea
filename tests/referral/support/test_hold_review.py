from datetime import date, timedelta
from typing import Any

import pytest

from services.referral.support.commands.hold_review import HoldReview, hold_review
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.support.builders import ADMINISTRATOR, a_review, episode_of, told


async def review(family: AFamily, seen: int = 1, actor: Actor | None = None, **changes: Any) -> None:
    async with family.team.begin(actor or family.practitioner) as work:
        await hold_review(HoldReview(seen, a_review(family, **changes)), work)


async def test_a_review_sets_the_next_one_and_says_how_late_it_was(team: ATeam) -> None:
    family = await a_family(team, review_on=TODAY + timedelta(10))
    team.now = NOW + timedelta(13)

    await review(family, held_on=TODAY + timedelta(13))

    [held] = await told(team, "review.completed")
    assert (held["days_over"], held["level"]) == (3, "targeted")
    assert (await episode_of(family)).review_on == date(2026, 5, 25)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"infant_voice": ""}, "infant_voice_missing"),
        ({"family_view": ""}, "family_view_missing"),
        ({"decision": ""}, "decision_missing"),
        ({"next_review_on": TODAY}, "review_range"),
        ({"held_on": TODAY + timedelta(1)}, "day_future"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_missing_is_named(team: ATeam, changes: dict[str, Any], code: str) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken, match=code):
        await review(family, **changes)


async def test_the_same_page_sent_twice_holds_one_review(team: ATeam) -> None:
    family = await a_family(team)
    await review(family)

    with pytest.raises(Conflict):
        await review(family)


async def test_an_administrator_does_not_review(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotAllowed):
        await review(family, actor=ADMINISTRATOR)
