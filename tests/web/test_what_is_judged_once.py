"""A page is not judged by axe again where it is like a sound one, and a fault is found though a like page was sound."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from shared.testing import axe
from shared.testing.axe import WIDE, axe_faults, faults_at_every_width

PAGE = """<!doctype html><html lang="en"><head><title>Family</title><style>
  body {{ color: #212b32; background-color: #fff }} header {{ background-color: #005eb8; color: #fff }}
  p {{ margin: 0 }} .faint {{ color: #ccc }}
  .dark {{ background-color: #222; height: 3em }} .up {{ margin-top: -3em }}
  .small {{ display: inline-block; width: 8px; height: 8px; overflow: hidden }} .box {{ overflow: auto; height: 5em }}
  @media (max-width: 640px) {{ .narrow {{ color: #ccc }} }}
</style></head><body><header>PaIRS</header><main id="main"><h1>Shannon Example</h1>{0}</main></body></html>"""

SOUND = """<p class="none">Born in {0}</p>
  <label for="day">Day {0}</label><input id="day" name="day" value="{0}">
  <input name="month" aria-labelledby="after"><h2 id="plan">Plan</h2><a href="/families/{0}">Plan {0}</a>
  <section aria-label="Goals {0}"><p>None</p></section><section aria-label="Letters {0}"><p>None</p></section>
  <ul><li><a href="#plan">Back</a></li></ul><p class="dark"></p><p id="after">Words {0}</p>
  <p class="small">a</p><div class="box"><p>{0}</p></div>"""

FAULTS = {
    "a field without a label": ('for="day"', 'for="other"', "label"),
    "faint words": ('class="none"', 'class="faint"', "color-contrast"),
    "faint words by a style of their own": ('<p class="none">', '<p style="color: #ccc">', "color-contrast"),
    "words moved on a dark ground": ('id="after"', 'id="after" class="up"', "color-contrast"),
    "a link without words": ("Plan {0}</a>", "</a>", "link-name"),
    "a heading without words": (">Plan</h2>", "> </h2>", "empty-heading"),
    "two landmarks of one name": ("Letters {0}", "Goals {0}", "landmark-unique"),
    "a second heading of the first level": ("<h2", "<h4", "heading-order"),
    "a list with something else in it": ("<li>", "<div>", "list"),
    "small targets beside each other": (
        '<p class="small">a</p>',
        '<button class="small">a</button><button class="small">b</button>',
        "target-size",
    ),
    "a box that no key scrolls": ('<p>{0}</p></div>', '<p>{0} <br><br><br><br><br><br>two</p></div>', "scrollable"),
    "a role that is none": ("<ul>", '<ul role="lists">', "aria-roles"),
    "a reference to nowhere": ('labelledby="after"', 'labelledby="nothing"', "label"),
}  # fmt: skip


@pytest.fixture
async def page(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr(axe, "_sound", axe.Sound())
    context = await browser.new_context(viewport={"width": WIDE, "height": 900})
    return await context.new_page()


async def faults_of(page: Page, words: str) -> list[str]:
    await page.set_content(PAGE.format(words))
    return await axe_faults(page)


async def is_judged(page: Page, words: str) -> bool:
    other = await page.context.new_page()
    assert await faults_of(other, words) == []
    return await other.evaluate("!!window.axe")


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_is_found_though_a_like_page_was_sound(page: Page, fault: str) -> None:
    before, after, rule = FAULTS[fault]
    assert before in SOUND
    assert await faults_of(page, SOUND.format(2025)) == []

    (found,) = await faults_of(page, SOUND.replace(before, after).format(2026))

    assert rule in found
    assert await faults_of(page, SOUND.replace(before, after).format(2026)) == [found]


async def test_what_a_bar_at_the_foot_covers_by_turns_is_no_fault(page: Page) -> None:
    above = '<button style="display: block; margin-top: 765px; width: 200px; height: 30px">Plan</button>'
    stays = "position: sticky; bottom: 0px; color: white; margin-top: 200px;"
    bar = f'<div class="dark" style="{stays}"><button style="width: 200px; height: 30px">Save</button></div>'

    assert await faults_of(page, above + bar) == []
    assert await page.locator(".dark").get_attribute("style") == stays


async def test_a_page_with_other_words_is_not_judged_again(page: Page) -> None:
    assert await is_judged(page, SOUND.format(2025))
    assert not await is_judged(page, SOUND.format("March"))
    assert await is_judged(page, SOUND.format(""))


async def test_a_page_that_is_too_wide_is_found_by_its_words(page: Page) -> None:
    assert await faults_of(page, SOUND.format(2025)) == []

    assert await faults_of(page, SOUND.replace("Words", "Words" * 400).format(2026)) == ["about:blank: too wide"]


async def test_words_that_are_faint_on_a_telephone_only_are_found(page: Page) -> None:
    assert await faults_of(page, SOUND.format(2025)) == []

    await page.set_content(PAGE.format(SOUND.replace('class="none"', 'class="narrow"').format(2026)))

    assert await faults_at_every_width(page) == ["about:blank: color-contrast at .narrow (320 pixels)"]


def test_what_one_worker_found_sound_the_others_do_not_judge_again(tmp_path: Path) -> None:
    one, other = axe.Sound(tmp_path / "sound"), axe.Sound(tmp_path / "sound")

    one.add({"a header", "a form"})

    assert other.doubtful({"a header", "a table"}) == {"a table"}
    other.add({"a table"})
    assert one.doubtful({"a form", "a table"}) == set()
    assert axe.Sound().doubtful({"a form"}) == {"a form"}
