"""What the address of a page says: a code in it, and the parts of its query."""

from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import urlencode

from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken

AnyCode = TypeVar("AnyCode", bound=Code)


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
