"""Whoever signs in is remembered by name, so that the record can show who did a thing."""

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection

from services.referral.staff.database.colleagues import Colleagues
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.manifest import Person
from shared.web.sessions import Sessions


def prepare(app: FastAPI) -> None:
    sessions: Sessions = app.state.sessions
    sessions.at_start.append(_remember)


async def _remember(connection: AsyncConnection, person: Person) -> None:
    if CAPABILITIES.holds(person.roles, RECORD):
        await Colleagues(connection).remember(person.id, person.name, person.roles)
