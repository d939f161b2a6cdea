"""Messages by email: those that failed first, what waits, what left, and what was stopped."""

from fastapi import APIRouter

from services.referral.people.commands.retry_message import retry_message
from services.referral.people.domain.message import MessageKind
from services.referral.staff.domain.capabilities import RECORD
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import settings_of
from services.referral.worklists.queries.message_list import message_list
from shared.staff.message_pages import MessagePages, add_message_pages

router = APIRouter()

MESSAGES = MessagePages(
    may=STAFF,
    capability=RECORD,
    kinds=MessageKind,
    find=message_list,
    retries=retry_message,
    has_server=lambda request: bool(settings_of(request).smtp_url),
    template="worklists/messages.html",
)
add_message_pages(router, MESSAGES)
