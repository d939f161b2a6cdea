"""When two records turn out to be of one family, and when they do not. Which rows moved is the database's ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.intake.domain.duplicate import Description, KnownBaby, homes
from services.referral.people.domain.family import Family, Member
from services.referral.people.domain.person import MemberKind
from shared.kernel.errors import Conflict, RuleBroken
from shared.kernel.name_words import NameLikeness, name_likeness
from shared.kernel.telephone import each_number

SamePerson = tuple[UUID, UUID]
"""Someone of the record that goes, and the same human in the record that is kept."""


@dataclass(frozen=True)
class FamilyMerge:
    """One merge, done or undone."""

    id: UUID
    kept_family_id: UUID
    merged_family_id: UUID
    reason: str
    merged_by: UUID
    merged_at: datetime
    """UTC."""
    stopped_messages: bool
    """After a loss in the record that goes, nothing is sent to the kept one either."""
    undone_at: datetime | None = None


@dataclass(frozen=True)
class OpenWork:
    """Whether the team works with a family now."""

    kept: bool
    merged: bool


def check_merge(kept: Family, merged: Family, same: Iterable[SamePerson], work: OpenWork) -> None:
    """Raises RuleBroken when the records are one already, both have open work, or someone is said to be two people."""
    if kept.id == merged.id:
        raise RuleBroken("merge_itself", "Choose another family: this is the same record.", field="with")
    if work.kept and work.merged:
        raise RuleBroken(
            "merge_open",
            "The team works with both families now. End one of the two pieces of work first, then merge the records.",
        )
    pairs = list(same)
    if len({one for one, _ in pairs}) < len(pairs) or len({other for _, other in pairs}) < len(pairs):
        raise RuleBroken("merge_person_twice", "Say of each person once who they are.", field="same")
    for gone, stays in pairs:
        if merged.member(gone).kind is not kept.member(stays).kind:
            raise RuleBroken("merge_kinds", "A baby and a grown-up cannot be the same person.", field="same")


def check_undone(merge: FamilyMerge, kept_instead: UUID | None) -> None:
    """Raises Conflict when it was undone already, RuleBroken when the kept record was merged in its turn."""
    if merge.undone_at is not None:
        raise Conflict("merge_undone", "This merge was undone already.")
    if kept_instead is not None:
        raise RuleBroken("merge_chain", "The kept record was merged itself since. Undo that merge first.")


def pairs_of(kept: Family, merged: Family) -> list[tuple[Member, Member]]:
    """Who could be the same human: each of the record that goes with each of the same kind in the kept one."""
    return [(gone, stays) for gone in merged.members for stays in kept.members if gone.kind is stays.kind]


def likely_pairs(kept: Family, merged: Family) -> list[tuple[Member, Member]]:
    """What the page ticks beforehand: the same NHS number, or the same name and no other birthday.

    Who is written exactly alike goes before one who is so but for an accent; who could be either of two is nobody yet.
    """
    degrees = [(_degree(*pair), pair) for pair in pairs_of(kept, merged)]
    return [pair for degree, pair in degrees if degree >= NameLikeness.SAME and _is_first(degree, pair, degrees)]


_SAME_NUMBER = NameLikeness.EXACT + 1


def _degree(gone: Member, stays: Member) -> int:
    if gone.person.nhs_number and stays.person.nhs_number:
        return _SAME_NUMBER if gone.person.nhs_number == stays.person.nhs_number else NameLikeness.NONE
    birthdays = {gone.person.born_on, stays.person.born_on} - {None}
    return name_likeness(gone.person.name or "", stays.person.name or "") if len(birthdays) < 2 else NameLikeness.NONE


def _is_first(degree: int, pair: tuple[Member, Member], degrees: Iterable[tuple[int, tuple[Member, Member]]]) -> bool:
    rivals = (other for at_least, other in degrees if at_least >= degree and other is not pair)
    return all(pair[0] is not gone and pair[1] is not stays for gone, stays in rivals)


def description_of_family(family: Family) -> Description:
    """What a record says of its family, for comparing."""
    people = [member.person for member in family.members]
    babies = [
        KnownBaby(one.name, one.born_on, None if one.born_on else one.due_on, one.nhs_number, one.id)
        for one in family.babies
    ]
    return Description(
        babies,
        [one.person.name for one in family.members if one.kind is MemberKind.CARER and one.person.name],
        each_number(one.phone for one in people),
        homes(one.postcode for one in people),
    )
