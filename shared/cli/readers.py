"""Who reads the streams: a service of the region every team's, a team's service its own team's and its like's."""

from collections.abc import Mapping
from typing import NamedTuple

import asyncpg

from shared import discovery
from shared.cli.looking import asked, tables_in
from shared.contracts.streams import Audience, Stream
from shared.database.migrations import head
from shared.manifest import Service
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name, redis_user
from shared.tenancy.registry import Standing, TeamState


class Reader(NamedTuple):
    """One service that reads, of one team or of the region."""

    team: str | None
    service: Service

    @property
    def name(self) -> str:
        """As its Redis user is called."""
        return redis_user(self.team, self.service.name)

    def url(self, admin: AdminUrls) -> str:
        """Of its database, for an operator."""
        return url_of(admin.postgres, database=database_name(self.team, self.service.name))

    async def fits(self, admin: AdminUrls) -> bool:
        """See `fits`."""
        return await fits(admin, self.team, self.service.name)

    def is_of(self, stream: Stream) -> bool:
        """Whether it must read the stream."""
        if self.team is None:
            return stream.audience is Audience.REGION
        if stream.audience is Audience.NETWORK:
            return self.service.is_networked and stream.service == self.service.name and stream.team != self.team
        is_heard = stream.audience is Audience.TEAM and stream.service in self.service.reads
        return is_heard and stream.team == self.team


def present(teams: Mapping[str, TeamState]) -> list[tuple[str, str]]:
    """Team and service of everything that the registry says is there."""
    return [
        (team, service) for team, it in teams.items() if it.standing is not Standing.LEFT for service in it.services
    ]


def readers(teams: Mapping[str, TeamState]) -> list[Reader]:
    """Every reader that there is, given what the registry says."""
    known = discovery.services()
    of_teams = [
        Reader(team, known[name]) for team, name in present(teams) if name in known and known[name].hears_anyone
    ]
    return [*(Reader(None, service) for service in discovery.of_region() if service.reads), *of_teams]


async def fits(admin: AdminUrls, team: str | None, service: str) -> bool:
    """Whether this code can read its database: that it is missing, or must be migrated, the doctor finds elsewhere."""
    if service not in discovery.services():
        return False
    try:
        found = await tables_in(url_of(admin.postgres, database=database_name(team, service)))
    except asyncpg.InvalidCatalogNameError:
        return False
    return bool(found and found.fit(head(service)))


async def checkpoints(admin: AdminUrls, reader: Reader) -> dict[str, asyncpg.Record]:
    """What it has read, by the stream's key."""
    async with asked(reader.url(admin)) as connection:
        return {row["stream"]: row for row in await connection.fetch("SELECT * FROM checkpoint ORDER BY stream")}


async def audit_heads(admin: AdminUrls, team: str | None, service: str) -> list[asyncpg.Record]:
    """Where the region heard that the audit trail of a team's service ended; nothing for the region's own."""
    heard: list[asyncpg.Record] = []
    if team is None:
        return heard
    for reader in readers({}):
        async with asked(reader.url(admin)) as connection:
            heard += await connection.fetch(_HEARD, Stream(team, service, Audience.REGION).key)
    return heard


_HEARD = "SELECT * FROM audit_head_heard WHERE stream = $1 ORDER BY number"
