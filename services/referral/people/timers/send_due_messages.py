"""Every few seconds: the next message leaves by e-mail, if it still may.

The attempt is claimed and committed, made outside any transaction, and then recorded, so that no mail server holds up a
record. Whether it may leave is asked at the claim: of a message that is leaving at that moment a loss stops nothing.
"""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.people.database.messages import Messages
from services.referral.people.database.reachable import address_now
from services.referral.people.domain.message import Message, Trouble
from services.referral.team.database.team_work import TeamUnits
from shared.kernel.actor import system
from shared.mail import Mail, MailServer, MailTrouble
from shared.unit_of_work import UnitOfWork

Send = Callable[[Mail], Awaitable[None]]
"""Hands a mail over to the mail server; raises MailTrouble."""
AddressNow = Callable[[AsyncSession, Message], Awaitable[str | None]]
"""Where a message goes now; None when it may not go, or nobody knows where."""


async def send_due_messages(units: TeamUnits) -> int:
    """Try the one that is due longest, and give 1; 0 when none is due, or the team has no mail server."""
    team = units.team
    return await send_next(units, MailServer(team.mail_server, team.mail_sender).send) if team.mail_server else 0


async def send_next(units: TeamUnits, send: Send) -> int:
    """The same by any way of sending."""
    async with units.begin(system()) as work:
        message = await Messages(work).next_due(work.now)
        if message is None:
            return 0
        mail = await _claim(message, address_now, work)
    if mail is not None:
        trouble = await _attempt(mail, send)
        async with units.begin(system()) as work:
            await _record(message, trouble, work)
    return 1


async def _claim(message: Message, address_now: AddressNow, work: UnitOfWork) -> Mail | None:
    """What is to be handed over; None when there is nothing, and that is recorded."""
    mail = None
    if message.expires_at is not None and message.expires_at <= work.now:
        message.stop(work.now, Trouble.EXPIRED)
    elif message.is_spent:
        message.has_not_left(Trouble.NOT_KNOWN, work.now)
    elif (address := await address_now(work.session, message)) is None:
        message.stop(work.now, Trouble.NOT_REACHABLE)
    else:
        mail = Mail(message.id, address, message.words.subject, message.words.whole)
        message.claim(work.now)
    await Messages(work).save(message)
    if mail is None:
        work.record("message.not_sent", message.family_id)
    return mail


async def _attempt(mail: Mail, send: Send) -> Trouble | None:
    try:
        await send(mail)
    except MailTrouble as trouble:
        return Trouble(trouble.code)
    return None


async def _record(claimed: Message, trouble: Trouble | None, work: UnitOfWork) -> None:
    """That it left is always kept; trouble only while nobody has stopped or claimed it meanwhile."""
    messages = Messages(work)
    message = await messages.get_to_change(claimed.id)
    if trouble is None:
        message.has_left(work.now)
    elif message.version == claimed.version:
        message.has_not_left(trouble, work.now)
    await messages.save(message)
    work.record("message.not_sent" if trouble else "message.send", message.family_id)
