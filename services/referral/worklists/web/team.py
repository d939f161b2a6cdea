"""The team: who holds how much, by name. It is never a ranking."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import begin, settings_of
from services.referral.worklists.queries.team_list import TeamLine, team_list
from shared.kernel.actor import Actor
from shared.web.csv_file import Cell, csv_download
from shared.web.pages import render

router = APIRouter()


@router.get("/team")
async def show_team(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        team = await team_list(work.session, asking_of(request, work))
        work.record("team.read")
    return render(request, "worklists/team.html", team=team, quiet_days=settings_of(request).no_contact_days)


@router.get("/team.csv")
async def download_team(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        team = await team_list(work.session, asking_of(request, work))
        work.record("team.export")
    return csv_download("team.csv", _COLUMNS, [_row(line) for line in team])


_COLUMNS = ("Practitioner", "Open families", "Reviews overdue", "Long without contact", "Last contact")


def _row(line: TeamLine) -> tuple[Cell, ...]:
    last = line.last_contact_on.isoformat() if line.last_contact_on else ""
    return (line.name, line.open_families, line.reviews_overdue, line.long_without_contact, last)
