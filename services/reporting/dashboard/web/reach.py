"""For whom a page is: how far they see, from their role and from the localities of the rule that gave it to them."""

from datetime import datetime

from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from starlette.requests import Request

from services.reporting.publication.database.publication_tables import locality_lead
from services.reporting.publication.database.reading import read_for
from services.reporting.publication.domain.reach import Reach, reach_of
from shared.contracts.vocabulary import Role
from shared.manifest import Person
from shared.web.openid.role_mapping import read_mapping
from shared.web.permissions import current_session, need

READERS = (Role.REGIONAL_LEAD, Role.LOCALITY_LEAD, Role.COMMISSIONER)
SEES_FIGURES = need(*READERS)
"""Pages and files of figures, each as far as their reader sees."""


def prepare(app: FastAPI) -> None:
    """Keep the localities of whoever signs in, and know how many anybody can have: those of one rule."""

    async def keep(connection: AsyncConnection, person: Person) -> None:
        await _keep(connection, person, app.state.clock())

    app.state.sessions.at_start.append(keep)
    path = app.state.settings.openid_mapping
    rules = read_mapping(path).rules if path else ()
    app.state.largest_group = max((len(rule.localities) for rule in rules), default=0)


async def _keep(connection: AsyncConnection, person: Person, now: datetime) -> None:
    if Role.LOCALITY_LEAD in person.roles:
        told = {"localities": sorted(person.localities), "signed_in_at": now}
        new = insert(locality_lead).values(actor_id=person.id, **told)
        await connection.execute(new.on_conflict_do_update(index_elements=["actor_id"], set_=told))


async def begin_reading(request: Request, session: AsyncSession) -> Reach:
    """How far whoever asks sees; the session reads no further from here on."""
    signed_in = current_session(request)
    assert signed_in  # noqa: S101 - the route needs a role
    actor, own, largest = signed_in.actor, frozenset[str](), request.app.state.largest_group
    if Role.LOCALITY_LEAD in actor.roles:
        theirs = select(locality_lead.c.localities).where(locality_lead.c.actor_id == actor.id)
        own = frozenset(await session.scalar(theirs) or ())
        most = await session.scalar(select(func.max(func.cardinality(locality_lead.c.localities))))
        largest = max(largest, most or 0)
    reach = reach_of(actor.roles, own, largest)
    await read_for(session, reach)
    return reach
