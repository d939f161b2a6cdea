"""Somebody with a solver has all that each channel told, two months in a row, and finds no small number."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.dashboard.queries.regional_figures import definition_of
from services.reporting.publication.database.snapshots import Snapshots, rows_of
from services.reporting.publication.domain.gated_indicator import Cells
from services.reporting.publication.domain.published_point import (
    Audience,
    Period,
    PublishedPoint,
    PublishedSeries,
    WhyHidden,
)
from services.reporting.publication.domain.revision import Cause
from services.reporting.publication.domain.span import months_later
from services.reporting.subscription.database.subscription_tables import delivery
from services.reporting.subscription.domain.subscription import Channel, Condition
from shared.contracts.slug import locality_name
from shared.kernel.actor import SYSTEM
from shared.staff.colleagues import Colleagues
from shared.testing.events import Feed
from tests.reporting.attacker import Attacker
from tests.reporting.publication.test_gated_indicator import APRIL, MONTHS, gated
from tests.reporting.subscription.a_subscriber import LEAD, ASubscriber

FAMILIES = {"barrow": [3, 4], "blackpool": [22, 23], "burnley": [9, 12], "preston": [14, 2]}
SMALLEST = 8
INDICATOR = definition_of(1)


async def freezes(engine: AsyncEngine, cells: Cells, before: Cells, month: date) -> None:
    """What the gate let through for the first time with that month."""
    assert INDICATOR
    new = {key: point for key, point in cells.items() if before.get(key) != point}
    async with AsyncSession(engine) as session, session.begin():
        at = datetime.combine(months_later(month, 1), time(12), UTC)
        await Snapshots(session).freeze(month, Cause.FROZEN, rows_of(gated({}, INDICATOR), new), by=SYSTEM, at=at)


def heard_in(told: Sequence[Mapping[str, Any]]) -> list[PublishedSeries]:
    """As the receiver of a body reads it."""
    return [
        PublishedSeries(
            1,
            1,
            one["team"],
            [
                PublishedPoint(
                    date.fromisoformat(one["starts"]),
                    Period(one["period"]),
                    one["numerator"],
                    one["denominator"],
                    why_hidden=WhyHidden(one["hidden"]) if one["hidden"] else None,
                )
            ],
        )
        for one in told
    ]


@pytest.mark.parametrize("channel", [one for one in Channel if one.audience is Audience.OUTSIDE])
async def test_all_that_a_channel_told_in_two_months_gives_no_small_number_away(
    engine: AsyncEngine, feed: Feed, channel: Channel
) -> None:
    assert INDICATOR
    maya = ASubscriber(engine, feed)
    for team in FAMILIES:
        await feed.announce(team)
    async with maya.units.begin(LEAD) as work:
        await Colleagues(work.session).remember(LEAD.id, "Maya Sample", LEAD.roles)
    await maya.subscribes(Condition.MONTH_END, channel, indicators=(1,))
    one, before = gated(FAMILIES, replace(INDICATOR)), dict[Any, PublishedPoint]()
    for month in MONTHS[:2]:
        cells = one.frozen(month, [APRIL], before)
        await freezes(engine, cells, before, month)
        await maya.looks()
        before = dict(cells)

    attacker = Attacker(INDICATOR.shape, SMALLEST, list(FAMILIES), MONTHS[:2], step=5)
    bodies = [json.loads(row.body)["data"]["told"] for row in await maya.rows(delivery)]
    attacker.hears(series for told in bodies for series in heard_in(told))

    assert len(bodies) == 2
    assert all(any(one["numerator"] for one in told) and any(one["hidden"] for one in told) for told in bodies)
    hidden = [(team, MONTHS[place]) for team in FAMILIES for place in (0, 1) if FAMILIES[team][place] < SMALLEST]
    assert hidden
    for team, month in hidden:
        found = attacker.interval(team, [month])
        assert {*range(1, SMALLEST)} <= {*found}, f"{locality_name(team)}, {month}: {found}"
