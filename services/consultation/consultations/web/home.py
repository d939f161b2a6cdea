"""The first page is the log."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from services.consultation.staff.web.access import STAFF

router = APIRouter()


@router.get("/", dependencies=[STAFF])
async def go_to_log() -> Response:
    return RedirectResponse("/consultations", 303)
