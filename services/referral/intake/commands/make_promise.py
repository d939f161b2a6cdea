"""Keep what a page promised, so that the team is reminded of it until it is done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.intake.database.promises import Promises
from services.referral.intake.domain.promise import Promise
from shared.contracts.pathway_codes import PromiseKind
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class MakePromise:
    """Whoever opens a public page is promised something, so no role is asked for."""

    kind: PromiseKind
    due_at: datetime
    """The moment that the page showed; aware."""
    about: UUID
    """The referral, or the number that was left: one promise of each kind."""


async def make_promise(command: MakePromise, work: UnitOfWork) -> UUID | None:
    """Publish PromiseMade; gives the promise's id, or None when the same was promised before, which stands."""
    promise = Promise(new_id(), command.kind, command.about, command.due_at, work.now)
    if not await Promises(work).add(promise):
        return None
    work.publish(promise.made(), about=promise)
    work.record("promise.make", promise.about)
    return promise.id
