"""What other teams told of their certificates, as stored."""

from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from services.training.certificates.domain.completion import Completion
from services.training.database.course_tables import certificate, completion
from services.training.database.course_tables import heard_certificate as table
from services.training.database.workforce_tables import organisation, post
from services.training.network.domain.brought_certificate import HeardCertificate, Job, Taught
from services.training.workforce.database.spans import holds_on
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import SourceGroup
from shared.database.mapping import read_row
from shared.unit_of_work import UnitOfWork


class HeardCertificates:
    """Those that one team heard of, and what of them counts here."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def hear(self, team: str, digest: UUID, **said: Any) -> None:
        """Adds to what is known, in whatever order it comes."""
        stored = insert(table).values(team=team, digest=digest, **said)
        await self._session.execute(stored.on_conflict_do_update(index_elements=["team", "digest"], set_=said))

    async def team_of(self, digest: UUID) -> str | None:
        """Which has told of it."""
        return await self._session.scalar(select(table.c.team).where(table.c.digest == digest).limit(1))

    async def lock(self, team: str, digest: UUID) -> HeardCertificate:
        """Until the transaction ends, so that a withdrawal that comes meanwhile finds what is made of it."""
        await self._session.execute(insert(table).values(team=team, digest=digest).on_conflict_do_nothing())
        own = select(table).where(table.c.team == team, table.c.digest == digest).with_for_update()
        return _heard((await self._session.execute(own)).one())

    async def completion(self, team: str, digest: UUID) -> Completion | None:
        """What counts here because of it, or did; locked until the transaction ends."""
        brought = completion.c.delivered_by == team, completion.c.digest == digest
        row = (await self._session.execute(select(completion).where(*brought).with_for_update())).one_or_none()
        return read_row(Completion, row) if row else None

    async def is_held(self, one: Completion) -> bool:
        """They have completed the course on that day already, wherever."""
        same = (
            completion.c.person_id == one.person_id,
            completion.c.course == one.course,
            completion.c.held_from == one.held_from,
            completion.c.withdrawn_at.is_(None),
        )
        return bool(await self._session.scalar(select(exists(select(completion.c.id).where(*same)))))

    async def is_own(self, code: str) -> bool:
        """This team gave it."""
        return bool(
            await self._session.scalar(select(exists(select(certificate.c.code).where(certificate.c.code == code))))
        )

    async def job(self, person_id: UUID) -> Job | None:
        """What they work as today; of several jobs the newest."""
        query = (
            select(organisation.c.sector, post.c.profession)
            .join(organisation, organisation.c.id == post.c.organisation_id)
            .where(post.c.person_id == person_id, holds_on(post, self._work.today))
            .order_by(post.c.from_on.desc().nulls_last(), post.c.id)
            .limit(1)
        )
        row = (await self._session.execute(query)).one_or_none()
        return Job(SourceGroup(row.sector), Profession(row.profession)) if row else None


def _heard(row: Any) -> HeardCertificate:
    taught = (
        Taught(TrainingCourse(row.course), row.course_version, row.level, row.held_from, row.until_on)
        if row.course
        else None
    )
    return HeardCertificate(row.team, row.digest, taught, row.withdrawn_on, row.replaced_on)
