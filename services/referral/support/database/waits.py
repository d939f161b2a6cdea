"""How far an episode has come, and which waits are over by that.

    async with … as work:
        episode = await Episodes(work).get_to_change(episode_id)
        await refresh_and_tell(work, episode)      after the contact, plan, measure or appointment was stored

Milestones are folds over the record, kept on the episode and computed again after each change; a date among them is
never typed in, and a corrected or removed contact moves it back. A wait that is over is told in the same transaction; a
correction that moves the day is told again, with the new figures.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import bindparam, select, text

from services.referral.database.clinical_tables import pause
from services.referral.database.tables import episode as episode_table
from services.referral.database.tables import referral
from services.referral.staff.database.record_access import check_episode
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
from shared.contracts.vocabulary import Urgency
from shared.contracts.wait import WaitStopped, WaitWentOn
from shared.database.mapping import read_row
from shared.unit_of_work import UnitOfWork


async def refresh_and_tell(work: TeamWork, episode: Episode) -> None:
    """Compute the episode's milestones again, and publish WaitStopped for each clock that stopped, or stopped on
    another day than was known, and WaitWentOn for one that had not stopped after all.

    Each is an aggregate of its own: whoever has the episode's page open is not told that someone changed it.

    Args:
        episode: locked by the caller, before it stored anything: of two at once the later sees what the earlier stored.
    """
    before = await read_history(work, episode.id)
    found = await work.session.execute(_REFRESH, {"episode": episode.id, "now": work.now})
    after = replace(before, **found.mappings().one())
    told = {wait.clock: wait for wait in _stopped(before, work)}
    stopped = {wait.clock: wait for wait in _stopped(after, work)}
    for clock, wait in stopped.items():
        if clock not in told or told[clock].until != wait.until:
            work.publish(_event(episode, wait), about=await work.aggregate(uuid5(episode.id, clock)))
    for clock in told.keys() - stopped.keys():
        went_on = WaitWentOn(episode_id=episode.id, clock=clock)
        work.publish(went_on, about=await work.aggregate(uuid5(episode.id, clock)))


async def read_history(work: UnitOfWork, episode_id: UUID) -> History:
    """How far an episode has come: the dates that are kept on it, with those of its referral, and its pauses."""
    await check_episode(work, episode_id)
    rows = (await work.session.execute(_HISTORY, {"episode": episode_id})).all()
    pauses = tuple(read_row(Pause, one, ended_on=one.resumed_on) for one in rows if one.reason)
    return history_of(rows[0], pauses)


def _stopped(history: History, work: TeamWork) -> list[Wait]:
    waits = read_clocks(history, work.today, work.team.wait_rules)
    return [wait for wait in waits if wait.state is WaitState.STOPPED]


def _event(episode: Episode, wait: Wait) -> WaitStopped:
    assert wait.until is not None, "A stopped clock has the day on which it stopped."  # noqa: S101
    return WaitStopped(
        episode_id=episode.id,
        clock=wait.clock,
        stopped_on=wait.until,
        gross_days=wait.gross_days,
        adjusted_days=wait.adjusted_days,
        is_over_target=wait.breached,
        tier=episode.support.tier,
    )


def history_of(row: Any, pauses: tuple[Pause, ...]) -> History:
    """From the columns of an episode, and of its referral: receipt here and by an earlier team, decision, urgency."""
    return read_row(
        History,
        row,
        urgent=row.urgency == Urgency.URGENT,
        intervention_on=row.intervention_started_on,
        pauses=pauses,
        inherited=inherited_start(row.earlier_received_on, row.earlier_team),
    )


# A contact asks this too, so it is built once. One row for each pause, or one without.
_HISTORY = (
    select(
        episode_table.c.first_contact_on,
        episode_table.c.assessed_on,
        episode_table.c.baseline_on,
        episode_table.c.plan_agreed_on,
        episode_table.c.intervention_started_on,
        episode_table.c.ended_on,
        referral.c.received_at,
        referral.c.earlier_received_on,
        referral.c.earlier_team,
        referral.c.decided_on,
        referral.c.urgency,
        pause.c.reason,
        pause.c.started_on,
        pause.c.ended_on.label("resumed_on"),
    )
    .join(referral, referral.c.id == episode_table.c.referral_id)
    .outerjoin(pause, pause.c.episode_id == episode_table.c.id)
    .where(episode_table.c.id == bindparam("episode"))
    .order_by(pause.c.started_on)
)

# What it returns has the names of a History.
_REFRESH = text("""
UPDATE episode SET
    first_contact_on = held.first_on,
    last_contact_on = held.last_on,
    contacts_attended = held.number,
    next_contact_at = held.next_at,
    intervention_started_on = held.intervention_on,
    assessed_on = (SELECT completed_on FROM assessment WHERE episode_id = :episode),
    formulated_on = (
        SELECT min(recorded_at AT TIME ZONE 'Europe/London')::date FROM formulation WHERE episode_id = :episode
    ),
    plan_agreed_on = (SELECT min(agreed_on) FROM plan WHERE episode_id = :episode),
    baseline_on = (
        SELECT min(answered_on) FROM measure_administration AS measured
        WHERE episode_id = :episode AND timepoint = 'start' AND scored AND NOT withdrawn
          AND NOT EXISTS (SELECT 1 FROM measure_administration WHERE supersedes = measured.id)
    )
FROM (
    SELECT min(held_on) FILTER (WHERE attendance = 'attended' AND kind <> 'waiting_well') AS first_on,
           max(held_on) FILTER (WHERE attendance = 'attended') AS last_on,
           count(*) FILTER (WHERE attendance = 'attended') AS number,
           min(starts_at) FILTER (WHERE attendance IS NULL AND starts_at >= :now) AS next_at,
           min(held_on) FILTER (WHERE attendance = 'attended' AND strand_id IS NOT NULL) AS intervention_on
    FROM contact WHERE episode_id = :episode
) AS held
WHERE episode.id = :episode
RETURNING episode.first_contact_on, episode.assessed_on, episode.baseline_on, episode.plan_agreed_on,
          episode.intervention_started_on AS intervention_on
""")
