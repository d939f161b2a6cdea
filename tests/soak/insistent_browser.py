"""Somebody who wants to get something done: they press again until they are answered, and say what was wrong of it."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

import httpx

from shared.testing.forms_in_page import FormInPage, forms_in, problem_in
from shared.testing.provider_page import async_chooses

PATIENCE_SECONDS = 180.0
_LOOKS_AGAIN_SECONDS = 0.5
_ANSWER_SECONDS = 20.0
_BUSY = {429, 502, 503, 504}
_UNANSWERED = (httpx.NetworkError, httpx.TimeoutException, httpx.RemoteProtocolError)


class NotDone(AssertionError):
    """It was refused, or not answered for minutes."""


class InsistentBrowser:
    """One person's, at one service.

    Args:
        address: of the service.
        troubles: how often it was not answered, and answered so that one must come again.
        person: who signs in, by their name; nobody on a public page.
    """

    def __init__(self, address: str, troubles: Counter[str], person: str = "") -> None:
        headers = {"Origin": address} if person else {}
        self._client = httpx.AsyncClient(base_url=address, headers=headers, timeout=_ANSWER_SECONDS)
        self._troubles = troubles
        self._person = person

    async def close(self) -> None:
        await self._client.aclose()

    async def opens(self, path: str) -> httpx.Response:
        """The page, after signing in where it asks for that."""
        page = await self.asks("GET", path)
        if page.is_redirect:
            if not self._person:
                return await self.opens(page.headers["location"])
            await self._signs_in()
            page = await self.asks("GET", path)
        if page.status_code != 200:
            raise NotDone(f"{path} is answered {page.status_code}")
        return page

    async def fills(self, path: str, *, sent_to: str = "", **answers: str) -> str:
        """Fill and send the form of a page; where it leads, without what stands after `?`.

        Args:
            sent_to: where the form is sent, if not to its page.
        """
        form = form_of((await self.opens(path)).text, sent_to)
        return await self.presses(sent_to or path, form.fields | {name: [said] for name, said in answers.items()})

    async def presses(self, path: str, fields: Mapping[str, Any]) -> str:
        """Send this until it is answered; where it leads."""
        answer = await self.asks("POST", path, data=fields)
        if answer.status_code != 303:
            raise NotDone(f"{path} is answered {answer.status_code}: {problem_in(answer.text)}")
        return answer.headers["location"].partition("?")[0]

    async def asks(self, method: str, path: str, **content: Any) -> httpx.Response:
        """The first answer that does not say to come again."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                answer = await self._client.request(method, path, **content)
            except _UNANSWERED as error:
                self._troubles[type(error).__name__] += 1
            else:
                if answer.status_code < 500 and answer.status_code not in _BUSY:
                    return answer
                self._troubles[_wrong(answer)] += 1
            await asyncio.sleep(_LOOKS_AGAIN_SECONDS)
        raise NotDone(f"{path} was not answered for {PATIENCE_SECONDS:.0f} seconds")

    async def _signs_in(self) -> None:
        """By the demonstration's provider, as often as it takes."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            async with httpx.AsyncClient(
                base_url=self._client.base_url,
                headers=self._client.headers,
                follow_redirects=True,
                timeout=_ANSWER_SECONDS,
            ) as signing:
                try:
                    page = await async_chooses(signing, await signing.get("/sign-in?next=/"), self._person)
                except (httpx.HTTPError, LookupError, ValueError) as error:
                    self._troubles[f"sign-in: {type(error).__name__}"] += 1
                else:
                    if page.status_code == 200 and page.url.host == self._client.base_url.host:
                        self._client.cookies = signing.cookies
                        return
                    self._troubles[f"sign-in: {page.status_code}"] += 1
            await asyncio.sleep(_LOOKS_AGAIN_SECONDS)
        raise NotDone(f"{self._person} could not sign in")


def form_of(page: str, sent_to: str) -> FormInPage:
    """The one that is sent there, or to its own page."""
    found = [form for form in forms_in(page) if form.action == sent_to]
    if len(found) != 1:
        raise NotDone(f"{len(found)} forms are sent to {sent_to or 'the page itself'}")
    return found[0]


def _wrong(answer: httpx.Response) -> str:
    """503 must say when to come again; nothing else of its kind is ever right."""
    says_when = answer.status_code not in {429, 503} or "retry-after" in answer.headers
    return f"{answer.status_code}" + ("" if says_when else " without Retry-After")
