"""Where a decision leads: to the next referral that can be decided on, and what that page says of the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from services.referral.database.tables import referral
from services.referral.intake.queries.triage_queue import QueueFilter, QueueState, QueueTargets, triage_queue
from services.referral.staff.database.record_access import may_see
from shared.staff.address import address
from shared.unit_of_work import UnitOfWork

DECIDED = {"accepted": "was accepted", "asked": "waits for an answer", "closed": "was closed"}


@dataclass(frozen=True)
class JustDecided:
    """A referral that the reader decided on a moment ago."""

    referral_id: UUID
    reference: str
    family_id: UUID | None
    words: str
    """What was done with it, after its reference."""


async def next_address(work: UnitOfWork, decided_id: UUID, done: str, targets: QueueTargets) -> str:
    """Of the next referral, or of the queue when nobody waits for a decision."""
    queue = await triage_queue(work, work.today, QueueFilter(), targets).page(work.session)
    waiting = (line for line in queue.rows if line.may_see and line.state is not QueueState.ASKED)
    following = next((line.referral_id for line in waiting if line.referral_id != decided_id), None)
    return address(f"/referrals/{following}" if following else "/triage", done=done, of=decided_id)


async def just_decided(work: UnitOfWork, query: Mapping[str, str]) -> JustDecided | None:
    """What the page says of it; nothing where the address says nothing."""
    words, decided_id = DECIDED.get(query.get("done", "")), _id_in(query.get("of", ""))
    if words is None or decided_id is None:
        return None
    one = select(referral.c.reference, referral.c.family_id).where(
        referral.c.id == decided_id, may_see(referral.c.family_id, work.actor, work.now)
    )
    row = (await work.session.execute(one)).one_or_none()
    return JustDecided(decided_id, row.reference, row.family_id, words) if row else None


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
