import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from shared.web import live
from shared.web.live import Announcer


async def messages(answer: httpx.Response) -> AsyncIterator[str]:
    async for line in answer.aiter_lines():
        if line.startswith(("data:", ":")):
            yield line


async def following(lines: AsyncIterator[str]) -> str:
    return await asyncio.wait_for(anext(lines), 5)


async def test_a_page_hears_at_once_and_at_each_change_of_its_topic(running: tuple[FastAPI, str]) -> None:
    app, address = running
    async with httpx.AsyncClient() as client, client.stream("GET", f"{address}/live") as answer:
        lines = messages(answer)
        first = await following(lines)
        app.state.announcer.announce("something-else")
        app.state.announcer.announce("families")
        second = await following(lines)

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert (first, second) == ("data: open", "data: changed")


async def test_a_quiet_stream_is_kept_open(running: tuple[FastAPI, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "KEEP_ALIVE_SECONDS", 0.05)
    async with httpx.AsyncClient() as client, client.stream("GET", f"{running[1]}/live") as answer:
        lines = messages(answer)

        assert [await following(lines) for _ in range(3)] == ["data: open", ": still here", ": still here"]


async def test_one_person_can_have_six_pages_open_and_no_more_until_one_is_closed(running: tuple[FastAPI, str]) -> None:
    app, address = running
    async with httpx.AsyncClient() as client, contextlib.AsyncExitStack() as open_pages:
        first = await client.send(client.build_request("GET", f"{address}/live"), stream=True)
        for _ in range(5):
            page = await open_pages.enter_async_context(client.stream("GET", f"{address}/live"))
            assert page.status_code == 200

        refused = await client.get(f"{address}/live")
        await first.aclose()
        await room_for_one_more(app.state.announcer)
        again = await open_pages.enter_async_context(client.stream("GET", f"{address}/live"))

    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "60"
    assert again.status_code == 200


async def room_for_one_more(announcer: Announcer) -> None:
    """The server notices a closed page when it next writes to it."""
    for _ in range(100):
        if announcer.has_room("127.0.0.1"):
            return
        announcer.announce("families")
        await asyncio.sleep(0.02)


async def test_several_changes_at_once_are_one_message_and_none_is_lost() -> None:
    announcer = Announcer()
    changes = announcer.changes(("a", "b"))
    waiting = asyncio.ensure_future(anext(changes))
    await asyncio.sleep(0)
    for topic in ("a", "b", "a"):
        announcer.announce(topic)

    assert await waiting == 3
    announcer.announce("b")
    assert await anext(changes) == 4


async def test_streams_end_when_the_process_stops() -> None:
    announcer = Announcer()
    changes = announcer.changes(("a",))
    waiting = asyncio.ensure_future(anext(changes))
    await asyncio.sleep(0)

    announcer.close()

    with pytest.raises(StopAsyncIteration):
        await waiting
