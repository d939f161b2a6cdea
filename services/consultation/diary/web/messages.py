"""Emails about places in meetings: those that failed first, why, and what waits, left, or was stopped."""

from typing import Any

from fastapi import APIRouter

from services.consultation.diary.commands.retry_message import retry_message
from services.consultation.diary.domain.meeting_message import MeetingMessage
from services.consultation.diary.queries.message_list import message_list
from services.consultation.staff.domain.capabilities import KEEP_DIARY
from services.consultation.staff.web.access import STAFF
from shared.staff.message_pages import MessagePages, add_message_pages

router = APIRouter()

_RETRIES: Any = retry_message

MESSAGES = MessagePages(
    may=STAFF,
    capability=KEEP_DIARY,
    kinds=MeetingMessage,
    find=message_list,
    retries=_RETRIES,
    has_server=lambda request: bool(request.app.state.settings.smtp_url),
)
add_message_pages(router, MESSAGES)
