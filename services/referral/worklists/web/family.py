"""One family at a glance: what it needs now, the last visit, its scores, goals, waits and plan; and its timeline."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referral.contacts.domain.contact_check import MISSED
from services.referral.contacts.queries.session_list import SessionLine, recent_sessions
from services.referral.measures.queries.family_measures import AdministrationLine, scored_measures
from services.referral.measures.web.measure_pack import measures_of
from services.referral.measures.web.measure_view import MeasureLine, series_lines, series_of
from services.referral.measures.web.usual_measures import measures_at_hand
from services.referral.people.domain.family_event import EventKind
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.queries.family_tasks import open_tasks
from services.referral.people.web.family_page import of_family, read_family, render_family
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from services.referral.staff.web.access import STAFF
from services.referral.staff.web.asking import asking_of
from services.referral.staff.web.work import begin
from services.referral.worklists.queries.family_events import EventFilter, FamilyEvent, family_events
from services.referral.worklists.queries.family_overview import family_overview
from services.referral.worklists.web.family_needs import family_needs
from services.referral.worklists.web.wait_line import wait_lines
from shared.contracts.pathway_codes import Attendance
from shared.kernel.actor import Actor
from shared.staff.column import Column
from shared.staff.filter import Filter
from shared.staff.list_page import Asked, ListPage
from shared.staff.list_routes import add_list
from shared.staff.listing import Listing
from shared.web.line_drawing import Dot, contact_dots

router = APIRouter(prefix="/families")

EVENTS_AT_A_GLANCE = 6
CONTACTS_AT_A_GLANCE = 8

DONE = {
    "accepted": "The referral is accepted. The family is in the caseload.",
    "moved": "Saved: the tier has changed.",
    "discharged": "Discharged.",
    "undone": "The discharge is undone. The family is open again.",
    "lead": "Saved: who leads.",
    "paused": "Paused.",
    "resumed": "Resumed.",
    "asked": "Asked. It is below, with the day by which it is due.",
}
"""What the banner says after something was saved, by the `done` of the address."""


@router.get("/{family_id}")
async def show_family(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "family.read")
        asking = asking_of(request, work)
        episode = banner.open_episode or banner.episode
        is_silent = banner.messages_stopped_at is not None
        overview = await family_overview(work, episode.episode_id, asking, is_silent=is_silent) if episode else None
        tasks = await open_tasks(work, family_id)
        contacts = await recent_sessions(work, family_id, CONTACTS_AT_A_GLANCE)
        scored = await scored_measures(work, family_id)
        events = await (await family_events(work, family_id, EventFilter())).page(work.session, rows=EVENTS_AT_A_GLANCE)
    begun = {line.code for line in scored if episode and line.episode_id == episode.episode_id}
    may_decide = CAPABILITIES.holds(actor.roles, RECORD_CONTACT)
    return render_family(
        request,
        banner,
        "worklists/family.html",
        section="overview",
        is_overview=True,
        episode=episode,
        overview=overview,
        needs=family_needs(banner, tasks, overview, asking.today, asking.rules.limits),
        last=_last_visit(contacts),
        dots=_dots(contacts),
        score=_main_score(request, scored, banner),
        at_hand=measures_at_hand(request, begun) if may_decide and banner.open_episode else (),
        waits=wait_lines(overview.waits, overview.missing) if overview else (),
        to_write=overview.to_write if overview else (),
        events=events,
        today=asking.today,
        done=DONE.get(done),
    )


def _last_visit(contacts: list[SessionLine]) -> SessionLine | None:
    return next((one for one in contacts if one.contact.details.attendance is Attendance.ATTENDED), None)


def _dots(contacts: list[SessionLine]) -> Any:
    """The oldest first."""
    became = [one.contact.details.attendance for one in reversed(contacts)]
    dots = [Dot.HELD if one is Attendance.ATTENDED else Dot.MISSED if one in MISSED else Dot.GONE for one in became]
    counts = {Dot.HELD: "attended", Dot.MISSED: "missed", Dot.GONE: "cancelled"}
    said = ", ".join(f"{dots.count(dot)} {words}" for dot, words in counts.items() if dot in dots)
    return contact_dots(dots, f"Last contacts, oldest first: {said}") if dots else ""


def _main_score(request: Request, scored: list[AdministrationLine], banner: FamilyBanner) -> MeasureLine | None:
    """The first scale of the measure with most scores; of several, the one that was answered last."""
    those = max(series_of(scored).values(), key=lambda lines: (len(lines), lines[-1].taken.on), default=None)
    if those is None:
        return None
    lines = series_lines(those, measures_of(request).get(those[0].code), banner)
    return next((line for line in lines if line.chart), None)


async def _find(asked: Asked[EventFilter]) -> Listing[FamilyEvent]:
    return await family_events(asked.work, asked.at["family_id"], asked.chosen)


TIMELINE = ListPage(
    path="/{family_id}/timeline",
    may=STAFF,
    opens=of_family("timeline"),
    reads="timeline.read",
    exports="timeline.export",
    filters=(Filter("kind", EventKind, "Show", every="Everything"),),
    chosen=EventFilter,
    find=_find,
    columns=(
        Column("Date", lambda line: line.on, cell="day", place="when"),
        Column("Kind", lambda line: line.kind),
        Column("What happened", lambda line: line.words, cell="event", place="needs"),
        Column("Who", lambda line: line.by_name, cell="who", place="last"),
    ),
    template="worklists/timeline.html",
    file_name="timeline.csv",
)
add_list(router, TIMELINE)
