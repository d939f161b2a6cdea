"""One family at a glance: what is needed next, its support and waits, and what has happened."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.measures.queries.family_measures import measures_begun
from services.referral.measures.web.usual_measures import measures_at_hand
from services.referral.people.domain.family_event import EventKind
from services.referral.people.queries.family_tasks import open_tasks
from services.referral.people.web.family_page import of_family, read_family, render_family
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import begin
from services.referral.worklists.queries.family_events import EventFilter, FamilyEvent, family_events
from services.referral.worklists.queries.family_standing import family_standing
from shared.kernel.actor import Actor
from shared.staff.column import PLAIN, Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing

router = APIRouter(prefix="/families")

EVENTS_AT_A_GLANCE = 8

DONE = {
    "accepted": "The referral is accepted. The family is in the caseload.",
    "moved": "The change of support is stored.",
    "discharged": "The work with this family has ended.",
    "undone": "The discharge is undone. The work goes on.",
    "lead": "It is stored who leads the work.",
    "paused": "The work is paused.",
    "resumed": "The work goes on.",
    "asked": "Asked. It is among what is to be answered below, with the day by which it is due.",
}
"""What the banner says after something was stored, by the `done` of the address."""


@router.get("/{family_id}")
async def show_family(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "family.read")
        asking = asking_of(request, work)
        episode = banner.open_episode or banner.episode
        standing = await family_standing(work, episode.episode_id, asking) if episode else None
        measured = await measures_begun(work, episode.episode_id) if episode else set[str]()
        tasks = await open_tasks(work, family_id)
        events = await (await family_events(work, family_id, EventFilter())).page(work.session, rows=EVENTS_AT_A_GLANCE)
    return render_family(
        request,
        banner,
        "worklists/family.html",
        section="overview",
        episode=episode,
        standing=standing,
        tasks=tasks,
        events=events,
        at_hand=measures_at_hand(request, measured),
        today=asking.today,
        may_decide=CAPABILITIES.holds(actor.roles, RECORD_CONTACT),
        done=DONE.get(done),
    )


async def _find(asked: Asked[EventFilter]) -> Listing[FamilyEvent]:
    return await family_events(asked.work, asked.at["family_id"], asked.chosen)


TIMELINE = ListPage(
    path="/{family_id}/timeline",
    may=STAFF,
    opens=of_family("overview"),
    reads="timeline.read",
    exports="timeline.export",
    filters=(Filter("kind", EventKind, "Show", every="Everything"),),
    chosen=EventFilter,
    find=_find,
    columns=(
        Column("Date", lambda line: line.on, cell=PLAIN),
        Column("Kind", lambda line: line.kind),
        Column("What happened", lambda line: line.words, cell="event"),
        Column("Who", lambda line: line.by_name, cell="who"),
    ),
    template="worklists/timeline.html",
    file_name="timeline.csv",
)
add_list(router, TIMELINE)
