"""The processes that should be running, each asked on its private port or socket: is it ready, and if not, why."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from shared import discovery
from shared.cli.finding import Finding, Scope
from shared.kernel.settings import variable
from shared.tenancy.names import redis_user

SECONDS = 3.0


class Process(NamedTuple):
    """One that should be there."""

    name: str
    place: Path | int
    """Its private socket, or its private port on this machine."""


class NotAsked(Exception):
    """Whoever knows which processes there are does not answer; the message is a sentence."""


_ways: list[Callable[[Path], Sequence[Process] | None]] = []


def look_for_processes_by(way: Callable[[Path], Sequence[Process] | None]) -> None:
    """Given the state folder, what runs on it; None: nothing does by this way. It may raise NotAsked."""
    _ways.append(way)


def in_containers(scope: Scope) -> list[Process] | None:
    """Where PAIRS_SOCKETS names the folder of a team's, or the region's, sockets."""
    folder = variable("sockets")
    if not folder or not scope.only:
        return None
    team = None if scope.only == "region" else scope.only
    services = discovery.of_team() if team else discovery.of_region()
    return [Process(redis_user(team, one.name), Path(folder) / f"{one.name}.private.sock") for one in services]


async def process_findings(state: Path, scope: Scope) -> AsyncGenerator[Finding]:
    """One for each process; nothing where nobody knows which there should be."""
    try:
        ways = [in_containers(scope), *[await asyncio.to_thread(way, state) for way in _ways]]
    except NotAsked as silent:
        yield Finding("pairs up", well=False, detail=str(silent), what_to_do="It hangs: end it, and start it again.")
        return
    processes = next((way for way in ways if way is not None), list[Process]())
    for process, found in zip(processes, await asyncio.gather(*map(_look_at, processes)), strict=True):
        yield Finding(f"{process.name}: process", not found, found or "ready", _WHAT_TO_DO.get(found, _LOOK))


_SILENT, _HANGS = "does not run", "hangs"
_WHAT_TO_DO = {
    _SILENT: "Look at its log for why it ended; start it again if nothing does.",
    _HANGS: "It hangs: unless it has ended itself in a minute, end it; it is started again.",
}
_LOOK = "Its log says why; while a server is missing it waits, and goes on by itself."


async def _look_at(process: Process) -> str:
    """What is wrong with it; empty when nothing is."""
    try:
        async with asyncio.timeout(SECONDS):
            status, body = await _ask(process.place)
    except TimeoutError:
        return _HANGS
    except OSError:
        return _SILENT
    if status == 200:
        return ""
    try:
        return f"not ready: {', '.join(map(str, json.loads(body)['failing']))}"
    except (ValueError, KeyError, TypeError):
        return f"not ready: it answered {status}"


async def _ask(place: Path | int) -> tuple[int, bytes]:
    if isinstance(place, Path):
        reader, writer = await asyncio.open_unix_connection(str(place))
    else:
        reader, writer = await asyncio.open_connection("127.0.0.1", place)
    try:
        writer.write(b"GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n")
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
    words = head.split()
    return (int(words[1]) if len(words) > 1 and words[1].isdigit() else 0), body
