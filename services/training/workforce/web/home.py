"""The first page is the register of people."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from services.training.staff.web.access import STAFF

router = APIRouter()


@router.get("/", dependencies=[STAFF])
async def go_to_people() -> Response:
    return RedirectResponse("/people", 303)
