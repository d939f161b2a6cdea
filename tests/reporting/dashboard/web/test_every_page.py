"""Every page of the region, walked: what it looks like at two widths, and that what is taken along says the same."""

import csv
import io
import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from playwright.async_api import Page, Route
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.dashboard.queries.regional_figures import regional_figures
from services.reporting.dashboard.web.choice import Choice
from services.reporting.dashboard.web.figure_file import VIEWS
from services.reporting.publication.domain.span import months_later
from shared.staff.list_routes import lists_of
from shared.testing.axe import axe_faults
from shared.testing.events import Feed
from shared.testing.workbook import rows_of, sheets_of
from tests.reporting.dashboard.web.a_published_region import NOW, THIS_MONTH, publish_region

LAST_MONTH = f"{months_later(THIS_MONTH, -1):%Y-%m}"
PAGES = (
    "/",
    "/indicators?show=all",
    "/teams",
    "/indicators/9",
    "/indicators/9?team=preston",
    "/indicators/1",
    "/indicators/48",
    f"/indicators/16?as_at={LAST_MONTH}",
    "/team/blackpool",
    "/need",
    "/flow",
    "/waits",
    "/workforce",
    "/data-quality",
    "/compare?team=blackpool&other=preston",
    "/indicators/9/targets/new?value=80&month=" + LAST_MONTH,
    "/indicators/9/notes/new?team=preston",
    f"/indicators/9/steps/new?month={LAST_MONTH}",
)
LISTS = ("/actions", "/targets", "/snapshots", "/revisions", "/readiness", "/areas", "/subscriptions")
WIDTHS = {1366: 768, 390: 844}
FIRST_SCREEN = {"/": (".r-figs", 720), "/team/blackpool": (".r-team", 560), "/indicators/9": ("#chart-now", 760)}
"""What ends where on a wide page (pixels)."""

FAULTS = """() => {
  const faults = [], inside = document.querySelector("main"), wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) faults.push("scrolls sideways");
  if (document.querySelector("[style]")) faults.push("has a style attribute");
  for (const one of inside.querySelectorAll("*")) {
    const box = one.getBoundingClientRect();
    if (box.width && box.right > wide + 1 && !one.closest(".pairs-chips, .r-scroll, .nhsuk-u-visually-hidden, thead")) {
      faults.push("past the edge: " + one.outerHTML.slice(0, 80));
      break;
    }
  }
  for (const one of inside.querySelectorAll("td, dd")) {
    if (one.querySelector(".nhsuk-u-visually-hidden")) continue;  // its words are not all seen
    const box = one.getBoundingClientRect(), letters = one.innerText.trim().length;
    if (box.height && ((box.width < 24 && letters > 4) || (box.width < 60 && letters > 30))) {
      faults.push("squeezed: " + one.innerText.slice(0, 30));
      break;
    }
  }
  for (const svg of inside.querySelectorAll("svg")) {
    const edge = svg.getBoundingClientRect(), texts = [...svg.querySelectorAll("text")];
    const boxes = texts.map((one) => [one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.width);
    for (const [words, box] of boxes) {
      const isOut = box.left < edge.left - 3 || box.right > edge.right + 3 || box.bottom > edge.bottom + 3;
      if (isOut) faults.push("leaves its drawing: " + words);
    }
    boxes.forEach(([words, one], place) => boxes.slice(place + 1).forEach(([others, other]) => {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 3 && down > 3) faults.push(words + " over " + others);
    }));
  }
  for (const row of inside.querySelectorAll(".r-matrix tbody tr, .r-teams tbody tr, .r-team tbody tr")) {
    for (const cell of row.querySelectorAll("td:not(.m-tgt, .m-ass, .l-tgt, .l-ass, .l-strip, .m-spark, .l-spark)")) {
      const says = cell.querySelector("b") ? cell.innerText : row.innerText;
      if (/\\d%/.test(cell.innerText) && !/of [\\d,]+/.test(says)) faults.push("a bare share: " + row.innerText);
    }
  }
  for (const cell of inside.querySelectorAll("td.r-num")) {
    if (window.innerWidth > 720 && getComputedStyle(cell).textAlign !== "right") faults.push("not at the right");
  }
  return faults;
}"""


@pytest.fixture(autouse=True)
async def region(engine: AsyncEngine, feed: Feed) -> None:
    await publish_region(engine, feed)


@pytest.mark.timeout(240)
async def test_every_page_can_be_read_at_both_widths_and_nothing_lies_over_another_thing(
    page: Page, address: str
) -> None:
    complaints: list[str] = []
    await page.route("**/events", _says_nothing)  # a page that changes cannot be judged
    page.on("console", lambda message: complaints.append(message.text))
    faults: list[str] = []
    for width, height in WIDTHS.items():
        await page.set_viewport_size({"width": width, "height": height})
        for path in (*PAGES, *LISTS):
            answer = await page.goto(address + path)
            assert answer
            assert answer.status == 200
            found = [*await page.evaluate(FAULTS), *await axe_faults(page)]
            faults += [f"{path} ({width}): {fault}" for fault in found]
            if width > 1000 and path in FIRST_SCREEN:
                faults += await _below(page, path)
    assert not faults, "\n".join(faults)
    assert complaints == []


