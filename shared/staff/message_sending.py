"""The next message leaves by email, if it still may: what a service's timer runs every few seconds.

The attempt is claimed and committed, made outside any transaction, and then recorded, so that no mail server holds up a
record. Whether it may leave is asked at the claim: of a message that is leaving at that moment a silence stops nothing.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from shared.kernel.actor import system
from shared.mail import Mail, MailTrouble
from shared.staff.message import Message, Trouble
from shared.staff.messages import MessagesAbout
from shared.unit_of_work import UnitOfWork, UnitsOfWork

Send = Callable[[Mail], Awaitable[None]]
"""Hands a mail over to the mail server; raises MailTrouble."""
Queue = Callable[[UnitOfWork], MessagesAbout[Any]]
"""The service's messages."""


async def send_next(units: UnitsOfWork[Any], queue: Queue, send: Send) -> int:
    """Try the one that is due longest, and give 1; 0 when none is due."""
    async with units.begin(system()) as work:
        messages = queue(work)
        message = await messages.next_due(work.now)
        if message is None:
            return 0
        mail = await _claim(message, messages, work)
    if mail is not None:
        trouble = await _attempt(mail, send)
        async with units.begin(system()) as work:
            await _record(message, trouble, queue(work), work)
    return 1


async def _claim(message: Message[Any], messages: MessagesAbout[Any], work: UnitOfWork) -> Mail | None:
    """What is to be handed over; None when there is nothing, and that is recorded."""
    mail = None
    if message.is_claimed:
        message.has_not_left(Trouble.MAY_HAVE_LEFT, work.now)
    elif message.expires_at is not None and message.expires_at <= work.now:
        message.stop(work.now, Trouble.EXPIRED)
    elif (address := await messages.address_now(message)) is None:
        message.stop(work.now, Trouble.NOT_REACHABLE)
    else:
        files = tuple(await messages.attachments_now(message, address))
        plain = Mail(message.id, address, message.words.subject, message.words.whole, files)
        mail = await messages.dressed_now(message, plain)
        message.claim(work.now)
    await messages.save(message)
    if mail is None:
        work.record("message.not_sent", message.subject_id)
    return mail


async def _attempt(mail: Mail, send: Send) -> Trouble | None:
    try:
        await send(mail)
    except MailTrouble as trouble:
        return Trouble(trouble.code)
    return None


async def _record(
    claimed: Message[Any], trouble: Trouble | None, messages: MessagesAbout[Any], work: UnitOfWork
) -> None:
    """That it left is always kept; trouble only while nobody has stopped or claimed it meanwhile."""
    message = await messages.get_to_change(claimed.id)
    if trouble is None:
        message.has_left(work.now)
    elif message.version == claimed.version:
        message.has_not_left(trouble, work.now)
    await messages.save(message)
    work.record("message.not_sent" if trouble else "message.send", message.subject_id)
