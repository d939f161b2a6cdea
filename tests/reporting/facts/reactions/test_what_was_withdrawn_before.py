"""What was withdrawn before there were corrections is counted off, once the log is read anew."""

from datetime import date
from importlib import import_module

import pytest

from shared.contracts.consultation import RegionalConsultationHeld
from shared.contracts.consultation_codes import ConsultationKind, Profession
from shared.contracts.vocabulary import Tier
from shared.kernel.postgres import Connection
from shared.testing.events import Feed
from tests.reporting.builders import PROJECTIONS

HELD = RegionalConsultationHeld(
    month=date(2026, 3, 1),
    kind=ConsultationKind.THEME,
    profession=Profession.MIDWIFE,
    tier=Tier.UNIVERSAL,
    minutes=45,
)
MIGRATION = import_module("services.reporting.database.migrations.versions.0013_withdrawals")


@pytest.fixture
async def feed(connection: Connection) -> Feed:
    return Feed(connection, PROJECTIONS, service="consultation")


async def test_one_that_was_held_and_withdrawn_is_none(connection: Connection, feed: Feed) -> None:
    await feed.take_in("blackpool", HELD, HELD)
    await connection.execute(
        "INSERT INTO event_log SELECT stream, 3, epoch, team, gen_random_uuid(), subject, "
        "'uk.pairs.regional.consultation_withdrawn.v1', body - 'sector', occurred_at, received_at "
        "FROM event_log WHERE position = 2"
    )

    await connection.execute(MIGRATION.READ_AS_CORRECTIONS)
    [held] = [one for one in PROJECTIONS if one.event is RegionalConsultationHeld]
    await connection.execute(held.insert(where="position = 3"))

    assert await connection.fetchval("SELECT sum(number) FROM consultation_held") == 1
    assert await connection.fetchval("SELECT sum(number * minutes) FROM consultation_held") == 45
