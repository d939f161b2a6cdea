"""Requests are counted and timed by the template of their address; what a sender chose is in no label."""

import re
from collections.abc import Awaitable, Callable

import httpx
import pytest

from shared.kernel.identifiers import new_id
from shared.web.health import create_health

LABELS = re.compile(r"^pairs_request[^{\n]*\{([^}]*)\}", re.MULTILINE)


Figures = Callable[[], Awaitable[str]]


@pytest.fixture
def figures(client_of: Callable[..., httpx.AsyncClient]) -> Figures:
    async def read() -> str:
        async with client_of(create_health(live={}, ready={})) as private:
            return (await private.get("/metrics")).text

    return read


async def test_a_request_is_counted_by_its_route_and_status(lead: httpx.AsyncClient, figures: Figures) -> None:
    counted = 'pairs_requests_total{method="get",route="/family/{family_id}",status="404"}'
    before = number(await figures(), counted)
    await lead.get(f"/family/{new_id()}")
    await lead.get(f"/family/{new_id()}")

    after = await figures()
    assert number(after, counted) == before + 2
    assert number(after, 'pairs_request_seconds_count{route="/family/{family_id}"}') >= 2


async def test_nothing_that_a_sender_chose_is_in_a_label(lead: httpx.AsyncClient, figures: Figures) -> None:
    for method, path in [
        ("GET", "/Leonie-Example"),
        ("GET", "/family/Leonie-Example"),
        ("GET", f"/family/{new_id()}?name=Leonie-Example"),
        ("LEONIE-EXAMPLE", "/family"),
        ("POST", "/fhir/Leonie-Example"),
        ("GET", "/static/Leonie-Example/pairs.css"),
    ]:
        await lead.request(method, path, headers={"X-Request-ID": "Leonie-Example", "User-Agent": "Leonie-Example"})

    text = await figures()
    assert len(LABELS.findall(text)) > 10
    assert "leonie" not in text.lower()


def number(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0
