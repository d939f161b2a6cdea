"""The doctor looks at Redis and at the database one after the other, while events go on from one to the other."""

import pytest

from shared.cli import lag as looking
from shared.cli.lag import lag
from shared.contracts.streams import Audience, EntryId
from shared.kernel.postgres import Connection
from shared.relay.positions import State, read_states
from shared.relay.relay import Relay
from shared.tenancy.admin import AdminUrls
from tests.guarantees.spine import Spine, until


async def test_an_event_that_is_sent_meanwhile_is_no_database_restored_to_the_past(
    spine: Spine, servers: AdminUrls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who believed it would have the team published again under a new epoch."""
    await spine.announce()
    await spine.commit(1)
    async with spine.relaying() as relay:
        await until(lambda: _has_sent(relay, 1))

        async def and_then_more_is_sent(connection: Connection) -> dict[Audience, State]:
            found = await read_states(connection)
            await spine.commit(3)
            await until(lambda: _has_sent(relay, 4))
            return found

        monkeypatch.setattr(looking, "read_states", and_then_more_is_sent)
        rows = [row for row in await lag(servers) if spine.team in row["stream"]]

    assert rows
    assert [row for row in rows if EntryId.parse(row["redis"]) > EntryId.parse(row["outbox"])] == []


async def _has_sent(relay: Relay, events: int) -> bool:
    return set(relay.sent.values()) == {events}
