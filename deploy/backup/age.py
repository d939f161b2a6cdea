"""Encryption to whoever holds the kit, by age: this machine can write a team's backups, and neither read nor alter one.

The library is in the image of the operator's commands and nowhere else, so it is loaded when it is used.
"""

import hashlib
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from shared.kernel.errors import Refusal


class WrongKit(Refusal):
    """What was typed is no key, or another team's, or an earlier one."""


class Altered(Refusal):
    """A file is not what was written: age finds every altered byte."""


class Recipient:
    """Whom a team's backups are for.

    Args:
        text: `age1…`, which is no secret.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def key_id(self) -> str:
        """By which a kit and a backup know each other: 8 hexadecimal digits."""
        return hashlib.sha256(self.text.encode("ascii")).hexdigest()[:8]

    def encrypt(self, source: BinaryIO, target: BinaryIO) -> None:
        """All that can be read, a piece at a time."""
        age = import_module("pyrage")
        age.encrypt_io(source, target, [age.x25519.Recipient.from_str(self.text)])


class Kit:
    """The one key that opens a team's backups.

    Args:
        text: `AGE-SECRET-KEY-1…`, as it is printed.

    Raises:
        WrongKit: it is no key.
    """

    def __init__(self, text: str) -> None:
        self._age = import_module("pyrage")
        try:
            self._identity: Any = self._age.x25519.Identity.from_str(text.strip())
        except self._age.IdentityError:
            raise WrongKit("no_key", "What was typed is no key: it begins with AGE-SECRET-KEY-1.") from None

    @classmethod
    def make(cls) -> "Kit":
        """A new one, that nobody has ever seen."""
        return cls(str(import_module("pyrage").x25519.Identity.generate()))

    @property
    def recipient(self) -> Recipient:
        return Recipient(str(self._identity.to_public()))

    def text(self) -> str:
        """To be printed, once, and kept elsewhere."""
        return str(self._identity)

    def decrypt(self, path: Path, target: BinaryIO) -> None:
        """Write what is in the file.

        Raises:
            Altered: the file was changed, or is for another key.
        """
        with path.open("rb") as source:
            self.decrypt_all(source, target, called=path.name)

    def decrypt_all(self, source: BinaryIO, target: BinaryIO, called: str = "The file") -> None:
        """The same of all that can be read; what is written before an altered piece is nothing yet.

        Raises:
            Altered: as `decrypt`.
        """
        try:
            self._age.decrypt_io(source, target, [self._identity])
        except (self._age.DecryptError, OSError) as error:
            raise Altered("altered", f"{called} is not what was written, or is for another key.") from error
