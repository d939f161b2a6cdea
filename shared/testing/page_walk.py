"""A walk through every page of a team's service, by each who works there: what was wrong, as lines; empty is well.

async with walked_service(SERVICE, engine, clock=clock, addresses=addresses_of(page_routes(app), ids)) as walked:
    assert await wrongly_answered(walked) == []     # whoever may is shown a page, and whoever may not is refused
    assert await unreached(walked) == []            # someone reaches each page by links, and none is refused
    assert await failing(walked) == []              # whatever stands in an address, no page fails
"""

import contextlib
import re
from collections import Counter, deque
from collections.abc import AsyncGenerator, Collection, Generator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from urllib.parse import urlencode, urlsplit

import httpx
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.datastructures import ImmutableMultiDict

from shared.kernel.clock import Clock
from shared.kernel.settings import Settings
from shared.manifest import Person, Service
from shared.process import create_pages, settings_of
from shared.testing.direct_sign_in import direct_sign_in
from shared.testing.page_routes import every_route, get_routes, roles_for
from shared.testing.visitor import ADDRESS, client_of, signs_in

LINK = re.compile(r'<(?:a|form)\b[^>]*?\b(?:href|action)="([^"#]+)')
NO_PAGE = re.compile(r"\.(csv|ics|pdf|zip)$")
EXAMPLES, MOST_EXAMPLES = 4, 20
"""Records that are alike: so many of one route are opened, and so many where a page is still looked for."""
ASKED_IN_FULL = 3
"""Pages that look for the same in their address."""
ODD = ("9" * 30, "-1", "1e99", "NaN", "a\x00b", "%ED%A0%80", "0001-01-01", "9999-12-31", "9999-12", "٣", "x" * 1000)


@dataclass(frozen=True)
class WalkedService:
    """Where each colleague has a browser of their own, and every page an address."""

    app: FastAPI
    clients: Mapping[Person, httpx.AsyncClient]
    addresses: Mapping[str, Sequence[str]]
    """Path of a route → addresses."""
    begins: str = "/"
    """Where a colleague begins."""
    seen_by: Mapping[str, Collection[Person]] = field(default_factory=dict[str, Collection[Person]])
    """Path of a route → whom its record is open to, where a role is not enough."""

    @property
    def walkers(self) -> Mapping[Person, httpx.AsyncClient]:
        """Where roles alone decide who sees what, one of those who hold the same is enough."""
        if self.seen_by:
            return self.clients
        return {
            person: self.clients[person] for person in {one.roles: one for one in reversed([*self.clients])}.values()
        }


@contextlib.asynccontextmanager
async def walked_service(
    service: Service,
    engine: AsyncEngine,
    *,
    clock: Clock,
    addresses: Mapping[str, Sequence[str]],
    begins: str = "/",
    seen_by: Mapping[str, Collection[Person]] | None = None,
) -> AsyncGenerator[WalkedService]:
    """A service of one team, with everyone signed in whom its table of contents names."""
    app = pages_of(service, engine, clock)
    async with AsyncExitStack() as stack:
        clients = {person: await stack.enter_async_context(client_of(app)) for person in service.people}
        for person, client in clients.items():
            await signs_in(client, person)
        yield WalkedService(app, clients, addresses, begins, seen_by or {})


def pages_of(service: Service, engine: AsyncEngine, clock: Clock, **changes: Any) -> FastAPI:
    """The service's pages, in this process."""
    settings = walked_settings(service, **changes)
    return create_pages(service, settings, engine, clock, signs_in=direct_sign_in(settings, service.people))


def walked_settings(service: Service, **changes: Any) -> Settings:
    """Of a service in a test."""
    settings = {
        "team": "team-one" if service.of == "team" else None,
        "database_url": "postgresql://unused@127.0.0.1/unused",
        "redis_url": "redis://127.0.0.1",
        "region_key": "00" * 32,
        "port": 8000,
        "private_port": 8001,
        "public_url": ADDRESS,
        "sign_in": "demonstration",
        **dict.fromkeys(service.secrets.split(), "00" * 32),
    }
    return settings_of(service).model_validate(settings | changes)


async def wrongly_answered(walked: WalkedService) -> list[str]:
    """Pages that are not shown to who holds a role for them, and those that are shown to others."""
    roles = {route.path: roles_for(route) for route in every_route(walked.app) if "GET" in (route.methods or ())}
    faults: list[str] = []
    for path, addresses in walked.addresses.items():
        for person, client in walked.walkers.items():
            asked, open_to = roles[path], walked.seen_by.get(path)
            holds_role = asked is None or person.roles & asked
            wanted = (200, 303) if holds_role and (open_to is None or person in open_to) else (403,)
            for address in addresses:
                status = (await client.get(address)).status_code
                if status not in wanted:
                    faults.append(f"{address} answers {person.name} with {status}")
    return faults