async def _says_nothing(route: Route) -> None:
    await route.fulfill(status=200, content_type="text/event-stream", body="")


async def _below(page: Page, path: str) -> list[str]:
    selector, most = FIRST_SCREEN[path]
    box = await page.locator(selector).first.bounding_box()
    assert box
    ends = box["y"] + box["height"]
    return [f"{path}: {selector} ends at {ends:.0f}"] if ends > most else []


async def test_every_table_is_the_same_as_csv_and_as_a_workbook_and_holds_what_the_page_shows(
    lead: httpx.AsyncClient,
) -> None:
    seen: set[str] = set()
    for path in PAGES:
        page = (await lead.get(path)).text
        files = {one.replace("&amp;", "&") for one in re.findall(r'href="([^"]+\.csv[^"]*)"', page)}
        for file in sorted(one for one in files if one.partition(".csv")[0] not in seen):
            seen.add(file.partition(".csv")[0])
            rows = table_in(await lead.get(file))
            book = rows_of(await lead.get(file.replace(".csv", ".xlsx")))
            assert [[plain(cell) for cell in row] for row in rows] == [[plain(cell) for cell in row] for row in book]
            if path == "/":
                shown = {cell for row in rows[1:] for cell in row if re.fullmatch(r"\d+%", cell)}
                assert all(f"{cell}" in page for cell in shown), file
    assert {file.split("/")[2] for file in seen if file.startswith("/figures/")} == set(VIEWS)


async def test_every_page_is_a_workbook_that_begins_with_what_it_is_and_has_every_table_of_the_page(
    lead: httpx.AsyncClient,
) -> None:
    seen: set[str] = set()
    for path in PAGES:
        page = (await lead.get(path)).text
        for link in re.findall(r'href="((?:/figures/[^"/]+|/data-quality)\.xlsx[^"]*)"', page):
            seen.add(re.split("[/.]", link)[2 if "figures" in link else 1])
            book = sheets_of(await lead.get(link.replace("&amp;", "&")))
            tables = {name.rpartition("/")[2] for name in re.findall(r'href="([^"]+)\.csv[^"]*"', page)}
            names = {one.replace("-", " ").capitalize() for one in tables}
            assert next(iter(book)) == "About"
            assert names <= book.keys(), path
            about = {row[0]: row[1] for row in book["About"]}
            assert about["Page"] in page
            assert names <= about.keys(), "what each table says stands on the first sheet"
    assert seen == {*VIEWS, "data-quality"}


async def test_a_list_is_a_workbook_that_begins_with_what_it_is(app: FastAPI, lead: httpx.AsyncClient) -> None:
    """By the index of all lists."""
    assert lists_of(app.routes).keys() == set(LISTS)
    for path in LISTS:
        about, *_ = sheets_of(await lead.get(f"{path}.xlsx")).values()
        words = dict(about)
        assert f"<h1>{words['Page']}</h1>" in (await lead.get(path)).text, path
        assert {"What", "Page", "Of", "For", "Made"} <= words.keys(), path


async def test_a_workbook_says_whose_it_is_when_it_was_frozen_how_it_is_counted_and_what_is_hidden(
    lead: httpx.AsyncClient,
) -> None:
    book = sheets_of(await lead.get("/figures/indicator.xlsx?number=9&team=preston"))
    chart = table_in(await lead.get("/figures/indicator/chart.csv?number=9&team=preston"))

    about = {row[0]: row[1] for row in book["About"]}
    assert (about["Page"], about["Of"]) == ("Decided within 5 working days", "Preston")
    assert "Do not pass it on" in about["For"]
    assert "frozen" in about["Figures"]
    assert "It never means none" in about["Hidden"]
    assert "mdc-2026.1" in about["Rules"]
    assert [9, "Decided within 5 working days", "Of", "All referrals decided"] in book["How it is counted"]
    assert [[plain(cell) for cell in row] for row in chart] == [[plain(cell) for cell in row] for row in book["Chart"]]


async def test_every_drawing_has_a_sentence_and_a_table_and_is_taken_along_as_csv_svg_and_png(
    lead: httpx.AsyncClient, engine: AsyncEngine
) -> None:
    """By the index of all views and their panels."""
    drawn: list[str] = []
    for view in VIEWS.values():
        choice = Choice(number=9 if view.name == "indicator" else 0, team="preston" if view.name == "team" else "")
        async with AsyncSession(engine) as session:
            figures = await regional_figures(session, view.wanted(choice), NOW)
        for panel in (one for one in view.panels(figures, choice) if one.drawing):
            drawn.append(panel.name)
            at = f"/figures/{view.name}/{panel.name}"
            files = {kind: await lead.get(f"{at}.{kind}{choice.query}") for kind in ("csv", "svg", "png")}
            assert panel.title, at
            assert panel.sentence, at
            assert len(table_in(files["csv"])) > 1, at
            assert files["svg"].text.startswith("<svg xmlns="), at
            assert files["svg"].headers["content-disposition"].startswith("attachment"), at
            assert files["png"].content.startswith(b"\x89PNG"), at
    assert {"chart", "teams", "funnel", "moves", "first"} <= set(drawn)


def table_in(answer: httpx.Response) -> list[list[str]]:
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def plain(cell: Any) -> str:
    """As both files say it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).removeprefix("'")
