"""Say what came of a number that someone left."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.database.callbacks import Callbacks
from services.referral.staff.commands.keep_promises import KeepPromises, keep_promises
from shared.contracts.pathway_codes import PromiseKind
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AnswerCallback:
    callback_id: UUID
    expected_version: int
    """Of the page that the actor wrote on."""
    answer: str


async def answer_callback(command: AnswerCallback, work: UnitOfWork) -> None:
    """What was promised about it is kept with it.

    Raises NotFound, NotAllowed, Conflict or RuleBroken as `Callback.settle`.
    """
    callbacks = Callbacks(work)
    callback = await callbacks.get_to_change(command.callback_id)
    callback.settle(command.answer, work.actor.id, work.actor.roles, work.now, seen=command.expected_version)
    await callbacks.save(callback)
    await keep_promises(KeepPromises(callback.id, PromiseKind), work)
    work.record("callback.answer", callback.id)