@dataclass
class Crawl:
    """Where links lead."""

    pages: set[str] = field(default_factory=set[str])
    """Routes, with the name of the form where a path has one."""
    refused: list[str] = field(default_factory=list[str])
    """Links that answer with an error."""


async def unreached(walked: WalkedService, *, by_email: Sequence[str] = ()) -> list[str]:
    """Pages to which no link leads for anyone, and links that are refused.

    Args:
        by_email: addresses that are secrets, to which no page of ours leads.
    """
    reached: set[str] = set()
    faults: list[str] = []
    for client in walked.walkers.values():
        wanted = walked.addresses.keys() - reached
        found = await crawl(walked.app, client, walked.begins, *by_email, wanted=wanted)
        reached |= found.pages
        faults += found.refused
    return [f"no link leads to {path}" for path in walked.addresses if path not in reached] + faults


async def crawl(
    app: FastAPI, client: httpx.AsyncClient, *begins: str, says_no: str = "", wanted: Collection[str] = ()
) -> Crawl:
    """From where a colleague begins.

    Args:
        begins: addresses.
        says_no: what is on the page of a record that is closed to them, to which a link may lead all the same.
        wanted: pages for which more records that are alike are opened, until each was found.
    """
    found, links = Crawl(), _Links(get_routes(app))
    links.add(begins, "the sign-in")
    while links.waiting or (links.alike and not found.pages.issuperset(wanted)):
        address, key, origin = (links.waiting or links.alike).popleft()
        answer = await client.get(address, follow_redirects=True)
        if answer.status_code == 403 and says_no and says_no in answer.text:
            continue
        if answer.status_code != 200:
            found.refused.append(f"{address} answers {answer.status_code}, linked from {origin}")
            continue
        found.pages.add(key)
        links.add((one.replace("&amp;", "&") for one in LINK.findall(answer.text) if one[0] == "/"), address)
    return found


class _Links:
    """Addresses not yet opened, those of more records that are alike apart; with their pages and where they stood."""

    def __init__(self, routes: Sequence[tuple[str, re.Pattern[str]]]) -> None:
        self.waiting: deque[tuple[str, str, str]] = deque()
        self.alike: deque[tuple[str, str, str]] = deque()
        self._routes = routes
        self._seen: set[str] = set()
        self._pages = Counter[str]()

    def add(self, addresses: Iterable[str], origin: str) -> None:
        for address in addresses:
            path = urlsplit(address).path
            route = next((route for route, pattern in self._routes if pattern.match(path)), None)
            if route is None or address in self._seen or NO_PAGE.search(route):
                continue
            self._seen.add(address)
            key = form_of(route, path)
            self._pages[key] += 1
            if self._pages[key] <= MOST_EXAMPLES:
                is_alike = self._pages[key] > EXAMPLES
                (self.alike if is_alike else self.waiting).append((address, key, origin))


def form_of(route: str, path: str) -> str:
    """The route, with the name of the form where the path has one."""
    return route.replace("{name}", path.rpartition("/")[2])


async def failing(walked: WalkedService) -> list[str]:
    """Addresses that make a page fail, with what stood in each part of a query that any page takes.

    Of pages that look for the same the first are asked with each odd value, the others with one each, by turns.
    """
    faults: list[str] = []
    client = next(iter(walked.walkers.values()))
    addresses = [address for found in walked.addresses.values() for address in found]
    names = await asked_for(walked.app, addresses, client)
    alike = Counter[frozenset[str]]()
    for number, address in enumerate(addresses):
        looked_for: set[str] = set()
        for odd in ODD[number % len(ODD) :] + ODD[: number % len(ODD)]:
            with _noted(looked_for):
                asked = f"{address.split('?')[0]}?{urlencode(dict.fromkeys(names, odd))}"
                status = (await client.get(asked)).status_code
            if status >= 500:
                faults.append(f"{address} answers {status} to {odd[:20]}")
            if alike[frozenset(looked_for)] >= ASKED_IN_FULL:
                break
        alike[frozenset(looked_for)] += 1
    return faults


async def asked_for(app: FastAPI, addresses: Sequence[str], client: httpx.AsyncClient) -> set[str]:
    """The parts of a query that routes declare, and those that a page looks for by itself."""
    names = {one.alias for route in every_route(app) for one in route.dependant.query_params}
    with _noted(names):
        for address in addresses:
            await client.get(address)
    return names


@contextlib.contextmanager
def _noted(names: set[str]) -> Generator[None]:
    """Adds the names by which anything looks into the address of a request, or into its form."""
    usual = ImmutableMultiDict[Any, Any].get

    def note(self: ImmutableMultiDict[Any, Any], key: Any, default: Any = None) -> Any:
        if isinstance(key, str):
            names.add(key)
        return usual(self, key, default)

    with mock.patch.object(ImmutableMultiDict, "get", note):
        yield
