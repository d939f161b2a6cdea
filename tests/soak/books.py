"""The ledger beside the databases, the outboxes, the logs of whoever hears them, and the region's facts."""

from collections import Counter
from collections.abc import Sequence

import asyncpg

from services.reporting.facts.database.rebuild import rebuild
from shared.contracts.streams import Audience, Stream
from shared.discovery import of_team
from shared.inbox.projection import tables_of
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from tests.guarantees.spine import IN_ORDER, rows, until
from tests.reporting.builders import PROJECTIONS
from tests.soak.installation import Soaked
from tests.soak.ledger import DEEDS, Deed, Ledger

HEARD_SECONDS = 120.0
_SAID = f"SELECT position, event_id, type FROM {IN_ORDER} WHERE audience = '{{}}' ORDER BY position NULLS LAST, seq"
_HEARD = "SELECT position, event_id, type FROM {} WHERE stream = '{}' ORDER BY position"


class Books:
    """Of every team that is soaked."""

    def __init__(self, soaked: Soaked, ledger: Ledger) -> None:
        self._soaked = soaked
        self._ledger = ledger

    async def errors(self) -> list[str]:
        """What is lost, doubled, out of order or made up; empty when the books agree."""
        teams = sorted(self._soaked.region.teams)
        found = [error for team in teams for deed in DEEDS for error in await self._deed(team, deed)]
        for team in teams:
            found += await self._facts(team)
            for said, by in self._streams(team):
                found += await self._heard(said, by)
        return found + await self._letters() + await self._folded()

    async def _deed(self, team: str, deed: Deed) -> list[str]:
        acknowledged = self._ledger.acknowledged[team, deed]
        found: list[str] = []
        for where, query in (("database", deed.recorded), ("outbox", deed.told)):
            names = [row["name"] for row in await self._rows(team, deed.service, query)]
            found += _differs(f"{team}: {deed.name} in the {where}", acknowledged, names)
        return found

    async def _facts(self, team: str) -> list[str]:
        found: list[str] = []
        for table in {deed.fact for deed in DEEDS}:
            deeds = [deed for deed in DEEDS if deed.fact == table]
            expected = sum(len(self._ledger.acknowledged[team, deed]) for deed in deeds)
            stream = Stream(team, deeds[0].service, Audience.REGION).key
            query = f"SELECT count(*) AS n FROM {table} WHERE stream = '{stream}'"
            [row] = await self._rows(None, "reporting", query)
            if row["n"] != expected:
                found.append(f"{team}: {row['n']} facts {table} of {expected}")
        return found

    def _streams(self, team: str) -> list[tuple[Stream, tuple[str | None, str, str]]]:
        """Each stream, and who keeps what it heard of it, in which table."""
        pairs: list[tuple[Stream, tuple[str | None, str, str]]] = []
        for speaker in of_team():
            pairs.append((Stream(team, speaker.name, Audience.REGION), (None, "reporting", "event_log")))
            hearers = [one for one in of_team() if speaker.name in one.reads]
            pairs += [(Stream(team, speaker.name, Audience.TEAM), (team, one.name, "inbox")) for one in hearers]
        return pairs

    async def _heard(self, stream: Stream, by: tuple[str | None, str, str]) -> list[str]:
        """Waits until all has arrived: in its order, each once."""
        team, service, table = by

        async def said() -> list[tuple[object, ...]]:
            return [tuple(row) for row in await self._rows(stream.team, stream.service, _SAID.format(stream.audience))]

        async def heard() -> list[tuple[object, ...]]:
            return [tuple(row) for row in await self._rows(team, service, _HEARD.format(table, stream.key))]

        async def is_equal() -> bool:
            return await heard() == await said()

        try:
            await until(is_equal, within_seconds=HEARD_SECONDS)
        except AssertionError:
            return [f"{stream.key}: {len(await said())} said, {len(await heard())} heard by {service}, not the same"]
        return []

    async def _letters(self) -> list[str]:
        hearers = [(None, "reporting")]
        hearers += [(team, one.name) for team in self._soaked.region.teams for one in of_team() if one.reads]
        query = "SELECT count(*) AS n FROM dead_letter"
        counted = {f"{team}.{service}": (await self._rows(team, service, query))[0]["n"] for team, service in hearers}
        return [f"{name}: {number} set aside" for name, number in counted.items() if number]

    async def _folded(self) -> list[str]:
        """The facts are those that the log gives when they are made of it anew."""
        before = await self._all_facts()
        await rebuild(self._url(None, "reporting"), PROJECTIONS, _untold)
        after = await self._all_facts()
        return [f"facts {table} are not those of the log" for table in before if before[table] != after[table]]

    async def _all_facts(self) -> dict[str, list[tuple[object, ...]]]:
        query = "SELECT * FROM {} ORDER BY stream, position"
        return {
            table: [tuple(row) for row in await self._rows(None, "reporting", query.format(table))]
            for table in tables_of(PROJECTIONS)
        }

    async def _rows(self, team: str | None, service: str, query: str) -> Sequence[asyncpg.Record]:
        return await rows(self._url(team, service), query)

    def _url(self, team: str | None, service: str) -> str:
        """For an operator."""
        return url_of(self._soaked.servers.postgres_admin_url, database=database_name(team, service))


def _untold(_done: int, _total: int) -> None:
    """Nobody watches."""


def _differs(what: str, expected: Sequence[str], found: Sequence[str]) -> list[str]:
    lost, made_up = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    doubled = [name for name, times in Counter(found).items() if times > 1]
    errors = {"lost": lost, "doubled": doubled, "nobody was told of": set(made_up) - set(doubled)}
    return [f"{what}: {len(names)} {how}, such as {sorted(names)[0]}" for how, names in errors.items() if names]
