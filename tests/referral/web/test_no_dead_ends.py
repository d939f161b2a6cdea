"""Every page can be reached by links from where a colleague begins, and the header stays short."""

import re
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI

from shared.manifest import Person
from tests.referral.web.every_page import addresses_of, get_routes
from tests.referral.web.office import Office
from tests.referral.web.visitor import ADMINISTRATOR, LEAD, PRACTITIONER
from tests.referral.whole_record import WholeRecord

MOST_IN_THE_HEADER = 8
LINK = re.compile(r'<(?:a|form)\b[^>]*?\b(?:href|action)="([^"#]+)')
EXAMPLES_OF_A_ROUTE = 20
"""Families, sessions and so on that are alike: after so many of one route, no more are opened."""

ONLY_THE_LEAD = {
    "/audit",
    "/audit/check",
    "/break-glass",
    "/break-glass/{break_glass_id}",
    "/caseload/import",
    "/colleagues/{colleague_id}/training",
    "/extract",
    "/families/{family_id}/restriction",
    "/record-keeping",
    "/retention",
    "/retention/{destruction_id}",
}
ONLY_WHO_DECIDES = {"/groups/new"}
IMPORTS = {"/caseload/import"}

FROM_OUTSIDE = {"/m/{token}", "/sign-in", "/refer"}
"""Where a family, somebody who is not signed in, and the public begin."""

AFTER_A_FORM = {
    "/m/thanks",
    "/families/{family_id}/ask",
    "/families/{family_id}/measures/links/{request_id}",
}
"""Where a form leads, by its answer or because somebody may not send it, and nothing else."""

FOUND_BY_SEARCH = {
    "/families/{family_id}/destruction",
    "/referrals/{referral_id}/letters",
    "/referrals/{referral_id}/letters/choose",
    "/referrals/{referral_id}/reopen",
}
"""Of a family whose work ended long ago, and of a referral that was closed without becoming a family."""


@dataclass
class Crawl:
    """Where links lead."""

    pages: set[str] = field(default_factory=set[str])
    """Routes, with the name of the form where a path has one."""
    refused: list[str] = field(default_factory=list[str])
    """Links that answer with an error."""

    def lacks(self, app: FastAPI, record: WholeRecord) -> set[str]:
        keys = {form_of(route, one) for route, addresses in addresses_of(app, record).items() for one in addresses}
        return keys - self.pages - FROM_OUTSIDE - AFTER_A_FORM


async def crawl(app: FastAPI, client: httpx.AsyncClient) -> Crawl:
    """From the day's page."""
    found = Crawl()
    opened: dict[str, int] = {}
    waiting = deque([("/my-day", "the sign-in")])
    done: set[str] = set()
    while waiting:
        address, origin = waiting.popleft()
        path = urlsplit(address).path
        route = next((route for route, pattern in get_routes(app) if pattern.match(path)), None)
        if route is None or address in done:
            continue
        key = form_of(route, path)
        if opened.get(key, 0) >= EXAMPLES_OF_A_ROUTE or re.search(r"\.(csv|pdf|zip)$", route):
            continue
        done.add(address)
        opened[key] = opened.get(key, 0) + 1
        answer = await client.get(address, follow_redirects=True)
        if answer.status_code == 403 and "/break-glass" in answer.text:
            continue  # a restricted record says so, and offers the way in for an emergency
        if answer.status_code != 200:
            found.refused.append(f"{address} answers {answer.status_code}, linked from {origin}")
            continue
        found.pages.add(key)
        waiting.extend((href.replace("&amp;", "&"), address) for href in LINK.findall(answer.text) if href[0] == "/")
    return found


def form_of(route: str, path: str) -> str:
    """The route, with the name of the form where the path has one."""
    return route.replace("{name}", path.rpartition("/")[2])


async def crawl_as(person: Person, office: Office) -> tuple[Crawl, set[str]]:
    """What was found, and what was not."""
    found = await crawl(office.app, office.clients[person])
    return found, found.lacks(office.app, office.record)


async def test_the_lead_reaches_every_page_by_links_and_no_link_is_refused(office: Office) -> None:
    found, lacking = await crawl_as(LEAD, office)

    assert "\n".join([*sorted(lacking - FOUND_BY_SEARCH), *found.refused]) == ""


async def test_a_practitioner_reaches_all_but_what_the_lead_decides(office: Office) -> None:
    found, lacking = await crawl_as(PRACTITIONER, office)

    assert "\n".join([*sorted(lacking - ONLY_THE_LEAD - FOUND_BY_SEARCH), *found.refused]) == ""


async def test_an_administrator_reaches_every_list_and_no_link_is_refused(office: Office) -> None:
    found, lacking = await crawl_as(ADMINISTRATOR, office)

    lists = {path for path in lacking if "/{" not in path} - (ONLY_THE_LEAD - IMPORTS) - ONLY_WHO_DECIDES
    assert "\n".join([*sorted(lists), *found.refused]) == ""


async def test_the_header_holds_at_most_eight_entries(office: Office) -> None:
    page = (await office.clients[LEAD].get("/more")).text

    assert 0 < len(re.findall(r'class="pairs-bar__link"', page)) <= MOST_IN_THE_HEADER
