"""What fails and is killed, in containers: what heals by itself, and what the same command typed again puts right."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.deploy.in_containers import (
    ENVIRONMENT,
    ROOT,
    asked,
    browser,
    containers,
    redis,
    refer,
    runs,
    take_away,
    team,
    wait_until,
)

pytestmark = [pytest.mark.timeout(1500), pytest.mark.usefixtures("region")]

COUNTED = "SELECT count(*) FROM referral"
SENT = "SELECT last_position FROM relay_state WHERE audience = 'region'"


def takes_a_referral(slug: str = "blackpool") -> bool:
    with browser(slug) as somebody:
        return "What happens next" in refer(somebody)


def in_redis(slug: str = "blackpool") -> str:
    """The last position on the stream of the team's referral service."""
    told = redis("XINFO", "STREAM", f"pairs:{{{slug}}}:referral:region").split()
    return told[told.index("last-generated-id") + 1].split("-")[1] if "last-generated-id" in told else ""


@pytest.mark.parametrize("container", ["postgres", "referral", "backup"])
def test_a_process_that_is_killed_is_back_by_itself_with_all_that_it_had(container: str) -> None:
    before, name = int(asked("blackpool", COUNTED)), f"/pairs-blackpool-{container}-1"
    started = containers()[name]

    pid = runs("docker", "inspect", "--format", "{{.State.Pid}}", name[1:]).stdout.strip()
    runs("kill", "-KILL", pid)

    assert wait_until(lambda: containers().get(name, started) != started)
    assert wait_until(lambda: team("doctor", "blackpool").returncode == 0, seconds=120)
    assert takes_a_referral()
    assert int(asked("blackpool", COUNTED)) == before + 1


def test_what_was_sent_while_redis_was_away_is_there_when_it_is_back() -> None:
    runs("docker", "kill", "pairs-redis-1")
    try:
        assert takes_a_referral()
        found = team("doctor")
    finally:
        runs("docker", "start", "pairs-redis-1")

    assert found.returncode != 0
    assert "redis exited" in found.stdout
    assert wait_until(lambda: in_redis() == asked("blackpool", SENT), seconds=60)


def test_a_redis_whose_volume_is_gone_is_made_anew_and_every_account_and_event_comes_back() -> None:
    runs("docker", "compose", "rm", "-sf", "redis", "secrets")  # the job that makes its file holds the volume too
    removed = runs("docker", "volume", "rm", "pairs_redis")
    try:
        assert removed.returncode == 0, removed.stderr
        assert takes_a_referral()
    finally:
        up = runs("docker", "compose", "up", "-d", "--wait")
    added = team("add", "blackpool")

    assert up.returncode == 0, up.stderr[-2000:]
    assert added.returncode == 0, added.stderr[-2000:]
    assert wait_until(lambda: in_redis() == asked("blackpool", SENT), seconds=60)
    assert wait_until(lambda: team("doctor").returncode == 0, seconds=120)


def test_an_add_that_is_killed_at_any_moment_and_run_again_by_two_at_once_ends_the_same() -> None:
    others = containers()
    for seconds in (2, 6, 15):
        killed = runs("timeout", "-s", "KILL", str(seconds), "deploy/team", "add", "preston", within=200)
        assert killed.returncode != 0
    began = time.monotonic()

    both = [
        subprocess.Popen(["deploy/team", "add", "preston"], cwd=ROOT, env=ENVIRONMENT, stdout=-1, stderr=-1, text=True)
        for _ in range(2)
    ]
    told = [one.communicate(timeout=600) for one in both]

    sys.stdout.write(f"\ntwo at once after three that were killed: {time.monotonic() - began:.0f} s\n")
    assert [one.returncode for one in both] == [0, 0], told
    assert takes_a_referral("preston")
    assert team("doctor", "preston").returncode == 0
    after = containers()
    assert {name: one for name, one in after.items() if name in others} == others
    assert len([name for name in after if name.startswith("/pairs-preston-")]) == len(
        [name for name in others if name.startswith("/pairs-blackpool-")]
    )


NEWER = "pairs-ops:local"


@pytest.fixture
def another_ops_image(tmp_path: Path) -> Iterator[None]:
    """In place of the one that made the region."""
    earlier = runs("docker", "image", "inspect", "--format", "{{.Id}}", NEWER).stdout.strip()
    (tmp_path / "Dockerfile").write_text(f"FROM {NEWER}\nLABEL another=yes\n")
    built = runs("docker", "build", "-q", "-t", NEWER, str(tmp_path))
    assert built.returncode == 0, built.stderr
    yield
    runs("docker", "tag", earlier, NEWER)


