"""The plan of a family: from assessment to discharge on one page, and a form for each step."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.endings.web.ending_screens import ENDING_SCREENS
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.queries.family_banner import EpisodeLine, FamilyBanner
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_WORK, RECORD_SUPPORT
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.work import begin
from services.referral.support.domain.goal import Goal, GoalRating
from services.referral.support.queries.plan_record import plan_record
from services.referral.support.web.plan_place import no_entry
from services.referral.support.web.plan_screens import PLAN_SCREENS
from shared.kernel.actor import Actor
from shared.staff.column import Column
from shared.staff.download import Download, download_at
from shared.staff.form_routes import add_forms

router = APIRouter(prefix="/families/{family_id}")

SCREENS = (*PLAN_SCREENS, *ENDING_SCREENS)
DONE = {screen.name: screen.done for screen in SCREENS}


@router.get("/plan")
async def show_plan(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], episode: UUID | None = None, done: str = ""
) -> Response:
    """Of the work that goes on, or of the earlier work whose id is given."""
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "plan.read")
        chosen = _episode(banner, episode)
        plan = await plan_record(work, chosen.episode_id, work.now) if chosen else None
        is_quoted = plan is not None and any(one.quote for one in plan.discharges)
        consents = await FamilyNotes(work).consents(family_id) if is_quoted else ()
    return render_family(
        request,
        banner,
        "endings/plan.html",
        section="plan",
        episode=chosen,
        earlier=[one for one in banner.episodes if one != chosen],
        plan=plan,
        name=banner.name,
        quote_scopes=[one.scope.label for one in consents if one.withdrawn_on is None and "quote" in one.scope],
        may_write=CAPABILITIES.holds(actor.roles, RECORD_SUPPORT) and chosen is not None and chosen.ended_on is None,
        may_undo=chosen is not None and banner.open_episode is None,
        is_lead=CAPABILITIES.holds(actor.roles, LEAD_WORK),
        done=DONE.get(done),
    )


@download_at(router, "/plan/goals.csv")
async def download_goals(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]
) -> Download[tuple[Goal, GoalRating]]:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "plan.export")
        chosen = _episode(banner, None)
        plan = await plan_record(work, chosen.episode_id, work.now) if chosen else None
    rated = [(line.goal, one) for line in (plan.goals if plan else ()) for one in line.goal.ratings]
    return Download("goals.csv", _GOALS, rated)


_GOALS: Sequence[Column[tuple[Goal, GoalRating]]] = (
    Column("Goal", lambda row: row[0].words),
    Column("Rated on", lambda row: row[1].rated_on),
    Column("Rating, 0 to 10", lambda row: row[1].rating),
)


def _episode(banner: FamilyBanner, episode_id: UUID | None) -> EpisodeLine | None:
    if episode_id is None:
        return banner.open_episode or banner.episode
    if (found := next((one for one in banner.episodes if one.episode_id == episode_id), None)) is None:
        raise no_entry()
    return found


add_forms(router, *SCREENS)
