"""Every few seconds: the next message leaves by e-mail, if it still may."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from services.referral.people.database.messages import Messages
from services.referral.people.domain.message import Message, MessageKind, Trouble
from shared.mail import Mail, MailTrouble
from shared.unit_of_work import UnitOfWork

Send = Callable[[Mail], Awaitable[None]]
"""Hands a mail over to the mail server; raises MailTrouble."""


async def send_due_messages(now: datetime, work: UnitOfWork, send: Send) -> int:
    """Try the one that is due longest, and give 1, or 0 when none is due.

    One in a transaction: a crash after the server took it, and before this commits, sends it once more and no other.

    Args:
        now: UTC.
    """
    messages = Messages(work)
    message = await messages.next_due(now)
    if message is None:
        return 0
    if message.expires_at is not None and message.expires_at <= now:
        message.stop(now, Trouble.EXPIRED)
    elif (address := await _address(messages, message)) is None:
        message.stop(now, Trouble.NOT_REACHABLE)
    else:
        await _send(message, address, now, send)
    await messages.save(message)
    work.record("message.send" if message.sent_at else "message.not_sent", message.family_id)
    return 1


async def _send(message: Message, address: str, now: datetime, send: Send) -> None:
    mail = Mail(message.id, address, message.words.subject, message.words.whole)
    try:
        await send(mail)
    except MailTrouble as trouble:
        message.has_not_left(Trouble(trouble.code), now)
    else:
        message.has_left(now)


async def _address(messages: Messages, message: Message) -> str | None:
    """Where it goes now; None when it may not go, or nobody knows where."""
    if message.kind is MessageKind.APPOINTMENT_REMINDER:
        contact_id = UUID(message.about.split(":")[0])
        if not await messages.is_booked(contact_id, message.expires_at):
            return None
    if message.family_id is not None and await messages.is_silent(message.family_id):
        return None
    if message.family_id is None or message.person_id is None:
        return message.address
    found = await messages.reachable(message.family_id, message.person_id)
    return found[1] if found is not None and found[0].is_reachable else None
