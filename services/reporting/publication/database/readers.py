"""What each reader of the region has of it, as they signed in last."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from services.reporting.publication.database.publication_tables import reader
from services.reporting.publication.domain.reach import Remit, remit_of
from shared.database.mapping import columns_of, read_row
from shared.kernel.actor import Actor
from shared.manifest import Person


async def keep_remit(connection: AsyncConnection, person: Person, now: datetime) -> None:
    """Of who signs in. Whatever is theirs asks for it when it is next looked at, so no sign-in waits for that."""
    told = {**columns_of(remit_of(person.roles, person.localities)), "signed_in_at": now}
    new = insert(reader).values(actor_id=person.id, **told)
    await connection.execute(new.on_conflict_do_update(index_elements=["actor_id"], set_=told))


async def kept_remit(session: AsyncSession, actor_id: UUID) -> Remit | None:
    """What they had when they signed in last; None: they have not, since it is kept."""
    row = (await session.execute(select(reader).where(reader.c.actor_id == actor_id))).one_or_none()
    return None if row is None else read_row(Remit, row)


async def remit_now(session: AsyncSession, actor: Actor) -> Remit:
    """What they have of the region. An older session of theirs, with other roles, has no more than that either."""
    return await kept_remit(session, actor.id) or remit_of(actor.roles, frozenset())


async def largest_group(session: AsyncSession, of_rules: int) -> int:
    """How many localities a lead has at most: by any rule of the sign-in, or by one of earlier times."""
    most = await session.scalar(select(func.max(func.cardinality(reader.c.localities))))
    return max(of_rules, most or 0)
