"""What the address of a page says: a code in it, and the parts of its query."""

from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from starlette.requests import Request

from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken

AnyCode = TypeVar("AnyCode", bound=Code)

DRAFT = "draft"
"""In the query of a form's page: which one of those that are not stored it shows."""


def code_of(offered: Iterable[AnyCode], text: str) -> AnyCode | None:
    """A code from the address; None when it is empty.

    Raises:
        RuleBroken: it is none of those that the page offers.
    """
    code = next((one for one in offered if one == text), None)
    if code is None and text:
        raise RuleBroken("filter_unknown", "Choose a filter from the list on the page.")
    return code


def address(path: str, **query: object) -> str:
    """A path with those parts of a query that say something."""
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def draft_in(request: Request) -> UUID | None:
    """The draft that the address of a page names."""
    try:
        return UUID(request.query_params.get(DRAFT, ""))
    except ValueError:
        return None


def draft_page(sent_to: str, draft_id: UUID) -> str:
    """The address of the page that shows a draft of the form that is sent there."""
    path, _, query = sent_to.partition("?")
    return f"{path}?{urlencode([*parse_qsl(query, keep_blank_values=True), (DRAFT, draft_id)])}"


def own_address(request: Request) -> str:
    """The path and query of a request, without the draft."""
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != DRAFT]
    return f"{request.url.path}?{urlencode(rest)}" if rest else request.url.path
