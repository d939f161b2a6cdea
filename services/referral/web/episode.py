"""One family: its support now and before, and the form that changes it."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.commands.move_tier import move_tier
from services.referral.domain.triage import DECIDES
from services.referral.queries.episode_record import EpisodeRecord, episode_record
from services.referral.queries.tier_history import TierHistoryLine
from services.referral.web.dates import date_inputs
from services.referral.web.entered import entered_move
from services.referral.web.forms.move import MoveForm
from services.referral.web.forms.support_flag import SupportFlag, flags_of
from services.referral.web.staff import STAFF, remember_actor, status_of
from services.referral.web.work import begin, today_of
from shared.contracts.vocabulary import FamilyAgreement, Level, TierMoveReason
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, Refusal
from shared.web.csv_file import csv_download
from shared.web.forms import Filled, blank, read_form
from shared.web.pages import render

router = APIRouter(prefix="/families")


@router.get("/{episode_id}")
async def show_family(request: Request, episode_id: UUID, actor: Annotated[Actor, STAFF], done: str = "") -> Response:
    record = await _read(request, episode_id, actor)
    return _page(request, actor, record, _suggested(request, record), done=done)


@router.post("/{episode_id}/tier")
async def move(request: Request, episode_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, MoveForm)
    if filled.form is None:
        return _page(request, actor, await _read(request, episode_id, actor), filled, status=422)
    try:
        async with begin(request, actor) as work:
            await move_tier(filled.form.to_command(episode_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        record = await _read(request, episode_id, actor)
        if isinstance(refusal, Conflict):
            return _conflict(request, record, refusal, entered_move(filled.form))
        return _page(request, actor, record, filled.refused(refusal), status=status)
    return RedirectResponse(f"/families/{episode_id}?done=moved", 303)


@router.get("/{episode_id}/tiers.csv")
async def download_history(request: Request, episode_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    record = await _read(request, episode_id, actor, action="family.export")
    return csv_download("tier-history.csv", _COLUMNS, [_row(line) for line in record.history])


async def _read(request: Request, episode_id: UUID, actor: Actor, *, action: str = "family.read") -> EpisodeRecord:
    async with begin(request, actor) as work:
        record = await episode_record(work.session, episode_id, work.today)
        work.record(action, episode_id)
    return record


def _suggested(request: Request, record: EpisodeRecord) -> Filled[MoveForm]:
    episode = record.episode
    known: dict[str, Any] = {
        "version": str(episode.version),
        "level": episode.support.level.value,
        "flags": flags_of(episode.support),
        **date_inputs("effective_from", today_of(request)),
    }
    return blank(MoveForm, known)


def _page(
    request: Request,
    actor: Actor,
    record: EpisodeRecord,
    filled: Filled[MoveForm],
    *,
    status: int = 200,
    done: str = "",
) -> Response:
    return render(
        request,
        "staff/family.html",
        status=status,
        record=record,
        filled=filled,
        overdue=record.review_is_overdue(today_of(request)),
        may_decide=actor.has(*DECIDES),
        levels=list(Level),
        flags=list(SupportFlag),
        reasons=list(TierMoveReason),
        agreements=list(FamilyAgreement),
        done=done,
        back="/caseload",
    )


def _conflict(request: Request, record: EpisodeRecord, refusal: Refusal, entered: list[tuple[str, str]]) -> Response:
    return render(
        request,
        "staff/family-conflict.html",
        status=409,
        record=record,
        refusal=refusal,
        entered=entered,
        back=f"/families/{record.episode.id}",
    )


_COLUMNS = (
    "From",
    "Level",
    "Risk support",
    "Direct work",
    "Reason",
    "Was the family told?",
    "Team discussion",
    "Next review",
    "Note",
    "Decided by",
    "Recorded at (UTC)",
)


def _row(line: TierHistoryLine) -> tuple[str, ...]:
    return (
        line.effective_from.isoformat(),
        line.support.level.label,
        "Yes" if line.support.risk_support else "No",
        "Yes" if line.support.direct_work else "No",
        line.reason.label if line.reason else "Work began",
        line.family_agreement.label if line.family_agreement else "",
        line.mdt_on.isoformat() if line.mdt_on else "",
        line.review_on.isoformat() if line.review_on else "",
        line.note,
        line.decided_by_name or "",
        line.decided_at.isoformat(timespec="minutes"),
    )
