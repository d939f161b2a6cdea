"""How far an episode has come, as folds over its record: kept on the episode, computed again after each change.

A date here is never typed in; a corrected or removed contact moves it back.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


async def refresh_milestones(session: AsyncSession, episode_id: UUID, now: datetime) -> None:
    """Compute all of them again, in one statement.

    Args:
        now: appointments after it (UTC) are still to come.
    """
    await session.execute(_REFRESH, {"episode": episode_id, "now": now})


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
""")
