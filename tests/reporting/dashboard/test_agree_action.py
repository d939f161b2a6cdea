"""What is agreed has an owner who sees the team, and a day; each reader sees what is theirs to see."""

from datetime import timedelta

import pytest

from services.reporting.dashboard.commands.agree_action import agree_action
from services.reporting.dashboard.commands.close_action import CloseAction, close_action
from services.reporting.dashboard.domain.action import ActionState
from services.reporting.publication.domain.reach import ALL_OF_IT, Remit
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound, RuleBroken
from shared.testing.events import Feed
from shared.unit_of_work import UnitOfWork
from tests.reporting.dashboard.an_action import BLACKPOOL, JO, TODAY, agreed, an_action, states, two_teams


@pytest.fixture(autouse=True)
async def teams(work: UnitOfWork, feed: Feed) -> None:
    await two_teams(work, feed)


async def test_a_lead_of_some_localities_sees_theirs_and_those_outside_see_none(work: UnitOfWork) -> None:
    elsewhere = await agreed(work, team="preston")
    await agreed(work, team="")
    await agreed(work, owned_by=JO)

    assert await states(work, TODAY, BLACKPOOL) == [("Jo Marsh", ActionState.OPEN)]
    assert await states(work, TODAY, Remit(audience=ALL_OF_IT.reach(0).audience.OUTSIDE)) == []
    work.actor = Actor(JO, frozenset({Role.LOCALITY_LEAD}))
    with pytest.raises(NotFound):
        await close_action(CloseAction(elsewhere, 1, "Done."), work)


async def test_nobody_owns_what_they_do_not_see(work: UnitOfWork) -> None:
    with pytest.raises(NotFound) as refused:
        await agree_action(an_action(team="preston", owned_by=JO), work)

    assert refused.value.code == "owner_unknown"


@pytest.mark.parametrize("days", [-1, 367])
async def test_a_day_is_from_today_on_and_within_a_year(work: UnitOfWork, days: int) -> None:
    with pytest.raises(RuleBroken):
        await agree_action(an_action(due_on=TODAY + timedelta(days=days)), work)
