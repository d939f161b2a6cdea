"""A team's consultation service in which every page has an address."""

from dataclasses import replace
from typing import Any

from services.consultation.consultations.commands.log_consultation import log_consultation
from services.consultation.diary.database.meeting_messages import MeetingMessages
from services.consultation.evaluations.commands.ask_if_it_helped import AskIfItHelped, ask_if_it_helped
from services.consultation.evaluations.database.evaluations import token_of
from shared.mail import Mail, MailTrouble
from shared.staff.message_sending import send_next
from shared.testing.page_routes import addresses_of, page_routes
from shared.testing.page_walk import WalkedService
from tests.consultation.conftest import PRIYA, AskedTeam, a_log
from tests.consultation.diary.test_add_walk_in import comes
from tests.consultation.diary.test_book_meeting import booked_by_email
from tests.consultation.diary.test_plan_meeting import is_held, plans

MEETING_MESSAGES: Any = MeetingMessages


async def refuses(mail: Mail) -> None:  # noqa: ARG001
    """The mail server that knows no such address."""
    raise MailTrouble("address_refused")


async def every_page(asked: AskedTeam) -> WalkedService:
    """With a consultation about which someone was asked, a meeting to which someone came, and an email that failed."""
    command = a_log(asked.organisation_id)
    token = token_of(command.consultation_id, bytes(32))
    async with asked.begin(PRIYA) as work:
        await log_consultation(command, work)
        await ask_if_it_helped(AskIfItHelped(command.consultation_id, token), work)
    held = await is_held(asked)
    await comes(asked, held)
    ids: dict[str, object] = {**asked.ids, "token": token, "meeting_id": held}
    coming = await plans(asked)
    ids["secret"] = (await booked_by_email(asked, coming)).secret
    await send_next(asked.units, MEETING_MESSAGES, refuses)
    known = {path: [path.format(meeting_id=coming)] for path in ("/book/{meeting_id}", "/diary/{meeting_id}/cancel")}
    return replace(asked.walked, addresses=addresses_of(page_routes(asked.walked.app), ids, known))
