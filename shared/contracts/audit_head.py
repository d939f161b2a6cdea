"""Where a service's audit trail ends, as its heartbeat says it: a number and a hash, so that it can carry no person."""

import re
from typing import NamedTuple

_HASH = re.compile(r"[0-9a-f]{64}")
_TEXT = re.compile(r"(0|[1-9][0-9]{0,18})-([0-9a-f]{64}|)")


class AuditHead(NamedTuple):
    """`<number>-<hash>` of an entry."""

    number: int
    """0 when the trail has no entry yet."""
    hash: str
    """SHA-256 in hexadecimal; empty when there is no such entry."""

    def __str__(self) -> str:
        return f"{self.number}-{self.hash}"

    @classmethod
    def of(cls, number: int, found: str | None) -> "AuditHead":
        """What was found at a number; what is no hash is not told to anyone."""
        return cls(number, found if found and _HASH.fullmatch(found) else "")

    @classmethod
    def parse(cls, text: str) -> "AuditHead":
        """Raises ValueError when it is no number and hash, or one that no trail can have."""
        if (match := _TEXT.fullmatch(text)) is None or int(match[1]) >= 2**63:
            raise ValueError("not the head of an audit trail")
        return cls(int(match[1]), match[2])


class TrailTold(NamedTuple):
    """What one heartbeat says of a trail."""

    head: AuditHead
    earlier: AuditHead | None = None
    """What is now at the number at which an earlier heartbeat said that the trail ended."""
