"""Reporting's own empty database for each test, and a feed that fills it."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.kernel.postgres import Connection
from shared.tenancy.admin import ServiceAccess
from shared.testing.events import Feed
from shared.testing.recycled import KeptEngine, RecycledService
from tests.reporting.builders import PROJECTIONS


@pytest.fixture
async def access(recycled_service: RecycledService) -> ServiceAccess:
    return await recycled_service(None, "reporting")


@pytest.fixture
async def connection(access: ServiceAccess) -> AsyncIterator[Connection]:
    """As the application's role."""
    connection = await asyncpg.connect(access.database_url)
    yield connection
    await connection.close()


@pytest.fixture
async def engine(access: ServiceAccess, kept_engine: KeptEngine) -> AsyncEngine:
    return await kept_engine(access)


@pytest.fixture
async def feed(connection: Connection) -> Feed:
    return Feed(connection, PROJECTIONS, service="referral")
