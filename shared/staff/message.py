"""A message by email: what waits to leave, and what became of it.

An attempt is counted before it begins, and how it ended is kept after it. Of one that nobody kept the end of, because
the process died or the server took the message and never said so, nobody knows whether it left: it is shown as such,
and leaves again only when someone says so. What certainly did not leave is tried again: one attempt and `WAITS` more.

Which kinds there are, whom they are about, and who may get one is the service's (`shared.staff.messages`).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.errors import Conflict, RuleBroken

Kind = TypeVar("Kind", bound=Code)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""Between one attempt and the next; after the last it has failed."""
CLAIMED_FOR = timedelta(minutes=5)
"""Nobody else tries before that; whoever claimed it has long given up (`shared.mail.TOTAL_SECONDS`)."""


class MessageState(Code):
    FAILED = "failed", "Failed"
    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    STOPPED = "stopped", "Stopped"


class Trouble(Code):
    """Why a message has not left."""

    SERVER_UNREACHABLE = "server_unreachable", "The mail server does not answer"
    SERVER_BUSY = "server_busy", "The mail server asked us to come back later"
    SIGN_IN = "sign_in", "The mail server does not accept our password"
    ADDRESS_REFUSED = "address_refused", "The mail server refused the address"
    REFUSED = "refused", "The mail server refused the message"
    MAY_HAVE_LEFT = "not_known", "It may have left: an attempt began, and nobody knows how it ended"
    NOT_REACHABLE = "not_reachable", "It may not be sent, or there is no address, when it was to leave"
    EXPIRED = "expired", "It was too late when it could have left"

    @property
    def is_final(self) -> bool:
        """Trying again by itself would not help, or might send it twice."""
        return self in {Trouble.ADDRESS_REFUSED, Trouble.REFUSED, Trouble.MAY_HAVE_LEFT}


@dataclass(frozen=True)
class MessageWords:
    subject: str
    body: str
    link: str = ""
    """The secret address in the body; empty when there is none."""

    @property
    def whole(self) -> str:
        """The body with its link."""
        return self.body.replace("{link}", self.link)

    def without_link(self) -> "MessageWords":
        """As it is kept when nobody needs the link any more."""
        return replace(self, link="")


@dataclass(frozen=True)
class ToPerson:
    """Someone on record with the subject, at the address that is on record when the message leaves."""

    subject_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class ToAddress:
    """Someone who is not on record, such as a referrer."""

    address: str
    subject_id: UUID | None = None
    """Whom it is about, whose silence counts."""


@dataclass(frozen=True)
class QueueMessage(Generic[Kind]):
    """What is to leave."""

    kind: Kind
    to: ToPerson | ToAddress
    about: str
    """Of what record and to whom, so that it is queued once: `{contact}:{person}`."""
    words: MessageWords
    not_before: datetime | None = None
    """UTC; None: at once."""
    expires_at: datetime | None = None
    """UTC; it is of no use after that."""


@dataclass(frozen=True)
class RetryMessage:
    message_id: UUID
    expected_version: int
    """Of the message on the page."""


@dataclass
class Message(Generic[Kind]):
    id: UUID
    kind: Kind
    about: str
    """What it is about, and to whom: there is one message of a kind about it."""
    subject_id: UUID | None
    person_id: UUID | None
    address: str | None
    """Of someone who is not on record; a person's own is looked up when it leaves."""
    words: MessageWords
    queued_by: UUID
    queued_at: datetime
    """UTC, as the other moments."""
    next_attempt_at: datetime
    expires_at: datetime | None = None
    """It is of no use after that."""
    attempts: int = 0
    trouble: Trouble | None = None
    sent_at: datetime | None = None
    failed_at: datetime | None = None
    stopped_at: datetime | None = None
    version: int = 1

    @property
    def state(self) -> MessageState:
        if self.sent_at:
            return MessageState.SENT
        if self.stopped_at:
            return MessageState.STOPPED
        return MessageState.FAILED if self.failed_at else MessageState.WAITING

    @property
    def is_claimed(self) -> bool:
        """An attempt has begun, and how it ended is not kept yet; when the claim has lapsed, it never will be."""
        return self.state is MessageState.WAITING and self.trouble is Trouble.MAY_HAVE_LEFT

    def claim(self, now: datetime) -> None:
        """Begin an attempt; it counts, whatever becomes of it."""
        self.attempts += 1
        self.trouble = Trouble.MAY_HAVE_LEFT
        self.next_attempt_at = now + CLAIMED_FOR
        self.version += 1

    def has_left(self, now: datetime) -> None:
        """Even when it was stopped meanwhile: it had begun to leave.

        A link is a key, so its words are forgotten; so is the address of someone who is not on record.
        """
        self.sent_at, self.trouble = now, None
        self.failed_at = self.stopped_at = None
        self._forget()

    def stop(self, now: datetime, trouble: Trouble | None = None) -> None:
        """It never leaves."""
        self.stopped_at, self.failed_at, self.trouble = now, None, trouble
        self._forget()

    def has_not_left(self, trouble: Trouble, now: datetime) -> None:
        """Try again after a while, or give up."""
        self.trouble = trouble
        self.version += 1
        if trouble.is_final or self.attempts > len(WAITS):
            self.failed_at = now
        else:
            self.next_attempt_at = now + WAITS[self.attempts - 1]

    def retry(self, now: datetime, *, seen: int) -> None:
        """Let a message that failed leave now, with all its attempts before it.

        Raises:
            Conflict: it left, was stopped or was tried again since the page was opened.
            RuleBroken: it would come too late.
        """
        if seen != self.version or self.state is not MessageState.FAILED:
            raise Conflict("message_changed", "This message was tried again meanwhile. Look at it again.")
        if self.expires_at is not None and self.expires_at <= now:
            raise RuleBroken("message_late", "It is too late for this message. Speak with the person instead.")
        self.failed_at, self.trouble, self.attempts, self.next_attempt_at = None, None, 0, now
        self.version += 1

    def _forget(self) -> None:
        self.words = self.words.without_link()
        if self.address is not None:
            self.address = ""
        self.version += 1
