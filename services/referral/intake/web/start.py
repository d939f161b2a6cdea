"""The start page: who works with families goes to their day, the admissions desk to triage, others to the form."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD, RECORD_CONTACT
from shared.web.permissions import PUBLIC, current_session

router = APIRouter()


@router.get("/", dependencies=[PUBLIC])
async def start(request: Request) -> Response:
    session = current_session(request)
    if session is None or not CAPABILITIES.holds(session.actor.roles, RECORD):
        return RedirectResponse("/refer", 303)
    return RedirectResponse("/my-day" if CAPABILITIES.holds(session.actor.roles, RECORD_CONTACT) else "/triage", 303)
