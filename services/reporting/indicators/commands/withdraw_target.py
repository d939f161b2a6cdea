"""Withdraw a target that should not have been set; whatever held before it holds again."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from services.reporting.facts.domain.regional_lead import check_leads_region
from services.reporting.indicators.database.target_tables import target_set
from shared.kernel.errors import NotFound, RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class WithdrawTarget:
    target_id: UUID


async def withdraw_target(command: WithdrawTarget, work: UnitOfWork) -> None:
    """A page as at an earlier month keeps it, where it was set by then.

    Raises:
        NotAllowed: they do not lead the region.
        NotFound: there is none.
        RuleBroken: it was withdrawn before.
    """
    check_leads_region(work.actor)
    this = target_set.c.id == command.target_id
    row = (await work.session.execute(select(target_set).where(this).with_for_update())).one_or_none()
    if row is None:
        raise NotFound("target_unknown", "There is no such target. Go back and choose one of the list.")
    if row.withdrawn_at is not None:
        raise RuleBroken("target_withdrawn", "This target was withdrawn before. Nothing is left to do.")
    await work.session.execute(update(target_set).where(this).values(withdrawn_at=work.now, withdrawn_by=work.actor.id))
    work.record("target.withdraw", command.target_id)
