"""Conversations about a family, attempts to reach it, and risk notes: the lists, and the forms that add to them."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.contacts.commands.note_risk import NoteRisk, note_risk
from services.referral.contacts.commands.record_liaison import record_liaison
from services.referral.contacts.domain.liaison import (
    ConsentSought,
    DisclosureBasis,
    LiaisonKind,
    Profession,
    SharingBasis,
    Way,
)
from services.referral.contacts.queries.notes_about_family import LiaisonLine, RiskLine, liaisons_of, risk_notes_of
from services.referral.contacts.web.forms.liaison import LiaisonForm, RiskForm
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import open_episode_of, read_family, render_family
from services.referral.staff.domain.task import PRACTITIONERS
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin, today_of
from shared.kernel.actor import Actor
from shared.kernel.clock import LONDON
from shared.kernel.errors import Refusal
from shared.kernel.identifiers import new_id
from shared.web.csv_file import csv_download
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families/{family_id}")

LIAISON_DONE = {"recorded": "The conversation is stored."}
RISK_DONE = {"noted": "The risk is noted. There is a task to answer today."}


@router.get("/liaison")
async def show_liaison(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "liaison.read")
        lines = await liaisons_of(work.session, family_id)
    return render_family(
        request,
        banner,
        "contacts/liaison.html",
        section="sessions",
        lines=lines,
        may_record=actor.has(*PRACTITIONERS) and banner.open_episode is not None,
        done=LIAISON_DONE.get(done),
        back=f"/families/{family_id}/sessions",
    )


@router.get("/liaison.csv")
async def download_liaison(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        await read_family(work, family_id, "liaison.export")
        lines = await liaisons_of(work.session, family_id, most=None)
    return csv_download("liaison.csv", _COLUMNS, [_row(line) for line in lines])


@router.get("/liaison/new")
async def show_new_liaison(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "liaison.read")
    open_episode_of(banner)
    now = request.app.state.clock().astimezone(LONDON)
    known = {
        "liaison_id": str(new_id()),
        "kind": LiaisonKind.PROFESSIONAL.value,
        **date_inputs("happened_on", today_of(request)),
        "happened_at": f"{now:%H:%M}",
    }
    return _liaison_form(request, banner, blank(LiaisonForm, known))


@router.post("/liaison/new")
async def add_liaison(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, LiaisonForm)
    try:
        async with begin(request, actor) as work:
            banner = await read_family(work, family_id, "liaison.read")
            episode = open_episode_of(banner)
            if filled.form is not None:
                await remember_actor(request, work)
                await record_liaison(filled.form.to_command(episode.episode_id), work)
    except Refusal as refusal:
        status = status_of(refusal)
        async with begin(request, actor) as work:
            banner = await read_family(work, family_id, "liaison.read")
        return _liaison_form(request, banner, filled.refused(refusal), status=status)
    if filled.form is None:
        return _liaison_form(request, banner, filled, status=422)
    return RedirectResponse(f"/families/{family_id}/liaison?done=recorded", 303)


@router.get("/risk-notes")
async def show_risk_notes(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], done: str = ""
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "risk_notes.read")
        lines = await risk_notes_of(work.session, family_id)
    known = blank(RiskForm, {"note_id": str(new_id())})
    return _risk_page(request, actor, banner, lines, known, done=RISK_DONE.get(done))


@router.post("/risk-notes")
async def add_risk_note(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, RiskForm)
    try:
        async with begin(request, actor) as work:
            banner = await read_family(work, family_id, "risk_notes.read")
            lines = await risk_notes_of(work.session, family_id)
            episode = open_episode_of(banner)
            if (form := filled.form) is not None:
                await remember_actor(request, work)
                await note_risk(NoteRisk(form.note_id, episode.episode_id, form.concern, form.action, form.told), work)
    except Refusal as refusal:
        status = status_of(refusal)
        async with begin(request, actor) as work:
            banner = await read_family(work, family_id, "risk_notes.read")
            lines = await risk_notes_of(work.session, family_id)
        return _risk_page(request, actor, banner, lines, filled.refused(refusal), status=status)
    if filled.form is None:
        return _risk_page(request, actor, banner, lines, filled, status=422)
    return RedirectResponse(f"/families/{family_id}/risk-notes?done=noted", 303)


def _liaison_form(
    request: Request, banner: FamilyBanner, filled: Filled[LiaisonForm], *, status: int = 200
) -> Response:
    return render_family(
        request,
        banner,
        "contacts/liaison-form.html",
        section="sessions",
        status=status,
        filled=filled,
        kinds=list(LiaisonKind),
        ways=list(Way),
        professions=list(Profession),
        bases=list(SharingBasis),
        grounds=list(DisclosureBasis),
        consents=list(ConsentSought),
        back=f"/families/{banner.family_id}/liaison",
    )


def _risk_page(  # noqa: PLR0913 - what a page shows
    request: Request,
    actor: Actor,
    banner: FamilyBanner,
    lines: Sequence[RiskLine],
    filled: Filled[RiskForm],
    *,
    status: int = 200,
    done: str | None = None,
) -> Response:
    return render_family(
        request,
        banner,
        "contacts/risk-notes.html",
        section="sessions",
        status=status,
        lines=lines,
        filled=filled,
        may_note=actor.has(*PRACTITIONERS) and banner.open_episode is not None,
        done=done,
        back=f"/families/{banner.family_id}/sessions",
    )


_COLUMNS = (
    "Day",
    "Time",
    "What it was",
    "Whom",
    "Organisation",
    "How",
    "Minutes",
    "About",
    "Why it may be shared",
    "Concern shared",
    "With",
    "Ground",
    "Was the family asked?",
    "Why without agreement",
    "Practitioner",
)


def _row(line: LiaisonLine) -> tuple[str, ...]:
    one = line.liaison
    local, shared = one.happened_at.astimezone(LONDON), one.disclosure
    return (
        local.date().isoformat(),
        f"{local:%H:%M}",
        one.kind.label,
        one.profession.label if one.profession else "",
        one.organisation,
        one.way.label,
        "" if one.minutes is None else str(one.minutes),
        one.about,
        one.basis.label if one.basis else "",
        *(
            (shared.what, shared.to_whom, shared.basis.label, shared.consent.label, shared.why_without)
            if shared
            else ("",) * 5
        ),
        line.practitioner_name,
    )
