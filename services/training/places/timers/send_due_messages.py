"""Every few seconds: the next message leaves by email, if it still may."""

from typing import Any

from services.training.places.database.place_messages import PlaceMessages
from services.training.staff.database.training_work import TrainingUnits
from shared.mail import MailServer
from shared.staff.message_sending import send_next


async def send_due_messages(units: TrainingUnits) -> int:
    """Try the one that is due longest, and give 1; 0 when none is due, or the team has no mail server."""
    team = units.team
    if not team.mail_server:
        return 0
    queue: Any = PlaceMessages
    return await send_next(units, queue, MailServer(team.mail_server, team.mail_sender).send)
