"""Says that a wait is over, in the transaction in which what the family waited for was recorded.

    async with … as work:
        episode = await Episodes(work).get_to_change(episode_id)
        await refresh_and_tell(work, episode)      after the contact, plan or measure was stored

The figures are folds over the record; a correction that moves the day is told again, with the new figures.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.referral.database.clinical_tables import pause
from services.referral.database.tables import episode as episode_table
from services.referral.database.tables import referral
from services.referral.staff.database.record_access import check_episode
from services.referral.support.database.milestones import refresh_milestones
from services.referral.support.domain.episode import Episode
from services.referral.team.database.team_work import TeamWork
from services.referral.team.domain.wait_clock import (
    History,
    Pause,
    Wait,
    WaitState,
    inherited_start,
    read_clocks,
)
from shared.contracts.pathway import WaitStopped
from shared.contracts.pathway_codes import PauseReason
from shared.contracts.vocabulary import Urgency
from shared.kernel.identifiers import new_id
from shared.unit_of_work import Once, UnitOfWork


@dataclass(frozen=True)
class Milestones:
    """How far an episode had come at one moment."""

    history: History


async def read_milestones(work: UnitOfWork, episode_id: UUID) -> Milestones:
    """The dates that are kept on the episode, with those of its referral, and its pauses."""
    await check_episode(work, episode_id)
    paused = await work.session.execute(
        select(pause).where(pause.c.episode_id == episode_id).order_by(pause.c.started_on)
    )
    pauses = tuple(Pause(PauseReason(one.reason), one.started_on, one.ended_on) for one in paused)
    row = (
        await work.session.execute(
            select(
                episode_table,
                referral.c.received_at,
                referral.c.earlier_received_on,
                referral.c.earlier_team,
                referral.c.decided_on,
                referral.c.urgency,
            )
            .join(referral, referral.c.id == episode_table.c.referral_id)
            .where(episode_table.c.id == episode_id)
        )
    ).one()
    return Milestones(history_of(row, pauses))


async def refresh_and_tell(work: TeamWork, episode: Episode) -> None:
    """Compute the episode's milestones again, and publish WaitStopped for each clock that stopped, or stopped on
    another day than was known.

    Each is an aggregate of its own: whoever has the episode's page open is not told that somebody changed it.
    """
    before = await read_milestones(work, episode.id)
    await refresh_milestones(work.session, episode.id, work.now)
    after = await read_milestones(work, episode.id)
    told = {wait.clock: wait.until for wait in _stopped(before, work)}
    for wait in _stopped(after, work):
        if told.get(wait.clock) != wait.until:
            work.publish(_event(episode.id, wait), about=Once(new_id()))


def _stopped(milestones: Milestones, work: TeamWork) -> list[Wait]:
    waits = read_clocks(milestones.history, work.today, work.team.wait_rules)
    return [wait for wait in waits if wait.state is WaitState.STOPPED]


def _event(episode_id: UUID, wait: Wait) -> WaitStopped:
    assert wait.until is not None, "A stopped clock has the day on which it stopped."  # noqa: S101
    return WaitStopped(
        episode_id=episode_id,
        clock=wait.clock,
        stopped_on=wait.until,
        gross_days=wait.gross_days,
        adjusted_days=wait.adjusted_days,
        is_over_target=wait.breached,
    )


def history_of(row: Any, pauses: tuple[Pause, ...]) -> History:
    """From the columns of an episode, and of its referral: receipt here and by an earlier team, decision, urgency."""
    return History(
        received_at=row.received_at,
        urgent=row.urgency == Urgency.URGENT,
        decided_on=row.decided_on,
        first_contact_on=row.first_contact_on,
        assessed_on=row.assessed_on,
        baseline_on=row.baseline_on,
        plan_agreed_on=row.plan_agreed_on,
        intervention_on=row.intervention_started_on,
        ended_on=row.ended_on,
        pauses=pauses,
        inherited=inherited_start(row.earlier_received_on, row.earlier_team),
    )
