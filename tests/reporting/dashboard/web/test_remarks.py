"""Notes and steps by their forms: what is wrong is told, what is typed is kept, and both stand with the figure."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.testing.events import Feed
from shared.testing.visitor import client_of, hidden_in, signs_in
from tests.reporting.dashboard.web.conftest import LEAD, NOW
from tests.reporting.dashboard.web.test_every_page import table_in
from tests.reporting.dashboard.web.test_the_region import USUAL, given

HIGHER = [number + 30 for number in USUAL]


@pytest.fixture
async def visitor(app: FastAPI, feed: Feed, engine: AsyncEngine) -> httpx.AsyncClient:
    await feed.take_in("preston", heard_at=NOW)
    await given(engine, *USUAL, *HIGHER, team="preston")
    client = client_of(app)
    await signs_in(client, LEAD)
    return client


async def send(client: httpx.AsyncClient, address: str, **answers: str) -> httpx.Response:
    return await client.post(address, data={**hidden_in((await client.get(address)).text), **answers})


async def test_a_note_stands_in_the_chart_under_it_in_the_table_and_in_the_file(visitor: httpx.AsyncClient) -> None:
    answer = await send(visitor, "/indicators/9/notes/new?team=preston", month="2025-12", words="The clinic was shut.")
    page = (await visitor.get(answer.headers["location"])).text
    rows = table_in(await visitor.get("/figures/indicator/chart.csv?number=9&team=preston"))

    assert answer.headers["location"] == "/indicators/9?team=preston"
    assert "<b>1. December 2025.</b> The clinic was shut." in page
    assert "Note 1" in page
    assert [row[5] for row in rows if row[0] == "Dec 2025"] == ["The clinic was shut."]
    assert "The clinic was shut." in (await visitor.get("/team/preston")).text
    assert "The clinic was shut." in (await visitor.get("/")).text


async def test_a_step_is_looked_at_before_it_is_decided_and_begins_limits_anew(visitor: httpx.AsyncClient) -> None:
    address = "/indicators/9/steps/new?team=preston&month=2025-02"
    before = table_in(await visitor.get("/figures/indicator/chart.csv?number=9&team=preston"))[1]
    preview = (await visitor.get(address)).text

    answer = await send(visitor, address, month="2025-02", reason="Duty triage began.")
    page = (await visitor.get(answer.headers["location"])).text
    after = table_in(await visitor.get("/figures/indicator/chart.csv?number=9&team=preston"))[1]

    assert "With new limits from February 2025: As usual" in preview
    assert (before[4] != "ordinary", after[4]) == (True, "ordinary")
    assert "New limits, Feb 2025" in page
    assert "Duty triage began. Decided by Regional lead, 14 March 2026." in page


@pytest.mark.parametrize(
    ("form", "answers", "sentence"),
    [
        ("notes", {"month": "2025-12", "words": ""}, "Write what happened"),
        ("notes", {"month": "", "words": "Shut"}, "Choose the month"),
        ("notes", {"month": "soon", "words": "Shut"}, "Choose a month from the list"),
        ("notes", {"month": "2027-01", "words": "Shut"}, "That month has not begun. Choose one that has."),
        ("steps", {"month": "2025-02", "reason": ""}, "Write what changed, and how you know"),
        ("steps", {"month": "", "reason": "Why"}, "Choose the month from which the figure is another"),
    ],
)
async def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    visitor: httpx.AsyncClient, form: str, answers: dict[str, str], sentence: str
) -> None:
    answer = await send(visitor, f"/indicators/9/{form}/new?team=preston", **answers)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(words in answer.text for name, words in answers.items() if name != "month")


async def test_the_same_step_twice_is_refused_with_what_to_do(visitor: httpx.AsyncClient) -> None:
    address = "/indicators/9/steps/new?team=preston"
    await send(visitor, address, month="2025-02", reason="Duty triage began.")

    again = await send(visitor, address, month="2025-02", reason="Another reason.")

    assert "Limits begin in that month already. Choose another month." in again.text


async def test_a_page_as_at_a_month_offers_no_form(visitor: httpx.AsyncClient) -> None:
    then = (await visitor.get("/indicators/9?team=preston&as_at=2026-02")).text

    assert "/notes/new" not in then
    assert "/steps/new" not in then
