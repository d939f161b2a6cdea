"""A region in containers, for the tests of this folder: what an operator types, and who comes by the gateway."""

import json
import os
import re
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.kernel.clock import machine_clock
from tests.journeys.referring import a_health_visitors_answers

ROOT = Path(__file__).parents[2]
PORT = "18443"
ENVIRONMENT = os.environ | {
    "PAIRS_HTTPS_PORT": PORT,
    "PAIRS_HTTPS_ADDRESS": "127.0.0.1",
    "PAIRS_SIGN_IN": "demonstration",
    "COMPOSE_PROFILES": "demonstration",
}
LEAST_SHOWN = 6
"""Fewer families than this are not told of a locality."""


def runs(*command: str, within: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT | environment, capture_output=True, text=True, timeout=within, check=False
    )


def containers() -> dict[str, tuple[str, str]]:
    """Name → id and when it was started, of those that run."""
    ids = runs("docker", "ps", "-q", "--filter", "name=^pairs-").stdout.split()
    told: list[Any] = json.loads(runs("docker", "inspect", *ids).stdout) if ids else []
    return {one["Name"]: (one["Id"], one["State"]["StartedAt"]) for one in told}


def team(*words: str, within: float = 290, typed: str = "") -> subprocess.CompletedProcess[str]:
    """What an operator types, and types in when they are asked."""
    return subprocess.run(
        ["deploy/team", *words],
        cwd=ROOT,
        env=ENVIRONMENT,
        input=typed,
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
    )


def asked(slug: str, question: str, *, of: str = "referral") -> str:
    """What PostgreSQL answers in the database of a team's service."""
    name = f"pairs_{slug.replace('-', '_')}_{of}"
    psql = ("psql", "-U", "postgres", "-d", name, "-Atc", question)
    return runs("docker", "exec", f"pairs-{slug}-postgres-1", *psql).stdout.strip()


def in_volume(volume: str, command: str) -> str:
    """What a command says that somebody gives who may do everything there."""
    words = ("--network", "none", "-u", "0:0", "-v", f"{volume}:/volume", "--entrypoint", "sh", "pairs-ops:local")
    return runs("docker", "run", "--rm", *words, "-c", command).stdout


def redis(*words: str) -> str:
    """What Redis answers its operator."""
    url = in_volume("pairs_secrets", "cat /volume/operator/redis-admin-url").strip()
    password = url.split(":")[2].partition("@")[0]
    asks = ("redis-cli", "--user", "operator", "--no-auth-warning", "-a", password)
    return runs("docker", "exec", "pairs-redis-1", *asks, *words).stdout


def wait_until(holds: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
    return True


def a_moment() -> str:
    """Now, with a second before and after it in which nothing happens."""
    time.sleep(1.1)
    now = machine_clock().isoformat(timespec="milliseconds")
    time.sleep(1.1)
    return now


@contextmanager
def asking_ten_times_a_second(slug: str) -> Generator[Counter[str]]:
    """Somebody opens a page of the team's all the time; what they got, by how often."""
    got, over = Counter[str](), threading.Event()

    def ask() -> None:
        try:
            with browser(slug) as somebody:
                got[str(somebody.get("/refer").status_code)] += 1
        except httpx.HTTPError as error:
            got[type(error).__name__] += 1

    def go_on() -> None:
        asking: list[threading.Thread] = []
        while not over.wait(0.1):
            asking.append(threading.Thread(target=ask))
            asking[-1].start()
        for one in asking:
            one.join()

    going_on = threading.Thread(target=go_on)
    going_on.start()
    try:
        yield got
    finally:
        over.set()
        going_on.join()


def browser(host: str) -> httpx.Client:
    """Somebody's, to whom the gateway's own certificate is good enough."""

    def at_the_gateway(request: httpx.Request) -> None:
        request.extensions["sni_hostname"] = f"{host}.pairs.localhost"

    return httpx.Client(
        base_url=f"https://127.0.0.1:{PORT}",
        headers={"Host": f"{host}.pairs.localhost:{PORT}", "Origin": f"https://{host}.pairs.localhost:{PORT}"},
        event_hooks={"request": [at_the_gateway]},
        verify=False,  # the gateway made it for this test
        timeout=30,
    )


def refer(client: httpx.Client) -> str:
    """A health visitor fills in the public form; the last page."""
    page = client.post("/refer")
    answers = a_health_visitors_answers()
    while (name := page.headers["location"].rsplit("/", 1)[-1].partition("?")[0]) != "check":
        page = client.post(page.headers["location"], data=answers[name])
        assert page.status_code == 303, page.text
    sent = client.post(page.headers["location"], data={})
    return client.get(sent.headers["location"]).text


@pytest.fixture(scope="session")
def region() -> Iterator[str]:
    """With Blackpool's team beside it; the key of its emergency kit."""
    try:
        answers = runs("docker", "version", within=10).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        answers = False
    if not answers:
        pytest.skip("no Docker Engine answers here: compose was not tried")
    if runs("docker", "volume", "ls", "-q", "--filter", "name=^pairs_secrets$").stdout:
        pytest.skip("a region is here already: its volume pairs_secrets is")
    for file, environment in (("docker-compose.yml", {}), ("deploy/compose/team.yml", {"PAIRS_TEAM": "blackpool"})):
        built = runs("docker", "compose", "--project-directory", ".", "-f", file, "build", within=900, **environment)
        assert built.returncode == 0, built.stderr[-3000:]
    try:
        up = runs("docker", "compose", "up", "-d", "--wait")
        assert up.returncode == 0, up.stderr[-3000:]
        added = team("add", "blackpool")
        assert added.returncode == 0, added.stderr[-3000:]
        [key] = re.findall("AGE-SECRET-KEY-1[0-9A-Z]+", added.stdout)
        yield key
    finally:
        for slug in ("blackpool", "fylde-and-wyre", "preston", "chorley"):
            take_away(slug, "")
        for path in (ROOT / "deploy" / "compose" / "teams").glob("*.destroyed"):
            path.unlink()
        runs("docker", "compose", "--profile", "*", "down", "-v")


def take_away(slug: str, but: str) -> None:
    """All of a team that is on this machine, but for one of its volumes."""
    mine = runs("docker", "ps", "-aq", "--filter", f"name=^pairs-{slug}-").stdout.split()
    runs("docker", "rm", "-f", *mine)
    volumes = runs("docker", "volume", "ls", "-q", "--filter", f"name=^pairs-{slug}_").stdout.split()
    runs("docker", "volume", "rm", *(one for one in volumes if one != but))
    runs("docker", "network", "rm", f"pairs-{slug}_own", f"pairs-{slug}_out")
    (ROOT / "deploy" / "compose" / "teams" / f"{slug}.env").unlink(missing_ok=True)