@pytest.mark.usefixtures("another_ops_image")
def test_a_region_is_brought_up_with_another_ops_image_and_teams_go_on_and_lose_nothing() -> None:
    teams = {name: one for name, one in containers().items() if name.startswith("/pairs-blackpool-")}

    up = runs("docker", "compose", "up", "-d", "--wait", within=300)

    assert up.returncode == 0, up.stderr[-2000:]
    assert {name: one for name, one in containers().items() if name in teams} == teams
    assert takes_a_referral()
    assert wait_until(lambda: in_redis() == asked("blackpool", SENT), seconds=60)
    assert wait_until(lambda: team("doctor").returncode == 0, seconds=120)


DISK = "pairs-chorley-disk"
MEBIBYTES = 400


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Under Chorley's PostgreSQL, and kept while that starts anew."""
    volume = "pairs-chorley_postgres"
    size = f"o=size={MEBIBYTES}m"
    runs("docker", "volume", "create", "--opt", "type=tmpfs", "--opt", "device=tmpfs", "--opt", size, volume)
    words = ("-u", "0:0", "--network", "none", "-v", f"{volume}:/disk", "--entrypoint", "sleep")
    held = runs("docker", "run", "-d", "--name", DISK, *words, "pairs-ops:local", "3600")
    assert held.returncode == 0, held.stderr
    yield
    forgets = ("run", "--rm", "--no-deps", "-T", "leave", "forget", "chorley")
    runs(
        "docker", "compose", "--project-directory", ".", "-f", "deploy/compose/team.yml", *forgets, PAIRS_TEAM="chorley"
    )
    take_away("chorley", "")


CROWDS = "CREATE TABLE crowd AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 100000) AS n"


@pytest.mark.usefixtures("small_disk")
def test_a_team_whose_disk_is_full_says_so_while_others_work_and_is_well_again_when_there_is_room() -> None:
    added = team("add", "chorley")
    assert added.returncode == 0, added.stderr[-2000:]
    assert takes_a_referral("chorley")
    before = int(asked("chorley", COUNTED))
    runs("docker", "exec", DISK, "sh", "-c", "cat /dev/zero > /disk/filler")
    asked("chorley", CROWDS)

    with browser("chorley") as somebody:
        page = somebody.post("/refer")
        for _ in range(60):
            if page.status_code == 503:
                break
            page = somebody.post("/refer")
    found = team("doctor", "chorley")
    assert takes_a_referral("blackpool")
    runs("docker", "exec", DISK, "rm", "/disk/filler")

    assert page.status_code == 503
    assert found.returncode != 0
    assert wait_until(lambda: comes_through("chorley"), seconds=120)
    assert int(asked("chorley", COUNTED)) > before
    assert wait_until(lambda: team("doctor", "chorley").returncode == 0, seconds=120)


def comes_through(slug: str) -> bool:
    """A referral, where a page may still say that it does not just now."""
    try:
        return takes_a_referral(slug)
    except (AssertionError, KeyError, httpx.HTTPError):
        return False


def engine_that_may_be_killed() -> tuple[int, list[bytes], list[bytes]]:
    """Its process, and with what words and variables it was started; skips where others would suffer for it."""
    if (
        runs("docker", "ps", "-q").stdout.split()
        != runs("docker", "ps", "-q", "--filter", "name=^pairs-").stdout.split()
    ):
        pytest.skip("other containers run here: the Engine was not killed")
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # whatever ended meanwhile
            if (process / "comm").read_text(encoding="utf-8").strip() == "dockerd" and os.geteuid() == 0:
                words, variables = ((process / name).read_bytes().split(b"\0")[:-1] for name in ("cmdline", "environ"))
                return int(process.name), words, variables
    pytest.skip("the Engine's process is not ours to kill here")


def test_an_engine_that_is_killed_is_back_with_every_container_and_all_that_was_sent() -> None:
    process, words, variables = engine_that_may_be_killed()
    assert takes_a_referral()
    before, running = int(asked("blackpool", COUNTED)), set(containers())

    os.kill(process, signal.SIGKILL)
    began = time.monotonic()
    if not wait_until(lambda: runs("docker", "version").returncode == 0, seconds=5):  # nothing supervises it here
        environment = dict(one.split(b"=", 1) for one in variables)
        log = subprocess.DEVNULL
        subprocess.Popen(words, env=environment, start_new_session=True, stdout=log, stderr=log)

    assert wait_until(lambda: set(containers()) == running, seconds=120)
    assert wait_until(lambda: comes_through("blackpool"), seconds=120)
    sys.stdout.write(f"\na referral was taken {time.monotonic() - began:.0f} s after the Engine was killed\n")
    assert int(asked("blackpool", COUNTED)) == before + 1
    assert wait_until(lambda: in_redis() == asked("blackpool", SENT), seconds=60)
    assert wait_until(lambda: team("doctor").returncode == 0, seconds=120)
