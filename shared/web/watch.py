"""What the head of every page tells whoever is signed in: lines that stand until they are done, and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement

from shared.kernel.actor import Actor


@dataclass(frozen=True)
class StandingNotice:
    """One line on every page of whoever is signed in, until what it says is done."""

    words: str
    """It names nobody."""
    href: str
    is_urgent: bool


@dataclass(frozen=True)
class MenuCount:
    """How much waits behind a link of the header."""

    number: int
    is_alarm: bool = False
    """Something of it is pressing."""


@dataclass(frozen=True)
class Watched:
    """What the head of every page tells one person."""

    notices: Sequence[StandingNotice] = ()
    counts: Mapping[str, MenuCount] = field(default_factory=dict[str, MenuCount])
    """By the address of the link."""


class Watch(Protocol):
    """What a service looks at whenever it looks up a session, in the same statement."""

    def column(self) -> ColumnElement[Any]:
        """One value; it may depend on the row of `web_session`, and on `NOW` and `TODAY`."""
        ...

    def watched(self, value: Any, actor: Actor, now: datetime) -> Watched:
        """What of it this person is told."""
        ...
