"""The people of a family: everything at a glance, and a form for each change."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.people.domain.record_right import DECIDES
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.queries.people_record import people_record
from services.referral.people.queries.record_versions import record_versions
from services.referral.people.web.family_page import read_family, render_family
from services.referral.people.web.note_screens import NOTE_SCREENS
from services.referral.people.web.people_screen import Place, Screen, fields_of, in_words, inputs_of, no_such_page
from services.referral.people.web.person_screens import PERSON_SCREENS
from services.referral.people.web.version_words import version_lines
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, Refusal
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families")

SCREENS = {**PERSON_SCREENS, **NOTE_SCREENS}
OTHER_DONE = {"known": "The person is added. They stay one person, in both families."}


@router.get("/{family_id}/people")
async def show_people(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    banner, place = await _read(request, actor, family_id, None)
    return render_family(
        request,
        banner,
        "people/people.html",
        section="people",
        record=place.record,
        today=place.today,
        lines={line.person_id: line for line in banner.members},
        may_judge=actor.has(*DECIDES),
        done=SCREENS[done].done if done in SCREENS else OTHER_DONE.get(done),
    )


@router.get("/{family_id}/people/{name}")
async def show_family_form(request: Request, family_id: UUID, name: str, actor: Annotated[Actor, STAFF]) -> Response:
    return await _show(request, actor, family_id, None, name)


@router.post("/{family_id}/people/{name}")
async def answer_family_form(request: Request, family_id: UUID, name: str, actor: Annotated[Actor, STAFF]) -> Response:
    return await _answer(request, actor, family_id, None, name)


@router.get("/{family_id}/people/{subject_id}/versions")
async def show_versions(
    request: Request, family_id: UUID, subject_id: UUID, actor: Annotated[Actor, STAFF]
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "people.read")
        record = await people_record(work, family_id, work.now)
        if not record.knows(subject_id):
            raise no_such_page()
        versions = await record_versions(work, family_id, subject_id)
    return render_family(
        request,
        banner,
        "people/people-versions.html",
        section="people",
        back=f"/families/{family_id}/people",
        versions=[(version, version_lines(version, record)) for version in versions],
    )


@router.get("/{family_id}/people/{subject_id}/{name}")
async def show_form(
    request: Request, family_id: UUID, subject_id: UUID, name: str, actor: Annotated[Actor, STAFF]
) -> Response:
    return await _show(request, actor, family_id, subject_id, name)


@router.post("/{family_id}/people/{subject_id}/{name}")
async def answer_form(
    request: Request, family_id: UUID, subject_id: UUID, name: str, actor: Annotated[Actor, STAFF]
) -> Response:
    return await _answer(request, actor, family_id, subject_id, name)


async def _read(request: Request, actor: Actor, family_id: UUID, subject: UUID | None) -> tuple[FamilyBanner, Place]:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "people.read")
        return banner, Place(await people_record(work, family_id, work.now), subject, work.today)


async def _show(request: Request, actor: Actor, family_id: UUID, subject: UUID | None, name: str) -> Response:
    screen = _screen(name)
    banner, place = await _read(request, actor, family_id, subject)
    screen.about(place)
    filled = blank(screen.form(place), inputs_of(screen.known(place)))
    return _page(request, banner, screen, place, filled)


async def _answer(request: Request, actor: Actor, family_id: UUID, subject: UUID | None, name: str) -> Response:
    screen = _screen(name)
    banner, place = await _read(request, actor, family_id, subject)
    screen.about(place)
    filled = await read_form(request, screen.form(place))
    if filled.form is None:
        return _page(request, banner, screen, place, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await read_family(work, family_id, "people.read")
            await screen.store(filled.form, place, work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        banner, place = await _read(request, actor, family_id, subject)
        if isinstance(refusal, Conflict):
            return _conflict(request, banner, screen, place, refusal, filled.form.model_dump())
        return _page(request, banner, screen, place, filled.refused(refusal), status=status)
    return RedirectResponse(f"/families/{family_id}/people?done={name}", 303)


def _screen(name: str) -> Screen:
    if (screen := SCREENS.get(name)) is None:
        raise no_such_page()
    return screen


def _page(
    request: Request, banner: FamilyBanner, screen: Screen, place: Place, filled: Filled[Any], *, status: int = 200
) -> Response:
    return render_family(
        request,
        banner,
        "staff/people-form.html",
        section="people",
        status=status,
        back=f"/families/{banner.family_id}/people",
        screen=screen,
        about=screen.about(place),
        sentence=screen.intro_of(place),
        fields=fields_of(screen, place),
        has_version="version" in screen.form(place).questions(),
        filled=filled,
    )


def _conflict(
    request: Request, banner: FamilyBanner, screen: Screen, place: Place, refusal: Refusal, entered: dict[str, Any]
) -> Response:
    return render_family(
        request,
        banner,
        "staff/both-versions.html",
        section="people",
        status=409,
        back=f"/families/{banner.family_id}/people",
        refusal=refusal,
        now=in_words(screen, place, screen.known(place)),
        entered=in_words(screen, place, entered),
    )
