"""What needs me: all that a team lead watches over, each as a number that leads to its list, the most urgent first."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.governance.queries.team_needs import URGENT, TeamNeed, team_needs
from services.referral.intake.web.triage import targets_of
from services.referral.staff.web.access import LEAD
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import begin, settings_of
from services.referral.worklists.queries.team_list import team_list
from services.referral.worklists.web.team import load_bar
from shared.kernel.actor import Actor
from shared.web.pages import render

router = APIRouter()

LISTS: Mapping[TeamNeed, str] = {
    TeamNeed.DANGER: "/triage",
    TeamNeed.SAFETY: "/tasks?whose=team&state=safety",
    TeamNeed.NUMBER: "/triage",
    TeamNeed.DECISION: "/triage?part=over",
    TeamNeed.UNLED: "/caseload?whose=nobody",
    TeamNeed.WAIT: "/waiting?part=over",
    TeamNeed.TASK: "/tasks?whose=team&state=overdue",
    TeamNeed.REVIEW: "/reviews?whose=team&due=overdue",
    TeamNeed.CONTACT: "/caseload?whose=team&need=contact",
    TeamNeed.COPY: "/subject-access",
    TeamNeed.OPENING: "/break-glass",
    TeamNeed.RECORD: "/retention",
    TeamNeed.MESSAGE: "/messages?state=failed",
}


@router.get("/needs-me")
async def show_what_needs_me(request: Request, actor: Annotated[Actor, LEAD]) -> Response:
    async with begin(request, actor) as work:
        asking = asking_of(request, work)
        needs = await team_needs(work, asking, targets_of(settings_of(request)))
        team = await team_list(work.session, asking)
        work.record("needs.read")
    return render(
        request,
        "governance/needs-me.html",
        needed=[line for line in needs if line.how_many],
        nothing=[line for line in needs if not line.how_many],
        urgent=URGENT,
        lists=LISTS,
        team=team,
        load_bar=load_bar,
        today=asking.today,
    )
