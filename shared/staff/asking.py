"""Someone may not do a thing: who may, and where they are asked."""

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request

from shared.kernel.capability import Capabilities, Capability
from shared.staff.colleagues import Colleagues
from shared.unit_of_work import UnitOfWork


def capabilities_of(request: Request) -> Capabilities:
    """The service's table, from its manifest."""
    table: Capabilities = request.app.state.capabilities
    return table


async def colleagues_with(request: Request, work: UnitOfWork, capability: Capability) -> Sequence[str]:
    """The names of those who hold it."""
    holders = await Colleagues(work.session).with_one_of(capabilities_of(request).roles_with(capability))
    return [one.name for one in holders]


def ask_address(page: str, request: Request, needed: Capability | None = None) -> str:
    """Where someone is asked for what the request came for.

    Args:
        needed: where it is more than what the form always needs, because of what was entered.
    """
    asked = {"for": request.url.path} | ({"need": needed.code} if needed else {})
    return f"{page}?{urlencode(asked, safe='/')}"
