"""The real processes of two teams and the region, as an operator would start them, for one test."""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import httpx
import uvicorn

from deploy.sign_in.organisation import MAPPING, Organisations, SignInPlace, organisation_of
from deploy.sign_in.provider import create_provider
from shared.contracts.platform import TeamOnboarded
from shared.streams.connection import connect
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.registry import announce
from shared.testing.provider_page import async_chooses
from shared.testing.servers import FreshService


@dataclass
class Running:
    """One service process."""

    url: str
    private_url: str
    log: Path
    process: asyncio.subprocess.Process
    database_url: str
    service: str
    environment: dict[str, str]

    @property
    def pid(self) -> int:
        return self.process.pid


@dataclass
class Network:
    """Starts services and announces teams; stops everything at the end."""

    admin: AdminUrls
    fresh_service: FreshService
    folder: Path
    provider_url: str
    """Where people sign in."""
    running: dict[str, Running] = field(default_factory=dict)

    async def start_team(self, team: str) -> Running:
        access = await self.fresh_service(team, "referral")
        secrets = {"PAIRS_TEAM": team, "PAIRS_REGION_KEY": os.urandom(32).hex()}
        return await self._start(team, "referral", access, secrets)

    async def start_reporting(self) -> Running:
        access = await self.fresh_service(None, "reporting")
        return await self._start(None, "reporting", access, {"PAIRS_SUBSCRIPTION_KEY": os.urandom(32).hex()})

    async def announce(self, team: str) -> None:
        async with connect(self.admin.redis) as redis:
            await announce(redis, TeamOnboarded(team=team, services=("referral",)))

    async def _start(self, team: str | None, service: str, access: ServiceAccess, more: dict[str, str]) -> Running:
        name, port, private_port = team or service, free_port(), free_port()
        url = f"http://127.0.0.1:{port}"
        organisation = organisation_of(team, "s" * 32, [SignInPlace(url)])
        Organisations(self.folder).put(organisation)
        log = self.folder / f"{name}.log"
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PAIRS_")},
            "PAIRS_DATABASE_URL": access.database_url,
            "PAIRS_REDIS_URL": access.redis_url,
            "PAIRS_PORT": str(port),
            "PAIRS_PRIVATE_PORT": str(private_port),
            "PAIRS_PUBLIC_URL": url,
            "PAIRS_SIGN_IN": "demonstration",
            "PAIRS_OPENID_ISSUER": f"{self.provider_url}/{organisation.name}",
            "PAIRS_OPENID_CLIENT_ID": organisation.name,
            "PAIRS_OPENID_CLIENT_SECRET": organisation.secret,
            "PAIRS_OPENID_MAPPING": str(MAPPING),
            "PAIRS_LOG_LEVEL": "debug",
            **more,
        }
        with log.open("wb") as output:
            process = await run(service, output, environment)
        self.running[name] = Running(
            url, f"http://127.0.0.1:{private_port}", log, process, access.database_url, service, environment
        )
        await until_ready(self.running[name])
        return self.running[name]

    async def start_again(self, name: str) -> Running:
        """Start a process that ended, as it was started before."""
        running = self.running[name]
        await running.process.wait()
        with running.log.open("ab") as output:
            running.process = await run(running.service, output, running.environment)
        await until_ready(running)
        return running

    async def stop(self) -> None:
        for running in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                running.process.terminate()
        for running in self.running.values():
            await asyncio.wait_for(running.process.wait(), 15)


async def run(service: str, output: IO[bytes], environment: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"services.{service}.app", stdout=output, stderr=output, env=environment
    )


async def until_ready(running: Running) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(300):
            with contextlib.suppress(httpx.TransportError):
                if (await client.get(f"{running.private_url}/readyz")).status_code == 200:
                    return
            assert running.process.returncode is None, running.log.read_text()
            await asyncio.sleep(0.1)
    raise AssertionError(running.log.read_text())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.asynccontextmanager
async def signed_in(service: Running, person: str) -> AsyncGenerator[httpx.AsyncClient]:
    """A browser without JavaScript, signed in as one of the people of the demonstration."""
    async with httpx.AsyncClient(
        base_url=service.url, follow_redirects=True, headers={"Origin": service.url}
    ) as client:
        answer = await async_chooses(client, await client.get("/sign-in"), person)
        assert answer.status_code == 200, answer.text
        yield client


@contextlib.asynccontextmanager
async def provider(folder: Path) -> AsyncGenerator[str]:
    """Where people sign in, for as long as a test takes; gives its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    app = create_provider(Organisations(folder), url)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    with socket.create_server(("127.0.0.1", port)) as listening:
        serving = asyncio.create_task(server.serve([listening]))
        yield url
        server.should_exit = True
        await serving
