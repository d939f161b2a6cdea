"""One family at a glance: what is needed next, its support and waits, and what has happened."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.measures.queries.family_measures import measures_begun
from services.referral.measures.web.usual_measures import measures_at_hand
from services.referral.people.domain.family_event import EventKind
from services.referral.people.domain.record_right import DECIDES
from services.referral.people.queries.family_tasks import open_tasks
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import begin
from services.referral.worklists.queries.family_events import FamilyEvent, family_events
from services.referral.worklists.queries.family_standing import family_standing
from shared.kernel.actor import Actor
from shared.staff.address import address, code_of
from shared.web.csv_file import Cell, csv_download

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
        events = await family_events(work, family_id, rows=EVENTS_AT_A_GLANCE)
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
        may_decide=actor.has(*DECIDES),
        done=DONE.get(done),
    )


@router.get("/{family_id}/timeline")
async def show_timeline(
    request: Request,
    family_id: UUID,
    actor: Annotated[Actor, STAFF],
    kind: str = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    chosen, root = code_of(EventKind, kind), f"/families/{family_id}"
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "timeline.read")
        events = await family_events(work, family_id, chosen, page=page)
    if page > 1 and not events.rows:
        return RedirectResponse(address(f"{root}/timeline", kind=chosen), 303)
    return render_family(
        request,
        banner,
        "worklists/timeline.html",
        section="overview",
        events=events,
        kinds=list(EventKind),
        chosen=chosen,
        back=root,
        page_address=partial(address, f"{root}/timeline", kind=chosen),
        csv_address=address(f"{root}/timeline.csv", kind=chosen),
    )


@router.get("/{family_id}/timeline.csv")
async def download_timeline(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], kind: str = ""
) -> Response:
    chosen = code_of(EventKind, kind)
    async with begin(request, actor) as work:
        await read_family(work, family_id, "timeline.export")
        events = await family_events(work, family_id, chosen, page=None)
    return csv_download("timeline.csv", ("Date", "Kind", "What happened", "Who"), [_row(line) for line in events.rows])


def _row(line: FamilyEvent) -> tuple[Cell, ...]:
    return line.on.isoformat(), line.kind.label, line.words, line.by_name or ""
