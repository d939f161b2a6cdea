"""Before work ends: hand on what is open about safety, or refuse; other commands, which end work, do this."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.referral.staff.database.open_promises import OpenPromises
from services.referral.staff.database.tasks import Tasks
from services.referral.staff.domain.still_open import OpenThing, Settling, check_may_end, safety_in
from services.referral.staff.queries.practitioner_list import practitioner_list
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SettleOpenWork:
    families: frozenset[UUID]
    things: Sequence[OpenThing]
    """What is open on that which ends."""
    settling: Settling
    referral_id: UUID | None = None
    """The referral that is closed, where it is that which ends."""


async def settle_open_work(command: SettleOpenWork, work: UnitOfWork) -> None:
    """Publish TaskHandedOn and PromiseHandedOn for all about safety that a named colleague answers from now on.

    Raises:
        RuleBroken: something about safety has no name to it, or nobody looked at the rest.
    """
    check_may_end(command.things, command.settling)
    to = command.settling.safety_to
    if to is None or not safety_in(command.things):
        return
    if to not in {one.id for one in await practitioner_list(work.session)}:
        raise RuleBroken("safety_to", "Choose a colleague who works with families.", field="safety_to")
    await Tasks(work).hand_on_safety(command.families, to)
    await OpenPromises(work).hand_on_danger(to, families=command.families, referral_id=command.referral_id)
