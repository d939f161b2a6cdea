"""Which processes a run has started, on disk, so that the next run can end those that a killed one left behind."""

import contextlib
import json
import os
import signal
import subprocess
from pathlib import Path

from deploy.local.process import wait_until

_PATIENCE = 5.0


class ProcessRecord:
    """The file `processes.json` in the state folder: process ids, each with the moment at which it was born.

    A process id alone may have been given to someone else since; with that moment it cannot.
    """

    def __init__(self, state: Path) -> None:
        self._path = state / "processes.json"
        self._births: dict[str, str] = {}

    def end_leftovers(self) -> int:
        """End what a killed run left; only the holder of the folder's lock may ask. Gives how many there were."""
        try:
            births: dict[str, str] = json.loads(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            births = {}
        left = [int(pid) for pid, birth in births.items() if _birth(int(pid)) == birth]
        for pid in left:
            _end(pid, births[str(pid)])
        self._path.unlink(missing_ok=True)
        return len(left)

    def add(self, pid: int) -> None:
        if birth := _birth(pid):
            self._births[str(pid)] = birth
            self._write()

    def remove(self, pid: int) -> None:
        if self._births.pop(str(pid), None):
            self._write()

    def _write(self) -> None:
        """A full disk stops no process from being kept; on Linux they end with us also unrecorded."""
        if not self._births:
            self._path.unlink(missing_ok=True)
            return
        draft = self._path.with_name(".processes.json")
        with contextlib.suppress(OSError):
            draft.write_text(json.dumps(self._births), encoding="ascii")
            draft.replace(self._path)


def _birth(pid: int) -> str | None:
    """When the process began, as the system tells it; None when there is none, or only a zombie."""
    if Path("/proc/self/stat").exists():
        try:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            return None
        return None if fields[0] == "Z" else fields[19]
    listing = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], check=False, capture_output=True, text=True)
    return listing.stdout.strip() or None


def _end(pid: int, birth: str) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        if wait_until(lambda: _birth(pid) != birth, _PATIENCE):
            return
