"""A target that should not be there is withdrawn, and what held before it holds again."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.indicators.commands.set_target import set_target
from services.reporting.indicators.commands.withdraw_target import WithdrawTarget, withdraw_target
from services.reporting.indicators.domain.indicator import Target
from services.reporting.indicators.queries.targets import set_targets
from shared.kernel.errors import RuleBroken
from shared.staff.colleagues import Colleagues
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.reporting.indicators.a_target import APRIL, AT, LEAD, a_target


@pytest.fixture
async def work(engine: AsyncEngine) -> AsyncIterator[UnitOfWork]:
    units = UnitsOfWork(engine, UnitOfWork, region_key=bytes(32), clock=lambda: AT)
    async with units.begin(LEAD) as work:
        await Colleagues(work.session).remember(LEAD.id, "Maya Sample", LEAD.roles)
        yield work


async def test_of_two_of_the_same_month_the_later_holds_and_withdrawn_the_one_before(work: UnitOfWork) -> None:
    await set_target(a_target(), work)
    work.now += timedelta(minutes=1)
    mistaken = a_target(value=Decimal(8))
    await set_target(mistaken, work)

    assert (await set_targets(work.session))[9] == [Target(APRIL, Decimal(8), "ICB contract 2025/26")]

    await withdraw_target(WithdrawTarget(mistaken.target_id), work)

    assert (await set_targets(work.session))[9] == [Target(APRIL, Decimal(80), "ICB contract 2025/26")]
    with pytest.raises(RuleBroken):
        await withdraw_target(WithdrawTarget(mistaken.target_id), work)
    assert [one.value for one in (await set_targets(work.session, until=AT))[9]] == [80], "as it was known then"
