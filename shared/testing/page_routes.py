"""All pages of a service by the app's own routes, and an address of each; for tests.

A route of which nobody says with what it is opened makes `addresses_of` fail with its path, so no new page escapes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from shared.contracts.vocabulary import Role
from shared.staff.form_routes import DraftRoute

_NO_PAGE = re.compile(r"^/(session|sign-in|signed-out)$|\.(csv|xlsx|ics|pdf|zip|txt|json)$|^/openapi")
"""How a test signs in is its own; where people do, is looked at where that is written (`tests/web`)."""


class NoAddress(LookupError):
    """A page that no test would open."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} has no address: say with what it is opened")


def every_route(app: FastAPI) -> list[APIRoute]:
    """Everything that the app answers, in its order."""
    return [route for route in app.routes if isinstance(route, APIRoute) and not isinstance(route, DraftRoute)]


def get_routes(app: FastAPI) -> list[tuple[str, re.Pattern[str]]]:
    """Everything that answers a link, with what its address is like; as the app does, the first one counts."""
    return [(route.path, route.path_regex) for route in every_route(app) if "GET" in (route.methods or ())]


def page_routes(app: FastAPI) -> list[str]:
    """The paths of the pages, with their parameters' names."""
    return [path for path in dict.fromkeys(path for path, _ in get_routes(app)) if not _NO_PAGE.search(path)]


def roles_for(route: APIRoute) -> frozenset[Role] | None:
    """The roles that it asks for, of which one is enough; None for a page that is open to all."""
    return next(_roles(route.dependant), None)


def _roles(dependant: Dependant) -> Iterator[frozenset[Role]]:
    for one in dependant.dependencies:
        if roles := getattr(one.call, "roles", None):
            yield roles
        yield from _roles(one)


def addresses_of(
    paths: Iterable[str], ids: Mapping[str, object], known: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Sequence[str]]:
    """Path → addresses.

    Args:
        ids: what a part of a path names, such as `family_id`.
        known: path → its addresses, where those are not right, or there are several.

    Raises:
        NoAddress: a path names something else.
    """
    return {path: (known or {}).get(path) or [_filled(path, ids)] for path in paths}


def _filled(path: str, ids: Mapping[str, object]) -> str:
    address = re.sub(r"\{([a-z_]+)(?::\w+)?\}", lambda part: str(ids.get(part[1], part[0])), path)
    if "{" in address:
        raise NoAddress(path)
    return address
