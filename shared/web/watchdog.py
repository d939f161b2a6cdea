"""Ends the process when it has not lived for a minute: Docker starts again what ended, not what hangs.

A thread of its own asks, so that it also sees an event loop that does nothing any more. What was not committed was not
done, and what was committed is published by the next process; so the end may be hard.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

import structlog

from shared.kernel.clock import machine_stopwatch
from shared.web.health import Check, failing

EX_SOFTWARE = 70
DEAD_SECONDS, ASK_SECONDS = 60.0, 5.0

log = structlog.get_logger()


def end_process() -> None:
    """At once, whatever else waits for whatever."""
    os._exit(EX_SOFTWARE)


@contextmanager
def watched(
    live: Mapping[str, Check],
    *,
    dead_seconds: float = DEAD_SECONDS,
    ask_seconds: float = ASK_SECONDS,
    end: Callable[[], None] = end_process,
) -> Generator[None]:
    """While the body runs, `end` is called when one of these checks has failed, or none answered, for that long.

    A process that stood still as a whole (a paused container) is asked once more before it is given up.
    """
    loop, over = asyncio.get_running_loop(), threading.Event()

    def watch() -> None:
        lived_at = machine_stopwatch()
        while not over.wait(ask_seconds):
            asked = asyncio.run_coroutine_threadsafe(failing(live), loop)
            try:
                wrong = asked.result(ask_seconds)
            except TimeoutError:
                wrong = ["event_loop"]
                asked.cancel()
            if not wrong:
                lived_at = machine_stopwatch()
            elif not over.is_set() and machine_stopwatch() - lived_at > dead_seconds:
                log.error("process_ends_itself", failing=wrong, seconds=dead_seconds)
                end()
                return

    watching = threading.Thread(target=watch, name="watchdog", daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
