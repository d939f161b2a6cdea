"""Secrets that this machine made up: one file each, mode 0600, in a folder of mode 0700."""

import contextlib
import os
import secrets
from pathlib import Path


class SecretFolder:
    """Gives the same secret for the same name for ever; makes it when it is first asked for.

    Safe for several processes at once and for a process that is killed: a file is there with all of its secret,
    or not at all, and the first one written stays.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def path(self, name: str) -> Path:
        """Where the secret is kept (for `PAIRS_…_FILE`); the name is made of letters, digits, dots and hyphens."""
        if not name.replace(".", "").replace("-", "").isalnum():
            raise ValueError("a secret's name has letters, digits, dots and hyphens only")
        return self._folder / name

    def has(self, name: str) -> bool:
        return self.path(name).exists()

    def secret(self, name: str) -> str:
        """64 hexadecimal digits (32 random bytes)."""
        path = self.path(name)
        if not path.exists():
            _write_once(path, secrets.token_hex(32))
        return path.read_text(encoding="ascii")

    def renew(self, name: str) -> str:
        """Another one in its place, whole or not at all. Nobody is told: what knows the earlier must be, at once."""
        path = self.path(name)
        _draft(path, secrets.token_hex(32)).replace(path)
        return path.read_text(encoding="ascii")


def _write_once(path: Path, text: str) -> None:
    draft = _draft(path, text)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _draft(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, text.encode("ascii"))
    finally:
        os.close(descriptor)
    return draft
