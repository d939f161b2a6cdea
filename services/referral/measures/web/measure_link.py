"""Links by which a parent or carer answers, and the reason why a measure was not completed."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.measures.commands.request_measure import RequestMeasure, request_measure
from services.referral.measures.commands.revoke_measure_request import RevokeMeasureRequest, revoke_measure_request
from services.referral.measures.commands.skip_measure import SkipMeasure, skip_measure
from services.referral.measures.domain.administration import Subject
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_request import LASTS
from services.referral.measures.web.forms.measure import LinkForm, RevokeForm, SkipForm
from services.referral.measures.web.measure_pack import babies, carers, definition_of
from services.referral.people.commands.queue_message import QueueMessage, ToPerson, queue_message
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import measure_link_words
from services.referral.people.web.family_page import open_episode_of, read_family, render_family
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.work import begin, settings_of
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import MeasureTimepoint, MissingMeasure
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal, RuleBroken
from shared.kernel.identifiers import new_id
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families")


@router.get("/{family_id}/measures/skip")
async def show_skip(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], measure: str) -> Response:
    definition = definition_of(request, measure)
    return await _skip_page(request, family_id, actor, definition, blank(SkipForm, {"entry_id": str(new_id())}))


@router.post("/{family_id}/measures/skip")
async def skip(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], measure: str) -> Response:
    definition = definition_of(request, measure)
    filled = await read_form(request, SkipForm)
    if filled.form is None:
        return await _skip_page(request, family_id, actor, definition, filled, status=422)
    form = filled.form
    try:
        async with begin(request, actor) as work:
            episode = open_episode_of(await read_family(work, family_id, "measure.read"))
            whom = Subject(form.person_id, form.baby_id)
            await skip_measure(
                SkipMeasure(form.entry_id, episode.episode_id, definition, whom, form.timepoint, form.reason), work
            )
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        return await _skip_page(request, family_id, actor, definition, filled.refused(refusal), status=status)
    return RedirectResponse(f"/families/{family_id}/measures?done=skipped", 303)


@router.get("/{family_id}/measures/link")
async def show_link_form(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], measure: str) -> Response:
    definition = definition_of(request, measure)
    return await _link_page(request, family_id, actor, definition, blank(LinkForm))


@router.post("/{family_id}/measures/link")
async def make_link(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF], measure: str) -> Response:
    """The link is on the page that answers, and in the e-mail if one was asked for: it cannot be shown again."""
    definition = definition_of(request, measure)
    filled = await read_form(request, LinkForm)
    if filled.form is None:
        return await _link_page(request, family_id, actor, definition, filled, status=422)
    form = filled.form
    try:
        async with begin(request, actor) as work:
            episode = open_episode_of(await read_family(work, family_id, "measure.read"))
            whom = Subject(form.person_id, form.baby_id)
            token = await request_measure(
                RequestMeasure(episode.episode_id, definition, whom, form.timepoint, form.variant or ""), work
            )
            link = f"{settings_of(request).public_url}/m/{token}"
            if form.by_email:
                await _mail(link, ToPerson(family_id, form.person_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        return await _link_page(request, family_id, actor, definition, filled.refused(refusal), status=status)
    return await _link_page(request, family_id, actor, definition, filled, link=link)


@router.post("/{family_id}/measures/links/{request_id}/revoke")
async def revoke(request: Request, family_id: UUID, request_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, RevokeForm)
    if filled.form is None:
        raise RuleBroken("measure_link_version", filled.errors[0].sentence)
    async with begin(request, actor) as work:
        await read_family(work, family_id, "measure.read")
        await revoke_measure_request(RevokeMeasureRequest(request_id, filled.form.version), work)
        await remember_actor(request, work)
    return RedirectResponse(f"/families/{family_id}/measures?done=revoked", 303)


async def _mail(link: str, to: ToPerson, work: TeamWork) -> None:
    until = work.now + LASTS
    words = measure_link_words(work.team.phone, link, until)
    await queue_message(QueueMessage(MessageKind.MEASURE_LINK, to, str(new_id()), words, expires_at=until), work)


async def _skip_page(
    request: Request,
    family_id: UUID,
    actor: Actor,
    definition: MeasureDefinition,
    filled: Filled[SkipForm],
    *,
    status: int = 200,
) -> Response:
    reasons = list(MissingMeasure)
    template = "measures/measure-skip.html"
    return await _page(request, family_id, actor, template, definition, filled, status=status, reasons=reasons)


async def _link_page(  # noqa: PLR0913 - likewise
    request: Request,
    family_id: UUID,
    actor: Actor,
    definition: MeasureDefinition,
    filled: Filled[LinkForm],
    *,
    status: int = 200,
    link: str = "",
) -> Response:
    template = "measures/measure-link.html"
    return await _page(
        request, family_id, actor, template, definition, filled, status=status, link=link, lasts_days=LASTS.days
    )


async def _page(
    request: Request,
    family_id: UUID,
    actor: Actor,
    template: str,
    definition: MeasureDefinition,
    filled: Filled[Any],
    **context: Any,
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "measure.read")
    return render_family(
        request,
        banner,
        template,
        section="measures",
        definition=definition,
        filled=filled,
        carers=carers(banner),
        babies=babies(banner),
        timepoints=list(MeasureTimepoint),
        back=f"/families/{family_id}/measures/new",
        **context,
    )
