"""Every few seconds: the next message leaves by email, if it still may."""

from services.referral.people.database.messages import Messages
from services.referral.team.database.team_work import TeamUnits
from shared.mail import MailServer
from shared.staff.message_sending import send_next


async def send_due_messages(units: TeamUnits) -> int:
    """Try the one that is due longest, and give 1; 0 when none is due, or the team has no mail server."""
    team = units.team
    if not team.mail_server:
        return 0
    return await send_next(units, Messages, MailServer(team.mail_server, team.mail_sender).send)
