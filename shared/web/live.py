"""Pages that keep up to date: the server announces that something changed, and the browser fetches the page again.

    announcer.announce("waiting-list")                                   # after a projection committed
    @router.get("/live", …)  return stream_events(request, request.app.state.announcer, "waiting-list")
    {{ render … live_events="/live" }}  and  <div id="waiting" data-live>

An announcement carries no data, so losing one costs a moment and tells nothing.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import StreamingResponse

from shared.web.permissions import current_session

KEEP_ALIVE_SECONDS = 15
RETRY_MILLISECONDS = 3000
MOST_STREAMS_PER_CLIENT = 6
MOST_STREAMS = 500


class Announcer:
    """Tells every waiting page that a topic changed. One for a process; all in its event loop."""

    def __init__(self) -> None:
        self._changed_at: dict[str, int] = {}
        self._count = 0
        self._news = asyncio.Event()
        self._closed = False
        self._streams = Counter[object]()

    def announce(self, topic: str) -> None:
        """Something about the topic changed."""
        self._count += 1
        self._changed_at[topic] = self._count
        self._wake()

    def close(self) -> None:
        """The process stops: every stream ends, and the browsers come back to the next process."""
        self._closed = True
        self._wake()

    async def changes(self, topics: tuple[str, ...]) -> AsyncIterator[int | None]:
        """A number for each change (several at once are one), or None when nothing has changed for a while."""
        seen = self._count
        while not self._closed:
            news = self._news
            latest = max((self._changed_at.get(topic, 0) for topic in topics), default=0)
            if latest > seen:
                seen = latest
                yield latest
                continue
            try:
                async with asyncio.timeout(KEEP_ALIVE_SECONDS):
                    await news.wait()
            except TimeoutError:
                yield None

    def has_room(self, client: object) -> bool:
        """Whether the client, and everyone together, may have one more stream."""
        return self._streams[client] < MOST_STREAMS_PER_CLIENT and self._streams.total() < MOST_STREAMS

    @contextmanager
    def counted(self, client: object) -> Generator[None]:
        """Counts one stream of the client while it is open."""
        self._streams[client] += 1
        try:
            yield
        finally:
            self._streams[client] -= 1
            if not self._streams[client]:
                del self._streams[client]

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


def stream_events(request: Request, announcer: Announcer, *topics: str) -> StreamingResponse:
    """Server-sent events: a message for each change of the topics, and one at once: the page is older than the stream.

    Raises:
        HTTPException: 429 when the person, or without sign-in the address, has too many pages open.
    """
    session = current_session(request)
    client = session.key if session else (request.client.host if request.client else None)
    if not announcer.has_room(client):
        raise HTTPException(429, headers={"Retry-After": "60"})
    return StreamingResponse(_stream(announcer, client, topics), media_type="text/event-stream")


async def _stream(announcer: Announcer, client: object, topics: tuple[str, ...]) -> AsyncIterator[str]:
    with announcer.counted(client):
        yield f"retry: {RETRY_MILLISECONDS}\nid: 0\ndata: open\n\n"
        async for change in announcer.changes(topics):
            yield ": still here\n\n" if change is None else f"id: {change}\ndata: changed\n\n"
