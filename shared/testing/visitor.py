"""Someone with a browser, without the browser: a client that keeps cookies and goes where a refused form leads."""

import re
from typing import Any

import httpx
from fastapi import FastAPI

from shared.manifest import Person

ADDRESS = "http://127.0.0.1:8000"


class Browser(httpx.AsyncClient):
    """Goes where a form leads that was not stored, and only there: the test looks at every other redirect itself."""

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        answer = await super().send(request, **options)
        where = answer.headers.get("location", "")
        is_redirected = request.method == "POST" and answer.status_code == 303
        return await super().get(where) if is_redirected and self.leads_back(request.url.path, where) else answer

    def leads_back(self, path: str, where: str) -> bool:  # noqa: ARG002 - a service has forms that lead elsewhere
        """What was sent to `path` is shown again, as it was not stored."""
        return "draft=" in where


def client_of(app: FastAPI, kind: type[Browser] = Browser) -> httpx.AsyncClient:
    return kind(transport=httpx.ASGITransport(app=app), base_url=ADDRESS)


async def signs_in(client: httpx.AsyncClient, person: Person) -> None:
    """Raises LookupError when the demonstration's sign-in does not know them."""
    answer = await client.post("/sign-in", data={"person": str(person.id), "next": "/"})
    if answer.status_code != 303:
        raise LookupError(answer.text)


def hidden_in(page: str) -> dict[str, str]:
    """What every form of a page holds: the session's token, where someone is signed in, and which form it is.

    Raises:
        LookupError: it has no form.
    """
    found: list[tuple[str, str]] = re.findall(r'name="(csrf_token|intention)" value="([^"]+)"', page)
    if not found:
        raise LookupError(page)
    return dict(found)
