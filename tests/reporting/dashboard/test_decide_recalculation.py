"""A step from which limits are reckoned anew."""

from datetime import date, timedelta

import pytest

from services.reporting.dashboard.commands.decide_recalculation import DecideRecalculation, decide_recalculation
from services.reporting.dashboard.queries.chart_remarks import chart_remarks
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork
from tests.reporting.dashboard.conftest import AT


def a_step(holds_from: date = date(2025, 9, 1), team: str = "") -> DecideRecalculation:
    return DecideRecalculation(new_id(), 9, team, holds_from, "Duty triage began, minutes of 9 September.")


async def test_a_step_says_why_who_decided_it_and_when(work: UnitOfWork) -> None:
    await decide_recalculation(a_step(), work)

    [step] = (await chart_remarks(work.session)).steps_of(9, "")

    assert (step.holds_from, step.reason) == (date(2025, 9, 1), "Duty triage began, minutes of 9 September.")
    assert (step.decided_by, step.decided_on) == ("Maya Sample", AT.date())
    assert [action for action, _ in work.recorded] == ["recalculation.decide"]


async def test_two_steps_of_one_figure_do_not_begin_in_the_same_month(work: UnitOfWork) -> None:
    await decide_recalculation(a_step(), work)
    await decide_recalculation(a_step(team="preston"), work)

    with pytest.raises(RuleBroken) as refused:
        await decide_recalculation(a_step(), work)

    assert refused.value.code == "limits_begin_there"


async def test_a_step_does_not_begin_in_a_month_to_come(work: UnitOfWork) -> None:
    with pytest.raises(RuleBroken) as refused:
        await decide_recalculation(a_step(date(2026, 4, 1)), work)

    assert refused.value.code == "month_to_come"


async def test_a_page_as_at_an_earlier_day_keeps_the_limits_that_it_had(work: UnitOfWork) -> None:
    await decide_recalculation(a_step(), work)

    assert (await chart_remarks(work.session, until=AT - timedelta(days=1))).steps == []
