"""What fails and is killed, in containers: what heals by itself, and what the same command typed again puts right."""

import subprocess
import sys
import time

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
