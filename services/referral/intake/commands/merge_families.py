"""Make two records that are of one family into one, so that it can be undone."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.database.merges import Merges
from services.referral.intake.domain.merge import FamilyMerge, OpenWork, SamePerson, check_merge
from services.referral.people.database.families import Families
from services.referral.people.domain.family import Family
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from services.referral.support.commands.tell_rereferrals import TellRereferrals, tell_rereferrals
from services.referral.support.database.episodes import Episodes
from shared.contracts.family import FamiliesMerged
from shared.kernel.errors import Conflict, RuleBroken
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class MergeFamilies:
    kept_family_id: UUID
    merged_family_id: UUID
    """Everything of it goes to the other; its address leads there."""
    kept_version: int
    """Of the record on the page, like `merged_version`."""
    merged_version: int
    reason: str
    same: tuple[SamePerson, ...] = ()
    """Who of the one is whom of the other; everyone else is taken over."""


async def merge_families(command: MergeFamilies, work: UnitOfWork) -> UUID:
    """Publish FamiliesMerged, and as `tell_rereferrals`; gives the merge's id, by which it can be undone.

    Raises:
        NotFound: this team has no such families, or someone belongs to neither.
        NotAllowed: the actor neither practises nor leads the team.
        RestrictedRecord: the actor may not see one of them.
        Conflict: one was changed, or merged, after the page was opened.
        RuleBroken: both have open work, or someone would be two people.
    """
    CAPABILITIES.check(work.actor.roles, JUDGE)
    kept, merged = await _both(command, work)
    if not command.reason.strip():
        raise RuleBroken("merge_reason", "Write how you know that it is one family.", field="reason")
    check_merge(kept, merged, command.same, await _open_work(command, work))
    stops = kept.messages_stopped_at is None and merged.messages_stopped_at is not None
    merge = FamilyMerge(new_id(), kept.id, merged.id, command.reason, work.actor.id, work.now, stops)
    kept.messages_stopped_at = kept.messages_stopped_at or merged.messages_stopped_at
    merges = Merges(work)
    await merges.add(merge)
    await merges.move(merge, command.same)
    await merges.lead_to(merged.id, kept.id)
    work.publish(FamiliesMerged(merge_id=merge.id, kept_family_id=kept.id, merged_family_id=merged.id), about=kept)
    await Families(work).save(kept)
    await tell_rereferrals(TellRereferrals(frozenset({kept.id, merged.id})), work)
    work.record("family.merge", kept.id)
    work.record("family.merge", merged.id)
    return merge.id


async def _both(command: MergeFamilies, work: UnitOfWork) -> tuple[Family, Family]:
    """Locked in the order of their ids, so that two merges cannot wait for one another."""
    families = Families(work)
    found: dict[UUID, Family] = {}
    for family_id in sorted({command.kept_family_id, command.merged_family_id}):
        found[family_id] = await families.get_to_change(family_id)
        if await families.kept_instead_of(family_id) is not None:
            raise Conflict("family_merged", "One of the two records was merged already. Nothing was changed.")
    kept, merged = found[command.kept_family_id], found[command.merged_family_id]
    if (kept.version, merged.version) != (command.kept_version, command.merged_version):
        raise Conflict(
            "family_changed", "One of the two records was changed while you had the page open. Compare again."
        )
    return kept, merged


async def _open_work(command: MergeFamilies, work: UnitOfWork) -> OpenWork:
    episodes = Episodes(work)
    return OpenWork(
        kept=await episodes.open_of(command.kept_family_id) is not None,
        merged=await episodes.open_of(command.merged_family_id) is not None,
    )
