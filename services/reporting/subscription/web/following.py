"""Whoever signs in has their subscriptions follow what they may see now."""

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncConnection

from services.reporting.subscription.database.following import follow_remit
from shared.manifest import Person


def prepare(app: FastAPI) -> None:
    """At every sign-in, and whenever somebody shows once more who they are."""

    async def follow(connection: AsyncConnection, person: Person) -> None:
        await follow_remit(connection, person, app.state.clock())

    app.state.sessions.at_start.append(follow)
