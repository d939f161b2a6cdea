"""Let a message leave by e-mail when this transaction has committed; commands and timers of all kinds do this."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.people.database.messages import Messages
from services.referral.people.database.reachable import reachable
from services.referral.people.domain.message import Message, MessageKind
from services.referral.people.domain.message_words import MessageWords
from services.referral.people.domain.reachable import check_reachable
from shared.kernel.errors import NotFound
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ToPerson:
    """Somebody of a family, at the address that is on record when the message leaves."""

    family_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class ToAddress:
    """Somebody who is not on record, such as a referrer."""

    address: str
    family_id: UUID | None = None
    """Whom it is about: nothing leaves after a loss there."""


@dataclass(frozen=True)
class QueueMessage:
    kind: MessageKind
    to: ToPerson | ToAddress
    about: str
    """Of what record and to whom, so that it is queued once: `{contact}:{person}`."""
    words: MessageWords
    not_before: datetime | None = None
    """UTC; None: at once."""
    expires_at: datetime | None = None
    """UTC; it is of no use after that."""


async def queue_message(command: QueueMessage, work: UnitOfWork) -> bool:
    """Give False when one of this kind about this was queued before.

    Raises:
        NotFound: nobody in the family has that id.
        RuleBroken: nothing may be sent to this person, they have not agreed to e-mail, or have no address.
    """
    to = command.to
    if isinstance(to, ToPerson):
        await _check_person(to, work)
    message = Message(
        id=new_id(),
        kind=command.kind,
        about=command.about,
        family_id=to.family_id,
        person_id=to.person_id if isinstance(to, ToPerson) else None,
        address=to.address if isinstance(to, ToAddress) else None,
        words=command.words,
        queued_by=work.actor.id,
        queued_at=work.now,
        next_attempt_at=command.not_before or work.now,
        expires_at=command.expires_at,
    )
    is_new = await Messages(work).add(message)
    if is_new:
        work.record("message.queue", to.family_id)
    return is_new


async def _check_person(to: ToPerson, work: UnitOfWork) -> None:
    found = await reachable(work, to.family_id, to.person_id)
    if found is None:
        raise NotFound("person_not_found", "Nobody in this family has that address. Look at the family's people.")
    check_reachable(found[0])
