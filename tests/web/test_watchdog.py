"""A process that hangs ends itself, so that whoever supervises it starts it again; one that is in trouble does not."""

import asyncio
import subprocess
import sys
import threading

from shared.web.watchdog import EX_SOFTWARE, watched

QUICK = {"dead_seconds": 0.3, "ask_seconds": 0.1}
STANDS_STILL = """
import asyncio, time
from shared.web.watchdog import watched

async def main():
    with watched({}, dead_seconds=0.3, ask_seconds=0.1):
        await asyncio.sleep(0.2)
        time.sleep(30)

asyncio.run(main())
"""


async def fails() -> None:
    raise ConnectionError


async def test_what_only_a_new_process_mends_ends_this_one() -> None:
    ended = threading.Event()

    with watched({"reader": fails}, **QUICK, end=ended.set):
        await asyncio.sleep(1.5)

    assert ended.is_set()


async def test_what_passes_by_itself_ends_nothing() -> None:
    ended, asked = threading.Event(), 0

    async def fails_twice() -> None:
        nonlocal asked
        asked += 1
        if asked % 3:
            raise ConnectionError

    with watched({"reader": fails_twice}, dead_seconds=0.45, ask_seconds=0.1, end=ended.set):
        await asyncio.sleep(1.5)

    assert asked > 3
    assert not ended.is_set()


def test_an_event_loop_that_stands_still_ends_the_process() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STANDS_STILL], capture_output=True, text=True, timeout=20, check=False
    )

    assert ended.returncode == EX_SOFTWARE, ended.stderr
    assert "event_loop" in ended.stdout + ended.stderr
