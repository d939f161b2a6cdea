"""What any service has happened in a demonstration is carried out by several processes at once, and goes on living."""

import asyncio
import os
import random
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from shared.demonstration import program
from shared.demonstration.loading import HistoryFailed, Pace, Share, load
from shared.kernel.errors import RuleBroken


@dataclass(frozen=True)
class Lent:
    """A family took a book home."""

    at: datetime
    family: str


async def test_no_process_runs_ahead_of_another_in_the_order_of_time() -> None:
    pace = Pace(2)

    await pace.keep(0, 8)
    ahead = asyncio.create_task(pace.keep(0, 9))
    await asyncio.sleep(0.05)
    assert not ahead.done()

    await pace.keep(1, 3)
    await asyncio.wait_for(ahead, 5)
    pace.end(1)
    await asyncio.wait_for(pace.keep(0, 1000), 5)


def test_a_history_of_which_a_process_fails_is_not_taken_for_a_whole_one() -> None:
    with pytest.raises(HistoryFailed):
        load([Lent(datetime(2026, 3, 4, tzinfo=UTC), "one")], _fail, lambda _done, _total: None)


def _fail(_share: Share[Lent], _pace: Pace, _process: int) -> None:
    os._exit(3)


async def test_a_command_that_says_no_does_not_end_what_lives() -> None:
    done = asyncio.Event()
    tried = 0

    async def does() -> None:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise RuleBroken("lent_already", "The book is lent. Choose another.")
        done.set()

    living = asyncio.create_task(program.live(does, random.Random(1), (0.0, 0.0)))
    await asyncio.wait_for(done.wait(), 5)
    living.cancel()

    assert tried >= 2
