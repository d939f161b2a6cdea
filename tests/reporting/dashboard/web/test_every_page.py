"""Every page of the region, walked: what it says, what it looks like at two widths, and what is taken along."""

from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.testing.events import Feed
from tests.reporting.dashboard.web.a_published_region import publish_region

PAGES = {
    "region": "/",
    "indicators": "/indicators?show=all",
    "teams": "/teams",
    "indicator": "/indicators/9",
    "of-a-team": "/indicators/9?team=preston",
    "count": "/indicators/1",
    "as-at": "/indicators/10?as_at=2026-02",
    "team": "/team/blackpool",
    "need": "/need",
    "flow": "/flow",
    "waits": "/waits",
    "workforce": "/workforce",
    "data-quality": "/data-quality",
}


async def test_shot(page: Page, feed: Feed, engine: AsyncEngine, address: str) -> None:
    await publish_region(engine, feed)
    for width, height in ((1366, 768), (390, 844)):
        await page.set_viewport_size({"width": width, "height": height})
        for name, path in PAGES.items():
            answer = await page.goto(address + path)
            tall = await page.evaluate("document.documentElement.scrollHeight")
            wide = await page.evaluate("document.documentElement.scrollWidth")
            print(name, width, answer.status, tall, wide)
            await page.screenshot(path=f"/tmp/chart_{name}_{width}.png", full_page=True)
