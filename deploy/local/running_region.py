"""A region that runs on this machine: its own services, and the teams that a state folder has with theirs.

Teams come and go while it runs.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis.exceptions import RedisError

from deploy.local.copied_process import is_loaded
from deploy.local.history_heard import has_heard
from deploy.local.history_loader import load_history
from deploy.local.running_service import Ground, RunningService
from deploy.local.screen import Screen
from deploy.local.team_list import KnownTeam, TeamList
from shared import discovery
from shared.contracts.slug import locality_name
from shared.contracts.streams import Audience, Stream
from shared.kernel.errors import Conflict, NotFound
from shared.tenancy.admin import AdminUrls
from shared.tenancy.names import check_team
from shared.tenancy.provisioning import announce_team, remove_team

_TEAM = Audience.TEAM
_ANNOUNCED_EVERY_SECONDS = 5
FIRST_TEAMS = ("blackpool", "lancaster")


@dataclass(frozen=True)
class Wanted:
    """How a region begins that is not there yet."""

    demonstration: bool = True
    months: int | None = None
    """Of history; all of it if not given."""
    fast: bool = False
    """One thing after the other goes on in invented teams, at any hour."""


class RunningRegion:
    """All services of one state folder, from `start` to `stop`."""

    def __init__(self, state: Path, admin: AdminUrls, screen: Screen, wanted: Wanted) -> None:
        self._ground = Ground(state, admin, screen.say)
        self._admin = admin
        self._screen = screen
        self._wanted = wanted
        self._known = TeamList(state)
        self._lock = asyncio.Lock()
        self.region = [RunningService(self._ground, None, service) for service in discovery.of_region()]
        self.teams: dict[str, list[RunningService]] = {}
        self._ground.sign_in.put(None, [service.url for service in self.region])

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
        await is_loaded()
        await self._ground.sign_in.start(self._ground.record, self._ground.logs / "sign-in.log", self._screen.say)
        async with asyncio.TaskGroup() as group:
            for service in self.region:
                group.create_task(self._start_for_the_region(service))
            for team in known:
                group.create_task(self._start_team(team))

    async def live(self) -> None:
        """From now on a few things happen every minute in the teams whose families are invented."""
        for team in self._known.all():
            if team.demonstration and team.team in self.teams:
                await self._keep_living(team.team)

    async def add(self, slug: str, *, demonstration: bool) -> None:
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
            self._place(team)
            try:
                await self._start_team(team)
            except BaseException:
                await _stop(self.teams.pop(slug))
                raise
            if demonstration:
                await self._keep_living(slug)

    async def remove(self, slug: str) -> None:
        """The team's services end, and the region is told. Its databases and what it published stay.

        Raises:
            NotFound: there is no such team.
        """
        async with self._lock:
            if slug not in self.teams:
                raise NotFound("team_unknown", f"There is no team {slug}: see `pairs team list`.")
            await _stop(self.teams.pop(slug))
            await remove_team(self._admin, slug)
            self._known.remove(slug)

    async def stop(self) -> None:
        """Teams first, all at once, so that the region hears the last of them."""
        await asyncio.gather(*(_stop(services) for services in self.teams.values()))
        await _stop(self.region)
        await self._ground.sign_in.stop()

    def services(self) -> list[dict[str, Any]]:
        """One row for each service, for people and programs."""
        return [_row(one) for services in (self.region, *self.teams.values()) for one in services]

    def processes(self) -> list[dict[str, Any]]:
        """Those that should be there, for the doctor to ask."""
        everything = [one for services in (self.region, *self.teams.values()) for one in services]
        services = [{"name": one.name, "private_port": one.private_port} for one in everything]
        return [*services, self._ground.sign_in.row()]

    async def keep_announced(self) -> None:
        """Until cancelled: a Redis that lost the registry is told again which teams there are."""
        while True:
            await asyncio.sleep(_ANNOUNCED_EVERY_SECONDS)
            async with self._lock:
                for team in list(self.teams):
                    with contextlib.suppress(RedisError, OSError):  # the next round is soon
                        await announce_team(self._admin, team, [service.name for service in discovery.of_team()])

    def _place(self, team: KnownTeam) -> None:
        """Those that come after another one stand after it, in the bar that leads between them too."""
        in_order = sorted(discovery.of_team(), key=lambda service: (service.history_after, service.name))
        services = [RunningService(self._ground, team.team, service) for service in in_order]
        beside = {one.service.name.capitalize(): one.port for one in services}
        for service in services:
            service.beside = beside if len(beside) > 1 else {}
        self.teams[team.team] = services
        self._ground.sign_in.put(team.team, [service.url for service in services])

    async def _start_for_the_region(self, service: RunningService) -> None:
        await service.prepare()
        await self._start_services([service], f"Starting {service.service.title}")

    async def _start_team(self, team: KnownTeam) -> None:
        """A history comes before the processes, but for one that is about another's: it comes once that was heard."""
        services, place = self.teams[team.team], locality_name(team.team)
        begins = team.demonstration and not team.loaded
        for service in services:
            await service.prepare(anew=begins)
        self._known.put(team)
        if begins:
            for service in services:
                if not service.service.history_after:
                    await self._load_history(service)
        await self._start_services(services, f"Starting {place}")
        await announce_team(self._admin, team.team, [service.name for service in discovery.of_team()])
        if begins:
            for service in services:
                if service.service.history_after:
                    await has_heard(self._admin, service.name, Stream(team.team, service.service.history_after, _TEAM))
                    await self._load_history(service)
            self._known.put(KnownTeam(team.team, team.demonstration, loaded=True))

    async def _load_history(self, service: RunningService) -> None:
        if not service.service.has_demonstration:
            return
        what = f"Loading the history of {service.title}"
        self._screen.begin(what)
        async with service.simulated_time():
            await load_history(
                service, self._wanted.months, lambda done, total: self._screen.advance(what, done, total)
            )

    async def _start_services(self, services: Sequence[RunningService], what: str) -> None:
        self._screen.begin(what)
        async with asyncio.TaskGroup() as group:
            for service in services:
                group.create_task(service.start())
        self._screen.end(what)

    async def _keep_living(self, team: str) -> None:
        living = ("living", *(["--fast"] if self._wanted.fast else []))
        for service in self.teams[team]:
            if service.service.has_demonstration:
                await service.keep(f"{service.name}.living", f"{service.service.package}.demonstration", *living)


async def _stop(services: Sequence[RunningService]) -> None:
    await asyncio.gather(*(service.stop() for service in services))


def _row(service: RunningService) -> dict[str, Any]:
    process = service.processes[:1]
    return {
        "team": service.team,
        "service": service.service.name,
        "address": service.url,
        "pid": process[0].pid if process else None,
        "uptime_seconds": round(process[0].uptime) if process else None,
    }
