"""Somebody may not do a thing: who may, and where they are asked.

A service with a table of capabilities sets `app.state.colleagues_with`, which names those who hold one of some roles.
"""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlencode

from starlette.requests import Request

from shared.contracts.vocabulary import Role
from shared.kernel.capability import Capabilities, Capability
from shared.unit_of_work import UnitOfWork

ColleaguesWith = Callable[[UnitOfWork, frozenset[Role]], Awaitable[Sequence[str]]]


def capabilities_of(request: Request) -> Capabilities:
    """The service's table, from its manifest."""
    table: Capabilities = request.app.state.capabilities
    return table


async def colleagues_with(request: Request, work: UnitOfWork, capability: Capability) -> Sequence[str]:
    """The names of those who hold it."""
    find: ColleaguesWith = request.app.state.colleagues_with
    return await find(work, capabilities_of(request).roles_with(capability))


def ask_address(page: str, request: Request, needed: Capability | None = None) -> str:
    """Where somebody is asked for what the request came for.

    Args:
        needed: where it is more than what the form always needs, because of what was entered.
    """
    asked = {"for": request.url.path} | ({"need": needed.code} if needed else {})
    return f"{page}?{urlencode(asked, safe='/')}"
