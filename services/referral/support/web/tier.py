"""The support of a family: now, before, and the form that changes it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.people.domain.record_right import DECIDES
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import open_episode_of, read_family, render_family
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.dates import date_inputs
from services.referral.staff.web.work import begin, today_of
from services.referral.support.commands.move_tier import move_tier
from services.referral.support.queries.episode_record import EpisodeRecord, episode_record
from services.referral.support.queries.tier_history import TierHistoryLine
from services.referral.support.web.forms.move import MoveForm
from services.referral.support.web.forms.support_flag import SupportFlag, flags_of
from shared.contracts.vocabulary import FamilyAgreement, Level, TierMoveReason
from shared.kernel.actor import Actor
from shared.kernel.calendar import date_words
from shared.kernel.errors import Conflict, NotFound, Refusal
from shared.staff.column import Column
from shared.staff.download import Download, download_at
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families")

_OF_DISCHARGE = {TierMoveReason.DISCHARGED, TierMoveReason.DISCHARGE_UNDONE}
REASONS = [reason for reason in TierMoveReason if reason not in _OF_DISCHARGE]
"""A discharge is more than a change of support, and has a page of its own."""

Read = tuple[FamilyBanner, EpisodeRecord]


@router.get("/{family_id}/tier")
async def show_tier(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    read = await _read(request, family_id, actor)
    return _page(request, actor, read, _suggested(request, read[1]))


@router.post("/{family_id}/tier")
async def move(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, MoveForm)
    if filled.form is None:
        return _page(request, actor, await _read(request, family_id, actor), filled, status=422)
    try:
        async with begin(request, actor) as work:
            episode = open_episode_of(await read_family(work, family_id, "family.read"))
            await move_tier(filled.form.to_command(episode.episode_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        read = await _read(request, family_id, actor)
        if isinstance(refusal, Conflict):
            return _conflict(request, read, refusal, entered_move(filled.form))
        return _page(request, actor, read, filled.refused(refusal), status=status)
    return RedirectResponse(f"/families/{family_id}?done=moved", 303)


@download_at(router, "/{family_id}/tiers.csv")
async def download_history(
    request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]
) -> Download[TierHistoryLine]:
    _, record = await _read(request, family_id, actor, action="family.export")
    return Download("tier-history.csv", _COLUMNS, record.history)


async def _read(request: Request, family_id: UUID, actor: Actor, *, action: str = "tier.read") -> Read:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, action)
        if banner.episode is None:
            raise NotFound("episode_not_found", "This family has not been accepted, so it has no support yet.")
        return banner, await episode_record(work, banner.episode.episode_id)


def _suggested(request: Request, record: EpisodeRecord) -> Filled[MoveForm]:
    episode = record.episode
    known: dict[str, Any] = {
        "version": str(episode.version),
        "level": episode.support.level.value,
        "flags": flags_of(episode.support),
        **date_inputs("effective_from", today_of(request)),
    }
    return blank(MoveForm, known)


def _page(request: Request, actor: Actor, read: Read, filled: Filled[MoveForm], *, status: int = 200) -> Response:
    banner, record = read
    return render_family(
        request,
        banner,
        "support/tier.html",
        section="overview",
        status=status,
        record=record,
        filled=filled,
        may_decide=actor.has(*DECIDES) and banner.open_episode is not None,
        levels=list(Level),
        flags=list(SupportFlag),
        reasons=REASONS,
        agreements=list(FamilyAgreement),
        back=f"/families/{banner.family_id}",
    )


def _conflict(request: Request, read: Read, refusal: Refusal, entered: list[tuple[str, str]]) -> Response:
    banner, record = read
    return render_family(
        request,
        banner,
        "support/tier-conflict.html",
        section="overview",
        status=409,
        record=record,
        refusal=refusal,
        entered=entered,
        back=f"/families/{banner.family_id}/tier",
    )


_COLUMNS: Sequence[Column[TierHistoryLine]] = (
    Column("From", lambda line: line.effective_from),
    Column("Level", lambda line: line.support.level),
    Column("Risk support", lambda line: line.support.risk_support),
    Column("Direct work", lambda line: line.support.direct_work),
    Column("Reason", lambda line: line.reason or "Work began"),
    Column("Was the family told?", lambda line: line.family_agreement),
    Column("Team discussion", lambda line: line.mdt_on),
    Column("Next review", lambda line: line.review_on),
    Column("Note", lambda line: line.note),
    Column("Decided by", lambda line: line.decided_by_name),
    Column("Recorded at (UTC)", lambda line: line.decided_at),
)


def entered_move(form: MoveForm) -> list[tuple[str, str]]:
    return [
        ("Support", form.support.in_words()),
        ("From", date_words(form.effective_from)),
        ("Reason", form.reason.label),
        ("Was the family told?", form.family_agreement.label),
        ("Team discussion", _day(form.mdt_on)),
        ("Next review", _day(form.review_on)),
        ("Note", form.note or "None"),
    ]


def _day(day: date | None) -> str:
    return date_words(day) if day else "None"
