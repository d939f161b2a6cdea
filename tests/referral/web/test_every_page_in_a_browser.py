"""Every page of a team, found by the app's own routes, in a real browser: narrow and wide, in full work and empty."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page

from services.referral.intake.web.journey import PAGES
from shared.manifest import Person
from shared.testing.axe import faults_at_every_width
from shared.testing.page_routes import get_routes
from tests.referral.a_team import ATeam
from tests.referral.web.every_page import addresses_of, page_routes
from tests.referral.web.test_in_a_browser import visit
from tests.referral.web.visitor import LEAD, PARENT, PROFESSIONAL, Answers, pages_of
from tests.referral.whole_record import a_whole_record

PRINT_VIEW = re.compile(r"/letters/[^/]+\.html$")
"""A letter as it is printed has the letter's own heading, and no page around it."""


@dataclass
class Walk:
    """What was wrong with the pages so far."""

    page: Page
    app: FastAPI
    faults: list[str] = field(default_factory=list[str])
    titles: dict[str, str] = field(default_factory=dict[str, str])
    links: dict[str, str] = field(default_factory=dict[str, str])
    """One link of each route: its path → its address."""

    async def opens(self, path: str, address: str) -> None:
        answer = await self.page.goto(address)
        status = answer.status if answer else 0
        if status != 200:
            self.faults.append(f"{address} ({path}): {status}")
            return
        if urlsplit(self.page.url).path == urlsplit(address).path:
            await self.looks(path)

    async def looks(self, path: str) -> None:
        """At the page that is open."""
        seen: Any = await self.page.evaluate(LOOK)
        where = urlsplit(self.page.url).path
        self.faults += await faults_at_every_width(self.page)
        if seen["headings"] != 1 and not PRINT_VIEW.search(where):
            self.faults.append(f"{where}: {seen['headings']} headings of the first level")
        key = where if "{name}" in path else path
        if (other := self.titles.setdefault(seen["title"], key)) != key:
            self.faults.append(f"{where}: its title {seen['title']!r} is that of {other}")
        for href in seen["links"]:
            self.links.setdefault(self.route_of(href), href)

    async def follows_links(self) -> None:
        """Each route that a page leads to, once."""
        for route, href in self.links.items():
            is_elsewhere = urlsplit(href).path == "/refer/leave"
            answer = await self.page.request.get(href, max_redirects=0 if is_elsewhere else 20)
            if answer.status >= 400:
                self.faults.append(f"a link to {href} ({route}) answers {answer.status}")

    def route_of(self, href: str) -> str:
        address = urlsplit(href)
        path = next((path for path, pattern in get_routes(self.app) if pattern.match(address.path)), address.path)
        asks = ",".join(sorted(re.findall(r"([a-z_]+)=", address.query)))
        return f"{path}?{asks}"


LOOK = """() => ({
  headings: document.querySelectorAll('h1').length,
  title: document.title,
  links: [...document.querySelectorAll('a[href]')].map(one => one.href)
    .filter(one => one.startsWith(location.origin) && !one.includes('#')),
})"""


async def signs_in(page: Page, person: Person) -> None:
    await page.goto("/sign-in")
    await page.get_by_role("button", name=re.compile(person.name)).click()
    await page.wait_for_url("**/my-day")


@pytest.mark.timeout(300)
async def test_every_page_of_a_team_in_full_work(address: str, browser: Browser, team: ATeam) -> None:
    record, app = await a_whole_record(team), pages_of(team)
    async with visit(browser, address) as page:
        await signs_in(page, LEAD)
        walk = Walk(page, app)
        for path, found in addresses_of(app, record).items():
            for one in found:
                await walk.opens(path, one)
        await walk.follows_links()

    assert "\n".join(walk.faults) == ""


async def test_every_list_of_a_new_team(address: str, browser: Browser, team: ATeam) -> None:
    app = pages_of(team)
    async with visit(browser, address) as page:
        await signs_in(page, LEAD)
        walk = Walk(page, app)
        for path in page_routes(app):
            if "{" not in path and not path.startswith("/refer/"):
                await walk.opens(path, path)
        await walk.follows_links()

    assert "\n".join(walk.faults) == ""


async def test_every_page_of_the_public_form(address: str, browser: Browser, team: ATeam) -> None:
    app = pages_of(team)
    opened: set[str] = set()
    async with visit(browser, address) as page:
        walk = Walk(page, app)
        await walk.opens("/refer", "/refer")
        for answers in (PROFESSIONAL, PARENT):
            opened |= await _refers(walk, answers)
        await walk.follows_links()

    pages = {path.removeprefix("/refer/{draft_id:uuid}/") for path in page_routes(app) if path.startswith("/refer/")}
    assert opened == pages - {"{name}", "go-on", "/refer/leave"} | {one.name for one in PAGES}
    assert "\n".join(walk.faults) == ""


async def _refers(walk: Walk, answers: Answers) -> set[str]:
    """Answer all; gives the paths that were opened."""
    opened: set[str] = set()
    form = urlsplit((await walk.page.request.post("/refer")).url).path.rpartition("/")[0]
    if "consent" in answers:
        answers = {**answers, "consent": {"consent": "disagreed"}, "against-will": {"against_will": "She is hurt."}}
        order = list(answers)
        order.insert(order.index("consent") + 1, order.pop())
        answers = {name: answers[name] for name in order}
    for name, fields in answers.items():
        opened |= await _open_all(walk, form, [name])
        await _posts(walk.page, f"{form}/{name}", fields)
    await _posts(walk.page, f"{form}/danger", {"in_danger": "yes"})
    opened |= await _open_all(walk, form, ["danger-now", "number"])
    await _posts(walk.page, f"{form}/danger", {"in_danger": "no"})
    opened |= await _open_all(walk, form, ["check", "save"])
    saved = await _posts(walk.page, f"{form}/save", {})
    opened |= await _open_all(walk, form, ["saved"])
    (link,) = set(re.findall(r"/refer/come-back/[\w-]+", saved))
    await walk.opens("/refer/come-back/{link_token}", link)
    await walk.follows_links()
    walk.links.clear()
    await _posts(walk.page, f"{form}/check", {})
    return opened | {"/refer/come-back/{link_token}"} | await _open_all(walk, form, ["sent"])


async def _open_all(walk: Walk, form: str, names: Iterable[str]) -> set[str]:
    for name in names:
        await walk.opens(f"/refer/{name}", f"{form}/{name}")
    return set(names)


async def _posts(page: Page, path: str, fields: Mapping[str, Any]) -> str:
    """As the form does, with the visitor's cookies."""
    body = urlencode(fields, doseq=True)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await page.request.post(path, data=body, headers=headers)
    assert answer.status < 400, f"{path}: {answer.status}"
    return await answer.text()
