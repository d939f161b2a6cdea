"""Undo a merge: they were two families after all."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.database.merges import Merges
from services.referral.intake.domain.merge import check_undone
from services.referral.people.database.families import Families
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from services.referral.support.commands.tell_rereferrals import TellRereferrals, tell_rereferrals
from shared.contracts.family import MergeUndone
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class UndoMerge:
    merge_id: UUID
    reason: str


async def undo_merge(command: UndoMerge, work: UnitOfWork) -> None:
    """Publish MergeUndone, and as `tell_rereferrals`.

    What had moved goes back, and what came later stays with the kept family.

    Messages that stopped with the merge stay stopped until someone starts them again.

    Raises:
        NotFound: this team has no such merge.
        NotAllowed: the actor neither practises nor leads the team.
        RestrictedRecord: the actor may not see the kept family.
        Conflict: it was undone already.
        RuleBroken: no reason is given, or the kept record was merged itself since.
    """
    CAPABILITIES.check(work.actor.roles, JUDGE)
    families, merges = Families(work), Merges(work)
    merge = await merges.get_to_change(command.merge_id)
    check_undone(merge, await families.kept_instead_of(merge.kept_family_id))
    if not command.reason.strip():
        raise RuleBroken("undo_reason", "Write how you know that they are two families.", field="reason")
    kept_id, merged_id = merge.kept_family_id, merge.merged_family_id
    found = {family_id: await families.get_to_change(family_id) for family_id in sorted((kept_id, merged_id))}
    await merges.move_back(merge)
    await merges.lead_to(merged_id, None)
    await merges.undo(merge, command.reason, work)
    kept = found[kept_id]
    work.publish(MergeUndone(merge_id=merge.id, kept_family_id=kept_id, merged_family_id=merged_id), about=kept)
    await families.save(kept)
    await tell_rereferrals(TellRereferrals(frozenset({kept_id, merged_id})), work)
    work.record("family.unmerge", kept_id)
    work.record("family.unmerge", merged_id)
