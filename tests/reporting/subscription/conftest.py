"""Somebody who subscribes to a region of which February is frozen."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.testing.events import Feed
from tests.reporting.subscription.a_subscriber import ASubscriber


@pytest.fixture
async def maya(engine: AsyncEngine, feed: Feed) -> ASubscriber:
    one = ASubscriber(engine, feed)
    await one.begins()
    return one
