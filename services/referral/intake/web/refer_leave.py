"""The way out, "Leave this page": what was begun is closed on this device first, and another site is shown."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.web.draft_cookie import leave
from services.referral.staff.web.work import begin, settings_of
from shared.kernel.actor import public_form
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/refer", dependencies=[PUBLIC])


@router.get("/leave")
async def show_elsewhere(request: Request) -> Response:
    """A plain link, since a form may not lead to another site; one that stands on another site closes nothing."""
    response = RedirectResponse(settings_of(request).leave_to, 303)
    response.headers["Referrer-Policy"] = "no-referrer"
    if request.headers.get("sec-fetch-site", "same-origin") == "same-origin" and "sec-purpose" not in request.headers:
        async with begin(request, public_form()) as work:
            await leave(request, work, response)
        response.headers["Clear-Site-Data"] = '"cache"'
    return response
