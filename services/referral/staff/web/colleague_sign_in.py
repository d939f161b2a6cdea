"""Whoever signs in is remembered by name, so that the record can show who did a thing, and a page who may."""

from collections.abc import Sequence

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection

from services.referral.staff.database.colleagues import Colleagues
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.contracts.vocabulary import Role
from shared.manifest import Person
from shared.unit_of_work import UnitOfWork
from shared.web.sessions import Sessions


def prepare(app: FastAPI) -> None:
    sessions: Sessions = app.state.sessions
    sessions.at_start.append(_remember)
    app.state.colleagues_with = _names_with


async def _remember(connection: AsyncConnection, person: Person) -> None:
    if CAPABILITIES.holds(person.roles, RECORD):
        await Colleagues(connection).remember(person.id, person.name, person.roles)


async def _names_with(work: UnitOfWork, roles: frozenset[Role]) -> Sequence[str]:
    return [one.name for one in await Colleagues(work.session).with_one_of(roles)]
