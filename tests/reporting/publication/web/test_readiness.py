"""A regional lead says for a team that it is not ready, and later that it is."""

import httpx

from shared.testing.events import Feed
from shared.testing.visitor import hidden_in


async def send(lead: httpx.AsyncClient, address: str, **answers: str) -> httpx.Response:
    hidden = hidden_in((await lead.get(address)).text)
    return await lead.post(address, data={**hidden, **answers}, follow_redirects=True)


async def test_a_team_is_not_ready_and_then_is(lead: httpx.AsyncClient, feed: Feed) -> None:
    await feed.announce("blackpool")
    assert "/readiness/blackpool/2026-02-01/not-ready" in (await lead.get("/readiness")).text

    said = await send(lead, "/readiness/blackpool/2026-02-01/not-ready", why="Two clinics are not typed in.")
    assert "Two clinics are not typed in." in said.text
    assert "Blackpool,February 2026,Not ready,Two clinics are not typed in." in (await lead.get("/readiness.csv")).text

    await send(lead, "/readiness/blackpool/2026-02-01/ready")
    assert "Blackpool,February 2026,Ready," in (await lead.get("/readiness.csv")).text


async def test_why_must_be_said_and_a_team_of_another_region_is_not_found(lead: httpx.AsyncClient, feed: Feed) -> None:
    await feed.announce("blackpool")

    assert "Write what is missing" in (await send(lead, "/readiness/blackpool/2026-02-01/not-ready", why="")).text
    assert (await lead.get("/readiness/nowhere/2026-02-01/not-ready")).status_code == 404
