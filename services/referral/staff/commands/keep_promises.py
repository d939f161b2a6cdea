"""What a page promised was done by what the team did; other commands, which did it, do this."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from services.referral.staff.database.open_promises import OpenPromises
from shared.contracts.pathway_codes import PromiseKind
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class KeepPromises:
    about: UUID
    """The referral, or the number that someone left."""
    kinds: Collection[PromiseKind]


async def keep_promises(command: KeepPromises, work: UnitOfWork) -> None:
    """Publish PromiseKept for each that was open."""
    promises = OpenPromises(work)
    for one in await promises.about(command.about, command.kinds):
        work.publish(one.keep(work.now), about=one)
        await promises.save_answer(one, "", "")
        work.record("promise.keep", one.about)
