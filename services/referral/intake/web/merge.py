"""Merge the records of one family, seen side by side, and undo it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.intake.commands.merge_families import merge_families
from services.referral.intake.commands.undo_merge import undo_merge
from services.referral.intake.domain.duplicate import Description
from services.referral.intake.domain.merge import description_of_family, likely_pairs, pairs_of
from services.referral.intake.queries.merges import MergeLine, merge_line, merges_of
from services.referral.intake.queries.possible_duplicates import PossibleDuplicate, Seeker, possible_duplicates
from services.referral.intake.web.compared import compared
from services.referral.intake.web.forms.merge import MergeForm, UndoMergeForm, pair_value
from services.referral.people.database.families import Families
from services.referral.people.domain.family import Family, Member
from services.referral.people.web.family_page import FamilyPlace, in_family, read_family
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from services.referral.staff.web.access import STAFF
from shared.staff.answer_words import Offered, Values
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from shared.web.form_body import read_fields

router = APIRouter(prefix="/families")

DONE = {
    "merged": "The records are one now. The old address leads here.",
    "unmerged": "The merge was undone. What was recorded after it stays with this family.",
}


@dataclass(frozen=True)
class TwoRecords(FamilyPlace):
    """A family, another that it is compared with, and those that it could be compared with."""

    kept: Family
    other: Family | None
    found: Sequence[PossibleDuplicate]
    merges: Sequence[MergeLine]
    may_decide: bool
    done: str


@dataclass(frozen=True)
class OneMerge(FamilyPlace):
    """A merge that was made."""

    line: MergeLine
    may_decide: bool


async def _read(work: UnitOfWork, request: Request, family_id: UUID, done: str = "") -> TwoRecords:
    banner = await read_family(work, family_id, "family.compare")
    families, other, other_id = Families(work), None, await _other_id(request)
    kept = await families.get(family_id)
    if other_id is not None and other_id != family_id:
        await read_family(work, other_id, "family.compare")
        other = await families.get(other_id)
    found = await possible_duplicates(work.session, [description_of_family(kept)], Seeker(work.actor, work.now))
    others = [one for one in found[0] if one.known.family_id not in (None, family_id) and one.known.may_see]
    merges = await merges_of(work, family_id)
    return TwoRecords(
        banner, work.today, kept, other, others, merges, CAPABILITIES.holds(work.actor.roles, JUDGE), done
    )


async def _other_id(request: Request) -> UUID | None:
    """Of the family that the address or the form names."""
    named = [request.query_params.get("with", ""), *(await read_fields(request)).get("other", [])]
    try:
        return UUID(next((one for one in named if one), ""))
    except ValueError:
        return None


async def _read_merge(work: UnitOfWork, family_id: UUID, merge_id: UUID) -> OneMerge:
    banner = await read_family(work, family_id, "family.read")
    line = await merge_line(work, family_id, merge_id)
    return OneMerge(banner, work.today, line, CAPABILITIES.holds(work.actor.roles, JUDGE))


def _suggested(place: TwoRecords) -> Values:
    if place.other is None:
        return {}
    return {
        "other": place.other.id,
        "kept_version": place.kept.version,
        "merged_version": place.other.version,
        "same": [_pair(*pair).value for pair in likely_pairs(place.kept, place.other)],
    }


def _shown(place: TwoRecords) -> dict[str, Any]:
    descriptions: list[Description] = [description_of_family(place.other)] if place.other else []
    return {
        "other": place.other,
        "other_name": _heading(place.other) if place.other else "",
        "rows": compared(description_of_family(place.kept), descriptions),
        "pairs": [_pair(*pair) for pair in pairs_of(place.kept, place.other)] if place.other else [],
        "found": place.found,
        "merges": place.merges,
        "may_decide": place.may_decide,
        "done": DONE.get(place.done),
    }


def _pair(gone: Member, stays: Member) -> Offered:
    label = f"{_person(gone)} there is {_person(stays)} here ({gone.kind.inside})"
    return Offered(pair_value(gone.person.id, stays.person.id), label)


def _person(member: Member) -> str:
    return member.person.name or "a baby not born or named yet"


def _heading(family: Family) -> str:
    return " and ".join(baby.name or "Baby not born or named yet" for baby in family.babies) or "Family without a baby"


async def _merge(sent: Sent[TwoRecords, MergeForm]) -> None:
    await merge_families(sent.form.to_command(sent.place.family_id), sent.work)


async def _undo(sent: Sent[OneMerge, UndoMergeForm]) -> None:
    await undo_merge(sent.form.to_command(sent.place.line.merge_id), sent.work)


MERGE = FormPage(
    path="/{family_id}/merge",
    asks_for_proof=True,
    may=STAFF,
    capability=JUDGE,
    is_read_by_all=True,
    title="Merge two records of one family",
    site=Site(_read, in_family("record")),
    form=MergeForm,
    suggested=_suggested,
    store=_merge,
    to=lambda place: f"{place.root}/merge?done=merged",
    template="intake/merge.html",
    shows=_shown,
    stored=lambda place: [("Merges of this record", str(len(place.merges)))],
    entered=lambda form, _: [("How do you know that it is one family?", form.reason)],
)
UNDO = FormPage(
    path="/{family_id}/merges/{merge_id}",
    asks_for_proof=True,
    may=STAFF,
    capability=JUDGE,
    is_read_by_all=True,
    title="Undo a merge",
    site=Site(_read_merge, in_family("record", "/merge")),
    form=UndoMergeForm,
    store=_undo,
    to=lambda place: f"{place.root}/merge?done=unmerged",
    template="intake/undo-merge.html",
    shows=lambda place: {"line": place.line, "may_decide": place.may_decide},
    stored=lambda place: [("Undone", place.line.undoing or "No")],
)

add_forms(router, MERGE, UNDO)
