"""What each reader of the region has of it, as they signed in last."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from services.reporting.publication.database.publication_tables import locality_lead
from services.reporting.publication.domain.reach import Remit, remit_of
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.manifest import Person


async def keep_localities(connection: AsyncConnection, person: Person, now: datetime) -> None:
    """Of who signs in, where they lead some."""
    if Role.LOCALITY_LEAD in person.roles:
        told = {"localities": sorted(person.localities), "signed_in_at": now}
        new = insert(locality_lead).values(actor_id=person.id, **told)
        await connection.execute(new.on_conflict_do_update(index_elements=["actor_id"], set_=told))


async def remit_now(session: AsyncSession, actor: Actor) -> Remit:
    """What they have of the region."""
    theirs = select(locality_lead.c.localities).where(locality_lead.c.actor_id == actor.id)
    leads_some = Role.LOCALITY_LEAD in actor.roles
    return remit_of(actor.roles, frozenset(await session.scalar(theirs) or () if leads_some else ()))


async def largest_group(session: AsyncSession, of_rules: int) -> int:
    """How many localities a lead has at most: by any rule of the sign-in, or by one of earlier times."""
    most = await session.scalar(select(func.max(func.cardinality(locality_lead.c.localities))))
    return max(of_rules, most or 0)
