"""A message by e-mail: what waits to leave, and what became of it.

It leaves at least once. An attempt is counted before it begins, so a process that dies between the claim and the record
sends it again, under the same identifier, when the claim has lapsed, and at most as often as any other trouble: one
attempt and `WAITS` more, after which somebody sees that it failed. No attempt begins after a loss, nor to somebody who
is not safe to contact. Source: reference 3.1, 3.4 and 8.1 (H7, H8).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.referral.people.domain.message_words import MessageWords
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.contracts.vocabulary import Code, Role
from shared.kernel.errors import Conflict, RuleBroken

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""Between one attempt and the next; after the last it has failed."""
CLAIMED_FOR = timedelta(minutes=5)
"""Nobody else tries before that; whoever claimed it has long given up (`shared.mail.TOTAL_SECONDS`)."""


class MessageKind(Code):
    APPOINTMENT_REMINDER = "appointment_reminder", "Reminder of an appointment"
    MEASURE_LINK = "measure_link", "Link to a questionnaire"
    LETTER_READY = "letter_ready", "A letter is on its way"
    REFERRAL_LINK = "referral_link", "Link to a referral that is not finished"


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
    NOT_KNOWN = "not_known", "An attempt has begun, and nobody knows yet how it ended"
    NOT_REACHABLE = "not_reachable", "It may not be sent, or there is no address, when it was to leave"
    EXPIRED = "expired", "It was too late when it could have left"

    @property
    def is_final(self) -> bool:
        """Trying again by itself would not help."""
        return self in {Trouble.ADDRESS_REFUSED, Trouble.REFUSED}


def reminder_key(contact_id: UUID, starts_at: datetime, person_id: UUID) -> str:
    """What a reminder is about: one for each appointment, time (UTC) and person."""
    return f"{contact_id}:{int(starts_at.timestamp())}:{person_id}"


@dataclass
class Message:
    id: UUID
    kind: MessageKind
    about: str
    """What it is about, and to whom: there is one message of a kind about it."""
    family_id: UUID | None
    person_id: UUID | None
    address: str | None
    """Of somebody who is not on record; a person's own is looked up when it leaves."""
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
    def is_spent(self) -> bool:
        """It had all its attempts, and the last one was cut off."""
        return self.attempts > len(WAITS)

    def claim(self, now: datetime) -> None:
        """Begin an attempt; it counts, whatever becomes of it."""
        self.attempts += 1
        self.trouble = Trouble.NOT_KNOWN
        self.next_attempt_at = now + max(CLAIMED_FOR, self._wait)
        self.version += 1

    def has_left(self, now: datetime) -> None:
        """Even when it was stopped meanwhile: it had begun to leave.

        A link is a key, so its words are forgotten; so is the address of somebody who is not on record.
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
        if trouble.is_final or self.is_spent:
            self.failed_at = now
        else:
            self.next_attempt_at = now + self._wait

    def retry(self, now: datetime, roles: frozenset[Role], *, seen: int) -> None:
        """Let a message that failed leave now, with all its attempts before it.

        Raises:
            NotAllowed: the actor does not work in the team.
            Conflict: it left, was stopped or was tried again since the page was opened.
            RuleBroken: it would come too late.
        """
        CAPABILITIES.check(roles, RECORD)
        if seen != self.version or self.state is not MessageState.FAILED:
            raise Conflict("message_changed", "This message was tried again meanwhile. Look at it again.")
        if self.expires_at is not None and self.expires_at <= now:
            raise RuleBroken("message_late", "It is too late for this message. Speak with the person instead.")
        self.failed_at, self.attempts, self.next_attempt_at = None, 0, now
        self.version += 1

    @property
    def _wait(self) -> timedelta:
        return WAITS[min(self.attempts, len(WAITS)) - 1]

    def _forget(self) -> None:
        self.words = self.words.without_link()
        if self.address is not None:
            self.address = ""
        self.version += 1
