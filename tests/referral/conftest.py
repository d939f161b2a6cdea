"""A referral service of its own for each test, and its pages."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from shared.testing.recycled import RecycledService
from tests.referral.a_team import ATeam
from tests.referral.web.office import office, the_office
from tests.referral.web.served import address, fhir, staff, visitor

__all__ = ["address", "fhir", "office", "staff", "the_office", "visitor"]


@pytest.fixture
async def team(recycled_service: RecycledService) -> AsyncIterator[ATeam]:
    async with _a_team("team-one", recycled_service) as team:
        yield team


@pytest.fixture
async def other_team(recycled_service: RecycledService) -> AsyncIterator[ATeam]:
    async with _a_team("team-two", recycled_service) as team:
        yield team


@asynccontextmanager
async def _a_team(slug: str, recycled_service: RecycledService) -> AsyncGenerator[ATeam]:
    access = await recycled_service(slug, "referral")
    engine = create_async_engine(access.database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    yield ATeam(slug, engine)
    await engine.dispose()
