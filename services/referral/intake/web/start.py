"""The start page: who works with families goes to their day, the admissions desk to triage, others to the form."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.staff.web.access import STAFF_ROLES
from services.referral.staff.web.asking import LEADS_FAMILIES
from shared.web.permissions import PUBLIC, current_session

router = APIRouter()


@router.get("/", dependencies=[PUBLIC])
async def start(request: Request) -> Response:
    session = current_session(request)
    if session is None or not session.actor.has(*STAFF_ROLES):
        return RedirectResponse("/refer", 303)
    return RedirectResponse("/my-day" if session.actor.has(*LEADS_FAMILIES) else "/triage", 303)
