"""A reader whose handler does nothing any more fails its check, so that the process ends and comes back."""

import asyncio
from typing import Any, cast

import pytest

from shared.contracts.streams import Audience, EntryId, Stream
from shared.inbox.sorting import Entry
from shared.inbox.stream_reader import StreamReader
from shared.kernel.cancel import cancel
from shared.kernel.pulse import LONG_SECONDS, Hangs, Pulse


class Stuck:
    """An inbox that never comes back."""

    async def take_in(self, _stream: Stream, _entries: list[Entry]) -> None:
        await asyncio.Event().wait()


async def test_entries_that_are_never_taken_in_are_noticed() -> None:
    now = 0.0
    stream = Stream("blackpool", "referral", Audience.REGION)
    reader = StreamReader(cast("Any", None), cast("Any", None), cast("Any", Stuck()), stream)
    reader.pulse = Pulse(stream.key, still_seconds=LONG_SECONDS, stopwatch=lambda: now)
    reader.pulse.check()
    handling = asyncio.create_task(reader._handle([Entry(EntryId(1, 1), {})]))
    try:
        await asyncio.sleep(0)
        reader.pulse.check()
        now = LONG_SECONDS + 1
        with pytest.raises(Hangs, match=stream.key):
            reader.pulse.check()
    finally:
        await cancel([handling])
    reader.pulse.check()
