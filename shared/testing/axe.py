"""What axe finds wrong with a page, and whether the page fits into its window: in one visit for every width.

    assert await axe_faults(page) == []             # in the window as it is
    assert await faults_at_every_width(page) == []  # on a desk and on a telephone

Axe is in a page before its own scripts once another page of the same tab was looked at, which takes a twentieth of the
time.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

WIDE, NARROW = 1200, 320
"""Pixels of a desk's window, and of a telephone's."""


async def axe_faults(page: Page) -> list[str]:
    """Each rule that is broken and where first, and `too wide` when the page is wider than its window."""
    return await _look(page, every_colour=True)


async def faults_at_every_width(page: Page) -> list[str]:
    """The same in a wide and in a narrow window, which then stays.

    No colour of ours depends on the width (`tests/web/test_colours.py`), so contrast, three quarters of axe's time, is
    looked at in the wide window, and in the narrow one of the words that only it shows.
    """
    found: list[str] = []
    for width in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": 900})
        found += [f"{fault} ({width} pixels)" for fault in await _look(page, every_colour=width == WIDE)]
    return found


async def _look(page: Page, *, every_colour: bool) -> list[str]:
    found: Any = await page.evaluate(_LOOK, every_colour)
    if found is None:
        await page.add_init_script(AXE_SCRIPT)
        await page.evaluate(AXE_SCRIPT)
        found = await page.evaluate(_LOOK, every_colour)
    return [f"{page.url}: {fault}" for fault in found]


_LOOK = """async (everyColour) => {
  if (!window.axe) return null;
  const drawn = () => new Promise(requestAnimationFrame);
  if (!everyColour) await drawn().then(drawn);  // the window has just become narrow
  const run = async (context, options) =>
    (await axe.run(context, {resultTypes: ['violations'], preload: false, ...options})).violations;
  const rules = {'color-contrast': {enabled: everyColour}, 'target-size': {enabled: true}};
  const found = await run(document, {rules});
  if (everyColour) {
    window.hiddenFromAxe = [...document.querySelectorAll('body *')].filter(one => !one.checkVisibility());
  } else {
    const shown = window.hiddenFromAxe.filter(one => one.checkVisibility() && one.innerText);
    if (shown.length) found.push(...await run({include: shown}, {runOnly: ['color-contrast']}));
  }
  const faults = found.map(one => `${one.id} at ${one.nodes[0].target}`);
  const {scrollWidth, clientWidth} = document.documentElement;
  return scrollWidth > clientWidth ? [...faults, 'too wide'] : faults;
}"""
