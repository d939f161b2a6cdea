"""Try entries again that were set aside: after an upgrade, or when what was wrong has been put right.

An operator asks for it (`pairs events replay`); the service does it on its next tick, with the code that it runs. An
entry that is taken in now keeps its own old place in the stream; one that is still refused stays where it is.
"""

import structlog

from shared.contracts.catalogue import NewerVersion
from shared.contracts.streams import EntryId, stream_of
from shared.inbox.entry import Received, entry_of, read_entry
from shared.inbox.receive import Inbox, lock_checkpoint

log = structlog.get_logger()


async def replay_requested(inbox: Inbox) -> int:
    """Try all entries again that an operator asked for; how many were taken in."""
    rows = await inbox.pool.fetch(
        "SELECT id FROM dead_letter WHERE replay_requested_at IS NOT NULL AND resolved_at IS NULL ORDER BY id LIMIT 500"
    )
    return sum([await _replay(inbox, row["id"]) for row in rows])


async def _replay(inbox: Inbox, letter_id: int) -> bool:
    try:
        taken = await _take_in(inbox, letter_id)
    except Exception as error:
        if not isinstance(error, NewerVersion) and inbox.sink.fault(error) is None:
            raise
        taken = False
    log.info("dead_letter_replayed", dead_letter=letter_id, taken=taken)
    if not taken:
        await inbox.pool.execute("UPDATE dead_letter SET replay_requested_at = NULL WHERE id = $1", letter_id)
    return taken


async def _take_in(inbox: Inbox, letter_id: int) -> bool:
    async with inbox.sink.begin() as taking:
        connection = taking.connection
        stream = stream_of(await connection.fetchval("SELECT stream FROM dead_letter WHERE id = $1", letter_id))
        await lock_checkpoint(connection, stream)
        letter = await connection.fetchrow(
            "SELECT epoch, position, raw FROM dead_letter WHERE id = $1 AND resolved_at IS NULL", letter_id
        )
        if letter is None:  # meanwhile it came again, or its place was taken back
            return False
        entry = entry_of(EntryId(letter["epoch"], letter["position"]), letter["raw"])
        received = read_entry(stream, entry, inbox.catalogue)
        if not isinstance(received, Received):
            return False
        await taking.take(stream, [received], inbox.clock())
        await connection.execute("UPDATE dead_letter SET resolved_at = $2 WHERE id = $1", letter_id, inbox.clock())
        await connection.execute("SELECT pg_notify('facts', '')")
        return True
