"""One relay or one reader as a process of its own, which kills itself at a step: as a power cut would, without a word.

    python -m tests.guarantees.process relay sent:2         dies when it has sent for the second time
    python -m tests.guarantees.process reader               lives until somebody else kills it

The addresses come in by the environment. It says `ready` when it works.
"""

import asyncio
import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path

import structlog

from shared.kernel.faults import Reached, go_on
from tests.guarantees.spine import Spine

_VARIABLE = "SPINE"
_FOLDER = Path(__file__).parents[2]


async def start(spine: Spine, what: str, dies_at: str = "") -> asyncio.subprocess.Process:
    """Start a relay or a reader; whoever starts it ends it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.guarantees.process",
        what,
        dies_at,
        cwd=_FOLDER,
        env={**os.environ, _VARIABLE: json.dumps(asdict(spine))},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    assert (await process.stdout.readline()) == b"ready\n"
    return process


async def _live(spine: Spine, what: str, reached: Reached) -> None:
    async with spine.relaying(reached) if what == "relay" else spine.reading(reached=reached):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def _dies_at(place: str) -> Reached:
    """SIGKILL when a step is reached for the n-th time, `step:n`."""
    if not place:
        return go_on
    step, times = place.split(":")
    left = int(times)

    def reached(name: str) -> None:
        nonlocal left
        left -= name == step
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(_live(Spine(**json.loads(os.environ[_VARIABLE])), sys.argv[1], _dies_at(sys.argv[2])))
