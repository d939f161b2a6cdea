"""Runs the demonstration's own program, which gives an empty team a history, and tells how far it is."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable
from pathlib import Path

from deploy.local.copied_process import die_with
from deploy.local.running_service import RunningService
from deploy.local.servers import CannotStart


async def load_history(service: RunningService, months: int | None, tell: Callable[[int, int], None]) -> None:
    """Returns when the history is complete.

    Args:
        months: the last so many months only.
        tell: told how many commands are done, and of how many.

    Raises:
        CannotStart: the program failed; the sentence says where its log is.
    """
    log, parent = service.log(f"{service.name}.history"), os.getpid()
    with log.open("wb") as errors:
        log.chmod(0o600)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", f"{service.service.package}.demonstration", "history"),
            *(("--months", str(months)) if months else ()),
            env=service.environment,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=errors,
            start_new_session=True,
            preexec_fn=lambda: die_with(parent),
        )
    try:
        await _follow(process, tell)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
    if process.returncode:
        raise CannotStart("no_history", f"The history of {service.team} was not loaded. {_reason(log)}")


async def _follow(process: asyncio.subprocess.Process, tell: Callable[[int, int], None]) -> None:
    assert process.stdout is not None  # noqa: S101 - it was asked for
    async for line in process.stdout:
        step = json.loads(line)
        tell(step["done"], step["total"])
    await process.wait()


def _reason(log: Path) -> str:
    return f"The end of its log, {log}: {log.read_text(encoding='utf-8', errors='replace')[-600:].strip()}"
