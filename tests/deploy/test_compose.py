"""The region and its teams in containers, where a Docker Engine answers: what an operator types, and what then holds.

Where none answers every test is skipped, and says so. The images are built first; a region that runs here already is
nobody's to try things on, so the tests are skipped then too.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.testing.provider_page import choice_of
from shared.testing.visitor import hidden_in
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


def team(*words: str, within: float = 120) -> subprocess.CompletedProcess[str]:
    return runs("deploy/team", *words, within=within)


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


@pytest.fixture(scope="module")
def region() -> Iterator[None]:
    """With Blackpool's team beside it."""
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
        yield
    finally:
        for slug in ("blackpool", "fylde-and-wyre"):
            files = ("--project-directory", ".", "-f", "deploy/compose/team.yml")
            runs("docker", "compose", *files, "down", "-v", PAIRS_TEAM=slug)
        runs("docker", "compose", "down", "-v")


pytestmark = [pytest.mark.timeout(1500), pytest.mark.usefixtures("region")]


def refer(client: httpx.Client) -> str:
    """A health visitor fills in the public form; the last page."""
    page = client.post("/refer")
    answers = a_health_visitors_answers()
    while (name := page.headers["location"].rsplit("/", 1)[-1].partition("?")[0]) != "check":
        page = client.post(page.headers["location"], data=answers[name])
        assert page.status_code == 303, page.text
    sent = client.post(page.headers["location"], data={})
    return client.get(sent.headers["location"]).text


def signs_in(service: httpx.Client, provider: httpx.Client, words: str) -> None:
    """At the demonstration's provider; who is signed in there already is not asked again."""
    page = provider.get(path_of(service.get("/sign-in/begin")))
    if page.status_code == 200:
        address, fields = choice_of(page, words)
        page = provider.post(address.path, data=fields)
    assert service.get(path_of(page)).headers["location"] == "/"


def path_of(answer: httpx.Response) -> str:
    """Where it leads, on another host."""
    assert answer.status_code == 303, answer.text
    return httpx.URL(answer.headers["location"]).raw_path.decode()


def test_one_sign_in_carries_a_person_through_the_teams_services_and_ends_in_all_of_them() -> None:
    with (
        browser("blackpool--sign-in") as provider,
        browser("blackpool") as referral,
        browser("blackpool--consultation") as consultation,
        browser("blackpool--training") as training,
    ):
        for service in (referral, consultation, training):
            signs_in(service, provider, "Priya Sample")
        hidden = hidden_in(referral.get("/my-day").text)
        provider.get(path_of(referral.post("/sign-out", data=hidden)))
        for _ in range(10):
            time.sleep(0.1)
            left = [service.get("/tasks").status_code for service in (referral, consultation, training)]
            if left == [303, 303, 303]:
                return
    raise AssertionError(left)


def test_a_referral_goes_through_the_public_form_to_the_regions_dashboard() -> None:
    with browser("blackpool") as somebody:
        sent = [refer(somebody) for _ in range(LEAST_SHOWN)]
    with browser("region") as region, browser("region--sign-in") as provider:
        signs_in(region, provider, "Regional lead")
        dashboard = region.get("/").text

    assert all("What happens next" in page for page in sent)
    assert "Blackpool" in dashboard


def test_only_the_gateway_can_be_reached_and_nothing_that_docker_shows_is_a_secret() -> None:
    told: list[Any] = json.loads(runs("docker", "inspect", *(one for one, _ in containers().values())).stdout)
    published = {one["Name"] for one in told if any((one["NetworkSettings"]["Ports"] or {}).values())}
    with_all_rights = [
        one["Name"] for one in told if one["HostConfig"]["Privileged"] or "ALL" not in one["HostConfig"]["CapDrop"]
    ]
    secret = runs(
        "docker",
        "run",
        "--rm",
        "-v",
        "pairs_secrets:/s:ro",
        "-u",
        "0",
        "--entrypoint",
        "cat",
        "pairs-ops:local",
        "/s/made/postgres",
    )

    assert published == {"/pairs-gateway-1"}
    assert with_all_rights == []
    assert len(secret.stdout) == 64
    assert secret.stdout not in json.dumps(told)


def test_a_team_is_added_while_another_works_and_nothing_else_is_touched() -> None:
    before = containers()

    added = team("add", "fylde-and-wyre", within=60)

    after = containers()
    assert added.returncode == 0, added.stderr[-3000:]
    assert "other teams tried as fylde-and-wyre: all refused." in added.stdout
    assert {name: one for name, one in after.items() if name in before} == before
    for host in ("fylde-and-wyre", "blackpool"):
        with browser(host) as somebody:
            assert somebody.get("/refer").status_code == 200
    assert team("add", "fylde-and-wyre").returncode == 0
    assert containers() == after, "twice changes nothing"


def test_a_host_that_is_no_teams_is_not_answered() -> None:
    for host in ("preston", "blackpool--nothing", "www"):
        with browser(host) as somebody, pytest.raises(httpx.TransportError):
            somebody.get("/")


@pytest.mark.parametrize("slug", ["Preston", "a", "a--b", "a-", "../x", "p" * 40, "x;ls"])
def test_a_name_that_no_team_can_have_is_refused_with_a_sentence(slug: str) -> None:
    refused = team("add", slug)

    assert refused.returncode == 2
    assert "A team's name has" in refused.stderr


def test_a_service_that_ends_is_started_again_and_whoever_asks_meanwhile_waits_and_is_answered() -> None:
    name = "/pairs-blackpool-referral-1"
    before = containers()[name]
    runs("docker", "exec", name[1:], "python", "-c", "import os; os.kill(1, 15)")

    with browser("blackpool") as somebody:
        for _ in range(60):
            assert somebody.get("/refer").status_code == 200
            if containers().get(name, before) != before:
                break
            time.sleep(0.5)
        assert containers()[name][1] > before[1]
        assert somebody.get("/refer").status_code == 200


def test_a_suspended_team_is_closed_and_opens_again_with_what_it_had() -> None:
    assert team("suspend", "blackpool").returncode == 0
    with browser("blackpool") as somebody:
        assert somebody.get("/refer").status_code == 404
    assert team("resume", "blackpool").returncode == 0
    with browser("blackpool") as somebody:
        assert somebody.get("/refer").status_code == 200
    assert "blackpool\tUp" in team("list").stdout
