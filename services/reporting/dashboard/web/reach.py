"""For whom a page is: how far they see, from their role and from the localities of the rule that gave it to them."""

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from starlette.requests import Request

from services.reporting.facts.domain.regional_lead import READERS
from services.reporting.publication.database.readers import keep_remit, largest_group, remit_now
from services.reporting.publication.database.reading import read_for
from services.reporting.publication.domain.reach import Reach
from shared.manifest import Person
from shared.web.permissions import current_session, need

SEES_FIGURES = need(*READERS)
"""Pages and files of figures, each as far as their reader sees."""


def prepare(app: FastAPI) -> None:
    """Keep what whoever signs in has of the region."""

    async def keep(connection: AsyncConnection, person: Person) -> None:
        await keep_remit(connection, person, app.state.clock())

    app.state.sessions.at_start.append(keep)


async def begin_reading(request: Request, session: AsyncSession) -> Reach:
    """How far whoever asks sees; the session reads no further from here on."""
    signed_in = current_session(request)
    assert signed_in  # noqa: S101 - the route needs a role
    remit = await remit_now(session, signed_in.actor)
    of_rules = request.app.state.units_of_work.office.largest_group
    reach = remit.reach(0 if remit.localities is None else await largest_group(session, of_rules))
    await read_for(session, reach)
    return reach
