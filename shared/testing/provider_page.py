"""The page on which people of a demonstration choose who to be, without a browser."""

import re
from typing import Any

import httpx

from shared.testing.forms_in_page import Fields, forms_in


def choice_of(page: httpx.Response, words: str) -> tuple[httpx.URL, Fields]:
    """Where the button is sent beside which these words stand, in capitals or not, and with what.

    Raises:
        LookupError: it is another page, or nobody is called so.
    """
    for item in re.findall(r"<li>.*?</li>", page.text, re.DOTALL):
        if words.lower() in re.sub(r"<[^>]*>", " ", item).lower():
            [form] = forms_in(item)
            return page.url.join(form.action), form.fields
    raise LookupError(page.text)


def chooses(client: httpx.Client, page: httpx.Response, words: str) -> httpx.Response:
    """Where they come to. The client follows redirects."""
    address, fields = choice_of(page, words)
    return client.post(address, data=_sent(fields))


async def async_chooses(client: httpx.AsyncClient, page: httpx.Response, words: str) -> httpx.Response:
    """The same."""
    address, fields = choice_of(page, words)
    return await client.post(address, data=_sent(fields))


def _sent(fields: Fields) -> dict[str, Any]:
    return dict(fields)
