"""Every request about a record that a team's pages answer, with what would be sent; for tests.

The index is the app's own table of routes. Addresses and forms are those that are given to a colleague who may see
everything; a route to which no page leads is filled in with ids of the record, and one with a part that nobody knows
fails.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from shared.contracts.vocabulary import Role
from shared.testing.forms_in_page import Fields, FormInPage, forms_in
from shared.testing.page_routes import every_route
from shared.web.permissions import Permission
from tests.referral.web.every_form import FORMS, right_answer
from tests.referral.web.every_page import addresses_of, ids_by_name
from tests.referral.whole_record import WholeRecord

ABOUT_NO_RECORD = {
    "/callbacks/{callback_id}": "a number that someone left before there is a record",
    "/colleagues/{colleague_id}/capacity": "how many families a colleague can have",
    "/colleagues/{colleague_id}/training": "what a colleague has learnt",
    "/families/{family_id}/break-glass": "the way in for an emergency, which has tests of its own",
    "/m/{token}": "the family's own answers, by a link that only they have",
    "/settings/letters/{name}": "words for every family",
    "/settings/notes/{name}": "likewise",
    "/unfinished/{draft_id}/discard": "what one typed oneself",
}
"""Routes with a part that names nothing of a record, and what it names; in the public form it names a draft."""

EXAMPLES = 2
"""Pages of one route that are read for what they lead to."""
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Request:
    """One thing that a browser can ask."""

    route: str
    address: str
    roles: frozenset[Role]
    """Who may use the route at all; it refuses others before it looks at anything."""
    body: Fields | None = None
    """None: it is only looked at."""

    @property
    def key(self) -> str:
        return f"{'GET' if self.body is None else 'POST'} {self.route}"


@dataclass(frozen=True)
class _Found:
    """Where pages lead, by address."""

    links: dict[str, None]
    forms: dict[str, FormInPage]


async def requests_about(app: FastAPI, record: WholeRecord, reader: httpx.AsyncClient) -> list[Request]:
    """All of an address with a part of a record in it, found by someone who may see everything.

    Raises:
        KeyError: a part of some path names nothing that the test's record has.
    """
    found = await _read_pages(app, record, reader)
    requests: list[Request] = []
    for route in every_route(app):
        if "{" not in route.path or route.path in ABOUT_NO_RECORD or route.path.startswith(("/fhir/", "/refer/")):
            continue
        (roles,) = _roles(route.dependant)
        if "POST" in (route.methods or ()):
            forms = _of_route(found.forms, route) or _alike(found.forms, route, record) or _empty(route, record)
            requests += [Request(route.path, one, roles, _body(form, route, record)) for one, form in forms.items()]
        else:
            links = _of_route(found.links, route) or [_filled(route.path, record)]
            requests += [Request(route.path, one, roles) for one in links]
    return requests


async def _read_pages(app: FastAPI, record: WholeRecord, reader: httpx.AsyncClient) -> _Found:
    """Every page, and what they link to."""
    routes = [route for route in every_route(app) if "GET" in (route.methods or ())]
    waiting = deque(one for addresses in addresses_of(app, record).values() for one in addresses)
    found, read = _Found({}, {}), dict[str, int]()
    while waiting:
        address = waiting.popleft()
        path = urlsplit(address).path
        route = next((one.path for one in routes if one.path_regex.match(path)), "")
        key = route.replace("{name}", path.rpartition("/")[2])
        if not route or address in found.links or read.get(key, 0) >= EXAMPLES or not _is_page(path):
            continue
        read[key] = read.get(key, 0) + 1
        found.links[address] = None
        answer = await reader.get(address)
        assert answer.status_code in {200, 303}, f"{address} answers {answer.status_code}"
        found.forms.update({form.action or address: form for form in forms_in(answer.text)})
        linked = [link.replace("&amp;", "&") for link in LINK.findall(answer.text) if link.startswith("/")]
        found.links.update(dict.fromkeys(link for link in linked if not _is_page(urlsplit(link).path)))
        waiting.extend(linked)
    return found


def _roles(dependant: Dependant) -> Iterator[frozenset[Role]]:
    """What the permission asks for, however deep it is declared."""
    for one in dependant.dependencies:
        if isinstance(one.call, Permission):
            yield one.call.roles
        yield from _roles(one)


def _is_page(path: str) -> bool:
    return not path.startswith(("/refer/", "/sign-", "/static/")) and not re.search(r"\.(csv|pdf|zip)$", path)


def _of_route(found: Mapping[str, Thing], route: APIRoute) -> dict[str, Thing]:
    """One of them by address; several where the last part of the path names a form."""
    own = [address for address in found if route.path_regex.match(urlsplit(address).path)]
    by_name = {urlsplit(one).path.rpartition("/")[2] if "{name}" in route.path else "": one for one in own}
    return {address: found[address] for address in by_name.values()}


def _alike(forms: Mapping[str, FormInPage], route: APIRoute, record: WholeRecord) -> dict[str, FormInPage]:
    """The same form of something else: its address ends alike."""
    end = route.path.rpartition("}")[2]
    alike = [(urlsplit(one).query, form) for one, form in forms.items() if urlsplit(one).path.endswith(end)]
    return {f"{_filled(route.path, record)}?{query}": form for query, form in alike[:1]}


def _empty(route: APIRoute, record: WholeRecord) -> dict[str, FormInPage]:
    """A form that no page has while the record is open to all."""
    return {_filled(route.path, record): FormInPage("")}


def _body(form: FormInPage, route: APIRoute, record: WholeRecord) -> Fields:
    """What a browser would send of it, once it is filled in."""
    entry = next((one for one in FORMS if one.path == route.path), None)
    return right_answer(entry, form, record) if entry else {**form.fields}


def _filled(path: str, record: WholeRecord) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda part: str(ids_by_name(record)[part[1]]), path)
