"""A reader whose handler does nothing any more fails its check, so that the process ends and comes back."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from shared.contracts.streams import Audience, EntryId, Stream
from shared.inbox.entry import Entry, Read
from shared.inbox.stream_reader import StreamReader
from shared.kernel.cancel import cancel
from shared.kernel.pulse import LONG_SECONDS, Hangs, Pulse


class Stuck:
    """An inbox that never comes back."""

    sink = SimpleNamespace(at_once=1)

    def read(self, _stream: Stream, entries: list[Entry]) -> list[Read]:
        return [Read(entry, None) for entry in entries]

    async def take_in(self, _stream: Stream, _entries: list[Read]) -> None:
        await asyncio.Event().wait()


async def test_entries_that_are_never_taken_in_are_noticed() -> None:
    now = 0.0
    stream = Stream("blackpool", "referral", Audience.REGION)
    reader = StreamReader(cast("Any", None), cast("Any", None), cast("Any", Stuck()), stream)
    reader.pulse = Pulse(stream.key, still_seconds=LONG_SECONDS, stopwatch=lambda: now)
    reader.pulse.check()
    storing = asyncio.create_task(reader._store(reader._ahead))
    try:
        await reader._handle([Entry(EntryId(1, 1), {})])
        await asyncio.sleep(0)
        reader.pulse.check()
        now = LONG_SECONDS + 1
        with pytest.raises(Hangs, match=stream.key):
            reader.pulse.check()
    finally:
        await cancel([storing])
    reader.pulse.check()
