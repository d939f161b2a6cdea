"""Every few seconds: the next email of a subscription leaves, if it is still wanted."""

from typing import Any

from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.subscription.database.digest_messages import DigestMessages
from shared.mail import MailServer
from shared.staff.message_sending import send_next


async def send_digests(units: ReportingUnits) -> int:
    """Try the one that is due longest, and give 1; 0 when none is due, or the region has no mail server."""
    office = units.office
    if not office.mail_server:
        return 0
    queue: Any = DigestMessages
    return await send_next(units, queue, MailServer(office.mail_server, office.mail_sender).send)
