"""One family at a glance: its support now, what can be done next, and what has happened."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.web.family_page import read_family, render_family
from services.referral.web.staff import STAFF
from services.referral.web.work import begin, today_of
from shared.kernel.actor import Actor

router = APIRouter(prefix="/families")

DONE = {
    "accepted": "The referral is accepted. The family is in the caseload.",
    "moved": "The change of support is stored.",
}
"""What the banner says after something was stored, by the `done` of the address."""


@router.get("/{family_id}")
async def show_family(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "family.read")
    episode = banner.episode
    overdue = bool(episode and episode.review_on and episode.review_on < today_of(request))
    return render_family(request, banner, "staff/family.html", section="overview", overdue=overdue, done=DONE.get(done))
