"""Emails: those that failed first, why, and what waits, left, or was stopped."""

from typing import Any

from fastapi import APIRouter

from services.training.places.commands.retry_message import retry_message
from services.training.places.domain.place_message import PlaceMessage
from services.training.places.queries.message_list import message_list
from services.training.staff.domain.capabilities import KEEP_COURSES
from services.training.staff.web.access import STAFF
from shared.staff.message_pages import MessagePages, add_message_pages

router = APIRouter()

_RETRIES: Any = retry_message

MESSAGES = MessagePages(
    may=STAFF,
    capability=KEEP_COURSES,
    kinds=PlaceMessage,
    find=message_list,
    retries=_RETRIES,
    has_server=lambda request: bool(request.app.state.settings.smtp_url),
    template="places/messages.html",
)
add_message_pages(router, MESSAGES)
