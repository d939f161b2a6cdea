"""Subscriptions in a browser, at both widths: they are made, read and stopped, and nothing lies over another thing."""

from typing import Any

import pytest
from playwright.async_api import Page
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.facts.domain.region_office import RegionOffice
from services.reporting.subscription.commands.send_one_now import SendOneNow, send_one_now
from services.reporting.subscription.commands.subscribe import Subscribe, subscribe
from services.reporting.subscription.database.subscription_tables import subscriber
from services.reporting.subscription.domain.subscription import Channel, Condition, Terms
from shared.kernel.identifiers import new_id
from shared.staff.colleagues import Colleagues
from shared.testing.axe import axe_faults
from shared.testing.events import Feed
from tests.reporting.builders import LEADER
from tests.reporting.dashboard.web.a_published_region import NOW, publish_region
from tests.reporting.dashboard.web.conftest import address as address  # noqa: PLC0414 - a fixture is found by its name
from tests.reporting.dashboard.web.conftest import page as page  # noqa: PLC0414
from tests.reporting.dashboard.web.test_every_page import FAULTS

WIDTHS = {1366: 768, 390: 844}


@pytest.fixture
async def made(engine: AsyncEngine, feed: Feed) -> dict[str, Any]:
    """One subscription for each channel, and the link that stops the email."""
    await publish_region(engine, feed, is_told_outside=True)
    units = ReportingUnits(RegionOffice("https://region.example"), engine, region_key=b"", clock=lambda: NOW)
    ids = {channel: new_id() for channel in Channel}
    async with units.begin(LEADER) as work:
        await Colleagues(work.session).remember(LEADER.id, "Regional lead", LEADER.roles)
        for channel, one in ids.items():
            terms = Terms(f"By {channel.label}", Condition.MONTH_END, channel, webhook="https://hook.example/told")
            await subscribe(Subscribe(one, terms, ["one@place.example"] if channel.writes else []), work)
            if channel is not Channel.PAGE:
                await send_one_now(SendOneNow(one), work)
        secret = await work.session.scalar(select(subscriber.c.secret).limit(1))
    return {**ids, "secret": secret}


@pytest.mark.timeout(240)
async def test_every_page_of_subscriptions_can_be_read_at_both_widths(
    made: dict[Any, Any], page: Page, address: str
) -> None:
    one = made[Channel.EMAIL]
    paths = (
        "/subscriptions",
        "/subscriptions/new?condition=any_rule&number=9",
        *(f"/subscriptions/{made[channel]}" for channel in Channel),
        *(f"/subscriptions/{one}/{form}" for form in ("back-test", "change", "pause", "send", "end")),
        f"/subscriptions/{one}/cells/9/preston/mute",
        f"/stop/{made['secret']}",
        "/stop",
    )
    faults: list[str] = []
    for width, height in WIDTHS.items():
        await page.set_viewport_size({"width": width, "height": height})
        for path in paths:
            answer = await page.goto(address + path)
            assert answer
            assert answer.status == 200, path
            faults += [
                f"{path} ({width}): {fault}" for fault in [*await page.evaluate(FAULTS), *await axe_faults(page)]
            ]
    assert not faults, "\n".join(faults)


async def test_somebody_subscribes_by_keyboard_and_mouse_and_stops_it_again(
    made: dict[Any, Any], page: Page, address: str
) -> None:
    await page.goto(f"{address}/subscriptions/new")
    await page.get_by_label("Name it").fill("Waits in Preston")
    await page.get_by_label("Some of them").first.check()
    await page.get_by_label("Decided within 5 working days").check()
    await page.get_by_label("A signal starts, by any rule").check()
    await page.get_by_label("Email", exact=True).check()
    await page.get_by_label("Email addresses").fill("me@place.example")
    await page.get_by_role("button", name="Save", exact=True).click()
    await page.wait_for_url("**/subscriptions/*done=made")
    assert "Sent to me@place.example" in await page.inner_text("main")

    await page.goto(f"{address}/stop/{made['secret']}")
    await page.get_by_role("button", name="Stop these emails").click()
    await page.get_by_role("heading", name="These emails have stopped").wait_for()
