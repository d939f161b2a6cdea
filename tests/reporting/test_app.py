"""Reporting as a process."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import Mapping

import httpx
import pytest

from services.reporting.contents import SERVICE
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import url_of
from shared.testing.events import Feed
from tests.process_memory import megabytes, most_megabytes
from tests.reporting.builders import a_referral


def environment_of(access: ServiceAccess, **changes: str) -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        port, private_port = one.getsockname()[1], other.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PAIRS_")}
    return {
        **own,
        "PAIRS_DATABASE_URL": access.database_url,
        "PAIRS_REDIS_URL": access.redis_url,
        "PAIRS_SUBSCRIPTION_KEY": "00" * 32,
        "PAIRS_PORT": str(port),
        "PAIRS_PRIVATE_PORT": str(private_port),
        "PAIRS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        **changes,
    }


async def start(environment: Mapping[str, str], *arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.reporting.app",
        *arguments,
        env=dict(environment),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_it_serves_and_reads_until_it_is_told_to_stop(access: ServiceAccess) -> None:
    environment = environment_of(access)
    process = await start(environment)

    try:
        ready = await _readiness(f"http://127.0.0.1:{environment['PAIRS_PRIVATE_PORT']}/readyz")
        taken = megabytes(process.pid)
        sign_in = await _status(f"{environment['PAIRS_PUBLIC_URL']}/")
    finally:
        process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.communicate(), 15)

    assert ready == {"status": "ok"}
    assert taken < most_megabytes(SERVICE)
    assert sign_in == 303
    assert process.returncode == 0


async def test_a_wrong_setting_stops_it_with_78_and_a_sentence(access: ServiceAccess) -> None:
    process = await start(environment_of(access, PAIRS_PORT="none"))

    _, said = await process.communicate()

    assert process.returncode == 78
    assert said.startswith(b"PAIRS_PORT: ")


async def test_a_rebuild_says_from_how_many_events_facts_were_made_and_of_how_many_teams_figures(
    access: ServiceAccess, servers: AdminUrls, feed: Feed
) -> None:
    await feed.take_in("blackpool", *[a_referral()] * 30)
    database = access.database_url.rpartition("/")[2]
    process = await start(
        environment_of(access, PAIRS_DATABASE_URL=url_of(servers.postgres, database=database)), "rebuild", "--json"
    )

    told, said = await process.communicate()

    assert process.returncode == 0, said
    assert json.loads(told) == {"events": 30, "teams": 1}


@pytest.mark.parametrize("arguments", [["rebuild", "now"], ["serve"]])
async def test_words_that_it_does_not_know_are_refused(access: ServiceAccess, arguments: list[str]) -> None:
    process = await start(environment_of(access), *arguments)

    _, said = await asyncio.wait_for(process.communicate(), 15)

    assert process.returncode == 2
    assert b"rebuild" in said


async def _readiness(address: str) -> dict[str, object]:
    async with httpx.AsyncClient() as client, asyncio.timeout(60):
        while True:
            with contextlib.suppress(httpx.TransportError):
                answer = await client.get(address)
                if answer.status_code == 200:
                    return answer.json()
            await asyncio.sleep(0.1)


async def _status(address: str) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.get(address)).status_code
