"""Say what came of an action, or answer a question."""

from dataclasses import dataclass
from uuid import UUID

from services.reporting.dashboard.database.actions import Actions
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CloseAction:
    action_id: UUID
    expected_version: int
    """Of the action on the page."""
    outcome: str


async def close_action(command: CloseAction, work: UnitOfWork) -> None:
    """It is overdue no more, and stays to be read.

    Raises:
        NotAllowed: they neither lead the region nor own it.
        NotFound, Conflict: there is none that they see, or somebody changed it since.
        RuleBroken: it is closed already.
    """
    actions = Actions(work)
    one = await actions.get_to_change(command.action_id, command.expected_version)
    one.close(command.outcome, work.actor.id, work.now)
    await actions.save(one)
    work.record("action.close", one.id)
