"""One run at a time on one state folder. The kernel lets go of the lock when its holder dies, however it dies."""

import contextlib
import fcntl
import os
from pathlib import Path

from shared.kernel.errors import Conflict


class FolderInUse(Conflict):
    """Another process is using this state folder."""


class FolderLock:
    """Held from construction until `release`, which also removes the file.

    Raises:
        FolderInUse: another process holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        self._descriptor = self._take()

    def release(self) -> None:
        self._path.unlink(missing_ok=True)
        os.close(self._descriptor)

    def _take(self) -> int:
        while True:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
                os.close(descriptor)
                raise self._in_use(holder) from None
            if self._is_still_the_file(descriptor):
                os.truncate(descriptor, 0)
                os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
                return descriptor
            os.close(descriptor)

    def _in_use(self, holder: str) -> FolderInUse:
        who = f"process {holder}" if holder else "another process"
        return FolderInUse(
            "folder_in_use", f"{self._path.parent} is in use by {who}: stop that one, or choose another folder."
        )

    def _is_still_the_file(self, descriptor: int) -> bool:
        """A holder that ends removes the file: whoever then locks the removed one has locked nothing."""
        with contextlib.suppress(FileNotFoundError):
            return self._path.stat().st_ino == os.fstat(descriptor).st_ino
        return False
