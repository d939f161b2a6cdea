"""Replicas of a reader share the teams that they read: each team is read by the one that holds its lease.

A lease is a row that its holder renews every second and that ends by itself three seconds after the last time, by the
database's clock. Each replica holds as many teams as its share is, gives back what is more than that once it reads them
no longer, and takes what nobody holds. A replica that is killed loses its session with the database, and with that all
that it held, at once; one that hangs, when its leases end. So the others read its teams within five seconds.

A lease shares work and proves nothing: a replica that was thought dead and reads on stores nothing twice, because what
is stored and the checkpoint commit together under the checkpoint's lock.
"""

from collections.abc import Collection
from uuid import UUID

import asyncpg

from shared.kernel.identifiers import new_id
from shared.kernel.postgres import Connection

ROUND_SECONDS = 1.0
"""Between one renewal and the next."""
ENDS_AFTER_SECONDS = 3.0
"""Of the last renewal: two may be missed."""


class Leases:
    """Those of one replica. It holds none before its first round.

    Args:
        pool: of the service's database, which says who holds what, and what time it is. One connection of it is kept.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.holder: UUID = new_id()
        self._pool = pool
        self._session: Connection | None = None

    async def hold(self, teams: Collection[str]) -> frozenset[str]:
        """Renew what it holds of these teams and take what nobody holds, up to its share; gives what it holds now.

        It may be more than its share: what it then reads no longer, it gives back.
        """
        session = await self._alive()
        async with session.transaction():
            await session.execute(_SEEN, self.holder)
            await session.execute(_GONE, ENDS_AFTER_SECONDS)
            held = await session.fetch(_RENEW, self.holder, list(teams), ENDS_AFTER_SECONDS)
            room = await self._share(session, len(teams)) - len(held)
            taken = await session.fetch(_TAKE, self.holder, list(teams), ENDS_AFTER_SECONDS, max(room, 0))
        return frozenset(row["team"] for row in (*held, *taken))

    async def too_many(self, held: Collection[str], of: int) -> frozenset[str]:
        """Which of the teams it holds are more than its share: the last by name, so that every round says the same.

        Args:
            of: how many teams there are.
        """
        share = await self._share(await self._alive(), of)
        return frozenset(sorted(held)[share:])

    async def give_back(self, teams: Collection[str]) -> None:
        """Somebody else may have them at once."""
        await self._pool.execute(_GIVE_BACK, self.holder, list(teams))

    async def leave(self) -> None:
        """All that it holds; it is no replica any more."""
        session, self._session = self._session, None
        if session is not None:
            try:
                await session.execute("DELETE FROM reader_lease WHERE holder = $1", self.holder)
                await session.execute("DELETE FROM reader_replica WHERE id = $1", self.holder)
                await session.execute("SELECT pg_advisory_unlock_all()")
            finally:
                await self._pool.release(session)  # pyright: ignore[reportArgumentType] - it came from there

    async def _alive(self) -> Connection:
        """The session whose lock says that this replica lives."""
        if self._session is not None and self._session.is_closed():
            lost, self._session = self._session, None
            await self._pool.release(lost)  # pyright: ignore[reportArgumentType] - it came from there
        if self._session is None:
            self._session = await self._pool.acquire()
            await self._session.execute(_HOLDS_NOBODY_UP)
            await self._session.execute(_LIVES, str(self.holder))
        return self._session

    async def _share(self, session: Connection, teams: int) -> int:
        replicas = await session.fetchval("SELECT count(*) FROM reader_replica") or 1
        return -(-teams // replicas)


_HOLDS_NOBODY_UP = "SET lock_timeout = '1s'; SET idle_in_transaction_session_timeout = '2s'"
"""A replica that is stopped in the middle of a round keeps its rows from the others no longer than its leases."""
_LIVES = "SELECT pg_advisory_lock(hashtext('reader_replica'), hashtext($1))"
_SEEN = """
INSERT INTO reader_replica (id, seen_at) VALUES ($1, clock_timestamp())
ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
"""
_GONE = """
DELETE FROM reader_replica
WHERE seen_at < clock_timestamp() - make_interval(secs => $1) OR NOT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND classid = hashtext('reader_replica')::oid
      AND objid = hashtext(reader_replica.id::text)::oid
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)
"""
_RENEW = """
UPDATE reader_lease SET ends_at = clock_timestamp() + make_interval(secs => $3)
WHERE holder = $1 AND team = ANY($2::text[]) RETURNING team
"""
_TAKE = """
INSERT INTO reader_lease AS lease (team, holder, ends_at)
SELECT team, $1, clock_timestamp() + make_interval(secs => $3) FROM unnest($2::text[]) AS wanted (team)
WHERE NOT EXISTS (
    SELECT FROM reader_lease held JOIN reader_replica ON reader_replica.id = held.holder
    WHERE held.team = wanted.team AND held.ends_at >= clock_timestamp()
)
ORDER BY team LIMIT $4
ON CONFLICT (team) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at
WHERE lease.ends_at < clock_timestamp() OR NOT EXISTS (SELECT FROM reader_replica WHERE id = lease.holder)
RETURNING team
"""
_GIVE_BACK = "DELETE FROM reader_lease WHERE holder = $1 AND team = ANY($2::text[])"
