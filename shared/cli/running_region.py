"""A region that runs on this machine: reporting, and the teams that a state folder has.

Teams come and go while it runs.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.cli.history_loader import DEMONSTRATION, load_history
from shared.cli.running_service import Ground, RunningService
from shared.cli.screen import Screen
from shared.cli.team_list import KnownTeam, TeamList
from shared.contracts.platform import TeamOnboarded
from shared.contracts.slug import locality_name
from shared.kernel.errors import Conflict, NotFound
from shared.tenancy import registry
from shared.tenancy.admin import AdminUrls
from shared.tenancy.names import check_team
from shared.tenancy.provisioning import operator, remove_team

FIRST_TEAMS = ("blackpool", "lancaster")
TEAM_SERVICES = ("referral",)
REPORTING = "reporting"


@dataclass(frozen=True)
class Wanted:
    """How a region begins that is not there yet."""

    demonstration: bool = True
    months: int | None = None
    """Of history; all of it if not given."""


class RunningRegion:
    """All services of one state folder, from `start` to `stop`."""

    def __init__(self, state: Path, admin: AdminUrls, screen: Screen, wanted: Wanted) -> None:
        self._ground = Ground(state, admin, screen.say)
        self._admin = admin
        self._screen = screen
        self._wanted = wanted
        self._known = TeamList(state)
        self._lock = asyncio.Lock()
        self.reporting = RunningService(self._ground, None, REPORTING, self._ground.ports.public())
        self.teams: dict[str, RunningService] = {}

    async def start(self) -> None:
        """Everything is ready when this returns.

        Raises:
            CannotStart: a service did not start; the sentence says where its log is.
        """
        self._ground.record.end_leftovers()
        if self._known.is_new:
            for slug in FIRST_TEAMS:
                self._known.put(KnownTeam(slug, self._wanted.demonstration))
        known = self._known.all()
        for team in known:
            self._place(team)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._start_reporting())
            for team in known:
                group.create_task(self._start_team(team))

    async def live(self) -> None:
        """From now on a few things happen every minute in the teams whose families are invented."""
        for team in self._known.all():
            if team.demonstration and team.team in self.teams:
                await self._keep_living(self.teams[team.team])

    async def add(self, slug: str, *, demonstration: bool) -> RunningService:
        """A new team, or one that was removed; nothing else is started again.

        Raises:
            NotAName: no team can be called so.
            Conflict: it is there already.
        """
        check_team(slug)
        async with self._lock:
            if slug in self.teams:
                raise Conflict("team_exists", f"{locality_name(slug)} is there already: see `pairs team list`.")
            team = KnownTeam(slug, demonstration)
            service = self._place(team)
            try:
                await self._start_team(team)
            except BaseException:
                await self.teams.pop(slug).stop()
                raise
            if demonstration:
                await self._keep_living(service)
            return service

    async def remove(self, slug: str) -> None:
        """The team's service ends, and the region is told. Its database and what it published stay.

        Raises:
            NotFound: there is no such team.
        """
        async with self._lock:
            if slug not in self.teams:
                raise NotFound("team_unknown", f"There is no team {slug}: see `pairs team list`.")
            await self.teams.pop(slug).stop()
            await remove_team(self._admin, slug)
            self._known.remove(slug)

    async def stop(self) -> None:
        """Teams first, all at once, so that reporting hears the last of them; then reporting."""
        await asyncio.gather(*(team.stop() for team in self.teams.values()))
        await self.reporting.stop()

    def services(self) -> list[dict[str, Any]]:
        """One row for each service, for people and programs."""
        return [_row(service) for service in (self.reporting, *self.teams.values())]

    def _place(self, team: KnownTeam) -> RunningService:
        service = RunningService(self._ground, team.team, TEAM_SERVICES[0], self._ground.ports.public())
        self.teams[team.team] = service
        return service

    async def _start_reporting(self) -> None:
        await self.reporting.prepare()
        await self._start_service(self.reporting, "Starting the region's reporting")

    async def _start_team(self, team: KnownTeam) -> None:
        """The history comes before the process: one that was loaded half way was seen by nobody."""
        service, place = self.teams[team.team], locality_name(team.team)
        await service.prepare(anew=team.demonstration and not team.loaded)
        self._known.put(team)
        if team.demonstration and not team.loaded:
            what = f"Loading the history of {place}"
            self._screen.begin(what)
            async with service.simulated_time():
                await load_history(
                    service, self._wanted.months, lambda done, total: self._screen.advance(what, done, total)
                )
            self._known.put(KnownTeam(team.team, team.demonstration, loaded=True))
        await self._start_service(service, f"Starting {place}")
        await self._announce(team.team)

    async def _start_service(self, service: RunningService, what: str) -> None:
        self._screen.begin(what)
        await service.start()
        self._screen.end(what)

    async def _keep_living(self, service: RunningService) -> None:
        await service.keep(f"{service.name}.living", DEMONSTRATION, "living")

    async def _announce(self, slug: str) -> None:
        """Only what the registry does not say yet."""
        state = registry.TeamState(registry.Standing.ACTIVE, TEAM_SERVICES)
        async with operator(self._admin) as redis:
            if (await registry.teams(redis)).get(slug) != state:
                await registry.announce(redis, TeamOnboarded(team=slug, services=TEAM_SERVICES))


def _row(service: RunningService) -> dict[str, Any]:
    process: Sequence[Any] = service.processes[:1]
    return {
        "team": service.team,
        "service": service.service,
        "address": service.url,
        "pid": process[0].pid if process else None,
        "uptime_seconds": round(process[0].uptime) if process else None,
    }
