"""The first page is what comes next."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from services.training.staff.web.access import STAFF

router = APIRouter()


@router.get("/", dependencies=[STAFF])
async def go_to_cohorts() -> Response:
    return RedirectResponse("/cohorts", 303)
