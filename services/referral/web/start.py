"""The start page: staff go to their queue, everybody else to the form."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.web.staff import STAFF_ROLES
from shared.web.permissions import PUBLIC, current_session

router = APIRouter()


@router.get("/", dependencies=[PUBLIC])
async def start(request: Request) -> Response:
    session = current_session(request)
    is_staff = session is not None and session.actor.has(*STAFF_ROLES)
    return RedirectResponse("/triage" if is_staff else "/refer", 303)
