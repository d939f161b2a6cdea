"""Pytest plugin: real PostgreSQL and Redis for a test session, and a service of its own for each test.

    async def test_something(fresh_service, a_team):
        access = await fresh_service(a_team, "one")             # an empty, migrated database and a Redis user

One pair of embedded servers for each pytest-xdist worker, in a folder that is deleted afterwards (by the next session,
if this one is killed). `PAIRS_TEST_SERVERS=containers` takes the official images instead, where Docker answers.
"""

import itertools
import os
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import pytest

from deploy.local.servers import FolderInUse, Servers, discard, start_servers
from shared import discovery
from shared.database.migrations import upgrade
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import drop_database
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import operator, provision_service
from shared.tenancy.redis_door import ask
from shared.tenancy.secret_folder import SecretFolder
from shared.testing.containers import container_servers

_FOLDER = Path("/var/tmp")  # noqa: S108 - each one is locked, and its owner checked


class FreshService(Protocol):
    """Makes a service's database and Redis user, empty and migrated; both go when the test ends.

    `folder` takes other migrations than the service's own; `reads` names the team's services that it hears:
    those that its table of contents names, unless another test service is made.
    """

    def __call__(
        self, team: str | None, service: str, *, folder: Path | None = None, reads: Sequence[str] | None = None
    ) -> Coroutine[Any, Any, ServiceAccess]: ...


@pytest.fixture(scope="session")
def servers() -> Iterator[AdminUrls]:
    """The operators' addresses of both servers."""
    if os.environ.get("PAIRS_TEST_SERVERS") == "containers":
        with container_servers() as urls:
            yield urls
        return
    running = _start_in_the_first_free_folder()
    try:
        yield running.admin_urls
    finally:
        running.stop()
        discard(running.state)


@pytest.fixture
def new_team() -> Callable[[], str]:
    """Gives another slug each time."""
    return lambda: f"team-{secrets.token_hex(4)}"


@pytest.fixture
def a_team(new_team: Callable[[], str]) -> str:
    """The slug of a team that no other test has."""
    return new_team()


@pytest.fixture(scope="session")
def service_secrets(tmp_path_factory: pytest.TempPathFactory) -> SecretFolder:
    """The passwords of the services that tests make."""
    return SecretFolder(tmp_path_factory.mktemp("secrets"))


@pytest.fixture
async def emptied_servers(servers: AdminUrls) -> AdminUrls:
    """The same; all streams are empty when the test begins."""
    async with operator(servers) as redis:
        await ask(redis, "FLUSHALL")
    return servers


@pytest.fixture
async def fresh_service(emptied_servers: AdminUrls, service_secrets: SecretFolder) -> AsyncIterator[FreshService]:
    """See `FreshService`. All streams are empty when the test begins."""
    servers = emptied_servers
    made: list[tuple[str | None, str]] = []

    async def make(
        team: str | None, service: str, *, folder: Path | None = None, reads: Sequence[str] | None = None
    ) -> ServiceAccess:
        made.append((team, service))
        database = database_name(team, service)
        await drop_database(servers.postgres, database)
        known = discovery.services().get(service)
        if reads is None:
            reads = sorted(known.reads) if known else ()
        is_networked = known is not None and known.is_networked
        access = await provision_service(
            servers, team, service, service_secrets, reads=reads, is_networked=is_networked
        )
        if folder or known:
            await upgrade(servers.postgres, service, database, folder=folder)
        return access

    yield make
    async with operator(servers) as redis:
        for team, service in made:
            await drop_database(servers.postgres, database_name(team, service))
            await ask(redis, "ACL", "DELUSER", f"{team}.{service}" if team else service)


def _start_in_the_first_free_folder() -> Servers:
    for number in itertools.count():
        folder = _FOLDER / f"pairs-test-{os.geteuid()}-{number}"
        folder.mkdir(exist_ok=True, mode=0o711)
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            continue
        try:
            discard(folder)
            return start_servers(folder, durable=False)
        except FolderInUse:
            continue
    raise AssertionError
