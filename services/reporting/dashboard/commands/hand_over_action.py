"""Give an action to somebody else, or another day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.dashboard.database.actions import Actions
from services.reporting.facts.domain.regional_lead import check_leads_region
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class HandOverAction:
    action_id: UUID
    expected_version: int
    """Of the action on the page."""
    owned_by: UUID
    due_on: date


async def hand_over_action(command: HandOverAction, work: UnitOfWork) -> None:
    """What was agreed stays as it is.

    Raises:
        NotAllowed: they do not lead the region.
        NotFound, Conflict: there is none, the owner sees nothing of its team, or somebody changed it since.
        RuleBroken: it is closed, or the day has gone or is more than a year ahead.
    """
    check_leads_region(work.actor)
    actions = Actions(work)
    one = await actions.get_to_change(command.action_id, command.expected_version)
    await actions.check_owner(command.owned_by, one.team)
    one.hand_over(command.owned_by, command.due_on, work.today)
    await actions.save(one)
    work.record("action.hand_over", one.id)
