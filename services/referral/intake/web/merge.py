"""Merge the records of one family, seen side by side, and undo it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.commands.merge_families import merge_families
from services.referral.intake.commands.undo_merge import undo_merge
from services.referral.intake.domain.duplicate import Description
from services.referral.intake.domain.merge import description_of_family, likely_same, pairs_of
from services.referral.intake.queries.merges import MergeLine, merge_line, merges_of
from services.referral.intake.queries.possible_duplicates import PossibleDuplicate, Seeker, possible_duplicates
from services.referral.intake.web.compared import compared
from services.referral.intake.web.forms.merge import MergeForm, UndoForm, pair_value
from services.referral.intake.web.known_families import Choice
from services.referral.people.database.families import Families
from services.referral.people.domain.family import Family, Member
from services.referral.people.domain.record_right import DECIDES
from services.referral.people.queries.family_banner import FamilyBanner
from services.referral.people.web.family_page import read_family, render_family
from services.referral.staff.web.access import STAFF, remember_actor, status_of
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal
from shared.web.forms import Filled, blank, read_form

router = APIRouter(prefix="/families")

DONE = {
    "merged": "The records are one now. The old address leads here.",
    "unmerged": "The merge was undone. What was recorded after it stays with this family.",
}


@dataclass(frozen=True)
class _Read:
    """What the page of a merge shows."""

    banner: FamilyBanner
    kept: Family
    other: Family | None
    found: Sequence[PossibleDuplicate]
    """Families that may be the same, when no other was chosen."""
    merges: Sequence[MergeLine]


@router.get("/{family_id}/merge")
async def show_merge(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    chosen = request.query_params.get("with", "")
    read = await _read(request, family_id, _other_id(chosen), actor)
    return _page(request, actor, read, _suggested(read))


@router.post("/{family_id}/merge")
async def merge(request: Request, family_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, MergeForm)
    other_id = _other_id(filled.value("other"))
    if filled.form is None:
        return _page(request, actor, await _read(request, family_id, other_id, actor), filled, status=422)
    try:
        async with begin(request, actor) as work:
            await merge_families(filled.form.to_command(family_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        read = await _read(request, family_id, other_id, actor)
        return _page(request, actor, read, filled.refused(refusal), status=status)
    return RedirectResponse(f"/families/{family_id}/merge?done=merged", 303)


@router.get("/{family_id}/merges/{merge_id}")
async def show_undo(request: Request, family_id: UUID, merge_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    return await _undo_page(request, family_id, merge_id, actor, blank(UndoForm))


@router.post("/{family_id}/merges/{merge_id}")
async def undo(request: Request, family_id: UUID, merge_id: UUID, actor: Annotated[Actor, STAFF]) -> Response:
    filled = await read_form(request, UndoForm)
    if filled.form is None:
        return await _undo_page(request, family_id, merge_id, actor, filled, status=422)
    try:
        async with begin(request, actor) as work:
            await merge_line(work, family_id, merge_id)
            await undo_merge(filled.form.to_command(merge_id), work)
            await remember_actor(request, work)
    except Refusal as refusal:
        status = status_of(refusal)
        return await _undo_page(request, family_id, merge_id, actor, filled.refused(refusal), status=status)
    return RedirectResponse(f"/families/{family_id}/merge?done=unmerged", 303)


def _other_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


async def _read(request: Request, family_id: UUID, other_id: UUID | None, actor: Actor) -> _Read:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "family.compare")
        families = Families(work)
        kept, other = await families.get(family_id), None
        if other_id is not None and other_id != family_id:
            await read_family(work, other_id, "family.compare")
            other = await families.get(other_id)
        found = await possible_duplicates(work.session, [description_of_family(kept)], Seeker(actor, work.now))
        others = [one for one in found[0] if one.known.family_id not in (None, family_id) and one.known.may_see]
        return _Read(banner, kept, other, others, await merges_of(work, family_id))


def _suggested(read: _Read) -> Filled[MergeForm]:
    if read.other is None:
        return blank(MergeForm)
    ticked = [_pair(*pair) for pair in pairs_of(read.kept, read.other) if likely_same(*pair)]
    return blank(
        MergeForm,
        {
            "other": str(read.other.id),
            "kept_version": str(read.kept.version),
            "merged_version": str(read.other.version),
            "same": [choice.value for choice in ticked],
        },
    )


def _page(request: Request, actor: Actor, read: _Read, filled: Filled[MergeForm], *, status: int = 200) -> Response:
    descriptions: list[Description] = [description_of_family(read.other)] if read.other else []
    return render_family(
        request,
        read.banner,
        "intake/merge.html",
        section="record",
        status=status,
        filled=filled,
        other=read.other,
        other_name=_heading(read.other) if read.other else "",
        rows=compared(description_of_family(read.kept), descriptions),
        pairs=[_pair(*pair) for pair in pairs_of(read.kept, read.other)] if read.other else [],
        found=read.found,
        merges=read.merges,
        may_decide=actor.has(*DECIDES),
        done=DONE.get(request.query_params.get("done", "")),
    )


def _pair(gone: Member, stays: Member) -> Choice:
    label = f"{_person(gone)} there is {_person(stays)} here ({gone.kind.label.lower()})"
    return Choice(pair_value(gone.person.id, stays.person.id), label)


def _person(member: Member) -> str:
    return member.person.name or "a baby not born or named yet"


def _heading(family: Family) -> str:
    return " and ".join(baby.name or "Baby not born or named yet" for baby in family.babies) or "Family without a baby"


async def _undo_page(
    request: Request, family_id: UUID, merge_id: UUID, actor: Actor, filled: Filled[Any], *, status: int = 200
) -> Response:
    async with begin(request, actor) as work:
        banner = await read_family(work, family_id, "family.read")
        line = await merge_line(work, family_id, merge_id)
    return render_family(
        request,
        banner,
        "intake/undo-merge.html",
        section="record",
        status=status,
        filled=filled,
        line=line,
        may_decide=actor.has(*DECIDES),
        back=f"/families/{family_id}/merge",
    )
