"""The dashboard in a browser: it moves by itself, and everyone can use it."""

import time

import pytest
from playwright.async_api import Browser, Page, expect

from shared.contracts.vocabulary import Tier
from shared.kernel.clock import london_date, machine_clock
from shared.testing.axe import faults_at_every_width
from shared.testing.events import Feed
from tests.reporting.builders import a_beginning, a_move, a_referral, an_acceptance

PATHS = ["/", "/team/blackpool", "/data-quality"]
THIS_MONTH = london_date(machine_clock()).replace(day=1)


async def test_a_referral_moves_the_figure_within_a_second_without_a_reload(page: Page, feed: Feed) -> None:
    await feed.take_in("blackpool", *[a_referral(THIS_MONTH)] * 6)
    figure = page.locator(".pairs-headline__figure").first
    await expect(figure).to_have_text("6")
    await page.evaluate("window.hasNotReloaded = true")
    await page.wait_for_timeout(1500)

    took: list[float] = []
    for number in range(7, 12):
        began = time.monotonic()
        await feed.take_in("blackpool", a_referral(THIS_MONTH))
        await expect(figure).to_have_text(str(number))
        took.append(time.monotonic() - began)

    assert sorted(took)[2] < 1
    assert await page.evaluate("window.hasNotReloaded")
    await expect(page.locator("#referrals-figures p")).to_contain_text("received 11 referrals")


async def test_a_team_that_is_announced_appears_by_itself(page: Page, feed: Feed) -> None:
    await expect(page.locator("#freshness-now")).to_contain_text("No team has been announced")

    await feed.take_in("preston", *[a_referral(THIS_MONTH)] * 5)

    await expect(page.locator("#freshness-now")).to_contain_text("Preston")


async def test_without_javascript_the_refresh_link_shows_the_new_figure(
    browser: Browser, address: str, feed: Feed
) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{address}/?months=24")
    await page.get_by_role("button", name="Sign in as Regional lead").click()
    await feed.take_in("blackpool", *[a_referral(THIS_MONTH)] * 8)

    await page.get_by_role("link", name="Refresh").click()

    await expect(page.locator(".pairs-headline__figure").first).to_have_text("8")
    assert page.url == f"{address}/?months=24"
    await page.get_by_label("Team").select_option("blackpool")
    await page.get_by_role("button", name="Apply").click()
    assert page.url == f"{address}/team/blackpool?months=24"


@pytest.mark.parametrize("state", ["empty", "full", "behind"])
async def test_everybody_can_use_the_pages(page: Page, feed: Feed, address: str, state: str) -> None:
    await _arrange(feed, state)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    for path in PATHS:
        await page.goto(address + path)
        await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert await faults_at_every_width(page) == []
    assert complaints == []


async def _arrange(feed: Feed, state: str) -> None:
    await feed.announce("blackpool")
    if state == "empty":
        return
    moves = [a_move(Tier.TARGETED, Tier.SPECIALIST, capacity_driven=True)] * 6
    events = [*[a_referral(THIS_MONTH)] * 12, *[an_acceptance(month=THIS_MONTH)] * 9, *[a_beginning()] * 9, *moves]
    for team in ("blackpool", "burnley", "blackburn-with-darwen"):
        await feed.take_in(team, *events)
    await feed.take_in("preston", a_referral(THIS_MONTH))
    if state == "behind":
        await feed.tell_head("blackpool", events_behind=1200)
        await feed.set_state("burnley", "gap")
        await feed.set_state("preston", "parked")
        await feed.set_aside("blackpool", reason="wrong_team", number=2)
