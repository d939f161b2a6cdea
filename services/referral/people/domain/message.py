"""A message by e-mail: what waits to leave, and what became of it.

It leaves at least once: a crash at the wrong moment sends it again, under the same identifier. After a loss it never
leaves, nor to somebody who is not safe to contact. Source: reference 3.1, 3.4 and 8.1 (H7, H8).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.referral.people.domain.message_words import MessageWords
from services.referral.people.domain.record_right import check_may_record
from shared.contracts.vocabulary import Code, Role
from shared.kernel.errors import Conflict, RuleBroken

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""Between one attempt and the next; after the last it has failed."""


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
    NOT_REACHABLE = "not_reachable", "It may not be sent, or there is no address, when it was to leave"
    EXPIRED = "expired", "It was too late when it could have left"

    @property
    def is_final(self) -> bool:
        """Trying again by itself would not help."""
        return self in {Trouble.ADDRESS_REFUSED, Trouble.REFUSED}


def reminder_key(contact_id: UUID, starts_at: datetime, person_id: UUID) -> str:
    """What a reminder is about: one for each appointment, time (UTC) and person."""
    return f"{contact_id}:{int(starts_at.timestamp())}:{person_id}"


@dataclass(frozen=True)
class Reachable:
    """What decides whether an e-mail may go to somebody on record."""

    messages_stopped: bool
    """After a loss in the family."""
    is_lost: bool
    """The person died."""
    is_unsafe: bool
    has_address: bool
    has_agreed: bool
    """To be reached by e-mail."""

    @property
    def is_reachable(self) -> bool:
        barred = self.messages_stopped or self.is_lost or self.is_unsafe
        return not barred and self.has_address and self.has_agreed


def check_reachable(reachable: Reachable) -> None:
    """Raises RuleBroken with the first reason why no e-mail may go to this person."""
    if reachable.messages_stopped:
        raise RuleBroken(
            "message_silence", "Nothing is sent to this family since a loss was recorded. Speak with them."
        )
    if reachable.is_lost or reachable.is_unsafe:
        raise RuleBroken("message_unsafe", "This person must not be contacted, so no message is sent to them.")
    if not reachable.has_agreed:
        raise RuleBroken(
            "message_consent", "Nobody has recorded that this person agrees to e-mail. Record it under People first."
        )
    if not reachable.has_address:
        raise RuleBroken("message_address", "There is no e-mail address of this person. Record it under People first.")


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

    def has_left(self, now: datetime) -> None:
        """A link is a key, so its words are forgotten; so is the address of somebody who is not on record."""
        self.sent_at, self.trouble = now, None
        self.attempts += 1
        self._forget()

    def stop(self, now: datetime, trouble: Trouble | None = None) -> None:
        """It never leaves."""
        self.stopped_at, self.failed_at, self.trouble = now, None, trouble
        self._forget()

    def has_not_left(self, trouble: Trouble, now: datetime) -> None:
        """Try again after a while, or give up."""
        self.attempts += 1
        self.trouble = trouble
        self.version += 1
        if trouble.is_final or self.attempts > len(WAITS):
            self.failed_at = now
        else:
            self.next_attempt_at = now + WAITS[self.attempts - 1]

    def retry(self, now: datetime, roles: frozenset[Role], *, seen: int) -> None:
        """Let a message that failed leave now, with all its attempts before it.

        Raises:
            NotAllowed: the actor does not work in the team.
            Conflict: it left, was stopped or was tried again since the page was opened.
            RuleBroken: it would come too late.
        """
        check_may_record(roles)
        if seen != self.version or self.state is not MessageState.FAILED:
            raise Conflict("message_changed", "This message was tried again meanwhile. Look at it again.")
        if self.expires_at is not None and self.expires_at <= now:
            raise RuleBroken("message_late", "It is too late for this message. Speak with the person instead.")
        self.failed_at, self.attempts, self.next_attempt_at = None, 0, now
        self.version += 1

    def _forget(self) -> None:
        self.words = self.words.without_link()
        if self.address is not None:
            self.address = ""
        self.version += 1
