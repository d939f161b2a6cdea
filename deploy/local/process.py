"""Ports, and processes of an earlier run that was killed."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PATIENCE = 15.0
"""Seconds that a server has for stopping."""

START_PATIENCE = 120.0
"""Seconds that a server has for starting; after a crash it reads its journal first."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """True as soon as it holds; False when it does not within the time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def stop(process: "subprocess.Popen[bytes]", polite: signal.Signals) -> None:
    """Ends a process of ours: politely, and after PATIENCE seconds not."""
    if process.poll() is None:
        process.send_signal(polite)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def stop_leftover(name: str, folder: Path, polite: signal.Signals) -> None:
    """Ends servers that a killed run left on this folder; touches no other process."""
    for pid in _servers_on(name, folder):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, polite)
            if not wait_until(lambda pid=pid: not _is_alive(pid)):
                os.kill(pid, signal.SIGKILL)
                wait_until(lambda pid=pid: not _is_alive(pid))


def _servers_on(name: str, folder: Path) -> list[int]:
    """Processes whose program is called so and which were given exactly this folder."""
    return [
        pid
        for pid, words in _command_lines()
        if words and Path(words[0]).name == name and str(folder) in words[1:] and pid != os.getpid()
    ]


def _command_lines() -> Iterator[tuple[int, list[str]]]:
    if sys.platform != "linux":
        listing = subprocess.run(["ps", "-axww", "-o", "pid=,args="], check=True, capture_output=True, text=True)
        for line in listing.stdout.splitlines():
            pid, _, command = line.strip().partition(" ")
            yield int(pid), command.split()
        return
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes().split(b"\0")
                yield int(entry.name), [os.fsdecode(word) for word in words]


def _is_alive(pid: int) -> bool:
    """False too for a zombie, which its own parent has still to bury."""
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not Path("/proc/self").exists()
