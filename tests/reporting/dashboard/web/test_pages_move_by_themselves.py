"""A page moves when a figure is published, without a reload; without JavaScript, the same page is asked for again."""

from playwright.async_api import Browser, Page, expect
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.testing.events import Feed
from tests.reporting.builders import a_series, publish
from tests.reporting.dashboard.web.a_published_region import THIS_MONTH


async def now(engine: AsyncEngine, number: int) -> None:
    """So many referrals so far in this month."""
    async with AsyncSession(engine) as session:
        await publish(session, a_series(number, team="", starts=THIS_MONTH), cause=None, month=THIS_MONTH)
        await session.commit()


async def test_a_figure_that_is_published_shows_without_a_reload(
    page: Page, address: str, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.announce("blackpool")
    await now(engine, 6)
    await page.goto(f"{address}/indicators/1")
    await expect(page.locator("#months-now")).to_contain_text("6")
    await page.evaluate("window.hasNotReloaded = true")

    await now(engine, 7)

    await expect(page.locator("#months-now")).to_contain_text("7")
    assert await page.evaluate("window.hasNotReloaded")


async def test_a_team_that_is_announced_appears_by_itself(page: Page, feed: Feed) -> None:
    await expect(page.locator("#freshness-now")).to_contain_text("No team has been announced")

    await feed.take_in("preston")

    await expect(page.locator("#freshness-now")).to_contain_text("Preston")


async def test_without_javascript_a_filter_leads_to_the_same_page_as_at_a_month(
    browser: Browser, address: str, feed: Feed, engine: AsyncEngine
) -> None:
    await feed.announce("blackpool")
    async with AsyncSession(engine) as session:
        await publish(session, a_series(6, team="", starts=THIS_MONTH), month=THIS_MONTH)
        await session.commit()
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{address}/indicators?show=all")
    await page.get_by_role("button", name="Sign in as Regional lead").click()

    await page.get_by_label("Figures").select_option(f"{THIS_MONTH:%Y-%m}")
    await page.get_by_role("button", name="Show").click()

    assert page.url == f"{address}/indicators?show=all&as_at={THIS_MONTH:%Y-%m}"
    await context.close()
