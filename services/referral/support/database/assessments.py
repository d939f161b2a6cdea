"""Assessments and formulations as stored."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from services.referral.database.clinical_tables import assessment as table
from services.referral.database.clinical_tables import formulation
from services.referral.staff.database.record_access import check_episode
from services.referral.support.domain.assessment import Assessment
from services.referral.support.domain.formulation import Formulation
from shared.database.mapping import columns_of, read_row
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


class Assessments:
    """The assessments of one team: at most one for each episode."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def of_episode(self, episode_id: UUID) -> Assessment | None:
        """Locked until the transaction ends."""
        await check_episode(self._work, episode_id)
        found = await self._session.execute(select(table).where(table.c.episode_id == episode_id).with_for_update())
        row = found.one_or_none()
        return None if row is None else read_row(Assessment, row)

    async def add(self, assessment: Assessment, work: UnitOfWork) -> None:
        await self._session.execute(insert(table), {**_columns(assessment, work)})

    async def save(self, assessment: Assessment, work: UnitOfWork) -> None:
        await self._session.execute(
            update(table).where(table.c.id == assessment.id).values(**_columns(assessment, work))
        )


async def keep_assessment(work: UnitOfWork, assessment: Assessment) -> None:
    """Keep the version that is about to be replaced."""
    content = asdict(assessment.details) | {"completed_on": assessment.details.completed_on.isoformat()}
    await keep_earlier_version(work, "assessment", assessment.id, assessment.version, content)


class Formulations:
    """The formulations of one team, each version a row of its own."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def newest_number(self, episode_id: UUID) -> int:
        """0 when there is none."""
        await check_episode(self._work, episode_id)
        query = select(func.max(formulation.c.number)).where(formulation.c.episode_id == episode_id)
        return await self._session.scalar(query) or 0

    async def add(self, episode_id: UUID, number: int, written: Formulation, work: UnitOfWork) -> None:
        await self._session.execute(
            insert(formulation),
            {
                "episode_id": episode_id,
                "number": number,
                "recorded_by": work.actor.id,
                "recorded_at": work.now,
                **columns_of(written),
            },
        )


def _columns(assessment: Assessment, work: UnitOfWork) -> dict[str, Any]:
    return {**columns_of(assessment), "recorded_by": work.actor.id, "recorded_at": work.now}
