"""What one service has told the region in a test: kinds of events, against the index of all that it can tell."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.contracts.asyncapi import language
from shared.contracts.event import RegionEvent
from shared.manifest import Service
from shared.outbox.tables import outbox


async def untold_kinds(service: Service, engine: AsyncEngine) -> set[str]:
    """Those of which the service's outbox has none, such as `contact_recorded`."""
    all_of_them = {_kind(one.type) for one in _published(service)}
    async with engine.connect() as connection:
        told = await connection.scalars(select(outbox.c.type).where(outbox.c.audience == "region").distinct())
        return all_of_them - {_kind(one) for one in told}


def _published(service: Service) -> list[type[RegionEvent]]:
    [classes] = language({service.name: service.publishes}).values()
    return [one for one in classes if issubclass(one, RegionEvent)]


def _kind(event_type: str) -> str:
    return event_type.split(".")[-2]
