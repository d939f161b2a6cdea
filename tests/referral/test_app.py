"""The referral service as a process."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from services.referral.contents import SERVICE
from shared import process as service_process
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.testing.servers import FreshService


def environment_of(**settings: str) -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        port, private_port = one.getsockname()[1], other.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PAIRS_")}
    return {
        **own,
        "PAIRS_TEAM": "blackpool",
        "PAIRS_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "PAIRS_REDIS_URL": "redis://127.0.0.1:1/0",
        "PAIRS_REGION_KEY": "ab" * 32,
        "PAIRS_PORT": str(port),
        "PAIRS_PRIVATE_PORT": str(private_port),
        "PAIRS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        **settings,
    }


async def start(environment: Mapping[str, str], stdout: Any = asyncio.subprocess.PIPE) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.referral.app",
        env=dict(environment),
        stdout=stdout,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_it_serves_and_relays_until_it_is_told_to_stop(fresh_service: FreshService, a_team: str) -> None:
    access = await fresh_service(a_team, "referral")
    environment = environment_of(
        PAIRS_TEAM=a_team,
        PAIRS_DATABASE_URL=access.database_url,
        PAIRS_REDIS_URL=access.redis_url,
        PAIRS_PHONE_LINE="01632 960 001",
        PAIRS_UPPER_AGE_YEARS="5",
        PAIRS_TRIAGE_TARGET_WORKING_DAYS="10",
    )
    process = await start(environment)

    try:
        ready = await _ready(f"http://127.0.0.1:{environment['PAIRS_PRIVATE_PORT']}/readyz")
        async with httpx.AsyncClient() as client:
            page = await client.get(f"{environment['PAIRS_PUBLIC_URL']}/refer")
    finally:
        process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.communicate(), 15)

    assert ready == {"status": "ok"}
    assert "01632 960 001" in page.text
    assert process.returncode == 0


async def test_it_ends_when_its_relay_does_so_that_it_is_started_again(
    fresh_service: FreshService, servers: AdminUrls, a_team: str
) -> None:
    access = await fresh_service(a_team, "referral")
    environment = environment_of(
        PAIRS_TEAM=a_team, PAIRS_DATABASE_URL=access.database_url, PAIRS_REDIS_URL=access.redis_url
    )
    process = await start(environment)
    await _ready(f"http://127.0.0.1:{environment['PAIRS_PRIVATE_PORT']}/readyz")

    async with connected(url_of(servers.postgres, database=database_name(a_team, "referral"))) as connection:
        await connection.execute("DELETE FROM relay_state")  # nobody thought of this
    said, wrong = await asyncio.wait_for(process.communicate(), 30)

    assert process.returncode == 70
    assert '"loop": "relay"' in said.decode()
    assert "Traceback" not in wrong.decode()


async def test_a_full_disk_ends_nothing() -> None:
    environment = environment_of()  # with nothing to relay to, it has something to say, again and again
    full = os.open("/dev/full", os.O_WRONLY)
    process = await start(environment, stdout=full)
    os.close(full)
    try:
        alive = f"http://127.0.0.1:{environment['PAIRS_PRIVATE_PORT']}/livez"
        await _ready(alive)
        await asyncio.sleep(2)
        assert await _ready(alive) == {"status": "ok"}
        assert process.returncode is None
    finally:
        process.kill()
        await process.wait()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"PAIRS_TEAM": ""}, "PAIRS_TEAM"),
        ({"PAIRS_UPPER_AGE_YEARS": "3"}, "PAIRS_UPPER_AGE_YEARS: "),
        ({"PAIRS_TRIAGE_TARGET_WORKING_DAYS": "0"}, "PAIRS_TRIAGE_TARGET_WORKING_DAYS: "),
        ({"PAIRS_UPER_AGE_YEARS": "2"}, "PAIRS_UPER_AGE_YEARS is not a setting of this service"),
        ({"PAIRS_MEASURES_FOLDER": "/nowhere"}, "PAIRS_MEASURES_FOLDER: /nowhere is not a folder of measures"),
        ({"PAIRS_USUAL_MEASURES": "EPDS,EPSD"}, "PAIRS_USUAL_MEASURES: name measures by their codes"),
        ({"PAIRS_REGION_KEY": ""}, "PAIRS_REGION_KEY is missing"),
        ({"PAIRS_SIGN_IN": "demonstration", "PAIRS_PUBLIC_URL": "https://blackpool.pairs.example"}, "lets anyone in"),
    ],
)
def test_a_wrong_setting_stops_it_with_78_and_a_sentence(
    wrong: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["app"])
    monkeypatch.setattr(
        service_process, "configure_logging", lambda **_: None
    )  # of this process, which runs other tests
    for name, value in environment_of(**wrong).items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit) as ended:
        service_process.main(SERVICE)

    said = capsys.readouterr().err
    assert ended.value.code == 78
    assert sentence in said
    assert said.count("\n") == 1


async def _ready(url: str) -> object:
    async with httpx.AsyncClient() as client, asyncio.timeout(60):
        while True:
            with contextlib.suppress(httpx.ConnectError):
                answer = await client.get(url)
                if answer.status_code == 200:
                    return answer.json()
            await asyncio.sleep(0.1)
