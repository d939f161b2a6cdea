"""Agree who does what by when, or ask a team something that somebody answers by a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.dashboard.database.actions import Actions
from services.reporting.dashboard.domain.action import Action, ActionKind, check_due
from services.reporting.facts.domain.regional_lead import check_leads_region
from services.reporting.publication.database.readiness import Readiness
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AgreeAction:
    action_id: UUID
    kind: ActionKind
    team: str
    """Empty for the region."""
    indicator: int
    """The figure that it is about; 0: none."""
    words: str
    owned_by: UUID
    due_on: date


async def agree_action(command: AgreeAction, work: UnitOfWork) -> None:
    """It stands on the team's page and among all actions until it is closed.

    Raises:
        NotAllowed: they do not lead the region.
        NotFound: there is no such team, or the owner sees nothing of it.
        RuleBroken: the day has gone, or is more than a year ahead.
    """
    check_leads_region(work.actor)
    if command.team:
        await Readiness(work).must_know(command.team)
    check_due(command.due_on, work.today)
    actions = Actions(work)
    await actions.check_owner(command.owned_by, command.team)
    await actions.add(
        Action(
            id=command.action_id,
            version=1,
            kind=command.kind,
            team=command.team,
            indicator=command.indicator,
            words=command.words,
            owned_by=command.owned_by,
            due_on=command.due_on,
            agreed_by=work.actor.id,
            agreed_at=work.now,
        )
    )
    work.record("action.agree", command.action_id)
