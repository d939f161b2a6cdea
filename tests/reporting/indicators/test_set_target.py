"""A target holds from a month on, has a source, and is judged by."""

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.dashboard.queries.regional_figures import Several, Wanted, regional_figures
from services.reporting.indicators.commands.set_target import set_target
from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.reach import Reach
from services.reporting.variation.domain.variation import Assurance
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.staff.colleagues import Colleagues
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.reporting.builders import a_series, publish
from tests.reporting.indicators.a_target import AT, LEAD, a_target


@pytest.fixture
async def work(engine: AsyncEngine) -> AsyncIterator[UnitOfWork]:
    units = UnitsOfWork(engine, UnitOfWork, region_key=bytes(32), clock=lambda: AT)
    async with units.begin(LEAD) as work:
        await Colleagues(work.session).remember(LEAD.id, "Maya Sample", LEAD.roles)
        yield work


async def test_the_region_and_its_teams_are_judged_by_it_and_those_outside_do_not_read_who_wrote_what(
    work: UnitOfWork,
) -> None:
    usual = a_series(*[50, 51, 49] * 5, indicator=9, of=[100] * 15, starts=date(2025, 1, 1))
    for audience in Audience:
        await publish(work.session, usual, audience=audience, month=date(2026, 3, 1), cause="late")
    await set_target(a_target(), work)

    async def seen(reach: Reach) -> tuple[Assurance, str]:
        wanted = Wanted((Several((9,)),), audience=reach.audience)
        said = (await regional_figures(work.session, wanted, work.now, reach)).of(9, "blackpool")
        assert said
        assert said.target
        return said.assurance, said.target.source

    assert await seen(Reach()) == (Assurance.WILL_MISS, "ICB contract 2025/26")
    assert await seen(Reach(Audience.OUTSIDE)) == (Assurance.WILL_MISS, "")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"value": Decimal("100.1")}, "target_share"),
        ({"indicator": 46}, "target_direction"),
        ({"holds_from": date(2032, 1, 1)}, "target_month"),
    ],
)
async def test_what_cannot_be_aimed_at_is_refused(work: UnitOfWork, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        await set_target(a_target(**wrong), work)

    assert refused.value.code == code


async def test_only_who_leads_the_region_sets_one_of_a_figure_that_there_is(work: UnitOfWork) -> None:
    with pytest.raises(NotFound):
        await set_target(a_target(indicator=999), work)
    work.actor = Actor(UUID(int=5), frozenset({Role.LOCALITY_LEAD}))
    with pytest.raises(NotAllowed):
        await set_target(a_target(), work)
