"""A team as the stack that `deploy/team render SLUG --stack` prints, in a Docker Swarm of this machine."""

import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.deploy.in_containers import (
    ENVIRONMENT,
    LEAST_SHOWN,
    ROOT,
    browser,
    containers,
    refer,
    runs,
    team,
    wait_until,
)

pytestmark = [pytest.mark.timeout(1500), pytest.mark.usefixtures("region")]

SLUG = "blackpool"
NETWORKS = ("pairs_bus", f"pairs-{SLUG}_own", f"pairs-{SLUG}_out")
HEARD = f"SELECT coalesce(max(position), 0) FROM checkpoint WHERE stream = 'pairs:{{{SLUG}}}:referral:region'"


@pytest.fixture
def swarm() -> Iterator[None]:
    """This machine alone, with the networks that docs/scaling.md says; left at the end."""
    if runs("docker", "info", "--format", "{{.Swarm.LocalNodeState}}").stdout.strip() != "inactive":
        pytest.skip("this machine is of a Swarm already: it was not tried here")
    begun = runs("docker", "swarm", "init", "--advertise-addr", "127.0.0.1")
    if begun.returncode:
        pytest.skip(f"no Swarm can be begun here: {begun.stderr.strip()}")
    try:
        for name in NETWORKS:
            made = runs("docker", "network", "create", "-d", "overlay", "--attachable", f"{name}-swarm")
            assert made.returncode == 0, made.stderr
        joined = runs("docker", "network", "connect", "--alias", "redis", "pairs_bus-swarm", "pairs-redis-1")
        assert joined.returncode == 0, joined.stderr
        yield
    finally:
        runs("docker", "stack", "rm", SLUG)
        wait_until(lambda: not tasks(), seconds=60)
        runs("docker", "network", "disconnect", "pairs_bus-swarm", "pairs-redis-1")
        for name in NETWORKS:
            runs("docker", "network", "rm", f"{name}-swarm")
        runs("docker", "swarm", "leave", "--force")
        # whoever leaves a Swarm forgets what is called how on its bridges, until it is started again
        runs("docker", "restart", *(one for one, _ in containers().values()))


def tasks(service: str = "") -> list[str]:
    """Containers of the stack that run."""
    names = runs("docker", "ps", "--format", "{{.Names}}", "--filter", f"name=^{SLUG}_{service}").stdout
    return names.split()


def heard() -> int:
    """How many of what the team's referral service publishes the region has read."""
    psql = ("psql", "-U", "postgres", "-d", "pairs_reporting", "-Atc", HEARD)
    return int(runs("docker", "exec", "pairs-postgres-1", *psql).stdout)


def comes_through() -> bool:
    try:
        with browser(SLUG) as somebody:
            return "What happens next" in refer(somebody)
    except (AssertionError, KeyError, httpx.HTTPError):
        return False


@pytest.mark.usefixtures("swarm")
def test_a_referral_goes_through_a_stack_to_the_region_and_what_ends_there_is_started_again() -> None:
    mine = runs("docker", "ps", "-q", "--filter", f"label=com.docker.compose.project=pairs-{SLUG}").stdout.split()
    runs("docker", "stop", *mine)
    runs("docker", "rm", *mine)
    rendered = team("render", SLUG, "--stack")
    assert rendered.returncode == 0, rendered.stderr
    before, began = heard(), time.monotonic()

    deployed = subprocess.run(
        ["docker", "stack", "deploy", "--detach=true", "-c", "-", SLUG],
        cwd=ROOT,
        env=ENVIRONMENT,
        input=rendered.stdout,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert deployed.returncode == 0, deployed.stderr
    assert wait_until(comes_through, seconds=180), runs("docker", "stack", "ps", "--no-trunc", SLUG).stdout
    sys.stdout.write(f"\na referral was taken {time.monotonic() - began:.0f} s after the stack was deployed\n")
    for _ in range(LEAST_SHOWN):
        assert comes_through()
    assert wait_until(lambda: heard() > before + LEAST_SHOWN, seconds=60)
    [referral] = tasks("referral")
    runs("docker", "kill", referral)
    assert wait_until(comes_through, seconds=120)
    assert wait_until(lambda: [one for one in tasks("referral") if one != referral] != [])

    runs("docker", "stack", "rm", SLUG)
    assert wait_until(lambda: not tasks(), seconds=60)
    back = team("add", SLUG)
    assert back.returncode == 0, back.stderr[-2000:]
    assert comes_through()
