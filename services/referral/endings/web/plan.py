"""The plan of a family: from assessment to discharge on one page, and a form for each step."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.endings.web.ending_screens import ENDING_SCREENS
from services.referral.people.domain.record_right import DECIDES
from services.referral.people.queries.family_banner import EpisodeLine, FamilyBanner
from services.referral.people.queries.people_record import people_record
from services.referral.people.web.family_page import open_episode_of, read_family, render_family
from services.referral.people.web.people_screen import fields_of, in_words, inputs_of
from services.referral.staff.database.colleagues import Colleagues
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.work import begin
from services.referral.support.domain.goal import Goal, GoalRating
from services.referral.support.queries.plan_record import plan_record
from services.referral.support.web.plan_place import HIDDEN, PlanPlace, PlanScreen, no_entry
from services.referral.support.web.plan_screens import PLAN_SCREENS
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, Refusal
from shared.staff.column import Column
from shared.staff.download import Download, download_at
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families/{family_id}")

SCREENS = {**PLAN_SCREENS, **ENDING_SCREENS}


@router.get("/plan")
async def show_plan(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], episode: UUID | None = None, done: str = ""
) -> Response:
    """Of the work that goes on, or of the earlier work whose id is given."""
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "plan.read")
        chosen = _episode(banner, episode)
        people = await people_record(work, family_id, work.now)
        plan = await plan_record(work, chosen.episode_id, work.now) if chosen else None
    return render_family(
        request,
        banner,
        "endings/plan.html",
        section="plan",
        episode=chosen,
        earlier=[one for one in banner.episodes if one != chosen],
        plan=plan,
        name=people.name,
        quote_scopes=[one.scope.label for one in people.consents if one.withdrawn_on is None and "quote" in one.scope],
        may_write=actor.has(*DECIDES) and chosen is not None and chosen.ended_on is None,
        may_undo=actor.has(Role.TEAM_LEAD) and chosen is not None and banner.open_episode is None,
        done=SCREENS[done].done if done in SCREENS else None,
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


@router.get("/discharge")
async def show_discharge(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _show(request, actor, family_id, None, "discharge")


@router.post("/discharge")
async def discharge(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _answer(request, actor, family_id, None, "discharge")


@router.get("/plan/{name}")
async def show_form(request: Request, family_id: UUID, name: str, actor: Annotated[Actor, STAFF]) -> Response:
    return await _show(request, actor, family_id, None, name)


@router.post("/plan/{name}")
async def answer_form(request: Request, family_id: UUID, name: str, actor: Annotated[Actor, STAFF]) -> Response:
    return await _answer(request, actor, family_id, None, name)


@router.get("/plan/{subject_id}/{name}")
async def show_entry_form(
    request: Request, family_id: UUID, subject_id: UUID, name: str, actor: Annotated[Actor, STAFF]
) -> Response:
    return await _show(request, actor, family_id, subject_id, name)


@router.post("/plan/{subject_id}/{name}")
async def answer_entry_form(
    request: Request, family_id: UUID, subject_id: UUID, name: str, actor: Annotated[Actor, STAFF]
) -> Response:
    return await _answer(request, actor, family_id, subject_id, name)


def _episode(banner: FamilyBanner, episode_id: UUID | None) -> EpisodeLine | None:
    if episode_id is None:
        return banner.open_episode or banner.episode
    if (found := next((one for one in banner.episodes if one.episode_id == episode_id), None)) is None:
        raise no_entry()
    return found


async def _place(
    work: UnitOfWork, family_id: UUID, subject: UUID | None, screen: PlanScreen
) -> tuple[FamilyBanner, PlanPlace]:
    banner = await read_family(work, family_id, "plan.read")
    episode = open_episode_of(banner) if screen.needs_open_work else banner.episode
    if episode is None:
        raise no_entry()
    return banner, PlanPlace(
        record=await people_record(work, family_id, work.now),
        subject=subject,
        today=work.today,
        plan=await plan_record(work, episode.episode_id, work.now),
        episode=episode,
        practitioners=await Colleagues(work.session).practitioners(),
        actor_id=work.actor.id,
    )


async def _show(request: Request, actor: Actor, family_id: UUID, subject: UUID | None, name: str) -> Response:
    screen = _screen(name)
    async with begin(request, actor) as work:
        await remember_actor(request, work)
        banner, place = await _place(work, family_id, subject, screen)
    screen.about(place)
    return _page(request, banner, screen, place, blank(screen.form(place), inputs_of(screen.known(place))))


async def _answer(request: Request, actor: Actor, family_id: UUID, subject: UUID | None, name: str) -> Response:
    screen = _screen(name)
    async with begin(request, actor) as work:
        banner, place = await _place(work, family_id, subject, screen)
    screen.about(place)
    filled = await read_form(request, screen.form(place))
    if filled.form is None:
        return _page(request, banner, screen, place, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await screen.store(filled.form, place, work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        if isinstance(refusal, Conflict):
            return await _conflict(request, actor, screen, place, refusal, filled.form.model_dump())
        return _page(request, banner, screen, place, filled.refused(refusal), status=status)
    return RedirectResponse(f"/families/{family_id}/plan?done={name}", 303)


def _screen(name: str) -> PlanScreen:
    if (screen := SCREENS.get(name)) is None:
        raise no_entry()
    return screen


def _page(
    request: Request,
    banner: FamilyBanner,
    screen: PlanScreen,
    place: PlanPlace,
    filled: Filled[Any],
    *,
    status: int = 200,
) -> Response:
    questions = screen.form(place).questions()
    return render_family(
        request,
        banner,
        "staff/people-form.html",
        section="plan",
        status=status,
        back=f"/families/{banner.family_id}/plan",
        screen=screen,
        about=screen.about(place),
        sentence=screen.intro_of(place),
        fields=[one for one in fields_of(screen, place) if one.name not in HIDDEN],
        has_version=False,
        hidden=[name for name in questions if name in HIDDEN],
        filled=filled,
    )


async def _conflict(
    request: Request, actor: Actor, screen: PlanScreen, place: PlanPlace, refusal: Refusal, entered: dict[str, Any]
) -> Response:
    family_id = place.record.family.id
    async with begin(request, actor) as work:
        banner, now = await _place(work, family_id, place.subject, replace(screen, needs_open_work=False))
    shown = {name: value for name, value in entered.items() if name not in HIDDEN}
    return render_family(
        request,
        banner,
        "staff/both-versions.html",
        section="plan",
        status=409,
        back=f"/families/{family_id}/plan",
        refusal=refusal,
        now=screen.stored(now) or in_words(screen, now, screen.known(now)),
        entered=in_words(screen, place, shown),
    )
