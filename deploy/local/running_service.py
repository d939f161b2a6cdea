"""One service of `pairs up`: its database and Redis user made, its tables up to date, its process ready."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.local.kept_process import KeptProcess
from deploy.local.process_record import ProcessRecord
from deploy.local.running_sign_in import RunningSignIn
from deploy.local.servers import CannotStart
from deploy.local.service_environment import Ports, ServiceEnvironment, Whereabouts, url_at
from shared.contracts.slug import locality_name
from shared.database.migrations import current, newest, upgrade
from shared.kernel.settings import PREFIX
from shared.manifest import Service
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import drop_database, let_time_be_simulated, url_of
from shared.tenancy.names import database_name, redis_user
from shared.tenancy.provisioning import provision_service
from shared.tenancy.secret_folder import SecretFolder

_READY_SECONDS = 60.0


class Ground:
    """What all services of one `pairs up` stand on.

    Args:
        say: tells people a sentence.
    """

    def __init__(self, state: Path, admin: AdminUrls, say: Callable[[str], None]) -> None:
        self.admin = admin
        self.say = say
        self.secrets = SecretFolder(state / "secrets")
        self.environments = ServiceEnvironment(state, self.secrets)
        self.ports = Ports()
        self.sign_in = RunningSignIn(state, self.secrets, self.ports)
        self.record = ProcessRecord(state)
        self.logs = state / "log"
        self.logs.mkdir(exist_ok=True, mode=0o700)


class RunningService:
    """A service of a team, or of the region when `team` is None."""

    def __init__(self, ground: Ground, team: str | None, service: Service) -> None:
        self.team = team
        self.service = service
        self.port = ground.ports.public()
        self.name = redis_user(team, service.name)
        self.environment: dict[str, str] = {}
        self.beside: dict[str, int] = {}
        """Ports of its team's services, by their names; known before it is prepared."""
        self._ground = ground
        self.private_port = ground.ports.private()
        self._database = database_name(team, service.name)
        self.processes: list[KeptProcess] = []

    @property
    def title(self) -> str:
        """As its users know it."""
        return self.service.title.format(place=locality_name(self.team or ""))

    @property
    def url(self) -> str:
        return url_at(self.port)

    async def prepare(self, *, anew: bool = False) -> None:
        """Database, Redis user and tables, as far as they are not there.

        Args:
            anew: without what is in the database, because a killed run left it half made.
        """
        ground = self._ground
        if anew:
            await drop_database(ground.admin.postgres, self._database)
        access = await provision_service(
            ground.admin,
            self.team,
            self.service.name,
            ground.secrets,
            reads=sorted(self.service.reads),
            is_networked=self.service.is_networked,
        )
        await self._migrate()
        self.environment = self._environment(access)

    async def start(self) -> None:
        """Its process is ready when this returns. Raises CannotStart when it is not after a minute."""
        process = await self.keep(self.name, f"{self.service.package}.app")
        end = time.monotonic() + _READY_SECONDS
        while not await _is_ready(self.private_port):
            process.check_first_start()
            if time.monotonic() > end:
                raise CannotStart("not_ready", f"{self.name} is not ready after a minute. Its log: {process.log}")
            await asyncio.sleep(0.05)

    async def keep(self, name: str, *module: str) -> KeptProcess:
        """Start a module with this service's settings, and keep it running."""
        process = KeptProcess(
            name=name,
            words=module,
            environment=self.environment,
            log=self.log(name),
            record=self._ground.record,
            say=self._ground.say,
        )
        self.processes.append(process)
        await process.start()
        return process

    @asynccontextmanager
    async def simulated_time(self) -> AsyncGenerator[None]:
        """While the body runs, entries of the audit trail say when an invented history happened."""
        admin = self._ground.admin.postgres
        await let_time_be_simulated(admin, self._database, allowed=True)
        try:
            yield
        finally:
            await let_time_be_simulated(admin, self._database, allowed=False)

    def log(self, name: str) -> Path:
        return self._ground.logs / f"{name}.log"

    async def stop(self) -> None:
        """What was started last ends first."""
        for process in reversed(self.processes):
            await process.stop()
        for port in (self.port, self.private_port):
            self._ground.ports.give_back(port)

    async def _migrate(self) -> None:
        admin = self._ground.admin.postgres
        if await current(url_of(admin, database=self._database)) != newest(self.service.name):
            await upgrade(admin, self.service.name, self._database)

    def _environment(self, access: ServiceAccess) -> dict[str, str]:
        invented = {f"{PREFIX}{name.upper()}": value for name, value in self.service.demonstration_settings.items()}
        return invented | self._ground.environments.of(
            name=self.name,
            team=self.team,
            keys=self.service.secrets,
            access=access,
            where=Whereabouts(self.port, self.private_port, self.beside),
            sign_in=self._ground.sign_in.settings_of(self.team),
        )


async def _is_ready(port: int) -> bool:
    """Asks /readyz, and gives it two seconds."""
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return b" 200 " in await reader.readline()
            finally:
                writer.close()
    return False
