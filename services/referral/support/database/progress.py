"""How far the work with a family has come, as the rules about assessment and discharge ask it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text

from services.referral.database.contact_tables import contact
from services.referral.staff.database.record_access import check_episode
from services.referral.support.domain.assessment import Progress
from services.referral.support.domain.ending import EndOfWork
from shared.unit_of_work import UnitOfWork

DAYS_APART = 14
"""Between two measures that make a pair; a proposal. Source: reference 4.1."""


async def read_progress(work: UnitOfWork, episode_id: UUID) -> Progress:
    await check_episode(work, episode_id)
    row = (await work.session.execute(_PROGRESS, {"episode": episode_id})).one()
    return Progress(row.opened_on, row.first_contact_on, row.baseline_on is not None)


async def read_end_of_work(work: UnitOfWork, episode_id: UUID, now: datetime) -> EndOfWork:
    await check_episode(work, episode_id)
    row = (await work.session.execute(_END, {"episode": episode_id, "days": DAYS_APART, "now": now})).one()
    return EndOfWork(row.opened_on, row.contacts_attended, row.is_paired, row.unrecorded_on)


async def booked_appointments(work: UnitOfWork, episode_id: UUID, now: datetime) -> list[tuple[UUID, int]]:
    """Id and version of each appointment that is still to come."""
    await check_episode(work, episode_id)
    rows = await work.session.execute(
        select(contact.c.id, contact.c.version).where(
            contact.c.episode_id == episode_id, contact.c.attendance.is_(None), contact.c.starts_at >= now
        )
    )
    return [(row.id, row.version) for row in rows]


_PROGRESS = text("SELECT opened_on, first_contact_on, baseline_on FROM episode WHERE id = :episode")

_END = text("""
SELECT opened_on, contacts_attended, EXISTS (
    SELECT 1 FROM measure_administration AS taken
    WHERE taken.episode_id = episode.id AND taken.scored AND NOT taken.withdrawn
      AND NOT EXISTS (SELECT 1 FROM measure_administration AS later WHERE later.supersedes = taken.id)
    GROUP BY taken.code, taken.definition_version, taken.variant, taken.respondent, taken.person_id, taken.baby_id
    HAVING max(taken.answered_on) - min(taken.answered_on) >= :days
) AS is_paired, (
    SELECT min(held_on) FROM contact
    WHERE contact.episode_id = episode.id AND attendance IS NULL AND starts_at < :now
) AS unrecorded_on
FROM episode WHERE id = :episode
""")
