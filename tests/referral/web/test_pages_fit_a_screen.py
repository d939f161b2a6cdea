"""The staff's pages with much to show: how tall they are, how much of a list the first screen has, and nothing broken.

The figures are limits in CSS pixels at 1366 × 768 and 390 × 844, in Liberation Sans, as wide as what users get.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from tests.referral.a_team import ATeam
from tests.referral.web.busy_team import OWN, BusyTeam, a_busy_team
from tests.referral.web.test_every_page_in_a_browser import signs_in
from tests.referral.web.test_in_a_browser import visit
from tests.referral.web.visitor import LEAD, PRACTITIONER

LAPTOP, PHONE = (1366, 768), (390, 844)
WIDTH_OF_ARIAL = 83.3
"""Of an m of 100 px; another font is wider, and nothing measured in it would hold."""


@dataclass(frozen=True)
class Limit:
    """What a page keeps to at one width; None: not limited."""

    page: str
    address: str
    size: tuple[int, int] = LAPTOP
    height: int | None = None
    first: int | None = None
    """Where the first row of the list begins, or what the page is about."""
    rows: int | None = None
    """So many at least are whole in the first screen."""
    what: str = ".pairs-table tbody tr"
    """What `first` and `rows` measure."""
    sheets: int | None = None
    """Pages of A4 when it is printed."""


def _rows(limit: int, *, of: int) -> int:
    """A limit of a list with so many rows, for one with the families of the practitioner."""
    return limit + 46 * (OWN - of)


LIMITS = (
    Limit("my day", "/my-day", height=900, first=200, what="main .pairs-card"),
    Limit("caseload", "/caseload", height=1450, first=220, rows=10, sheets=3),
    Limit("caseload", "/caseload", PHONE, height=3400, first=340),
    Limit("waiting", "/waiting", height=1500, first=320, rows=9),
    Limit("waiting", "/waiting", PHONE, height=3000),
    Limit("overview", "{family}", height=1000, first=200, what="main"),
    Limit("people", "{family}/people", height=1050),
    Limit("plan", "{family}/plan", height=1050),
    Limit("record", "{family}/record", height=1200),
    Limit("session form", "{family}/sessions/new", height=1000),
    Limit("triage queue", "/triage", height=800, first=220),
    Limit("referral to decide", "{referral}", height=1100),
    Limit("new referral", "/referrals/new", height=1500),
    Limit("change of tier", "{family}/tier", height=800),
    Limit("end of the work", "{family}/discharge", height=1000),
    Limit("tasks", "/tasks", height=1100, first=220),
    Limit("reviews", "/reviews", height=_rows(1000, of=19)),
    Limit("missing outcomes", "/missing-outcomes", height=_rows(1000, of=19)),
    Limit("team", "/team", height=700),
)
LONG = tuple(
    Limit(f"{one.page}, long name", one.address.replace("{family}", "{long}"), size)
    for one in LIMITS
    if "{family}" in one.address
    for size in (LAPTOP, PHONE)
)
PHONES = tuple(Limit(one.page, one.address, PHONE) for one in LIMITS if one.size == LAPTOP)

WIDE = """() => {
  const drawing = document.createElement("canvas").getContext("2d");
  drawing.font = "100px Arial";
  return drawing.measureText("m").width;
}"""
LOOK = r"""what => {
  const broken = [];
  const pattern = new RegExp([
    String.raw`\d{1,2} (?:January|February|March|April|May|June|July|August)(?: \d{4})?`,
    String.raw`\d{1,2} (?:September|October|November|December)(?: \d{4})?`,
    String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}(?: \d{4}| \d\d:\d\d)?`,
    String.raw`[A-Z]{3}-\d{4}-\d{6}`, String.raw`\d{3} \d{3} \d{4}`, String.raw`07\d{3} \d{3} \d{3}`].join("|"), "g");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const found of node.data.matchAll(pattern)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const lines = new Set([...range.getClientRects()].filter(one => one.width > 1).map(one => Math.round(one.top)));
      if (lines.size > 1) broken.push(found[0]);
    }
  }
  const rows = [...document.querySelectorAll(what)].map(one => one.getBoundingClientRect());
  const wide = [...document.querySelectorAll("main *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1
    && one.getBoundingClientRect().width > 1
    && !one.closest(".pairs-chips, .pairs-filter, .pairs-tabs, .pairs-scroll, .pairs-table thead, svg, dialog"));
  return {
    height: Math.round(document.querySelector("footer").getBoundingClientRect().bottom + scrollY),
    width: document.documentElement.scrollWidth,
    broken,
    first: rows.length ? Math.round(rows[0].top) : null,
    rows: rows.filter(one => one.bottom <= innerHeight).length,
    wide: wide.slice(0, 5).map(one => `${one.tagName}.${one.className}`),
  };
}"""


@pytest.fixture
async def busy(team: ATeam, address: str, browser: Browser) -> AsyncIterator[tuple[Page, BusyTeam]]:
    full = await a_busy_team(team)
    async with visit(browser, address) as page:
        await signs_in(page, PRACTITIONER)
        assert abs(await page.evaluate(WIDE) - WIDTH_OF_ARIAL) < 1, "install fonts-liberation: .ci/run says how"
        yield page, full


def address_of(limit: Limit, full: BusyTeam) -> str:
    return limit.address.format(
        family=f"/families/{full.families[5]}",
        referral=f"/referrals/{full.referrals[5]}",
        long=f"/families/{full.families[0]}",
    )


async def measure(page: Page, limit: Limit, address: str) -> dict[str, Any]:
    await page.set_viewport_size({"width": limit.size[0], "height": limit.size[1]})
    await page.goto(address)
    return await page.evaluate(LOOK, limit.what)


def over(limit: Limit, seen: dict[str, Any]) -> list[str]:
    """What does not fit, in words."""
    said = f"{limit.page} at {limit.size[0]}"
    faults = [f"{said}: {one} is broken over two lines" for one in seen["broken"]]
    faults += [f"{said}: {one} runs out of the page" for one in seen["wide"]]
    if seen["width"] > limit.size[0]:
        faults.append(f"{said}: {seen['width']} px wide")
    if limit.height and seen["height"] > limit.height:
        faults.append(f"{said}: {seen['height']} px tall, at most {limit.height}")
    if limit.first and (seen["first"] is None or seen["first"] > limit.first):
        faults.append(f"{said}: begins at {seen['first']} px, at most {limit.first}")
    if limit.rows and seen["rows"] < limit.rows:
        faults.append(f"{said}: {seen['rows']} rows in the first screen, at least {limit.rows}")
    return faults


@pytest.mark.timeout(180)
async def test_the_pages_of_a_practitioner_with_much_to_do_fit_their_screens(busy: tuple[Page, BusyTeam]) -> None:
    page, full = busy
    found: list[str] = []
    for limit in (*LIMITS, *PHONES, *LONG):
        found += over(limit, await measure(page, limit, address_of(limit, full)))

    assert found == []


async def test_a_printed_caseload_is_three_sheets_with_no_address_on_them(busy: tuple[Page, BusyTeam]) -> None:
    page, full = busy
    for limit in LIMITS:
        if limit.sheets:
            await measure(page, limit, address_of(limit, full))
            printed = await page.pdf(format="A4", landscape=True)
            await page.emulate_media(media="print")
            after: str = await page.evaluate(
                "[...document.querySelectorAll('a')].map(one => getComputedStyle(one, '::after').content).join(' ')"
            )
            controls = await page.locator("button:visible, form:visible, nav:visible").count()
            await page.emulate_media(media="screen")

            assert printed.count(b"/Type /Page\n") + printed.count(b"/Type/Page/") <= limit.sheets
            assert "Link" not in after
            assert controls == 0


async def test_the_leads_pages_fit_too(team: ATeam, address: str, browser: Browser) -> None:
    full = await a_busy_team(team)
    async with visit(browser, address) as page:
        await signs_in(page, LEAD)
        found = [
            fault
            for limit in (*LIMITS, *PHONES)
            if limit.page in {"team", "referral to decide", "my day"}
            for fault in over(limit, await measure(page, limit, address_of(limit, full)))
        ]

    assert "\n".join(found) == ""
